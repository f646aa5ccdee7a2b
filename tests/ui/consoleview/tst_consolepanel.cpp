// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/runwindow.h"
#include "consoleview/saveoutput.h"
#include "panelstage.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;
using consoleview::ConsolePanel;
using Stage = tests::PanelStage;
using tests::thousandLines;

class ConsolePanelTest : public QObject
{
    Q_OBJECT

private slots:
    void sendsExactlyWhatStandsThere()
    {
        Stage stage(u"sandbox"_s);
        QSignalSpy run(&stage.panel, &ConsolePanel::runRequested);
        QTest::keyClicks(stage.editor(), u"runner echo \"it's\" -- fine..."_s);
        QTest::keyClick(stage.editor(), Qt::Key_Return);
        QCOMPARE(run.size(), 1);
        QCOMPARE(run.front().front().toString(), u"runner echo \"it's\" -- fine..."_s);
    }

    void doesNotSendNothingNorNowhere()
    {
        Stage stage;
        QSignalSpy run(&stage.panel, &ConsolePanel::runRequested);
        QTest::keyClicks(stage.editor(), u"   "_s);
        QTest::keyClick(stage.editor(), Qt::Key_Return);
        stage.panel.setContext({});
        stage.panel.setText(u"disk"_s);
        QTest::keyClick(stage.editor(), Qt::Key_Return);
        QCOMPARE(run.size(), 0);
    }

