// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/markdownmarks.h"

#include <algorithm>
#include <array>

namespace ridealong::irc {
namespace {

/// More pairs than anybody means: a text with these gets no marks at all, so that the work stays in proportion.
constexpr int kMaxPairs = 256;

constexpr std::array<Styles, 4> kNesting = {kStrike, kBold, kItalic, kMonospace};

/// Text, or a mark that opens or closes a style. The two marks of a pair hold each other's index.
struct Token
{
    QString text;
    Styles mark = 0; ///< 0: text
    bool opens = false;
    bool isDropped = false;
    Styles style = 0; ///< of text
    size_t partner = 0;
    qsizetype from = 0, end = 0; ///< in what was written
};

bool isBlank(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
}

/// Marks must touch what they mark: blanks at the ends of a run get only the styles that go on behind them.
std::vector<StyledRun> withBlanksOutside(const std::vector<StyledRun>& runs)
{
    std::vector<StyledRun> pieces;
    for (const StyledRun& run : runs) {
        qsizetype first = 0, last = run.text.size();
        while (first < last && run.text[first].isSpace())
            ++first;
        while (last > first && run.text[last - 1].isSpace())
            --last;
        for (const QString& part : {run.text.first(first), run.text.sliced(first, last - first), run.text.sliced(last)}) {
            if (!part.isEmpty())
                pieces.push_back({part, run.style});
        }
    }
    const auto behind = [&pieces](size_t at) -> Styles {
        while (++at < pieces.size()) {
            if (pieces[at].text.contains(u'\n'))
                return 0;
            if (!isBlank(pieces[at].text))
                return pieces[at].style;
        }
        return 0;
    };
    std::vector<StyledRun> result;
    Styles before = 0, after = 0;
    bool isAfterKnown = false;
    for (size_t i = 0; i < pieces.size(); ++i) {
        StyledRun& piece = pieces[i];
        if (!isBlank(piece.text)) {
            before = piece.style;
            isAfterKnown = false;
        } else if (piece.text.contains(u'\n')) {
            piece.style = before = 0;
            isAfterKnown = false;
        } else {
            if (!isAfterKnown)
                after = behind(i);
            isAfterKnown = true;
            piece.style = before & after;
        }
        const bool isBlankFirst = !result.empty() && isBlank(result.back().text) && !isBlank(piece.text); // see tokensOf
        if (!result.empty() && result.back().style == piece.style && !isBlankFirst)
            result.back().text += piece.text;
        else
            result.push_back(piece);
    }
    return result;
}

std::vector<Token> tokensOf(const std::vector<StyledRun>& runs)
{
    std::vector<Token> tokens;
    std::vector<size_t> open; ///< tokens, outermost first
    const auto setStyle = [&](Styles wanted, bool mayOpen) {
        // Everything inside the outermost mark that ends is closed too, and opened again when it goes on.
        size_t keep = 0;
        while (keep < open.size() && (tokens[open[keep]].mark & wanted) != 0)
            ++keep;
        Styles current = 0;
        for (size_t i = 0; i < keep; ++i)
            current |= tokens[open[i]].mark;
        for (; open.size() > keep; open.pop_back()) {
            tokens[open.back()].partner = tokens.size();
            Token close;
            close.mark = tokens[open.back()].mark;
            close.partner = open.back();
            tokens.push_back(close);
        }
        for (const Styles mark : kNesting) {
            if (!mayOpen || (wanted & ~current & mark) == 0)
                continue;
            Token opening;
            opening.mark = mark;
            opening.opens = true;
            open.push_back(tokens.size());
            tokens.push_back(opening);
            current |= mark;
        }
        return current;
    };
    for (const StyledRun& run : runs) {
        Token text;
        text.style = setStyle(run.style, !isBlank(run.text)); // nothing can open before a blank
        text.text = run.text;
        tokens.push_back(text);
    }
    setStyle(0, false);
    return tokens;
}

bool isAsciiMark(QChar c) { return c == u'*' || c == u'_' || c == u'`' || c == u'~'; }

/// Of the word around `at`: an address is no place for backslashes.
bool isInAddress(QStringView text, qsizetype at, qsizetype& wordEnd, bool& wordIsAddress)
{
    if (at >= wordEnd) {
        wordEnd = at;
        while (wordEnd < text.size() && !text[wordEnd].isSpace())
            ++wordEnd;
        wordIsAddress = text.sliced(at, wordEnd - at).contains(QLatin1String("://"));
        wordEnd = std::max(wordEnd, at + 1);
    }
    return wordIsAddress;
}

QString escaped(QStringView text)
{
    QString result;
    result.reserve(text.size() + 8);
    qsizetype wordEnd = 0;
    bool wordIsAddress = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isAddress = isInAddress(text, i, wordEnd, wordIsAddress);
        const bool nextIsWord = i + 1 < text.size() && text[i + 1].isLetterOrNumber();
        bool needed = isAsciiMark(c);
        if (c == u'_' && nextIsWord && i > 0 && text[i - 1].isLetterOrNumber())
            needed = false; // snake_case is no mark
        if (c == u'\\')
            needed = !nextIsWord && !(i + 1 < text.size() && text[i + 1].isSpace());
        if (needed && !isAddress)
            result += u'\\';
        result += c;
    }
    return result;
}

/// A fence longer than any row of backticks inside.
QString codeSpan(const QString& text)
{
    qsizetype longest = 0, row = 0;
    for (const QChar c : text) {
        row = c == u'`' ? row + 1 : 0;
        longest = std::max(longest, row);
    }
    const QString fence(longest + 1, u'`');
    const bool isPadded = text.startsWith(u'`') || text.endsWith(u'`');
    const QString pad = isPadded ? QStringLiteral(" ") : QString();
    return fence + pad + text + pad + fence;
}

bool isWord(QChar c) { return !c.isNull() && !c.isSpace() && !c.isPunct() && !c.isSymbol(); }
bool isGap(QChar c) { return c.isNull() || c.isSpace(); } ///< null: the end of the text

/// Writes the tokens; in a code span the text itself stands between its marks, which are part of it.
class Writer
{
public:
    explicit Writer(std::vector<Token>& tokens) : m_tokens(tokens) {}

