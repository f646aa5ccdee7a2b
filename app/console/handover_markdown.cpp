// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// As CommonMark reads it (https://spec.commonmark.org/0.31.2/).
#include "console/handoverpieces.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::console {
namespace {

/// The longest stretch of backticks in what it is shown.
struct Backticks
{
    int longest = 0;
    int now = 0;

    void add(QByteArrayView text)
    {
        for (const char c : text) {
            now = c == '`' ? now + 1 : 0;
            longest = std::max(longest, now);
        }
    }
};

int longestFence(QByteArrayView text)
{
    Backticks backticks;
    backticks.add(text);
    return backticks.longest;
}

/// Over pieces that are one line, too.
int longestFence(const SnapshotLines& lines, qint64 count)
{
    Backticks backticks;
    for (qint64 index = 0; index < count; ++index) {
        const Line line = lines.line(index);
        if (!(line.flags & Line::Continued))
            backticks.now = 0;
        backticks.add(line.text);
    }
    return backticks.longest;
}

/// Text in which nothing means anything (6.1: every ASCII punctuation character can be escaped; those that mean something are).
QByteArray escaped(const QByteArray& text)
{
    QByteArray out;
    out.reserve(text.size());
    for (const char c : text) {
        if (QByteArrayView("\\`*_{}[]<>&~|!#").contains(c))
            out += '\\';
        out += c;
    }
    return out;
}

/// The same where it begins a line: neither a list, a heading nor a rule (4.1, 4.2, 4.3, 5.2).
QByteArray escapedLine(const QString& line)
{
    const QByteArray text = withoutControls(line).trimmed();
    QByteArray out = escaped(text);
    if (!text.isEmpty() && QByteArrayView("-+=.:").contains(text.front()))
        out.prepend('\\');
    qsizetype digits = 0;
    while (digits < out.size() && out[digits] >= '0' && out[digits] <= '9')
        ++digits;
    if (digits > 0 && digits < out.size() && (out[digits] == '.' || out[digits] == ')'))
        out.insert(digits, '\\');
    return out;
}

/// A code span (6.3) on one line: fenced by more backticks than it holds.
QByteArray codeSpan(const QString& text)
{
    const QByteArray code = withoutControls(text).trimmed();
    if (code.isEmpty())
        return {};
    const QByteArray fence(longestFence(code) + 1, '`');
    const QByteArray padding = code.startsWith('`') || code.endsWith('`') ? " " : "";
    return fence + padding + code + padding + fence;
}

class Markdown
{
public:
    Markdown(QIODevice& to, const HandoverOptions& options) : m_out(to), m_options(options), m_words(options.words) {}

    base::Status write(const QList<HandoverRun>& runs)
    {
        if (!m_words.title.isEmpty())
            m_out << "# " << escaped(plainName(m_words.title)) << "\n\n";
        bool isFirst = true;
        for (const HandoverRun& run : runs) {
            if (!std::exchange(isFirst, false))
                m_out << "\n";
            writeRun(run);
        }
        return m_out.finish();
    }

private:
    void writeRun(const HandoverRun& run)
    {
        const auto& report = run.run.report;
        writeContext(run);
        const QString command = report.command.left(kMaxHandoverTextCharacters);
        const QByteArray span = codeSpan(command.section(u'\n', 0, 0, QString::SectionSkipEmpty));
        const bool isLong = command.trimmed().contains(u'\n');
        m_out << "## " << (span.isEmpty() ? "\\$" : span) << (isLong ? " \xe2\x80\xa6\n\n" : "\n\n");
        fact(m_words.sender, escaped(plainName(report.senderName)));
        fact(m_words.room, escaped(plainName(run.room)));
        fact(m_words.environment, escaped(plainName(report.environment)));
        fact(m_words.started, momentOf(report.startedAtMs, m_options.zone));
        fact(m_words.duration, escaped(durationOf(report, m_words)));
        fact(m_words.state, escaped(stateOf(report, m_words)));
        if (report.exitCode)
            fact(m_words.exitCode, QByteArray::number(*report.exitCode));
        m_out << "\n";
        if (isLong)
            writeCommand(command);
        writeOutput(run);
    }

    void fact(const QString& name, const QByteArray& value)
    {
        if (!value.isEmpty())
            m_out << "- " << escaped(plainName(name)) << ": " << value << "\n";
    }

    void writeContext(const HandoverRun& run)
    {
        const auto shown = run.context.last(std::min<qsizetype>(run.context.size(), kMaxHandoverContext));
        for (const HandoverContext& said : shown) {
            const QByteArray time = momentOf(said.timeMs, m_options.zone);
            m_out << "> " << time;
            if (const QByteArray who = escaped(plainName(said.who)); !who.isEmpty())
                m_out << (time.isEmpty() ? "**" : " **") << who << "**";
            m_out << ":";
            bool isFirst = true;
            for (const QString& line : said.text.left(kMaxHandoverTextCharacters).split(u'\n', Qt::SkipEmptyParts)) {
                const QByteArray text = escapedLine(line);
                if (text.isEmpty())
                    continue;
                m_out << (std::exchange(isFirst, false) ? " " : "\\\n> ") << text;
            }
            m_out << "\n>\n";
        }
        if (!shown.isEmpty())
            m_out << "\n";
    }

    /// One of several lines.
    void writeCommand(const QString& command)
    {
        const QByteArray fence(std::max(3, longestFence(command.toUtf8()) + 1), '`');
        m_out << fence << "sh\n";
        for (const QString& line : command.trimmed().split(u'\n'))
            m_out << withoutControls(line) << "\n";
        m_out << fence << "\n\n";
    }

    void writeOutput(const HandoverRun& run)
    {
        const SnapshotLines lines(run.run.lines ? *run.run.lines : m_none);
        const auto extent = extentOf(lines, run, m_options.maxOutputBytes);
        if (extent.lines > 0) {
            const QByteArray fence(std::max(3, longestFence(lines, extent.lines) + 1), '`');
            m_out << fence << "text\n";
            eachLine(lines, extent.lines, m_out, [&](const Line& line, bool isEnd) {
                if (line.flags & Line::Truncated)
                    m_out << missingText(m_words).replace('`', '\'');
                m_out << line.text;
                if (isEnd)
                    m_out << "\n";
            });
            m_out << fence << "\n";
        }
        if (extent.omittedBytes > 0)
            m_out << "\n*" << escaped(omittedText(extent.omittedBytes, m_words)) << "*\n";
        else if (extent.lines == 0)
            m_out << "*" << escaped(withoutControls(m_words.noOutput)) << "*\n";
    }

    PieceWriter m_out;
    const HandoverOptions& m_options;
    const HandoverWords& m_words;
    LineStore m_none;
};

} // namespace

base::Status writeMarkdown(QIODevice& to, const QList<HandoverRun>& runs, const HandoverOptions& options)
{
    if (const auto counted = checkedCount(runs); !counted)
        return counted;
    return Markdown(to, options).write(runs);
}

} // namespace ridealong::console
