// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/consoleview.h"
#include "consoleview/runwords.h"
#include "kit/theme.h"
#include "samples.h"

#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;
using consoleview::BodyView;
using consoleview::ConsoleView;
using consoleview::CopyFormat;

class ConsoleViewTest : public QObject
{
    Q_OBJECT

private:
    struct Stage
    {
        tests::FakeClock clock;
        kit::Theme theme;
        console::Console console;
        tests::Samples samples{console, clock};
        ConsoleView view{console, theme, clock};

        Stage()
        {
            view.resize(700, 500);
            view.show();
        }
        base::RunId add(const QString& id, int lines, RunState state = RunState::Succeeded)
        {
            return samples.add(samples.report(id, id, state), tests::Samples::numbered(lines));
        }
    };

private slots:
    void showsARunAsSoonAsItIsReported()
    {
        Stage stage;
        QCOMPARE(stage.view.blockCount(), 0);
        stage.add(u"disk"_s, 12);
        QCOMPARE(stage.view.blockCount(), 1);
        QCOMPARE(stage.view.accessibleNameOf(0), u"disk, succeeded, 12 line(s)"_s);
    }

    void saysWhatIsMissingOfAnOutput()
    {
        chat::RunReport report;
        report.state = RunState::Succeeded;
        const auto said = [&](qint64 lines) {
            QStringList texts;
            for (const consoleview::Note& note : consoleview::notes(report, lines, 0))
                texts.append(note.text);
            return texts.join(u'|');
        };
        report.outputBytes = 2'000'000;
        QCOMPARE(said(10), QString());
        report.omittedBytes = 5'000'000; // over the cap
        report.omittedAt = 1'000'000;
        QVERIFY(said(10).startsWith(u"Truncated at"_s));
        report.outputBytes = 0; // too old, or there was no room
        QVERIFY2(said(0).startsWith(u"The output ("_s) && said(0).endsWith(u") was not kept."_s), qPrintable(said(0)));
        QCOMPARE(said(10), QString()); // it is here still
    }

    void hidesWhatTheFilterDoesNotAccept()
    {
        Stage stage;
        stage.add(u"good"_s, 1);
        stage.add(u"bad"_s, 1, RunState::Failed);
        consoleview::RunFilter filter;
        filter.failedOnly = true;
        stage.view.setFilter(filter);
        QCOMPARE(stage.view.blockCount(), 1);
        QCOMPARE(stage.view.runAt(0), base::RunId(u"bad"_s));
        filter.failedOnly = false;
        filter.conversation = base::ConversationId(base::AccountId(u"local"_s), u"other"_s);
        stage.view.setFilter(filter);
        QCOMPARE(stage.view.blockCount(), 0);
    }

    void showsOnlyLinesThatPass()
    {
        using Filter = console::Console::LineFilter;
        Stage stage;
        const auto run = stage.samples.add(stage.samples.report(u"log"_s, u"log"_s, RunState::Running), tests::Samples::numbered(200));
        stage.add(u"ten"_s, 10);
        const int whole = stage.view.rectOf(0).height(), ten = stage.view.rectOf(1).height();
        const int row = (whole - ten) / 190;
        QVERIFY(stage.view.showRun(run));
        stage.view.setLineFilter(Filter{{.pattern = u"9"_s}});
        QTRY_COMPARE(stage.view.copyableText(CopyFormat::Text).count(u'\n') + 1, 38); // of 0 to 199
        const QString shown = stage.view.copyableText(CopyFormat::Text);
        QVERIFY(stage.view.rectOf(0).height() < whole - 150 * row);
        QVERIFY(shown.startsWith(u"line 9\nline 19\nline 29"_s));
        (void)stage.view.grab();
        QTest::keyClick(&stage.view, Qt::Key_A, Qt::ControlModifier);
        QVERIFY(stage.view.hasSelection());
        QCOMPARE(stage.view.copyableText(CopyFormat::Text), shown);

        // What comes is filtered as it comes.
        stage.console.append(run, "line nine\nline 999\n").ignore();
        QTRY_VERIFY(stage.view.copyableText(CopyFormat::Text).endsWith(u"line 199"_s)); // what is selected stays so
        stage.view.setLineFilter(Filter{{.pattern = u"999"_s}, 1});
        QTRY_COMPARE(stage.view.copyableText(CopyFormat::Text), u"line nine\nline 999"_s);
        stage.view.setLineFilter(Filter{{.pattern = u"nowhere"_s}});
        QTRY_COMPARE(stage.view.copyableText(CopyFormat::Text), QString());
        stage.view.setLineFilter(std::nullopt);
        QCOMPARE(stage.view.rectOf(0).height(), whole + 2 * row);
    }