    QString write()
    {
        m_out.clear();
        for (size_t i = 0; i < m_tokens.size(); ++i) {
            Token& token = m_tokens[i];
            token.from = m_out.size();
            // Two code spans that touch would be one of another length; an own backtick of the text is escaped before it.
            const bool touchesCode = m_out.endsWith(u'`') && !isEscaped(m_out.size() - 1);
            if (token.mark == 0)
                m_out += (token.style & kMonospace) != 0 && !touchesCode ? codeSpan(token.text) : escaped(token.text);
            else if (!token.isDropped)
                m_out += markOf(i);
            token.end = m_out.size();
        }
        return m_out;
    }

    /// Drops the pairs of which a mark would stay a literal; false when all stand well.
    bool dropMisplaced()
    {
        bool isChanged = false;
        for (size_t i = 0; i < m_tokens.size(); ++i) {
            Token& token = m_tokens[i];
            if (token.mark == 0 || token.mark == kMonospace || token.isDropped || isWellPlaced(token))
                continue;
            token.isDropped = m_tokens[token.partner].isDropped = true;
            isChanged = true;
        }
        return isChanged;
    }

private:
    QString markOf(size_t index) const
    {
        switch (m_tokens[index].mark) {
        case kStrike: return QStringLiteral("~~");
        case kBold: return QStringLiteral("**");
        case kItalic: return isInsideWord(index) ? QStringLiteral("*") : QStringLiteral("_");
        default: return {}; // of monospace: written with the text
        }
    }

    /// "_" does not work inside a word, "*" not beside "**": both are needed.
    bool isInsideWord(size_t index) const
    {
        const Token& token = m_tokens[index];
        const size_t opening = token.opens ? index : token.partner;
        const size_t closing = token.opens ? token.partner : index;
        return isWord(textBefore(opening)) || isWord(textBehind(closing));
    }

    QChar textBefore(size_t index) const
    {
        while (index-- > 0) {
            if (m_tokens[index].mark == 0)
                return m_tokens[index].text.back();
        }
        return {};
    }
    QChar textBehind(size_t index) const
    {
        while (++index < m_tokens.size()) {
            if (m_tokens[index].mark == 0)
                return m_tokens[index].text.front();
        }
        return {};
    }

    /// CommonMark 0.31 §6.2: a mark opens when it is left-flanking and closes when it is right-flanking.
    bool isWellPlaced(const Token& token) const
    {
        const QChar sign = m_out[token.from];
        const QChar before = token.from > 0 ? m_out[token.from - 1] : QChar();
        const QChar behind = token.end < m_out.size() ? m_out[token.end] : QChar();
        if ((before == sign && !isEscaped(token.from - 1)) || behind == sign)
            return false; // would be one longer mark
        const QChar inner = token.opens ? behind : before, outer = token.opens ? before : behind;
        return !isGap(inner) && (isWord(inner) || !isWord(outer));
    }

    bool isEscaped(qsizetype at) const
    {
        qsizetype backslashes = 0;
        while (at - backslashes > 0 && m_out[at - backslashes - 1] == u'\\')
            ++backslashes;
        return backslashes % 2 == 1;
    }

    std::vector<Token>& m_tokens;
    QString m_out;
};

QString plainOf(const std::vector<StyledRun>& runs)
{
    QString text;
    for (const StyledRun& run : runs)
        text += run.text;
    return text;
}

} // namespace

QString markdownOf(const std::vector<StyledRun>& runs)
{
    std::vector<Token> tokens = tokensOf(withBlanksOutside(runs));
    const auto marks = std::count_if(tokens.begin(), tokens.end(), [](const Token& token) { return token.mark != 0; });
    if (marks == 0 || marks > qsizetype(2) * kMaxPairs)
        return plainOf(runs);
    Writer writer(tokens);
    QString markdown = writer.write();
    while (writer.dropMisplaced())
        markdown = writer.write();
    const bool hasMarks = std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.mark != 0 && !token.isDropped; });
    return hasMarks ? markdown : plainOf(runs);
}

} // namespace ridealong::irc
