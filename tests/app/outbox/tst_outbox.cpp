// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profilestore.h"
#include "outbox/outbox.h"
#include "support/await.h"
#include "support/fakebackend.h"
#include "support/fakeclock.h"
#include "support/fulldisk.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace std::chrono_literals;
using base::ErrorKind;
using chat::OutboxItem;
using chat::OutboxState;
using chat::OutgoingKind;
using chat::SendOutcome;
using tests::await;

namespace {

const base::AccountId kAccount(u"local-1"_s);
const base::ConversationId kRoom(kAccount, u"ops"_s);
const base::ConversationId kOther(kAccount, u"help"_s);

OutboxItem item(const QString& text, OutgoingKind kind = OutgoingKind::Text, const base::ConversationId& conversation = kRoom)
{
    OutboxItem made;
    made.conversation = conversation;
    made.kind = kind;
    made.text = text;
    return made;
}

} // namespace

class TestOutbox : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void sendsOnlyWhatIsStoredAsOnItsWay();
    void keepsTheOrderWithinAConversationAndLetsOthersPass();
    void keepsTextForTheNextConnection();
    void refusesWhatMakesNoSense();
    void keepsARefusedMessageForItsAuthor();
    void waitsAsLongAsTheServerSays();
    void anOldTimerDoesNotEndANewHold();
    void boundsWhatAServerMayAskToWait();
    void looksBeforeItSendsAgain();
    void asksAgainWhenALookupGetsNoAnswer();
    void givesUpWhenNobodyCanTell();
    void looksOnlyForWhatWasOnItsWayAtTheLastEnd();
    void whatMayHaveArrivedIsSaidToBeUnknown();
    void stillLooksAfterASecondRestart();
    void aCommandWrittenOfflineWaitsForItsAuthor();
    void aCommandBehindAWaitingMessageWaitsForItsAuthor();
    void aCommandIsNotSentWhenTheConnectionBreaksWhileItIsStored();
    void aCommandIsNotSentWhenTheConnectionBreaksAndReturnsWhileItIsStored();
    void aCommandIsNotSentWhenTheConnectionBreaksWhileItIsMarked();
    void aCommandThatWaitsForItsTurnIsHeldWhenTheConnectionBreaks();
    void anInterruptedCommandIsLookedUpAndNeverResent();
    void aCommandUnderReviewHoldsUpNobody();
    void aRetriedCommandGoesOnlyOverTheConnectionItWasRetriedOn();
    void aRetryDuringTheLookupIsRemembered();
    void whatIsSubmittedBeforeLoadingKeepsItsPlaceBehindTheOld();
    void saysWhenNothingCanBeLoaded();
    void aFullDiskRefusesAndKeepsWhatWasTaken();
    void aFullDiskBeforeSendingSendsNothing();
    void discardsWhatIsNotOnItsWay();
    void aHandlerMayChangeTheListItHearsOf();
    void sendsEachTextExactlyOnceInAnyStory_data();
    void sendsEachTextExactlyOnceInAnyStory();

private:
    void open(bool load = true)
    {
        m_store = std::make_unique<store::ProfileStore>(m_folder->filePath(u"p.db"_s));
        const auto opened = await(m_store->open());
        QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().detail));
        m_outbox = std::make_unique<outbox::Outbox>(*m_store, m_clock, m_random);
        if (load)
            QVERIFY(await(m_outbox->load()));
        m_outbox->setBackend(kAccount, &m_backend);
    }
    /// The process ends and begins again; the server goes on with what it has.
    void restart(bool load = true)
    {
        m_outbox.reset();
        m_store.reset();
        m_backend.dropUnanswered();
        m_backend.setConnected(false);
        open(load);
    }
    /// Until neither the store nor the event loop has anything left to do.
    void settle()
    {
        for (int i = 0; i < 6; ++i) {
            (void)await(m_store->outbox());
            QCoreApplication::processEvents();
        }
    }
    base::TransactionId submit(const OutboxItem& one)
    {
        const auto taken = await(m_outbox->submit(one));
        return taken ? *taken : base::TransactionId();
    }
    OutboxState state(const base::TransactionId& transaction) const
    {
        const OutboxItem* found = m_outbox->find(transaction);
        return found ? found->state : OutboxState::Sent;
    }
    OutboxState storedState(const base::TransactionId& transaction)
    {
        const auto items = await(m_store->outbox());
        for (const OutboxItem& one : *items)
            if (one.transaction == transaction)
                return one.state;
        return OutboxState::Sent;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    tests::FakeClock m_clock;
    tests::FakeRandom m_random;
    tests::FakeBackend m_backend;
    std::unique_ptr<store::ProfileStore> m_store;
    std::unique_ptr<outbox::Outbox> m_outbox;
};

