// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/emptystate.h"
#include "support/fakeclock.h"
#include "support/looks.h"
#include "support/shots.h"
#include "threadsview/threadspanel.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using threadsview::ThreadsPanel;

namespace {

const base::AccountId kAccount(u"irc-1"_s);

} // namespace

class TestThreadsPanel : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_panel.reset();
        m_theme = std::make_unique<kit::Theme>();
        m_theme->applyTo(*qApp); // before the first widget
        m_panel = std::make_unique<ThreadsPanel>(*m_theme, m_clock);
        m_panel->setPlaces([](const base::ConversationId& id) {
            return threadsview::Place{id.key(), id.key() == u"#prod"_s ? u"production"_s : u"sandbox"_s};
        });
        m_panel->setHere(u"#ops"_s);
        m_panel->resize(590, 600);
        m_panel->show();
        m_panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }

    void enterAndClickOpenAThread()
    {
        QSignalSpy opened(m_panel.get(), &ThreadsPanel::threadRequested);
        m_panel->setThreads(QList{thread(1), thread(2), thread(3)});
        m_panel->focusList();
        QVERIFY(list()->hasFocus());
        QTest::keyClick(list(), Qt::Key_Down);
        QTest::keyClick(list(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][1].value<base::MessageId>().text(), u"m2"_s);
        QCOMPARE(opened[0][0].value<base::ConversationId>().key(), u"#ops"_s);
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, list()->visualRect(m_panel->threads().index(2)).center());
        QCOMPARE(opened.size(), 2);
        QCOMPARE(opened[1][1].value<base::MessageId>().text(), u"m3"_s);
    }

    void staysAtTheThreadThatIsWalkedOver()
    {
        m_panel->setThreads(QList{thread(1), thread(2), thread(3)});
        m_panel->focusList();
        QTest::keyClick(list(), Qt::Key_Down);
        QTest::keyClick(list(), Qt::Key_Down);
        QCOMPARE(m_panel->currentRow(), 2);
        m_panel->setThreads(QList{thread(3, 2), thread(1), thread(2)}); // somebody wrote in it
        QCOMPARE(m_panel->currentRow(), 0);
        m_panel->setThreads(QList{thread(1), thread(2)});
        QCOMPARE(m_panel->currentRow(), 0);
        m_panel->setThreads(QList<chat::ThreadOverview>());
        QTest::keyClick(list(), Qt::Key_Return); // nothing to open
    }

    void saysHowManyAreNew()
    {
        m_panel->setThreads(QList{thread(1, 3), thread(2, 1), thread(3)});
        QCOMPARE(m_panel->threads().unread(), 2);
        QVERIFY2(count()->text().startsWith(u"2 "_s), qPrintable(count()->text()));
        const QString spoken = m_panel->threads().index(0).data(Qt::DisplayRole).toString();
        QVERIFY2(spoken.contains(u"3 unread"_s) && spoken.contains(u"5 replies"_s), qPrintable(spoken));
        m_panel->setThreads(QList{thread(3)});
        QVERIFY(count()->text().isEmpty());
    }

    void choosesBetweenHereAndEverywhere()
    {
        QSignalSpy scope(m_panel.get(), &ThreadsPanel::scopeChanged);
        QCOMPARE(combo()->itemText(0), u"#ops"_s);
        QVERIFY(!m_panel->isOfAll());
        QTest::keyClick(combo(), Qt::Key_Down);
        QCOMPARE(scope.size(), 1);
        QVERIFY(scope[0][0].toBool() && m_panel->isOfAll());
    }

    void saysWhatThereIsWhenThereIsNothing()
    {
        const QString looking = empty()->accessibleName();
        QVERIFY(empty()->isVisible() && !list()->isVisible());
        m_panel->setThreads(QList<chat::ThreadOverview>());
        QVERIFY(empty()->accessibleName() != looking);
        QVERIFY2(empty()->accessibleName().contains(u"this conversation"_s), qPrintable(empty()->accessibleName()));
        QSignalSpy reload(m_panel.get(), &ThreadsPanel::reloadRequested);
        m_panel->setError({base::ErrorKind::Storage, u"disk"_s, 0});
        auto* button = empty()->findChild<QPushButton*>();
        QVERIFY(button->isVisible());
        button->click();
        QCOMPARE(reload.size(), 1);
        m_panel->setThreads(QList{thread(1)});
        QVERIFY(list()->isVisible() && !empty()->isVisible());
    }

    void escapeLeaves()
    {
        QSignalSpy closed(m_panel.get(), &ThreadsPanel::closeRequested);
        m_panel->setThreads(QList{thread(1)});
        m_panel->focusList();
        QTest::keyClick(list(), Qt::Key_Escape);
        QCOMPARE(closed.size(), 1);
    }

    void rowsAreDrawnInEveryLook_data() { tests::addLooks({tests::kContrast, tests::kDouble}); }
    void rowsAreDrawnInEveryLook()
    {
        QFETCH(tests::Look, look);
        look.dress(*m_theme);
        const auto shot = [&](const QString& name) {
            QCoreApplication::processEvents();
            const QPixmap picture = m_panel->grab();
            QVERIFY(tests::colorsOf(picture.toImage()) > 4);
            tests::keepShot(picture, u"threads-%1-%2"_s.arg(QString::fromLatin1(QTest::currentDataTag()), name));
        };
        m_panel->setThreads(QList<chat::ThreadOverview>());
        shot(u"1-empty"_s);
        m_panel->setOfAll(true);
        auto first = thread(1, 2);
        first.root.text
            = u"The **batch list** for the migration of tonight: who takes vmax1, who takes vmax7, and who looks at the array meanwhile?"_s;
        auto second = thread(2, 1);
        second.conversation = {kAccount, u"#prod"_s};
        auto third = thread(3);
        third.lastIsMine = true;
        third.lastAtMs -= 30 * 3'600'000LL;
        auto fourth = thread(4);
        fourth.root = {};
        fourth.root.id = base::MessageId(u"gone"_s);
        m_panel->setThreads(QList{first, second, third, fourth});
        m_panel->focusList();
        QTest::keyClick(list(), Qt::Key_Down);
        shot(u"2-list"_s);
        m_panel->resize(250, 600);
        shot(u"3-narrow"_s);
    }

private:
    QListView* list() { return m_panel->findChild<QListView*>(u"threadsList"_s); }
    QLabel* count() { return m_panel->findChild<QLabel*>(u"threadsCount"_s); }
    QComboBox* combo() { return m_panel->findChild<QComboBox*>(u"threadsScope"_s); }
    kit::EmptyState* empty() { return m_panel->findChild<kit::EmptyState*>(u"threadsEmpty"_s); }

    chat::ThreadOverview thread(int number, int unread = 0)
    {
        chat::ThreadOverview made;
        made.conversation = {kAccount, u"#ops"_s};
        made.root.id = base::MessageId(u"m%1"_s.arg(number));
        made.root.sender = base::UserId(u"ana"_s);
        made.root.senderName = u"Ana"_s;
        made.root.text = u"How thread %1 began"_s.arg(number);
        made.replies = 5;
        made.unread = unread;
        made.lastAtMs = m_clock.nowMs() - number * 60'000;
        made.lastSender = u"Ben"_s;
        return made;
    }

    tests::FakeClock m_clock;
    std::unique_ptr<kit::Theme> m_theme;
    std::unique_ptr<ThreadsPanel> m_panel;
};

QTEST_MAIN(TestThreadsPanel)
#include "tst_threadspanel.moc"
