// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The way out: Markdown → XEP-0393.
#include "xmpp/styling.h"

#include <QSet>
#include <QStringList>

#include <array>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

/// Markdown's marks, the longer ones first, and what they are in XEP-0393.
struct Mark
{
    QLatin1StringView markdown;
    QChar directive;
};
constexpr std::array<Mark, 6> kMarks{{{"**"_L1, u'*'}, {"__"_L1, u'*'}, {"~~"_L1, u'~'}, {"*"_L1, u'_'}, {"_"_L1, u'_'}, {"~"_L1, u'~'}}};
constexpr int kMaxDepth = 4;

bool isMark(QChar c) { return c.unicode() < 0x80 && (c.isPunct() || c.isSymbol()); }

class Line
{
public:
    explicit Line(QStringView line) : m_line(line) {}

    QString styled()
    {
        write(0, m_line.size(), 0);
        return m_out;
    }

private:
    void write(qsizetype from, qsizetype end, int depth)
    {
        std::array<bool, kMarks.size()> isHopeless{}; // nothing closes that one: not to be looked for again
        for (qsizetype at = from; at < end; ++at) {
            if (m_line[at] == u'\\' && at + 1 < end && isMark(m_line[at + 1])) {
                m_out += m_line[++at];
            } else if (m_line[at] == u'`') {
                at = writeCode(at, end) - 1;
            } else if (!writeSpan(at, from, end, depth, isHopeless)) {
                m_out += m_line[at];
            }
        }
    }

    /// Code, or backticks that mean none. Returns where it ends.
    qsizetype writeCode(qsizetype at, qsizetype end)
    {
        qsizetype behind = at;
        while (behind < end && m_line[behind] == u'`')
            ++behind;
        const QStringView fence = m_line.sliced(at, behind - at);
        const qsizetype close = m_hopelessFences.contains(fence.size()) ? -1 : closeOfCode(behind, end, fence.size());
        if (close < 0) {
            m_out += fence;
            return behind;
        }
        const QStringView code = m_line.sliced(behind, close - behind).trimmed();
        const bool canBeSaid = !code.isEmpty() && !code.contains(u'`');
        m_out += canBeSaid ? QString(u'`' + code.toString() + u'`') : code.toString();
        return close + fence.size();
    }

    qsizetype closeOfCode(qsizetype from, qsizetype end, qsizetype length)
    {
        for (qsizetype at = from; at < end;) {
            qsizetype row = 0;
            while (at + row < end && m_line[at + row] == u'`')
                ++row;
            if (row == length)
                return at;
            at += std::max<qsizetype>(row, 1);
        }
        m_hopelessFences.insert(length);
        return -1;
    }

    bool writeSpan(qsizetype& at, qsizetype from, qsizetype end, int depth, std::array<bool, kMarks.size()>& isHopeless)
    {
        for (size_t i = 0; i < kMarks.size() && depth < kMaxDepth; ++i) {
            const auto [mark, directive] = kMarks[i];
            const qsizetype inside = at + mark.size();
            if (isHopeless[i] || inside >= end || !m_line.sliced(at).startsWith(mark) || m_line[inside].isSpace() || m_line[inside] == mark[0])
                continue;
            if (mark[0] == '_'_L1 && at > from && m_line[at - 1].isLetterOrNumber())
                continue;
            const qsizetype close = closeOf(mark, inside, end);
            if (close < 0) {
                isHopeless[i] = true;
                continue;
            }
            m_out += directive;
            write(inside, close, depth + 1);
            m_out += directive;
            at = close + mark.size() - 1;
            return true;
        }
        return false;
    }

    qsizetype closeOf(QLatin1StringView mark, qsizetype inside, qsizetype end) const
    {
        for (qsizetype at = inside + 1; at + mark.size() <= end; ++at) {
            if (m_line[at - 1] == u'\\' || !m_line.sliced(at, mark.size()).startsWith(mark))
                continue;
            const QChar behind = at + mark.size() < end ? m_line[at + mark.size()] : QChar(u' ');
            if (behind == mark[0]) {
                at += mark.size(); // a longer mark: another one
                continue;
            }
            if (!m_line[at - 1].isSpace() && !(mark[0] == '_'_L1 && behind.isLetterOrNumber()))
                return at;
        }
        return -1;
    }

    QStringView m_line;
    QSet<qsizetype> m_hopelessFences; ///< nothing closes code of so many backticks
    QString m_out;
};

/// The row of backticks or tildes that opens or closes fenced code; empty for any other line.
QStringView fenceOf(QStringView line)
{
    const QStringView text = line.trimmed();
    qsizetype row = 0;
    while (row < text.size() && text[row] == text[0])
        ++row;
    return row >= 3 && (text[0] == u'`' || text[0] == u'~') && !text.sliced(row).contains(u'`') ? text.left(row) : QStringView();
}

} // namespace

QString stylingFromMarkdown(const QString& markdown)
{
    QStringList lines = markdown.split(u'\n');
    QString fence;
    for (QString& line : lines) {
        const QString row = fenceOf(line).toString();
        if (fence.isEmpty() && !row.isEmpty()) {
            fence = row;
            line = u"```"_s + line.trimmed().sliced(row.size()).trimmed();
        } else if (!fence.isEmpty() && row.startsWith(fence) && line.trimmed() == row) {
            fence.clear();
            line = u"```"_s;
        } else if (fence.isEmpty()) {
            line = Line(line).styled();
        } else if (line.trimmed() == "```"_L1) {
            line.append(u'\u200B'); // would end the block
        }
    }
    return lines.join(u'\n');
}

} // namespace ridealong::xmpp