    void heightIsExactByRows()
    {
        Stage stage;
        stage.add(u"ten"_s, 10);
        const int ten = stage.view.rectOf(0).height();
        stage.add(u"thirty"_s, 30);
        const int thirty = stage.view.rectOf(1).height();
        stage.add(u"fifty"_s, 50);
        QCOMPARE(stage.view.rectOf(2).height() - thirty, thirty - ten);
    }

    void paintsOnlyVisibleRowsOfAMillion()
    {
        Stage stage;
        const auto run
            = stage.samples.add(stage.samples.report(u"flood"_s, u"flood"_s, RunState::Succeeded), tests::Samples::numbered(1'000'000, "x"));
        QCOMPARE(stage.console.find(run)->lines->lineCount(), 1'000'000);
        (void)stage.view.grab();
        const int screen = stage.view.paintedRows();
        QVERIFY(screen > 5);
        QVERIFY2(screen <= 60, qPrintable(QString::number(screen)));
        QTest::keyClick(&stage.view, Qt::Key_PageUp);
        QTRY_VERIFY(!stage.view.isFollowing());
        (void)stage.view.grab();
        QVERIFY(stage.view.paintedRows() > 5);
        QVERIFY(stage.view.paintedRows() <= 60);
    }

    void followsTheTailUntilScrolledUp()
    {
        Stage stage;
        auto report = stage.samples.report(u"long"_s, u"long"_s, RunState::Running);
        const auto run = stage.samples.add(report, tests::Samples::numbered(200));
        QVERIFY(stage.view.isFollowing());
        stage.view.scrollToItem(0, 1000);
        QVERIFY(!stage.view.isFollowing());
        QCoreApplication::processEvents(); // the scroll bar takes its room, and the header is laid out anew
        const auto anchor = stage.view.anchor();
        bool done = false;
        stage.console.append(run, tests::Samples::numbered(100)).then(this, [&](const auto&) { done = true; });
        QTRY_VERIFY(done);
        QTRY_COMPARE(stage.console.find(run)->lines->lineCount(), 300);
        QCOMPARE(stage.view.anchor().item, anchor.item);
        QCOMPARE(stage.view.anchor().offset, anchor.offset);
        QTest::keyClick(&stage.view, Qt::Key_End);
        QVERIFY(stage.view.isFollowing());
    }

    void keepsTheTopLineWhenTheWidthChanges()
    {
        Stage stage;
        const QByteArray wide(150, 'w');
        stage.samples.add(stage.samples.report(u"wide"_s, u"wide"_s, RunState::Succeeded), tests::Samples::numbered(500, wide));
        stage.view.scrollToItem(0, 4000);
        const int rowsBefore = stage.view.anchor().offset;
        stage.view.resize(400, 500);
        // The same line needs more rows above it at the smaller width.
        QVERIFY(stage.view.anchor().offset > rowsBefore + 1000);
    }

