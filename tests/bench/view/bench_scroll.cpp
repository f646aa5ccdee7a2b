// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The console's view over a million lines, as JSON lines: how soon a page is turned, another width is right, colours are there, and how soon
// only the lines that match are shown. From the event to when the event loop has painted.
#include "consoleview/consoleview.h"
#include "kit/theme.h"
#include "loglines.h"
#include "output.h"
#include "paints.h"
#include "report.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace ridealong;
using bench::runUntil;

namespace {

constexpr int kLines = 1'000'000;
constexpr QSize kSize{590, 780}; // as docked

struct Shown
{
    Shown() : paints(view.viewport())
    {
        view.resize(kSize);
        view.show();
    }
    /// A run that has ended.
    base::RunId add(const QString& command, const QByteArray& output)
    {
        chat::RunReport report;
        report.run = base::RunId(command);
        report.command = command;
        report.senderName = u"Ana"_s;
        report.state = chat::RunState::Running;
        report.startedAtMs = clock.nowMs();
        report.revision = 1;
        console.apply(report);
        bench::appendAll(console, report.run, output);
        report.state = chat::RunState::Succeeded;
        report.endedAtMs = clock.nowMs();
        report.outputBytes = output.size();
        report.revision = 2;
        console.apply(report);
        return report.run;
    }
    void settle()
    {
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    template <typename Task> double untilPainted(Task task)
    {
        const int before = paints.count;
        QElapsedTimer time;
        time.start();
        task();
        runUntil([&] { return paints.count > before; });
        return double(time.nsecsElapsed()) / 1e6;
    }

    base::SystemClock clock;
    kit::Theme theme;
    console::Console console;
    consoleview::ConsoleView view{console, theme, clock};
    bench::Paints paints;
};

void press(QWidget& widget, int key)
{
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier), up(QEvent::KeyRelease, key, Qt::NoModifier);
    QApplication::sendEvent(&widget, &down);
    QApplication::sendEvent(&widget, &up);
}

void measurePages(Shown& shown)
{
    std::vector<double> times;
    for (int page = 0; page < 200; ++page) {
        times.push_back(shown.untilPainted([&] { press(shown.view, Qt::Key_PageUp); }));
        shown.settle();
    }
    bench::print({u"scroll"_s, u"page up in 1 M lines, key → painted, median"_s, bench::median(times), u"ms"_s, 3.5});
    bench::print({u"scroll"_s, u"page up in 1 M lines, key → painted, p95"_s, bench::percentile(times, 0.95), u"ms"_s, 6});
}

void measureWidths(Shown& shown)
{
    std::vector<double> times;
    for (int i = 0; i < 40; ++i) {
        times.push_back(shown.untilPainted([&] { shown.view.resize(kSize.width() + (i % 2 == 0 ? 37 + i : 0), kSize.height()); }));
        shown.settle();
    }
    bench::print({u"resize"_s, u"1 M lines at another width → painted, bar right, median"_s, bench::median(times), u"ms"_s, 5});
}

void measureFilter(Shown& shown)
{
    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        const QString pattern = u"id=%1"_s.arg(i, 2, 16, QLatin1Char('0'));
        const int before = shown.view.verticalScrollBar()->maximum();
        QElapsedTimer time;
        time.start();
        shown.view.setLineFilter(console::Console::LineFilter{{.pattern = pattern}});
        runUntil(
            [&] { return shown.view.verticalScrollBar()->maximum() != before && shown.view.copyableText(consoleview::CopyFormat::Text).size() > 0; });
        times.push_back(double(time.nsecsElapsed()) / 1e6);
        shown.view.setLineFilter(std::nullopt);
        shown.settle();
    }
    bench::print({u"filter"_s, u"only the matching of 1 M lines → known and placed, median"_s, bench::median(times), u"ms"_s});
}

/// From the first paint of the text to that of its colours.
void measureColours()
{
    std::vector<double> text, colours;
    for (int round = 0; round < 7; ++round) {
        Shown shown;
        QByteArray json = "[\n";
        for (int i = 0; i < 20'000; ++i)
            json += "  {\"lun\": \"" + QByteArray::number(i) + "\", \"state\": \"copied\", \"left\": 198, \"busy\": false},\n";
        json += "  {}\n]\n";
        const base::RunId run = shown.add(u"luns"_s, json);
        runUntil([&] { return shown.console.find(run)->format == console::Format::Json; });
        QElapsedTimer time;
        time.start();
        shown.untilPainted([&] {
            shown.view.showRun(run);
            shown.view.viewport()->update();
        });
        text.push_back(double(time.nsecsElapsed()) / 1e6);
        time.restart();
        const int painted = shown.paints.count;
        runUntil([&] { return shown.paints.count > painted; });
        colours.push_back(double(time.nsecsElapsed()) / 1e6);
    }
    bench::print({u"highlight"_s, u"JSON shown → text painted, median"_s, bench::median(text), u"ms"_s});
    bench::print({u"highlight"_s, u"text painted → its colours painted, median"_s, bench::median(colours), u"ms"_s, 20});
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    {
        Shown shown;
        const base::RunId run = shown.add(u"log"_s, bench::logLines(kLines, true));
        shown.view.showRun(run);
        shown.view.scrollToEnd();
        shown.settle();
        measurePages(shown);
        measureWidths(shown);
        measureFilter(shown);
    }
    measureColours();
    return 0;
}
