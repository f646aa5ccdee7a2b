// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/emptystate.h"
#include "ledgerview/celltable.h"
#include "ledgerview/ledgerpanel.h"
#include "ledgerrecords.h"
#include "support/activate.h"
#include "support/fakeclock.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolButton>

using namespace ridealong;
using namespace Qt::StringLiterals;
using chat::LedgerOrder;
using chat::LedgerQuery;
using chat::RunState;
using ledgerview::CommandModel;
using ledgerview::LedgerPanel;
using ledgerview::RunModel;
using tests::command;
using tests::commands;
using tests::kAccount;
using tests::kNowMs;
using tests::run;
using tests::runs;
using Page = LedgerPanel::Page;

class TestLedgerView : public QObject
{
    Q_OBJECT

private:
    tests::FakeClock m_clock;
    std::unique_ptr<kit::Theme> m_theme;
    std::unique_ptr<LedgerPanel> m_panel;
    QList<LedgerQuery> m_asked; ///< for runs
    QList<LedgerQuery> m_askedCommands;
    QList<base::Promise<QList<chat::RunRecord>>> m_open; ///< questions that are not answered
    QList<chat::RunRecord> m_runs;
    QList<chat::CommandRecord> m_commands;
    std::optional<base::Error> m_error;
    bool m_holds = false; ///< answers wait in m_open

    template <typename T> T* find(const char* name) const { return m_panel->findChild<T*>(QString::fromLatin1(name)); }
    ledgerview::CellTable* table() const { return m_panel->table(); }
    kit::EmptyState* empty() const { return find<kit::EmptyState>("ledgerEmpty"); }
    QString count() const { return find<QLabel>("ledgerCount")->text(); }
    QString shown(int row, int column) const { return table()->model()->index(row, column).data().toString(); }

    base::Async<QList<chat::RunRecord>> answerRuns(const LedgerQuery& query)
    {
        m_asked.append(query);
        if (m_holds) {
            m_open.append(base::Promise<QList<chat::RunRecord>>());
            return m_open.last().async();
        }
        if (m_error)
            return base::Async<QList<chat::RunRecord>>::ready(*m_error);
        return base::Async<QList<chat::RunRecord>>::ready(m_runs.mid(query.offset, query.limit));
    }

    /// The panel in front, with its first answer.
    void start(Page page = Page::Runs)
    {
        m_panel->setPage(page);
        m_panel->setSources([this](const LedgerQuery& query) { return answerRuns(query); },
            [this](const LedgerQuery& query) {
                m_askedCommands.append(query);
                return base::Async<QList<chat::CommandRecord>>::ready(m_commands);
            });
        tests::activate(*m_panel);
        if (page == Page::Runs && !m_error && !m_holds)
            QTRY_COMPARE(m_panel->runs().rowCount(), std::min<int>(int(m_runs.size()), LedgerPanel::kPage));
        if (page == Page::Commands)
            QTRY_COMPARE(m_panel->commands().rowCount(), int(m_commands.size()));
    }

private slots:
    void init()
    {
        m_panel.reset();
        m_asked.clear();
        m_askedCommands.clear();
        m_open.clear();
        m_error.reset();
        m_holds = false;
        m_runs = runs(30);
        m_commands = commands(12);
        m_theme = std::make_unique<kit::Theme>();
        m_theme->applyTo(*qApp); // before the first widget
        m_panel = std::make_unique<LedgerPanel>(*m_theme, m_clock);
        m_panel->setPlaces([](const base::ConversationId& id) {
            return ledgerview::Place{id.key(), id.key() == u"#prod"_s ? u"production"_s : u"sandbox"_s};
        });
        m_panel->setHere({kAccount, u"#ops"_s}, u"#ops"_s);
        m_panel->resize(1000, 600);
    }
    void cleanupTestCase() { m_panel.reset(); }

