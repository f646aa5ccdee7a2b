// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/theme.h"
#include "sidebar/quickswitcher.h"
#include "sidebar/sidebar.h"
#include "sidebar/switcherrows.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ridealong;
using sidebar::QuickSwitcher;
using sidebar::Sidebar;

namespace {

base::ConversationId idOf(const QString& account, const QString& key) { return {base::AccountId(account), key}; }

void add(model::ConversationListModel& model, const QString& account, const QString& name, const QString& environment = {}, int unread = 0,
    int mentions = 0, std::optional<chat::Presence> presence = {}, bool bot = false)
{
    model::ConversationRow row;
    row.account = base::AccountId(account);
    row.conversation.id = idOf(account, name);
    row.conversation.name = name;
    row.conversation.kind = name.startsWith(u'#') ? chat::ConversationKind::Room : chat::ConversationKind::Direct;
    row.conversation.environment = environment;
    row.unread = unread;
    row.mentions = mentions;
    row.presence = presence;
    row.bot = bot;
    model.setConversation(row);
}

void fill(model::ConversationListModel& model)
{
    chat::ConnectionStatus connected, waiting;
    connected.state = chat::ConnectionState::Connected;
    waiting.state = chat::ConnectionState::Waiting;
    waiting.error = {base::ErrorKind::Offline, u"<b>refused</b>"_s, 0};
    model.setAccount(base::AccountId(u"acme"_s), u"Acme · chat.acme.example"_s, connected);
    model.setAccount(base::AccountId(u"libera"_s), u"Libera · irc"_s, waiting);
    model.setAccount(base::AccountId(u"local"_s), u"Local workspace"_s, connected);
    add(model, u"acme"_s, u"#storage-migration"_s, u"production"_s);
    add(model, u"acme"_s, u"#deploys"_s, u"production"_s, 5, 3);
    add(model, u"acme"_s, u"#ops"_s, u"staging"_s, 12);
    add(model, u"acme"_s, u"#platform"_s);
    add(model, u"acme"_s, u"#a-room-with-a-name-that-goes-on-and-on-and-on"_s, u"staging"_s, 400);
    add(model, u"acme"_s, u"#on-call"_s);
    add(model, u"acme"_s, u"Ben Okafor"_s, {}, 2, 0, chat::Presence::Online);
    add(model, u"acme"_s, u"Mina Sato"_s, {}, 0, 0, chat::Presence::Away);
    add(model, u"acme"_s, u"hubot"_s, {}, 0, 0, chat::Presence::Online, true);
    add(model, u"libera"_s, u"#hubot-dev"_s);
    add(model, u"local"_s, u"#sandbox"_s, u"sandbox"_s);
    model.setHasDraft(idOf(u"acme"_s, u"#on-call"_s), true);
}

struct Stage
{
    kit::Theme theme;
    model::ConversationListModel model;
    Sidebar bar{model, theme};
    QSignalSpy requested{&bar, &Sidebar::conversationRequested};
    QLineEdit* field = bar.findChild<QLineEdit*>(u"sidebarFilter"_s);
    QListView* list = bar.findChild<QListView*>(u"sidebarList"_s);

    explicit Stage(const tests::Look& look = tests::kDark)
    {
        look.dress(theme);
        fill(model);
        bar.setCurrent(idOf(u"acme"_s, u"#storage-migration"_s));
        bar.resize(int(236 * look.scale), int(620 * look.scale));
        bar.show();
        bar.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
    }
    QString lastRequested() const { return requested.isEmpty() ? QString() : requested.last()[0].value<base::ConversationId>().key(); }
    int rows() const { return list->model()->rowCount(); }
    QStringList shown() const
    {
        QStringList names;
        for (int row = 0; row < rows(); ++row)
            names << list->model()->index(row, 0).data().toString();
        return names;
    }
    QPoint middleOf(const QString& name) const { return list->visualRect(list->model()->index(int(shown().indexOf(name)), 0)).center(); }
};

} // namespace

class TestSidebar : public QObject
{
    Q_OBJECT
private slots:
    void filtersAsYouTypeAndEscapeClears()
    {
        Stage stage;
        QTest::keyClicks(stage.field, u"HUB"_s);
        QCOMPARE(stage.shown(), QStringList({u"Acme · chat.acme.example"_s, u"hubot"_s, u"Libera · irc"_s, u"# hubot-dev"_s}));
        QVERIFY(!stage.bar.findChild<QToolButton*>(u"sidebarKeyCap"_s)->isVisible());
        QTest::keyClick(stage.field, Qt::Key_Escape);
        QCOMPARE(stage.rows(), 14);
    }