    void asksForTheRoomsNameInProduction()
    {
        Stage stage(u"production"_s);
        QSignalSpy run(&stage.panel, &ConsolePanel::runRequested);
        stage.panel.setText(u"drop table"_s);
        stage.panel.setHint({{}, true, chat::Risk::Danger, {}, {}});
        QTest::keyClick(stage.editor(), Qt::Key_Return);
        QCOMPARE(run.size(), 0);
        QVERIFY(stage.confirm()->isAsking());
        auto* field = stage.confirm()->findChild<QLineEdit*>(u"confirmField"_s);
        auto* button = stage.confirm()->findChild<QPushButton*>(u"confirmButton"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTest::keyClicks(field, u"op"_s);
        QVERIFY(!button->isEnabled());
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(run.size(), 0);
        QTest::keyClicks(field, u"s"_s);
        QVERIFY(button->isEnabled());
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(run.size(), 1);
        QCOMPARE(run.front().front().toString(), u"drop table"_s);
        QVERIFY(!stage.confirm()->isAsking());
    }

    void takesTheQuestionBackWhenTheTextChanges()
    {
        Stage stage(u"production"_s);
        stage.panel.setText(u"drop table"_s);
        stage.panel.commandLine()->submit();
        QVERIFY(stage.confirm()->isAsking());
        stage.panel.setText(u"drop everything"_s);
        QVERIFY(!stage.confirm()->isAsking());
    }

    void runsSafeCommandsInProductionAtOnce()
    {
        Stage stage(u"production"_s);
        QSignalSpy run(&stage.panel, &ConsolePanel::runRequested);
        stage.panel.setText(u"disk"_s);
        stage.panel.setHint({{}, true, chat::Risk::Safe, {}, {}});
        stage.panel.commandLine()->submit();
        QCOMPARE(run.size(), 1);
    }

    void asksForAProductionCommandInAnotherRoomToo()
    {
        Stage stage(u"sandbox"_s);
        stage.panel.setText(u"drop"_s);
        stage.panel.setHint({{}, true, chat::Risk::Mutates, u"production"_s, {}});
        QVERIFY(stage.panel.commandLine()->asksFirst());
    }

    void walksThroughTheHistoryAndBackToWhatWasWritten()
    {
        Stage stage;
        stage.panel.setHistory({u"one"_s, u"two"_s});
        QTest::keyClicks(stage.editor(), u"half"_s);
        QTest::keyClick(stage.editor(), Qt::Key_Up);
        QCOMPARE(stage.panel.text(), u"two"_s);
        QTest::keyClick(stage.editor(), Qt::Key_Up);
        QTest::keyClick(stage.editor(), Qt::Key_Up);
        QCOMPARE(stage.panel.text(), u"one"_s);
        QTest::keyClick(stage.editor(), Qt::Key_Down);
        QTest::keyClick(stage.editor(), Qt::Key_Down);
        QCOMPARE(stage.panel.text(), u"half"_s);
    }

    void findsInTheHistoryByCtrlR()
    {
        Stage stage;
        stage.panel.setHistory({u"migrate start a"_s, u"disk"_s, u"migrate start b"_s, u"ps"_s});
        QTest::keyClicks(stage.editor(), u"half"_s);
        QTest::keyClick(stage.editor(), Qt::Key_R, Qt::ControlModifier);
        QVERIFY(stage.editor()->isSearching());
        QTest::keyClicks(stage.editor(), u"migr"_s);
        QCOMPARE(stage.panel.text(), u"migrate start b"_s);
        QTest::keyClick(stage.editor(), Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(stage.panel.text(), u"migrate start a"_s);
        QSignalSpy run(&stage.panel, &ConsolePanel::runRequested);
        QTest::keyClick(stage.editor(), Qt::Key_Return);
        QCOMPARE(run.size(), 0); // found, not run
        QVERIFY(!stage.editor()->isSearching());
        QTest::keyClick(stage.editor(), Qt::Key_R, Qt::ControlModifier);
        QTest::keyClicks(stage.editor(), u"ps"_s);
        QTest::keyClick(stage.editor(), Qt::Key_Escape);
        QCOMPARE(stage.panel.text(), u"migrate start a"_s);
    }

    void neverSendsTheGhost()
    {
        Stage stage;
        QSignalSpy run(&stage.panel, &ConsolePanel::runRequested);
        stage.panel.setText(u"migrate pause"_s);
        stage.panel.setHint({u"‹array›"_s, true, chat::Risk::Safe, {}, {}});
        QTest::keyClick(stage.editor(), Qt::Key_Right);
        QTest::keyClick(stage.editor(), Qt::Key_Return);
        QCOMPARE(run.front().front().toString(), u"migrate pause"_s);
    }

    void keepsPinnedRunsInView()
    {
        Stage stage;
        const auto first = stage.samples.add(stage.samples.report(u"a"_s, u"migrate"_s, RunState::Running, 20), "one\n");
        stage.samples.add(stage.samples.report(u"b"_s, u"other"_s, RunState::Succeeded, 10), "two\n");
        const auto lines = [&] { return stage.panel.findChildren<QAbstractButton*>(u"pinnedRun"_s); };
        auto* strip = stage.panel.findChild<QWidget*>(u"pinnedRuns"_s);
        QVERIFY(!strip->isVisible());
        QSignalSpy changes(&stage.panel, &ConsolePanel::pinsChanged);
        stage.panel.showRun(first);
        QTest::keyClick(stage.panel.view(), Qt::Key_P);
        QVERIFY(strip->isVisible());
        QCOMPARE(changes.size(), 1);
        QCOMPARE(lines().size(), 1);
        QCOMPARE(lines().first()->accessibleName(), u"migrate, running, 1 line(s)"_s);
        auto over = stage.samples.report(u"a"_s, u"migrate"_s, RunState::Failed, 20);
        over.revision = 3;
        stage.console.apply(over);
        QTRY_COMPARE(lines().first()->accessibleName(), u"migrate, failed, 1 line(s)"_s);

        stage.panel.showRun(base::RunId(u"b"_s));
        QTest::keyClick(lines().first(), Qt::Key_Return); // by keyboard alone
        QCOMPARE(stage.panel.view()->currentRun(), first);
        (void)stage.panel.grab();
        QTest::keyClick(lines().first(), Qt::Key_Delete);
        QTRY_VERIFY(lines().isEmpty());
        QVERIFY(!strip->isVisible());

        // As they were stored: one of them comes later, and only so many.
        QList<base::RunId> many{base::RunId(u"later"_s)};
        for (int i = 0; i < 4; ++i)
            many.prepend(base::RunId(u"unknown %1"_s.arg(i)));
        stage.panel.setPins(many);
        QVERIFY(!strip->isVisible());
        const auto later = stage.samples.add(stage.samples.report(u"later"_s, u"later"_s, RunState::Succeeded, 5), "three\n");
        QTRY_COMPARE(lines().size(), 1);
        stage.panel.showRun(first);
        QTest::keyClick(stage.panel.view(), Qt::Key_P);
        QCOMPARE(changes.last().first().value<QList<base::RunId>>().size(), 5);
        QTRY_COMPARE(lines().size(), 2);
        stage.console.remove(later);
        QTRY_COMPARE(lines().size(), 1);
    }

    void opensARunInAWindow()
    {
        Stage stage;
        const auto run = stage.samples.add(stage.samples.report(u"a"_s, u"look"_s, RunState::Running, 20), "one\ntwo\n");
        stage.samples.add(stage.samples.report(u"b"_s, u"other"_s, RunState::Succeeded, 10), "three\n");
        stage.panel.showRun(run);
        stage.panel.view()->setFocus();
        QTest::keyClick(stage.panel.view(), Qt::Key_O);
        auto* window = stage.panel.findChild<consoleview::RunWindow*>();
        QVERIFY(window && window->isVisible() && window->isWindow());
        QCOMPARE(window->view()->blockCount(), 1);
        QCOMPARE(window->view()->runAt(0), run);
        QCOMPARE(window->windowTitle(), u"look — running"_s);
        QTest::keyClick(window->view(), Qt::Key_O); // has one
        QTest::keyClick(stage.panel.view(), Qt::Key_O);
        QCOMPARE(stage.panel.findChildren<consoleview::RunWindow*>().size(), 1);

        QSignalSpy cancel(&stage.panel, &ConsolePanel::cancelRequested);
        QTest::keyClick(window->view(), Qt::Key_C);
        QTRY_COMPARE(cancel.size(), 1);
        auto over = stage.samples.report(u"a"_s, u"look"_s, RunState::Failed, 20);
        over.revision = 3;
        stage.console.apply(over);
        QTRY_COMPARE(window->windowTitle(), u"look — failed"_s);

        QTest::keyClick(window->view(), Qt::Key_F, Qt::ControlModifier);
        auto* line = window->findChild<QLineEdit*>(u"runSearch"_s);
        QTest::keyClicks(line, u"t"_s);
        QTRY_COMPARE(window->findChild<QLabel*>(u"searchPlace"_s)->text(), u"1 of 1"_s); // not what the other run said

        QPointer<consoleview::RunWindow> gone(window);
        QTest::keyClick(line, Qt::Key_Escape); // out of the search first
        QVERIFY(gone && gone->isVisible());
        QTest::keyClick(window->view(), Qt::Key_Escape);
        QTRY_VERIFY(!gone);
        stage.panel.openWindow(base::RunId(u"nobody's"_s));
        QVERIFY(!stage.panel.findChild<consoleview::RunWindow*>());
    }

    void closesTheWindowOfARunThatIsForgotten()
    {
        Stage stage;
        const auto run = stage.samples.add(stage.samples.report(u"a"_s, u"look"_s, RunState::Succeeded, 20), "one\n");
        stage.panel.openWindow(run);
        QPointer<consoleview::RunWindow> window(stage.panel.findChild<consoleview::RunWindow*>());
        QVERIFY(window);
        stage.console.remove(run);
        QTRY_VERIFY(!window);
    }

    void keepsItsPlaceInAnotherLook()
    {
        Stage stage;
        const QByteArray lines = thousandLines(300);
        stage.samples.add(stage.samples.report(u"a"_s, u"look"_s, RunState::Succeeded, 20), lines);
        QTest::keyClicks(stage.panel.findChild<QLineEdit*>(u"consoleSearch"_s), u"needle"_s);
        auto* bar = stage.panel.view()->verticalScrollBar();
        const auto share = [bar] { return double(bar->value()) / (bar->maximum() + bar->pageStep()); };
        QTRY_VERIFY(!stage.panel.view()->isFollowing());
        const double before = share();
        QVERIFY(before > 0.2 && before < 0.3);
        stage.theme.setChoice(kit::ThemeChoice::Light);
        QVERIFY(qAbs(share() - before) < 0.005);
        stage.theme.setScale(1.5);
        QVERIFY(qAbs(share() - before) < 0.01);
        stage.panel.view()->setWrap(false);
        QVERIFY(qAbs(share() - before) < 0.01);
    }

    void showsARunThatAFilterHides()
    {
        Stage stage;
        auto elsewhere = stage.samples.report(u"far"_s, u"far"_s, RunState::Succeeded);
        elsewhere.conversation = base::ConversationId(base::AccountId(u"local"_s), u"prod"_s);
        const auto run = stage.samples.add(elsewhere, "x\n");
        QCOMPARE(stage.panel.view()->blockCount(), 0);
        QVERIFY(stage.panel.showRun(run));
        QCOMPARE(stage.panel.view()->currentRun(), run);
        QCOMPARE(stage.panel.findChild<QToolButton*>(u"roomFilter"_s)->text(), u"All rooms"_s);
    }

    void offersThePaletteWhenThereIsNothing()
    {
        Stage stage;
        QSignalSpy palette(&stage.panel, &ConsolePanel::paletteRequested);
        auto* button = stage.panel.findChild<QPushButton*>(u"openPalette"_s);
        QVERIFY(button->isVisible());
        button->click();
        QCOMPARE(palette.size(), 1);
    }

    void savesAllLinesAndKeepsTheOldFileWhenItCannot()
    {
        Stage stage;
        const auto run
            = stage.samples.add(stage.samples.report(u"s"_s, u"s"_s, RunState::Succeeded), "one\ntwo\n" + QByteArray(70'000, 'x') + "\nend\n");
        QTemporaryDir folder;
        const auto path = folder.filePath(u"out.txt"_s);
        bool done = false;
        consoleview::saveOutput(stage.console.find(run)->lines, path).then(this, [&](const auto& answer) { done = answer.hasValue(); });
        QTRY_VERIFY(done);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "one\ntwo\n" + QByteArray(70'000, 'x') + "\nend\n");
        std::optional<base::ErrorKind> kind;
        consoleview::saveOutput(stage.console.find(run)->lines, folder.filePath(u"no/such/folder"_s)).then(this, [&](const auto& answer) {
            if (!answer)
                kind = answer.error().kind;
        });
        QTRY_VERIFY(kind.has_value());
        QVERIFY(*kind == base::ErrorKind::Storage);
    }
};

QTEST_MAIN(ConsolePanelTest)
#include "tst_consolepanel.moc"
