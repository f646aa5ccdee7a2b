// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Finding, being told, and threads, in the real window: a hub of its own, a second person in another process, a desktop that the
// test plays on a bus of its own (withbus.sh).
#include "composer/composer.h"
#include "day.h"
#include "support/notificationserver.h"
#include "preferences/preferencesdialog.h"
#include "searchview/searchpanel.h"
#include "sidebar/sidebar.h"
#include "store/profilestore.h"
#include "support/await.h"
#include "support/headlessclient.h"
#include "support/shots.h"
#include "threadsview/threadspanel.h"
#include "timelineview/timelineview.h"
#include "window/application.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using Dock = window::MainWindow::Dock;
using tests::await;

namespace {

constexpr int kPatienceMs = 30'000;

} // namespace

class TestDesk : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QCoreApplication::setApplicationName(u"ridealong"_s); } // Ben's process has the same hub by default
    void init();
    void cleanup();
    void aSearchLeadsToTheMessage();
    void aSearchFindsWhatWasJustSaidAndInAThread();
    void isToldOfAMentionElsewhereAndAClickLeadsThere();
    void isNotToldOfWhatIsSeenOrOwn();
    void obeysTheChoiceForAConversation();
    void tellsOnlyWhoWhenTheTextIsPrivate();
    void threadsAreListedAndOpened();

