// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/samecommand.h"
#include "consoleview/compareview.h"
#include "consoleview/comparewindow.h"
#include "kit/emptystate.h"
#include "kit/theme.h"
#include "samples.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;
using consoleview::CompareView;
using consoleview::CompareWindow;
using namespace std::chrono_literals;

namespace {

struct Stage
{
    tests::FakeClock clock;
    kit::Theme theme;
    console::Console console;
    tests::Samples samples{console, clock};
    std::unique_ptr<CompareWindow> window;

    base::RunId add(const QString& id, const QByteArray& output, qint64 secondsAgo, const QString& command = u"disk usage"_s)
    {
        return samples.add(samples.report(id, command, RunState::Succeeded, secondsAgo), output);
    }
    void open(const base::RunId& before, const base::RunId& after)
    {
        window = std::make_unique<CompareWindow>(before, after, console, theme, clock, nullptr);
        window->setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy compared(window.get(), &CompareWindow::compared);
        window->show();
        window->activateWindow();
        [&] { QTRY_COMPARE(compared.size(), 1); }();
    }
    void open(const QByteArray& before, const QByteArray& after) { open(add(u"before"_s, before, 600), add(u"after"_s, after, 60)); }
    CompareView* view() const { return window->view(); }
    QString label(const char* name) const { return window->findChild<QLabel*>(QString::fromLatin1(name))->text(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const { QTest::keyClick(view(), key, modifiers); }
    void append(const base::RunId& run, const QByteArray& bytes)
    {
        bool done = false;
        QObject context;
        console.append(run, bytes).then(&context, [&](const base::Expected<base::Done>&) { done = true; });
        [&] { QTRY_VERIFY(done); }();
    }
};

QByteArray numbered(int count) { return tests::Samples::numbered(count); }

} // namespace

class CompareWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatChanged()
    {
        Stage stage;
        stage.open("same\nport 80\ngone\nend\n", "same\nport 8080\nend\nnew\n");
        QCOMPARE(stage.label("compareSummary"), u"1 changed · 1 removed · 1 added"_s);
        QCOMPARE(stage.window->windowTitle(), u"Comparison of disk usage"_s);
        QCOMPARE(stage.window->focusWidget(), stage.view());
    }

    void goesFromChangeToChangeByKey()
    {
        Stage stage;
        QByteArray after = numbered(300);
        after.replace("line 100\n", "line one hundred\n").replace("line 200\n", "").append("last\n");
        stage.open(numbered(300), after);
        QCOMPARE(stage.view()->changeCount(), 3);
        QCOMPARE(stage.label("comparePlace"), u"1 of 3"_s);
        stage.key(Qt::Key_F7);
        QCOMPARE(stage.label("comparePlace"), u"2 of 3"_s);
        QVERIFY(stage.view()->spokenRow().contains(u"line 200"_s));
        stage.key(Qt::Key_F7);
        stage.key(Qt::Key_F7); // there is no fourth
        QCOMPARE(stage.label("comparePlace"), u"3 of 3"_s);
        stage.key(Qt::Key_F7, Qt::ShiftModifier);
        QCOMPARE(stage.label("comparePlace"), u"2 of 3"_s);
        stage.key(Qt::Key_Down);
        QCOMPARE(stage.label("comparePlace"), u"3 change(s)"_s);
        stage.key(Qt::Key_F7, Qt::ShiftModifier); // back to the one just left
        QCOMPARE(stage.label("comparePlace"), u"2 of 3"_s);
    }

    void foldsWhatIsEqual()
    {
        Stage stage;
        stage.open(numbered(120) + "a\n", numbered(120) + "b\n");
        QCOMPARE(stage.view()->rows().count(), 1 + 3 + 1);
        QCOMPARE(stage.view()->rows().at(0).folded, 117);
        stage.key(Qt::Key_Home);
        QVERIFY(stage.view()->spokenRow().contains(u"117"_s));
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.view()->rows().count(), 121);
        QCOMPARE(stage.view()->currentRow(), 0);
        auto* fold = stage.window->findChild<QCheckBox*>(u"compareFold"_s);
        fold->click(); // all is shown
        fold->click();
        QCOMPARE(stage.view()->rows().count(), 5);
        QTest::mouseClick(stage.view()->viewport(), Qt::LeftButton, {}, stage.view()->rectOf(0).center());
        QCOMPARE(stage.view()->rows().count(), 121);
    }

