// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What is done with a run that is there: again, put right, its values used.
#include "console/compare.h"
#include "consoleview/consolepanel.h"
#include "window/mainwindow.h"
#include "window/wiring.h"
#include "workspace/runtracker.h"

#include <QClipboard>
#include <QGuiApplication>

namespace ridealong::window {

using namespace Qt::StringLiterals;

namespace {

/// More rows would be more drafts than anybody looks at.
constexpr qsizetype kMostDrafts = 50;

} // namespace

void Wiring::wireRuns()
{
    using consoleview::ConsolePanel;
    ConsolePanel* console = m_window.console();
    connect(console, &ConsolePanel::rerunRequested, this, &Wiring::rerun);
    connect(console, &ConsolePanel::joinRequested, this, [this](const base::RunId& run, const base::RunId& into) {
        if (const auto done = m_workspace.tracker().join(run, into); !done)
            complain(done.error());
        else
            showRun(into);
    });
    connect(console, &ConsolePanel::lineMoveRequested, this, [this](const base::RunId& run, qint64 line, const base::RunId& into) {
        if (const auto done = m_workspace.tracker().moveLine(run, line, into); !done)
            complain(done.error());
    });
    connect(console, &ConsolePanel::argumentsRequested, this, &Wiring::useAsArguments);
    // The file is on the bot's machine, or on whose desk its output was made: here is its name, to be looked for.
    connect(console, &ConsolePanel::placeRequested, this, [this](const base::RunId&, const QString& file, int line, int column) {
        QString place = file;
        if (line > 0)
            place += u':' + QString::number(line);
        if (line > 0 && column > 0)
            place += u':' + QString::number(column);
        QGuiApplication::clipboard()->setText(place);
        m_window.showNotice(tr("Copied: %1").arg(place.left(200)));
    });
}

/// As it would be typed: the bot's name before it, or the sign that it was given with.
QString Wiring::commandText(const chat::RunReport& report) const
{
    const auto* followed = m_workspace.tracker().find(report.run);
    if (followed && !followed->sign.isEmpty())
        return followed->sign + report.command;
    if (followed && followed->isHeard)
        return report.command;
    return nameIn(report) + u' ' + report.command;
}

QString Wiring::nameIn(const chat::RunReport& report) const
{
    if (const workspace::Account* account = m_workspace.accountOf(report.conversation))
        for (const chat::Member& member : account->members(report.conversation))
            if (member.user == report.bot && !member.name.isEmpty())
                return member.name;
    return report.bot.text();
}

void Wiring::rerun(const base::RunId& id)
{
    const console::Run* run = m_workspace.console().find(id);
    if (!run)
        return;
    const QString text = commandText(run->report); // opening another room may change what is known
    openConversation(run->report.conversation);
    m_again = text;
    m_window.console()->setText(text);
    presentConsoleHint(text);
    m_window.console()->focusCommandLine();
}

/// What differs is said where the risk is: a history that fires by accident is one that nobody looked at.
QString Wiring::changedSince(const QString& text)
{
    constexpr qsizetype kMostChanges = 2;
    if (text.trimmed().isEmpty())
        m_again.clear();
    if (m_again.isEmpty())
        return {};
    const auto changes = console::compareCommands(m_again, text);
    if (changes.isEmpty())
        return tr("as before");
    QStringList words;
    for (const console::WordChange& change : changes.first(std::min(changes.size(), kMostChanges))) {
        const QString before = m_again.sliced(change.before, change.beforeLength).simplified();
        const QString after = text.sliced(change.after, change.afterLength).simplified();
        words += before.isEmpty() ? u"+ "_s + after : after.isEmpty() ? u"− "_s + before : u"%1 → %2"_s.arg(before, after);
    }
    return words.join(u", "_s) + (changes.size() > kMostChanges ? u" …"_s : QString());
}

/// A draft for each, to be looked at; nothing is sent.
void Wiring::useAsArguments(const base::RunId& id, const QStringList& values)
{
    const console::Run* run = m_workspace.console().find(id);
    if (!run)
        return;
    const base::ConversationId conversation = run->report.conversation;
    const QString bot = commandText(run->report);
    const QString address = bot.left(bot.size() - run->report.command.size());
    // What is half written in the command line is what they are arguments of.
    const QString written = m_window.console()->text().trimmed();
    for (const QString& value : values.first(std::min(values.size(), kMostDrafts)))
        addDraft({conversation, {}}, (written.isEmpty() ? address : written + u' ') + value.simplified());
    if (values.size() > kMostDrafts)
        m_window.showNotice(tr("Only the first %n draft(s) were made.", nullptr, int(kMostDrafts)));
}

} // namespace ridealong::window
