// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/entrybody.h"

#include <QSet>

namespace ridealong::consoleview {

/// A log by level, with the time that went by since its first line or the line before; lines that say the same are one.
class LogBody : public EntryBody
{
public:
    enum class Times { Absolute, SinceStart, SincePrevious };
    static MadeBody make(const BodySource& source);
    static bool maybe(const console::LineStore& lines);

    LogBody(const BodySource& source, qint64 lines);

    Times times() const { return m_times; }
    qint64 usAt(qint64 line) const { return m_us[size_t(line)]; }
    static constexpr qint64 kNoTime = std::numeric_limits<qint64>::min();

    bool click(const Spot& spot, Qt::KeyboardModifiers modifiers, BodyHost& host) override;
    bool key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host) override;
    QList<BodyAction> actions(const Spot& spot) override;
    QString accessibleText(qint64 unit) const override;
    QStringList notes() const override;

protected:
    Row row(qint64 unit, const BodyPaint* paint) const override;
    int gutterColumns() const override { return foldColumns() + (m_times == Times::Absolute ? 0 : kTimeColumns); }
    bool openFor(qint64 line) override;

private:
    static constexpr int kTimeColumns = 11;
    int foldColumns() const { return m_hasRepeats ? kFoldColumns : 0; }
    void show();
    void read(const BodySource& source, qint64 lines);
    quint32 repeatsOf(qint64 line) const; ///< how many lines it stands for
    void toggle(qint64 line, BodyHost& host);
    void setTimes(Times times, BodyHost& host);
    qint64 previousTime(qint64 line) const;
    QString timeText(qint64 line) const;

    std::vector<qint64> m_us; ///< by line
    std::vector<quint32> m_repeats; ///< by line: so many say the same from here on; 0: one above does
    QSet<quint32> m_open; ///< of those
    qint64 m_first = kNoTime;
    qint64 m_last = kNoTime;
    std::array<qint64, 6> m_levels{}; ///< how many, by level
    bool m_hasRepeats = false;
    Times m_times = Times::Absolute;
};

/// "+1.250 s", "+2 min 5 s", "−3 ms".
QString sinceText(qint64 us);

} // namespace ridealong::consoleview
