// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/catchup.h"

#include <QSet>

#include <functional>
#include <memory>

namespace ridealong::xmpp {

/// An archive and what comes live from the same place, as one sequence: what comes live waits until the archive has been read up to it. So
/// a correction finds its message, and nobody's clock decides what comes first.
class Feed : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t kMaxHeld = 5000; ///< live ones that wait; above that they are left to the archive, which has them, too

    explicit Feed(Jid of, QObject* parent = nullptr) : QObject(parent), m_of(std::move(of)) {}

    /// Nothing waits, and all that the archive has is here (as far as it could be had).
    bool isCurrent() const { return m_state == State::Current; }
    /// Was in a page since this was current last: what comes live under that id is known.
    bool wasRead(const QString& archiveId) const { return m_read.contains(archiveId); }

    /// Reads what came after `lastId`; nothing is known: the newest page. What waits goes on waiting.
    void read(Archive& archive, const QString& lastId);
    /// There is no archive: what comes is all there is.
    void goWithout();
    /// The connection is gone; the stream may be resumed, then read() goes on.
    void interrupt();
    /// It is another stream now, on which what waits will not come again: the archive has it.
    void forgetHeld() { m_held.clear(); }
    void live(std::function<void()> what);

signals:
    void page(const ridealong::xmpp::ArchivePage& page, bool isAfterGap);
    /// Before what waited is let go. `isWhole`: all that was said since the stanza known last is here.
    void caughtUp(bool isWhole);

private:
    enum class State { Idle, Reading, Current };
    void take(const ArchivePage& page, bool isAfterGap);
    void finish(const base::Status& status);
    void settle(bool isWhole);
    void dropCatchUp();

    Jid m_of;
    State m_state = State::Idle;
    std::unique_ptr<CatchUp> m_catchUp;
    Archive* m_archive = nullptr; ///< while reading
    QString m_lastId;
    bool m_isWhole = false;
    bool m_dropped = false; ///< something that came live since the reading began
    std::vector<std::function<void()>> m_held;
    QSet<QString> m_read;
};

} // namespace ridealong::xmpp
