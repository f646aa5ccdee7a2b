// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "irc/ircbackend.h"
#include "irc/line.h"
#include "support/await.h"
#include "support/fakeclock.h"
#include "support/fakecredentials.h"
#include "support/scriptedchannel.h"
#include "support/stillnetwork.h"

#include <QSignalSpy>

namespace ridealong::tests {

/// A server with everything that InspIRCd offers, and one with nothing.
inline constexpr auto kFullCaps = "message-tags batch server-time echo-message labeled-response account-tag away-notify multi-prefix";
inline constexpr auto kHistoryCaps
    = "message-tags batch server-time echo-message labeled-response draft/chathistory draft/multiline=max-bytes=8000,max-lines=40";

/// An IRC backend whose server the test speaks for, and what it told.
class IrcDialogue
{
public:
    explicit IrcDialogue(const QVariantMap& options = {})
    {
        chat::AccountConfig account;
        account.id = base::AccountId(QStringLiteral("irc"));
        account.backend = QStringLiteral("irc");
        account.user = QStringLiteral("ana");
        account.server = QStringLiteral("irc.test:6697");
        account.options = options;
        config = *irc::ircConfig(account);
    }

    void start(const QByteArray& from = {})
    {
        if (!backend) {
            backend = std::make_unique<irc::IrcBackend>(
                base::AccountId(QStringLiteral("irc")), config, credentials,
                [this](const net::Endpoint& endpoint, const irc::IrcConfig& c) { return server.connect(endpoint, c.tls); }, network.watch, clock,
                random);
            QObject::connect(backend.get(), &chat::Backend::batch, backend.get(), [this](const chat::SyncBatch& batch) { take(batch); });
        }
        backend->start(from);
        QTRY_VERIFY(server.isConnected());
    }

