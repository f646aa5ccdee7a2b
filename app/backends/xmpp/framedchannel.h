// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/stanzachannel.h"

namespace ridealong::xmpp {

/// RFC 7395: each element is a message of a WebSocket, and stands for itself.
class FramedChannel final : public StanzaChannel
{
    Q_OBJECT
public:
    explicit FramedChannel(std::unique_ptr<net::RemoteChannel> channel);
    ~FramedChannel() override;

    void open(const QString& domain) override;
    void send(const Element& element) override;
    void startTls() override;
    qint64 bytesToWrite() const override { return m_channel->bytesToWrite(); }
    void close() override;
    void drop() override;
    std::optional<base::CertificateProblem> certificateProblem() const override { return m_channel->certificateProblem(); }

private:
    void receive(const QByteArray& frame);
    void hangUp();
    void end(const base::Error& why);

    std::unique_ptr<net::RemoteChannel> m_channel;
    bool m_opened = false; ///< our side of the stream
    bool m_ended = false;
};

} // namespace ridealong::xmpp