    void foldsOnlyWhatIsWorthIt()
    {
        for (const int equal : {9, 10}) {
            Stage stage;
            stage.open("x\n" + numbered(equal) + "y\n", numbered(equal));
            QCOMPARE(stage.view()->rows().count(), equal == 9 ? 11 : 9);
        }
    }

    void paintsWhatIsInSight()
    {
        Stage stage;
        stage.open(numbered(20'000), numbered(20'000) + "new\n");
        stage.window->findChild<QCheckBox*>(u"compareFold"_s)->setChecked(false);
        (void)stage.window->grab();
        QVERIFY(stage.view()->paintedRows() > 10);
        QVERIFY(stage.view()->paintedRows() < 100);
        QCOMPARE(stage.view()->rows().count(), 20'001);
        stage.key(Qt::Key_End);
        QCOMPARE(stage.view()->currentRow(), 20'000);
        QCOMPARE(stage.view()->verticalScrollBar()->value(), stage.view()->verticalScrollBar()->maximum());
    }

    void scrollsBothSidesAsFarAsTheWiderGoes()
    {
        Stage stage;
        stage.open("short\n", QByteArray(500, 'x') + '\n');
        const int farthest = stage.view()->horizontalScrollBar()->maximum();
        QVERIFY(farthest > 300 && farthest < 500);
        stage.key(Qt::Key_Right);
        QVERIFY(stage.view()->horizontalScrollBar()->value() > 0);
        (void)stage.window->grab();
    }

    void ignoresWhatItIsTold()
    {
        Stage stage;
        stage.open("took 5 ms\n", "took  7 ms\n");
        QSignalSpy compared(stage.window.get(), &CompareWindow::compared);
        stage.window->findChild<QCheckBox*>(u"compareNumbers"_s)->click();
        QTRY_COMPARE(compared.size(), 1);
        QCOMPARE(stage.label("compareSummary"), u"No difference but in what is ignored"_s);
        stage.window->findChild<QCheckBox*>(u"compareNumbers"_s)->click();
        QTRY_COMPARE(compared.size(), 2);
        QCOMPARE(stage.label("compareSummary"), u"1 changed"_s);
    }

    void saysThatAllIsEqual()
    {
        Stage stage;
        stage.open("a\n", "a\n");
        QCOMPARE(stage.label("compareSummary"), u"No difference"_s);
        QCOMPARE(stage.label("comparePlace"), QString());
        QVERIFY(!stage.window->findChild<QWidget*>(u"compareNext"_s)->isEnabled());
        QVERIFY(!stage.window->findChild<QWidget*>(u"compareCopy"_s)->isEnabled());
        stage.key(Qt::Key_F7);
        stage.key(Qt::Key_F7, Qt::ShiftModifier);
    }

    void saysThatThereIsNothing()
    {
        Stage stage;
        stage.open("", "");
        auto* empty = stage.window->findChild<kit::EmptyState*>();
        QVERIFY(empty->isVisible());
        QCOMPARE(empty->accessibleName(), u"Neither run printed anything."_s);
        stage.key(Qt::Key_Down);
        stage.key(Qt::Key_Return);
    }

    void saysThatNothingCameWhenItIsOver()
    {
        Stage stage;
        auto running = stage.samples.report(u"after"_s, u"disk usage"_s, RunState::Running, 10);
        stage.console.apply(running);
        stage.open(running.run, running.run);
        auto* empty = stage.window->findChild<kit::EmptyState*>();
        QCOMPARE(empty->accessibleName(), u"Neither run has printed anything yet."_s);
        running.state = RunState::Succeeded;
        running.revision = 2;
        stage.console.apply(running);
        QCOMPARE(empty->accessibleName(), u"Neither run printed anything."_s);
    }

    void saysThatItIsTooLarge()
    {
        Stage stage;
        stage.open(QByteArray("x\n").repeated(console::kMaxComparedLines + 1), "x\n");
        auto* empty = stage.window->findChild<kit::EmptyState*>();
        QVERIFY(empty->isVisible());
        QVERIFY(empty->accessibleName().startsWith(u"Too large to compare"_s));
        QCOMPARE(stage.label("compareSummary"), QString());
        stage.key(Qt::Key_F7);
        QTest::keySequence(stage.window.get(), QKeySequence::Copy);
    }

    void copiesAUnifiedDiff()
    {
        Stage stage;
        stage.open("a\nb\n", "a\nc\n");
        QGuiApplication::clipboard()->clear();
        QTest::keySequence(stage.view(), QKeySequence::Copy);
        QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY(text.startsWith(u"--- disk usage "_s));
        QVERIFY(text.endsWith(u"@@ -1,2 +1,2 @@\n a\n-b\n+c\n"_s));
    }

    void comparesAgainWhatGrowsOnceASecondAtMost()
    {
        Stage stage;
        const auto before = stage.add(u"before"_s, "a\nb\n", 600);
        auto running = stage.samples.report(u"after"_s, u"disk usage"_s, RunState::Running, 10);
        stage.console.apply(running);
        stage.append(running.run, "a\n");
        stage.open(before, running.run);
        QCOMPARE(stage.label("compareSummary"), u"1 removed"_s);
        QSignalSpy compared(stage.window.get(), &CompareWindow::compared);
        QSignalSpy output(&stage.console, &console::Console::changed);
        for (const char* piece : {"b\n", "c\n", "d\n"}) {
            output.clear();
            stage.append(running.run, piece);
            QTRY_VERIFY(!output.isEmpty());
        }
        QCOMPARE(stage.window->comparisons(), 1);
        stage.clock.advance(999ms);
        QCOMPARE(stage.window->comparisons(), 1);
        stage.clock.advance(1ms);
        QCOMPARE(stage.window->comparisons(), 2);
        QTRY_COMPARE(compared.size(), 1);
        QCOMPARE(stage.label("compareSummary"), u"2 added"_s);
        stage.clock.advance(10s);
        QCOMPARE(stage.window->comparisons(), 2); // nothing came
    }

    void offersRunsOfTheSameCommandFirst()
    {
        Stage stage;
        stage.add(u"old"_s, "1\n", 900);
        stage.add(u"other"_s, "2\n", 100, u"uptime"_s);
        stage.open("3\n", "4\n");
        auto* left = stage.window->findChild<QComboBox*>(u"compareLeft"_s);
        QStringList offered;
        for (int i = 0; i < left->count(); ++i)
            offered << left->itemData(i).toString();
        QCOMPARE(offered, (QStringList{u"after"_s, u"before"_s, u"old"_s, QString(), u"other"_s}));
        QCOMPARE(left->currentIndex(), 1);
        QSignalSpy compared(stage.window.get(), &CompareWindow::compared);
        left->setFocus();
        QTest::keyClick(left, Qt::Key_Down);
        QTRY_COMPARE(compared.size(), 1);
        QCOMPARE(stage.window->leftRun(), base::RunId(u"old"_s));
        stage.add(u"newest"_s, "5\n", 1);
        stage.clock.advance(1s);
        QCOMPARE(left->itemData(0).toString(), u"newest"_s);
        QCOMPARE(left->currentData().toString(), u"old"_s);
    }

    void closesWithARunThatIsForgotten()
    {
        Stage stage;
        stage.open("a\n", "b\n");
        stage.console.remove(base::RunId(u"before"_s));
        QVERIFY(!stage.window->isVisible());
    }

    void closesByKey()
    {
        Stage stage;
        stage.open("a\n", "b\n");
        stage.key(Qt::Key_Escape);
        QVERIFY(!stage.window->isVisible());
    }

    void findsTheRunBefore()
    {
        Stage stage;
        const auto first = stage.add(u"first"_s, {}, 900);
        auto elsewhere = stage.samples.report(u"elsewhere"_s, u"disk  usage"_s, RunState::Succeeded, 800);
        elsewhere.conversation = base::ConversationId(base::AccountId(u"a"_s), u"b"_s);
        stage.samples.add(elsewhere);
        stage.add(u"other"_s, {}, 700, u"uptime"_s);
        const auto last = stage.add(u"last"_s, {}, 60);
        stage.add(u"later"_s, {}, 10);
        QCOMPARE(console::runBefore(stage.console, last), first);
        QCOMPARE(console::runBefore(stage.console, elsewhere.run), first); // of its own room there is none
        QCOMPARE(console::runBefore(stage.console, first), base::RunId());
        QCOMPARE(console::runBefore(stage.console, base::RunId(u"none"_s)), base::RunId());
    }
};

QTEST_MAIN(CompareWindowTest)
#include "tst_comparewindow.moc"
