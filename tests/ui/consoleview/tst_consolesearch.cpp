// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The console's search line: what it finds, marks and filters.
#include "panelstage.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;
using consoleview::ConsolePanel;
using Stage = tests::PanelStage;
using tests::thousandLines;

class ConsoleSearchTest : public QObject
{
    Q_OBJECT

private slots:
    void findsInCommandsAndOutput()
    {
        Stage stage;
        stage.samples.add(stage.samples.report(u"a"_s, u"needle in the command"_s, RunState::Succeeded, 20), "nothing\n");
        stage.samples.add(stage.samples.report(u"b"_s, u"other"_s, RunState::Succeeded, 10), "hay\nneedle\nhay needle\n");
        auto* field = stage.panel.findChild<QLineEdit*>(u"consoleSearch"_s);
        QTest::keyClicks(field, u"needle"_s);
        const auto count = [&] {
            for (auto* label : stage.panel.findChildren<QLabel*>())
                if (label->text().contains(u" of "_s))
                    return label->text();
            return QString();
        };
        QTRY_COMPARE(count(), u"3 of 3"_s);
        QCOMPARE(stage.panel.view()->currentRun(), base::RunId(u"b"_s));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(count(), u"1 of 3"_s);
        QCOMPARE(stage.panel.view()->currentRun(), base::RunId(u"a"_s));
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(count(), u"3 of 3"_s);
    }

