// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Every body of the console by key, mouse and search, and as people see it. With RIDEALONG_SHOTS=folder the pictures are kept.
#include "formatsamples.h"
#include "formatstage.h"

#include "consoleview/codebody.h"
#include "consoleview/diffbody.h"
#include "consoleview/logbody.h"
#include "consoleview/markdownbody.h"
#include "consoleview/stackbody.h"
#include "consoleview/tablebody.h"
#include "consoleview/treebody.h"

#include <QAccessible>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>

using consoleview::BodyView;
using consoleview::CopyFormat;
using tests::FormatStage;

class ConsoleFormatsTest : public QObject
{
    Q_OBJECT

private slots:
    void isShownAsWhatItIsAndAsWhatWasChosen()
    {
        FormatStage stage;
        const auto run = stage.show(tests::kJsonSample, Format::Json);
        QCOMPARE(stage.view.shownFormat(run), Format::Json);
        QVERIFY(stage.view.formatsOf(run).contains(Format::Text));
        QVERIFY(stage.view.formatsOf(run).contains(Format::Yaml)); // which JSON is
        QVERIFY(!stage.view.formatsOf(run).contains(Format::Diff));
        stage.view.showAs(run, Format::Yaml);
        QCOMPARE(stage.view.shownFormat(run), Format::Yaml);
        QVERIFY(stage.body<consoleview::TreeBody>());
        stage.press(Qt::Key_T);
        QCOMPARE(stage.view.bodyView(run), BodyView::Raw);
        stage.press(Qt::Key_T);
        QCOMPARE(stage.view.shownFormat(run), Format::Yaml);
        stage.view.showAs(run, Format::Text);
        QCOMPARE(stage.view.bodyView(run), BodyView::Raw);
        QCOMPARE(stage.view.shownFormat(run), Format::Json); // what it is stays a key away
        stage.press(Qt::Key_V);
        const auto* menu = stage.view.findChild<QMenu*>(u"formatMenu"_s);
        QVERIFY(menu && menu->actions().size() == stage.view.formatsOf(run).size() && menu->actions().front()->isChecked());
    }
    void remembersWhatWasChosenWhileAnotherRoomIsShown()
    {
        FormatStage stage;
        const auto run = stage.show(tests::kJsonSample, Format::Json);
        stage.view.showAs(run, Format::Yaml);
        consoleview::RunFilter other;
        other.conversation = base::ConversationId(base::AccountId(u"local"_s), u"other"_s);
        stage.view.setFilter(other);
        stage.view.setFilter({});
        QCOMPARE(stage.view.shownFormat(run), Format::Yaml);
    }
    void saysWhyItStaysText()
    {
        FormatStage stage;
        const auto run = stage.show("{\"a\": 1,\n \"b\": oops}\n", Format::Text);
        const int height = stage.view.rectOf(0).height();
        stage.view.showAs(run, Format::Json);
        (void)stage.view.grab();
        QVERIFY(!stage.body<consoleview::TreeBody>());
        QVERIFY(stage.view.rectOf(0).height() > height); // a note below
        QCOMPARE(stage.view.copyableText(CopyFormat::Text), u"{\"a\": 1,\n \"b\": oops}"_s);
    }

