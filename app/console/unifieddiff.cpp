// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/compare.h"
#include "console/snapshotlines.h"

#include <QIODevice>

#include <algorithm>

namespace ridealong::console {
namespace {

using Kind = Comparison::Kind;
using Row = Comparison::Row;

constexpr qsizetype kPieceBytes = 64 * 1024;

class Unified
{
public:
    Unified(QIODevice& to, const LineStore& left, const LineStore& right, const Comparison& comparison, qint64 room)
        : m_to(to),
          m_left(left),
          m_right(right),
          m_rows(comparison.rows),
          m_room(room)
    {}

    bool write(const QString& leftName, const QString& rightName)
    {
        put("--- " + headOf(leftName));
        put("+++ " + headOf(rightName));
        for (size_t at = nextChange(0); at < m_rows.size();) {
            const size_t begin = at - std::min<size_t>(at - m_written, kUnifiedContext);
            size_t end = at;
            // Changes that share their context are one piece.
            for (size_t next = at; next < m_rows.size() && next - end <= 2 * kUnifiedContext; next = nextChange(end)) {
                end = next;
                while (end < m_rows.size() && m_rows[end].kind != Kind::Same)
                    ++end;
            }
            end = std::min(end + kUnifiedContext, m_rows.size());
            m_leftLine += qint64(begin - m_written); // what is passed over is equal
            m_rightLine += qint64(begin - m_written);
            writePiece(begin, end);
            m_written = end;
            at = nextChange(end);
        }
        return flush() && !m_isCut;
    }

private:
    static QByteArray headOf(const QString& name) { return name.simplified().toUtf8(); }

    size_t nextChange(size_t from) const
    {
        while (from < m_rows.size() && m_rows[from].kind == Kind::Same)
            ++from;
        return from;
    }

    void writePiece(size_t begin, size_t end)
    {
        qint64 lefts = 0;
        qint64 rights = 0;
        for (size_t i = begin; i < end; ++i) {
            lefts += m_rows[i].left >= 0;
            rights += m_rows[i].right >= 0;
        }
        // What is empty begins behind the line before it, so is counted from 0.
        put("@@ -" + rangeOf(m_leftLine + (lefts > 0), lefts) + " +" + rangeOf(m_rightLine + (rights > 0), rights) + " @@");
        m_leftLine += lefts;
        m_rightLine += rights;
        for (size_t i = begin; i < end;) {
            if (m_rows[i].kind == Kind::Same) {
                put(' ' + m_left.line(m_rows[i++].left).text.toByteArray());
                continue;
            }
            size_t last = i;
            while (last < end && m_rows[last].kind != Kind::Same)
                ++last;
            for (size_t row = i; row < last; ++row)
                if (m_rows[row].left >= 0)
                    put('-' + m_left.line(m_rows[row].left).text.toByteArray());
            for (size_t row = i; row < last; ++row)
                if (m_rows[row].right >= 0)
                    put('+' + m_right.line(m_rows[row].right).text.toByteArray());
            i = last;
        }
    }

    static QByteArray rangeOf(qint64 first, qint64 count)
    {
        return count == 1 ? QByteArray::number(first) : QByteArray::number(first) + ',' + QByteArray::number(count);
    }

    void put(const QByteArray& line)
    {
        if (m_isCut || line.size() + 1 > m_room) {
            m_isCut = true;
            return;
        }
        m_room -= line.size() + 1;
        m_piece += line + '\n';
        if (m_piece.size() >= kPieceBytes)
            m_isCut = !flush();
    }

    bool flush()
    {
        const bool isWritten = m_to.write(m_piece) == m_piece.size();
        m_piece.clear();
        return isWritten;
    }

    QIODevice& m_to;
    SnapshotLines m_left;
    SnapshotLines m_right;
    const std::vector<Row>& m_rows;
    qint64 m_room;
    size_t m_written = 0; ///< rows before this are
    qint64 m_leftLine = 0; ///< so many lines of the left are in rows before m_written
    qint64 m_rightLine = 0;
    QByteArray m_piece;
    bool m_isCut = false;
};

} // namespace

bool writeUnified(QIODevice& to, const LineStore& left, const LineStore& right, const Comparison& comparison, const QString& leftName,
    const QString& rightName, qint64 maxBytes)
{
    return Unified(to, left, right, comparison, maxBytes).write(leftName, rightName);
}

} // namespace ridealong::console
