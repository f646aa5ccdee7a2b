// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/runnerbot.h"

#include "base/log.h"
#include "run/builtins.h"
#include "run/launch.h"

#include <QDir>
#include <QSaveFile>

#include <csignal>
#include <deque>
#include <map>

namespace ridealong::run {

using namespace Qt::StringLiterals;
using chat::RunState;

namespace {

constexpr auto kGuardedEnvironment = "production"_L1;
constexpr qsizetype kShortestRunPrefix = 3;

/// Ten characters of Crockford's base 32: short enough to be typed after "approve".
base::RunId newRunId(base::Random& random)
{
    static constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    QString id;
    for (quint64 bits = random.next(), left = 10; left > 0; --left, bits >>= 5)
        id += QLatin1Char(kDigits[bits & 31]);
    return base::RunId(id);
}

base::Error notFound(const QString& run) { return {base::ErrorKind::NotFound, u"no run '%1' is open"_s.arg(run), 0}; }

QString nameOf(const chat::Member& member) { return member.name.isEmpty() ? member.user.text() : member.name; }

} // namespace

struct RunnerBot::Data
{
    /// A run that has not ended.
    struct Open
    {
        chat::RunReport report;
        ParsedCommand command;
        std::unique_ptr<PtyProcess> process; // while it runs
        QByteArray awaited; // fingerprint of the script that an approval is about
        QString approval; // "approved by Ana", told until the end
        QString stoppedBecause; // "cancelled by Ana"; the end is told by this, not by the exit code
        RunState stoppedState = RunState::Cancelled;
        bool killed = false; // TERM was not enough
    };

    RunnerBot* q = nullptr;
    chat::BotHost& host;
    scripts::ScriptLibrary& library;
    base::Clock& clock;
    base::Random& random;
    RunnerLimits limits;
    QString workingFolder;
    QString stateFolder;
    std::map<base::RunId, Open> open; // addresses stay
    std::deque<base::RunId> queue; // waiting for a free place
    int running = 0;

    void tell(const Open& run) const { host.report(run.report); }
    Open* find(const base::RunId& run);
    Open* findTyped(const QString& typed, const base::ConversationId& conversation);

    void startOrQueue(Open& run);
    void start(Open& run);
    void startNext();
    void stop(Open& run, RunState state, const QString& because);
    void progressed(const base::RunId& id, const PtyProgress& progress);
    void ended(const base::RunId& id, const PtyEnd& end);
    void endWithoutProcess(Open& run, RunState state, const QString& detail);

