// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// YAML as tools print it. Not the whole of YAML 1.2: what is not read makes the document Broken, and it stays text.
#include "console/treebuilder.h"

namespace ridealong::console {
namespace {

using Problem = ValueTree::Problem;

bool isBlank(char c) { return c == ' ' || c == '\t'; }

class YamlReader
{
public:
    YamlReader(QByteArrayView text, const std::atomic<bool>* isGivenUp) : m_text(text), m_builder(text, isGivenUp) {}

    ValueTree::Result read()
    {
        m_builder.openDocuments();
        findLine(m_text.startsWith("\xef\xbb\xbf") ? 3 : 0);
        while (!m_builder.isFailed() && document()) {}
        return m_builder.finish(m_text.size());
    }

private:
    // ---- lines: m_at stands on the first character of a line that says something, m_column in ----

    qsizetype lineEnd(qsizetype from) const
    {
        const qsizetype end = m_text.indexOf('\n', from);
        return end < 0 ? m_text.size() : end;
    }
    /// To the next line from `from`, the beginning of one, that is neither empty nor a comment.
    void findLine(qsizetype from)
    {
        for (qsizetype begin = from; begin < m_text.size(); begin = lineEnd(begin) + 1) {
            qsizetype at = begin;
            while (at < m_text.size() && m_text[at] == ' ')
                ++at;
            const char c = at < m_text.size() ? m_text[at] : '\n';
            if (c == '\n' || c == '\r' || c == '#')
                continue;
            m_at = at;
            m_column = int(at - begin);
            m_lineBegin = begin;
            return;
        }
        m_at = m_text.size();
        m_column = -1;
        m_lineBegin = m_text.size();
    }
    void nextLine() { findLine(std::min(m_text.size(), lineEnd(m_at) + 1)); }
    bool isAtEnd() const { return m_at >= m_text.size(); }
    bool isMark(QByteArrayView mark) const
    {
        if (isAtEnd() || m_at != m_lineBegin || !m_text.sliced(m_at).startsWith(mark))
            return false;
        const qsizetype behind = m_at + mark.size();
        return behind >= m_text.size() || isBlank(m_text[behind]) || m_text[behind] == '\n' || m_text[behind] == '\r';
    }
    bool isDocumentEnd() const { return isAtEnd() || isMark("---") || isMark("..."); }
    bool broken(qsizetype at) { return m_builder.fail(Problem::Broken, at); }

    /// Where the text of the line ends that `from` is in, without a comment and spaces.
    qsizetype contentEnd(qsizetype from) const
    {
        qsizetype end = lineEnd(from);
        for (qsizetype at = from; at < end; ++at)
            if (m_text[at] == '#' && (at == from || isBlank(m_text[at - 1])))
                end = at;
        while (end > from && (isBlank(m_text[end - 1]) || m_text[end - 1] == '\r'))
            --end;
        return end;
    }
    /// Behind the closing quote; −1: there is none.
    qsizetype quoteEnd(qsizetype from, qsizetype limit) const
    {
        const char quote = m_text[from];
        for (qsizetype at = from + 1; at < limit; ++at) {
            if (quote == '"' && m_text[at] == '\\')
                ++at;
            else if (m_text[at] == quote) {
                if (quote == '\'' && at + 1 < limit && m_text[at + 1] == quote)
                    ++at;
                else
                    return at + 1;
            }
        }
        return -1;
    }
    /// The ':' behind a key that begins at `from`; −1: there is no key.
    qsizetype colonOf(qsizetype from) const
    {
        const qsizetype end = lineEnd(from);
        const auto isColon = [&](qsizetype at) { return m_text[at] == ':' && (at + 1 >= end || isBlank(m_text[at + 1]) || m_text[at + 1] == '\r'); };
        qsizetype at = from;
        if (m_text[at] == '"' || m_text[at] == '\'') {
            at = quoteEnd(from, end); // a key is on one line; looking further would cost a line all of the text
            if (at < 0)
                return -1;
            while (at < end && isBlank(m_text[at]))
                ++at;
            return at < end && isColon(at) ? at : -1;
        }
        if (m_text[at] == '[' || m_text[at] == '{' || m_text[at] == '#')
            return -1;
        for (; at < end; ++at) {
            if (isColon(at))
                return at;
            if (m_text[at] == '#' && at > from && isBlank(m_text[at - 1]))
                return -1;
        }
        return -1;
    }
    bool isItem(qsizetype at) const
    {
        return m_text[at] == '-' && (at + 1 >= m_text.size() || isBlank(m_text[at + 1]) || m_text[at + 1] == '\n' || m_text[at + 1] == '\r');
    }

    // ---- blocks ----

    bool document()
    {
        while (!isAtEnd() && m_text[m_at] == '%' && m_column == 0)
            nextLine();
        if (isMark("...")) {
            nextLine();
            return !isAtEnd();
        }
        if (isMark("---")) {
            const qsizetype begin = m_at + 3;
            if (contentEnd(begin) > begin && !value(begin, -1, false))
                return false;
            if (contentEnd(begin) > begin)
                return !isAtEnd();
            nextLine();
        }
        if (isDocumentEnd())
            return !isAtEnd();
        if (!block())
            return false;
        return isDocumentEnd() ? !isAtEnd() : broken(m_at);
    }