    void movesSidewaysWhereLinesDoNotWrap()
    {
        Stage stage;
        const auto run = stage.samples.add(stage.samples.report(u"wide"_s, u"wide"_s, RunState::Succeeded), QByteArray(1000, 'x') + "\nshort\n");
        auto* bar = stage.view.horizontalScrollBar();
        stage.view.showRun(run);
        stage.view.setWrap(false);
        QVERIFY(bar->maximum() > 3000);
        QTest::keyClick(&stage.view, Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(bar->value() > 0);
        QTest::keyClick(&stage.view, Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(bar->value(), 0);
        stage.view.revealHit({run, 0, 990, 5}); // beyond the right edge
        QVERIFY(bar->value() > 3000);
        const QImage far = stage.view.grab().toImage();
        bar->setValue(0);
        QVERIFY(stage.view.grab().toImage() != far);
        stage.view.setFolded(run, true);
        QCOMPARE(bar->maximum(), 0);
    }

    void oneBlocksTextCanBeLarger()
    {
        Stage stage;
        const auto first = stage.add(u"first"_s, 400);
        const auto second = stage.add(u"second"_s, 100);
        const int usual = stage.view.rectOf(1).height();
        stage.view.showRun(first);
        stage.view.revealHit({first, 200, 0, 1});
        // Counted from the header, which is above the view.
        const auto topLine = [&] {
            const auto rect = stage.view.rectOf(0);
            return -rect.top() * 400 / rect.height();
        };
        const int top = topLine();
        const int height = stage.view.rectOf(0).height();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&stage.view, Qt::Key_Plus);
        QCOMPARE(stage.view.zoom(first), 3);
        QVERIFY(stage.view.rectOf(0).height() > height * 5 / 4);
        QCOMPARE(stage.view.rectOf(1).height(), usual);
        QVERIFY2(std::abs(topLine() - top) <= 2, qPrintable(u"%1, was %2"_s.arg(topLine()).arg(top))); // where one reads stays in view
        (void)stage.view.grab();
        stage.view.setZoom(second, -100);
        QVERIFY(stage.view.rectOf(1).height() < usual);
        QTest::keyClick(&stage.view, Qt::Key_0);
        QCOMPARE(stage.view.zoom(first), 0);
        QCOMPARE(stage.view.rectOf(0).height(), height);
    }

    void aRunIsAsItWasWhenItComesBack()
    {
        Stage stage;
        const auto good = stage.add(u"good"_s, 3);
        stage.add(u"bad"_s, 3, RunState::Failed);
        stage.view.setFolded(good, true);
        stage.view.setZoom(good, 2);
        consoleview::RunFilter failed;
        failed.failedOnly = true;
        stage.view.setFilter(failed);
        QCOMPARE(stage.view.blockCount(), 1);
        stage.view.setFilter({});
        QCOMPARE(stage.view.blockCount(), 2);
        QVERIFY(stage.view.isFolded(good));
        QCOMPARE(stage.view.zoom(good), 2);
    }

    void foldsAndUnfoldsByKeys()
    {
        Stage stage;
        const auto first = stage.add(u"first"_s, 20);
        const auto second = stage.add(u"second"_s, 20);
        QVERIFY(stage.view.showRun(second));
        QTest::keyClick(&stage.view, Qt::Key_Up);
        QCOMPARE(stage.view.currentRun(), first);
        const int open = stage.view.rectOf(0).height();
        QTest::keyClick(&stage.view, Qt::Key_Left);
        QVERIFY(stage.view.isFolded(first));
        QVERIFY(stage.view.rectOf(0).height() < open / 3);
        QTest::keyClick(&stage.view, Qt::Key_Return);
        QVERIFY(!stage.view.isFolded(first));
        QCOMPARE(stage.view.rectOf(0).height(), open);
        QTest::keyClick(&stage.view, Qt::Key_Down);
        QCOMPARE(stage.view.currentRun(), second);
    }

    void foldsByAClickIntoTheHeader()
    {
        Stage stage;
        const auto run = stage.add(u"disk"_s, 5);
        QTest::mouseClick(stage.view.viewport(), Qt::LeftButton, {}, stage.view.rectOf(0).topLeft() + QPoint(120, 20));
        QVERIFY(stage.view.isFolded(run));
    }

    void asksForThingsByKeysAndDoesNothingItself()
    {
        Stage stage;
        const auto run = stage.add(u"migrate"_s, 3, RunState::Running);
        stage.view.showRun(run);
        QSignalSpy cancel(&stage.view, &ConsoleView::cancelRequested);
        QSignalSpy rerun(&stage.view, &ConsoleView::rerunRequested);
        QSignalSpy context(&stage.view, &ConsoleView::contextRequested);
        QTest::keyClick(&stage.view, Qt::Key_C);
        QTest::keyClick(&stage.view, Qt::Key_R);
        QTest::keyClick(&stage.view, Qt::Key_M);
        QCOMPARE(cancel.size(), 1);
        QCOMPARE(cancel.front().front().value<base::RunId>(), run);
        QCOMPARE(rerun.size(), 1);
        QCOMPARE(context.size(), 1);
        QVERIFY(stage.console.find(run)->report.state == RunState::Running);
    }

    void doesNotCancelWhatHasEnded()
    {
        Stage stage;
        stage.view.showRun(stage.add(u"disk"_s, 3));
        QSignalSpy cancel(&stage.view, &ConsoleView::cancelRequested);
        QTest::keyClick(&stage.view, Qt::Key_C);
        QCOMPARE(cancel.size(), 0);
    }

    void switchesBetweenTableAndRaw()
    {
        Stage stage;
        const auto run = stage.samples.add(stage.samples.report(u"t"_s, u"lun list"_s, RunState::Succeeded), tests::kTableSample);
        QTRY_COMPARE(stage.console.find(run)->format, console::Format::Table);
        stage.view.showRun(run);
        QCOMPARE(stage.view.bodyView(run), BodyView::Formatted);
        QVERIFY(stage.view.copyableText(CopyFormat::Markdown).contains(u"| --- |"_s));
        QTest::keyClick(&stage.view, Qt::Key_T);
        QCOMPARE(stage.view.bodyView(run), BodyView::Raw);
        QVERIFY(stage.view.copyableText(CopyFormat::Markdown).contains(u"```"_s));
    }

    void copiesTextMarkdownAndAnsi()
    {
        Stage stage;
        const auto run = stage.samples.add(
            stage.samples.report(u"c"_s, u"colours"_s, RunState::Succeeded), "\x1b[31mred\x1b[0m plain\n\x1b[1;38;5;208mloud\x1b[0m\n");
        stage.view.showRun(run);
        QCOMPARE(stage.view.copyableText(CopyFormat::Text), u"red plain\nloud"_s);
        QCOMPARE(stage.view.copyableText(CopyFormat::Markdown), u"`colours` · Ana\n\n```\nred plain\nloud\n```"_s);
        const QString html = stage.view.copyableText(CopyFormat::Html);
        QVERIFY2(
            html.startsWith(u"<pre"_s) && html.contains(u">red</span> plain\n<span style=\"color:#ff8700;font-weight:bold;\">loud</span></pre>"_s),
            qPrintable(html));
        QCOMPARE(stage.view.copyableText(CopyFormat::Ansi), u"\x1b[0;31mred\x1b[0m plain\n\x1b[0;1;38;5;208mloud\x1b[0m"_s);
    }

    void htmlOfOutputIsText()
    {
        Stage stage;
        stage.samples.add(
            stage.samples.report(u"evil"_s, u"evil"_s, RunState::Succeeded), "<script>alert(1)</script> & \x1b]8;;https://x.test/\"><b>\x1b\\link\n");
        stage.view.selectAll();
        const QString html = stage.view.copyableText(CopyFormat::Html);
        QVERIFY2(html.contains(u"&lt;script&gt;alert(1)&lt;/script&gt; &amp; "_s) && !html.contains(u"<b>"_s), qPrintable(html));
    }

    void flagsWhatNobodyCanSee()
    {
        QCOMPARE(consoleview::hiddenName(0x202e), u"U+202E right-to-left override"_s);
        QCOMPARE(consoleview::hiddenName(0x115f), u"U+115F"_s);
        const auto hidden = consoleview::hiddenIn("a\xe2\x80\xae"
                                                  "b\xc2\xa0 c\xe6\x97\xa5\xf3\xa0\x80\xa1\xc3\xa4\xe2\x80"); // the end is cut off
        QCOMPARE(hidden.size(), size_t(3));
        QCOMPARE(hidden[0].byte, 1);
        QVERIFY(hidden[1].code == 0xa0 && hidden[2].code == 0xe0021);

        Stage stage;
        const auto run
            = stage.samples.add(stage.samples.report(u"odd"_s, u"odd"_s, RunState::Succeeded), "user\xe2\x80\xae txt.exe\n\xd7\xa9\xd7\x9c\n");
        stage.view.showRun(run);
        const QImage turned = stage.view.grab().toImage();
        QTest::keyClick(&stage.view, Qt::Key_I);
        QVERIFY(stage.view.showsHidden());
        QVERIFY(stage.view.grab().toImage() != turned);
        QTest::keyClick(&stage.view, Qt::Key_I);
        QVERIFY(stage.view.grab().toImage() == turned);
    }

    void selectsByShiftArrowsOverLinesAndBlocks()
    {
        Stage stage;
        const auto first = stage.add(u"first"_s, 2);
        stage.add(u"second"_s, 2);
        stage.view.showRun(first);
        QTest::keyClick(&stage.view, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&stage.view, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(stage.view.copyableText(CopyFormat::Text), u"li"_s);
        QTest::keyClick(&stage.view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(stage.view.copyableText(CopyFormat::Text), u"line 0\nli"_s);
        QTest::keyClick(&stage.view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&stage.view, Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(stage.view.copyableText(CopyFormat::Text), u"> first\nline 0\nline 1\n> second\nline 0"_s);
        QTest::keyClick(&stage.view, Qt::Key_Escape);
        QVERIFY(!stage.view.hasSelection());
    }

    void selectsAWordByDoubleClick()
    {
        Stage stage;
        const auto run = stage.samples.add(stage.samples.report(u"w"_s, u"w"_s, RunState::Succeeded), "path /var/log/app.log end\n");
        stage.view.showRun(run);
        const auto rect = stage.view.rectOf(0);
        QTest::mouseDClick(stage.view.viewport(), Qt::LeftButton, {}, QPoint(24 + 8 * 9, rect.bottom() - 20));
        QCOMPARE(stage.view.copyableText(CopyFormat::Text), u"/var/log/app.log"_s);
    }

    void revealsAHitInAFoldedBlockAndInATable()
    {
        Stage stage;
        const auto far = stage.add(u"far"_s, 2000);
        const auto table = stage.samples.add(stage.samples.report(u"t"_s, u"t"_s, RunState::Succeeded), tests::kTableSample);
        stage.view.setFolded(far, true);
        const console::Console::Hit hit{far, 1000, 0, 4};
        stage.view.setHits({hit}, 0);
        stage.view.revealHit(hit);
        QVERIFY(!stage.view.isFolded(far));
        QVERIFY(!stage.view.isFollowing());
        QCOMPARE(stage.view.anchor().item, 0);
        QVERIFY(stage.view.anchor().offset > 900 * 10);
        QTRY_COMPARE(stage.console.find(table)->format, console::Format::Table);
        (void)stage.view.grab();
        stage.view.revealHit({table, 1, 0, 4});
        QCOMPARE(stage.view.bodyView(table), BodyView::Raw);
    }

    void insertsAnEarlierRunBeforeLaterOnes()
    {
        Stage stage;
        stage.samples.add(stage.samples.report(u"late"_s, u"late"_s, RunState::Succeeded, 10), "a\n");
        stage.samples.add(stage.samples.report(u"early"_s, u"early"_s, RunState::Succeeded, 100), "b\n");
        QCOMPARE(stage.view.runAt(0), base::RunId(u"early"_s));
        QCOMPARE(stage.view.runAt(1), base::RunId(u"late"_s));
    }

    void forgetsARemovedRunAndItsSelection()
    {
        Stage stage;
        const auto run = stage.add(u"gone"_s, 3);
        stage.view.showRun(run);
        stage.view.selectAll();
        stage.console.remove(run);
        QCOMPARE(stage.view.blockCount(), 0);
        QVERIFY(!stage.view.hasSelection());
        QCOMPARE(stage.view.copyableText(CopyFormat::Text), QString());
        (void)stage.view.grab();
    }

    void survivesHostileOutput()
    {
        Stage stage;
        QByteArray hostile;
        for (int i = 0; i < 256; ++i)
            hostile += char(i);
        hostile += QByteArray(70'000, '\xcc') + QByteArray(200'000, 'A')
            + "\n\t\t\ttabs\n\xe2\x80\xae reversed\n\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85\n";
        const auto run = stage.samples.add(stage.samples.report(u"h"_s, QString(5000, u'c'), RunState::Failed), hostile);
        stage.view.showRun(run);
        for (int i = 0; i < 5; ++i) {
            (void)stage.view.grab();
            QTest::keyClick(&stage.view, Qt::Key_PageUp);
        }
        stage.view.setWrap(false);
        (void)stage.view.grab();
        stage.view.selectAll();
        QVERIFY(stage.view.copyableText(CopyFormat::Ansi).size() > 1000);
        stage.view.resize(60, 40);
        (void)stage.view.grab();
    }

    void isAListOfRunsToAScreenReader()
    {
        Stage stage;
        stage.add(u"disk"_s, 12);
        stage.view.showRun(stage.add(u"ps"_s, 1, RunState::Failed));
        auto* list = QAccessible::queryAccessibleInterface(&stage.view);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 2);
        QCOMPARE(list->child(0)->role(), QAccessible::ListItem);
        QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(u"disk, succeeded, 12 line"_s));
        QVERIFY(list->child(1)->state().selected);
        stage.console.remove(base::RunId(u"disk"_s));
        QCOMPARE(list->childCount(), 1);
        QVERIFY(!list->child(1));
        QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(u"ps, failed"_s));
    }

    void ticksWhileARunIsOpenAndStopsAfter()
    {
        Stage stage;
        stage.samples.add(stage.samples.report(u"open"_s, u"open"_s, RunState::Running), {});
        QCOMPARE(stage.clock.pending(), 1);
        auto ended = stage.samples.report(u"open"_s, u"open"_s, RunState::Succeeded);
        ended.revision = 9;
        stage.console.apply(ended);
        stage.clock.advance(std::chrono::seconds(2));
        QCOMPARE(stage.clock.pending(), 0);
    }
};

QTEST_MAIN(ConsoleViewTest)
#include "tst_consoleview.moc"