void TestOutbox::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_backend.dropUnanswered();
    m_backend.arrived.clear();
    m_backend.acceptsAtOnce = false;
    m_backend.messageBytes = 0;
    m_backend.setConnected(false);
    open();
}

void TestOutbox::cleanup()
{
    m_outbox.reset();
    m_store.reset();
}

void TestOutbox::sendsOnlyWhatIsStoredAsOnItsWay()
{
    m_backend.setConnected(true);
    const auto transaction = submit(item(u"hello"_s));
    settle();
    QCOMPARE(m_backend.sends.size(), 1u);
    QVERIFY(storedState(transaction) == OutboxState::InFlight);
    QVERIFY(state(transaction) == OutboxState::InFlight);

    QSignalSpy accepted(m_outbox.get(), &outbox::Outbox::accepted);
    m_backend.answerSend(SendOutcome::Accepted);
    settle();
    QCOMPARE(accepted.size(), 1);
    QVERIFY(!m_outbox->find(transaction));
    QVERIFY(await(m_store->outbox())->isEmpty());
}

void TestOutbox::keepsTheOrderWithinAConversationAndLetsOthersPass()
{
    m_backend.setConnected(true);
    for (int i = 0; i < 5; ++i)
        m_outbox->submit(item(QString::number(i))).ignore();
    m_outbox->submit(item(u"elsewhere"_s, OutgoingKind::Text, kOther)).ignore();
    settle();
    QCOMPARE(m_backend.sends.size(), 2u); // one per conversation
    m_backend.acceptsAtOnce = true;
    while (!m_backend.sends.empty())
        m_backend.answerSend(SendOutcome::Accepted);
    for (int i = 0; i < 5; ++i)
        settle();
    QStringList texts = m_backend.texts();
    texts.removeAll(u"elsewhere"_s);
    QCOMPARE(texts, (QStringList{u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
}

void TestOutbox::keepsTextForTheNextConnection()
{
    const auto transaction = submit(item(u"written in a tunnel"_s));
    settle();
    QVERIFY(state(transaction) == OutboxState::Queued);
    restart();
    m_backend.setConnected(true);
    settle();
    m_backend.answerSend(SendOutcome::Accepted);
    settle();
    QCOMPARE(m_backend.texts(), QStringList{u"written in a tunnel"_s});
    QCOMPARE(m_backend.arrived.first().transaction, transaction);
}

void TestOutbox::refusesWhatMakesNoSense()
{
    QVERIFY(await(m_outbox->submit(item(u" \n "_s))).error().kind == ErrorKind::Invalid);
    QVERIFY(await(m_outbox->submit(item(u"x"_s, OutgoingKind::Text, {base::AccountId(u"nobody"_s), u"x"_s}))).error().kind == ErrorKind::NotFound);
    m_backend.messageBytes = 4;
    QVERIFY(await(m_outbox->submit(item(u"äää"_s))).error().kind == ErrorKind::Invalid); // six bytes
    QVERIFY(await(m_outbox->submit(item(u"ää"_s)))); // four
    QVERIFY(m_outbox->retry(base::TransactionId(u"unknown"_s)).error().kind == ErrorKind::NotFound);
    QVERIFY(m_outbox->discard(base::TransactionId(u"unknown"_s)).error().kind == ErrorKind::NotFound);
}

void TestOutbox::keepsARefusedMessageForItsAuthor()
{
    m_backend.setConnected(true);
    const auto first = submit(item(u"first"_s));
    const auto second = submit(item(u"second"_s));
    settle();
    m_backend.answerSend(SendOutcome::Rejected);
    settle();
    QVERIFY(state(first) == OutboxState::Failed);
    QCOMPARE(m_outbox->find(first)->why->detail, u"said the test"_s);
    QCOMPARE(m_backend.sends.front().outgoing.transaction, second); // a refused one holds up nobody
    m_backend.answerSend(SendOutcome::Accepted);
    settle();
    restart();
    QVERIFY(state(first) == OutboxState::Failed);
    m_backend.setConnected(true);
    settle();
    QVERIFY(m_backend.sends.empty());
    QVERIFY(m_outbox->retry(first));
    settle();
    m_backend.answerSend(SendOutcome::Accepted);
    settle();
    QCOMPARE(m_backend.texts(), (QStringList{u"second"_s, u"first"_s}));
}

void TestOutbox::waitsAsLongAsTheServerSays()
{
    m_backend.setConnected(true);
    const auto transaction = submit(item(u"slowly"_s));
    settle();
    m_backend.answerSend(SendOutcome::Throttled, {}, 5000);
    settle();
    QVERIFY(state(transaction) == OutboxState::Queued);
    QVERIFY(m_outbox->find(transaction)->why->kind == ErrorKind::RateLimited);
    m_clock.advance(4999ms);
    settle();
    QVERIFY(m_backend.sends.empty());
    m_clock.advance(1ms);
    settle();
    QCOMPARE(m_backend.sends.size(), 1u);
}

void TestOutbox::anOldTimerDoesNotEndANewHold()
{
    m_backend.setConnected(true);
    const auto transaction = submit(item(u"slowly"_s));
    settle();
    m_backend.answerSend(SendOutcome::Throttled, {}, 5000);
    settle();
    QVERIFY(m_outbox->retry(transaction)); // its author does not want to wait
    settle();
    m_backend.answerSend(SendOutcome::Throttled, {}, 60'000);
    settle();
    m_clock.advance(5000ms); // the first timer
    settle();
    QVERIFY(m_backend.sends.empty());
    m_clock.advance(55'000ms);
    settle();
    QCOMPARE(m_backend.sends.size(), 1u);
}

void TestOutbox::boundsWhatAServerMayAskToWait()
{
    m_backend.setConnected(true);
    (void)submit(item(u"x"_s));
    settle();
    m_backend.answerSend(SendOutcome::Throttled, {}, 0);
    settle();
    QVERIFY(m_backend.sends.empty()); // zero would be a busy loop
    m_clock.advance(100ms);
    settle();
    m_backend.answerSend(SendOutcome::Throttled, {}, -5);
    settle();
    QVERIFY(m_backend.sends.empty());
    m_clock.advance(100ms);
    settle();
    m_backend.answerSend(SendOutcome::Throttled, {}, std::numeric_limits<qint64>::max());
    settle();
    m_clock.advance(1h);
    settle();
    QCOMPARE(m_backend.sends.size(), 1u);
}

void TestOutbox::looksBeforeItSendsAgain()
{
    for (const bool arrived : {true, false}) {
        m_backend.arrived.clear();
        m_backend.setConnected(true);
        const auto transaction = submit(item(u"once"_s));
        settle();
        m_backend.setConnected(false);
        m_backend.answerSend(SendOutcome::Unknown, arrived);
        settle();
        QVERIFY(state(transaction) == OutboxState::Unknown);
        m_backend.setConnected(true);
        settle();
        QVERIFY(m_backend.sends.empty());
        QCOMPARE(m_backend.lookups.size(), 1u);
        m_backend.answerLookup();
        settle();
        if (!arrived) {
            QCOMPARE(m_backend.sends.size(), 1u);
            m_backend.answerSend(SendOutcome::Accepted);
            settle();
        }
        QVERIFY(m_backend.sends.empty());
        QVERIFY(m_outbox->items().isEmpty());
        QCOMPARE(m_backend.arrived.size(), 1);
    }
}

void TestOutbox::asksAgainWhenALookupGetsNoAnswer()
{
    m_backend.setConnected(true);
    (void)submit(item(u"once"_s));
    settle();
    m_backend.answerSend(SendOutcome::Unknown, true);
    settle();
    QCOMPARE(m_backend.lookups.size(), 1u);
    m_backend.dropUnanswered();
    settle();
    QVERIFY(m_backend.lookups.empty());
    m_clock.advance(1000ms);
    settle();
    QCOMPARE(m_backend.lookups.size(), 1u);
    m_backend.answerLookup();
    settle();
    QCOMPARE(m_backend.arrived.size(), 1);
    QVERIFY(m_outbox->items().isEmpty());
}

void TestOutbox::givesUpWhenNobodyCanTell()
{
    m_backend.setConnected(true);
    const auto text = submit(item(u"text"_s));
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command, kOther));
    settle();
    m_backend.answerSend(SendOutcome::Unknown);
    m_backend.answerSend(SendOutcome::Unknown);
    settle();
    m_backend.answerLookup(chat::VerifyOutcome::CannotTell);
    m_backend.answerLookup(chat::VerifyOutcome::CannotTell);
    settle();
    QVERIFY(state(text) == OutboxState::Failed);
    QVERIFY(state(command) == OutboxState::Review);
    QVERIFY(m_outbox->find(text)->why->kind == ErrorKind::Timeout);
    QVERIFY(m_backend.sends.empty());
}

void TestOutbox::looksOnlyForWhatWasOnItsWayAtTheLastEnd()
{
    m_backend.setConnected(true);
    const auto onItsWay = submit(item(u"on its way"_s));
    const auto waiting = submit(item(u"waits"_s));
    settle();
    m_backend.arrived.append(m_backend.sends.front().outgoing); // it arrived, and nobody heard of it
    restart();
    m_backend.setConnected(true);
    settle();
    QCOMPARE(m_backend.lookups.size(), 1u);
    QCOMPARE(m_backend.lookups.front().transaction, onItsWay);
    m_backend.answerLookup();
    settle();
    QVERIFY(m_backend.lookups.empty());
    QCOMPARE(m_backend.sends.size(), 1u);
    QCOMPARE(m_backend.sends.front().outgoing.transaction, waiting);
}

void TestOutbox::whatMayHaveArrivedIsSaidToBeUnknown()
{
    m_backend.setConnected(true);
    const auto onItsWay = submit(item(u"on its way"_s));
    const auto waiting = submit(item(u"waits"_s));
    settle();
    restart();
    QVERIFY(state(onItsWay) == OutboxState::Unknown); // nobody may change or withdraw what others may have read
    QVERIFY(state(waiting) == OutboxState::Queued);
    QVERIFY(m_outbox->retry(onItsWay)); // hastens nothing
    QVERIFY(state(onItsWay) == OutboxState::Unknown);
    m_backend.setConnected(true);
    settle();
    QCOMPARE(m_backend.lookups.size(), 1u);
    QVERIFY(m_backend.sends.empty()); // nothing overtakes it
    m_backend.dropUnanswered();
    settle();
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
    QVERIFY(state(command) == OutboxState::Review); // what waits before it goes first, at a time that nobody knows
    m_clock.advance(1000ms);
    settle();
    m_backend.answerLookup();
    settle();
    QCOMPARE(m_backend.sends.size(), 1u);
    QCOMPARE(m_backend.sends.front().outgoing.transaction, onItsWay);
}

void TestOutbox::stillLooksAfterASecondRestart()
{
    m_backend.setConnected(true);
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
    settle();
    m_backend.arrived.append(m_backend.sends.front().outgoing);
    restart();
    m_backend.setConnected(true);
    settle();
    QVERIFY(m_outbox->retry(command)); // while it is looked up
    settle();
    restart();
    m_backend.setConnected(true);
    settle();
    QVERIFY(m_backend.sends.empty());
    QCOMPARE(m_backend.lookups.size(), 1u);
    m_backend.answerLookup();
    settle();
    QVERIFY(!m_outbox->find(command));
    QCOMPARE(m_backend.arrived.size(), 1);
}

void TestOutbox::aCommandWrittenOfflineWaitsForItsAuthor()
{
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
    QVERIFY(state(command) == OutboxState::Review);
    QVERIFY(storedState(command) == OutboxState::Review);
    QVERIFY(m_outbox->find(command)->why->kind == ErrorKind::Offline);
    QVERIFY(m_outbox->retry(command).error().kind == ErrorKind::Offline); // "again" now would be "by itself" later
    m_backend.setConnected(true);
    settle();
    QVERIFY(m_backend.sends.empty());
    QVERIFY(m_outbox->retry(command));
    settle();
    QCOMPARE(m_backend.sends.size(), 1u);
}

void TestOutbox::aCommandBehindAWaitingMessageWaitsForItsAuthor()
{
    m_backend.setConnected(true);
    (void)submit(item(u"text"_s));
    settle();
    m_backend.answerSend(SendOutcome::Throttled, {}, 5000);
    settle();
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
    QVERIFY(state(command) == OutboxState::Review);
}

void TestOutbox::aCommandIsNotSentWhenTheConnectionBreaksWhileItIsStored()
{
    m_backend.setConnected(true);
    const auto submitted = m_outbox->submit(item(u"runner go"_s, OutgoingKind::Command));
    m_backend.setConnected(false);
    const auto command = await(submitted);
    QVERIFY(command);
    settle();
    QVERIFY(state(*command) == OutboxState::Review);
    QVERIFY(m_outbox->find(*command)->why->kind == ErrorKind::Offline);
    const auto stored = await(m_store->outbox());
    QVERIFY(stored->first().state == OutboxState::Review);
    QVERIFY(stored->first().why);
}

void TestOutbox::aCommandIsNotSentWhenTheConnectionBreaksAndReturnsWhileItIsStored()
{
    m_backend.setConnected(true);
    const auto submitted = m_outbox->submit(item(u"runner go"_s, OutgoingKind::Command));
    m_backend.setConnected(false);
    m_backend.setConnected(true);
    const auto command = await(submitted);
    settle();
    QVERIFY(m_backend.sends.empty());
    QVERIFY(state(*command) == OutboxState::Review);
}

void TestOutbox::aCommandIsNotSentWhenTheConnectionBreaksWhileItIsMarked()
{
    m_backend.setConnected(true);
    int marked = 0;
    connect(m_outbox.get(), &outbox::Outbox::changed, this, [&](const OutboxItem& one) {
        if (one.state == OutboxState::InFlight && ++marked <= 2) {
            m_backend.setConnected(false);
            m_backend.setConnected(true);
        }
    });
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
    const auto text = submit(item(u"text"_s, OutgoingKind::Text, kOther));
    settle();
    QVERIFY(state(command) == OutboxState::Review);
    QVERIFY(storedState(command) == OutboxState::Review);
    QCOMPARE(m_backend.sends.size(), 1u);
    QCOMPARE(m_backend.sends.front().outgoing.transaction, text);
}

void TestOutbox::aCommandThatWaitsForItsTurnIsHeldWhenTheConnectionBreaks()
{
    m_backend.setConnected(true);
    (void)submit(item(u"text"_s));
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
    settle();
    QVERIFY(state(command) == OutboxState::Queued);
    m_backend.setConnected(false);
    QVERIFY(state(command) == OutboxState::Review);
    m_backend.answerSend(SendOutcome::NotSent);
    settle();
    m_backend.setConnected(true);
    m_clock.advance(1000ms);
    settle();
    QCOMPARE(m_backend.sends.size(), 1u);
    m_backend.answerSend(SendOutcome::Accepted);
    settle();
    QVERIFY(m_backend.sends.empty());
}

void TestOutbox::anInterruptedCommandIsLookedUpAndNeverResent()
{
    for (const bool arrived : {true, false}) {
        m_backend.arrived.clear();
        m_backend.setConnected(true);
        const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
        settle();
        m_backend.setConnected(false);
        m_backend.answerSend(SendOutcome::Unknown, arrived);
        settle();
        m_backend.setConnected(true);
        settle();
        m_backend.answerLookup();
        settle();
        QVERIFY(m_backend.sends.empty());
        QVERIFY(state(command) == (arrived ? OutboxState::Sent : OutboxState::Review));
        if (!arrived)
            QVERIFY(m_outbox->discard(command));
    }
}

void TestOutbox::aCommandUnderReviewHoldsUpNobody()
{
    m_backend.setConnected(true);
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
    settle();
    restart(); // it was on its way: now under review, to be looked up
    const auto text = submit(item(u"text"_s));
    m_backend.setConnected(true);
    settle();
    QCOMPARE(m_backend.lookups.size(), 1u); // the server takes its time
    QCOMPARE(m_backend.sends.size(), 1u);
    QCOMPARE(m_backend.sends.front().outgoing.transaction, text);
    QVERIFY(state(command) == OutboxState::Review);
    const auto second = submit(item(u"runner again"_s, OutgoingKind::Command, kOther));
    settle();
    QCOMPARE(m_backend.sends.size(), 2u);
    QVERIFY(state(second) == OutboxState::InFlight);
}

void TestOutbox::aRetriedCommandGoesOnlyOverTheConnectionItWasRetriedOn()
{
    m_backend.setConnected(true);
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
    settle();
    m_backend.answerSend(SendOutcome::Unknown, false);
    settle();
    QVERIFY(m_outbox->retry(command)); // being looked up; "send it when it is not there"
    m_backend.setConnected(false);
    m_backend.dropUnanswered();
    settle();
    m_backend.setConnected(true);
    m_clock.advance(1000ms);
    settle();
    m_backend.answerLookup();
    settle();
    QVERIFY(m_backend.sends.empty());
    QVERIFY(state(command) == OutboxState::Review);
}

void TestOutbox::aRetryDuringTheLookupIsRemembered()
{
    m_backend.setConnected(true);
    const auto command = submit(item(u"runner go"_s, OutgoingKind::Command));
    settle();
    m_backend.answerSend(SendOutcome::Unknown, false);
    settle();
    QVERIFY(m_outbox->retry(command));
    m_backend.answerLookup();
    settle();
    QCOMPARE(m_backend.sends.size(), 1u);
}

void TestOutbox::whatIsSubmittedBeforeLoadingKeepsItsPlaceBehindTheOld()
{
    (void)submit(item(u"old 1"_s));
    (void)submit(item(u"old 2"_s));
    restart(false);
    const auto early = m_outbox->submit(item(u"early"_s));
    QVERIFY(await(m_outbox->load()));
    QVERIFY(await(early));
    QStringList texts;
    QSet<qint64> positions;
    for (const OutboxItem& one : m_outbox->items()) {
        texts += one.text;
        positions.insert(one.position);
    }
    QCOMPARE(texts, (QStringList{u"old 1"_s, u"old 2"_s, u"early"_s}));
    QCOMPARE(positions.size(), 3);
    QCOMPARE(await(m_store->outbox())->last().text, u"early"_s);
}

void TestOutbox::saysWhenNothingCanBeLoaded()
{
    m_outbox.reset();
    m_store = std::make_unique<store::ProfileStore>(m_folder->filePath(u"no such folder/p.db"_s));
    QVERIFY(!await(m_store->open()));
    m_outbox = std::make_unique<outbox::Outbox>(*m_store, m_clock, m_random);
    m_outbox->setBackend(kAccount, &m_backend);
    const auto early = m_outbox->submit(item(u"early"_s));
    QVERIFY(await(m_outbox->load()).error().kind == ErrorKind::Storage);
    QVERIFY(await(early).error().kind == ErrorKind::Storage);
    QVERIFY(await(m_outbox->submit(item(u"late"_s))).error().kind == ErrorKind::Storage);
    QVERIFY(m_outbox->items().isEmpty());
}

void TestOutbox::aFullDiskRefusesAndKeepsWhatWasTaken()
{
    const auto kept = submit(item(u"kept"_s));
    {
        const tests::FullDisk full;
        const auto refused = await(m_outbox->submit(item(u"refused"_s)));
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == ErrorKind::Storage);
    }
    QCOMPARE(m_outbox->items().size(), 1); // what was refused is still in its author's hands
    QVERIFY(submit(item(u"later"_s)));
    restart();
    QCOMPARE(m_outbox->items().size(), 2);
    QCOMPARE(m_outbox->items().first().transaction, kept);
}

void TestOutbox::aFullDiskBeforeSendingSendsNothing()
{
    const auto transaction = submit(item(u"text"_s));
    {
        const tests::FullDisk full;
        m_backend.setConnected(true);
        settle();
        QVERIFY(m_backend.sends.empty()); // sent now and not marked, it might be sent twice after a crash
        QVERIFY(state(transaction) == OutboxState::Queued);
        QVERIFY(m_outbox->find(transaction)->why->kind == ErrorKind::Storage);
    }
    m_clock.advance(1000ms);
    settle();
    QCOMPARE(m_backend.sends.size(), 1u);
}

void TestOutbox::discardsWhatIsNotOnItsWay()
{
    const auto waiting = submit(item(u"waits"_s));
    QSignalSpy discarded(m_outbox.get(), &outbox::Outbox::discarded);
    QVERIFY(m_outbox->discard(waiting));
    QCOMPARE(discarded.size(), 1);
    QVERIFY(await(m_store->outbox())->isEmpty());
    m_backend.setConnected(true);
    const auto going = submit(item(u"goes"_s));
    settle();
    QVERIFY(m_outbox->discard(going).error().kind == ErrorKind::Denied);
}

void TestOutbox::aHandlerMayChangeTheListItHearsOf()
{
    m_backend.setConnected(true);
    for (int i = 0; i < 5; ++i) {
        const base::ConversationId room(kAccount, QString::number(i));
        (void)submit(item(u"text"_s, OutgoingKind::Text, room));
        (void)submit(item(u"runner go"_s, OutgoingKind::Command, room));
    }
    settle();
    QCOMPARE(m_outbox->items().size(), 10);
    connect(m_outbox.get(), &outbox::Outbox::changed, this, [this](const OutboxItem& one) {
        if (one.state == OutboxState::Review)
            (void)m_outbox->discard(one.transaction);
    });
    m_backend.setConnected(false);
    settle();
    QCOMPARE(m_outbox->items().size(), 5);
}

void TestOutbox::sendsEachTextExactlyOnceInAnyStory_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 25; ++seed)
        QTest::addRow("story %llu", seed) << seed;
}