private:
    window::MainWindow& window() { return m_program->mainWindow(); }
    workspace::Workspace& workspace() { return m_program->workspace(); }
    base::ConversationId room(const QString& name)
    {
        for (const chat::Conversation& conversation : workspace().accounts().first()->conversations())
            if (conversation.name == name)
                return conversation.id;
        return {};
    }
    void open(const QString& name)
    {
        m_program->wiring().openConversation(room(name));
        QTRY_COMPARE(m_program->wiring().current(), room(name));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window(), key, modifiers);
    }
    void type(const QString& text)
    {
        for (const QChar c : text)
            QTest::sendKeyEvent(QTest::Click, QApplication::focusWidget(), Qt::Key_unknown, QString(c), Qt::NoModifier);
    }
    /// The message that the timeline in front of that page was led to.
    static QString messageAt(window::ConversationPage* page)
    {
        const int row = page->timeline()->currentRow();
        return page->model() && row >= 0 && row < page->model()->rowCount() ? page->model()->row(row).message.text : QString();
    }
    base::MessageId stored(const base::ConversationId& where, const QString& text)
    {
        const auto page = await(workspace().store().messages({where, {}, 0, 0, 100}));
        for (const chat::Message& message : page ? page->messages : QList<chat::Message>())
            if (message.text == text)
                return message.id;
        return {};
    }
    /// Ben, in a process of his own.
    void bringBen()
    {
        m_ben = std::make_unique<tests::HeadlessClient>(m_folder->filePath(u"ben"_s));
        m_ben->start();
        // The hub of this program: another program's own one lies elsewhere.
        m_benAccount = m_ben->addLocal(u"ben"_s, QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/hub/hub.sock"_s);
        QVERIFY(!m_benAccount.isEmpty());
    }
    void benSays(const QString& where, const QString& text, const base::MessageId& thread = {})
    {
        const QString conversation = m_ben->room(m_benAccount, where);
        QVERIFY(!conversation.isEmpty());
        QJsonObject fields{{u"conversation"_s, conversation}, {u"text"_s, text}};
        if (thread)
            fields[u"thread"_s] = thread.text();
        const QString transaction = m_ben->ask(u"send"_s, fields)[u"txn"_s].toString();
        QVERIFY(!transaction.isEmpty());
        QVERIFY(!m_ben->waitFor(u"outbox"_s, [&](const auto& e) { return e[u"txn"_s] == transaction && e[u"state"_s] == u"sent"_s; }).isEmpty());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<tests::NotificationServer> m_desktop;
    std::unique_ptr<window::Application> m_program;
    std::unique_ptr<tests::HeadlessClient> m_ben;
    QString m_benAccount;
};

void TestDesk::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    tests::useAHubOfItsOwn(*m_folder);
    m_desktop = std::make_unique<tests::NotificationServer>();
    QVERIFY(m_desktop->ownsTheName());
    const QString profile = m_folder->filePath(u"profile"_s);
    QVERIFY(QDir().mkpath(profile));
    m_program = std::make_unique<window::Application>(profile);
    bool opened = false;
    m_program->start([&opened](const base::Expected<workspace::OpenReport>&) { opened = true; });
    QTRY_VERIFY_WITH_TIMEOUT(opened, kPatienceMs);
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    QTRY_VERIFY_WITH_TIMEOUT(!workspace().accounts().isEmpty() && workspace().accounts().first()->isConnected(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!room(u"#ops"_s).isEmpty() && !room(u"#help"_s).isEmpty(), kPatienceMs);
    open(u"#ops"_s);
}

void TestDesk::cleanup()
{
    m_ben.reset();
    m_program.reset();
    m_desktop.reset();
}

void TestDesk::aSearchLeadsToTheMessage()
{
    // Far more than a page is loaded of, and the one that is looked for is far up.
    chat::SyncBatch history;
    for (int i = 1; i <= 1000; ++i) {
        chat::Message message;
        message.id = base::MessageId(u"old%1"_s.arg(i));
        message.conversation = room(u"#help"_s);
        message.sender = base::UserId(u"mina"_s);
        message.senderName = u"Mina"_s;
        message.timeMs = 1'700'000'000'000 + i * 60'000LL;
        message.order = i;
        message.text = i == 300 ? u"the needle is in the **haystack**"_s : u"hay %1"_s.arg(i);
        history.events.append(chat::MessageChanged{message});
    }
    const workspace::Account* account = workspace().accounts().first();
    QVERIFY(await(workspace().store().commit(account->config().id, history, account->self()), kPatienceMs));

    window().page()->composer()->focusEditor();
    press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    searchview::SearchPanel* panel = window().search();
    QVERIFY(panel->isVisible());
    auto* field = panel->findChild<QLineEdit*>(u"searchField"_s);
    QVERIFY(field->hasFocus());
    type(u"needle in:help from:mina"_s);
    auto* list = panel->findChild<QListView*>(u"searchResults"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTRY_VERIFY(list->isVisible());
    press(Qt::Key_Return);
    QCOMPARE(m_program->wiring().current(), room(u"#help"_s));
    QTRY_COMPARE_WITH_TIMEOUT(messageAt(window().page()), u"the needle is in the **haystack**"_s, kPatienceMs);
    const QRect shown = window().page()->timeline()->rowRect(window().page()->timeline()->currentRow());
    QVERIFY(window().page()->timeline()->viewport()->rect().contains(shown.center()));
    QVERIFY(window().page()->timeline()->hasFocus());
    tests::keepShot(window().grab(), u"desk-search"_s);

    press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier); // what was typed is still there
    QVERIFY(field->hasFocus());
    QCOMPARE(field->text(), u"needle in:help from:mina"_s);
    press(Qt::Key_Escape);
    QVERIFY(window().page()->composer()->isAncestorOf(QApplication::focusWidget()));
}

void TestDesk::aSearchFindsWhatWasJustSaidAndInAThread()
{
    QVERIFY(await(workspace().send(room(u"#ops"_s), u"the root of it"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(!stored(room(u"#ops"_s), u"the root of it"_s).isEmpty(), kPatienceMs);
    const base::MessageId root = stored(room(u"#ops"_s), u"the root of it"_s);
    QVERIFY(await(workspace().send(room(u"#ops"_s), u"a zebra in the thread"_s, root)));
    open(u"#help"_s);
    press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto* list = window().search()->findChild<QListView*>(u"searchResults"_s);
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
        window().search()->setText({});
        window().search()->setText(u"zebr"_s);
        return QTest::qWaitFor([&] { return list->model()->rowCount() == 1; }, 1000); // stored a moment later
    }()),
        kPatienceMs);
    press(Qt::Key_Return);
    QCOMPARE(m_program->wiring().current(), room(u"#ops"_s));
    QTRY_VERIFY(window().threadPage()->model() && window().threadPage()->model()->thread() == root);
    QTRY_COMPARE_WITH_TIMEOUT(messageAt(window().threadPage()), u"a zebra in the thread"_s, kPatienceMs);
    QVERIFY(window().threadPage()->isVisible());
}

void TestDesk::isToldOfAMentionElsewhereAndAClickLeadsThere()
{
    bringBen();
    open(u"#help"_s);
    benSays(u"#ops"_s, u"just chatter"_s); // a room tells only what names me
    benSays(u"#ops"_s, u"ana: look at <b>vmax1</b> & tell"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop->notified.size(), 1, kPatienceMs);
    QCOMPARE(m_desktop->notified[0].title, u"ben mentions you in #ops"_s);
    QCOMPARE(m_desktop->notified[0].body, u"ana: look at &lt;b&gt;vmax1&lt;/b&gt; &amp; tell"_s);
    benSays(u"#ops"_s, u"ana: and vmax7"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop->notified.size(), 2, kPatienceMs);
    QCOMPARE(m_desktop->notified[1].replaces, m_desktop->notified[0].id);
    QCOMPARE(m_desktop->notified[1].title, u"2 new messages in #ops · 2 for you"_s);
    QCOMPARE(m_desktop->notified[1].body, u"ben: ana: and vmax7"_s);

    window().showMinimized();
    m_desktop->click(m_desktop->notified[1].id);
    QTRY_COMPARE_WITH_TIMEOUT(m_program->wiring().current(), room(u"#ops"_s), kPatienceMs);
    QVERIFY(!window().isMinimized());
    QTRY_COMPARE_WITH_TIMEOUT(messageAt(window().page()), u"ana: look at <b>vmax1</b> & tell"_s, kPatienceMs); // the first that was new
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop->closed, QList<uint>{m_desktop->notified[1].id}, kPatienceMs); // it is looked at now
}

