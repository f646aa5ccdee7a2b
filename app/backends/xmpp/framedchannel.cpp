// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/framedchannel.h"

#include "xmpp/namespaces.h"
#include "xmpp/streamchannel.h"
#include "xmpp/xmlreader.h"

#include <QPointer>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

FramedChannel::FramedChannel(std::unique_ptr<net::RemoteChannel> channel) : m_channel(std::move(channel))
{
    connect(m_channel.get(), &net::RemoteChannel::opened, this, &StanzaChannel::connected);
    connect(m_channel.get(), &net::FrameChannel::written, this, &StanzaChannel::written);
    connect(m_channel.get(), &net::FrameChannel::received, this, &FramedChannel::receive);
    connect(m_channel.get(), &net::FrameChannel::closed, this, &FramedChannel::end);
}

FramedChannel::~FramedChannel() { close(); }

void FramedChannel::open(const QString& domain)
{
    m_opened = true;
    send(Element(u"open", ns::kFraming).with(u"to", domain).with(u"version", u"1.0"_s));
}

void FramedChannel::send(const Element& element)
{
    if (!m_ended)
        m_channel->send(element.toXml());
}

/// What is inside a WebSocket is as safe as that is; the channel ends when somebody tries (RFC 7395 §4).
void FramedChannel::startTls() { m_channel->startTls(); }

void FramedChannel::receive(const QByteArray& frame)
{
    const QPointer alive(this);
    emit heard();
    if (!alive || m_ended)
        return;
    const auto element = parseElement(frame);
    if (!element)
        end(element.error());
    else if (element->is(u"open", ns::kFraming))
        emit opened(*element);
    else if (element->is(u"close", ns::kFraming))
        end({ErrorKind::Offline, u"the server ended the stream"_s, 0});
    else
        emit received(*element);
}

void FramedChannel::close() { hangUp(); }

void FramedChannel::drop()
{
    m_opened = false;
    hangUp();
}

void FramedChannel::hangUp()
{
    if (m_ended)
        return;
    if (m_opened)
        send(Element(u"close", ns::kFraming));
    m_ended = true;
    m_channel->disconnect(this);
    m_channel->close();
}

void FramedChannel::end(const Error& why)
{
    if (m_ended)
        return;
    hangUp();
    emit closed(why);
}

std::unique_ptr<StanzaChannel> openStanzaChannel(
    const net::Endpoint& endpoint, const net::TlsSettings& tls, const net::ProxySettings& proxy, base::Clock& clock)
{
    if (endpoint.webSocket.isEmpty())
        return std::make_unique<StreamChannel>(endpoint, tls, proxy, clock);
    net::Endpoint framed = endpoint;
    framed.subprotocols = {u"xmpp"_s};
    return std::make_unique<FramedChannel>(
        net::openWebSocketChannel(framed, tls, clock, {.maxFrameBytes = kMaxStanzaBytes, .splitMessages = false, .proxy = proxy}));
}

} // namespace ridealong::xmpp
