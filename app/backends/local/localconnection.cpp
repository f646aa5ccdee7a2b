// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/localconnection.h"

#include "base/log.h"
#include "local/limits.h"
#include "net/localsocket.h"
#include "net/privatefolder.h"

#include <QFileInfo>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMax = std::numeric_limits<qint64>::max();

/// Trying again would only fail again: somebody has to do something.
bool isHopeless(const base::Error& error)
{
    using enum base::ErrorKind;
    return error.kind == Incompatible || error.kind == Invalid || error.kind == Denied || error.kind == Auth;
}

} // namespace

QByteArray LocalCursor::toBytes() const { return hub.isEmpty() ? QByteArray() : hub.toUtf8() + ':' + QByteArray::number(sequence); }

LocalCursor LocalCursor::fromBytes(const QByteArray& bytes)
{
    const auto colon = bytes.lastIndexOf(':');
    bool ok = false;
    const auto sequence = bytes.mid(colon + 1).toLongLong(&ok);
    if (colon <= 0 || !ok || sequence < 0)
        return {};
    return {QString::fromUtf8(bytes.left(colon)), sequence};
}

LocalConnection::LocalConnection(QString user, QString socketPath, HubFactory makeHub, base::Clock& clock, FrameHandler handler)
    : m_user(std::move(user)),
      m_socketPath(std::move(socketPath)),
      m_makeHub(std::move(makeHub)),
      m_clock(clock),
      m_handler(std::move(handler)),
      m_backoff(m_random, kBackoffFirst, kBackoffLongest)
{}

LocalConnection::~LocalConnection()
{
    dropChannel();
    m_hub.reset();
}

void LocalConnection::start(const LocalCursor& cursor)
{
    stop();
    m_cursor = cursor;
    m_backoff.reset();
    attempt();
}

void LocalConnection::stop()
{
    dropChannel();
    m_hub.reset();
    setStatus({});
}

void LocalConnection::setStatus(chat::ConnectionStatus status)
{
    if (status == m_status)
        return;
    m_status = std::move(status);
    emit statusChanged(m_status);
}

void LocalConnection::attempt()
{
    setStatus({chat::ConnectionState::Connecting, {}, 0});
    if (m_hub) {
        join(m_hub->connectInProcess());
        return;
    }
    m_hub = m_makeHub ? m_makeHub(m_socketPath) : nullptr;
    if (!m_hub) {
        join(std::make_unique<net::LocalSocketChannel>(socketAddress(m_socketPath)));
        return;
    }
    m_hub->open().then(this, [this, attempt = m_attempt](const base::Expected<store::OpenReport>& opened) {
        if (attempt != m_attempt)
            return;
        if (opened) {
            emit hubOpened(*opened);
            join(m_hub->connectInProcess());
            return;
        }
        m_hub.reset();
        if (opened.error().kind != base::ErrorKind::Denied) {
            lost(opened.error());
            return;
        }
        // Another process is the hub. Somebody else's would have to stand in a folder that somebody else can write.
        const auto address = socketAddress(m_socketPath);
        if (auto safe = net::requireOwnFolder(QFileInfo(address).absolutePath()); !safe)
            lost(safe.error());
        else
            join(std::make_unique<net::LocalSocketChannel>(address));
    });
}

void LocalConnection::join(std::unique_ptr<net::FrameChannel> channel)
{
    m_channel = std::move(channel);
    m_bye.reset();
    connect(m_channel.get(), &net::FrameChannel::received, this, &LocalConnection::receive);
    connect(m_channel.get(), &net::FrameChannel::closed, this, &LocalConnection::lost);
    QCborMap hello{{"t"_L1, "hello"_L1}, {"v"_L1, kProtocolVersion}, {"user"_L1, m_user}};
    if (!m_cursor.hub.isEmpty()) {
        hello.insert("hubSeen"_L1, m_cursor.hub);
        hello.insert("seq"_L1, m_cursor.sequence);
    }
    m_channel->send(encodeFrame(hello));
    later(kHelloTimeout, [this] {
        if (!isConnected())
            lost({base::ErrorKind::Timeout, u"the hub does not answer"_s, 0});
    });
}

