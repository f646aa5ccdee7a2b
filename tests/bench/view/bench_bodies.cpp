// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How soon a screen of each format is shown, and whether the largest ones stall the interface, as JSON lines.
#include "consoleview/consoleview.h"
#include "consoleview/linesbody.h"
#include "kit/theme.h"
#include "output.h"
#include "paints.h"
#include "report.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace ridealong;
using bench::runUntil;
using console::Format;

namespace {

constexpr qint64 kLargeBytes = 100 << 20;
constexpr int kCellRows = 100'000;

struct Shown
{
    Shown() : paints(view.viewport())
    {
        view.resize(590, 780); // as docked
        view.show();
    }
    base::RunId add(const QString& command, const QByteArray& output)
    {
        chat::RunReport report;
        report.run = base::RunId(command);
        report.command = command;
        report.state = chat::RunState::Running;
        report.startedAtMs = clock.nowMs();
        report.revision = 1;
        console.apply(report);
        bench::appendAll(console, report.run, output);
        view.setBodyView(report.run, consoleview::BodyView::Raw);
        report.state = chat::RunState::Succeeded;
        report.outputBytes = output.size();
        report.revision = 2;
        console.apply(report);
        const auto lines = console.find(report.run)->lines;
        runUntil([&] { return lines->committedCount() == lines->lineCount(); });
        for (int i = 0; i < 50; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        return report.run;
    }
    bool isText(const base::RunId& run) const
    {
        const auto* body = view.bodyOf(run);
        return !body || view.bodyView(run) == consoleview::BodyView::Raw || body == text;
    }

    base::SystemClock clock;
    kit::Theme theme;
    console::Console console;
    consoleview::ConsoleView view{console, theme, clock};
    bench::Paints paints;
    const consoleview::Body* text = nullptr;
};

QByteArray repeated(const QByteArray& piece, int times, const QByteArray& before = {}, const QByteArray& after = {})
{
    return before + piece.repeated(times) + after;
}

/// From the choice to the painted screen.
void firstPaint(const QString& name, Format format, const QByteArray& output)
{
    std::vector<double> times;
    for (int round = 0; round < 9; ++round) {
        Shown shown;
        const auto run = shown.add(u"run"_s, output);
        shown.view.showRun(run);
        (void)shown.view.grab();
        QElapsedTimer time;
        time.start();
        shown.view.showAs(run, format);
        (void)shown.view.grab();
        times.push_back(double(time.nsecsElapsed()) / 1e6);
    }
    bench::print({u"body-"_s + name, u"a screen of "_s + name + u", from the choice to painted, median"_s, bench::median(times), u"ms"_s, 5});
}

/// Of this thread: what others on the machine do is not in it.
double busyMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// The longest that the event loop was busy in one go, from the choice until it is shown; the longest that it was away for whatever reason; and how
/// long all of it took.
void stall(const QString& name, Format format, const QByteArray& output, bool* wasMade)
{
    Shown shown;
    const auto run = shown.add(u"run"_s, output);
    shown.view.showRun(run);
    (void)shown.view.grab();
    double longest = 0, busiest = 0, busy = busyMs();
    QElapsedTimer beat, all;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        longest = std::max(longest, double(beat.nsecsElapsed()) / 1e6);
        busiest = std::max(busiest, busyMs() - busy);
        busy = busyMs();
        beat.restart();
    });
    timer.start(0);
    beat.start();
    all.start();
    shown.view.showAs(run, format);
    shown.text = shown.view.bodyOf(run);
    runUntil([&] { return !shown.isText(run) || all.elapsed() > 60'000; });
    *wasMade = !shown.isText(run);
    const double whole = double(all.nsecsElapsed()) / 1e6;
    for (int i = 0; i < 50; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    bench::print({u"body-busy-"_s + name, name + u": the event loop busy in one go until it is shown, longest"_s, busiest, u"ms"_s, 8});
    bench::print({u"body-away-"_s + name, name + u": the event loop away for whatever reason, longest"_s, longest, u"ms"_s, {}});
    bench::print({u"body-ready-"_s + name, name + u": from the choice until it is shown"_s, whole, u"ms"_s, {}});
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QByteArray object = " {\"id\": 17, \"name\": \"vmax1\", \"tags\": [\"a\", \"b\"], \"busy\": true, \"note\": null},\n";
    const QByteArray logLine = "2026-11-24T09:00:01.120Z INFO  request handled latency=12ms path=/a/path\n";
    firstPaint(u"JSON"_s, Format::Json, repeated(object, 300, "[\n", " {}\n]\n"));
    firstPaint(u"YAML"_s, Format::Yaml, QByteArray("- name: web\n  ports: [80, 443]\n  labels:\n    app: web\n").repeated(200));
    firstPaint(u"Table"_s, Format::Table, repeated("vmax1    62.1   12 ms    ok\n", 500, "HOST     CPU %  LATENCY  STATE\n"));
    firstPaint(u"Diff"_s, Format::Diff,
        repeated("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a line of it\n-the old line of it\n+the new line of it\n end\n", 100));
    firstPaint(u"Log"_s, Format::Log, logLine.repeated(400));
    firstPaint(u"Stack trace"_s, Format::StackTrace,
        repeated("  File \"/srv/app/main.py\", line 12, in run\n    run()\n", 300, "Traceback (most recent call last):\n", "ValueError: x\n"));
    firstPaint(u"Markdown"_s, Format::Markdown, QByteArray("## Head\n\nSome *words* and `code` of it.\n\n- one\n- two\n\n").repeated(100));
    firstPaint(u"Code"_s, Format::Code, QByteArray("def run(word):\n    return word + 1\n").repeated(400));
    bool all = true, made = false;
    stall(u"JSON of 100 MB"_s, Format::Json, repeated(object, int(kLargeBytes / object.size()), "[\n", " {}\n]\n"), &made);
    all = all && made;
    stall(u"Table of a million cells"_s, Format::Table,
        repeated("1\tvmax1\t62.1\t12\t4\t5\t6\t7\t8\tok\n", kCellRows, "n\thost\tcpu\tlatency\ta\tb\tc\td\te\tstate\n"), &made);
    all = all && made;
    stall(u"Log of half a million lines"_s, Format::Log, logLine.repeated(500'000), &made);
    all = all && made;
    stall(u"Diff of half a million lines"_s, Format::Diff,
        repeated("@@ -1,3 +1,3 @@\n a line of it\n-the old line of it\n+the new line of it\n end\n", 100'000, "--- a/x\n+++ b/x\n"), &made);
    return all && made ? 0 : 1;
}
