// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The window with its real wiring on a profile and a hub of its own, played by keys.
#include "composer/composer.h"
#include "consoleview/consolepanel.h"
#include "day.h"
#include "paletteview/paletteview.h"
#include "support/fulldisk.h"
#include "window/application.h"
#include "window/singleinstance.h"

#include <QApplication>
#include <QDir>
#include <QDirIterator>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProcess>
#include <QScreen>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using tests::Day;
using namespace Qt::StringLiterals;
using Dock = window::MainWindow::Dock;

namespace {

QString lineText(const console::LineStore& lines, qint64 index)
{
    return QString::fromUtf8(index < lines.committedCount() ? lines.line(index).text : QByteArrayView(lines.tailLine(index).text));
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void aCommandGoesFromThePaletteIntoTheConsole();
    void anEarlyKeyLeadsToItsDock_data();
    void anEarlyKeyLeadsToItsDock();
    void theFirstWindowFitsTheScreen();
    void remembersItsDocksRoomAndUnsentText();
    void staysUsableWhenTheDiskIsFull();
    void saysThatADamagedDatabaseIsKept();
    void saysThatADamagedHubIsKept();
    void saysWhoIsWriting();
    void aSecondInstanceRaisesTheFirst();
    void saysThatAnotherProgramHasTheProfile();
    void everyActionIsInAMenu();

private:
    QString profile() const { return m_folder->filePath(u"profile"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    tests::useAHubOfItsOwn(*m_folder);
}

void TestMainWindow::aCommandGoesFromThePaletteIntoTheConsole()
{
    QVERIFY(QDir().mkpath(profile() + u"/scripts"_s));
    QFile script(profile() + u"/scripts/greet"_s);
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\n# Description:\n#   Greets.\n# Commands:\n#   greet <whom> [--times <number>] - Greets somebody\n# Risk: safe\n"
                 "for i in $(seq \"$3\"); do printf 'hello <%s>\\n' \"$1\"; done\n");
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    script.close();
    Day day(profile());
    QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
    const auto hasGreet = [&] {
        const auto& commands = day.program.workspace().palette().commands();
        return std::any_of(commands.cbegin(), commands.cend(), [](const chat::CommandSpec& spec) { return spec.name == u"greet"_s; });
    };
    QTRY_VERIFY(hasGreet());

    day.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(day.window().palette()->isVisible());
    day.type(u"grt"_s); // fuzzy
    QVERIFY(day.window().palette()->spec());
    QCOMPARE(day.window().palette()->spec()->name, u"greet"_s);
    day.press(Qt::Key_Tab);
    day.type(u"Zoë \"Z\" O'Hara"_s);
    day.press(Qt::Key_Tab);
    day.type(u"3"_s);
    QVERIFY2(day.window().palette()->text().startsWith(u"runner greet "_s), qPrintable(day.window().palette()->text()));
    day.press(Qt::Key_Return);
    QVERIFY(!day.window().palette()->isVisible());

    QTRY_VERIFY_WITH_TIMEOUT(day.newestRun() && day.newestRun()->report.state == chat::RunState::Succeeded, 30'000);
    QTRY_COMPARE(day.newestRun()->lines->lineCount(), 3);
    QCOMPARE(lineText(*day.newestRun()->lines, 2), u"hello <Zoë \"Z\" O'Hara>"_s);
    QTRY_VERIFY(day.window().console()->view()->isVisible());
    QTRY_COMPARE(day.texts().size(), 1); // the conversation beside it has the command
    QVERIFY(day.texts().first().startsWith(u"runner greet"_s));
}

void TestMainWindow::anEarlyKeyLeadsToItsDock_data()
{
    QTest::addColumn<QKeyCombination>("key");
    QTest::addColumn<Dock>("dock");
    QTest::newRow("search") << (Qt::CTRL | Qt::SHIFT | Qt::Key_F) << Dock::Search;
    QTest::newRow("threads") << (Qt::CTRL | Qt::Key_3) << Dock::Threads;
    QTest::newRow("ledger") << (Qt::CTRL | Qt::Key_6) << Dock::Ledger;
}

void TestMainWindow::anEarlyKeyLeadsToItsDock()
{
    QFETCH(QKeyCombination, key);
    QFETCH(Dock, dock);
    QVERIFY(QDir().mkpath(profile()));
    window::Application program(profile());
    window::MainWindow& window = program.mainWindow();
    window.restoreLayout();
    tests::activate(window);
    window.page()->composer()->focusEditor();
    QVERIFY(!window.isComplete()); // as in the first moment of a start
    QTest::keyClick(QApplication::focusWidget(), key.key(), key.keyboardModifiers());
    QVERIFY(window.isComplete());
    QVERIFY2(window.dock(dock)->isAncestorOf(QApplication::focusWidget()), qPrintable(QDebug::toString(QApplication::focusWidget())));
}

void TestMainWindow::theFirstWindowFitsTheScreen()
{
    Day day(profile());
    const QSize screen = day.window().screen()->availableSize();
    QVERIFY(day.window().width() <= screen.width() && day.window().height() <= screen.height());
    QVERIFY2(day.window().minimumHeight() < 600, "docks above each other");
}

void TestMainWindow::remembersItsDocksRoomAndUnsentText()
{
    {
        Day day(profile());
        QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
        QTRY_VERIFY(day.program.workspace().conversations().rowCount() >= 4);
        day.press(Qt::Key_K, Qt::ControlModifier);
        day.type(u"help"_s);
        day.press(Qt::Key_Return);
        QTRY_COMPARE(day.program.workspace().conversation(day.program.wiring().current())->name, u"#help"_s);
        day.press(Qt::Key_L, Qt::ControlModifier);
        day.type(u"not yet sent"_s);
        QCOMPARE(day.window().page()->composer()->text(), u"not yet sent"_s);
        day.window().addDockWidget(Qt::BottomDockWidgetArea, day.window().dock(Dock::Drafts));
        day.window().dock(Dock::Threads)->setFloating(true);
        day.window().dock(Dock::Pairing)->close();
        day.window().close();
    }
    Day day(profile());
    QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
    QTRY_COMPARE(day.program.workspace().conversation(day.program.wiring().current())->name, u"#help"_s);
    QTRY_COMPARE(day.window().page()->composer()->text(), u"not yet sent"_s);
    QCOMPARE(day.window().dockWidgetArea(day.window().dock(Dock::Drafts)), Qt::BottomDockWidgetArea);
    QVERIFY(day.window().dock(Dock::Threads)->isFloating());
    QVERIFY(day.window().dock(Dock::Pairing)->isHidden());
    QVERIFY(day.window().tabifiedDockWidgets(day.window().dock(Dock::Console)).contains(day.window().dock(Dock::Approvals)));
    QVERIFY(day.texts().isEmpty());
    day.press(Qt::Key_5, Qt::ControlModifier); // comes back by its key
    QVERIFY(day.window().dock(Dock::Pairing)->isVisible());
}

void TestMainWindow::staysUsableWhenTheDiskIsFull()
{
    Day day(profile());
    QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
    day.press(Qt::Key_L, Qt::ControlModifier);
    day.type(u"do not lose me"_s);
    {
        tests::FullDisk full;
        day.press(Qt::Key_Return);
        QTRY_VERIFY(!day.notice().isEmpty());
        QTRY_COMPARE(day.window().page()->composer()->text(), u"do not lose me"_s);
    }
    QVERIFY2(day.notice().contains(u"disk"_s), qPrintable(day.notice()));
}

void TestMainWindow::saysThatADamagedDatabaseIsKept()
{
    QVERIFY(QDir().mkpath(profile()));
    QFile file(profile() + u"/ridealong.db"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(20'000, '#'));
    file.close();
    Day day(profile());
    QVERIFY2(day.notice().contains(u"damaged"_s), qPrintable(day.notice()));
    QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
}

void TestMainWindow::saysThatADamagedHubIsKept()
{
    {
        Day day(profile());
        QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
    }
    QDirIterator hubs(m_folder->path(), {u"hub.db"_s}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(hubs.hasNext());
    QFile file(hubs.next());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(20'000, '#'));
    file.close();
    Day day(profile());
    QTRY_VERIFY_WITH_TIMEOUT(day.notice().contains(u"Local workspace's database was damaged"_s), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
}

void TestMainWindow::saysWhoIsWriting()
{
    Day day(profile());
    QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
    chat::PresenceFacet* presence = day.program.workspace().accounts().first()->backend().facets().presence;
    auto* line = day.window().page()->findChild<QLabel*>(u"typing"_s);
    QVERIFY(line);
    const auto writes = [&](const QString& name, bool active) {
        emit presence->typing({day.program.wiring().current(), base::UserId(name), name, active});
    };
    writes(u"ben"_s, true);
    QVERIFY(line->isVisible());
    QCOMPARE(line->text(), u"ben is writing …"_s);
    writes(u"<b>eve</b>"_s, true);
    QCOMPARE(line->text(), u"ben and <b>eve</b> are writing …"_s);
    writes(u"ben"_s, false);
    writes(u"<b>eve</b>"_s, false);
    QVERIFY(!line->isVisible());
    writes(day.program.workspace().accounts().first()->self().user.text(), true);
    QVERIFY(!line->isVisible()); // oneself is no news
}

void TestMainWindow::aSecondInstanceRaisesTheFirst()
{
    Day day(profile());
    QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
    window::SingleInstance instance(profile());
    instance.listen();
    QSignalSpy asked(&instance, &window::SingleInstance::raiseRequested);
    connect(&instance, &window::SingleInstance::raiseRequested, &day.window(), &window::MainWindow::bringToFront);
    day.window().showMinimized();
    QVERIFY(day.window().isMinimized());
    QProcess second;
    QSignalSpy ended(&second, &QProcess::finished);
    second.start(QStringLiteral(RIDEALONG_BIN_DIR) + u"/ridealong"_s, {u"--profile"_s, profile()});
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60'000);
    QCOMPARE(second.exitStatus(), QProcess::NormalExit);
    QCOMPARE(second.exitCode(), 0);
    QTRY_COMPARE(asked.size(), 1);
    QTRY_VERIFY(!day.window().isMinimized());
    QVERIFY(day.window().isVisible());
}

void TestMainWindow::saysThatAnotherProgramHasTheProfile()
{
    Day first(profile());
    Day second(profile());
    QVERIFY2(second.notice().contains(u"profile"_s), qPrintable(second.notice()));
    QVERIFY(second.program.workspace().accounts().isEmpty());
}

void TestMainWindow::everyActionIsInAMenu()
{
    Day day(profile());
    QSet<QAction*> inMenus;
    for (const QAction* menu : day.window().menuBar()->actions())
        for (QAction* action : menu->menu()->actions())
            inMenus.insert(action);
    QHash<QKeySequence, QString> taken;
    for (const kit::ActionSpec& spec : day.window().actionRegistry().specs()) {
        QAction* action = day.window().actionRegistry().find(spec.id);
        QVERIFY2(inMenus.contains(action), qPrintable(spec.id));
        for (const QKeySequence& keys : action->shortcuts()) {
            QVERIFY2(!taken.contains(keys), qPrintable(spec.id + u" and "_s + taken.value(keys)));
            taken.insert(keys, spec.id);
        }
    }
    QVERIFY(inMenus.size() >= 25);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
