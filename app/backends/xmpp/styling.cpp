// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/styling.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

constexpr QStringView kDirectives = u"*_~`";
constexpr QChar kHardBlank = QChar::Nbsp;

bool isWord(QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); }
bool isAsciiMark(QChar c) { return c.unicode() < 0x80 && (c.isPunct() || c.isSymbol()); }

/// Is there a reference to a character ("&lt;") at `at`?
bool isReference(QStringView line, qsizetype at)
{
    qsizetype end = at + 1;
    while (end < line.size() && end - at < 40 && (line[end].isLetterOrNumber() || line[end] == u'#'))
        ++end;
    return end > at + 1 && end < line.size() && line[end] == u';';
}

/// A piece of a line without styles. Escapes what Markdown would read inside of it, but never in an address.
class Escaper
{
public:
    explicit Escaper(QStringView line) : m_line(line) {}

    void write(QString& out, qsizetype at)
    {
        const QChar c = m_line[at];
        if (!isInAddress(at) && needsBackslash(c, at))
            out += u'\\';
        out += c;
    }

private:
    QChar neighbour(qsizetype at) const { return at >= 0 && at < m_line.size() ? m_line[at] : QChar(u' '); }

    bool needsBackslash(QChar c, qsizetype at) const
    {
        const QChar before = neighbour(at - 1), behind = neighbour(at + 1);
        switch (c.unicode()) {
        case u'_': return !(isWord(before) && isWord(behind)); // snake_case is no mark
        case u'*':
        case u'~': return !(before.isSpace() && behind.isSpace());
        case u'`':
        case u'[':
        case u'<': return true;
        case u'\\': return isAsciiMark(behind) || at + 1 == m_line.size();
        case u'&': return isReference(m_line, at);
        default: return false;
        }
    }

    /// Of the word around `at`.
    bool isInAddress(qsizetype at)
    {
        if (at >= m_wordEnd) {
            m_wordEnd = at;
            while (m_wordEnd < m_line.size() && !m_line[m_wordEnd].isSpace())
                ++m_wordEnd;
            const QStringView word = m_line.sliced(at, m_wordEnd - at);
            m_isAddress = word.startsWith("http://"_L1) || word.startsWith("https://"_L1);
            m_wordEnd = std::max(m_wordEnd, at + 1);
        }
        return m_isAddress;
    }

    QStringView m_line;
    qsizetype m_wordEnd = 0;
    bool m_isAddress = false;
};

/// The spans of a line (XEP-0393 §5). Each style is opened once inside another, so the depth is at most four.
class Spans
{
public:
    Spans(QStringView line, bool isStyled) : m_line(line), m_escaper(line), m_isStyled(isStyled) {}

    QString markdown()
    {
        write(0, m_line.size(), u"");
        return m_out;
    }

private:
    void write(qsizetype from, qsizetype end, QStringView open)
    {
        std::array<bool, 4> isHopeless{}; // nothing closes that style until `end`: not to be looked for again
        for (qsizetype at = from; at < end; ++at) {
            const qsizetype close = m_isStyled ? closeOf(from, at, end, open, isHopeless) : -1;
            if (close < 0) {
                m_escaper.write(m_out, at);
                continue;
            }
            const QChar directive = m_line[at];
            const QString mark = markOf(directive, close);
            m_out += mark;
            if (directive == u'`')
                m_out += m_line.sliced(at + 1, close - at - 1);
            else
                write(at + 1, close, QString(open.toString() + directive));
            m_out += mark;
            at = close;
        }
    }

    /// Where the span ends that begins at `at`; -1 when none does.
    qsizetype closeOf(qsizetype from, qsizetype at, qsizetype end, QStringView open, std::array<bool, 4>& isHopeless) const
    {
        const QChar directive = m_line[at];
        const qsizetype kind = kDirectives.indexOf(directive);
        if (kind < 0 || isHopeless[size_t(kind)] || open.contains(directive) || at + 2 >= end)
            return -1;
        if ((at > from && !m_line[at - 1].isSpace()) || m_line[at + 1].isSpace() || m_line[at + 1] == directive)
            return -1;
        for (qsizetype close = at + 2; close < end; ++close)
            if (m_line[close] == directive && !m_line[close - 1].isSpace())
                return canBeSaid(directive, close) ? close : -1;
        isHopeless[size_t(kind)] = true;
        return -1;
    }

