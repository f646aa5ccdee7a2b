// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How long from exec to a window that shows something, to the one that stays as it is (the last view is there), and what the program holds three
// seconds later: Ridealong, an empty window of the same toolkit and the chat clients installed here, in turns, so that a busy moment of the machine
// hits all alike. The first round only makes profiles and warms caches.
#include "report.h"
#include "window/windowwatcher.h"

#include <QDir>
#include <QFile>

#include <thread>

using namespace Qt::StringLiterals;
using namespace ridealong::bench;
using namespace std::chrono_literals;

namespace {

constexpr int kRounds = 6;
constexpr auto kStill = 300ms;
constexpr double kStartGoalMs = 80;
constexpr double kResidentGoalMb = 60;
constexpr double kProportionalGoalMb = 42;
constexpr double kAnonymousGoalMb = 15;

struct Samples
{
    std::vector<double> startMs;
    std::vector<double> settledMs;
    std::vector<double> resident;
    std::vector<double> proportional;
    std::vector<double> anonymous;
};

std::vector<std::unique_ptr<Program>> programs()
{
    std::vector<std::unique_ptr<Program>> result;
    const QString own = QStringLiteral(RIDEALONG_BIN_DIR "/ridealong");
    const Command commands[] = {
        {u"ridealong"_s, {own, u"--profile"_s, u"%HOME%/profile"_s}, false},
        {u"empty window"_s, {QStringLiteral(RIDEALONG_BIN_DIR "/emptywindow")}, false},
        {u"konversation"_s, {u"konversation"_s}, false},
        {u"hexchat"_s, {u"hexchat"_s, u"--no-auto"_s, u"--cfgdir"_s, u"%HOME%/config/hexchat"_s}, true},
        {u"quassel"_s, {u"quassel"_s, u"--configdir"_s, u"%HOME%/config/quassel"_s}, false},
        {u"nheko"_s, {u"nheko"_s}, false},
    };
    for (const Command& command : commands) {
        if (!command.isInstalled())
            continue;
        result.push_back(std::make_unique<Program>(command));
        // Without this the first window of hexchat is its list of networks.
        if (command.name == "hexchat"_L1) {
            QDir(result.back()->home()).mkpath(u"config/hexchat"_s);
            QFile settings(result.back()->home() + u"/config/hexchat/hexchat.conf"_s);
            if (settings.open(QIODevice::WriteOnly))
                settings.write("gui_slist_skip = 1\n");
        }
    }
    return result;
}

double milliseconds(Moment::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

void measure(WindowWatcher& screen, Program& program, Samples* samples)
{
    screen.drain();
    const Moment begin = program.start();
    const std::optional<WindowWatcher::Painted> painted = screen.waitForPaint(program.pid(), 15s);
    if (!painted) {
        std::fprintf(stderr, "%s showed no window\n", qPrintable(program.name()));
    } else {
        const Moment still = screen.waitUntilStill(*painted, kStill);
        std::this_thread::sleep_for(3s);
        const Memory memory = program.memory();
        if (samples) {
            samples->startMs.push_back(milliseconds(painted->at - begin));
            samples->settledMs.push_back(milliseconds(still - begin));
            samples->resident.push_back(memory.resident);
            samples->proportional.push_back(memory.proportional);
            samples->anonymous.push_back(memory.anonymous);
        }
    }
    program.stop();
}

void report(const QString& id, const QString& quantity, const QString& unit, double goal, const std::vector<std::unique_ptr<Program>>& programs,
    const std::vector<Samples>& samples, std::vector<double> Samples::*member)
{
    Result result{id, quantity, median(samples.front().*member), unit, goal, false, {}, {}};
    bool compared = false;
    for (size_t peer = 1; peer < programs.size(); ++peer) {
        if ((samples[peer].*member).empty())
            continue;
        result.peer = programs[peer]->name();
        result.peerValue = median(samples[peer].*member);
        print(result);
        compared = true;
    }
    if (!compared)
        print(result);
}

} // namespace

int main()
{
    const std::vector<std::unique_ptr<Program>> all = programs();
    // One connection for all rounds: a server that loses its last client begins anew.
    WindowWatcher screen;
    std::vector<Samples> samples(all.size());
    for (int round = 0; round < kRounds; ++round) {
        for (size_t index = 0; index < all.size(); ++index)
            measure(screen, *all[index], round == 0 ? nullptr : &samples[index]);
    }
    if (all.empty() || samples.front().startMs.empty())
        return 1;
    report(u"start"_s, u"exec → first painted window, warm, median"_s, u"ms"_s, kStartGoalMs, all, samples, &Samples::startMs);
    report(u"start"_s, u"exec → the window as it stays, warm, median"_s, u"ms"_s, kStartGoalMs, all, samples, &Samples::settledMs);
    report(u"idle"_s, u"resident memory after 3 s"_s, u"MB"_s, kResidentGoalMb, all, samples, &Samples::resident);
    report(u"idle"_s, u"proportional memory after 3 s"_s, u"MB"_s, kProportionalGoalMb, all, samples, &Samples::proportional);
    report(u"idle"_s, u"anonymous memory after 3 s"_s, u"MB"_s, kAnonymousGoalMb, all, samples, &Samples::anonymous);
    return 0;
}