    void showsAccountsOfRoomsThatComeWhileFiltered()
    {
        Stage stage;
        QTest::keyClicks(stage.field, u"zebra"_s);
        QCOMPARE(stage.rows(), 0);
        add(stage.model, u"local"_s, u"#zebra"_s);
        QCOMPARE(stage.shown(), QStringList({u"Local workspace"_s, u"# zebra"_s}));
    }

    void saysWhenNothingMatches()
    {
        Stage stage;
        auto* nothing = stage.bar.findChild<QLabel*>(u"sidebarNothing"_s);
        QVERIFY(!nothing->isVisible());
        QTest::keyClicks(stage.field, u"nowhere"_s);
        QVERIFY(nothing->isVisible());
        QVERIFY(nothing->text().contains(u"nowhere"_s));
        tests::keepShot(stage.bar.grab(), u"sidebar-nothing"_s);
    }

    void walksByKeyboardOverHeadings()
    {
        Stage stage;
        stage.bar.focusFilter();
        QTest::keyClicks(stage.field, u"hub"_s);
        QTest::keyClick(stage.field, Qt::Key_Down);
        QCOMPARE(QApplication::focusWidget(), stage.list);
        QTest::keyClick(stage.list, Qt::Key_Down); // over "Libera"
        QTest::keyClick(stage.list, Qt::Key_Return);
        QCOMPARE(stage.lastRequested(), u"#hubot-dev"_s);
        QTest::keyClick(stage.list, Qt::Key_Up);
        QTest::keyClick(stage.list, Qt::Key_Up);
        QCOMPARE(QApplication::focusWidget(), stage.field);
        QTest::keyClick(stage.field, Qt::Key_Return);
        QCOMPARE(stage.lastRequested(), u"hubot"_s);
        QCOMPARE(stage.field->text(), QString());
    }

    void goesToTheNextPreviousAndUnread()
    {
        Stage stage;
        stage.bar.selectNext();
        QCOMPARE(stage.lastRequested(), u"Ben Okafor"_s);
        stage.bar.selectPrevious();
        QCOMPARE(stage.lastRequested(), u"#platform"_s);
        stage.bar.setCurrent(idOf(u"local"_s, u"#sandbox"_s));
        stage.bar.selectNext();
        QCOMPARE(stage.lastRequested(), u"#a-room-with-a-name-that-goes-on-and-on-and-on"_s);
        stage.bar.setCurrent(idOf(u"acme"_s, u"#ops"_s));
        stage.bar.selectNextUnread();
        QCOMPARE(stage.lastRequested(), u"Ben Okafor"_s);
    }

    void asksForNothingWhenNothingIsUnread()
    {
        kit::Theme theme;
        model::ConversationListModel model;
        Sidebar bar(model, theme);
        QSignalSpy requested(&bar, &Sidebar::conversationRequested);
        bar.selectNext();
        add(model, u"a"_s, u"#only"_s);
        model.setAccount(base::AccountId(u"a"_s), u"A"_s, {});
        bar.selectNextUnread();
        bar.setCurrent(idOf(u"a"_s, u"#only"_s));
        bar.selectNext();
        QCOMPARE(requested.size(), 0);
    }

    void opensOnClickAndMarksReadFromTheMenu()
    {
        Stage stage;
        QTest::mouseClick(stage.list->viewport(), Qt::LeftButton, {}, stage.middleOf(u"# ops"_s));
        QCOMPARE(stage.lastRequested(), u"#ops"_s);
        QSignalSpy read(&stage.bar, &Sidebar::markReadRequested);
        emit stage.list->customContextMenuRequested(stage.middleOf(u"# ops"_s));
        auto* menu = stage.bar.findChild<QMenu*>();
        QVERIFY(menu);
        menu->actions().at(1)->trigger();
        QCOMPARE(read.size(), 1);
        QCOMPARE(read[0][0].value<base::ConversationId>().key(), u"#ops"_s);
        menu->close();
    }