    void findsAsItIsToldTo()
    {
        Stage stage;
        stage.samples.add(stage.samples.report(u"a"_s, u"first"_s, RunState::Succeeded, 20), "Host hosts host\n(open\n");
        auto* field = stage.panel.findChild<QLineEdit*>(u"consoleSearch"_s);
        auto* place = stage.panel.findChild<QLabel*>(u"searchPlace"_s);
        QVERIFY(place->text().isEmpty()); // nothing is searched for
        QTest::keyClicks(field, u"host"_s);
        QVERIFY(place->isVisible());
        QTRY_COMPARE(place->text(), u"3 of 3"_s);
        QTest::keyClick(field, Qt::Key_W, Qt::AltModifier);
        QTRY_COMPARE(place->text(), u"2 of 2"_s);
        QTest::keyClick(field, Qt::Key_C, Qt::AltModifier);
        QTRY_COMPARE(place->text(), u"1 of 1"_s);
        QTest::keyClick(field, Qt::Key_W, Qt::AltModifier);
        QTest::keyClick(field, Qt::Key_R, Qt::AltModifier);
        QVERIFY(stage.panel.findChild<QToolButton*>(u"searchRegex"_s)->isChecked());
        QCOMPARE(field->text(), u"host"_s); // the keys wrote nothing
        field->setText(u"[Hh]ost\\b"_s);
        QTRY_COMPARE(place->text(), u"2 of 2"_s);
        field->setText(u"(open"_s);
        QTRY_VERIFY2(place->text().startsWith(u"Not an expression: missing"_s), qPrintable(place->text()));
        QTest::keyClick(field, Qt::Key_R, Qt::AltModifier);
        QTRY_COMPARE(place->text(), u"1 of 1"_s);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!place->isVisible());
    }

    void staysAsNarrowAsItWas()
    {
        Stage stage;
        stage.samples.add(stage.samples.report(u"a"_s, u"log"_s, RunState::Succeeded, 20), tests::kLogSample);
        for (const double scale : {1.0, 2.0}) {
            stage.theme.setScale(scale);
            auto* field = stage.panel.findChild<QLineEdit*>(u"consoleSearch"_s);
            QCoreApplication::processEvents();
            const int before = stage.panel.minimumSizeHint().width();
            QTest::keyClicks(field, u"info"_s);
            QTest::keyClick(field, Qt::Key_L, Qt::AltModifier);
            QCoreApplication::processEvents();
            const auto* level = stage.panel.findChild<QToolButton*>(u"searchLevel"_s);
            stage.panel.resize(before, 400);
            QCoreApplication::processEvents();
            QVERIFY(level->geometry().right() <= level->parentWidget()->width());
            QVERIFY(level->width() >= level->sizeHint().width());
            QVERIFY(stage.panel.minimumSizeHint().width() <= before);
            QTest::keyClick(field, Qt::Key_L, Qt::AltModifier);
            QTest::keyClick(field, Qt::Key_Escape);
        }
    }

    void findsWhatComesMeanwhile()
    {
        Stage stage;
        const auto run = stage.samples.add(stage.samples.report(u"a"_s, u"watch"_s, RunState::Running, 20), "hit one\n");
        auto* field = stage.panel.findChild<QLineEdit*>(u"consoleSearch"_s);
        auto* place = stage.panel.findChild<QLabel*>(u"searchPlace"_s);
        QTest::keyClicks(field, u"hit"_s);
        QTRY_COMPARE(place->text(), u"1 of 1"_s);
        stage.console.append(run, "hit two\nhit three\n").ignore();
        QTRY_COMPARE(place->text(), u"1 of 3"_s); // still there, and not moved to what is new
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(place->text(), u"2 of 3"_s);
        field->setText(u"four"_s);
        QTRY_COMPARE(place->text(), u"No hits"_s);
        stage.console.append(run, "four\n").ignore();
        QTRY_COMPARE(place->text(), u"1 hit(s)"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(place->text(), u"1 of 1"_s);
    }

    void filtersAsItIsToldTo()
    {
        Stage stage;
        stage.samples.add(stage.samples.report(u"a"_s, u"log"_s, RunState::Succeeded, 20), tests::kLogSample);
        auto* field = stage.panel.findChild<QLineEdit*>(u"consoleSearch"_s);
        auto* place = stage.panel.findChild<QLabel*>(u"searchPlace"_s);
        auto* around = stage.panel.findChild<QToolButton*>(u"searchAround"_s);
        auto* level = stage.panel.findChild<QToolButton*>(u"searchLevel"_s);
        const auto shown = [&] { return stage.panel.view()->copyableText(consoleview::CopyFormat::Text).count(u"2026"_s); };
        QVERIFY(stage.panel.showRun(base::RunId(u"a"_s)));
        QCOMPARE(shown(), 5);
        QTest::keyClicks(field, u"i"_s);
        QTest::keyClick(field, Qt::Key_Backspace);
        QTest::keyClicks(field, u"info"_s);
        QTRY_COMPARE(place->text(), u"2 of 2"_s);
        QCOMPARE(shown(), 5); // found, and not filtered
        QVERIFY(!around->isVisible());
        QTest::keyClick(field, Qt::Key_L, Qt::AltModifier);
        QTRY_COMPARE(shown(), 2);
        QVERIFY(around->isVisible());
        around->menu()->actions()[1]->trigger();
        QCOMPARE(around->text(), u"±1"_s);
        QTRY_COMPARE(shown(), 4);
        QTest::keyClick(field, Qt::Key_L, Qt::AltModifier);
        QTRY_COMPARE(shown(), 5);

        level->menu()->actions()[2]->trigger();
        QCOMPARE(level->text(), u"Warnings"_s);
        QTRY_COMPARE(shown(), 2);
        QTRY_COMPARE(place->text(), u"No hits"_s); // those are hidden
        field->clear();
        QVERIFY(level->isVisible()); // lines are hidden, and here it says why
        QTRY_COMPARE(place->text(), QString());
        QCOMPARE(shown(), 2);
        QTest::keyClick(field, Qt::Key_Escape);
        QTRY_COMPARE(shown(), 5);
        QTRY_VERIFY(!level->isVisible());
    }

    void marksHitsOnTheScrollBar()
    {
        Stage stage;
        const QByteArray lines = thousandLines(500);
        stage.samples.add(stage.samples.report(u"a"_s, u"look"_s, RunState::Succeeded, 20), lines);
        auto* bar = stage.panel.view()->verticalScrollBar();
        const auto ticks = [&] {
            QList<int> rows;
            const QImage image = bar->grab().toImage();
            for (int y = 0; y < image.height(); ++y)
                if (image.pixelColor(bar->width() / 2, y) == stage.theme.color(kit::Token::Warning))
                    rows += y;
            return rows;
        };
        QVERIFY(ticks().isEmpty());
        QTest::keyClicks(stage.panel.findChild<QLineEdit*>(u"consoleSearch"_s), u"needle"_s);
        QTRY_COMPARE(ticks().size(), 2); // one tick, two pixels high
        QVERIFY2(qAbs(ticks().front() - bar->height() / 2) < bar->height() / 10, qPrintable(QString::number(ticks().front())));
        stage.samples.add(stage.samples.report(u"b"_s, u"later"_s, RunState::Succeeded, 10), lines);
        QTRY_VERIFY2(!ticks().isEmpty() && ticks().front() < bar->height() * 2 / 5,
            qPrintable(u"%1 of %2, %3 blocks"_s.arg(ticks().value(0))
                           .arg(bar->height())
                           .arg(stage.panel.view()->blockCount()))); // it is as far up as there is more below it
    }
};

QTEST_MAIN(ConsoleSearchTest)
#include "tst_consolesearch.moc"
