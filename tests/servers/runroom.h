// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/rawirc.h"
#include "servers/rawxmpp.h"
#include "servers/xmppseat.h"

#include <QElapsedTimer>

#include <memory>
#include <vector>

namespace ridealong::tests {

/// A message as somebody sees it who stands in the room and says nothing.
struct SeenMessage
{
    qint64 atMs = 0;
    QString id;
    QString from;
    QString text; ///< empty: it has only an envelope
    QString replyTo;
    QString thread;
    QByteArray envelope; ///< of a run; the JSON
};

/// A room of a real server with some people in it and one who watches.
class RunRoom
{
public:
    virtual ~RunRoom() = default;

    virtual bool watch() = 0; ///< the watcher enters; before everybody else, so that it sees all that they see
    virtual bool enter(const QStringList& people) = 0;
    virtual void say(int person, const QString& text) = 0;
    virtual QString error() const = 0;

    bool sawEnter(const QString& nick) const { return m_entered.contains(nick); }
    void startClock() { m_clock.start(); }
    qint64 now() const { return m_clock.elapsed(); }
    const QList<SeenMessage>& seen() const { return m_seen; }

protected:
    void note(SeenMessage message)
    {
        message.atMs = m_clock.isValid() ? m_clock.elapsed() : 0;
        m_seen.append(std::move(message));
    }
    void noteEntered(const QString& nick) { m_entered.append(nick); }

private:
    QElapsedTimer m_clock;
    QList<SeenMessage> m_seen;
    QStringList m_entered;
};

class IrcRunRoom : public RunRoom
{
public:
    IrcRunRoom(quint16 port, QByteArray channel) : m_port(port), m_channel(std::move(channel)) {}
    bool watch() override;
    bool enter(const QStringList& people) override;
    void say(int person, const QString& text) override;
    QString error() const override { return m_watcher.error(); }

private:
    void look(const QByteArray& line);

    quint16 m_port;
    QByteArray m_channel;
    RawIrc m_watcher;
    std::vector<std::unique_ptr<RawIrc>> m_people;
};

/// The people's accounts are their nicks, with `pw-NICK`; the watcher's is `watcher`.
class XmppRunRoom : public RunRoom
{
public:
    explicit XmppRunRoom(const XmppServer& server) : m_seat(server, QStringLiteral("watcher"), QStringLiteral("pw-watcher")) {}
    bool watch() override;
    bool enter(const QStringList& people) override;
    void say(int person, const QString& text) override;
    QString error() const override { return m_watcher.error(); }

private:
    void look(const QByteArray& element);

    XmppSeat m_seat;
    RawXmpp m_watcher;
    std::vector<std::unique_ptr<RawXmpp>> m_people;
    int m_said = 0;
};

} // namespace ridealong::tests
