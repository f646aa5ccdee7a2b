// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Four people give 200 commands to a real Hubot and a real Errbot in one room of a real server, and what an observer sees is grouped. The
// truth is what the bots wrote down where nobody sees it. Each room is a process of its own, all at once: most of it is waiting.
// `bench_runs inspircd plain 7` is one of them, `bench_runs inspircd plain 7 55` the same where the 200 commands take 55 s; with a file's
// name behind that what was seen is kept there, as tests/golden/runs/README.md says, and `bench_runs FILE` groups that once more.
#include "report.h"
#include "servers/ejabberd.h"
#include "servers/inspircd.h"
#include "servers/prosody.h"
#include "servers/runrecorder.h"
#include "support/runrecording.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryFile>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace ridealong::tests;

namespace {

/// None of the recordings in tests/golden/runs, on which the numbers of the correlator were found.
constexpr int kSeed = 7;
constexpr int kPatienceMs = 300'000;

struct Stage
{
    std::unique_ptr<Certificates> certificates = std::make_unique<Certificates>();
    std::unique_ptr<TestServer> server;
    std::unique_ptr<RunRoom> room;
    std::unique_ptr<HubotBot> hubot;
    std::unique_ptr<ErrbotBot> errbot;
    QString error;
};

void setIrc(Stage& stage, const HubotBot::Options& asHubot, const ErrbotBot::Options& asErrbot)
{
    auto irc = std::make_unique<InspIrcd>(*stage.certificates);
    stage.error = irc->missing();
    if (stage.error.isEmpty() && !irc->start())
        stage.error = irc->error();
    if (!stage.error.isEmpty())
        return;
    const BotPlace place{.port = irc->plainPort()};
    stage.room = std::make_unique<IrcRunRoom>(irc->plainPort(), place.channel.toUtf8());
    stage.hubot = std::make_unique<HubotBot>(place, asHubot);
    stage.errbot = std::make_unique<ErrbotBot>(place, asErrbot);
    stage.server = std::move(irc);
}

void setXmpp(Stage& stage, std::unique_ptr<XmppServer> xmpp, const HubotBot::Options& asHubot, const ErrbotBot::Options& asErrbot)
{
    stage.error = xmpp->missing();
    if (stage.error.isEmpty() && (!xmpp->start() || !xmpp->makeRoom(u"ops"_s)))
        stage.error = xmpp->error();
    for (const QString& name : RunWorkload::people() + QStringList{u"watcher"_s, u"hubot"_s, u"errbot"_s})
        if (stage.error.isEmpty() && !xmpp->addUser(name, u"pw-"_s + name))
            stage.error = xmpp->error();
    if (!stage.error.isEmpty())
        return;
    stage.room = std::make_unique<XmppRunRoom>(*xmpp);
    stage.hubot = std::make_unique<HubotBot>(XmppSeat(*xmpp, u"hubot"_s, u"pw-hubot"_s), asHubot);
    stage.errbot = std::make_unique<ErrbotBot>(XmppSeat(*xmpp, u"errbot"_s, u"pw-errbot"_s), asErrbot);
    stage.server = std::move(xmpp);
}

int failed(const QString& why)
{
    std::fprintf(stderr, "bench_runs: %s\n", qPrintable(why));
    return 1;
}

/// What was learned in the recorded rooms of another seed: bots are not met for the first time every day.
void learn(RunReplay& replay)
{
    RunReplay before(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots"));
    before.play(readRecording(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/runs/inspircd-plain-2.jsonl"), false));
    const auto learned = before.habits.takeChanged();
    for (auto it = learned.cbegin(); it != learned.cend(); ++it)
        replay.habits.load(it.key(), it.value());
}

void tell(const QString& where, const QString& how, const Grouping& found, double goal)
{
    if (qEnvironmentVariableIsSet("RIDEALONG_MISTAKES"))
        for (const QString& mistake : found.mistakes)
            std::fprintf(stderr, "%s, %s: %s\n", qPrintable(where), qPrintable(how), qPrintable(mistake));
    bench::print({u"runs"_s, u"%1: precision of grouping, %2"_s.arg(where, how), found.precision(), u"share"_s, goal, true, {}, {}});
    bench::print({u"runs"_s, u"%1: recall of grouping, %2"_s.arg(where, how), found.recall(), u"share"_s, goal, true, {}, {}});
}

void group(const QString& where, const QString& file, bool envelope)
{
    const auto recording = readRecording(file, false); // as bots answer that name no message
    RunReplay strangers(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots"));
    tell(where, u"bots met for the first time"_s, strangers.play(recording), envelope ? 1.0 : 0.98);
    if (envelope)
        return;
    RunReplay acquaintances(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots"));
    learn(acquaintances);
    tell(where, u"with what was learned in another room"_s, acquaintances.play(recording), 0.98);
    RunReplay linked(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots"));
    learn(linked);
    tell(where, u"and Hubot names what it answers"_s, linked.play(readRecording(file, true)), 0.98);
}

int measure(const QString& server, bool envelope, quint32 seed, int spanSeconds, const QString& keptAt)
{
    Stage stage;
    const HubotBot::Options asHubot{.workload = true, .runEvents = envelope};
    const ErrbotBot::Options asErrbot{.workload = true, .runEvents = envelope};
    if (server == "inspircd"_L1)
        setIrc(stage, asHubot, asErrbot);
    else if (server == "prosody"_L1)
        setXmpp(stage, std::make_unique<Prosody>(*stage.certificates), asHubot, asErrbot);
    else
        setXmpp(stage, std::make_unique<Ejabberd>(*stage.certificates), asHubot, asErrbot);
    for (const TestServer* bot : {static_cast<const TestServer*>(stage.hubot.get()), static_cast<const TestServer*>(stage.errbot.get())})
        if (stage.error.isEmpty() && bot)
            stage.error = bot->missing();
    if (!stage.error.isEmpty())
        return failed(stage.error);
    RunRecorder recorder(*stage.room, *stage.hubot, *stage.errbot);
    if (!recorder.record(RunWorkload::make(seed, {.spanMs = spanSeconds * 1000})))
        return failed(recorder.error());
    QTemporaryFile file;
    if (!file.open() || file.write(recorder.lines()) < 0 || !file.flush())
        return failed(file.errorString());
    if (!keptAt.isEmpty() && !(QFile::remove(keptAt), file.copy(keptAt)))
        return failed(file.errorString());
    group(server + (envelope ? u" with run events"_s : QString()), file.fileName(), envelope);
    return 0;
}

/// How long the event loop is busy with one message in a busy room.
void measureSpeed()
{
    const auto recording = readRecording(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/runs/inspircd-plain-1.jsonl"), false);
    RunReplay replay(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots"));
    replay.thinksOften = false;
    replay.play({recording.begin(), recording.begin() + 1}); // the room and its people
    std::vector<double> samples;
    for (const ReplayedMessage& one : recording) {
        QElapsedTimer timer;
        timer.start();
        replay.correlator.take(one.message, one.message.text, one.message.timeMs);
        samples.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    bench::print({u"runs"_s, u"a message of a busy room is placed, p99"_s, bench::percentile(samples, 0.99), u"ms"_s, 1.0, false, {}, {}});
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().sliced(1);
    if (arguments.size() >= 3)
        return measure(arguments[0], arguments[1] == "envelope"_L1, arguments[2].toUInt(), arguments.value(3, u"55"_s).toInt(), arguments.value(4));
    if (arguments.size() == 1) {
        group(QFileInfo(arguments[0]).completeBaseName(), arguments[0], false);
        return 0;
    }
    measureSpeed();
    std::vector<std::unique_ptr<QProcess>> rooms;
    for (const QString& server : {u"inspircd"_s, u"prosody"_s, u"ejabberd"_s})
        for (const QString& kind : {u"plain"_s, u"envelope"_s}) {
            rooms.push_back(std::make_unique<QProcess>());
            rooms.back()->setProcessChannelMode(QProcess::ForwardedErrorChannel);
            rooms.back()->start(QCoreApplication::applicationFilePath(), {server, kind, QString::number(kSeed)});
        }
    bool ok = true;
    for (const auto& room : rooms) {
        ok = room->waitForFinished(kPatienceMs) && room->exitCode() == 0 && ok;
        std::fputs(room->readAllStandardOutput().constData(), stdout);
    }
    return ok ? 0 : 1;
}