    /// What begins where we stand, and all that belongs to it. Leaves us on the first line that does not.
    bool block()
    {
        if (m_text[m_at] == '\t')
            return broken(m_at);
        if (isItem(m_at))
            return sequence();
        if (colonOf(m_at) >= 0)
            return mapping();
        if (m_text[m_at] == '?' && m_at + 1 < m_text.size() && isBlank(m_text[m_at + 1]))
            return broken(m_at);
        return value(m_at, m_column - 1, false);
    }

    bool sequence()
    {
        const int column = m_column;
        const qsizetype begin = m_at;
        if (!m_builder.open(ValueKind::Array, begin))
            return false;
        while (!isDocumentEnd() && m_column == column && isItem(m_at)) {
            qsizetype at = m_at + 1;
            while (at < m_text.size() && m_text[at] == ' ')
                ++at;
            // "- a: 1" begins a mapping in the column of its key, "- - 1" a list.
            const bool isNested
                = at < m_text.size() && m_text[at] != '\n' && m_text[at] != '\r' && m_text[at] != '#' && (isItem(at) || colonOf(at) >= 0);
            if (isNested) {
                m_column += int(at - m_at);
                m_at = at;
                if (!block())
                    return false;
            } else if (!value(m_at + 1, column, false)) {
                return false;
            }
        }
        m_builder.close(m_lastEnd);
        return true;
    }

    bool mapping()
    {
        const int column = m_column;
        if (!m_builder.open(ValueKind::Object, m_at))
            return false;
        while (!isDocumentEnd() && m_column == column && !isItem(m_at)) {
            const qsizetype colon = colonOf(m_at);
            if (colon < 0 || m_text[m_at] == '\t')
                return broken(m_at);
            qsizetype keyEnd = colon;
            while (keyEnd > m_at && isBlank(m_text[keyEnd - 1]))
                --keyEnd;
            if (!m_builder.key(m_at, keyEnd) || !value(colon + 1, column, true))
                return false;
        }
        if (!isDocumentEnd() && m_column > column)
            return broken(m_at);
        m_builder.close(m_lastEnd);
        return true;
    }

    bool add(ValueKind kind, ValueStyle style, qsizetype begin, qsizetype end)
    {
        m_lastEnd = end;
        return m_builder.scalar(kind, style, begin, end);
    }

    /// Behind "key:" or "-": on the same line or below, further in than `column`.
    bool value(qsizetype at, int column, bool isOfKey)
    {
        for (;;) { // tags and anchors
            while (at < m_text.size() && isBlank(m_text[at]))
                ++at;
            if (at >= m_text.size() || (m_text[at] != '!' && m_text[at] != '&'))
                break;
            while (at < m_text.size() && !isBlank(m_text[at]) && m_text[at] != '\n')
                ++at;
        }
        const qsizetype end = at < m_text.size() ? contentEnd(at) : at;
        if (at >= end) {
            m_at = std::min(at, m_text.size());
            nextLine();
            if (!isDocumentEnd() && (m_column > column || (isOfKey && m_column == column && isItem(m_at))))
                return block();
            return add(ValueKind::Null, ValueStyle::Plain, at, at);
        }
        switch (m_text[at]) {
        case '|':
        case '>': return literal(at, column);
        case '"':
        case '\'': return quoted(at);
        case '{':
        case '[': {
            const qsizetype behind = flow(at);
            return behind >= 0 && leave(behind);
        }
        case '@':
        case '`': return broken(at);
        default: return plain(at, end, column);
        }
    }

    /// Nothing but a comment may follow on that line.
    bool leave(qsizetype at)
    {
        m_lastEnd = at;
        if (contentEnd(at) > at && m_text.sliced(at, contentEnd(at) - at).trimmed().size() > 0)
            return broken(at);
        m_at = std::min(at, m_text.size());
        nextLine();
        return true;
    }

    bool quoted(qsizetype at)
    {
        const qsizetype end = quoteEnd(at, m_text.size());
        if (end < 0)
            return broken(at);
        return add(ValueKind::String, m_text[at] == '"' ? ValueStyle::DoubleQuoted : ValueStyle::SingleQuoted, at, end) && leave(end);
    }

    bool plain(qsizetype at, qsizetype end, int column)
    {
        m_at = end;
        nextLine();
        // Further in, and no key: it goes on.
        while (!isDocumentEnd() && m_column > column && colonOf(m_at) < 0) {
            end = contentEnd(m_at);
            m_at = end;
            nextLine();
        }
        return add(plainKind(m_text.sliced(at, end - at)), ValueStyle::Plain, at, end);
    }

