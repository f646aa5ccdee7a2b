// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/faultlink.h"

#include <QRandomGenerator>
#include <QTcpServer>

#include <memory>
#include <vector>

namespace ridealong::tests {

/// A TCP proxy on loopback between a client and a server, in this process, that breaks things when told to. What a mode says holds
/// for connections there are and for those to come; a cut ends all connections there are, and new ones are let through again.
class FaultProxy : public QObject
{
    Q_OBJECT
public:
    /// Random faults follow from `seed` alone.
    explicit FaultProxy(quint16 serverPort, quint32 seed = 1, QObject* parent = nullptr);
    ~FaultProxy() override;

    quint16 port() const { return m_port; }
    void setServerPort(quint16 port) { m_serverPort = port; } ///< of connections to come

    /// Back to letting everything through: no mode, no rule; what was held back goes on.
    void pass();
    /// Nothing more is read from that side: bytes wait in the kernel, and nobody is told.
    void stall(Way way) { setStalled(way, true); }
    void resume(Way way) { setStalled(way, false); }
    void setDelay(int milliseconds); ///< each way; 0: none
    void setRate(qint64 bytesPerSecond); ///< each way; 0: as fast as it goes
    void refuse(); ///< new connections get "connection refused"
    void playDead(); ///< new connections are accepted, never answered and lead nowhere

    void cut(Ending ending = Ending::Reset);
    /// One rule at a time; it ends the connections when it fires, and is gone then. Bytes count from now, over all connections.
    void cutAfterBytes(Way way, qint64 bytes, Ending ending = Ending::Reset);
    /// Everything before the first `pattern` goes through, it and what follows does not.
    void cutBefore(Way way, const QByteArray& pattern, Ending ending = Ending::Reset);
    /// `pattern` goes through with the rest of its line; of what comes back after that nothing does. The other side has read its bytes
    /// when it sees an orderly end, for that comes after its echo (or 2 s): "was it received?" is yes, and the sender cannot know.
    void cutAfter(Way way, const QByteArray& pattern, Ending ending = Ending::Reset);
    /// As cutAfter, but nothing ends: from then on no side hears of the other, until resume() or cut().
    void stallAfter(Way way, const QByteArray& pattern);
    /// cutAfterBytes with a number from [least, most] and an ending, both by the seed.
    void cutAtRandom(Way way, qint64 least, qint64 most);

    bool hasRule() const { return m_rule.kind != Rule::Kind::None; }
    int connectionsNow() const { return static_cast<int>(m_links.size()); }
    int connectionsMade() const { return m_made; }
    int cuts() const { return m_cuts; }
    qint64 bytesPassed(Way way) const { return m_passed[index(way)]; }

signals:
    void connected();
    void stalled(); ///< stallAfter() did
    void wasCut(); ///< a rule fired, or cut() was called; the connections are gone

private:
    friend class FaultLink;
    void accept();
    void fire();
    void applyModes();
    void setStalled(Way way, bool on);
    void remove(FaultLink* link);
    void listen();

    QTcpServer m_server;
    std::vector<std::unique_ptr<FaultLink>> m_links;
    QRandomGenerator m_random;
    quint16 m_serverPort;
    quint16 m_port = 0;
    LinkModes m_modes;
    Rule m_rule;
    bool m_playsDead = false;
    int m_made = 0;
    int m_cuts = 0;
    std::array<qint64, 2> m_passed{};
};

} // namespace ridealong::tests
