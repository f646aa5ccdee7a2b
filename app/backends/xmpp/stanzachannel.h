// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/openchannel.h"
#include "xmpp/element.h"

#include <QObject>

#include <memory>

namespace ridealong::xmpp {

/// A stream of XMPP to a server, whatever carries it: elements come and go whole. It connects by itself.
class StanzaChannel : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Opens the stream to that domain; again, as the protocol wants it, once TLS stands and once signed in: what was said before is then
    /// forgotten by both sides. Closes with Protocol when the other side has gone on talking on the old one.
    virtual void open(const QString& domain) = 0;
    virtual void send(const Element& element) = 0;
    /// The server has agreed in the element just received; nothing may be sent until secured(). Closes with Protocol when more came in plain
    /// text behind that element, and with Unsupported where TLS cannot begin later.
    virtual void startTls() = 0;
    virtual qint64 bytesToWrite() const = 0;
    /// Ends the stream, then the connection. Nothing is emitted any more.
    virtual void close() = 0;
    /// Ends the connection alone, so that the stream can be resumed over another. Nothing is emitted any more.
    virtual void drop() = 0;
    virtual std::optional<base::CertificateProblem> certificateProblem() const = 0;

signals:
    void connected(const ridealong::net::ConnectionInfo& info); ///< the stream can be opened
    void secured(const ridealong::net::ConnectionInfo& info); ///< after startTls()
    void opened(const ridealong::xmpp::Element& header); ///< the server's side of the stream
    void received(const ridealong::xmpp::Element& element);
    void heard(); ///< something came, be it a part of an element
    void written(); ///< bytesToWrite() became less
    /// Once, and nothing after it.
    void closed(const ridealong::base::Error& why);
};

/// Over TCP or TLS, or over a WebSocket when `endpoint` has one.
std::unique_ptr<StanzaChannel> openStanzaChannel(
    const net::Endpoint& endpoint, const net::TlsSettings& tls, const net::ProxySettings& proxy, base::Clock& clock);

} // namespace ridealong::xmpp
