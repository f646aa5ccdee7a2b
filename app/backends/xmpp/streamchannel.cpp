// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/streamchannel.h"

#include "xmpp/namespaces.h"

#include <QPointer>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

// A roster of ten thousand is much to do: after so long the event loop has its turn.
constexpr std::chrono::milliseconds kTurn{4};

StreamChannel::StreamChannel(const net::Endpoint& endpoint, const net::TlsSettings& tls, const net::ProxySettings& proxy, base::Clock& clock)
    : m_socket(endpoint, tls, proxy, clock),
      m_clock(clock)
{
    connect(&m_socket, &net::StreamSocket::opened, this, &StanzaChannel::connected);
    connect(&m_socket, &net::StreamSocket::secured, this, &StanzaChannel::secured);
    connect(&m_socket, &net::StreamSocket::written, this, &StanzaChannel::written);
    connect(&m_socket, &net::StreamSocket::closed, this, &StreamChannel::end);
    connect(&m_socket, &net::StreamSocket::received, this, [this](const QByteArray& bytes) {
        m_reader.append(bytes);
        const QPointer alive(this);
        emit heard();
        if (alive)
            giveEvents();
    });
}

StreamChannel::~StreamChannel() { close(); }

void StreamChannel::open(const QString& domain)
{
    if (m_ended)
        return;
    if (!m_reader.isDrained())
        return endLater({ErrorKind::Protocol, u"the server goes on with a stream that has ended"_s, 0});
    m_reader = XmlReader();
    m_opened = true;
    const QByteArray to = Element(u"stream", u"").with(u"to", domain).toXml(); // escaped there
    m_socket.write("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'"
        + to.sliced(7, to.size() - 9) + '>');
}

void StreamChannel::send(const Element& element)
{
    if (!m_ended)
        m_socket.write(element.toXml(ns::kClient));
}

void StreamChannel::startTls()
{
    if (m_ended)
        return;
    if (!m_reader.isDrained())
        return endLater({ErrorKind::Protocol, u"more in plain text after the agreement on TLS"_s, 0});
    m_socket.startTls();
}

void StreamChannel::giveEvents()
{
    const auto until = m_clock.monotonic() + kTurn;
    const QPointer alive(this);
    while (!m_ended) {
        const auto event = m_reader.next();
        if (!event)
            return end(event.error());
        if (!*event)
            return m_socket.setReading(true);
        give(**event);
        if (!alive)
            return;
        if (m_clock.monotonic() >= until) {
            m_socket.setReading(false);
            QMetaObject::invokeMethod(this, &StreamChannel::giveEvents, Qt::QueuedConnection);
            return;
        }
    }
}

void StreamChannel::give(const XmlReader::Event& event)
{
    if (const auto* element = std::get_if<Element>(&event)) {
        emit received(*element);
    } else if (const auto* start = std::get_if<XmlReader::Opened>(&event)) {
        if (start->header.is(u"stream", ns::kStream) && start->contentNamespace == ns::kClient)
            emit opened(start->header);
        else
            end({ErrorKind::Protocol, u"this is no stream of a server for clients"_s, 0});
    } else {
        end({ErrorKind::Offline, u"the server ended the stream"_s, 0});
    }
}

void StreamChannel::close()
{
    m_silent = true;
    hangUp();
}

void StreamChannel::drop()
{
    m_opened = false;
    close();
}

void StreamChannel::hangUp()
{
    if (std::exchange(m_ended, true))
        return;
    if (m_opened)
        m_socket.write("</stream:stream>");
    m_socket.close();
}

void StreamChannel::end(const Error& why)
{
    if (m_ended)
        return;
    hangUp();
    emit closed(why);
}

/// For the caller of one of our functions, who does not expect to be destroyed in it. Nothing is received until then.
void StreamChannel::endLater(const Error& why)
{
    hangUp();
    QMetaObject::invokeMethod(
        this,
        [this, why] {
            if (!m_silent)
                emit closed(why);
        },
        Qt::QueuedConnection);
}

} // namespace ridealong::xmpp
