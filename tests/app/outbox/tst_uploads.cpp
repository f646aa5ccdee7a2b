// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Messages with files on their way through the outbox.
#include "store/profilestore.h"
#include "outbox/draftbook.h"
#include "outbox/outbox.h"
#include "support/await.h"
#include "support/fakebackend.h"
#include "support/fakeclock.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace std::chrono_literals;
using base::ErrorKind;
using chat::OutboxItem;
using chat::OutboxState;
using chat::SendOutcome;
using tests::await;

namespace {

const base::AccountId kAccount(u"local-1"_s);
const base::ConversationId kRoom(kAccount, u"ops"_s);

/// Uploads that end when the test says so.
class FakeFiles final : public chat::FileFacet
{
public:
    qint64 maxBytes() const override { return 1000; }
    std::unique_ptr<chat::Transfer> upload(const base::ConversationId&, const chat::Attachment& file) override
    {
        asked += file.path;
        auto made = std::make_unique<chat::Transfer>();
        current = made.get();
        return made;
    }
    std::unique_ptr<chat::Transfer> download(const base::ConversationId&, const chat::Attachment&, const QString&) override { return nullptr; }
    void succeed()
    {
        chat::Attachment up;
        up.id = base::FileId(u"id %1"_s.arg(asked.size()));
        up.bytes = 10;
        emit current->ended(up);
    }
    void fail(ErrorKind kind) { emit current->ended(base::Error{kind, u"why"_s, 0}); }

    QStringList asked;
    QPointer<chat::Transfer> current;
};

chat::Attachment file(const QString& name)
{
    chat::Attachment made;
    made.name = name;
    made.path = u"/copies/"_s + name;
    made.bytes = 10;
    return made;
}

} // namespace

class TestUploads : public QObject
{
    Q_OBJECT