    void goesThroughATreeByKeys()
    {
        FormatStage stage;
        const auto run = stage.show(R"({"host":"vmax1","disks":[{"name":"a","gb":5},{"name":"b","gb":7}],"note":null})", Format::Json);
        QCOMPARE(stage.rows(), 10);
        QCOMPARE(stage.view.cursor(), -1);
        stage.press(Qt::Key_Right);
        QCOMPARE(stage.view.cursor(), 0);
        stage.press(Qt::Key_Down);
        stage.press(Qt::Key_Down);
        QCOMPARE(stage.textAt(2), u"disks: "_s);
        stage.press(Qt::Key_Left); // folds
        QCOMPARE(stage.rows(), 4);
        QVERIFY(stage.said().contains(u"2 item"_s) && stage.said().contains(u"folded"_s));
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Right); // the first of it
        QCOMPARE(stage.view.cursor(), 3);
        stage.press(Qt::Key_Left);
        stage.press(Qt::Key_Left);
        QCOMPARE(stage.view.cursor(), 2); // and up again
        stage.press(Qt::Key_Left, Qt::ShiftModifier);
        stage.press(Qt::Key_Right);
        QCOMPARE(stage.rows(), 6); // all below it was folded, too
        stage.press(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(stage.rows(), 10);
        stage.press(Qt::Key_1);
        QCOMPARE(stage.rows(), 4);
        stage.press(Qt::Key_9);
        QCOMPARE(stage.rows(), 10);
        stage.press(Qt::Key_End);
        QCOMPARE(stage.textAt(stage.view.cursor()), u"note: null"_s);
        stage.press(Qt::Key_Escape);
        QCOMPARE(stage.view.cursor(), -1);
        QVERIFY(!stage.view.isFolded(run));
    }
    void foldsATreeByMouse()
    {
        FormatStage stage;
        stage.show(R"({"list":[1,2,3],"x":"y"})", Format::Json);
        QCOMPARE(stage.rows(), 6);
        stage.click(1, 2.6); // the sign before "list"
        QCOMPARE(stage.rows(), 3);
        QCOMPARE(stage.view.cursor(), 1);
        stage.click(1, 2.6);
        QCOMPARE(stage.rows(), 6);
    }
    void copiesPathAndValueOfANode()
    {
        FormatStage stage;
        stage.show(R"({"items":[{"metadata":{"name":"web\n1"}}]})", Format::Json);
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_End);
        stage.press(Qt::Key_J);
        QCOMPARE(QGuiApplication::clipboard()->text(), u".items[0].metadata.name"_s);
        stage.press(Qt::Key_L);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), u"web\n1"_s);
    }
    void opensWhatHidesAHit()
    {
        FormatStage stage;
        const auto run = stage.show("{\n \"a\": {\n  \"deep\": [1,\n \"needle\"]\n },\n \"b\": 2\n}\n", Format::Json);
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_1);
        QCOMPARE(stage.rows(), 3);
        const console::Console::Hit hit{run, 3, 2, 6};
        stage.view.setHits({hit}, 0);
        stage.view.revealHit(hit);
        QCOMPARE(stage.rows(), 6);
        QCOMPARE(stage.view.bodyView(run), BodyView::Formatted);
        const QImage marked = stage.view.grab().toImage();
        stage.view.setHits({}, -1);
        QVERIFY(stage.view.grab().toImage() != marked);
    }
    void showsATreeAmongWords()
    {
        FormatStage stage;
        const auto run = stage.show("Here you are:\n```json\n{\n  \"a\": 1,\n  \"b\": [2]\n}\n```\n", Format::Json);
        QVERIFY(stage.body<consoleview::TreeBody>());
        QCOMPARE(stage.textAt(1), u"a: 1"_s);
        stage.view.revealHit({run, 4, 8, 1});
        QCOMPARE(stage.view.bodyView(run), BodyView::Formatted);
        stage.view.revealHit({run, 0, 0, 4});
        QCOMPARE(stage.view.bodyView(run), BodyView::Raw); // the words are only there
    }
    void showsAListOfObjectsAsATable()
    {
        FormatStage stage;
        const auto run = stage.show(R"([{"name":"a","gb":5},{"name":"b","gb":7,"on":true}])", Format::Json);
        stage.press(Qt::Key_B);
        QTRY_VERIFY(stage.body<consoleview::TableBody>());
        QCOMPARE(stage.view.copyableText(CopyFormat::Text), u"name\tgb\ton\na\t5\t\nb\t7\ttrue"_s);
        QVERIFY(stage.body<consoleview::TableBody>()->shown().isNumeric(1));
        stage.view.showAs(run, Format::Json);
        QVERIFY(stage.body<consoleview::TreeBody>());
    }
    void readsALargeTreeBesideTheInterface()
    {
        FormatStage stage;
        QByteArray text = "[\n";
        for (int i = 0; i < 20'000; ++i)
            text += " {\"id\": " + QByteArray::number(i) + "},\n";
        text += " {}\n]\n";
        const auto run = stage.show(text, Format::Json);
        const console::Console::Hit hit{run, 15'000, 2, 4};
        stage.view.revealHit(hit);
        QTRY_VERIFY(stage.body<consoleview::TreeBody>());
        QVERIFY(stage.rows() > 20'000); // the hit is shown in what came of it
        QTRY_VERIFY(stage.view.anchor().offset > 14'000 * 10);
        (void)stage.view.grab();
        QVERIFY(stage.view.paintedRows() < 60);
    }
    void filtersTreesAndTablesByLine()
    {
        FormatStage stage;
        stage.show(tests::kJsonSample, Format::Json);
        stage.view.setLineFilter(console::Console::LineFilter{{.pattern = u"cpus"_s}});
        QTRY_COMPARE(stage.view.copyableText(CopyFormat::Text), u"  \"cpus\": 64,"_s);
        stage.view.setLineFilter(std::nullopt);
        (void)stage.view.grab();
        QVERIFY(stage.body<consoleview::TreeBody>());
    }

    void narrowsATableByTyping()
    {
        FormatStage stage;
        stage.show(tests::kTableSample, Format::Table);
        const auto* table = stage.body<consoleview::TableBody>();
        QVERIFY(table && table->shown().count() == 3);
        stage.press(Qt::Key_F);
        auto* field = stage.view.findChild<QLineEdit*>(u"bodyField"_s);
        QVERIFY(field && field->hasFocus());
        QTest::keyClicks(field, u"0.6"_s);
        QCOMPARE(table->shown().count(), 1);
        field->setText(u"state:cop rate:gb"_s);
        QCOMPARE(table->shown().count(), 2);
        field->setText(u"state:gb"_s);
        QCOMPARE(table->shown().count(), 0);
        (void)stage.view.grab();
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(table->shown().count(), 3);
        QVERIFY(stage.view.hasFocus());
    }
    void sortsATableByMouse()
    {
        FormatStage stage;
        stage.show(tests::kTableSample, Format::Table);
        const auto* table = stage.body<consoleview::TableBody>();
        stage.click(0, 28); // RATE
        QCOMPARE(table->shown().order().column, 3);
        QCOMPARE(table->shown().cell(0, 0), u"0116"_s);
        stage.click(0, 28);
        QCOMPARE(table->shown().cell(0, 0), u"0115"_s);
        stage.click(0, 28);
        QCOMPARE(table->shown().order().column, -1);
    }
    void copiesATableAsCsvAndMarkdown()
    {
        console::Table table{{u"a"_s, u"b"_s}, {{u"x,y"_s, u"1"_s}, {u"say \"hi\""_s, u"2|3"_s}}, {false, false}};
        const consoleview::TableRows rows(table);
        QCOMPARE(consoleview::csvText(rows), u"a,b\r\n\"x,y\",1\r\n\"say \"\"hi\"\"\",2|3\r\n"_s);
        QCOMPARE(consoleview::markdownText(rows), u"| a | b |\n| --- | --- |\n| x,y | 1 |\n| say \"hi\" | 2\\|3 |\n"_s);
    }
    void usesAColumnAsArguments()
    {
        FormatStage stage;
        stage.show(tests::kTableSample, Format::Table);
        QSignalSpy asked(&stage.view, &consoleview::ConsoleView::argumentsRequested);
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Right); // the second column
        stage.press(Qt::Key_A);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][1].toStringList(), QStringList({u"copying"_s, u"queued"_s}));
        QVERIFY(stage.said().startsWith(u"LUN: 0114, STATE: copying"_s));
    }
    void plotsAColumnOfNumbers()
    {
        FormatStage stage;
        QByteArray text = "HOST   LATENCY\n";
        for (int i = 0; i < 20; ++i)
            text += "host" + QByteArray::number(i).leftJustified(3) + QByteArray::number(10 + i * 7 % 13) + "\n";
        stage.show(text, Format::Table);
        const int height = stage.view.rectOf(0).height();
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_G);
        QVERIFY(stage.body<consoleview::TableBody>()->isPlotting());
        QVERIFY(stage.view.rectOf(0).height() > height + 80);
        (void)stage.view.grab();
        stage.press(Qt::Key_G);
        QCOMPARE(stage.view.rectOf(0).height(), height);
    }
    void ordersNumbersByWhatTheySay()
    {
        QVERIFY(consoleview::sortValue(u"1.9 GB/s") > consoleview::sortValue(u"512 KB"));
        QVERIFY(consoleview::sortValue(u"2 s") > consoleview::sortValue(u"900 ms"));
        QCOMPARE(consoleview::sortValue(u"-1,234.5"), -1234.5);
        QCOMPARE(consoleview::sortValue(u"62 %"), 62.0);
        QVERIFY(qIsNaN(consoleview::sortValue(u"-")) && qIsNaN(consoleview::sortValue(u"")) && qIsNaN(consoleview::sortValue(u"n/a")));
    }

    void foldsADiffByFile()
    {
        FormatStage stage;
        stage.show(tests::kTwoFilesDiff, Format::Diff);
        QVERIFY(stage.body<consoleview::DiffBody>());
        QCOMPARE(stage.textAt(0), u"etc/app.conf  +4 −3"_s);
        QCOMPARE(stage.textAt(2), u" [server]"_s);
        const qint64 rows = stage.rows();
        stage.click(0, 5); // anywhere on the heading
        QCOMPARE(stage.rows(), rows - 14);
        QCOMPARE(stage.textAt(1), u"README.md  deleted  +0 −2"_s);
        QVERIFY(stage.said().contains(u"4 lines added"_s));
        stage.press(Qt::Key_Right);
        QCOMPARE(stage.rows(), rows);
        stage.press(Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(stage.rows(), 2);
        const console::Console::Hit hit{stage.run, 15, 1, 6}; // "-memory = 512M"
        stage.view.setHits({hit}, 0);
        stage.view.revealHit(hit);
        QCOMPARE(stage.rows(), 15 + 1);
        stage.press(Qt::Key_E);
        QCOMPARE(stage.rows(), rows);
        (void)stage.view.grab();
    }
    void copiesWhatIsSelectedOfADiff()
    {
        FormatStage stage;
        stage.show(tests::kTwoFilesDiff, Format::Diff);
        QVERIFY(stage.view.copyableText(CopyFormat::Text).startsWith(u"diff --git"_s)); // all of it as it came
        stage.view.selectAll();
        QVERIFY(stage.view.copyableText(CopyFormat::Text).startsWith(u"etc/app.conf  +4"_s)); // what is seen
        QVERIFY(stage.view.copyableText(CopyFormat::Markdown).contains(u"```"_s));
    }

    void showsTimesOfALog()
    {
        FormatStage stage;
        stage.show(tests::kServiceLog, Format::Log);
        const auto* log = stage.body<consoleview::LogBody>();
        QVERIFY(log);
        QCOMPARE(stage.rows(), 7); // four say the same
        stage.press(Qt::Key_D);
        QVERIFY(log->times() == consoleview::LogBody::Times::SinceStart);
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Down);
        stage.press(Qt::Key_Down);
        QVERIFY2(stage.said().startsWith(u"+2.88 s, "_s), qPrintable(stage.said()));
        stage.press(Qt::Key_D);
        stage.press(Qt::Key_Down);
        QVERIFY2(stage.said().startsWith(u"+1.25 s, "_s), qPrintable(stage.said()));
        stage.press(Qt::Key_Down);
        QVERIFY(stage.said().endsWith(u"4 times"_s));
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.rows(), 10);
        stage.press(Qt::Key_Left);
        QCOMPARE(stage.rows(), 7);
        const console::Console::Hit hit{stage.run, 6, 30, 5};
        stage.view.revealHit(hit);
        QCOMPARE(stage.rows(), 10);
        (void)stage.view.grab();
    }
    void saysHowLongItWas()
    {
        using consoleview::sinceText;
        QCOMPARE(sinceText(0), u"+0 s"_s);
        QCOMPARE(sinceText(-2'500), u"−2 ms"_s);
        QCOMPARE(sinceText(999), u"+999 µs"_s);
        QCOMPARE(sinceText(59'990'000), u"+59.99 s"_s);
        QCOMPARE(sinceText(125'000'000), u"+2:05"_s);
        QCOMPARE(sinceText(3'725'000'000), u"+1:02:05"_s);
        QVERIFY(sinceText(std::numeric_limits<qint64>::min()).startsWith(u'−'));
    }

    void foldsFramesOfLibraries()
    {
        FormatStage stage;
        stage.show(tests::kPythonTrace, Format::Text);
        stage.view.showAs(stage.run, Format::StackTrace);
        QVERIFY(stage.body<consoleview::StackBody>());
        QCOMPARE(stage.rows(), 8);
        QVERIFY2(stage.textAt(4).contains(u"3 frame"_s) && stage.textAt(4).endsWith(u"in asyncio, flask"_s), qPrintable(stage.textAt(4)));
        stage.click(4, 6);
        QCOMPARE(stage.rows(), 14);
        stage.press(Qt::Key_E);
        stage.press(Qt::Key_E); // opened, whichever way it was
        QSignalSpy opened(&stage.view, &consoleview::ConsoleView::placeRequested);
        stage.click(2, 14); // the underlined file
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][1].toString(), u"/srv/app/main.py"_s);
        QCOMPARE(opened[0][2].toInt(), 12);
        stage.press(Qt::Key_E);
        const console::Console::Hit hit{stage.run, 7, 4, 6};
        stage.view.revealHit(hit);
        QVERIFY(stage.textAt(8).contains(u"return future"_s) || stage.textAt(7).contains(u"future"_s));
    }

    void laysOutMarkdown()
    {
        FormatStage stage;
        stage.show(tests::kNotesMarkdown, Format::Markdown);
        QVERIFY(stage.body<consoleview::MarkdownBody>());
        QCOMPARE(stage.textAt(0), u"Release 2026.11"_s);
        const int height = stage.view.rectOf(0).height();
        stage.view.setZoom(stage.run, 5);
        QVERIFY(stage.view.rectOf(0).height() > height * 5 / 4);
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Down);
        QVERIFY(stage.said().startsWith(u"What changed"_s));
        QVERIFY(stage.view.copyableText(CopyFormat::Text).startsWith(u"# Release"_s)); // as it came
        const console::Console::Hit hit{stage.run, 4, 2, 6};
        stage.view.revealHit(hit);
        QCOMPARE(stage.view.bodyView(stage.run), BodyView::Raw);
    }
    void leavesLongMarkdownAsText()
    {
        const auto lines = [](qint64 bytes) {
            return "# Title\n" + QByteArray("words of it are here again and again\n").repeated(int(bytes / 37 + 1)).left(bytes - 9) + "\n";
        };
        FormatStage stage;
        stage.show(lines(consoleview::MarkdownBody::kMaxBytes), Format::Markdown);
        QTRY_VERIFY(stage.body<consoleview::MarkdownBody>());
        FormatStage longer;
        longer.show(lines(consoleview::MarkdownBody::kMaxBytes + 1), Format::Markdown);
        QVERIFY(!longer.body<consoleview::MarkdownBody>());
    }
    void coloursCodeInItsLanguage()
    {
        FormatStage stage;
        stage.show(tests::kPythonCode, Format::Text);
        stage.view.showAs(stage.run, Format::Code);
        const auto* code = stage.body<consoleview::CodeBody>();
        QVERIFY(code);
        QCOMPARE(code->language(), u"Python"_s);
        QCOMPARE(consoleview::guessedLanguage({"#include <vector>", "int main() {}"}), u"C++"_s);
        QCOMPARE(consoleview::guessedLanguage({"package main", "import (", "func main() {"}), u"Go"_s);
        QCOMPARE(consoleview::guessedLanguage({"nothing", "of the kind"}), QString());
    }
};

QTEST_MAIN(ConsoleFormatsTest)
#include "tst_consoleformats.moc"
