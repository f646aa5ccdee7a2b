// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A million lines in the window, as the output of a script in Ridealong's console and in Konsole's history: how fast they are taken, what
// memory they add, from the key that turns a page (XTEST) to the first damage, and the processor time that another width costs.
#include "report.h"
#include "window/windowwatcher.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <X11/keysym.h>

#include <thread>

using namespace Qt::StringLiterals;
using namespace ridealong::bench;
using namespace std::chrono_literals;

namespace {

constexpr int kLines = 1'000'000;
constexpr int kPages = 60;
constexpr int kPagePixels = 100 * 100; ///< painted at once, it is no caret
constexpr double kMedianGoalMs = 3.5;
constexpr double kHighGoalMs = 6;

/// Short ones, so that all of them are less than the hub keeps of one run.
QByteArray lines()
{
    QByteArray text;
    for (int i = 0; i < kLines; ++i)
        text += QByteArray::number(1'000'000 + i) + " INFO worker-" + QByteArray::number(i % 37) + " request done in " + QByteArray::number(i % 900)
            + " ms\n";
    return text;
}

bool writeFile(const QString& path, const QByteArray& bytes, bool executable = false)
{
    QDir().mkpath(path.left(path.lastIndexOf(u'/')));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()
        && (!executable || file.setPermissions(file.permissions() | QFile::ExeOwner | QFile::ExeUser));
}

struct Subject
{
    explicit Subject(const Command& command) : program(command) {}

