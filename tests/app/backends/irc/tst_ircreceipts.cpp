// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Servers that echo and do not label: bouncers, whose own PONG says nothing of the server behind them.
#include "ircdialogue.h"

#include "irc/inbound.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chat::SendOutcome;
using chat::VerifyOutcome;

class IrcReceiptsTest : public QObject
{
    Q_OBJECT
private:
    static constexpr auto kEchoCaps = "message-tags batch server-time echo-message";
    static constexpr auto kBouncerCaps = "message-tags batch server-time echo-message draft/chathistory";

    /// Sends, and reads what went out: the message and the PING behind it.
    struct Sent
    {
        chat::Outgoing outgoing;
        std::shared_ptr<std::optional<chat::SendResult>> result = std::make_shared<std::optional<chat::SendResult>>();
        QByteArray token;
    };
    static Sent send(IrcDialogue& irc, const QString& text)
    {
        Sent sent{irc.outgoing(text), {}, {}};
        sent.result = std::make_shared<std::optional<chat::SendResult>>();
        irc.backend->send(sent.outgoing).then(irc.backend.get(), [result = sent.result](const base::Expected<chat::SendResult>& got) {
            *result = got.valueOr({});
        });
        const auto line = irc::parseLine(irc.server.next());
        if (!line || line->command != "PRIVMSG" || line->tag(irc::kTransactionTag) != sent.outgoing.transaction.text())
            QTest::qFail("no message was sent", __FILE__, __LINE__);
        sent.token = irc.server.expectPrefix("PING :");
        return sent;
    }
    static void pong(IrcDialogue& irc, const QByteArray& token)
    {
        irc.server.say(":irc.test PONG irc.test :" + token);
        QCoreApplication::processEvents();
    }
    static QByteArray echo(const Sent& sent, const QByteArray& id)
    {
        return "@msgid=" + id + ";+ridealong.dev/txn=" + sent.outgoing.transaction.text().toLatin1()
            + " :ana!ana@host PRIVMSG #ops :" + sent.outgoing.text.toUtf8();
    }
    /// As soju does it: we are in the channel already, and are told so.
    static void enterBouncer(IrcDialogue& irc)
    {
        irc.start();
        irc.greet(kBouncerCaps);
        QTRY_VERIFY(irc.isConnected());
        irc.server.say(":ana!ana@host JOIN #ops");
        irc.server.say(":irc.test 353 ana = #ops :bob ana");
        irc.server.say(":irc.test 366 ana #ops :End of names");
        irc.server.expect("WHO #ops");
        answerHistory(irc, {});
    }
    static QByteArray answerHistory(IrcDialogue& irc, const QList<QByteArray>& lines)
    {
        const QByteArray asked = irc.server.next();
        if (!asked.startsWith("CHATHISTORY "))
            QTest::qFail(("no history was asked for, but " + asked).constData(), __FILE__, __LINE__);
        const QByteArray token = irc.server.expectPrefix("PING :");
        irc.server.say(":irc.test BATCH +h chathistory #ops");
        for (const QByteArray& line : lines)
            irc.server.say("@batch=h;" + line.mid(1));
        irc.server.say(":irc.test BATCH -h");
        pong(irc, token);
        return asked;
    }

private slots:
    void waitsForTheEchoBehindThePong()
    {
        IrcDialogue irc;
        irc.enter(kEchoCaps);
        const Sent sent = send(irc, u"hello"_s);
        pong(irc, sent.token);
        QVERIFY(!*sent.result);
        irc.server.say(echo(sent, "m1"));
        QTRY_VERIFY(*sent.result);
        QCOMPARE((*sent.result)->outcome, SendOutcome::Accepted);
        QCOMPARE((*sent.result)->id, base::MessageId(u"m1"_s));
        QCOMPARE(irc.messages.size(), 1); // told once
    }

    void takesAnEchoThatIsQuicker()
    {
        IrcDialogue irc;
        irc.enter(kEchoCaps);
        const Sent sent = send(irc, u"hello"_s);
        irc.server.say(echo(sent, "m1"));
        pong(irc, sent.token);
        QTRY_VERIFY(*sent.result);
        QCOMPARE((*sent.result)->outcome, SendOutcome::Accepted);
    }