    void readsNothingUntilItIsInView()
    {
        m_panel->setSources([this](const LedgerQuery& query) { return answerRuns(query); },
            [this](const LedgerQuery& query) {
                m_askedCommands.append(query);
                return base::Async<QList<chat::CommandRecord>>::ready(m_commands);
            });
        m_panel->noteChanged();
        m_clock.advance(std::chrono::seconds(5));
        QVERIFY(m_asked.isEmpty() && m_askedCommands.isEmpty());
        tests::activate(*m_panel);
        QCOMPARE(m_askedCommands.size(), 1);
        QVERIFY(m_asked.isEmpty()); // the other page waits until it is in front
        QTRY_COMPARE(m_panel->commands().rowCount(), 12);
        m_panel->setPage(Page::Runs);
        QCOMPARE(m_asked.size(), 1);
        QCOMPARE(m_asked[0].limit, LedgerPanel::kPage);
        m_panel->setPage(Page::Commands);
        QCOMPARE(m_askedCommands.size(), 1); // it is known
    }

    void saysOfARunWhatAQuestionIsAbout()
    {
        start();
        QCOMPARE(shown(3, RunModel::Who), u"dora"_s);
        QCOMPARE(shown(3, RunModel::Command), u"migrate users 2026-11 --batch 500 --dry-run"_s);
        QCOMPARE(shown(3, RunModel::Room), u"#ops"_s);
        QCOMPARE(shown(3, RunModel::State), u"failed"_s);
        QCOMPARE(shown(3, RunModel::Exit), u"2"_s);
        QCOMPARE(shown(3, RunModel::Duration), u"1:34"_s);
        QCOMPARE(shown(4, RunModel::State), u"no reply"_s);
        QCOMPARE(shown(4, RunModel::Duration), u"–"_s); // nobody knows
        QCOMPARE(shown(2, RunModel::Environment), u"staging"_s);
        QVERIFY(count().startsWith(u"30 "_s));
    }

