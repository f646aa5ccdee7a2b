// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/streamsocket.h"
#include "xmpp/stanzachannel.h"
#include "xmpp/xmlreader.h"

namespace ridealong::xmpp {

/// RFC 6120: one document of XML each way over TCP or TLS, begun anew with each open().
class StreamChannel final : public StanzaChannel
{
    Q_OBJECT
public:
    StreamChannel(const net::Endpoint& endpoint, const net::TlsSettings& tls, const net::ProxySettings& proxy, base::Clock& clock);
    ~StreamChannel() override;

    void open(const QString& domain) override;
    void send(const Element& element) override;
    void startTls() override;
    qint64 bytesToWrite() const override { return m_socket.bytesToWrite(); }
    void close() override;
    void drop() override;
    std::optional<base::CertificateProblem> certificateProblem() const override { return m_socket.certificateProblem(); }

private:
    void giveEvents();
    void give(const XmlReader::Event& event);
    void hangUp();
    void end(const base::Error& why);
    void endLater(const base::Error& why);

    net::StreamSocket m_socket;
    base::Clock& m_clock;
    XmlReader m_reader;
    bool m_opened = false; ///< our side of the stream
    bool m_ended = false;
    bool m_silent = false; ///< closed by our user
};

} // namespace ridealong::xmpp
