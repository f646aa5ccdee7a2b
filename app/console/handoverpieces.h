// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/ansitext.h"
#include "console/handover.h"
#include "console/snapshotlines.h"

#include <QIODevice>

namespace ridealong::console {

/// Collects what is small and writes what is large enough. After a failure nothing more is written.
class PieceWriter
{
public:
    explicit PieceWriter(QIODevice& to) : m_to(to) {}

    PieceWriter& operator<<(QByteArrayView bytes)
    {
        m_piece += bytes;
        if (m_piece.size() >= kHandoverPieceBytes)
            flush();
        return *this;
    }
    bool hasFailed() const { return m_failed; }
    base::Status finish()
    {
        flush();
        if (m_failed)
            return base::Error{base::ErrorKind::Storage, m_to.errorString(), 0};
        return base::Done{};
    }

private:
    void flush()
    {
        if (!m_failed && m_to.write(m_piece) != m_piece.size())
            m_failed = true;
        m_piece.clear();
    }

    QIODevice& m_to;
    QByteArray m_piece;
    bool m_failed = false;
};

/// How much of an output is handed over.
struct HandoverExtent
{
    qint64 lines = 0;
    qint64 omittedBytes = 0; ///< of the lines behind, and what the run itself did not keep
};
HandoverExtent extentOf(const SnapshotLines& lines, const HandoverRun& run, qint64 maxBytes);

inline constexpr qint64 kNoTime = 0;
QByteArray momentOf(qint64 timeMs, const QTimeZone& zone);
QByteArray stateOf(const chat::RunReport& report, const HandoverWords& words);
QByteArray durationOf(const chat::RunReport& report, const HandoverWords& words); ///< empty: it goes on, or nobody knows
QByteArray omittedText(qint64 bytes, const HandoverWords& words);
QByteArray missingText(const HandoverWords& words);
/// A short text from elsewhere on one line.
QByteArray plainName(const QString& text);
base::Status checkedCount(const QList<HandoverRun>& runs);

/// Goes through the lines of a run: `line(Line, isEnd)`; `isEnd` is false where the next piece goes on with the same line.
template <typename Function> void eachLine(const SnapshotLines& lines, qint64 count, const PieceWriter& writer, Function line)
{
    for (qint64 index = 0; index < count && !writer.hasFailed(); ++index) {
        const Line now = lines.line(index);
        const bool goesOn = index + 1 < count && (now.flags & Line::Unfinished);
        line(now, !goesOn);
    }
}

} // namespace ridealong::console