    bool literal(qsizetype at, int column)
    {
        const auto style = m_text[at] == '|' ? ValueStyle::Literal : ValueStyle::Folded;
        qsizetype end = lineEnd(at);
        for (qsizetype begin = end + 1; begin < m_text.size(); begin = lineEnd(begin) + 1) {
            qsizetype first = begin;
            while (first < m_text.size() && m_text[first] == ' ')
                ++first;
            const bool isEmpty = first >= m_text.size() || m_text[first] == '\n' || m_text[first] == '\r';
            if (!isEmpty && first - begin <= column)
                break;
            if (!isEmpty)
                end = lineEnd(begin);
        }
        m_at = end;
        nextLine();
        return add(ValueKind::String, style, at, end);
    }

    // ---- {…} and […] ----

    qsizetype skipFlow(qsizetype at) const
    {
        for (; at < m_text.size(); ++at) {
            if (m_text[at] == '#' && (isBlank(m_text[at - 1]) || m_text[at - 1] == '\n'))
                at = lineEnd(at) - 1;
            else if (!isBlank(m_text[at]) && m_text[at] != '\n' && m_text[at] != '\r')
                break;
        }
        return std::min(at, m_text.size());
    }
    qsizetype flowBroken(qsizetype at)
    {
        broken(at);
        return -1;
    }
    /// Answers what stands behind it; −1: broken. As deep as the builder lets it.
    qsizetype flow(qsizetype at)
    {
        const bool isObject = m_text[at] == '{';
        const char close = isObject ? '}' : ']';
        if (!m_builder.open(isObject ? ValueKind::Object : ValueKind::Array, at))
            return -1;
        at = skipFlow(at + 1);
        while (at < m_text.size() && m_text[at] != close) {
            if (isObject) {
                const qsizetype begin = at;
                at = flowScalarEnd(at);
                if (at < 0 || !m_builder.key(begin, at))
                    return at < 0 ? flowBroken(begin) : -1;
                at = skipFlow(at);
                if (at < m_text.size() && m_text[at] == ':') {
                    at = skipFlow(at + 1);
                } else { // a key without a value
                    if (!add(ValueKind::Null, ValueStyle::Plain, at, at))
                        return -1;
                    at = behindComma(at, close);
                    if (at < 0)
                        return -1;
                    continue;
                }
            }
            at = flowValue(at, close);
            if (at >= 0)
                at = behindComma(skipFlow(at), close);
            if (at < 0)
                return -1;
        }
        if (at >= m_text.size())
            return flowBroken(at);
        m_lastEnd = at + 1;
        m_builder.close(at + 1);
        return at + 1;
    }
    qsizetype behindComma(qsizetype at, char close)
    {
        if (at < m_text.size() && m_text[at] == ',')
            return skipFlow(at + 1);
        return at < m_text.size() && m_text[at] == close ? at : flowBroken(at);
    }
    qsizetype flowValue(qsizetype at, char close)
    {
        if (at >= m_text.size())
            return flowBroken(at);
        const char c = m_text[at];
        if (c == '{' || c == '[')
            return flow(at);
        if (c == ',' || c == close)
            return add(ValueKind::Null, ValueStyle::Plain, at, at) ? at : -1;
        const qsizetype end = flowScalarEnd(at);
        if (end <= at)
            return flowBroken(at);
        const bool isQuoted = c == '"' || c == '\'';
        const auto style = c == '"' ? ValueStyle::DoubleQuoted : c == '\'' ? ValueStyle::SingleQuoted : ValueStyle::Plain;
        return add(isQuoted ? ValueKind::String : plainKind(m_text.sliced(at, end - at)), style, at, end) ? end : -1;
    }
    /// −1: a quote that is not closed, or nothing.
    qsizetype flowScalarEnd(qsizetype at) const
    {
        if (m_text[at] == '"' || m_text[at] == '\'')
            return quoteEnd(at, m_text.size());
        qsizetype end = at;
        for (; end < m_text.size(); ++end) {
            const char c = m_text[end];
            if (c == ',' || c == ']' || c == '}' || c == '[' || c == '{' || c == '\n')
                break;
            if (c == ':' && (end + 1 >= m_text.size() || isBlank(m_text[end + 1]) || m_text[end + 1] == '\n' || m_text[end + 1] == ','))
                break;
            if (c == '#' && end > at && isBlank(m_text[end - 1]))
                break;
        }
        while (end > at && (isBlank(m_text[end - 1]) || m_text[end - 1] == '\r'))
            --end;
        return end > at ? end : -1;
    }

    QByteArrayView m_text;
    TreeBuilder m_builder;
    qsizetype m_at = 0;
    qsizetype m_lineBegin = 0;
    int m_column = 0;
    qsizetype m_lastEnd = 0; ///< of the value read last
};

} // namespace

ValueTree::Result ValueTree::readYaml(QByteArrayView text, const std::atomic<bool>* isGivenUp)
{
    if (text.size() > kMaxTreeBytes)
        return {{}, Problem::TooLarge, kMaxTreeBytes};
    return YamlReader(text, isGivenUp).read();
}

} // namespace ridealong::console
