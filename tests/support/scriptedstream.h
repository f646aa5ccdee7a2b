// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/namespaces.h"
#include "xmpp/stanzachannel.h"
#include "xmpp/xmlreader.h"

#include <QPointer>
#include <QTest>

#include <deque>
#include <memory>
#include <utility>

namespace ridealong::tests {

/// A server of XMPP that the test speaks for, in XML as if inside a stream of jabber:client (the prefix "stream" is known):
///     auto channel = server.connect();
///     server.connected();
///     server.expectOpen("chat.test");
///     server.say("<stream:features>…</stream:features>");
///     server.expect("<iq type='get' id='1'/>");
/// One client at a time; a new connection replaces the last one, and what that one had sent unread is dropped.
class ScriptedStream
{
public:
    std::unique_ptr<xmpp::StanzaChannel> connect()
    {
        auto channel = std::make_unique<Channel>(m_state);
        *m_state = State{};
        m_state->channel = channel.get();
        return channel;
    }

    bool isConnected() const { return m_state->channel && !m_state->ended; } ///< stands or tries
    bool wasEndedPolitely() const { return m_state->endedStream; } ///< the client ended the stream before the connection

    /// The connection stands.
    void connected(const net::ConnectionInfo& info = {.encrypted = true, .protocol = QStringLiteral("TLSv1.3")})
    {
        m_state->stands = true;
        if (isConnected())
            emit m_state->channel->connected(info);
    }
    /// Waits until the client begins TLS, and lets it.
    void secure(const net::ConnectionInfo& info = {.encrypted = true, .protocol = QStringLiteral("TLSv1.3")}, const char* file = __builtin_FILE(),
        int line = __builtin_LINE())
    {
        if (!QTest::qWaitFor([this] { return m_state->securing; })) {
            QTest::qFail("the client did not begin TLS", file, line);
            return;
        }
        m_state->securing = false;
        if (isConnected())
            emit m_state->channel->secured(info);
    }
    /// Waits until the client opens a stream to `domain`, and opens the server's side.
    void expectOpen(const QByteArray& domain, const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        expect("<open to='" + domain + "'/>", file, line);
        open();
    }
    void open(const QByteArray& attributes = "from='chat.test' id='s1' version='1.0'")
    {
        if (isConnected())
            emit m_state->channel->opened(read("<stream:stream " + attributes + "/>"));
    }
    void say(const QByteArray& xml)
    {
        if (!isConnected())
            return;
        const QPointer<xmpp::StanzaChannel> channel = m_state->channel.data();
        emit channel->heard();
        if (channel && isConnected())
            emit channel->received(read(xml));
    }
    /// A part of an element, or white space.
    void mumble()
    {
        if (isConnected())
            emit m_state->channel->heard();
    }
    void fail(const base::Error& why)
    {
        if (!isConnected())
            return;
        m_state->ended = true;
        emit m_state->channel->closed(why);
    }
    void hangUp() { fail({base::ErrorKind::Offline, QStringLiteral("the other side closed the connection"), 0}); }

    /// The next element that the client sent; waits for it, and fails the test when none comes.
    xmpp::Element next(const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        if (!QTest::qWaitFor([this] { return isReadable(); })) {
            QTest::qFail("the client sent nothing", file, line);
            return {};
        }
        xmpp::Element element = std::move(m_state->sent.front());
        m_state->sent.pop_front();
        return element;
    }
    void expect(const QByteArray& xml, const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        if (!QTest::qWaitFor([this] { return isReadable(); })) {
            QTest::qFail(("expected " + xml + ", the client sent nothing").constData(), file, line);
            return;
        }
        const QByteArray wanted = read(xml).toXml(xmpp::ns::kClient), sent = next(file, line).toXml(xmpp::ns::kClient);
        if (sent != wanted)
            QTest::qFail(("expected " + wanted + ", the client sent " + sent).constData(), file, line);
    }
    /// Nothing is unread, not even after what is queued in the event loop has run.
    void expectNothing(const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        QCoreApplication::processEvents();
        if (isReadable())
            QTest::qFail(("expected nothing, the client sent " + m_state->sent.front().toXml(xmpp::ns::kClient)).constData(), file, line);
    }
    void expectClose(const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        if (!QTest::qWaitFor([this] { return m_state->closedByClient; }))
            QTest::qFail("the client did not close", file, line);
    }
    void skip() { m_state->sent.clear(); } ///< forgets what was sent and not read

    static xmpp::Element read(const QByteArray& xml)
    {
        const auto outer = xmpp::parseElement("<t xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>" + xml + "</t>");
        if (!outer || outer->children().empty())
            qFatal("no element: %s", xml.constData());
        return *outer->children().front();
    }

private:
    class Channel;
    struct State
    {
        QPointer<Channel> channel;
        std::deque<xmpp::Element> sent; ///< and not yet read by the test
        bool stands = false;
        bool securing = false; ///< TLS was begun, and the test has not let it
        bool ended = false;
        bool endedStream = false;
        bool closedByClient = false;
    };

    class Channel final : public xmpp::StanzaChannel
    {
    public:
        explicit Channel(std::shared_ptr<State> state) : m_state(std::move(state)) {}
        ~Channel() override { drop(); }

        void open(const QString& domain) override { send(xmpp::Element(u"open", xmpp::ns::kClient).with(u"to", domain)); }
        void send(const xmpp::Element& element) override
        {
            if (!isOver())
                m_state->sent.push_back(element);
        }
        void startTls() override
        {
            if (!isOver())
                m_state->securing = true;
        }
        qint64 bytesToWrite() const override { return 0; }
        void close() override
        {
            if (!isOver())
                m_state->endedStream = true;
            drop();
        }
        void drop() override
        {
            if (isOver())
                return;
            m_state->ended = true;
            m_state->closedByClient = true;
        }
        std::optional<base::CertificateProblem> certificateProblem() const override { return std::nullopt; }

    private:
        bool isOver() const { return m_state->channel != this || m_state->ended; } ///< or the client has connected again
        std::shared_ptr<State> m_state;
    };

    /// What is sent before the connection stands has not left the client yet.
    bool isReadable() const { return m_state->stands && !m_state->securing && !m_state->sent.empty(); }

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace ridealong::tests
