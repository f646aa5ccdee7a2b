// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/faultlink.h"

#include "servers/faultproxy.h"

#include <cmath>

#include <sys/socket.h>

namespace ridealong::tests {

namespace {

constexpr qint64 kPieceBytes = 16 * 1024;
constexpr int kTickMs = 5;
/// An end that arrives together with a line can be lost on a server (one that waits for an edge), or take the line with it (a socket closed
/// with bytes unread sends a reset): after a line the end waits for its echo, or this long.
constexpr int kSilenceMs = 2000;

void resetWhenClosed(QTcpSocket& socket)
{
    const linger now{1, 0};
    ::setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/// How many bytes at the end of `bytes` are a beginning of `pattern`.
qsizetype beginningAtEnd(const QByteArray& bytes, const QByteArray& pattern)
{
    for (qsizetype length = qMin(bytes.size(), pattern.size() - 1); length > 0; --length) {
        if (pattern.startsWith(QByteArrayView(bytes).last(length)))
            return length;
    }
    return 0;
}

} // namespace

FaultLink::FaultLink(FaultProxy& proxy, QTcpSocket* client, quint16 serverPort)
    : m_proxy(proxy),
      m_client(client),
      m_upstream(new QTcpSocket(this)),
      m_serverPort(serverPort)
{
    m_client->setParent(this);
    m_client->setSocketOption(QAbstractSocket::LowDelayOption, 1); // the line delays as much as it is told, and no more
    m_clock.start();
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        for (const Way way : {Way::ToServer, Way::ToClient}) {
            const auto rate = static_cast<double>(m_modes.bytesPerSecond);
            m_allowance[index(way)] = qMin(m_allowance[index(way)] + rate * kTickMs / 1000, qMax(rate / 10, 1.0));
            read(way);
        }
    });
    for (const Way way : {Way::ToServer, Way::ToClient}) {
        // Only so much is taken in: a side that stalls is felt by the other, as in a real network.
        from(way).setReadBufferSize(kPieceBytes);
        connect(&from(way), &QIODevice::readyRead, this, [this, way] { read(way); });
        connect(&from(way), &QAbstractSocket::disconnected, this, [this, way] {
            m_sourceEnded[index(way)] = true;
            if (m_modes.dead)
                leave();
            else
                read(way);
        });
        connect(&to(way), &QIODevice::bytesWritten, this, [this, way] { read(way); });
    }
    connect(m_upstream, &QAbstractSocket::connected, this, [this] {
        m_upstream->setSocketOption(QAbstractSocket::LowDelayOption, 1); // nothing to set it on before
        read(Way::ToServer);
    });
    connect(m_upstream, &QAbstractSocket::errorOccurred, this, [this] {
        if (m_upstream->state() == QAbstractSocket::UnconnectedState && !m_sourceEnded[index(Way::ToClient)]) {
            m_sourceEnded[index(Way::ToClient)] = true; // the server is not there
            read(Way::ToClient);
        }
    });
}

void FaultLink::apply(const LinkModes& modes)
{
    m_modes = modes;
    if (m_modes.delayMs > 0 || m_modes.bytesPerSecond > 0)
        m_tick.start();
    else
        m_tick.stop();
    if (!m_modes.dead && m_upstream->state() == QAbstractSocket::UnconnectedState && !m_sourceEnded[index(Way::ToClient)])
        m_upstream->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    for (const Way way : {Way::ToServer, Way::ToClient}) {
        if (!m_ended)
            read(way);
    }
}

void FaultLink::read(Way way)
{
    if (m_ended || m_modes.stalled[index(way)] || m_modes.dead)
        return;
    QTcpSocket& source = from(way);
    std::deque<Piece>& pieces = m_onTheWay[index(way)];
    qint64 waiting = 0;
    for (const Piece& piece : pieces)
        waiting += piece.bytes.size();
    while (source.bytesAvailable() > 0 && waiting + to(way).bytesToWrite() < 4 * kPieceBytes) {
        pieces.push_back({source.read(kPieceBytes), m_clock.elapsed() + m_modes.delayMs});
        waiting += pieces.back().bytes.size();
    }
    deliver(way);
}

