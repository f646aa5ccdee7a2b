// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A workspace in whose room a bot is that knows nothing of runs; its server is the test, and time stands still until the test moves it.
#include "console/console.h"
#include "store/profilestore.h"
#include "support/await.h"
#include "support/fakebackend.h"
#include "support/fakeclock.h"
#include "workspace/runtracker.h"
#include "workspace/workspace.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;

namespace {

struct Fixture
{
    explicit Fixture(const QString& folder) : space({folder, true}, clock, random)
    {
        space.addBackend({u"fake"_s, {}, [this](const chat::AccountConfig&, chat::Credentials&) {
                              auto made = std::make_unique<FakeBackend>();
                              backend = made.get();
                              backend->acceptsAtOnce = true;
                              return made;
                          }});
        if (!await(space.open()))
            qWarning("the profile never opened");
        if (space.accounts().isEmpty()) {
            chat::AccountConfig config;
            config.backend = u"fake"_s;
            config.user = u"me"_s;
            config.options[u"bots"_s] = u"hubot"_s;
            await(space.addAccount(config)).valueOr({});
        }
        room = base::ConversationId(space.accounts().first()->config().id, u"#ops"_s);
        backend->setConnected(true);
        chat::SyncBatch batch;
        batch.events = {chat::ConversationChanged{{room, u"#ops"_s, chat::ConversationKind::Room, {}, u"staging"_s, true}},
            chat::MembersChanged{room, {{base::UserId(u"me"_s), u"Me"_s}, {base::UserId(u"hubot"_s), u"hubot"_s}}}};
        backend->push(batch);
    }
    base::MessageId say(const QString& who, const QString& text, const QString& transaction = {})
    {
        chat::Message message;
        message.id = base::MessageId(u"m%1-%2"_s.arg(serial++).arg(clock.nowMs()));
        message.transaction = base::TransactionId(transaction);
        message.conversation = room;
        message.sender = base::UserId(who);
        message.senderName = who;
        message.timeMs = clock.nowMs();
        message.order = clock.nowMs() * 100 + serial;
        message.text = text;
        chat::SyncBatch batch;
        batch.events = {chat::MessageChanged{message}};
        backend->push(batch);
        return message.id;
    }
    const console::Run* only() const
    {
        return space.console().runs().size() == 1 ? space.console().find(space.console().runs().front()) : nullptr;
    }
    QString state() const { return only() ? chat::toString(only()->report.state) : u"none"_s; }
    QString output() const
    {
        QStringList lines;
        const console::Run* run = only();
        for (qint64 i = 0; run && i < run->lines->lineCount(); ++i)
            lines += QString::fromUtf8(i < run->lines->committedCount() ? run->lines->line(i).text.toByteArray() : run->lines->tailLine(i).text);
        return lines.join(u'\n');
    }

    FakeClock clock;
    FakeRandom random;
    FakeBackend* backend = nullptr;
    mutable workspace::Workspace space;
    base::ConversationId room;
    int serial = 0;
};

} // namespace

class TestRunTracker : public QObject
{
    Q_OBJECT
private slots:
    void whatABotAnswersIsInTheConsole()
    {
        const QTemporaryDir folder;
        Fixture here(folder.path());
        const auto command = here.say(u"ben"_s, u"hubot ping"_s);
        QTRY_COMPARE(here.state(), u"sent"_s);
        QCOMPARE(here.only()->report.environment, u"staging"_s);
        QCOMPARE(here.only()->report.cause, command);
        here.clock.advance(std::chrono::milliseconds(50));
        here.say(u"hubot"_s, u"PONG"_s);
        QTRY_COMPARE(here.output(), u"PONG"_s);
        QTRY_COMPARE(here.state(), u"running"_s);
        here.clock.advance(std::chrono::seconds(5));
        QCOMPARE(here.state(), u"succeeded"_s);
    }

    void silenceIsShown()
    {
        const QTemporaryDir folder;
        Fixture here(folder.path());
        here.say(u"ben"_s, u"hubot nosuch"_s);
        QTRY_COMPARE(here.state(), u"sent"_s);
        here.clock.advance(std::chrono::seconds(30));
        QCOMPARE(here.state(), u"noReply"_s);
    }