    QChar behind(qsizetype close) const { return close + 1 < m_line.size() ? m_line[close + 1] : QChar(u' '); }
    /// CommonMark 0.31 §6.2: behind a mark that follows punctuation no word can go on.
    bool canBeSaid(QChar directive, qsizetype close) const
    {
        return directive == u'`' ? behind(close) != u'`' : isWord(m_line[close - 1]) || !isWord(behind(close));
    }
    QString markOf(QChar directive, qsizetype close) const
    {
        switch (directive.unicode()) {
        case u'*': return u"**"_s;
        case u'~': return u"~~"_s;
        case u'_': return isWord(behind(close)) ? u"*"_s : u"_"_s;
        default: return u"`"_s;
        }
    }

    QStringView m_line;
    Escaper m_escaper;
    bool m_isStyled;
    QString m_out;
};

/// A line of text: its spans, and nothing at its beginning that makes a heading, a list, a rule, a table or code of it.
QString lineOfText(QStringView line, bool isStyled)
{
    static const QRegularExpression block(u"^\\s{0,3}(#{1,6}(\\s|$)|[-+*](\\s|$)|>|=+\\s*$|(-\\s*){2,}$|[|:\\s-]*[|:-][|:\\s-]*$|~~~)"_s);
    static const QRegularExpression number(u"^(\\s{0,3}[0-9]{1,9})([.)])(\\s|$)"_s);
    QString text = Spans(line, isStyled).markdown();
    const QString start = line.left(200).toString();
    if (const auto match = number.match(start); match.hasMatch()) {
        text.insert(match.capturedEnd(1), u'\\');
    } else if (const auto mark = block.match(start); mark.hasMatch()) {
        const qsizetype at = mark.capturedStart(1);
        if (at < text.size() && isAsciiMark(text[at]) && text[at] != u'\\')
            text.insert(at, u'\\');
    }
    // Four blanks would make it code, a tab too.
    qsizetype blanks = 0;
    while (blanks < text.size() && (text[blanks] == u' ' || text[blanks] == u'\t'))
        ++blanks;
    if (blanks > 3 || text.left(blanks).contains(u'\t'))
        std::fill(text.begin(), text.begin() + blanks, kHardBlank);
    return text;
}

/// A fence longer than any row of backticks inside.
QString fenceFor(const QStringList& code)
{
    qsizetype longest = 2;
    for (const QString& line : code) {
        qsizetype row = 0;
        for (const QChar c : line) {
            row = c == u'`' ? row + 1 : 0;
            longest = std::max(longest, row);
        }
    }
    return QString(longest + 1, u'`');
}

QStringList blocks(const QStringList& lines, int depth);

QStringList codeBlock(const QStringList& lines, qsizetype& at)
{
    static const QRegularExpression language(u"^[A-Za-z0-9+#._-]{0,30}$"_s);
    QString info = lines[at].sliced(3).trimmed();
    QStringList code;
    if (!language.match(info).hasMatch())
        code.append(std::exchange(info, {}));
    for (++at; at < lines.size() && lines[at].trimmed() != "```"_L1; ++at)
        code.append(lines[at]);
    const QString fence = fenceFor(code);
    return QStringList{fence + info} + code + QStringList{fence};
}

QStringList quote(const QStringList& lines, qsizetype& at, int depth)
{
    QStringList inside;
    for (; at < lines.size() && lines[at].startsWith(u'>'); ++at)
        inside.append(lines[at].mid(lines[at].size() > 1 && lines[at][1].isSpace() ? 2 : 1));
    --at;
    QStringList quoted;
    for (const QString& line : blocks(inside, depth + 1))
        quoted.append(line.isEmpty() ? u">"_s : u"> "_s + line);
    if (at + 1 < lines.size() && !lines[at + 1].trimmed().isEmpty())
        quoted.append(QString()); // else Markdown takes the next line into the quotation
    return quoted;
}

QStringList blocks(const QStringList& lines, int depth)
{
    QStringList made;
    for (qsizetype at = 0; at < lines.size(); ++at) {
        if (lines[at].startsWith("```"_L1))
            made += codeBlock(lines, at);
        else if (depth < kMaxQuoteDepth && lines[at].startsWith(u'>'))
            made += quote(lines, at, depth);
        else
            made.append(lineOfText(lines[at], true));
    }
    return made;
}

} // namespace

QString markdownFromStyling(const QString& body) { return blocks(body.split(u'\n'), 0).join(u'\n'); }

QString markdownFromPlain(const QString& body)
{
    QStringList lines = body.split(u'\n');
    for (QString& line : lines)
        line = lineOfText(line, false);
    return lines.join(u'\n');
}

} // namespace ridealong::xmpp