void LocalConnection::receive(const QByteArray& bytes)
{
    m_heard = true;
    auto map = decodeFrame(bytes, net::FrameChannel::kMaxFrameBytes);
    if (!map) {
        lost(map.error());
        return;
    }
    Fields frame(*map);
    const auto type = frame.text("t"_L1, kMaxIdLength);
    const auto taken = frame.ok() ? take(type, frame) : base::Status(frame.error());
    if (!taken)
        lost(taken.error());
}

base::Status LocalConnection::take(const QString& type, Fields& frame)
{
    if (type == "re"_L1) {
        const auto reply = m_pending.take(frame.integer("id"_L1, 1, kMax));
        if (const auto error = takeError(frame.raw()); reply && error)
            reply(*error);
        else if (reply)
            reply(frame.raw());
        return base::Done{};
    }
    if (type == "hello"_L1) {
        const auto version = frame.integer("v"_L1, 1, kMax);
        m_hubId = frame.optionalText("hub"_L1, kMaxIdLength);
        if (frame.ok() && version != kProtocolVersion)
            return base::Error{base::ErrorKind::Incompatible, u"the hub speaks version %1, this program %2"_s.arg(version).arg(kProtocolVersion), 0};
        return frame.ok() ? base::Status(base::Done{}) : frame.error();
    }
    if (type == "bye"_L1) {
        m_bye = takeError(frame.raw());
        return m_bye.value_or(base::Error{base::ErrorKind::Offline, u"the hub hung up"_s, 0});
    }
    if (type == "welcome"_L1) {
        m_backoff.reset();
        setStatus({chat::ConnectionState::Connected, {}, 0});
        if (isConnected()) // somebody may have answered the news with stop()
            later(kPingEvery, [this] { ping(); });
        return base::Done{};
    }
    return m_handler(type, frame);
}

void LocalConnection::ping()
{
    m_heard = false;
    request({{"do"_L1, "ping"_L1}}, {});
    later(kPingTimeout, [this] {
        if (m_heard)
            ping();
        else
            lost({base::ErrorKind::Timeout, u"the hub does not answer"_s, 0});
    });
}

void LocalConnection::later(std::chrono::milliseconds delay, std::function<void()> callback)
{
    m_clock.after(delay, this, [this, attempt = m_attempt, callback = std::move(callback)] {
        if (attempt == m_attempt)
            callback();
    });
}

void LocalConnection::request(QCborMap map, Reply reply)
{
    if (!isConnected()) {
        if (reply)
            reply(base::Error{base::ErrorKind::Offline, u"not connected"_s, 0});
        return;
    }
    const qint64 id = ++m_lastRequest;
    map.insert("t"_L1, "request"_L1);
    map.insert("id"_L1, id);
    m_pending.insert(id, std::move(reply));
    m_channel->send(encodeFrame(map));
}

void LocalConnection::notify(const QCborMap& map)
{
    if (isConnected())
        m_channel->send(encodeFrame(map));
}

void LocalConnection::dropChannel()
{
    ++m_attempt;
    if (m_channel) {
        m_channel->disconnect(this);
        m_channel->close();
        m_channel.release()->deleteLater(); // it may be its own signal that brought us here
    }
    const auto pending = std::exchange(m_pending, {});
    for (const auto& reply : pending)
        if (reply)
            reply(base::Error{base::ErrorKind::Offline, u"the connection broke before the answer came"_s, 0});
}

void LocalConnection::lost(const base::Error& why)
{
    qCDebug(lcHub) << "connection lost:" << base::toString(why.kind) << why.detail;
    // Not connected any more before anybody hears that a request failed: who asks again at once is told so.
    const auto delay = m_backoff.next();
    if (isHopeless(why))
        setStatus({chat::ConnectionState::Failed, why, 0});
    else
        setStatus({chat::ConnectionState::Waiting, why, m_clock.nowMs() + delay.count()});
    dropChannel();
    if (m_status.state != chat::ConnectionState::Waiting)
        return;
    later(delay, [this] { attempt(); });
}

} // namespace ridealong::local
