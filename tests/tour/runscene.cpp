// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "runscene.h"

#include "consoleview/comparewindow.h"
#include "consoleview/consolepanel.h"
#include "stage.h"
#include "window/application.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace ridealong::tour {

namespace {

constexpr int kPatienceMs = 60'000;

void say(Stage& stage, const QString& text)
{
    stage.press(Qt::Key_L, Qt::ControlModifier);
    stage.type(text);
    stage.press(Qt::Key_Return);
}

const console::Run* newestRun(window::Application& program)
{
    const console::Console& console = program.workspace().console();
    return console.runs().empty() ? nullptr : console.find(console.runs().back());
}

/// Of the newest run, which begins so.
bool waitForState(window::Application& program, Stage& stage, const QString& command, chat::RunState state)
{
    return stage.waitFor(
        command + u": "_s + chat::toString(state),
        [&] {
            const console::Run* run = newestRun(program);
            return run && run->report.command.startsWith(command) && run->report.state == state;
        },
        kPatienceMs);
}

/// The command "show", of one's own: it prints a file.
bool writeShowingScript(const QString& folder)
{
    const QByteArray text = "#!/bin/sh\n#\n# Description:\n#   Shows a file.\n# Commands:\n#   show <file> - Print it\n# Risk: safe\n"
                            "cat '" RIDEALONG_SOURCE_DIR "/tests/golden/format/'\"$1\"\n";
    QFile script(folder + u"/show"_s);
    return script.open(QIODevice::WriteOnly) && script.write(text) == text.size()
        && script.setPermissions(script.permissions() | QFile::ExeOwner | QFile::ExeUser);
}

/// The same again, beside what it was; and what everybody ran.
void compareAndLookUp(window::Application& program, Stage& stage)
{
    stage.press(Qt::Key_E, Qt::ControlModifier);
    stage.press(Qt::Key_A, Qt::ControlModifier);
    stage.type(u"runner processes --count 12"_s); // as in the reports before
    stage.press(Qt::Key_Return);
    waitForState(program, stage, u"processes"_s, chat::RunState::Succeeded);
    stage.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier); // the console
    stage.press(Qt::Key_End);
    stage.press(Qt::Key_X);
    auto* panel = program.mainWindow().console();
    if (!stage.waitFor(u"the comparison"_s, [&] {
            const auto* window = panel->findChild<consoleview::CompareWindow*>();
            return window && window->isVisible() && window->comparisons() > 0;
        }))
        return;
    auto* shown = panel->findChild<consoleview::CompareWindow*>();
    shown->move(program.mainWindow().mapToGlobal(QPoint(120, 90)));
    stage.bring(*shown);
    stage.picture(u"compare"_s);
    stage.press(Qt::Key_Escape);
    stage.bring(program.mainWindow());
    stage.press(Qt::Key_6, Qt::ControlModifier);
    stage.picture(u"ledger"_s);
    stage.press(Qt::Key_E, Qt::ControlModifier);
}

} // namespace

void showFormats(window::Application& program, Stage& stage)
{
    if (!writeShowingScript(program.workspace().userScriptsFolder()))
        return;
    stage.waitFor(u"the script that shows files"_s, [&] {
        const auto commands = program.workspace().palette().commands();
        return std::any_of(commands.begin(), commands.end(), [](const chat::CommandSpec& spec) { return spec.name == "show"_L1; });
    });
    for (const QString& file : {u"kubectl-pods.json"_s, u"pod.yaml"_s, u"df.table"_s, u"git.diff"_s, u"app.log"_s, u"trace-py.stacktrace"_s,
             u"readme.markdown"_s, u"code-go.code"_s, u"imgcat.image"_s}) {
        stage.press(Qt::Key_E, Qt::ControlModifier);
        stage.press(Qt::Key_A, Qt::ControlModifier);
        stage.type(u"show "_s + file);
        stage.press(Qt::Key_Return);
        waitForState(program, stage, u"show "_s + file, chat::RunState::Succeeded);
        stage.waitFor(u"the format of "_s + file, [&] {
            const console::Run* run = newestRun(program);
            return run && run->format != console::Format::Text;
        });
        stage.picture(u"format-"_s + file.section(u'.', -1));
    }
    compareAndLookUp(program, stage);
}

void askTheBot(window::Application& program, Stage& stage)
{
    using State = chat::RunState;
    say(stage, u"hubot table"_s);
    waitForState(program, stage, u"table"_s, State::Succeeded);
    say(stage, u"hubot deploy staging"_s);
    waitForState(program, stage, u"deploy staging"_s, State::Succeeded);
    say(stage, u"hubot crash"_s);
    waitForState(program, stage, u"crash"_s, State::Failed);
    say(stage, u"hubot frobnicate"_s);
    waitForState(program, stage, u"frobnicate"_s, State::Sent);
    stage.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier); // the console
    stage.press(Qt::Key_End);
    stage.picture(u"runs-of-a-bot"_s);
    waitForState(program, stage, u"frobnicate"_s, State::NoReply);
    stage.press(Qt::Key_End);
    stage.picture(u"no-reply"_s);
    say(stage, u"hubot deploy.run --env staging"_s);
    waitForState(program, stage, u"deploy.run"_s, State::AwaitingConfirmation);
    stage.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    stage.press(Qt::Key_End);
    stage.picture(u"bot-asks"_s);
    say(stage, u"hubot yes"_s);
    waitForState(program, stage, u"deploy.run"_s, State::Succeeded);
    stage.press(Qt::Key_L, Qt::ControlModifier);
}

} // namespace ridealong::tour
