// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmlscanner.h"

#include <utility>

namespace ridealong::xmpp {
namespace {

using base::Error;
using base::ErrorKind;

constexpr QByteArrayView kCdata = "![CDATA[";
constexpr QByteArrayView kXmlns = "xmlns";

Error refused(const char* detail) { return {ErrorKind::Protocol, QString::fromLatin1(detail), 0}; }

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

} // namespace

base::Expected<XmlScanner::Piece> XmlScanner::scan(QByteArrayView bytes)
{
    for (; m_at < bytes.size(); ++m_at) {
        const auto found = step(bytes[m_at]);
        if (!found)
            return found.error();
        const qsizetype end = m_at + 1;
        if (m_state == State::Text && isBetween() && *found == Found::Nothing)
            m_begin = end; // white space keeps connections alive, and need not be kept
        if (end - m_begin > kMaxStanzaBytes)
            return refused("a stanza of more than 256 KiB");
        if (*found != Found::Nothing) {
            m_at = end;
            return Piece{*found, std::exchange(m_begin, end), end};
        }
    }
    return Piece();
}

void XmlScanner::forget(qsizetype count)
{
    m_at -= count;
    m_begin -= count;
}

base::Expected<XmlScanner::Found> XmlScanner::step(char c)
{
    switch (m_state) {
    case State::Text: return inText(c);
    case State::Open: return opened(c);
    case State::StartTag: return inStartTag(c);
    case State::EmptyTag: // behind a slash
        if (c != '>')
            return refused("a slash inside a tag");
        return closed();
    case State::Value:
        if (c == '<')
            return refused("a tag inside an attribute");
        if (c == m_quote) {
            m_state = State::StartTag;
            m_nameMatched = 0;
        }
        break;
    case State::EndTag:
        if (c == '<')
            return refused("a tag inside a tag");
        if (c == '>')
            return closed();
        break;
    case State::Bang:
        if (c != kCdata[m_matched])
            return refused("a comment or a document type, which no stream may have");
        if (++m_matched == kCdata.size()) {
            m_state = State::Cdata;
            m_matched = 0;
        }
        break;
    case State::Cdata:
        if (c == '>' && m_matched >= 2)
            m_state = State::Text;
        m_matched = c == ']' ? m_matched + 1 : 0;
        break;
    case State::Declaration:
        if (c == '?')
            m_state = State::DeclarationEnd;
        break;
    case State::DeclarationEnd:
        if (c != '>')
            return refused("a processing instruction, which no stream may have");
        m_state = State::Text;
        break;
    }
    return Found::Nothing;
}

base::Expected<XmlScanner::Found> XmlScanner::inText(char c)
{
    if (c == '<') {
        m_state = State::Open;
        if (isBetween())
            m_begin = m_at;
    } else if (isBetween() && !isSpace(c)) {
        return refused("text between stanzas");
    }
    return Found::Nothing;
}

base::Expected<XmlScanner::Found> XmlScanner::opened(char c)
{
    const bool isFirst = std::exchange(m_isFirst, false);
    if (c == '?') {
        // Whatever it says, it is skipped: everything here is UTF-8 (RFC 6120 §11.6).
        if (!isFirst || m_outer == 0)
            return refused("a processing instruction, which no stream may have");
        m_state = State::Declaration;
        return Found::Nothing;
    }
    if (m_ended)
        return refused("something behind the end");
    if (c == '/') {
        if (m_depth == 0)
            return refused("an end without a beginning");
        m_state = State::EndTag;
        return Found::Nothing;
    }
    if (c == '!') {
        if (isBetween())
            return refused("a comment or a document type, which no stream may have");
        m_state = State::Bang;
        m_matched = 1;
        return Found::Nothing;
    }
    if (isSpace(c) || c == '<' || c == '>')
        return refused("a tag without a name");
    if (m_depth - m_outer >= kMaxDepth)
        return refused("elements more than 64 deep");
    ++m_depth;
    m_attributes = 0;
    m_declared[size_t(m_depth - 1)] = 0;
    m_nameMatched = -1;
    m_state = State::StartTag;
    return Found::Nothing;
}

base::Expected<XmlScanner::Found> XmlScanner::inStartTag(char c)
{
    switch (c) {
    case '<': return refused("a tag inside a tag");
    case '\'':
    case '"':
        if (++m_attributes > kMaxAttributes)
            return refused("an element with more than 64 attributes");
        if (m_nameMatched == kXmlns.size()) {
            ++m_declared[size_t(m_depth - 1)];
            if (++m_declarations > kMaxDeclarations)
                return refused("more than 256 namespaces at a time");
        }
        m_quote = c;
        m_state = State::Value;
        break;
    case '/': m_state = State::EmptyTag; break;
    case '>':
        m_state = State::Text;
        if (m_depth == m_outer)
            return Found::StreamStart;
        break;
    default:
        if (isSpace(c)) {
            if (m_nameMatched != kXmlns.size()) // blanks may stand before "="
                m_nameMatched = 0;
        } else if (m_nameMatched >= 0 && m_nameMatched < kXmlns.size()) {
            m_nameMatched = c == kXmlns[m_nameMatched] ? m_nameMatched + 1 : -1;
        }
    }
    return Found::Nothing;
}

/// The innermost element ends, by an end tag or by the slash of its own.
base::Expected<XmlScanner::Found> XmlScanner::closed()
{
    m_declarations -= m_declared[size_t(--m_depth)];
    m_state = State::Text;
    if (m_depth < m_outer) {
        m_ended = true;
        return Found::StreamEnd;
    }
    if (m_depth > m_outer)
        return Found::Nothing;
    m_ended = m_outer == 0;
    return Found::Stanza;
}

} // namespace ridealong::xmpp
