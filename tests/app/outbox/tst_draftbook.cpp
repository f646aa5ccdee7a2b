// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profilestore.h"
#include "outbox/draftbook.h"
#include "support/await.h"
#include "support/fakeclock.h"
#include "support/fulldisk.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace std::chrono_literals;
using base::ErrorKind;
using chat::OutgoingKind;
using tests::await;

namespace {

const base::ConversationId kRoom(base::AccountId(u"local-1"_s), u"ops"_s);

chat::Draft draft(const QString& text)
{
    chat::Draft made;
    made.conversation = kRoom;
    made.text = text;
    return made;
}

} // namespace

class TestDraftBook : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void keepsDraftsThroughARestart();
    void replacesADraftById();
    void givesTheLastChangedFirst();
    void keepsOneComposerTextPerThread();
    void forgetsAnEmptiedComposer();
    void refusesADraftWithoutText();
    void keepsTextWhenStoreFails();
    void removesOnlyWhatIsThere();

private:
    void open()
    {
        m_book.reset();
        m_store = std::make_unique<store::ProfileStore>(m_folder->filePath(u"p.db"_s));
        QVERIFY(await(m_store->open()));
        m_book = std::make_unique<outbox::DraftBook>(*m_store, m_clock, m_random);
        QVERIFY(await(m_book->load()));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    tests::FakeClock m_clock;
    tests::FakeRandom m_random;
    std::unique_ptr<store::ProfileStore> m_store;
    std::unique_ptr<outbox::DraftBook> m_book;
};

void TestDraftBook::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    open();
}

void TestDraftBook::cleanup()
{
    m_book.reset();
    m_store.reset();
}

void TestDraftBook::keepsDraftsThroughARestart()
{
    QSignalSpy changed(m_book.get(), &outbox::DraftBook::changed);
    chat::Draft command = draft(u"runner go"_s);
    command.kind = OutgoingKind::Command;
    command.orderWhenWritten = 12;
    const auto id = await(m_book->put(command));
    QVERIFY(id);
    QCOMPARE(changed.size(), 1);
    const chat::Draft before = *m_book->find(*id);
    m_book.reset();
    m_store.reset();
    open();
    QVERIFY(m_book->find(*id));
    QVERIFY(*m_book->find(*id) == before);
}

void TestDraftBook::replacesADraftById()
{
    const auto id = await(m_book->put(draft(u"one"_s)));
    chat::Draft again = draft(u"two"_s);
    again.id = *id;
    QCOMPARE(*await(m_book->put(again)), *id);
    QCOMPARE(m_book->drafts().size(), 1);
    QCOMPARE(await(m_store->drafts())->first().text, u"two"_s);
}

void TestDraftBook::givesTheLastChangedFirst()
{
    const auto first = await(m_book->put(draft(u"first"_s)));
    m_clock.advance(1s);
    (void)await(m_book->put(draft(u"second"_s)));
    QCOMPARE(m_book->drafts().first().text, u"second"_s);
    m_clock.advance(1s);
    chat::Draft again = *m_book->find(*first);
    again.text = u"first again"_s;
    (void)await(m_book->put(again));
    QCOMPARE(m_book->drafts().first().text, u"first again"_s);
}

void TestDraftBook::keepsOneComposerTextPerThread()
{
    const base::MessageId thread(u"m1"_s);
    for (const QString& text : {u"h"_s, u"he"_s, u"hello"_s})
        m_book->setComposerText(kRoom, {}, text, OutgoingKind::Text, 3).ignore();
    QVERIFY(await(m_book->setComposerText(kRoom, thread, u"in the thread"_s, OutgoingKind::Text, 9)));
    QCOMPARE(m_book->drafts().size(), 2);
    QCOMPARE(m_book->composerText(kRoom, {}), u"hello"_s);
    QCOMPARE(m_book->composerText(kRoom, thread), u"in the thread"_s);
    QVERIFY(m_book->composerText({}, {}).isEmpty());
    m_book.reset();
    m_store.reset();
    open();
    QCOMPARE(m_book->composerText(kRoom, {}), u"hello"_s);
    QVERIFY(await(m_book->setComposerText(kRoom, {}, u"hello you"_s, OutgoingKind::Text, 50)));
    for (const chat::Draft& one : m_book->drafts())
        if (one.thread.isEmpty())
            QCOMPARE(one.orderWhenWritten, 3); // since it was begun
}

void TestDraftBook::forgetsAnEmptiedComposer()
{
    QVERIFY(await(m_book->setComposerText(kRoom, {}, u"hello"_s, OutgoingKind::Text, 0)));
    QVERIFY(await(m_book->setComposerText(kRoom, {}, u" \n"_s, OutgoingKind::Text, 0)));
    QVERIFY(m_book->drafts().isEmpty());
    QVERIFY(await(m_store->drafts())->isEmpty());
    QVERIFY(await(m_book->setComposerText(kRoom, {}, {}, OutgoingKind::Text, 0))); // nothing there, nothing wrong
}

void TestDraftBook::refusesADraftWithoutText()
{
    QVERIFY(await(m_book->put(draft(u"  "_s))).error().kind == ErrorKind::Invalid);
    QVERIFY(m_book->drafts().isEmpty());
}

void TestDraftBook::keepsTextWhenStoreFails()
{
    {
        const tests::FullDisk full;
        QVERIFY(await(m_book->setComposerText(kRoom, {}, u"typed"_s, OutgoingKind::Text, 0)).error().kind == ErrorKind::Storage);
        QVERIFY(await(m_book->put(draft(u"put aside"_s))).error().kind == ErrorKind::Storage);
    }
    QCOMPARE(m_book->composerText(kRoom, {}), u"typed"_s); // still here, and stored with the next key
    QCOMPARE(m_book->drafts().size(), 2);
    QVERIFY(await(m_book->setComposerText(kRoom, {}, u"typed on"_s, OutgoingKind::Text, 0)));
    QCOMPARE(await(m_store->drafts())->size(), 1);
}

void TestDraftBook::removesOnlyWhatIsThere()
{
    const auto id = await(m_book->put(draft(u"one"_s)));
    QVERIFY(await(m_book->remove(base::DraftId(u"unknown"_s))).error().kind == ErrorKind::NotFound);
    QVERIFY(await(m_book->remove(*id)));
    QVERIFY(!m_book->find(*id));
    QVERIFY(await(m_book->remove(*id)).error().kind == ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(TestDraftBook)
#include "tst_draftbook.moc"
