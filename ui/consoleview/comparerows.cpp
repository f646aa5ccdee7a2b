// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/comparerows.h"

#include <algorithm>

namespace ridealong::consoleview {

void CompareRows::set(std::shared_ptr<const console::Comparison> comparison)
{
    m_comparison = std::move(comparison);
    divide();
}

void CompareRows::reset()
{
    m_unfolded.clear();
    divide();
}

void CompareRows::setFolding(bool folds)
{
    m_folds = folds;
    reset();
}

void CompareRows::divide()
{
    m_pieces.clear();
    m_count = 0;
    if (!m_comparison)
        return;
    const auto add = [this](qint64 first, qint64 end) {
        if (first == end)
            return;
        m_pieces.push_back({first, end - first, m_count, false});
        m_count += end - first;
    };
    qint64 next = 0;
    for (const Change& change : changes()) {
        addEqual(next, change.first);
        add(change.first, change.last + 1);
        next = change.last + 1;
    }
    addEqual(next, qint64(m_comparison->rows.size()));
}

void CompareRows::addEqual(qint64 first, qint64 end)
{
    const auto add = [this](qint64 from, qint64 to, bool isFolded) {
        if (from == to)
            return;
        m_pieces.push_back({from, to - from, m_count, isFolded});
        m_count += isFolded ? 1 : to - from;
    };
    const qint64 all = qint64(m_comparison->rows.size());
    const qint64 from = first == 0 ? 0 : std::min(end, first + kContext);
    const qint64 to = end == all ? end : std::max(from, end - kContext);
    const bool isFolded = m_folds && to - from >= kLeastFolded && !m_unfolded.contains(m_comparison->rows[size_t(from)].left);
    if (!isFolded) {
        add(first, end, false);
        return;
    }
    add(first, from, false);
    add(from, to, true);
    add(to, end, false);
}

const CompareRows::Piece& CompareRows::pieceAt(qint64 shown) const
{
    return *std::prev(
        std::upper_bound(m_pieces.begin(), m_pieces.end(), shown, [](qint64 place, const Piece& piece) { return place < piece.place; }));
}

CompareRows::Shown CompareRows::at(qint64 shown) const
{
    const Piece& piece = pieceAt(shown);
    return piece.isFolded ? Shown{piece.row, piece.count} : Shown{piece.row + shown - piece.place, 0};
}

void CompareRows::unfold(qint64 row)
{
    m_unfolded.insert(m_comparison->rows[size_t(row)].left);
    divide();
}

qint64 CompareRows::placeOf(qint64 row) const
{
    const auto after = std::upper_bound(m_pieces.begin(), m_pieces.end(), row, [](qint64 at, const Piece& piece) { return at < piece.row; });
    if (after == m_pieces.begin())
        return 0;
    const Piece& piece = *std::prev(after);
    return piece.isFolded ? piece.place : piece.place + std::min(row - piece.row, piece.count - 1);
}

int CompareRows::changeAt(qint64 row) const
{
    const auto all = changes();
    const auto after = std::upper_bound(all.begin(), all.end(), row, [](qint64 at, const Change& change) { return at < change.first; });
    return int(after - all.begin()) - 1;
}

} // namespace ridealong::consoleview
