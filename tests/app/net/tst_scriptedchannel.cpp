// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "support/scriptedchannel.h"

#include <QSignalSpy>

using namespace ridealong;
using namespace Qt::StringLiterals;

/// The fake that protocol tests stand on: it keeps RemoteChannel's promises.
class TestScriptedChannel : public QObject
{
    Q_OBJECT
private slots:
    void isADialogue()
    {
        tests::ScriptedServer server;
        const auto channel = server.connector()({.host = u"irc.example"_s, .port = 6697}, {.caFile = u"ca.pem"_s});
        QCOMPARE(server.endpoint().host, u"irc.example"_s);
        QCOMPARE(server.tls().caFile, u"ca.pem"_s);
        connect(channel.get(), &net::FrameChannel::received, this, [&channel](const QByteArray& line) {
            if (line.startsWith("PING "))
                channel->send("PONG " + line.mid(5));
        });
        channel->send("CAP LS 302");
        server.expectNothing(); // it waits for the connection
        server.open();
        server.expect("CAP LS 302");
        server.say("PING :1");
        QCOMPARE(server.expectPrefix("PONG "), ":1");
    }

    void securesLater()
    {
        tests::ScriptedServer server;
        auto channel = server.connect({.security = net::Endpoint::Security::StartTls});
        connect(channel.get(), &net::FrameChannel::received, this, [&channel] { channel->startTls(); });
        channel->send("STARTTLS");
        server.open({});
        server.expect("STARTTLS");
        server.say(":irc 670 * :go");
        channel->send("NICK x");
        server.expectNothing();
        server.secure();
        server.expect("NICK x");
    }

    void endsOnce()
    {
        tests::ScriptedServer server;
        auto channel = server.connect({});
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        server.open();
        server.distrust({.reasons = {u"expired"_s}});
        server.hangUp();
        server.say("late");
        QCOMPARE(closed.size(), 1);
        QVERIFY(closed.front().front().value<base::Error>().kind == base::ErrorKind::Untrusted);
        QCOMPARE(channel->certificateProblem().value().reasons, QStringList{u"expired"_s});
        QVERIFY(!server.wasClosedByClient());
    }

    void knowsThatTheClientLeftOrCameAgain()
    {
        tests::ScriptedServer server;
        auto first = server.connect({});
        server.open();
        auto second = server.connect({});
        first->send("unheard");
        first.reset();
        QVERIFY(server.isConnected());
        server.open();
        server.expectNothing();
        second->send("QUIT");
        second.reset();
        server.expect("QUIT");
        server.expectClose();
        QCOMPARE(server.connections(), 2);
    }

    void pushesBackWhileItDoesNotRead()
    {
        tests::ScriptedServer server;
        auto channel = server.connect({});
        QSignalSpy written(channel.get(), &net::FrameChannel::written);
        server.open();
        server.setReading(false);
        channel->send("1234");
        QCOMPARE(channel->bytesToWrite(), 4);
        server.setReading(true);
        QCOMPARE(channel->bytesToWrite(), 0);
        QCOMPARE(written.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestScriptedChannel)
#include "tst_scriptedchannel.moc"