void TestDesk::isNotToldOfWhatIsSeenOrOwn()
{
    bringBen();
    benSays(u"#ops"_s, u"ana: you are looking at it"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!stored(room(u"#ops"_s), u"ana: you are looking at it"_s).isEmpty(), kPatienceMs);
    QVERIFY(await(workspace().send(room(u"#help"_s), u"ana says ana"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(!stored(room(u"#help"_s), u"ana says ana"_s).isEmpty(), kPatienceMs);
    benSays(u"#help"_s, u"ana: this one is news"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop->notified.size(), 1, kPatienceMs);
    QCOMPARE(m_desktop->notified[0].body, u"ana: this one is news"_s); // and nothing before it
}

void TestDesk::obeysTheChoiceForAConversation()
{
    bringBen();
    open(u"#help"_s);
    press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    auto* menu = window().sidebar()->findChild<QMenu*>(u"sidebarNotify"_s);
    QVERIFY(menu && menu->isVisible());
    QTest::keyClick(menu, Qt::Key_Up); // from the mentions to everything
    QTest::keyClick(menu, Qt::Key_Return);
    open(u"#ops"_s);
    benSays(u"#help"_s, u"no name in it"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop->notified.size(), 1, kPatienceMs);
    QCOMPARE(m_desktop->notified[0].title, u"ben in #help"_s);
    emit window().sidebar()->notifyLevelRequested(room(u"#help"_s), chat::NotifyLevel::Nothing);
    QTRY_COMPARE(m_desktop->closed.size(), 1); // what is up goes
    benSays(u"#help"_s, u"ana: not even that"_s);
    benSays(u"#prod"_s, u"ana: but that"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop->notified.size(), 2, kPatienceMs);
    QCOMPARE(m_desktop->notified[1].title, u"ben mentions you in #prod"_s);
    const QVariantMap kept = workspace().settings().value(settings::Key::NotifyLevels).toMap();
    QCOMPARE(kept.value(room(u"#help"_s).text()).toString(), u"nothing"_s);
}

void TestDesk::tellsOnlyWhoWhenTheTextIsPrivate()
{
    bringBen();
    press(Qt::Key_Comma, Qt::ControlModifier);
    auto* dialog = window().findChild<preferences::PreferencesDialog*>();
    QVERIFY(dialog);
    dialog->showPage(preferences::PreferencesDialog::Page::Notifications);
    auto* text = dialog->findChild<QCheckBox*>(u"notifyText"_s);
    QTRY_VERIFY(text->isVisible());
    QVERIFY(text->isChecked());
    text->click();
    dialog->close();
    QCOMPARE(workspace().settings().value(settings::Key::NotifyText).toBool(), false);
    window().activateWindow();
    benSays(u"#help"_s, u"ana: the password is hunter2"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop->notified.size(), 1, kPatienceMs);
    QCOMPARE(m_desktop->notified[0].title, u"ben mentions you in #help"_s);
    QVERIFY(!m_desktop->notified[0].body.contains(u"hunter2"_s));

    settings::Settings& settings = workspace().settings();
    settings.setValue(settings::Key::NotifyOn, false); // all of it off
    benSays(u"#help"_s, u"ana: nobody hears"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!stored(room(u"#help"_s), u"ana: nobody hears"_s).isEmpty(), kPatienceMs);
    settings.setValue(settings::Key::NotifyOn, true);
    benSays(u"#prod"_s, u"ana: heard again"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_desktop->notified.size(), 2, kPatienceMs);
    QCOMPARE(m_desktop->notified[1].title, u"ben mentions you in #prod"_s);
}

void TestDesk::threadsAreListedAndOpened()
{
    bringBen();
    QVERIFY(await(workspace().send(room(u"#ops"_s), u"who takes vmax1?"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(!stored(room(u"#ops"_s), u"who takes vmax1?"_s).isEmpty(), kPatienceMs);
    const base::MessageId root = stored(room(u"#ops"_s), u"who takes vmax1?"_s);
    benSays(u"#ops"_s, u"I do"_s, root);
    threadsview::ThreadsPanel* panel = window().threads();
    press(Qt::Key_3, Qt::ControlModifier);
    QTRY_VERIFY(panel->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(panel->threads().rowCount(), 1, kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(panel->threads().row(0).unread, 1, kPatienceMs);
    QCOMPARE(panel->threads().row(0).root.text, u"who takes vmax1?"_s);
    QTRY_COMPARE(window().dock(Dock::Threads)->windowTitle(), u"Threads 1"_s);
    tests::keepShot(window().grab(), u"desk-threads"_s);

    press(Qt::Key_3, Qt::ControlModifier);
    QVERIFY(panel->isAncestorOf(QApplication::focusWidget()));
    press(Qt::Key_Return);
    QTRY_VERIFY(window().threadPage()->isVisible() && window().threadPage()->model());
    QCOMPARE(window().threadPage()->model()->thread(), root);
    QTRY_COMPARE_WITH_TIMEOUT(window().dock(Dock::Threads)->windowTitle(), u"Threads"_s, kPatienceMs); // read, for it is in view
    emit window().threadPage()->closeRequested();
    QVERIFY(panel->isVisible() && !window().threadPage()->isVisible());

    open(u"#help"_s);
    QTRY_COMPARE_WITH_TIMEOUT(panel->threads().rowCount(), 0, kPatienceMs);
    panel->setOfAll(true);
    QTRY_COMPARE_WITH_TIMEOUT(panel->threads().rowCount(), 1, kPatienceMs);
    emit panel->threadRequested(panel->threads().row(0).conversation, panel->threads().row(0).root.id);
    QCOMPARE(m_program->wiring().current(), room(u"#ops"_s)); // another conversation's thread takes it to the front
    QTRY_VERIFY(window().threadPage()->model() && window().threadPage()->model()->thread() == root);
}

QTEST_MAIN(TestDesk)
#include "tst_desk.moc"
