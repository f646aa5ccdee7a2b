// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/handover.h"

#include "console/handoverpieces.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace ridealong::console {

HandoverExtent extentOf(const SnapshotLines& lines, const HandoverRun& run, qint64 maxBytes)
{
    HandoverExtent extent{0, run.run.report.omittedBytes};
    qint64 bytes = 0;
    bool isCut = false;
    for (qint64 index = 0; index < lines.count(); ++index) {
        const qint64 size = lines.line(index).text.size() + 1;
        bytes += size;
        isCut = isCut || bytes > maxBytes;
        if (isCut)
            extent.omittedBytes += size;
        else
            extent.lines = index + 1;
    }
    return extent;
}

QByteArray momentOf(qint64 timeMs, const QTimeZone& zone)
{
    if (timeMs <= kNoTime)
        return {};
    const auto time = QDateTime::fromMSecsSinceEpoch(timeMs, zone);
    const int offset = time.offsetFromUtc() / 60;
    const QString sign = offset < 0 ? u"-"_s : u"+"_s;
    const QString shift = offset == 0
        ? u"Z"_s
        : u" %1%2:%3"_s.arg(sign).arg(std::abs(offset) / 60, 2, 10, QChar(u'0')).arg(std::abs(offset) % 60, 2, 10, QChar(u'0'));
    return (time.toString(u"yyyy-MM-dd HH:mm:ss"_s) + shift).toLatin1();
}

QByteArray plainName(const QString& text) { return QString::fromUtf8(withoutControls(text.left(kMaxHandoverNameCharacters))).simplified().toUtf8(); }

QByteArray stateOf(const chat::RunReport& report, const HandoverWords& words)
{
    return plainName(words.stateOf ? words.stateOf(report) : chat::toString(report.state));
}

QByteArray durationOf(const chat::RunReport& report, const HandoverWords& words)
{
    const qint64 took = report.endedAtMs - report.startedAtMs;
    if (report.startedAtMs <= kNoTime || report.endedAtMs <= kNoTime || took < 0)
        return {};
    return plainName(words.durationOf ? words.durationOf(took) : QString::number(double(took) / 1000, 'f', 1) + u" s"_s);
}

QByteArray omittedText(qint64 bytes, const HandoverWords& words)
{
    return withoutControls(words.omitted.contains(u"%1"_s) ? words.omitted.arg(bytes) : words.omitted);
}

QByteArray missingText(const HandoverWords& words) { return '[' + plainName(words.missing) + ']'; }

base::Status checkedCount(const QList<HandoverRun>& runs)
{
    if (runs.isEmpty() || runs.size() > kMaxHandoverRuns)
        return base::Error{base::ErrorKind::Invalid, u"%1 runs, 1 to %2 can be handed over"_s.arg(runs.size()).arg(kMaxHandoverRuns), 0};
    return base::Done{};
}

base::Status writeAnsi(QIODevice& to, const QList<HandoverRun>& runs, const HandoverOptions& options)
{
    if (const auto counted = checkedCount(runs); !counted)
        return counted;
    const auto& words = options.words;
    PieceWriter out(to);
    bool isFirst = true;
    for (const HandoverRun& run : runs) {
        const auto& report = run.run.report;
        if (!std::exchange(isFirst, false))
            out << "\n";
        for (const HandoverContext& said : run.context.last(std::min<qsizetype>(run.context.size(), kMaxHandoverContext)))
            out << "\x1b[2m" << momentOf(said.timeMs, options.zone) << "\x1b[0m " << plainName(said.who) << ": "
                << withoutControls(said.text.left(kMaxHandoverTextCharacters)) << "\n";
        out << "\x1b[1m$ " << withoutControls(report.command.left(kMaxHandoverTextCharacters)) << "\x1b[0m\n";
        QByteArrayList facts{plainName(report.senderName), plainName(run.room), plainName(report.environment),
            momentOf(report.startedAtMs, options.zone), durationOf(report, words), stateOf(report, words)};
        if (report.exitCode)
            facts << plainName(words.exitCode) + ' ' + QByteArray::number(*report.exitCode);
        facts.removeAll(QByteArray());
        out << "\x1b[2m" << facts.join(" \xc2\xb7 ") << "\x1b[0m\n";
        if (!run.run.lines)
            continue;
        const SnapshotLines lines(*run.run.lines);
        const auto extent = extentOf(lines, run, options.maxOutputBytes);
        eachLine(lines, extent.lines, out, [&](const Line& line, bool isEnd) {
            QByteArray text;
            if (line.flags & Line::Truncated)
                text = missingText(words);
            appendAnsi(text, *run.run.lines, line);
            out << text;
            if (isEnd)
                out << "\n";
        });
        if (extent.omittedBytes > 0)
            out << "\x1b[2m" << omittedText(extent.omittedBytes, words) << "\x1b[0m\n";
    }
    return out.finish();
}

} // namespace ridealong::console