    void textOfStrangersStaysOnItsLine()
    {
        m_runs = runs(2);
        m_runs[0].report.command = u"one\ntwo\u202Eevil\u0007"_s + QString(5000, u'x');
        m_runs[0].report.senderName = u"\u202Ena\nme"_s;
        start();
        QVERIFY(shown(0, RunModel::Command).startsWith(u"one twoevilxxx"_s));
        QVERIFY(shown(0, RunModel::Command).size() <= 400);
        QCOMPARE(shown(0, RunModel::Who), u"name"_s);
        const QString tip = table()->model()->index(0, RunModel::Command).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.size() < 2000);
    }

    void filtersAreAskedOfTheStore()
    {
        start();
        QTest::keyClicks(find<QLineEdit>("ledgerText"), u"depl"_s);
        QCOMPARE(m_asked.size(), 1); // while somebody types nothing is asked
        m_clock.advance(std::chrono::seconds(1));
        QCOMPARE(m_asked.size(), 2);
        QCOMPARE(m_asked.last().text, u"depl"_s);
        find<QComboBox>("ledgerSince")->setCurrentIndex(2);
        QCOMPARE(m_asked.last().sinceMs, m_clock.nowMs() - 24 * 3'600'000LL);
        find<QComboBox>("ledgerSince")->setCurrentIndex(1);
        const QDateTime midnight = QDateTime::fromMSecsSinceEpoch(m_asked.last().sinceMs);
        QCOMPARE(midnight.time(), QTime(0, 0));
        QCOMPARE(midnight.date(), QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date());
        find<QComboBox>("ledgerRoom")->setCurrentIndex(1);
        QCOMPARE(m_asked.last().conversation.key(), u"#ops"_s);
        m_panel->setHere({kAccount, u"#prod"_s}, u"#prod"_s); // another one is in front
        QCOMPARE(m_asked.last().conversation.key(), u"#prod"_s);
        find<QCheckBox>("ledgerFailed")->setChecked(true);
        QVERIFY(m_asked.last().failedOnly);
        QCOMPARE(m_asked.last().text, u"depl"_s); // all of it together
    }

    void aHeaderSortsAllThereIsAndNotOnlyWhatIsListed()
    {
        start();
        QVERIFY(m_asked[0].order == LedgerOrder::Started && !m_asked[0].ascending);
        const auto click = [&](int section) {
            QHeaderView* header = table()->header();
            const QPoint at(header->sectionViewportPosition(section) + 10, header->height() / 2);
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
        };
        click(RunModel::Duration);
        QVERIFY(m_asked.last().order == LedgerOrder::Duration && !m_asked.last().ascending); // the longest first
        click(RunModel::Duration);
        QVERIFY(m_asked.last().ascending);
        click(RunModel::Who);
        QVERIFY(m_asked.last().order == LedgerOrder::Sender && m_asked.last().ascending);
        QCOMPARE(table()->sortColumn(), int(RunModel::Who));
    }

    void commandsAreSortedByAnyColumn()
    {
        start(Page::Commands);
        QVERIFY(m_panel->commands().commands()[0].lastAtMs > m_panel->commands().commands()[1].lastAtMs);
        const auto sorted = [&](int column, bool ascending) {
            emit table()->sortRequested(column, ascending);
            return m_panel->commands().commands();
        };
        QCOMPARE(sorted(CommandModel::Runs, false).first().runs, 190);
        QVERIFY(sorted(CommandModel::Runs, true).first().runs < sorted(CommandModel::Runs, true).last().runs);
        QCOMPARE(sorted(CommandModel::Success, true).first().ended, 0); // unknown is less than nothing
        const auto byName = sorted(CommandModel::Command, true);
        QVERIFY(byName.first().kind < byName.last().kind);
        QCOMPARE(byName.size(), 12);
        QVERIFY(sorted(CommandModel::Typical, false).first().typicalMs > 100'000);
        QVERIFY(m_asked.isEmpty());
        QCOMPARE(m_askedCommands.size(), 1); // all of it is here
    }

    void furtherPagesComeWhenTheyAreWanted()
    {
        m_runs = runs(1200);
        start();
        auto* more = find<QPushButton>("ledgerMore");
        QVERIFY(more->isVisible());
        more->click();
        QCOMPARE(m_asked.last().offset, 500);
        QTRY_COMPARE(m_panel->runs().rowCount(), 1000);
        QVERIFY(count().contains(u"1,000"_s) || count().contains(u"1000"_s));
        m_panel->focusList();
        QTest::keyClick(table(), Qt::Key_End); // its end is near
        QTRY_COMPARE(m_panel->runs().rowCount(), 1200);
        QVERIFY(!more->isVisible());
        QVERIFY(count().startsWith(u"1"_s));
    }

    void aPageThatMovedBringsNoRunTwice()
    {
        m_runs = runs(600);
        start();
        auto newest = run(9000);
        m_runs.prepend(newest); // begun meanwhile: the pages moved by one
        find<QPushButton>("ledgerMore")->click();
        QTRY_COMPARE(m_panel->runs().rowCount(), 600);
    }

    void stopsAtSoManyRows()
    {
        m_runs = runs(LedgerPanel::kMostRows + 600);
        start();
        auto* more = find<QPushButton>("ledgerMore");
        for (int rows = LedgerPanel::kPage; rows < LedgerPanel::kMostRows; rows += LedgerPanel::kPage) {
            QTRY_COMPARE(m_panel->runs().rowCount(), rows);
            more->click();
        }
        QTRY_COMPARE(m_panel->runs().rowCount(), LedgerPanel::kMostRows);
        QTRY_VERIFY(!more->isVisible());
        const qsizetype asked = m_asked.size();
        emit table()->nearEnd();
        QCOMPARE(m_asked.size(), asked);
    }

    void theLastQuestionIsAnsweredAndNoOther()
    {
        m_holds = true;
        start();
        find<QCheckBox>("ledgerFailed")->setChecked(true);
        QCOMPARE(m_open.size(), 2);
        m_open[1].answer(QList{run(3, RunState::Failed)});
        QTRY_COMPARE(m_panel->runs().rowCount(), 1);
        m_open[0].answer(runs(5)); // late
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        QCOMPARE(m_panel->runs().rowCount(), 1);
    }

    void staysWhereItIsWhenRunsCome()
    {
        start();
        m_panel->focusList();
        table()->setCurrentIndex(m_panel->runs().index(4, 0));
        m_runs.prepend(run(9001));
        m_panel->noteChanged();
        m_panel->noteChanged();
        QCOMPARE(m_asked.size(), 1);
        m_clock.advance(std::chrono::seconds(2));
        QCOMPARE(m_asked.size(), 2); // one question for both
        QTRY_COMPARE(m_panel->runs().rowCount(), 31);
        QCOMPARE(table()->currentIndex().row(), 5);
        QCOMPARE(table()->chosenRows(), QList<int>{5});
    }

    void enterShowsARunAndGoesFromACommandToItsRuns()
    {
        start(Page::Commands);
        QSignalSpy shownRun(m_panel.get(), &LedgerPanel::runRequested);
        m_panel->focusList();
        QVERIFY(table()->hasFocus());
        QTest::keyClick(table(), Qt::Key_Down);
        const chat::CommandRecord chosen = m_panel->commands().commands()[1];
        QTest::keyClick(table(), Qt::Key_Return);
        QVERIFY(m_panel->page() == Page::Runs);
        QCOMPARE(m_asked.last().kind, chosen.kind);
        QCOMPARE(m_asked.last().bot, chosen.bot);
        QCOMPARE(m_asked.last().account, chosen.account);
        QTRY_COMPARE(m_panel->runs().rowCount(), 30);
        auto* chip = find<QToolButton>("ledgerCommand");
        QVERIFY(chip->isVisible() && chip->text().contains(chosen.kind));
        m_panel->focusList();
        QTest::keyClick(table(), Qt::Key_Down);
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(shownRun.size(), 1);
        QCOMPARE(shownRun[0][0].value<base::RunId>().text(), u"r1"_s);
        chip->click();
        QVERIFY(m_asked.last().kind.isEmpty());
        QVERIFY(!chip->isVisible());
    }

    void theMenuHasAllThatCanBeDone()
    {
        start();
        QSignalSpy context(m_panel.get(), &LedgerPanel::contextRequested);
        QSignalSpy draft(m_panel.get(), &LedgerPanel::draftRequested);
        const auto press = [&](const QString& name) {
            find<QToolButton>("ledgerMenu")->click();
            auto* menu = m_panel->findChild<QMenu*>(u"ledgerRowMenu"_s);
            QVERIFY(menu);
            for (QAction* action : menu->actions())
                if (action->text() == name) {
                    action->trigger();
                    delete menu;
                    return;
                }
            QFAIL(qPrintable(u"no %1"_s.arg(name)));
        };
        press(u"Show where it was asked"_s);
        QCOMPARE(context.size(), 1);
        QCOMPARE(context[0][1].value<base::MessageId>().text(), u"m0"_s);
        press(u"Write it again"_s);
        QCOMPARE(draft[0][1].toString(), u"hubot deploy api --to staging"_s);
        press(u"Copy the command"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"deploy api --to staging"_s);
        press(u"Only runs of this command"_s);
        QCOMPARE(m_asked.last().kind, u"deploy api"_s);
    }

    void chosenRowsAreCopiedAsATable()
    {
        start();
        m_panel->focusList();
        QTest::keyClick(table(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(table()->chosenRows(), (QList<int>{0, 1}));
        QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        const QStringList lines = data->text().split(u"\r\n"_s, Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[1].contains(u"deploy api --to staging\tdeploy api\t"_s));
        QVERIFY(data->data(u"text/csv"_s).contains("deploy api --to staging,deploy api,"));
    }

    void aFileHasAllThatTheFiltersLeave()
    {
        m_runs = runs(700); // more than are listed
        start();
        find<QCheckBox>("ledgerFailed")->setChecked(true);
        QSignalSpy save(m_panel.get(), &LedgerPanel::saveRequested);
        auto* button = find<QToolButton>("ledgerExport");
        button->click();
        QVERIFY(!button->isEnabled());
        QCOMPARE(m_asked.last().limit, LedgerPanel::kMostExported);
        QVERIFY(m_asked.last().failedOnly);
        QTRY_COMPARE(save.size(), 1);
        QCOMPARE(save[0][0].toString(), u"runs-2023-11-14.csv"_s.replace(5, 10, QDateTime::fromMSecsSinceEpoch(kNowMs).toString(u"yyyy-MM-dd"_s)));
        QCOMPARE(save[0][1].toByteArray().count("\r\n"), 701);
        QVERIFY(button->isEnabled());
        m_panel->setPage(Page::Commands);
        QTRY_COMPARE(m_panel->commands().rowCount(), 12);
        button->click();
        QTRY_COMPARE(save.size(), 2);
        QVERIFY(save[1][0].toString().startsWith(u"commands-"_s));
        QVERIFY(save[1][1].toByteArray().startsWith("command,bot,"));
    }

    void saysWhatIsNotThere()
    {
        m_runs.clear();
        start();
        QTRY_VERIFY(empty()->isVisible() && empty()->accessibleName().startsWith(u"Everybody's runs"_s));
        QVERIFY(!find<QToolButton>("ledgerExport")->isEnabled());
        find<QCheckBox>("ledgerFailed")->setChecked(true);
        QTRY_VERIFY(empty()->accessibleName().contains(u"filters"_s));
        m_runs = runs(2);
        empty()->findChild<QPushButton*>()->click(); // takes them away
        QVERIFY(!m_asked.last().failedOnly);
        QTRY_VERIFY(table()->isVisible());
        QVERIFY(!empty()->isVisible());
    }

    void anErrorIsSaidAndTriedAgain()
    {
        m_error = base::Error{base::ErrorKind::Storage, u"disk"_s, 0};
        start();
        auto* button = empty()->findChild<QPushButton*>();
        QTRY_VERIFY(button->isVisible());
        m_error.reset();
        button->click();
        QTRY_COMPARE(m_panel->runs().rowCount(), 30);
        m_error = base::Error{base::ErrorKind::Storage, u"disk"_s, 0};
        find<QCheckBox>("ledgerFailed")->setChecked(true);
        QTRY_VERIFY(!count().startsWith(u"30"_s) && !count().isEmpty()); // what was listed stays
        QVERIFY(table()->isVisible());
    }

    void everythingIsReachedByKeys()
    {
        start();
        auto* field = find<QLineEdit>("ledgerText");
        field->setFocus();
        QTest::keyClick(field, Qt::Key_Down);
        QVERIFY(table()->hasFocus());
        QTest::keyClick(table(), Qt::Key_Up);
        QVERIFY(field->hasFocus());
        auto* pages = find<QTabBar>("ledgerPages");
        pages->setFocus();
        QTest::keyClick(pages, Qt::Key_Left);
        QVERIFY(m_panel->page() == Page::Commands);
        QTRY_VERIFY(table()->isVisible());
        QSet<QWidget*> reached;
        for (QWidget* next = pages->nextInFocusChain(); next != pages; next = next->nextInFocusChain())
            if (next->isVisible() && next->focusPolicy() & Qt::TabFocus)
                reached.insert(next);
        for (const char* name : {"ledgerExport", "ledgerMenu", "ledgerText", "ledgerSince", "ledgerRoom", "ledgerFailed", "ledgerCommands"})
            QVERIFY2(reached.contains(find<QWidget>(name)), name);
        QSignalSpy closed(m_panel.get(), &LedgerPanel::closeRequested);
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(closed.size(), 1);
    }

    void columnsLeaveOneAfterTheOther()
    {
        start();
        const auto isShown = [&](int column) { return !table()->header()->isSectionHidden(column); };
        m_panel->resize(1400, 600);
        for (int column = 0; column <= RunModel::Exit; ++column)
            QVERIFY(isShown(column));
        QVERIFY(!table()->isCards());
        bool environmentLeftFirst = false;
        for (int width = 1400; width >= 320; width -= 20) {
            m_panel->resize(width, 600);
            QCoreApplication::processEvents();
            environmentLeftFirst |= !table()->isCards() && !isShown(RunModel::Environment) && isShown(RunModel::Exit) && isShown(RunModel::Room);
            int used = 0;
            for (int column = 0; column <= RunModel::Exit; ++column)
                used += isShown(column) ? table()->header()->sectionSize(column) : 0;
            QCOMPARE(used, table()->viewport()->width()); // nothing is cut, nothing is left over
        }
        QVERIFY(environmentLeftFirst);
        QVERIFY(table()->isCards());
        const QString spoken = shown(3, 0);
        for (const QString& word : {u"migrate users"_s, u"failed"_s, u"exit 2"_s, u"dora"_s, u"#ops"_s, u"1:34"_s})
            QVERIFY2(spoken.contains(word), qPrintable(spoken));
    }

    void speaksToScreenReaders()
    {
        start();
        QCOMPARE(table()->model()->index(3, RunModel::State).data(Qt::AccessibleTextRole).toString(), u"State: failed"_s);
        for (const char* name :
            {"ledgerPages", "ledgerExport", "ledgerMenu", "ledgerText", "ledgerSince", "ledgerRoom", "ledgerRuns", "ledgerCommands"})
            QVERIFY2(!find<QWidget>(name)->accessibleName().isEmpty(), name);
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(table());
        QVERIFY(spoken && spoken->tableInterface());
        QCOMPARE(spoken->tableInterface()->rowCount(), 30);
    }
};

QTEST_MAIN(TestLedgerView)
#include "tst_ledgerview.moc"