    Program program;
    WindowWatcher::Painted painted{};
    std::vector<double> pageMs;
    std::vector<double> resizeMs;
    double memoryBefore = 0;
    double memoryAdded = 0;
    double megabytesPerSecond = 0;
};

/// A caret may go on blinking, and what nobody reads is compressed after two seconds.
void waitUntilIdle(const Program& program)
{
    double last = program.processorMs();
    for (int i = 0; i < 40; ++i) {
        std::this_thread::sleep_for(3s);
        const double now = program.processorMs();
        if (now - std::exchange(last, now) < 60)
            return;
    }
}

void turnPages(WindowWatcher& screen, Subject& subject, std::initializer_list<KeySym> modifiers)
{
    for (int page = 0; page < kPages / 3; ++page) {
        screen.drain();
        const Moment pressed = std::chrono::steady_clock::now();
        screen.press(XK_Page_Up, modifiers);
        if (const auto damaged = screen.waitForDamage(subject.painted.window, 500ms, kPagePixels))
            subject.pageMs.push_back(std::chrono::duration<double, std::milli>(*damaged - pressed).count());
        std::this_thread::sleep_for(61ms);
    }
}

/// How fast the lines left the script, by its own clock.
double rateOf(const Program& program)
{
    const auto stamp = [&](const QString& name) {
        QFile file(program.home() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toDouble() / 1e9 : 0.0;
    };
    const double seconds = stamp(u"end"_s) - stamp(u"begin"_s);
    return seconds > 0 ? double(QFileInfo(program.home() + u"/lines"_s).size()) / 1e6 / seconds : 0;
}

void resize(WindowWatcher& screen, Subject& subject, int round)
{
    const double before = subject.program.processorMs();
    screen.resize(subject.painted.window, 1000 + round % 2 * 300, 700);
    std::this_thread::sleep_for(1s);
    subject.resizeMs.push_back(subject.program.processorMs() - before);
}

} // namespace

int main()
{
    WindowWatcher screen;
    const Command own{u"ridealong"_s, {QStringLiteral(RIDEALONG_BIN_DIR "/ridealong"), u"--profile"_s, u"%HOME%/profile"_s}, false};
    const Command peer{u"konsole"_s,
        {u"konsole"_s, u"--nofork"_s, u"--profile"_s, u"long"_s, u"-e"_s, u"sh"_s, u"-c"_s, u"sleep 3; %HOME%/profile/scripts/million; exec cat"_s},
        false};
    std::vector<std::unique_ptr<Subject>> subjects;
    for (const Command& command : {own, peer}) {
        if (!command.isInstalled())
            continue;
        auto subject = std::make_unique<Subject>(command);
        const QString home = subject->program.home();
        const QByteArray folder = QFile::encodeName(home);
        const QByteArray script
            = "#!/bin/sh\n#\n# Description:\n#   Prints a million lines.\n# Commands:\n#   million - Prints them\n# Risk: safe\ndate +%s%N >" + folder
            + "/begin\ncat " + folder + "/lines\ndate +%s%N >" + folder + "/end\n";
        if (!writeFile(home + u"/lines"_s, lines()) || !writeFile(home + u"/profile/scripts/million"_s, script, true)
            || !writeFile(
                home + u"/data/konsole/long.profile"_s, "[General]\nName=long\nParent=FALLBACK/\n[Scrolling]\nHistoryMode=1\nHistorySize=1000000\n"))
            return 1;
        subject->program.start();
        const auto painted = screen.waitForPaint(subject->program.pid(), 15s);
        if (!painted) {
            std::fprintf(stderr, "%s showed no window\n", qPrintable(subject->program.name()));
            continue;
        }
        subject->painted = *painted;
        screen.focus(painted->window);
        std::this_thread::sleep_for(2s);
        subject->memoryBefore = subject->program.memory().resident;
        if (command.name == own.name) {
            for (const char key : QByteArray("runner million"))
                screen.press(key == ' ' ? KeySym(XK_space) : KeySym(key));
            screen.press(XK_Return);
        } else {
            std::this_thread::sleep_for(2s); // it begins by itself
        }
        waitUntilIdle(subject->program); // done with the lines, and with what is done afterwards
        subject->memoryAdded = subject->program.memory().resident - subject->memoryBefore;
        subject->megabytesPerSecond = rateOf(subject->program);
        if (command.name == own.name)
            screen.press(XK_e, {XK_Control_L, XK_Shift_L}); // to the console
        std::this_thread::sleep_for(500ms);
        subjects.push_back(std::move(subject));
    }
    for (int round = 0; round < 3; ++round)
        for (const auto& subject : subjects) {
            screen.focus(subject->painted.window);
            std::this_thread::sleep_for(300ms);
            if (subject->program.name() == own.name)
                turnPages(screen, *subject, {});
            else
                turnPages(screen, *subject, {XK_Shift_L});
            resize(screen, *subject, round);
        }
    for (const auto& subject : subjects)
        if (subject->pageMs.size() * 10 < kPages * 9) {
            std::fprintf(stderr, "%s: %zu of %d pages were painted\n", qPrintable(subject->program.name()), subject->pageMs.size(), kPages);
            return 1;
        }
    if (subjects.empty() || subjects.front()->program.name() != own.name)
        return 1;
    const auto tell = [&](const QString& id, const QString& quantity, std::optional<double> goal, auto value) {
        const QString unit = id == "line-memory"_L1 ? u"MB"_s : id == "ingest-pty"_L1 ? u"MB/s"_s : u"ms"_s;
        Result result{id, quantity, value(*subjects[0]), unit, goal, id == "ingest-pty"_L1, {}, {}};
        if (subjects.size() > 1) {
            result.peer = subjects[1]->program.name();
            result.peerValue = value(*subjects[1]);
        }
        print(result);
    };
    tell(u"ingest-pty"_s, u"1M lines of a script, window live"_s, std::nullopt, [](const Subject& one) { return one.megabytesPerSecond; });
    tell(u"line-memory"_s, u"1M lines in the window: resident, added"_s, std::nullopt, [](const Subject& one) { return one.memoryAdded; });
    tell(u"scroll"_s, u"1M lines in the window: key → page, median"_s, kMedianGoalMs, [](const Subject& one) { return median(one.pageMs); });
    tell(u"scroll"_s, u"1M lines in the window: key → page, p95"_s, kHighGoalMs, [](const Subject& one) { return percentile(one.pageMs, 0.95); });
    tell(u"resize"_s, u"1M lines in the window: processor time for another width"_s, std::nullopt,
        [](const Subject& one) { return median(one.resizeMs); });
    return 0;
}