    void open()
    {
        m_outbox.reset();
        m_store = std::make_unique<store::ProfileStore>(m_folder->filePath(u"p.db"_s));
        QVERIFY(await(m_store->open()));
        m_outbox = std::make_unique<outbox::Outbox>(*m_store, m_clock, m_random);
        QVERIFY(await(m_outbox->load()));
        m_outbox->setBackend(kAccount, &m_backend);
    }
    base::TransactionId submit(const QString& text, const QList<chat::Attachment>& files)
    {
        OutboxItem item;
        item.conversation = kRoom;
        item.text = text;
        item.attachments = files;
        return await(m_outbox->submit(item)).valueOr({});
    }
    OutboxItem only() const { return m_outbox->items().value(0); }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_files = FakeFiles();
        m_backend.files = &m_files;
        m_backend.sends.clear();
        m_backend.arrived.clear();
        m_backend.setConnected(true);
        open();
    }
    void cleanup()
    {
        m_outbox.reset();
        m_store.reset();
    }

    void bringsTheFilesFirst()
    {
        QSignalSpy progress(m_outbox.get(), &outbox::Outbox::uploadProgressed);
        const auto transaction = submit({}, {file(u"a"_s), file(u"b"_s)});
        QVERIFY(!transaction.isEmpty());
        QTRY_COMPARE(m_files.asked, QStringList{u"/copies/a"_s});
        emit m_files.current->progressed(5, 10);
        QCOMPARE(progress.last()[1].toLongLong(), 5);
        QCOMPARE(progress.last()[2].toLongLong(), 20);
        QVERIFY(only().state == OutboxState::Queued);
        m_files.succeed();
        QCOMPARE(m_files.asked.size(), 2);
        emit m_files.current->progressed(5, 10);
        QCOMPARE(progress.last()[1].toLongLong(), 15);
        QVERIFY(m_backend.sends.empty());
        m_files.succeed();
        QTRY_COMPARE(m_backend.sends.size(), 1u);
        const auto sent = m_backend.sends.front().outgoing;
        QCOMPARE(sent.attachments.size(), 2);
        QCOMPARE(sent.attachments[0].id.text(), u"id 1"_s);
        QCOMPARE(sent.attachments[1].id.text(), u"id 2"_s);
        QCOMPARE(sent.attachments[1].path, u"/copies/b"_s);
        QSignalSpy accepted(m_outbox.get(), &outbox::Outbox::accepted);
        m_backend.answerSend(SendOutcome::Accepted);
        QTRY_COMPARE(accepted.size(), 1);
        QCOMPARE(accepted[0][0].value<OutboxItem>().attachments.size(), 2); // whoever keeps the copies has to know
        QVERIFY(m_outbox->items().isEmpty());
    }

    void laterMessagesWait()
    {
        submit(u"first"_s, {file(u"a"_s)});
        submit(u"second"_s, {});
        QTRY_COMPARE(m_files.asked.size(), 1);
        QVERIFY(m_backend.sends.empty());
        m_files.succeed();
        QTRY_COMPARE(m_backend.sends.size(), 1u);
        m_backend.answerSend(SendOutcome::Accepted);
        QTRY_COMPARE(m_backend.texts(), QStringList{u"first"_s});
        QTRY_COMPARE(m_backend.sends.size(), 1u);
        m_backend.answerSend(SendOutcome::Accepted);
        QTRY_COMPARE(m_backend.texts(), (QStringList{u"first"_s, u"second"_s}));
    }

    void aBreakTriesAgain()
    {
        submit(u"x"_s, {file(u"a"_s)});
        QTRY_COMPARE(m_files.asked.size(), 1);
        m_backend.setConnected(false);
        m_files.fail(ErrorKind::Offline);
        QVERIFY(only().state == OutboxState::Queued);
        QVERIFY(only().why.has_value());
        m_clock.advance(10s);
        QCOMPARE(m_files.asked.size(), 1);
        m_backend.setConnected(true);
        QTRY_COMPARE(m_files.asked.size(), 2);
        m_files.succeed();
        QTRY_COMPARE(m_backend.sends.size(), 1u);
    }

    void aRefusalWaitsForTheAuthorAndHoldsUpNobody()
    {
        const auto transaction = submit(u"x"_s, {file(u"a"_s)});
        submit(u"y"_s, {});
        QTRY_COMPARE(m_files.asked.size(), 1);
        m_files.fail(ErrorKind::Invalid);
        QVERIFY(only().state == OutboxState::Failed);
        QTRY_COMPARE(m_backend.sends.size(), 1u);
        QCOMPARE(m_backend.sends.front().outgoing.text, u"y"_s);
        m_backend.answerSend(SendOutcome::Accepted);
        QVERIFY(m_outbox->retry(transaction));
        QTRY_COMPARE(m_files.asked.size(), 2);
    }

    void whatIsUpIsNotBroughtAgainAfterARestart()
    {
        submit(u"x"_s, {file(u"a"_s)});
        QTRY_COMPARE(m_files.asked.size(), 1);
        m_files.succeed();
        QTRY_COMPARE(m_backend.sends.size(), 1u);
        m_backend.answerSend(SendOutcome::NotSent);
        open();
        QCOMPARE(only().attachments.value(0).id.text(), u"id 1"_s);
        m_clock.advance(10s);
        QTRY_VERIFY(!m_backend.lookups.empty()); // it was on its way
        m_backend.answerLookup();
        QTRY_COMPARE(m_backend.sends.size(), 1u);
        QCOMPARE(m_files.asked.size(), 1);
    }

    void aRetryBringsThemAgainBecauseTheServerMayHaveForgotten()
    {
        const auto transaction = submit(u"x"_s, {file(u"a"_s)});
        QTRY_COMPARE(m_files.asked.size(), 1);
        m_files.succeed();
        QTRY_COMPARE(m_backend.sends.size(), 1u);
        m_backend.answerSend(SendOutcome::Rejected);
        QTRY_VERIFY(only().state == OutboxState::Failed);
        QVERIFY(m_outbox->retry(transaction));
        QTRY_COMPARE(m_files.asked.size(), 2);
    }

    void aRetryLeavesThemToWhatMayHaveArrived()
    {
        const auto transaction = submit(u"x"_s, {file(u"a"_s)});
        QTRY_COMPARE(m_files.asked.size(), 1);
        m_files.succeed();
        QTRY_COMPARE(m_backend.sends.size(), 1u);
        m_backend.setConnected(false);
        m_backend.answerSend(SendOutcome::Unknown, true);
        QTRY_VERIFY(only().state == OutboxState::Unknown);
        QVERIFY(m_outbox->retry(transaction));
        QSignalSpy accepted(m_outbox.get(), &outbox::Outbox::accepted);
        m_backend.setConnected(true);
        QTRY_COMPARE(m_backend.lookups.size(), 1u);
        m_backend.answerLookup();
        QTRY_COMPARE(accepted.size(), 1);
        QCOMPARE(accepted[0][0].value<OutboxItem>().attachments.value(0).id.text(), u"id 1"_s);
        QCOMPARE(m_files.asked.size(), 1);
    }

    void saysWhyItWaitsWhenTheConnectionBreaksAtTheEnd()
    {
        submit(u"x"_s, {file(u"a"_s)});
        QTRY_COMPARE(m_files.asked.size(), 1);
        m_backend.setConnected(false);
        QSignalSpy changed(m_outbox.get(), &outbox::Outbox::changed);
        m_files.succeed();
        QCOMPARE(changed.size(), 1);
        QVERIFY(only().state == OutboxState::Queued);
        QVERIFY(only().why && only().why->kind == ErrorKind::Offline);
        m_backend.setConnected(true);
        QTRY_COMPARE(m_backend.sends.size(), 1u);
        QCOMPARE(m_files.asked.size(), 1);
    }

    void copiesLieWhereTheProfileIsNow()
    {
        submit(u"x"_s, {file(u"token/a"_s)});
        outbox::DraftBook before(*m_store, m_clock, m_random);
        QVERIFY(await(before.load()));
        QVERIFY(await(before.setComposerAttachments(kRoom, {}, {file(u"token/b"_s)}, 7)));
        m_backend.setConnected(false);
        m_outbox = std::make_unique<outbox::Outbox>(*m_store, m_clock, m_random);
        QVERIFY(await(m_outbox->load(u"/moved"_s)));
        QCOMPARE(only().attachments.value(0).path, u"/moved/token/a"_s);
        outbox::DraftBook drafts(*m_store, m_clock, m_random);
        QVERIFY(await(drafts.load(u"/moved"_s)));
        QCOMPARE(drafts.composerAttachments(kRoom, {}).value(0).path, u"/moved/token/b"_s);
    }

    void canBeDiscardedOnTheWay()
    {
        const auto transaction = submit(u"x"_s, {file(u"a"_s)});
        QTRY_COMPARE(m_files.asked.size(), 1);
        QVERIFY(m_outbox->discard(transaction));
        QVERIFY(!m_files.current); // cancelled
        QVERIFY(m_outbox->items().isEmpty());
        open();
        QVERIFY(m_outbox->items().isEmpty());
    }

    void aServerWithoutFilesSaysSo()
    {
        m_backend.files = nullptr;
        submit(u"x"_s, {file(u"a"_s)});
        QTRY_VERIFY(only().state == OutboxState::Failed);
        QVERIFY(only().why->kind == ErrorKind::Unsupported);
        OutboxItem command;
        command.conversation = kRoom;
        command.kind = chat::OutgoingKind::Command;
        command.text = u"runner help"_s;
        command.attachments = {file(u"a"_s)};
        QVERIFY(await(m_outbox->submit(command)).error().kind == ErrorKind::Invalid);
        QVERIFY(submit({}, {}).isEmpty());
    }

    void draftsKeepFiles()
    {
        outbox::DraftBook drafts(*m_store, m_clock, m_random);
        QVERIFY(await(drafts.load()));
        QVERIFY(await(drafts.setComposerAttachments(kRoom, {}, {file(u"a"_s)}, 7)));
        QVERIFY(drafts.hasComposer(kRoom));
        QVERIFY(await(drafts.setComposerText(kRoom, {}, u"text"_s, chat::OutgoingKind::Text, 9)));
        QVERIFY(await(drafts.setComposerText(kRoom, {}, {}, chat::OutgoingKind::Text, 9))); // the file is still to go
        outbox::DraftBook again(*m_store, m_clock, m_random);
        QVERIFY(await(again.load()));
        QCOMPARE(again.composerAttachments(kRoom, {}), QList<chat::Attachment>{file(u"a"_s)});
        QCOMPARE(again.drafts().value(0).orderWhenWritten, qint64(7));
        QVERIFY(await(again.setComposerAttachments(kRoom, {}, {}, 9)));
        QVERIFY(again.drafts().isEmpty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    tests::FakeClock m_clock;
    tests::FakeRandom m_random;
    tests::FakeBackend m_backend;
    FakeFiles m_files;
    std::unique_ptr<store::ProfileStore> m_store;
    std::unique_ptr<outbox::Outbox> m_outbox;
};

QTEST_GUILESS_MAIN(TestUploads)
#include "tst_uploads.moc"