    void aCommandOfOursEndsAsItsRun()
    {
        const QTemporaryDir folder;
        Fixture here(folder.path());
        QTRY_VERIFY(here.space.kindOf(here.room, u"hubot ping"_s) == chat::OutgoingKind::Command);
        QVERIFY(here.space.kindOf(here.room, u"!ping"_s) == chat::OutgoingKind::Command);
        QVERIFY(here.space.kindOf(here.room, u"hello hubot"_s) == chat::OutgoingKind::Text);
        auto run = here.space.run(here.room, u"ping"_s); // the one bot is meant
        QString answered;
        run.then(this, [&](const base::Expected<base::RunId>& id) { answered = id ? id->text() : id.error().detail; });
        QTRY_COMPARE(here.backend->arrived.size(), 1);
        QCOMPARE(here.backend->arrived.first().text, u"hubot ping"_s);
        here.say(u"me"_s, u"hubot ping"_s, here.backend->arrived.first().transaction.text());
        QTRY_VERIFY(!answered.isEmpty());
        QVERIFY(here.only());
        QCOMPARE(answered, here.only()->report.run.text());
    }

    void aQuestionIsAnsweredWithAWord()
    {
        const QTemporaryDir folder;
        Fixture here(folder.path());
        here.say(u"me"_s, u"hubot deploy.run"_s);
        here.clock.advance(std::chrono::milliseconds(20));
        here.say(u"hubot"_s, u"Me: Preview: deploy.run\n\nRun it? (yes/no)"_s);
        QTRY_COMPARE(here.state(), u"awaitingConfirmation"_s);
        QVERIFY(await(here.space.decideRun(here.only()->report.run, false)).hasValue());
        QTRY_COMPARE(here.backend->texts(), QStringList{u"no"_s});
    }

    void runsAndWhatWasLearnedOutliveTheSession()
    {
        const QTemporaryDir folder;
        base::RunId id;
        {
            Fixture here(folder.path());
            here.say(u"ben"_s, u"hubot report disks"_s);
            here.clock.advance(std::chrono::milliseconds(300));
            here.say(u"hubot"_s, u"all disks are fine"_s);
            QTRY_COMPARE(here.output(), u"all disks are fine"_s);
            here.clock.advance(std::chrono::seconds(5));
            QCOMPARE(here.state(), u"succeeded"_s);
            id = here.only()->report.run;
            here.clock.advance(std::chrono::seconds(5)); // so it is stored
        }
        Fixture later(folder.path());
        QTRY_COMPARE(later.output(), u"all disks are fine"_s);
        QCOMPARE(later.only()->report.run, id);
        QCOMPARE(later.state(), u"succeeded"_s);
        const auto ledger = await(later.space.store().ledger({}));
        QCOMPARE(ledger->size(), 1);
        QCOMPARE(ledger->first().kind, u"report disks"_s);
        const auto commands = await(later.space.store().commandLedger({}));
        QCOMPARE(commands->first().runs, 1);
        QCOMPARE(commands->first().succeeded, 1);
        QCOMPARE(commands->first().typicalMs, 300);
        QCOMPARE(commands->first().lastBy, u"ben"_s);
        QVERIFY(!await(later.space.store().habits())->isEmpty());
    }

    void whatWasSaidBeforeABotWasKnownIsReadAgain()
    {
        const QTemporaryDir folder;
        Fixture here(folder.path());
        chat::SyncBatch batch;
        batch.events = {chat::MembersChanged{here.room, {{base::UserId(u"me"_s), u"Me"_s}, {base::UserId(u"marvin"_s), u"marvin"_s}}}};
        here.backend->push(batch);
        here.say(u"ben"_s, u"marvin: think"_s);
        here.say(u"marvin"_s, u"here I am, brain the size of a planet"_s);
        here.clock.advance(std::chrono::seconds(1));
        batch.events = {chat::MembersChanged{
            here.room, {{base::UserId(u"me"_s), u"Me"_s}, {base::UserId(u"marvin"_s), u"marvin"_s, true}, {base::UserId(u"hubot"_s), u"hubot"_s}}}};
        here.backend->push(batch);
        here.say(u"ben"_s, u"marvin: think again"_s);
        QTRY_VERIFY(here.space.console().runs().size() >= 1);
    }

    void linesAreMovedByHand()
    {
        const QTemporaryDir folder;
        Fixture here(folder.path());
        here.say(u"ben"_s, u"hubot one"_s);
        here.clock.advance(std::chrono::milliseconds(20));
        here.say(u"hubot"_s, u"ben: one"_s);
        here.say(u"hubot"_s, u"ben: not one"_s);
        QTRY_COMPARE(here.output(), u"one\nnot one"_s);
        const base::RunId id = here.only()->report.run;
        QVERIFY(here.space.tracker().moveLine(id, 1, {}).hasValue());
        QTRY_COMPARE(here.output(), u"one"_s);
        QVERIFY(!here.space.tracker().moveLine(id, 7, {}).hasValue());
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestRunTracker)
#include "tst_runtracker.moc"