    void takesAnEchoWhoseTagsWereLost()
    {
        IrcDialogue irc;
        irc.enter(kEchoCaps);
        const Sent sent = send(irc, u"hello \x02world\x02"_s);
        pong(irc, sent.token);
        irc.server.say(":ana!ana@host PRIVMSG #ops :hello world"); // and formatting, as a channel's +c does
        QTRY_VERIFY(*sent.result);
        QCOMPARE((*sent.result)->outcome, SendOutcome::Accepted);
        QCOMPARE(irc.last().transaction, sent.outgoing.transaction);
    }

    void takesNobodyElsesEcho()
    {
        IrcDialogue irc;
        irc.enter(kEchoCaps);
        const Sent sent = send(irc, u"hello"_s);
        pong(irc, sent.token);
        irc.server.say("@+ridealong.dev/txn=other :ana!ana@host PRIVMSG #ops :from the laptop");
        irc.server.say("@+ridealong.dev/txn=" + sent.outgoing.transaction.text().toLatin1() + " :bob!bob@host PRIVMSG #ops :hello");
        QTRY_COMPARE(irc.messages.size(), 2);
        QVERIFY(!*sent.result);
        QVERIFY(irc.last().transaction.isEmpty()); // bob's is not ours, whatever it carries
    }

    void tellsARefusalThatComesLate()
    {
        IrcDialogue irc;
        irc.enter(kEchoCaps);
        const Sent sent = send(irc, u"hello"_s);
        pong(irc, sent.token);
        irc.server.say(":irc.test 404 ana #elsewhere :Cannot send to channel");
        QCoreApplication::processEvents();
        QVERIFY(!*sent.result);
        irc.server.say(":irc.test 404 ana #ops :Cannot send to channel");
        QTRY_VERIFY(*sent.result);
        QCOMPARE((*sent.result)->outcome, SendOutcome::Rejected);
        QCOMPARE((*sent.result)->detail, u"Cannot send to channel"_s);
    }

    void doesNotKnowWhenTheConnectionBreaksBeforeTheEcho()
    {
        IrcDialogue irc;
        irc.enter(kEchoCaps);
        const Sent sent = send(irc, u"hello"_s);
        pong(irc, sent.token);
        irc.server.hangUp();
        QTRY_VERIFY(*sent.result);
        QCOMPARE((*sent.result)->outcome, SendOutcome::Unknown);
    }

    void doesNotWaitForAnEchoForEver()
    {
        IrcDialogue irc;
        irc.enter(kEchoCaps);
        const Sent sent = send(irc, u"hello"_s);
        pong(irc, sent.token);
        for (int i = 0; i < 7; ++i) {
            irc.server.say("PING :alive");
            irc.clock.advance(10s);
        }
        QTRY_VERIFY(*sent.result);
        QCOMPARE((*sent.result)->outcome, SendOutcome::Unknown);
    }

    void needsTheEchoOfEveryLine()
    {
        IrcDialogue irc;
        irc.enter(kEchoCaps);
        const auto outgoing = irc.outgoing(u"one\ntwo"_s);
        std::optional<chat::SendResult> result;
        irc.backend->send(outgoing).then(irc.backend.get(), [&](const base::Expected<chat::SendResult>& got) { result = got.valueOr({}); });
        QByteArrayList lines;
        for (int i = 0; i < 2; ++i) {
            lines.append(irc.server.next());
            pong(irc, irc.server.expectPrefix("PING :"));
        }
        const auto back = [&](int i) {
            QByteArray line = lines[i];
            irc.server.say(line.insert(line.indexOf(" PRIVMSG"), " :ana!ana@host"));
            QCoreApplication::processEvents();
        };
        back(0);
        QVERIFY(!result);
        back(1);
        QTRY_VERIFY(result);
        QCOMPARE(result->outcome, SendOutcome::Accepted);
        QCOMPARE(irc.last().text, u"one\ntwo"_s);
    }

    void looksOnlyBehindAFence()
    {
        IrcDialogue irc;
        enterBouncer(irc);
        const base::TransactionId transaction(u"abc"_s);
        for (const bool arrived : {false, true}) {
            auto answer = irc.backend->verify(irc.room(), transaction);
            irc.server.expect("@+ridealong.dev/fence=abc TAGMSG ana");
            irc.server.expectNothing(); // what was sent before may still be in the bouncer's queue
            irc.server.say("@+ridealong.dev/fence=abc :ana!ana@host TAGMSG ana");
            QList<QByteArray> history{"@msgid=m0;time=2023-11-14T22:13:20.000Z :bob!b@h PRIVMSG #ops :before"};
            if (arrived)
                history.append("@msgid=m1;time=2023-11-14T22:13:21.000Z;+ridealong.dev/txn=abc :ana!ana@host PRIVMSG #ops :hello");
            QVERIFY(answerHistory(irc, history).startsWith("CHATHISTORY LATEST #ops *"));
            const auto found = await(answer);
            QVERIFY(found);
            QVERIFY(found->outcome == (arrived ? VerifyOutcome::Found : VerifyOutcome::Absent));
        }
    }