    base::Status cancel(Open& run, const chat::Member& by);
    base::Status decide(Open& run, const chat::Member& by, bool approve);
    void beginBuiltin(chat::RunReport report, const ParsedCommand& command);
    QString openRuns(const base::ConversationId& conversation) const;
};

RunnerBot::Data::Open* RunnerBot::Data::find(const base::RunId& run)
{
    const auto found = open.find(run);
    return found == open.end() ? nullptr : &found->second;
}

/// By its id or the beginning of it, in this room only. Null when none or more than one fits.
RunnerBot::Data::Open* RunnerBot::Data::findTyped(const QString& typed, const base::ConversationId& conversation)
{
    Open* match = nullptr;
    for (auto& [id, run] : open) {
        if (run.report.conversation != conversation)
            continue;
        if (id.text() == typed)
            return &run;
        if (typed.size() < kShortestRunPrefix || !id.text().startsWith(typed, Qt::CaseInsensitive))
            continue;
        if (match)
            return nullptr;
        match = &run;
    }
    return match;
}

void RunnerBot::Data::startOrQueue(Open& run)
{
    if (running < limits.concurrent)
        return start(run);
    queue.push_back(run.report.run);
    run.report.state = RunState::Acknowledged;
    run.report.detail = u"waits for a free place (%1 runs at once)"_s.arg(limits.concurrent);
    tell(run);
}

void RunnerBot::Data::start(Open& run)
{
    if (!run.approval.isEmpty() && fingerprint(run.command.script) != run.awaited)
        return endWithoutProcess(run, RunState::Error,
            u"the script %1 changed after it was asked for, so it was not run though %2; ask again"_s.arg(run.command.script.path, run.approval));
    const auto request = launchRequest(run.command, run.report, workingFolder, stateFolder);
    if (!request)
        return endWithoutProcess(run, RunState::Error, request.error().detail);
    ++running;
    const base::RunId id = run.report.run;
    run.process = std::make_unique<PtyProcess>();
    PtyProcess* process = run.process.get();
    QObject::connect(process, &PtyProcess::progressed, q, [this, id](const PtyProgress& progress) { progressed(id, progress); });
    QObject::connect(process, &PtyProcess::ended, q, [this, id](const PtyEnd& end) { ended(id, end); });
    const int seconds = run.command.script.timeLimitSeconds > 0 ? run.command.script.timeLimitSeconds : limits.timeLimitSeconds;
    clock.after(std::chrono::seconds(seconds), process, [this, id, seconds] {
        if (Open* late = find(id))
            stop(*late, RunState::Error, u"over its time limit of %1 s"_s.arg(seconds));
    });
    process->start(*request, host.outputPath(id), {limits.outputBytes, limits.tailBytes});
    run.report.state = RunState::Running;
    run.report.detail = run.approval;
    run.report.startedAtMs = clock.nowMs();
    tell(run);
}

void RunnerBot::Data::startNext()
{
    while (running < limits.concurrent && !queue.empty()) {
        Open* next = find(queue.front());
        queue.pop_front();
        if (!next)
            continue; // cancelled meanwhile
        start(*next);
    }
}

/// TERM, and KILL when that did not help. The first reason counts.
void RunnerBot::Data::stop(Open& run, RunState state, const QString& because)
{
    if (!run.stoppedBecause.isEmpty())
        return;
    run.stoppedBecause = because;
    run.stoppedState = state;
    run.report.detail = because + u", waiting for it to end"_s;
    tell(run);
    run.process->terminate();
    const base::RunId id = run.report.run;
    clock.after(std::chrono::seconds(limits.killAfterSeconds), run.process.get(), [this, id] {
        if (Open* stubborn = find(id)) {
            stubborn->killed = true;
            stubborn->process->kill();
        }
    });
}

void RunnerBot::Data::progressed(const base::RunId& id, const PtyProgress& progress)
{
    Open* run = find(id);
    if (!run)
        return;
    run->report.outputBytes = progress.outputBytes;
    run->report.progress = progress.progress;
    if (!progress.storageError.isEmpty() && run->stoppedBecause.isEmpty())
        run->report.detail = u"output could not be stored: %1"_s.arg(progress.storageError);
    tell(*run);
}

void RunnerBot::Data::ended(const base::RunId& id, const PtyEnd& end)
{
    auto node = open.extract(id);
    if (node.empty())
        return;
    Open& run = node.mapped();
    run.process.release()->deleteLater(); // it is emitting
    --running;
    describeEnd(end, run.command, run.report);
    if (!run.stoppedBecause.isEmpty() && end.startError == 0) {
        run.report.state = run.stoppedState;
        const QString how = run.killed && end.signal == SIGKILL ? u"; it did not end by itself and was killed"_s : QString();
        const QString storage = end.storageError.isEmpty() ? QString() : u"; output could not be stored: "_s + end.storageError;
        run.report.detail = run.stoppedBecause + how + storage;
    }
    if (!run.approval.isEmpty())
        run.report.detail = run.report.detail.isEmpty() ? run.approval : u"%1; %2"_s.arg(run.report.detail, run.approval);
    run.report.endedAtMs = clock.nowMs();
    tell(run);
    startNext();
}

void RunnerBot::Data::endWithoutProcess(Open& run, RunState state, const QString& detail)
{
    const auto node = open.extract(run.report.run);
    chat::RunReport& report = node.mapped().report;
    report.state = state;
    report.detail = detail;
    report.endedAtMs = clock.nowMs();
    host.report(report);
}

base::Status RunnerBot::Data::cancel(Open& run, const chat::Member& by)
{
    const QString because = u"cancelled by %1"_s.arg(nameOf(by));
    if (run.process)
        stop(run, RunState::Cancelled, because);
    else
        endWithoutProcess(run, RunState::Cancelled, because);
    return base::Done{};
}

base::Status RunnerBot::Data::decide(Open& run, const chat::Member& by, bool approve)
{
    if (run.report.state != RunState::AwaitingApproval)
        return base::Error{base::ErrorKind::Invalid, u"run %1 does not wait for an approval"_s.arg(run.report.run.text()), 0};
    const QString own = by.user == run.report.sender ? u" (who asked for it)"_s : QString();
    if (!approve) {
        endWithoutProcess(run, RunState::Denied, u"denied by %1%2"_s.arg(nameOf(by), own));
        return base::Done{};
    }
    run.approval = u"approved by %1%2"_s.arg(nameOf(by), own);
    startOrQueue(run);
    return base::Done{};
}

QString RunnerBot::Data::openRuns(const base::ConversationId& conversation) const
{
    QStringList lines;
    for (const auto& [id, run] : open) {
        if (run.report.conversation != conversation)
            continue;
        const qint64 seconds = std::max<qint64>(0, (clock.nowMs() - run.report.startedAtMs) / 1000);
        lines += u"- `%1` %2 · %3 · %4 s · `%5`"_s.arg(id.text(), chat::toString(run.report.state), run.report.senderName)
                     .arg(seconds)
                     .arg(run.report.command.left(200));
    }
    return lines.isEmpty() ? u"Nothing runs or waits in this room."_s : lines.join(u'\n');
}

void RunnerBot::Data::beginBuiltin(chat::RunReport report, const ParsedCommand& command)
{
    const QString& name = command.spec.name;
    QString text;
    base::Status status = base::Done{};
    if (name == u"help") {
        text = helpText(library, command.arguments.join(u' '));
        if (text.isEmpty())
            status = base::Error{base::ErrorKind::NotFound, u"there is no command '%1'"_s.arg(command.arguments.join(u' ').left(60)), 0};
    } else if (name == u"runs") {
        text = openRuns(report.conversation);
    } else if (Open* run = findTyped(command.arguments.value(0), report.conversation)) {
        const chat::Member by{report.sender, report.senderName, false, chat::Presence::Online};
        status = name == u"cancel" ? cancel(*run, by) : decide(*run, by, name == u"approve");
    } else {
        status = notFound(command.arguments.value(0));
    }
    if (!text.isEmpty()) {
        QSaveFile file(host.outputPath(report.run)); // the console shows it: an answer like any other run's
        const QByteArray bytes = text.toUtf8() + '\n';
        if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
            report.outputBytes = bytes.size();
        else
            status = base::Error{base::ErrorKind::Storage, u"output could not be stored: %1"_s.arg(file.errorString()), 0};
    }
    report.state = status ? RunState::Succeeded : RunState::Failed;
    if (!status)
        report.detail = status.error().detail;
    report.endedAtMs = clock.nowMs();
    host.report(report);
}

RunnerBot::RunnerBot(chat::BotHost& host, scripts::ScriptLibrary& library, base::Clock& clock, base::Random& random, RunnerLimits limits,
    QString workingFolder, QString stateFolder, QObject* parent)
    : QObject(parent),
      m_data(new Data{this, host, library, clock, random, limits, workingFolder,
          stateFolder.isEmpty() ? workingFolder + u"/.state"_s : std::move(stateFolder), {}, {}, 0})
{}

RunnerBot::~RunnerBot() = default;

chat::Member RunnerBot::member() const { return {userId(), u"runner"_s, true, chat::Presence::Online}; }

QList<chat::CommandSpec> RunnerBot::commands(const chat::Conversation& conversation) const
{
    QList<chat::CommandSpec> all = builtinCommands();
    for (const scripts::Script& script : m_data->library.scripts())
        all += script.commands;
    for (chat::CommandSpec& spec : all) {
        spec.account = conversation.id.account();
        spec.bot = userId();
        spec.prefix = u"runner "_s;
    }
    return all;
}

std::optional<chat::RunReport> RunnerBot::accept(const chat::Message& message, const chat::Conversation& conversation)
{
    if (message.fromBot || message.system)
        return std::nullopt;
    const auto command = addressedToRunner(message.text);
    if (!command)
        return std::nullopt;
    const ParsedCommand parsed = parseCommand(*command, m_data->library);

    chat::RunReport report;
    report.run = newRunId(m_data->random);
    report.conversation = conversation.id;
    report.cause = message.id;
    report.sender = message.sender;
    report.senderName = message.senderName;
    report.bot = userId();
    report.command = command->isEmpty() ? u"help"_s : *command;
    report.environment = conversation.environment.isEmpty() ? parsed.spec.environment : conversation.environment;
    report.startedAtMs = m_data->clock.nowMs();
    report.state = RunState::Acknowledged;
    if (!parsed.problem.isEmpty()) {
        report.command = report.command.left(kMaxCommandCharacters);
        report.state = RunState::Error;
        report.detail = parsed.problem;
        report.endedAtMs = report.startedAtMs;
    } else if (!parsed.builtin && conversation.environment == kGuardedEnvironment && parsed.spec.risk != chat::Risk::Safe) {
        report.state = RunState::AwaitingApproval;
        report.detail = u"production: waits for 'runner approve %1' by anybody in this room"_s.arg(report.run.text());
    }
    return report;
}

void RunnerBot::begin(const chat::RunReport& report)
{
    if (chat::isFinal(report.state) || m_data->find(report.run))
        return;
    ParsedCommand command = parseCommand(report.command, m_data->library);
    if (command.builtin && command.problem.isEmpty())
        return m_data->beginBuiltin(report, command);
    Data::Open& run = m_data->open[report.run];
    run.report = report;
    run.command = std::move(command);
    if (!run.command.problem.isEmpty()) // the script went between accept and begin
        m_data->endWithoutProcess(run, RunState::Error, QString(run.command.problem));
    else if (report.state == RunState::AwaitingApproval)
        run.awaited = fingerprint(run.command.script);
    else
        m_data->startOrQueue(run);
}

base::Status RunnerBot::cancel(const base::RunId& run, const chat::Member& by)
{
    Data::Open* open = m_data->find(run);
    return open ? m_data->cancel(*open, by) : base::Status(notFound(run.text()));
}

base::Status RunnerBot::decide(const base::RunId& run, const chat::Member& by, bool approve)
{
    Data::Open* open = m_data->find(run);
    return open ? m_data->decide(*open, by, approve) : base::Status(notFound(run.text()));
}

} // namespace ridealong::run