    void choosesWhatIsToldFromTheMenu()
    {
        Stage stage;
        QHash<QString, chat::NotifyLevel> levels{{u"#ops"_s, chat::NotifyLevel::Nothing}};
        stage.bar.setNotifyLevels([&](const base::ConversationId& id) { return levels.value(id.key(), chat::NotifyLevel::Mentions); });
        QSignalSpy chosen(&stage.bar, &Sidebar::notifyLevelRequested);
        const auto open = [&](const QString& name) {
            emit stage.list->customContextMenuRequested(stage.middleOf(name));
            return stage.bar.findChildren<QMenu*>().last();
        };
        QMenu* menu = open(u"# ops"_s); // the last made is the one within
        const auto checkedOf = [](const QMenu* of) {
            for (int i = 0; i < of->actions().size(); ++i)
                if (of->actions().at(i)->isChecked())
                    return i;
            return -1;
        };
        QCOMPARE(menu->actions().size(), 3);
        QCOMPARE(checkedOf(menu), 2);
        menu->actions().at(0)->trigger();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<base::ConversationId>().key(), u"#ops"_s);
        QVERIFY(chosen[0][1].value<chat::NotifyLevel>() == chat::NotifyLevel::Everything);
        QCOMPARE(checkedOf(open(u"# deploys"_s)), 1);
    }

    void theMenuOfWhatIsToldOpensByAKeyToo()
    {
        Stage stage;
        QSignalSpy chosen(&stage.bar, &Sidebar::notifyLevelRequested);
        stage.bar.setCurrent({});
        stage.bar.showNotifyMenu(); // nothing is in front
        QTRY_VERIFY(!stage.bar.findChild<QMenu*>(u"sidebarNotify"_s));
        stage.bar.setCurrent(idOf(u"acme"_s, u"#ops"_s));
        stage.bar.showNotifyMenu();
        auto* menu = stage.bar.findChild<QMenu*>(u"sidebarNotify"_s);
        QVERIFY(menu && menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Down); // from what is so now, the mentions
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QVERIFY(chosen[0][1].value<chat::NotifyLevel>() == chat::NotifyLevel::Nothing);
    }

    void aRoomOfOneServerIsNamedWithItsAmpersand()
    {
        Stage stage;
        add(stage.model, u"libera"_s, u"&local"_s);
        stage.bar.setCurrent(idOf(u"libera"_s, u"&local"_s));
        stage.bar.showNotifyMenu();
        const auto* menu = stage.bar.findChild<QMenu*>(u"sidebarNotify"_s);
        QVERIFY(menu);
        const QAction* heading = menu->actions().at(0);
        QVERIFY(!heading->isEnabled() && !heading->isSeparator());
        QVERIFY2(heading->text().contains(u"&&local"_s), qPrintable(heading->text()));
    }

    void saysThatAConversationIsMuted()
    {
        Stage stage;
        const auto spoken = [&](const QString& name) {
            return stage.list->model()->index(int(stage.shown().indexOf(name)), 0).data(Qt::AccessibleTextRole).toString();
        };
        QVERIFY(!spoken(u"# ops"_s).contains(u"no notifications"_s));
        const QImage before = stage.list->grab().toImage();
        stage.bar.setNotifyLevels(
            [](const base::ConversationId& id) { return id.key() == u"#ops"_s ? chat::NotifyLevel::Nothing : chat::NotifyLevel::Mentions; });
        QVERIFY(spoken(u"# ops"_s).contains(u"no notifications"_s));
        QVERIFY(!spoken(u"# deploys"_s).contains(u"no notifications"_s));
        QVERIFY(stage.list->grab().toImage() != before); // and shows it
    }

    void saysInWordsWhatColoursSay()
    {
        Stage stage;
        const auto spoken = [&](const QString& name) {
            return stage.list->model()->index(int(stage.shown().indexOf(name)), 0).data(Qt::AccessibleTextRole).toString();
        };
        QVERIFY(spoken(u"Libera · irc"_s).contains(u"reconnecting"_s));
        QVERIFY(spoken(u"# deploys"_s).contains(u"production"_s));
        QVERIFY(spoken(u"Mina Sato"_s).contains(u"away"_s));
        QVERIFY(spoken(u"# on-call"_s).contains(u"draft"_s));
        const QString tip = stage.list->model()->index(int(stage.shown().indexOf(u"Libera · irc"_s)), 0).data(Qt::ToolTipRole).toString();
        QVERIFY(!tip.contains(u"<b>"_s)); // what a server says is never markup
    }

    void survivesRowsThatGoWhileOneIsChosen()
    {
        Stage stage;
        connect(&stage.bar, &Sidebar::conversationRequested, &stage.bar, [&] { stage.model.removeAccount(base::AccountId(u"acme"_s)); });
        QTest::mouseClick(stage.list->viewport(), Qt::LeftButton, {}, stage.middleOf(u"# ops"_s));
        QCOMPARE(stage.rows(), 4);
        stage.bar.selectNext();
    }

    void looksRight_data() { tests::addLooks({{"dark-200", kit::ThemeChoice::Dark, 2}}); }
    void looksRight()
    {
        QFETCH(tests::Look, look);
        Stage stage(look);
        const QString tag = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(tests::colorsOf(stage.bar.grab().toImage()) > 8);
        tests::keepShot(stage.bar.grab(), u"sidebar-"_s + tag);
        QWidget window;
        window.resize(int(900 * look.scale), int(560 * look.scale));
        QuickSwitcher switcher(stage.model, stage.theme, &window);
        window.show();
        switcher.open();
        tests::keepShot(window.grab(), u"switcher-"_s + tag);
        QTest::keyClicks(switcher.findChild<QLineEdit*>(), u"hd"_s);
        tests::keepShot(window.grab(), u"switcher-query-"_s + tag);
    }

    void switcherOffersUnreadThenRecent()
    {
        Stage stage;
        QWidget window;
        window.resize(800, 500);
        QuickSwitcher switcher(stage.model, stage.theme, &window);
        switcher.noteOpened(idOf(u"local"_s, u"#sandbox"_s));
        switcher.noteOpened(idOf(u"acme"_s, u"#platform"_s));
        window.show();
        switcher.open();
        auto* list = switcher.findChild<QListView*>();
        const auto name = [&](int row) { return list->model()->index(row, 0).data().toString(); };
        QCOMPARE(name(0), u"# deploys"_s); // called by name
        QVERIFY(name(1).startsWith(u"# a-room"_s));
        QCOMPARE(name(2), u"# ops"_s);
        QCOMPARE(name(3), u"Ben Okafor"_s);
        QCOMPARE(name(4), u"# sandbox"_s); // the one before
        QCOMPARE(name(5), u"# platform"_s); // in front now
    }

    void switcherOpensWithEnterAndClosesWithEscape()
    {
        Stage stage;
        QWidget window;
        window.resize(800, 500);
        QuickSwitcher switcher(stage.model, stage.theme, &window);
        QSignalSpy requested(&switcher, &QuickSwitcher::conversationRequested);
        QSignalSpy closed(&switcher, &QuickSwitcher::closed);
        window.show();
        switcher.open();
        auto* query = switcher.findChild<QLineEdit*>();
        QTest::keyClick(query, Qt::Key_Down);
        QTest::keyClick(query, Qt::Key_Up);
        QTest::keyClick(query, Qt::Key_Up); // round to the last
        QTest::keyClick(query, Qt::Key_Down);
        QTest::keyClick(query, Qt::Key_Return);
        QCOMPARE(requested[0][0].value<base::ConversationId>().key(), u"#deploys"_s);
        QVERIFY(!switcher.isVisible());
        switcher.open();
        QTest::keyClicks(query, u"nowhere at all"_s);
        QTest::keyClick(query, Qt::Key_Return);
        QCOMPARE(requested.size(), 1);
        QVERIFY(switcher.isVisible());
        QTest::keyClick(query, Qt::Key_Escape);
        QVERIFY(!switcher.isVisible());
        QCOMPARE(closed.size(), 2);
    }

    void switcherBelievesNoRankerBlindly()
    {
        Stage stage;
        QWidget window;
        QuickSwitcher switcher(stage.model, stage.theme, &window);
        switcher.setRanker([](const QString&, const QStringList& names) { return std::vector<int>{-1, int(names.indexOf(u"#ops"_s)), 9999}; });
        window.show();
        switcher.open();
        QTest::keyClicks(switcher.findChild<QLineEdit*>(), u"x"_s);
        auto* list = switcher.findChild<QListView*>();
        QCOMPARE(list->model()->rowCount(), 1);
        QCOMPARE(list->model()->index(0, 0).data().toString(), u"# ops"_s);
    }

    void findsTheLettersThatMatch()
    {
        QCOMPARE(sidebar::matchedLetters(u"OPS"_s, u"# ops"_s), (std::vector<int>{2, 3, 4}));
        QCOMPARE(sidebar::matchedLetters(u"hd"_s, u"# hubot-dev"_s), (std::vector<int>{2, 8}));
        QVERIFY(sidebar::matchedLetters(u"xyz"_s, u"# ops"_s).empty());
        QVERIFY(sidebar::matchedLetters({}, u"# ops"_s).empty());
    }
};

QTEST_MAIN(TestSidebar)
#include "tst_sidebar.moc"