    void findsAtTheFenceWhatWasEchoedMeanwhile()
    {
        IrcDialogue irc;
        enterBouncer(irc);
        auto answer = irc.backend->verify(irc.room(), base::TransactionId(u"abc"_s));
        irc.server.expect("@+ridealong.dev/fence=abc TAGMSG ana");
        irc.server.say("@msgid=m1;+ridealong.dev/txn=abc :ana!ana@host PRIVMSG #ops :hello");
        irc.server.say("@+ridealong.dev/fence=abc :ana!ana@host TAGMSG ana");
        const auto found = await(answer);
        QVERIFY(found && found->outcome == VerifyOutcome::Found);
        QCOMPARE(found->id, base::MessageId(u"m1"_s));
    }

    void hasNotSentWhatABouncerCouldNotPassOn()
    {
        IrcDialogue irc;
        enterBouncer(irc);
        const Sent sent = send(irc, u"hello"_s);
        irc.server.say(":irc.test 400 ana PRIVMSG :Disconnected from upstream network");
        pong(irc, sent.token);
        QTRY_VERIFY(*sent.result);
        QCOMPARE((*sent.result)->outcome, SendOutcome::NotSent);
        auto answer = irc.backend->verify(irc.room(), base::TransactionId(u"abc"_s));
        irc.server.expect("@+ridealong.dev/fence=abc TAGMSG ana");
        irc.server.say(":irc.test 400 ana TAGMSG :Disconnected from upstream network");
        const auto found = await(answer);
        QVERIFY(!found && found.error().kind == base::ErrorKind::Offline); // asked again later
    }

    void waitsForTheEndOfAListNotForAPong()
    {
        IrcDialogue irc;
        enterBouncer(irc);
        auto all = irc.backend->facets().rooms->list({}, 10);
        auto some = irc.backend->facets().rooms->list(u"OP"_s, 1);
        irc.server.expect("LIST");
        irc.server.expectNothing(); // once for both
        irc.server.say(":irc.test 322 ana #few 1 :[+nt]");
        irc.server.say(":irc.test 322 ana #ops 7 :[+ntl 50] deploys");
        irc.server.say(":irc.test 322 ana #opera 3 :[+1] singing, [+now]");
        irc.server.say(":irc.test 323 ana :End of LIST");
        const auto rooms = await(all);
        QVERIFY(rooms && rooms->size() == 3);
        QCOMPARE(rooms->at(0).name, u"#ops"_s);
        QCOMPARE(rooms->at(0).topic, u"deploys"_s); // without the modes that some servers put before it
        QCOMPARE(rooms->at(1).topic, u"[+1] singing, [+now]"_s);
        QCOMPARE(rooms->at(2).topic, QString());
        QCOMPARE(await(some)->size(), 1);
        auto refused = irc.backend->facets().rooms->list({}, 10);
        irc.server.expect("LIST");
        irc.server.say(":irc.test 263 ana LIST :Please wait a while and try again");
        QVERIFY(await(refused)->isEmpty());
    }

    void cannotTellWithoutItsFence()
    {
        IrcDialogue irc;
        enterBouncer(irc);
        auto answer = irc.backend->verify(irc.room(), base::TransactionId(u"abc"_s));
        irc.server.expect("@+ridealong.dev/fence=abc TAGMSG ana");
        irc.server.say("@+ridealong.dev/fence=abc :bob!b@h TAGMSG ana"); // not ours
        irc.server.say("@+ridealong.dev/fence=other :ana!ana@host TAGMSG ana"); // the laptop's
        for (int i = 0; i < 7; ++i) {
            irc.server.say("PING :alive");
            irc.clock.advance(10s);
        }
        const auto found = await(answer);
        QVERIFY(found && found->outcome == VerifyOutcome::CannotTell);
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::IrcReceiptsTest)
#include "tst_ircreceipts.moc"
