// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QByteArrayView>

#include <array>

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxStanzaBytes = 256 << 10; ///< Prosody's and ejabberd's own limit
inline constexpr int kMaxDepth = 64; ///< of elements in each other, a stanza being the first
inline constexpr int kMaxAttributes = 64; ///< of one element, declarations of namespaces included: Qt compares each with each
inline constexpr int kMaxDeclarations = 256; ///< of namespaces in force at a place: Qt looks for each prefix among all of them

/// Finds where stanzas begin and end, looking at each byte once. It knows just enough of XML for that, and refuses what may not be in a
/// stream (RFC 6120 §11.1: comments, processing instructions, DTDs) and what is larger than anybody needs, before a real parser sees it.
class XmlScanner
{
public:
    /// A stream has an element around all others, which stays open; a document is one element.
    enum class Kind { Stream, Document };
    enum class Found { Nothing, StreamStart, Stanza, StreamEnd };
    struct Piece
    {
        Found what = Found::Nothing;
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    explicit XmlScanner(Kind kind) : m_outer(kind == Kind::Stream ? 1 : 0) {}

    /// The next piece of `bytes`, which are those of the last call and more; Nothing when it has no end yet. Errors: Protocol.
    base::Expected<Piece> scan(QByteArrayView bytes);
    /// Bytes before this are not looked at again: the piece that has no end yet begins here.
    qsizetype begin() const { return m_begin; }
    /// So many bytes at the front are no longer there; no more than begin().
    void forget(qsizetype count);

private:
    enum class State { Text, Open, StartTag, EmptyTag, Value, EndTag, Bang, Cdata, Declaration, DeclarationEnd };

    base::Expected<Found> step(char c);
    base::Expected<Found> inText(char c);
    base::Expected<Found> opened(char c);
    base::Expected<Found> inStartTag(char c);
    base::Expected<Found> closed();
    bool isBetween() const { return m_depth <= m_outer; } ///< no stanza is begun

    int m_outer;
    State m_state = State::Text;
    int m_depth = 0;
    int m_attributes = 0; ///< of the tag
    std::array<int, kMaxDepth + 1> m_declared{}; ///< namespaces, by the elements that are open
    int m_declarations = 0; ///< all of these
    int m_nameMatched = 0; ///< so far the attribute's name is as much of "xmlns"; below zero: it is another
    char m_quote = 0;
    int m_matched = 0; ///< bytes of "![CDATA[" or of "]]>"
    qsizetype m_at = 0;
    qsizetype m_begin = 0;
    bool m_isFirst = true; ///< nothing came yet: an XML declaration may
    bool m_ended = false;
};

} // namespace ridealong::xmpp
