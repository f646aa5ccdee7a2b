// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Servers that break, lie or flood.
#include "ircdialogue.h"

#include "irc/inbound.h"
#include "irc/registration.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chat::ConnectionState;

class IrcHostileTest : public QObject
{
    Q_OBJECT
private:
    /// Still there, and hears what is said.
    static void isWell(IrcDialogue& irc)
    {
        QCoreApplication::processEvents();
        irc.server.skip();
        irc.server.say("PING :well?");
        irc.server.expect("PONG well?");
        QVERIFY(irc.isConnected());
        const qsizetype before = irc.messages.size();
        irc.server.say(":bob!b@host PRIVMSG #ops :still here");
        QTRY_VERIFY(irc.messages.size() > before && irc.last().text == u"still here"_s);
    }

private slots:
    void linesThatAreNone()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        const QByteArrayList lines{" ", ":", "@", "@ ", "@x", "@x ", ": ", ":x", ":x ", "@x :y", "@x :y ", QByteArray("PRIVMSG #ops :a\0b", 16),
            QByteArray("\0", 1), QByteArray(1, '\xff'), QByteArray(100, '\xff'), "\xC3", ":\xff!\xfe@\xfd PRIVMSG #ops :\xff\xfe", "PRIVMSG",
            "PRIVMSG #ops", ":bob PRIVMSG", "TAGMSG", "@+typing=active TAGMSG", "NOTICE", "BATCH", "CAP", "CAP *", "CAP * LS", "CAP * ACK",
            "CAP * NAK", "CAP * NEW", "CAP * DEL", "AUTHENTICATE", "MARKREAD", "MARKREAD #ops",
            "MARKREAD #ops timestamp=", "MARKREAD #ops timestamp=never", "REDACT", "REDACT #ops", "INVITE", "INVITE ana", "ACCOUNT", "CHGHOST",
            "SETNAME", "FAIL", "WARN", "NOTE", "PONG", "KILL", "WALLOPS", "MODE #ops", "@time=;msgid= :bob PRIVMSG #ops :", QByteArray(1 << 20, 'x'),
            "@" + QByteArray(1 << 20, 'x') + " :b!b@h PRIVMSG #ops :x", ":b!b@h PRIVMSG #ops :" + QByteArray(1 << 20, 'x'),
            QByteArray(4000, ' ') + "x", "x " + QByteArray(8000, ':'), "X" + QByteArray(2000, ' ') + ":y"};
        for (const QByteArray& line : lines)
            irc.server.say(line);
        isWell(irc);
    }

    void everyNumericWithNothingInIt()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        for (const char* tail : {"", " ana", " ana #ops", " ana #ops x y z", " * * * * * *"})
            for (int numeric = 0; numeric < 1000; ++numeric)
                irc.server.say(":irc.test " + QByteArray::number(numeric).rightJustified(3, '0') + tail);
        QCoreApplication::processEvents();
        irc.server.say(":irc.test 005 ana CASEMAPPING=rfc1459 CHANTYPES=# :are supported");
        if (!irc.backend->facets().rooms)
            QFAIL("no rooms");
        // One of them threw us out of the channel, as it may; nothing else is broken.
        irc.server.say(":ana!ana@host JOIN #ops");
        isWell(irc);
    }

    void commandsNobodyAskedFor()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        for (const char* line :
            {":irc.test CAP * ACK :sasl", ":irc.test CAP * LS :sasl=PLAIN", "AUTHENTICATE +", "AUTHENTICATE cj1h", ":irc.test 900 ana a!b@c ana :in",
                ":irc.test 903 ana :fine", ":irc.test 904 ana :no", ":irc.test 908 ana PLAIN :x", ":irc.test 670 ana :go on",
                ":irc.test 730 ana :a,b,c", ":irc.test 303 ana :a b", "@label=999 :irc.test ACK", "@label=x :irc.test PRIVMSG #ops :x",
                ":irc.test BATCH +1 labeled-response", ":irc.test BATCH -1", "@label=1 :irc.test BATCH +2 labeled-response", ":irc.test BATCH -2",
                ":irc.test PONG irc.test :q1", ":irc.test PONG irc.test :r1", ":irc.test PONG irc.test :q99999999999999999999", ":ana!a@h NICK",
                ":ana!a@h NICK :", ":irc.test 433 * ana :in use", ":irc.test 432 * ana :bad", ":irc.test 001 other :Welcome",
                ":irc.test 376 ana :End", ":irc.test 366 ana #never :End", "@+ridealong.dev/fence=x :ana!a@h TAGMSG ana"})
            irc.server.say(line);
        irc.server.say(":" + irc.backend->self().name.toUtf8() + "!a@h NICK ana");
        isWell(irc);
    }

    void anEchoThatLies()
    {
        IrcDialogue irc;
        irc.enter("message-tags batch server-time echo-message labeled-response");
        auto sent = irc.backend->send(irc.outgoing(u"hello"_s));
        const QByteArray line = irc.server.next();
        const QByteArray label = line.mid(line.indexOf("label=") + 6).split(' ')[0].split(';')[0];
        const QByteArray transaction = irc::parseLine(line)->tag(irc::kTransactionTag).toLatin1();
        // Twice, with other words, and from somebody who is not us.
        irc.server.say("@msgid=m1;+ridealong.dev/txn=" + transaction + " :bob!b@host PRIVMSG #ops :mine");
        const QByteArray echo = "@label=" + label + ";msgid=m2;+ridealong.dev/txn=" + transaction + " :ana!ana@host PRIVMSG #ops :other words";
        irc.server.say(echo);
        irc.server.say(echo);
        const auto result = await(sent);
        QVERIFY(result && result->outcome == chat::SendOutcome::Accepted);
        QCOMPARE(result->id, base::MessageId(u"m2"_s));
        for (const chat::Message& message : irc.messages)
            QCOMPARE(message.transaction.isEmpty(), message.senderName != u"ana"_s);
        isWell(irc);
    }

    void timesThatAreNone()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        qint64 last = 0;
        for (const char* time : {"", "0", "x", "-1", "9999-12-31T23:59:59.999Z", "0000-00-00T00:00:00.000Z", "1969-12-31T23:59:59.999Z",
                 "2023-13-45T99:99:99Z", "99999999999999-01-01T00:00:00.000Z", "\xff"}) {
            irc.server.say("@time=" + QByteArray(time) + " :bob!b@host PRIVMSG #ops :x");
            QCoreApplication::processEvents();
            const chat::Message message = irc.last();
            QVERIFY2(message.timeMs > 0 && message.timeMs <= irc.clock.nowMs() + irc::kMaxClockLeadMs, time);
            QVERIFY2(message.order > last, time); // strictly on, whatever the clock says
            last = message.order;
        }
        isWell(irc);
    }

    void idsThatAreTooLongOrTaken()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        irc.server.say("@msgid=" + QByteArray(4000, 'i') + " :bob!b@host PRIVMSG #ops :long");
        QTRY_COMPARE(irc.messages.size(), 1);
        QCOMPARE(irc.last().id.text().size(), 512);
        irc.server.say("@msgid=same :bob!b@host PRIVMSG #ops :first");
        irc.server.say("@msgid=same :eve!e@host PRIVMSG #ops :second");
        irc.server.say("@msgid= :bob!b@host PRIVMSG #ops :none");
        irc.server.say("@msgid :bob!b@host PRIVMSG #ops :none either");
        QTRY_COMPARE(irc.messages.size(), 5);
        QVERIFY(!irc.messages[3].id.isEmpty() && irc.messages[3].id != irc.messages[4].id);
        isWell(irc);
    }

    void partsThatDoNotFit()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        for (const char* tag :
            {"", "t", "t/1", "t/1/2", "t/0/2/-", "t/3/2/-", "t/-1/2/-", "t/1/99999999999/-", "t/x/y/z", "///", "t/2/2/n", "t/1/101/-"})
            irc.server.say("@+ridealong.dev/part=" + QByteArray(tag) + " :bob!b@host PRIVMSG #ops :alone");
        QTRY_COMPARE(irc.messages.size(), 12);
        for (const chat::Message& message : irc.messages)
            QCOMPARE(message.text, u"alone"_s);
        // As many as there may be, and together no more than a message may be.
        irc.messages.clear();
        const QByteArray piece(8000, 'x');
        for (int i = 1; i <= irc::kMaxParts; ++i)
            irc.server.say("@+ridealong.dev/part=u/" + QByteArray::number(i) + "/100/- :bob!b@host PRIVMSG #ops :" + piece);
        QTRY_COMPARE(irc.messages.size(), irc::kMaxParts);
        qsizetype longest = 0;
        for (const chat::Message& message : irc.messages)
            longest = std::max(longest, message.text.size());
        QVERIFY(longest < irc::kMaxAssembledChars && longest > irc::kMaxAssembledChars - piece.size() * 2);
        isWell(irc);
    }

    void floods()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        for (int i = 0; i < 20'000; ++i) {
            const QByteArray n = QByteArray::number(i);
            irc.server.say("@+typing=active :n" + n + "!u@h TAGMSG #ops");
            irc.server.say(":n" + n + "!u@h INVITE ana #x" + n);
            irc.server.say(":n" + n + "!u@h PRIVMSG ana :\x01VERSION\x01");
            irc.server.say("@+draft/react=👍;+draft/reply=m" + n + " :n" + n + "!u@h TAGMSG #ops");
        }
        QCoreApplication::processEvents();
        QVERIFY(irc.conversations.size() <= irc::Conversations::kMaxConversations);
        isWell(irc);
    }

    void refusalsOfWhatWasNeverAsked()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        QByteArray names;
        for (int i = 0; i < 2000; ++i)
            names += "c" + QByteArray::number(i) + ' ';
        irc.server.skip();
        irc.server.say(":irc.test CAP * NAK :" + names + "batch sasl");
        irc.server.say("PING :end");
        int asked = 0;
        for (QByteArray sent = irc.server.next(); sent != "PONG end"; sent = irc.server.next())
            asked += sent.startsWith("CAP REQ");
        QCOMPARE(asked, 2); // those that we know
        isWell(irc);
    }

    void anOfferWithoutEnd()
    {
        IrcDialogue irc;
        irc.start();
        irc.introduce();
        for (int i = 0; i < 2000; ++i)
            irc.server.say(":irc.test CAP * LS * :a" + QByteArray::number(i) + "=" + QByteArray(100, 'v'));
        irc.server.expectNothing();
        irc.server.say(":irc.test CAP * LS :batch"); // beyond the most that is remembered
        irc.server.expect("CAP END");
        irc.welcome();
        QTRY_VERIFY(irc.isConnected());
    }

    void nicksThatAreAlwaysTaken()
    {
        IrcDialogue irc;
        irc.start();
        irc.introduce();
        for (int i = 1; i < irc::Registration::kMaxNickAttempts; ++i) {
            irc.server.say(":irc.test 433 * ana :in use");
            irc.server.expectPrefix("NICK ");
        }
        QVERIFY(irc.backend->status().state == ConnectionState::Connecting);
        irc.server.say(":irc.test 433 * ana :in use");
        QTRY_VERIFY(irc.backend->status().state == ConnectionState::Failed);
        irc.server.expectNothing();
    }

    void namesOfEveryKind()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        for (const char* nick : {"<b>eve</b>",
                 "\xE2\x80\xAE"
                 "eve",
                 "e\xE2\x80\x8B"
                 "ve",
                 "**eve**", "`eve`", "[eve](http://x)", "&amp;"}) {
            irc.server.say(":" + QByteArray(nick) + "!u@h PRIVMSG #ops :<img src=x>");
            QCoreApplication::processEvents();
            QCOMPARE(irc.last().senderName, QString::fromUtf8(nick)); // kept; kit::safeName is for showing
            QCOMPARE(irc.last().text, u"<img src=x>"_s);
        }
        isWell(irc);
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::IrcHostileTest)
#include "tst_irchostile.moc"
