// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/faultproxy.h"

#include <QPointer>

#include <algorithm>

namespace ridealong::tests {

FaultProxy::FaultProxy(quint16 serverPort, quint32 seed, QObject* parent) : QObject(parent), m_random(seed), m_serverPort(serverPort)
{
    connect(&m_server, &QTcpServer::newConnection, this, &FaultProxy::accept);
    listen();
}

FaultProxy::~FaultProxy()
{
    m_server.disconnect(this);
    m_links.clear();
}

void FaultProxy::listen()
{
    if (m_server.isListening())
        return;
    if (!m_server.listen(QHostAddress::LocalHost, m_port))
        qFatal("the fault proxy cannot listen: %s", qPrintable(m_server.errorString()));
    m_port = m_server.serverPort();
}

void FaultProxy::accept()
{
    while (QTcpSocket* client = m_server.nextPendingConnection()) {
        ++m_made;
        m_links.push_back(std::make_unique<FaultLink>(*this, client, m_serverPort));
        LinkModes modes = m_modes;
        modes.dead = m_playsDead;
        m_links.back()->apply(modes);
        emit connected();
    }
}

void FaultProxy::applyModes()
{
    // A link may end while it is told, and take itself out of the list.
    std::vector<QPointer<FaultLink>> links;
    for (const auto& link : m_links)
        links.emplace_back(link.get());
    for (const auto& link : links) {
        if (link)
            link->apply(m_modes);
    }
}

void FaultProxy::pass()
{
    m_rule = {};
    m_modes = {};
    m_playsDead = false;
    listen();
    applyModes();
}

void FaultProxy::setStalled(Way way, bool on)
{
    m_modes.stalled[index(way)] = on;
    applyModes();
}

void FaultProxy::setDelay(int milliseconds)
{
    m_modes.delayMs = milliseconds;
    applyModes();
}

void FaultProxy::setRate(qint64 bytesPerSecond)
{
    m_modes.bytesPerSecond = bytesPerSecond;
    applyModes();
}

void FaultProxy::refuse() { m_server.close(); }

void FaultProxy::playDead()
{
    m_playsDead = true;
    listen();
}

void FaultProxy::cut(Ending ending)
{
    m_rule = {};
    ++m_cuts;
    for (const auto& link : m_links) {
        link->end(ending);
    }
    for (auto& link : m_links)
        link.release()->deleteLater(); // one of them may be the caller
    m_links.clear();
    emit wasCut();
}

void FaultProxy::cutAfterBytes(Way way, qint64 bytes, Ending ending)
{
    m_rule = {.kind = Rule::Kind::AfterBytes, .way = way, .bytesLeft = bytes, .ending = ending};
}

void FaultProxy::cutBefore(Way way, const QByteArray& pattern, Ending ending)
{
    m_rule = {.kind = Rule::Kind::BeforePattern, .way = way, .pattern = pattern, .ending = ending};
}

void FaultProxy::cutAfter(Way way, const QByteArray& pattern, Ending ending)
{
    m_rule = {.kind = Rule::Kind::AfterPattern, .way = way, .pattern = pattern, .ending = ending};
}

void FaultProxy::stallAfter(Way way, const QByteArray& pattern)
{
    cutAfter(way, pattern);
    m_rule.stalls = true;
}

void FaultProxy::fire()
{
    const Rule rule = std::exchange(m_rule, {});
    if (!rule.stalls) {
        cut(rule.ending);
        return;
    }
    m_modes.stalled = {true, true};
    applyModes();
    emit stalled();
}

void FaultProxy::cutAtRandom(Way way, qint64 least, qint64 most)
{
    const qint64 bytes = least + static_cast<qint64>(m_random.bounded(static_cast<quint64>(most - least + 1)));
    cutAfterBytes(way, bytes, m_random.bounded(2) == 0 ? Ending::Reset : Ending::Orderly);
}

void FaultProxy::remove(FaultLink* link)
{
    const auto it = std::find_if(m_links.begin(), m_links.end(), [link](const auto& each) { return each.get() == link; });
    if (it == m_links.end())
        return;
    it->release()->deleteLater();
    m_links.erase(it);
}

} // namespace ridealong::tests
