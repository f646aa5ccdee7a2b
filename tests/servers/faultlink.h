// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <array>
#include <deque>

namespace ridealong::tests {

class FaultProxy;

enum class Way { ToServer, ToClient };
constexpr std::size_t index(Way way) { return way == Way::ToServer ? 0 : 1; }
constexpr Way opposite(Way way) { return way == Way::ToServer ? Way::ToClient : Way::ToServer; }

/// How the client sees its connection end: RST at once, or FIN.
enum class Ending { Reset, Orderly };

struct LinkModes
{
    std::array<bool, 2> stalled{}; ///< by index(Way)
    int delayMs = 0;
    qint64 bytesPerSecond = 0; ///< 0: no limit
    bool dead = false;
};

/// What ends or stalls the connections, see FaultProxy.
struct Rule
{
    enum class Kind { None, AfterBytes, BeforePattern, AfterPattern };
    Kind kind = Kind::None;
    Way way = Way::ToServer;
    qint64 bytesLeft = 0;
    QByteArray pattern;
    bool patternPassed = false; ///< AfterPattern: the rest of its line is still to go
    bool isThrough = false; ///< AfterPattern: the line is, and the end waits for its echo
    Ending ending = Ending::Reset;
    bool stalls = false; ///< instead of ending them
};

/// One connection through a FaultProxy: the client's socket and ours to the server.
class FaultLink : public QObject
{
    Q_OBJECT
public:
    FaultLink(FaultProxy& proxy, QTcpSocket* client, quint16 serverPort);

    void apply(const LinkModes& modes);
    /// Ends it. The server always gets what was passed on to it, then FIN: a reset could take it away again.
    void end(Ending towardsClient);

private:
    /// Bytes on their way, oldest first, with the time at which they may go on.
    struct Piece
    {
        QByteArray bytes;
        qint64 dueMs;
    };
    QTcpSocket& from(Way way) { return way == Way::ToServer ? *m_client : *m_upstream; }
    QTcpSocket& to(Way way) { return way == Way::ToServer ? *m_upstream : *m_client; }
    void read(Way way);
    void deliver(Way way);
    void closeWhenDelivered(Way way);
    void leave();
    QByteArray applyRule(Way way, const QByteArray& bytes);
    bool forward(Way way, QByteArray bytes); ///< false: a rule ended the connection

    FaultProxy& m_proxy;
    QTcpSocket* m_client;
    QTcpSocket* m_upstream; ///< to the server
    quint16 m_serverPort;
    LinkModes m_modes;
    std::array<std::deque<Piece>, 2> m_onTheWay;
    std::array<QByteArray, 2> m_heldBack; ///< may be the beginning of the rule's pattern
    std::array<bool, 2> m_sourceEnded{};
    std::array<double, 2> m_allowance{}; ///< bytes that may go on now, under a rate
    QElapsedTimer m_clock;
    QTimer m_tick; ///< runs only under a delay or a rate
    bool m_ended = false;
};

} // namespace ridealong::tests
