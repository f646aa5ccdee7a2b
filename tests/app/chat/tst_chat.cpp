// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/backend.h"
#include "chat/commandspec.h"
#include "chat/mention.h"
#include "chat/outboxitem.h"
#include "chat/run.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace ridealong::chat;

class TestChat : public QObject
{
    Q_OBJECT
private slots:
    void findsAMention_data();
    void findsAMention();
    void mentionsNobodyWithoutAName();
    void everyNameReadsBack();
    void refusesNamesItDoesNotKnow();
    void onlyAnEndIsFinal();
};

void TestChat::findsAMention_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("mentioned");
    QTest::newRow("at") << u"hey @ana"_s << true;
    QTest::newRow("word") << u"ask Ana about it"_s << true;
    QTest::newRow("case") << u"ANA!"_s << true;
    QTest::newRow("beginning") << u"ana: look"_s << true;
    QTest::newRow("user id") << u"cc @ana.k"_s << true;
    QTest::newRow("punctuation") << u"(ana)"_s << true;
    QTest::newRow("possessive") << u"ana's turn"_s << true;
    QTest::newRow("inside a word") << u"banana and analysis"_s << false;
    QTest::newRow("joined by a dash") << u"ana-2 is a host"_s << false;
    QTest::newRow("joined by an underscore") << u"my_ana"_s << false;
    QTest::newRow("after a near miss") << u"banana, said ana"_s << true;
    QTest::newRow("nothing") << u""_s << false;
    QTest::newRow("letters of other scripts") << u"日ana本"_s << false;
    QTest::newRow("emoji beside") << u"🚀ana🚀"_s << true;
}

void TestChat::findsAMention()
{
    QFETCH(QString, text);
    QFETCH(bool, mentioned);
    QCOMPARE(mentions(text, {base::UserId(u"ana.k"_s), u"Ana"_s, false, Presence::Online}), mentioned);
}

void TestChat::mentionsNobodyWithoutAName()
{
    QVERIFY(!mentions(u"hey @ you"_s, Member()));
    QVERIFY(!mentions(u""_s, Member()));
}

void TestChat::everyNameReadsBack()
{
    QSet<QString> names;
    for (int i = 0; i <= int(OutboxState::Sent); ++i) {
        names.insert(toString(OutboxState(i)));
        QVERIFY(outboxStateFromString(toString(OutboxState(i))) == OutboxState(i));
    }
    QCOMPARE(names.size(), int(OutboxState::Sent) + 1);
    names.clear();
    for (int i = 0; i <= int(RunState::Unknown); ++i) {
        names.insert(toString(RunState(i)));
        QVERIFY(runStateFromString(toString(RunState(i))) == RunState(i));
    }
    QCOMPARE(names.size(), int(RunState::Unknown) + 1);
    for (int i = 0; i <= int(Risk::Danger); ++i)
        QVERIFY(riskFromString(toString(Risk(i))) == Risk(i));
    for (int i = 0; i <= int(ArgumentType::Room); ++i)
        QVERIFY(argumentTypeFromString(toString(ArgumentType(i))) == ArgumentType(i));
    names.clear();
    for (int i = 0; i <= int(ConnectionState::Failed); ++i)
        names.insert(toString(ConnectionState(i)));
    QCOMPARE(names.size(), int(ConnectionState::Failed) + 1);
    QCOMPARE(toString(OutgoingKind::Command), u"command"_s);
    QCOMPARE(toString(OutgoingKind::Text), u"text"_s);
    // What other programs rely on: headless.md.
    QCOMPARE(toString(OutboxState::InFlight), u"inFlight"_s);
    QCOMPARE(toString(RunState::AwaitingApproval), u"awaitingApproval"_s);
}

void TestChat::refusesNamesItDoesNotKnow()
{
    for (const QString& name : {u""_s, u"nonsense"_s, u"queued "_s, u"INFLIGHT"_s}) {
        QVERIFY(!outboxStateFromString(name));
        QVERIFY(!runStateFromString(name));
        QVERIFY(!argumentTypeFromString(name));
        QVERIFY(riskFromString(name) == Risk::Unknown); // unknown is never taken for safe
    }
    QVERIFY(riskFromString(u"Danger"_s) == Risk::Danger); // written by people, in headers of scripts
}

void TestChat::onlyAnEndIsFinal()
{
    QList<RunState> final;
    for (int i = 0; i <= int(RunState::Unknown); ++i)
        if (isFinal(RunState(i)))
            final.append(RunState(i));
    QVERIFY(final == (QList<RunState>{RunState::Succeeded, RunState::Failed, RunState::Error, RunState::Denied, RunState::Cancelled}));
}

QTEST_GUILESS_MAIN(TestChat)
#include "tst_chat.moc"