void FaultLink::deliver(Way way)
{
    std::deque<Piece>& pieces = m_onTheWay[index(way)];
    double& allowance = m_allowance[index(way)];
    while (!m_ended && !m_modes.stalled[index(way)] && !pieces.empty() && to(way).state() == QAbstractSocket::ConnectedState) {
        Piece& piece = pieces.front();
        if (piece.dueMs > m_clock.elapsed() && m_modes.delayMs > 0)
            break;
        qsizetype count = piece.bytes.size();
        if (m_modes.bytesPerSecond > 0)
            count = qMin(count, static_cast<qsizetype>(std::floor(allowance)));
        if (count == 0)
            break;
        allowance -= static_cast<double>(count);
        const QByteArray bytes = piece.bytes.left(count);
        piece.bytes.remove(0, count);
        if (piece.bytes.isEmpty())
            pieces.pop_front();
        if (!forward(way, bytes))
            return;
    }
    closeWhenDelivered(way);
}

void FaultLink::closeWhenDelivered(Way way)
{
    if (m_ended || !m_sourceEnded[index(way)] || !m_onTheWay[index(way)].empty() || from(way).bytesAvailable() > 0 || m_modes.stalled[index(way)])
        return;
    to(way).write(std::exchange(m_heldBack[index(way)], {}));
    leave();
}

void FaultLink::leave()
{
    end(Ending::Orderly);
    m_proxy.remove(this);
}

bool FaultLink::forward(Way way, QByteArray bytes)
{
    Rule& rule = m_proxy.m_rule;
    const std::size_t i = index(way);
    bytes.prepend(std::exchange(m_heldBack[i], {}));
    // What comes back after the pattern went through is dropped. An echo of it says that the line was read.
    if (rule.kind == Rule::Kind::AfterPattern && rule.patternPassed && way != rule.way) {
        const bool echoed = rule.isThrough && bytes.contains(rule.pattern);
        if (echoed)
            m_proxy.fire();
        return !echoed;
    }
    if (rule.isThrough)
        return true;
    if (rule.kind != Rule::Kind::None && way == rule.way)
        bytes = applyRule(way, bytes);
    const bool fires = rule.kind != Rule::Kind::None && way == rule.way && rule.bytesLeft < 0;
    to(way).write(bytes);
    m_proxy.m_passed[i] += bytes.size();
    if (!fires)
        return true;
    if (rule.kind == Rule::Kind::AfterPattern && !rule.stalls) {
        rule.isThrough = true;
        QTimer::singleShot(kSilenceMs, this, [this] {
            if (m_proxy.m_rule.isThrough)
                m_proxy.fire(); // there is no echo here
        });
        return true;
    }
    m_proxy.fire();
    return false;
}

/// What of `bytes` may go on. The rule fires when its bytesLeft is below zero afterwards.
QByteArray FaultLink::applyRule(Way way, const QByteArray& bytes)
{
    Rule& rule = m_proxy.m_rule;
    if (rule.kind == Rule::Kind::AfterBytes) {
        const QByteArray allowed = bytes.left(rule.bytesLeft);
        rule.bytesLeft -= bytes.size();
        if (rule.bytesLeft == 0)
            rule.bytesLeft = -1;
        return allowed;
    }
    qsizetype at = 0;
    if (!rule.patternPassed) {
        at = bytes.indexOf(rule.pattern);
        if (at < 0) {
            const qsizetype held = beginningAtEnd(bytes, rule.pattern);
            m_heldBack[index(way)] = bytes.last(held);
            return bytes.chopped(held);
        }
        if (rule.kind == Rule::Kind::BeforePattern) {
            rule.bytesLeft = -1;
            return bytes.left(at);
        }
        rule.patternPassed = true;
        at += rule.pattern.size() - 1; // its last byte may be the line's end
    }
    const qsizetype end = bytes.indexOf('\n', at);
    if (end < 0)
        return bytes;
    rule.bytesLeft = -1;
    return bytes.left(end + 1);
}

void FaultLink::end(Ending towardsClient)
{
    if (m_ended)
        return;
    m_ended = true;
    m_tick.stop();
    for (QTcpSocket* socket : {m_client, m_upstream})
        socket->disconnect(this);
    if (towardsClient == Ending::Reset) {
        m_client->flush(); // what passed before the cut did pass
        resetWhenClosed(*m_client);
        m_client->abort();
    } else {
        m_client->disconnectFromHost();
    }
    m_upstream->flush();
    m_upstream->disconnectFromHost();
    // They outlive this link until what was written is through.
    for (QTcpSocket* socket : {m_client, m_upstream}) {
        socket->setParent(&m_proxy);
        if (socket->state() == QAbstractSocket::UnconnectedState)
            socket->deleteLater();
        connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QAbstractSocket::errorOccurred, socket, &QObject::deleteLater);
    }
}

} // namespace ridealong::tests