    /// The connection stands, and the client has said who it is.
    void introduce()
    {
        server.open();
        server.expect("CAP LS 302");
        server.skip();
    }
    /// The server offers `caps`; of them the client asks for `wanted`, and gets them.
    void offer(const QByteArray& caps, const QByteArray& wanted)
    {
        server.say(":irc.test CAP * LS :" + caps);
        server.expect("CAP REQ :" + wanted);
        server.say(":irc.test CAP * ACK :" + wanted);
    }
    /// Signs in to a server that offers `caps` (empty: that knows no capabilities).
    void greet(const QByteArray& caps, const QByteArray& nick = "ana")
    {
        server.open();
        server.expect("CAP LS 302");
        server.expect("NICK ana");
        server.expectPrefix("USER ");
        if (caps.isEmpty()) {
            server.say(":irc.test 421 * CAP :Unknown command");
        } else {
            server.say(":irc.test CAP * LS :" + caps);
            const QByteArray wanted = server.expectPrefix("CAP REQ :");
            server.say(":irc.test CAP * ACK :" + wanted);
            server.expect("CAP END");
        }
        welcome(nick);
    }
    void welcome(const QByteArray& nick = "ana")
    {
        server.say(":irc.test 001 " + nick + " :Welcome");
        server.say(":irc.test 005 " + nick + " CASEMAPPING=rfc1459 CHANTYPES=# PREFIX=(ov)@+ STATUSMSG=@+ NETWORK=TestNet BOT=B :are supported");
        server.say(":irc.test 422 " + nick + " :No MOTD");
    }
    /// We are let into a channel with bob; what the joining asks of the server is answered.
    void letIn(const QByteArray& channel, const QByteArray& replay = {})
    {
        server.say(":ana!ana@host JOIN " + channel);
        server.say(":irc.test 353 ana = " + channel + " :@bob ana");
        server.say(":irc.test 366 ana " + channel + " :End of names");
        server.expect("WHO " + channel);
        for (const QByteArray& line : replay.split('\n'))
            if (!line.isEmpty())
                server.say(line);
        answerBarrier();
    }
    /// The PING behind whatever was asked, with the label it had.
    void answerBarrier()
    {
        const QByteArray sent = server.next();
        if (sent.startsWith("@label=")) {
            const QByteArray number = sent.mid(7, sent.indexOf(' ') - 7);
            server.say("@label=" + number + " :irc.test PONG irc.test :barrier");
        } else {
            QCOMPARE(sent, QByteArray("PING barrier"));
            server.say(":irc.test PONG irc.test :barrier");
            const QByteArray token = server.expectPrefix("PING ");
            server.say(":irc.test PONG irc.test :" + (token.startsWith(':') ? token.mid(1) : token));
        }
    }
    /// Connected, and in #ops.
    void enter(const QByteArray& caps)
    {
        start();
        greet(caps);
        QTRY_VERIFY(isConnected());
        auto joined = backend->facets().rooms->join(QStringLiteral("#ops"));
        QByteArray join = server.next();
        if (join.startsWith('@')) {
            const QByteArray number = join.mid(7, join.indexOf(' ') - 7);
            server.say("@label=" + number + " :irc.test BATCH +j labeled-response");
            server.say("@batch=j :ana!ana@host JOIN #ops");
            server.say("@batch=j :irc.test 353 ana = #ops :@bob ana");
            server.say("@batch=j :irc.test 366 ana #ops :End of names");
            server.say(":irc.test BATCH -j");
            server.expect("WHO #ops");
            if (!caps.contains("chathistory"))
                answerBarrier();
            else
                answerHistory({});
        } else {
            QCOMPARE(join, QByteArray("JOIN #ops"));
            const QByteArray token = server.expectPrefix("PING ");
            server.say(":ana!ana@host JOIN #ops");
            server.say(":irc.test 353 ana = #ops :@bob ana");
            server.say(":irc.test 366 ana #ops :End of names");
            server.say(":irc.test PONG irc.test :" + (token.startsWith(':') ? token.mid(1) : token));
            server.expect("WHO #ops");
            answerBarrier();
        }
        QVERIFY(await(joined));
    }
    /// Answers the next CHATHISTORY with these lines (which must not have tags of their own but in `@` form).
    void answerHistory(const QList<QByteArray>& lines, QByteArray* asked = nullptr)
    {
        const QByteArray sent = server.next();
        QVERIFY2(sent.startsWith("@label=") && sent.contains(" CHATHISTORY "), sent.constData());
        if (asked)
            *asked = sent.mid(sent.indexOf("CHATHISTORY"));
        const QByteArray number = sent.mid(7, sent.indexOf(' ') - 7);
        server.say("@label=" + number + " :irc.test BATCH +h chathistory #ops");
        for (const QByteArray& line : lines)
            server.say(line.startsWith('@') ? "@batch=h;" + line.mid(1) : "@batch=h " + line);
        server.say(":irc.test BATCH -h");
    }

    bool isConnected() const { return backend->status().state == chat::ConnectionState::Connected; }
    base::ConversationId room(const char* name = "#ops") const { return {base::AccountId(QStringLiteral("irc")), QString::fromUtf8(name)}; }
    chat::Outgoing outgoing(const QString& text) { return {base::newTransactionId(random), room(), text, {}, {}}; }

    chat::Message last() const { return messages.isEmpty() ? chat::Message() : messages.last(); }

    FakeClock clock;
    FakeRandom random;
    FakeCredentials credentials;
    StillNetwork network{clock};
    irc::IrcConfig config;
    ScriptedServer server;
    std::unique_ptr<irc::IrcBackend> backend; ///< before all it uses
    QByteArray cursor;
    QList<chat::Message> messages; ///< as they came, versions included
    QList<chat::Gap> gaps;
    QList<chat::Event> events;
    QHash<base::ConversationId, chat::Conversation> conversations;
    QHash<base::ConversationId, QList<chat::Member>> members;

private:
    void take(const chat::SyncBatch& batch)
    {
        cursor = batch.cursor;
        gaps += batch.gaps;
        for (const chat::Event& event : batch.events) {
            events.append(event);
            if (const auto* message = std::get_if<chat::MessageChanged>(&event))
                messages.append(message->message);
            else if (const auto* changed = std::get_if<chat::ConversationChanged>(&event))
                conversations[changed->conversation.id] = changed->conversation;
            else if (const auto* people = std::get_if<chat::MembersChanged>(&event))
                members[people->conversation] = people->members;
        }
    }
};

} // namespace ridealong::tests
