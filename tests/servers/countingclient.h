// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/testserver.h"

#include <QList>

namespace ridealong::tests {

/// A second client of another make in the room (Python's irc package), by which a test counts what really arrived. It comes back by
/// itself when the server was down; what is said while it is away it does not see, so wait for isInRoom() first. That
/// package knows no message tags: in a channel that replays its history what is old looks like new, so count where none is kept.
class CountingClient : public TestServer
{
    Q_OBJECT
public:
    struct Seen
    {
        QString kind; ///< message, notice or action
        QString nick;
        QString text;
    };
    CountingClient(quint16 port, QString channel, QString nick = QStringLiteral("counter"));
    QString missing() const override;

    bool isInRoom() const; ///< now
    int joinings() const; ///< how often it came in, so far
    /// All it saw of others, in order.
    const QList<Seen>& seen() const;
    /// The texts which `nick` said, in order.
    QStringList textsOf(const QString& nick) const;

protected:
    bool prepare() override { return true; }
    Command command() const override;
    bool isReady() override { return isInRoom(); }
    static bool pythonHas(const char* package);

private:
    void readOn() const;

    quint16 m_port;
    QString m_channel;
    QString m_nick;
    // What is read of the log so far: ten thousand lines are not read again at each look.
    mutable qint64 m_bytesRead = 0;
    mutable QList<Seen> m_seen;
    mutable int m_joinings = 0;
    mutable bool m_inRoom = false;
};

} // namespace ridealong::tests
