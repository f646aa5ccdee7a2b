// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>

#include <algorithm>
#include <deque>
#include <iterator>

namespace ridealong::model {

/// A list model over values: the subclass computes what the rows should be, this tells the views what really changed.
/// Rows come and go at both ends, thousands of them: in a deque none of them is ever moved for that.
template <typename Row> class RowListModel : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    const Row& row(int index) const { return m_rows[size_t(index)]; }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }

protected:
    const std::deque<Row>& rows() const { return m_rows; }

    /// Rows from `first` on are now `tail`. What is the same at both ends is left alone, what differs in between is
    /// changed in place, and only the difference in number is inserted or removed.
    /// `Grow::Above`: rows that changed in place are those next to the unchanged end (older rows came in above it).
    enum class Grow { Below, Above };
    void replaceFrom(int first, const QList<Row>& tail, Grow grow = Grow::Below) { replaceRange(first, rowCount() - first, tail, grow); }
    /// The same for `oldCount` rows; those behind them stay as they are.
    void replaceRange(int first, int oldCount, const QList<Row>& tail, Grow grow = Grow::Below)
    {
        const int newCount = int(tail.size());
        const int common = std::min(oldCount, newCount);
        int prefix = 0;
        while (prefix < common && row(first + prefix) == tail[prefix])
            ++prefix;
        int suffix = 0;
        while (suffix < common - prefix && row(first + oldCount - 1 - suffix) == tail[newCount - 1 - suffix])
            ++suffix;
        const int changed = common - prefix - suffix;
        const bool atFront = grow == Grow::Above;
        const int more = newCount - oldCount;
        const int at = first + prefix + (atFront ? 0 : changed);
        const int source = prefix + (atFront ? 0 : changed);
        if (more > 0) {
            beginInsertRows({}, at, at + more - 1);
            m_rows.insert(m_rows.begin() + at, tail.begin() + source, tail.begin() + source + more);
            endInsertRows();
        } else if (more < 0) {
            beginRemoveRows({}, at, at - more - 1);
            m_rows.erase(m_rows.begin() + at, m_rows.begin() + at - more);
            endRemoveRows();
        }
        if (changed > 0) {
            const int offset = prefix + (atFront ? std::max(more, 0) : 0);
            std::copy_n(tail.begin() + offset, changed, m_rows.begin() + first + offset);
            emit dataChanged(index(first + offset), index(first + offset + changed - 1));
        }
    }

    template <typename Change> void changeRow(int at, Change change)
    {
        Row changed = row(at);
        change(changed);
        if (changed == row(at))
            return;
        m_rows[size_t(at)] = std::move(changed);
        emit dataChanged(index(at), index(at));
    }

    void resetRows(QList<Row> rows)
    {
        beginResetModel();
        m_rows.assign(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
        endResetModel();
    }

private:
    std::deque<Row> m_rows;
};

} // namespace ridealong::model
