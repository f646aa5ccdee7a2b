// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/remotechannel.h"

#include <QPointer>
#include <QTest>

#include <deque>
#include <functional>
#include <memory>
#include <utility>

namespace ridealong::tests {

/// A server that the test speaks for. Hand `connector()` to the code under test in place of net::openChannel; then the test
/// reads as a dialogue:
///     server.open();
///     server.expect("CAP LS 302");
///     server.say(":irc CAP * LS :sasl");
/// One client at a time; a new connection replaces the last one, and what that one had sent unread is dropped.
class ScriptedServer
{
public:
    std::unique_ptr<net::RemoteChannel> connect(const net::Endpoint& endpoint, const net::TlsSettings& tls = {})
    {
        auto channel = std::make_unique<Channel>(m_state);
        *m_state = State{};
        m_state->channel = channel.get();
        m_endpoint = endpoint;
        m_tls = tls;
        ++m_connections;
        return channel;
    }
    std::function<std::unique_ptr<net::RemoteChannel>(const net::Endpoint&, const net::TlsSettings&)> connector()
    {
        return [this](const net::Endpoint& endpoint, const net::TlsSettings& tls) { return connect(endpoint, tls); };
    }

    int connections() const { return m_connections; } ///< how often somebody connected so far
    const net::Endpoint& endpoint() const { return m_endpoint; } ///< of the last connection
    const net::TlsSettings& tls() const { return m_tls; }
    bool isConnected() const { return m_state->channel && !m_state->ended; } ///< open or trying
    bool wasClosedByClient() const { return m_state->closedByClient; }

    /// The connection stands.
    void open(const net::ConnectionInfo& info = {.encrypted = true, .protocol = QStringLiteral("TLSv1.3")})
    {
        m_state->open = true;
        if (isConnected())
            emit m_state->channel->opened(info);
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
    void say(const QByteArray& frame)
    {
        if (isConnected())
            emit m_state->channel->received(frame);
    }
    void fail(const base::Error& why)
    {
        if (!isConnected())
            return;
        m_state->ended = true;
        emit m_state->channel->closed(why);
    }
    void hangUp() { fail({base::ErrorKind::Offline, QStringLiteral("the other side closed the connection"), 0}); }
    void distrust(const base::CertificateProblem& problem)
    {
        m_state->problem = problem;
        fail({base::ErrorKind::Untrusted, problem.reasons.join(QStringLiteral(", ")), 0});
    }

    /// While it does not read, what is sent stays in bytesToWrite().
    void setReading(bool reading)
    {
        m_state->reading = reading;
        if (reading && std::exchange(m_state->unread, 0) > 0 && isConnected())
            emit m_state->channel->written();
    }

    /// The next frame the client sent; waits for it, and fails the test when none comes.
    QByteArray next(const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        if (!QTest::qWaitFor([this] { return isReadable(); })) {
            QTest::qFail("the client sent nothing", file, line);
            return {};
        }
        auto frame = std::move(m_state->sent.front());
        m_state->sent.pop_front();
        return frame;
    }
    void expect(const QByteArray& frame, const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        if (!QTest::qWaitFor([this] { return isReadable(); })) {
            QTest::qFail(("expected \"" + frame + "\", the client sent nothing").constData(), file, line);
            return;
        }
        if (const auto sent = next(file, line); sent != frame)
            QTest::qFail(("expected \"" + frame + "\", the client sent \"" + sent + "\"").constData(), file, line);
    }
    /// What follows `prefix`.
    QByteArray expectPrefix(const QByteArray& prefix, const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        const auto sent = next(file, line);
        if (!sent.startsWith(prefix))
            QTest::qFail(("expected \"" + prefix + "…\", the client sent \"" + sent + "\"").constData(), file, line);
        return sent.mid(prefix.size());
    }
    /// Nothing is unread, not even after what is queued in the event loop has run.
    void expectNothing(const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        QCoreApplication::processEvents();
        if (isReadable())
            QTest::qFail(("expected nothing, the client sent \"" + m_state->sent.front() + "\"").constData(), file, line);
    }
    void expectClose(const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        if (!QTest::qWaitFor([this] { return m_state->closedByClient; }))
            QTest::qFail("the client did not close", file, line);
    }
    /// Forgets what was sent and not read.
    void skip() { m_state->sent.clear(); }

private:
    class Channel;
    struct State
    {
        QPointer<Channel> channel;
        std::deque<QByteArray> sent; ///< and not yet read by the test
        std::optional<base::CertificateProblem> problem;
        qint64 unread = 0;
        bool open = false;
        bool securing = false; ///< TLS was begun, and the test has not let it
        bool reading = true;
        bool ended = false;
        bool closedByClient = false;
    };

    class Channel final : public net::RemoteChannel
    {
    public:
        explicit Channel(std::shared_ptr<State> state) : m_state(std::move(state)) {}
        ~Channel() override { close(); }

        void send(const QByteArray& frame) override
        {
            if (isStale() || m_state->ended)
                return;
            if (frame.isEmpty() || frame.contains('\r') || frame.contains('\n') || frame.contains('\0'))
                QTest::qFail(("a frame that no channel of lines takes: \"" + frame + "\"").constData(), __FILE__, __LINE__);
            if (!m_state->reading)
                m_state->unread += frame.size();
            m_state->sent.push_back(frame);
        }
        qint64 bytesToWrite() const override { return isStale() ? 0 : m_state->unread; }
        void close() override
        {
            if (isStale() || m_state->ended)
                return;
            m_state->ended = true;
            m_state->closedByClient = true;
        }
        void startTls() override
        {
            if (!isStale() && !m_state->ended)
                m_state->securing = true;
        }
        std::optional<base::CertificateProblem> certificateProblem() const override { return isStale() ? std::nullopt : m_state->problem; }

    private:
        bool isStale() const { return m_state->channel != this; } // the client has connected again
        std::shared_ptr<State> m_state;
    };

    /// What is sent before the connection stands has not left the client yet.
    bool isReadable() const { return m_state->open && !m_state->securing && !m_state->sent.empty(); }

    std::shared_ptr<State> m_state = std::make_shared<State>();
    net::Endpoint m_endpoint;
    net::TlsSettings m_tls;
    int m_connections = 0;
};

} // namespace ridealong::tests
