// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The ledger in the whole program: a run is in it when it has ended, and leads back to the console.
#include "consoleview/consolepanel.h"
#include "day.h"
#include "ledgerview/celltable.h"
#include "ledgerview/ledgerpanel.h"
#include "support/shots.h"

#include <QDockWidget>
#include <QFile>
#include <QFileDialog>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace ridealong;
using namespace Qt::StringLiterals;
using ledgerview::LedgerPanel;
using tests::Day;
using Dock = window::MainWindow::Dock;

class TestLedgerDock : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private slots:
    void initTestCase()
    {
        tests::useAHubOfItsOwn(m_folder);
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    }

    void aRunThatEndedIsListedAndLeadsToTheConsole()
    {
        Day day(m_folder.filePath(u"profile"_s));
        QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
        LedgerPanel* ledger = day.window().ledger();
        day.press(Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY(ledger->isVisible());
        QTRY_VERIFY(!day.program.workspace().palette().commands().empty());
        emit day.window().console()->runRequested(u"host"_s);
        QTRY_VERIFY_WITH_TIMEOUT(day.newestRun() && day.newestRun()->report.state == chat::RunState::Succeeded, 30'000);
        day.press(Qt::Key_6, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(ledger->commands().rowCount(), 1, 10'000); // it came while the list was in view
        QCOMPARE(ledger->commands().commands()[0].runs, 1);
        ledger->focusList();
        day.press(Qt::Key_Return);
        QVERIFY(ledger->page() == LedgerPanel::Page::Runs);
        QTRY_COMPARE(ledger->runs().rowCount(), 1);
        tests::keepShot(day.window().grab(), u"window-ledger"_s);
        const chat::RunRecord record = ledger->runs().runs()[0];
        QCOMPARE(record.report.command, u"host"_s);
        QCOMPARE(record.report.senderName, u"ana"_s);
        ledger->focusList();
        day.press(Qt::Key_Return);
        QTRY_VERIFY(day.window().console()->view()->isVisible());
        QVERIFY(day.window().console()->view()->hasFocus());

        day.press(Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY(ledger->isVisible());
        ledger->exportCsv();
        QTRY_VERIFY(day.window().findChild<QFileDialog*>());
        const QString path = m_folder.filePath(u"runs.csv"_s);
        emit day.window().findChild<QFileDialog*>()->fileSelected(path);
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count("\r\n"), 2);
    }
};

QTEST_MAIN(TestLedgerDock)
#include "tst_ledgerdock.moc"