void TestOutbox::sendsEachTextExactlyOnceInAnyStory()
{
    QFETCH(quint64, seed);
    tests::FakeRandom random(seed);
    const auto chance = [&](int percent) { return int(random.next() % 100) < percent; };
    QHash<base::ConversationId, QStringList> texts;
    QSet<QString> retried;
    int serial = 0;
    for (int step = 0; step < 120; ++step) {
        switch (random.next() % 10) {
        case 0:
        case 1:
        case 2: {
            const auto& where = chance(50) ? kRoom : kOther;
            const bool command = chance(30);
            const QString text = (command ? u"command %1"_s : u"text %1"_s).arg(++serial);
            m_outbox->submit(item(text, command ? OutgoingKind::Command : OutgoingKind::Text, where)).ignore();
            if (!command)
                texts[where] += text;
            break;
        }
        case 3:
        case 4:
            if (!m_backend.sends.empty() && m_backend.status().state == chat::ConnectionState::Connected)
                m_backend.answerSend(chance(70) ? SendOutcome::Accepted : SendOutcome::Throttled, {}, 200);
            break;
        case 5: m_backend.setConnected(true); break;
        case 6:
            m_backend.setConnected(false);
            while (!m_backend.sends.empty())
                m_backend.answerSend(chance(50) ? SendOutcome::Unknown : SendOutcome::NotSent, false);
            break;
        case 7:
            m_backend.setConnected(false);
            while (!m_backend.sends.empty())
                m_backend.answerSend(SendOutcome::Unknown, chance(50));
            while (!m_backend.lookups.empty())
                m_backend.lookups.pop_front();
            break;
        case 8:
            if (!m_backend.lookups.empty())
                m_backend.answerLookup();
            if (const auto items = m_outbox->items(); chance(40) && !items.isEmpty()) {
                const OutboxItem& one = items[qsizetype(random.next() % quint64(items.size()))];
                if (one.kind == OutgoingKind::Command && m_outbox->retry(one.transaction))
                    retried.insert(one.text);
            }
            break;
        case 9:
            if (chance(30)) {
                // The end may come when the server has it already and when it has not.
                for (const auto& send : m_backend.sends)
                    if (chance(50))
                        m_backend.arrived.append(send.outgoing);
                restart();
            } else {
                m_clock.advance(std::chrono::milliseconds(random.next() % 1500));
            }
            break;
        }
        if (chance(60))
            settle();
        else
            QCoreApplication::processEvents();
    }
    // In the end all is well: the connection stands and everything is answered.
    settle();
    m_backend.setConnected(false);
    while (!m_backend.sends.empty())
        m_backend.answerSend(SendOutcome::Unknown, chance(50));
    m_backend.lookups.clear();
    settle();
    const int commandsBefore = int(m_backend.texts().filter(u"command"_s).size());
    m_backend.acceptsAtOnce = true;
    m_backend.setConnected(true);
    const auto textWaits = [this] {
        const auto items = m_outbox->items();
        return std::any_of(items.begin(), items.end(), [](const OutboxItem& one) { return one.kind == OutgoingKind::Text; });
    };
    for (int i = 0; i < 200 && textWaits(); ++i) {
        settle();
        m_clock.advance(1000ms);
    }
    settle();

    QHash<base::ConversationId, QStringList> arrived;
    for (const chat::Outgoing& one : m_backend.arrived)
        if (one.text.startsWith(u"text"_s))
            arrived[one.conversation] += one.text;
    for (const auto& where : {kRoom, kOther})
        QCOMPARE(arrived[where], texts[where]); // each once, in order
    QStringList commands = m_backend.texts().filter(u"command"_s);
    QCOMPARE(commands.size(), commandsBefore); // no connection that comes back sends one
    QCOMPARE(commands.removeDuplicates(), 0);
    for (const OutboxItem& left : m_outbox->items())
        QVERIFY(left.state == OutboxState::Review);
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
