// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/linesbody.h"

namespace ridealong::consoleview {

/// Lines of the output of which some stand for several: a unit is an entry, which is a line or a heading of lines.
class EntryBody : public LinesBody
{
public:
    static constexpr qint64 kMaxLines = 2'000'000; ///< longer outputs stay text

    explicit EntryBody(std::shared_ptr<const console::LineStore> lines) : m_lines(std::move(lines)) {}

    qint64 rows(const Metrics& metrics) const override;
    int widestColumns() const override { return m_lines->widestColumns() + gutterColumns(); }
    qint64 lastUnit() const override { return qint64(m_shown.size()) - 1; }
    RowPlace placeOfRow(qint64 row, const Metrics& metrics) const override;
    void addAllTo(Stretch& stretch) const override;
    std::optional<std::pair<qint64, int>> reveal(qint64 line, int byte) override;
    double shareBefore(qint64 line) const override;
    bool hasCursor() const override { return true; }

protected:
    struct Entry
    {
        quint32 line = 0;
        quint32 columns = 0; ///< that it takes when not wrapped
        quint32 head = 0; ///< 0: the line itself; else whoever derives knows what it stands for
    };

    qint64 firstRowOf(qint64 unit, int columns) const override;
    QString linkAt(const Row& row, int byte) const override;
    /// Makes all lines shown again that a heading stands for.
    virtual bool openFor(qint64 line) = 0;

    const std::shared_ptr<const console::LineStore>& lines() const { return m_lines; }
    const std::vector<Entry>& shown() const { return m_shown; }
    const Entry& entry(qint64 unit) const { return m_shown[size_t(unit)]; }
    void setShown(std::vector<Entry> shown);
    void addLine(std::vector<Entry>& shown, qint64 line) const;
    qint64 unitOf(qint64 line) const; ///< of the line, or of what stands for it
    /// A line in its own colours.
    Row lineRow(qint64 line, const BodyPaint* paint) const;
    int hitsIn(qint64 fromLine, qint64 toLine, const BodyPaint& paint) const;

private:
    const std::vector<qint64>& ends(int columns) const;

    std::shared_ptr<const console::LineStore> m_lines;
    std::vector<Entry> m_shown;
    mutable int m_endsColumns = -1;
    mutable std::vector<qint64> m_ends; ///< rows up to and with each entry, at that width
};

} // namespace ridealong::consoleview
