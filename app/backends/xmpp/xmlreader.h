// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/element.h"
#include "xmpp/xmlscanner.h"

#include <optional>
#include <utility>
#include <variant>

namespace ridealong::xmpp {

/// Prefixes and what they stand for; the empty one is the default.
using Prefixes = QList<std::pair<QString, QString>>;

/// Reads one element that stands for itself (a message of a WebSocket, say). Errors: Protocol, also for what no stream may have.
base::Expected<Element> parseElement(const QByteArray& bytes);

/// Reads a stream of XML from bytes as they come, in whatever pieces.
class XmlReader
{
public:
    struct Opened
    {
        Element header; ///< the stream's own element, which has nothing in it
        QString contentNamespace; ///< of stanzas without a prefix
    };
    struct Closed
    {};
    using Event = std::variant<Opened, Element, Closed>;

    void append(const QByteArray& bytes);
    /// What came next, or nothing until more bytes come. Error Protocol when it is no stream of XMPP; it cannot be read any further then.
    base::Expected<std::optional<Event>> next();
    /// No byte but white space came behind the last event taken.
    bool isDrained() const;

private:
    base::Expected<std::optional<Event>> read(const XmlScanner::Piece& piece);
    base::Expected<std::optional<Event>> open(const QByteArray& tag);

    XmlScanner m_scanner{XmlScanner::Kind::Stream};
    QByteArray m_bytes;
    Prefixes m_prefixes; ///< of the stream's own element
    std::optional<base::Error> m_error;
};

} // namespace ridealong::xmpp
