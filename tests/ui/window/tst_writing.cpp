// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What is being written stays with its place: whatever else comes to the front, and whatever fails.
#include "composer/composer.h"
#include "day.h"
#include "draftsview/draftspanel.h"
#include "support/fulldisk.h"

#include <QPlainTextEdit>
#include <QTemporaryDir>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::Day;

namespace {

constexpr int kPatienceMs = 30'000;

struct Desk : Day
{
    explicit Desk(const QString& folder) : Day(folder)
    {
        if (!QTest::qWaitFor([this] { return hasRooms(); }, kPatienceMs))
            qWarning("the hub never brought its rooms");
        open(u"#ops"_s);
        composer().focusEditor();
    }
    outbox::DraftBook& drafts() { return program.workspace().drafts(); }
    workspace::Account* account() { return program.workspace().accounts().first(); }
    base::ConversationId room(const QString& name)
    {
        for (const chat::Conversation& conversation : account()->conversations())
            if (conversation.name == name)
                return conversation.id;
        return {};
    }
    bool hasRooms() { return isReady() && !room(u"#ops"_s).isEmpty() && !room(u"#help"_s).isEmpty(); }
    void open(const QString& name) { program.wiring().openConversation(room(name)); }
    composer::Composer& composer() { return *window().page()->composer(); }
    const model::TimelineRow& last()
    {
        const model::TimelineModel* timeline = window().page()->model();
        return timeline->row(timeline->rowCount() - 1);
    }
    void say(const QString& text)
    {
        composer().focusEditor();
        type(text);
        press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(texts().contains(text), kPatienceMs);
    }
    const chat::Draft* draft(const QString& text)
    {
        static chat::Draft found;
        for (const chat::Draft& draft : drafts().drafts())
            if (draft.text == text)
                return &(found = draft);
        return nullptr;
    }
};

} // namespace

class TestWriting : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        tests::useAHubOfItsOwn(*m_folder);
    }

    void whatCouldNotBeStoredComesBackToItsOwnRoom()
    {
        Desk day(profile());
        day.type(u"for ops alone"_s);
        {
            tests::FullDisk full;
            day.press(Qt::Key_Return);
            day.open(u"#help"_s); // before the store has answered
            day.type(u"for help"_s);
            QTRY_VERIFY(!day.notice().isEmpty());
            QTRY_VERIFY(day.draft(u"for ops alone"_s));
        }
        QCOMPARE(day.draft(u"for ops alone"_s)->conversation, day.room(u"#ops"_s));
        QCOMPARE(day.composer().text(), u"for help"_s);
    }

    void theLastKeysInAThreadAreKeptWhenItCloses()
    {
        Desk day(profile());
        day.say(u"root"_s);
        const base::MessageId root = day.last().message.id;
        day.program.wiring().openThread(root);
        day.type(u"half a tho"_s);
        day.open(u"#help"_s);
        QCOMPARE(day.drafts().composerText(day.room(u"#ops"_s), root), u"half a tho"_s);
    }

    void anEditThatFailsComesBack()
    {
        Desk day(profile());
        day.say(u"deploy at five"_s);
        day.type(u"something else"_s);
        day.composer().setEdit(day.last().message);
        day.composer().editor()->setPlainText(u"deploy at six"_s);
        day.account()->disconnectNow();
        QTRY_VERIFY(!day.account()->isConnected());
        day.press(Qt::Key_Return);
        QTRY_VERIFY(!day.notice().isEmpty());
        QTRY_COMPARE(day.composer().text(), u"deploy at six"_s);
        QVERIFY(day.composer().isEditing());
        day.press(Qt::Key_Escape);
        QCOMPARE(day.composer().text(), u"something else"_s);
    }

    void editingADraftPutsAsideWhatStandsThere()
    {
        Desk day(profile());
        day.type(u"first"_s);
        day.press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(day.draft(u"first"_s) && !day.draft(u"first"_s)->composer);
        QVERIFY(day.composer().text().isEmpty());
        day.open(u"#help"_s);
        day.open(u"#ops"_s);
        day.composer().focusEditor();
        day.type(u"second"_s);
        emit day.window().drafts()->editDraftRequested(day.draft(u"first"_s)->id);
        QCOMPARE(day.composer().text(), u"first"_s);
        QTRY_VERIFY(day.draft(u"second"_s) && !day.draft(u"second"_s)->composer);
        QVERIFY(day.draft(u"first"_s)->composer); // and only that
    }

    /// The composer's own text is listed, too: sent from the list it must not be sent again from the composer.
    void aComposersTextSentFromTheListLeavesTheComposer()
    {
        Desk day(profile());
        day.type(u"only once"_s);
        day.composer().flush();
        QTRY_VERIFY(day.draft(u"only once"_s));
        const base::DraftId id = day.draft(u"only once"_s)->id;
        emit day.window().drafts()->sendDraftRequested(id);
        emit day.window().drafts()->sendDraftRequested(id); // a double click
        QTRY_VERIFY_WITH_TIMEOUT(day.texts().contains(u"only once"_s), kPatienceMs);
        QTRY_VERIFY(day.composer().text().isEmpty());
        QTRY_VERIFY(day.program.workspace().outbox().items().isEmpty());
        day.say(u"a last word"_s);
        QCOMPARE(day.texts(), QStringList({u"only once"_s, u"a last word"_s}));
    }

    void aDraftOfAThreadIsEditedAndDiscardedThere()
    {
        Desk day(profile());
        day.say(u"root"_s);
        const base::MessageId root = day.last().message.id;
        day.type(u"for the room"_s);
        day.program.wiring().openThread(root);
        day.type(u"for the thread"_s);
        day.window().threadPage()->composer()->flush();
        QTRY_VERIFY(day.draft(u"for the thread"_s));
        day.program.wiring().closeThread();
        emit day.window().drafts()->editDraftRequested(day.draft(u"for the thread"_s)->id);
        QCOMPARE(day.window().threadPage()->composer()->text(), u"for the thread"_s);
        emit day.window().drafts()->discardDraftRequested(day.draft(u"for the thread"_s)->id);
        QTRY_VERIFY(day.window().threadPage()->composer()->text().isEmpty());
        QCOMPARE(day.composer().text(), u"for the room"_s);
    }

private:
    QString profile() const { return m_folder->filePath(u"profile"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestWriting)
#include "tst_writing.moc"
