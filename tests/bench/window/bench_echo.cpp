// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// From a key press (XTEST) to the first damage on the window: Ridealong's composer, which has the focus at start, beside
// Konsole running cat. Gaps are jittered so that no timer of a program keeps step with the keys.
#include "report.h"
#include "window/windowwatcher.h"

#include <random>
#include <thread>

using namespace Qt::StringLiterals;
using namespace ridealong::bench;
using namespace std::chrono_literals;

namespace {

constexpr int kKeys = 80;
constexpr int kWarmUp = 10; // the first keys load glyphs and lay out for the first time
constexpr double kMedianGoalMs = 1.5;
constexpr double kHighGoalMs = 3;

struct Subject
{
    explicit Subject(const Command& command) : program(command) {}

    Program program;
    ::Window window = 0;
    std::vector<double> milliseconds;
};

bool bringUp(WindowWatcher& screen, Subject& subject)
{
    subject.program.start();
    const std::optional<WindowWatcher::Painted> painted = screen.waitForPaint(subject.program.pid(), 15s);
    if (!painted) {
        std::fprintf(stderr, "%s showed no window\n", qPrintable(subject.program.name()));
        return false;
    }
    subject.window = painted->window;
    return true;
}

void type(WindowWatcher& screen, Subject& subject, int keys, bool count, std::minstd_rand& random)
{
    std::uniform_real_distribution<double> gap(60, 77);
    screen.focus(subject.window);
    std::this_thread::sleep_for(300ms);
    for (int key = 0; key < keys; ++key) {
        screen.drain();
        const Moment pressed = std::chrono::steady_clock::now();
        screen.press(KeySym('a' + key % 26)); // a letter is its own symbol
        const std::optional<Moment> painted = screen.waitForDamage(subject.window, 500ms);
        if (painted && count)
            subject.milliseconds.push_back(std::chrono::duration<double, std::milli>(*painted - pressed).count());
        std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(gap(random)));
    }
}

} // namespace

int main()
{
    WindowWatcher screen;
    std::minstd_rand random(1);
    std::vector<std::unique_ptr<Subject>> subjects;
    const Command commands[] = {
        {u"ridealong"_s, {QStringLiteral(RIDEALONG_BIN_DIR "/ridealong"), u"--profile"_s, u"%HOME%/profile"_s}, false},
        {u"konsole"_s, {u"konsole"_s, u"--nofork"_s, u"-e"_s, u"cat"_s}, false},
    };
    for (const Command& command : commands) {
        if (!command.isInstalled())
            continue;
        auto subject = std::make_unique<Subject>(command);
        if (bringUp(screen, *subject))
            subjects.push_back(std::move(subject));
    }
    std::this_thread::sleep_for(2s); // until neither is busy with its start
    for (const auto& subject : subjects)
        type(screen, *subject, kWarmUp, false, random);
    for (int round = 0; round < 4; ++round) {
        for (const auto& subject : subjects)
            type(screen, *subject, kKeys / 4, true, random);
    }
    // A key that paints nothing within half a second is a failure of the measurement, not a slow key.
    for (const auto& subject : subjects) {
        if (subject->milliseconds.size() * 10 < kKeys * 9) {
            std::fprintf(
                stderr, "%s: %zu of %d keys were answered by paint\n", qPrintable(subject->program.name()), subject->milliseconds.size(), kKeys);
            return 1;
        }
    }
    if (subjects.empty() || subjects.front()->program.name() != "ridealong"_L1)
        return 1;
    for (const double share : {0.5, 0.95}) {
        Result result{u"echo"_s, share < 0.9 ? u"key → paint in the composer, median"_s : u"key → paint in the composer, p95"_s,
            percentile(subjects.front()->milliseconds, share), u"ms"_s, share < 0.9 ? kMedianGoalMs : kHighGoalMs, false, {}, {}};
        if (subjects.size() > 1) {
            result.peer = subjects[1]->program.name();
            result.peerValue = percentile(subjects[1]->milliseconds, share);
        }
        print(result);
    }
    return 0;
}
