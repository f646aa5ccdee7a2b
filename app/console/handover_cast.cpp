// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// asciicast v3: a header as a JSON object, then an event a line, [seconds since the one before, code, data]; "#" begins a comment.
#include "console/handoverpieces.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::console {
namespace {

/// A player keeps no longer pause: between two runs of a shift there may be hours.
constexpr int kIdleSeconds = 2;
constexpr qint64 kEventBytes = 32 * 1024;

/// A JSON string (RFC 8259, 7). Characters that end a line elsewhere, or are not seen, are escaped too.
QByteArray quoted(QByteArrayView utf8)
{
    QByteArray out = "\"";
    out.reserve(utf8.size() + 2);
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto c = quint8(utf8[i]);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += char(c);
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\n') {
            out += "\\n";
        } else if (c < 0x20 || c == 0x7f) {
            out += "\\u00" + QByteArray(1, c).toHex();
        } else if (c == 0xe2 && i + 2 < utf8.size() && quint8(utf8[i + 1]) == 0x80 && (quint8(utf8[i + 2]) == 0xa8 || quint8(utf8[i + 2]) == 0xa9)) {
            out += quint8(utf8[i + 2]) == 0xa8 ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            out += char(c);
        }
    }
    return out + '"';
}

QByteArray secondsOf(qint64 milliseconds) { return QByteArray::number(double(milliseconds) / 1000, 'f', 3); }

class Cast
{
public:
    Cast(QIODevice& to, const HandoverOptions& options) : m_out(to), m_options(options), m_words(options.words) {}

    base::Status write(QList<HandoverRun> runs)
    {
        std::stable_sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.run.report.startedAtMs < b.run.report.startedAtMs; });
        // One that nobody knows the time of begins with the recording.
        const auto known = std::find_if(runs.begin(), runs.end(), [](const auto& run) { return run.run.report.startedAtMs > kNoTime; });
        m_nowMs = known == runs.end() ? kNoTime : known->run.report.startedAtMs;
        writeHeader(runs);
        if (!m_words.castTimes.isEmpty())
            m_out << "# " << withoutControls(m_words.castTimes) << "\n";
        for (const HandoverRun& run : runs)
            writeRun(run);
        if (const auto& code = runs.last().run.report.exitCode)
            event('x', QByteArray::number(*code), m_nowMs);
        return m_out.finish();
    }

private:
    void writeHeader(const QList<HandoverRun>& runs)
    {
        int columns = kMinCastColumns;
        for (const HandoverRun& run : runs)
            columns = std::max(columns, run.run.lines ? run.run.lines->widestColumns() : 0);
        m_out << "{\"version\": 3, \"term\": {\"cols\": " << QByteArray::number(std::min(columns, kMaxCastColumns))
              << ", \"rows\": " << QByteArray::number(kCastRows) << ", \"type\": \"xterm-256color\"}";
        if (m_nowMs > kNoTime)
            m_out << ", \"timestamp\": " << QByteArray::number(m_nowMs / 1000);
        m_out << ", \"idle_time_limit\": " << QByteArray::number(kIdleSeconds);
        if (runs.size() == 1)
            m_out << ", \"command\": " << quoted(commandOf(runs.first()));
        if (!m_words.title.isEmpty())
            m_out << ", \"title\": " << quoted(plainName(m_words.title));
        m_out << "}\n";
    }

    static QByteArray commandOf(const HandoverRun& run) { return withoutControls(run.run.report.command.left(kMaxHandoverTextCharacters)); }

    /// Time never goes back: runs that overlapped are told one after the other.
    void event(char code, QByteArrayView data, qint64 atMs)
    {
        const qint64 at = std::max(atMs, m_nowMs);
        m_out << "[" << secondsOf(at - m_nowMs) << ", \"" << QByteArray(1, code) << "\", " << quoted(data) << "]\n";
        m_nowMs = at;
    }

    QByteArray labelOf(const HandoverRun& run) const
    {
        const auto& report = run.run.report;
        QByteArrayList parts{commandOf(run), plainName(report.senderName), plainName(run.room), stateOf(report, m_words)};
        if (report.exitCode)
            parts << plainName(m_words.exitCode) + ' ' + QByteArray::number(*report.exitCode);
        parts.removeAll(QByteArray());
        return parts.join(" \xc2\xb7 ");
    }

    void writeRun(const HandoverRun& run)
    {
        const auto& report = run.run.report;
        const qint64 began = std::max(m_nowMs, report.startedAtMs);
        event('m', labelOf(run), began);
        for (const HandoverContext& said : run.context.last(std::min<qsizetype>(run.context.size(), kMaxHandoverContext)))
            event('o', "\x1b[2m" + plainName(said.who) + ": " + withoutControls(said.text.left(kMaxHandoverTextCharacters)) + "\x1b[0m\r\n", began);
        event('o', "\x1b[1m$ " + commandOf(run) + "\x1b[0m\r\n", began);
        const qint64 took = report.startedAtMs > kNoTime ? std::max<qint64>(0, report.endedAtMs - report.startedAtMs) : 0;
        if (run.run.lines)
            writeOutput(run, began, took);
        endAt(began + took);
    }

    /// What is behind the last line of a run passes before the next begins.
    void endAt(qint64 atMs)
    {
        if (atMs > m_nowMs)
            event('o', "", atMs);
    }

    void writeOutput(const HandoverRun& run, qint64 began, qint64 took)
    {
        const SnapshotLines lines(*run.run.lines);
        const auto extent = extentOf(lines, run, m_options.maxOutputBytes);
        const qint64 linesPerEvent = std::max<qint64>(1, (extent.lines + kMaxCastEvents - 1) / kMaxCastEvents);
        QByteArray text;
        qint64 done = 0;
        qint64 inEvent = 0;
        eachLine(lines, extent.lines, m_out, [&](const Line& line, bool isEnd) {
            if (line.flags & Line::Truncated)
                text += missingText(m_words);
            appendAnsi(text, *run.run.lines, line);
            if (isEnd)
                text += "\r\n";
            ++done;
            if (++inEvent < linesPerEvent && text.size() < kEventBytes && done < extent.lines)
                return;
            event('o', text, began + qint64(double(took) * double(done) / double(extent.lines)));
            text.clear();
            inEvent = 0;
        });
        if (extent.omittedBytes > 0)
            event('o', "\x1b[2m" + omittedText(extent.omittedBytes, m_words) + "\x1b[0m\r\n", m_nowMs);
    }

    PieceWriter m_out;
    const HandoverOptions& m_options;
    const HandoverWords& m_words;
    qint64 m_nowMs = kNoTime; ///< of the last event
};

} // namespace

base::Status writeAsciicast(QIODevice& to, const QList<HandoverRun>& runs, const HandoverOptions& options)
{
    if (const auto counted = checkedCount(runs); !counted)
        return counted;
    return Cast(to, options).write(runs);
}

} // namespace ridealong::console
