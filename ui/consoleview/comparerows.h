// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/compare.h"

#include <QSet>

namespace ridealong::consoleview {

/// Which rows of a comparison are shown: equal ones far from any change stand folded behind one row.
class CompareRows
{
public:
    static constexpr qint64 kContext = 3; ///< equal rows beside a change that stay in sight
    static constexpr qint64 kLeastFolded = 4; ///< fewer are not worth it

    struct Shown
    {
        qint64 row = 0; ///< of the comparison
        qint64 folded = 0; ///< so many equal rows from it on stand behind this one; 0: it is a row
    };
    using Change = console::Comparison::Change;

    void set(std::shared_ptr<const console::Comparison> comparison); ///< keeps what was unfolded
    void reset(); ///< and folds all of it again
    void setFolding(bool folds);
    bool isFolding() const { return m_folds; }
    const console::Comparison* comparison() const { return m_comparison.get(); }

    qint64 count() const { return m_count; } ///< of what is shown
    Shown at(qint64 shown) const;
    void unfold(qint64 row); ///< what is folded at a row of the comparison
    qint64 placeOf(qint64 row) const; ///< where a row of the comparison is shown, or what it is folded in

    std::span<const Change> changes() const { return m_comparison ? std::span(m_comparison->changes) : std::span<const Change>(); }
    int changeAt(qint64 row) const; ///< the last that begins at it or before; −1: none

private:
    struct Piece
    {
        qint64 row = 0;
        qint64 count = 0;
        qint64 place = 0;
        bool isFolded = false;
    };
    void divide();
    void addEqual(qint64 first, qint64 end);
    const Piece& pieceAt(qint64 shown) const;

    std::shared_ptr<const console::Comparison> m_comparison;
    std::vector<Piece> m_pieces;
    QSet<qint32> m_unfolded; ///< the left lines which those pieces begin with
    qint64 m_count = 0;
    bool m_folds = true;
};

} // namespace ridealong::consoleview
