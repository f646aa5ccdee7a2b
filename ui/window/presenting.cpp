// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The way up: what the workspace knows is set where it is shown.
#include "composer/composer.h"
#include "consoleview/consolepanel.h"
#include "draftsview/approvalspanel.h"
#include "draftsview/draftspanel.h"
#include "kit/errortext.h"
#include "palette/form.h"
#include "pairingview/pairingpanel.h"
#include "paletteview/words.h"
#include "searchview/searchpanel.h"
#include "threadsview/threadspanel.h"
#include "window/notifying.h"
#include "window/wiring.h"
#include "workspace/runtracker.h"

namespace ridealong::window {

using namespace Qt::StringLiterals;

QString Wiring::nameOf(const base::ConversationId& id) const
{
    const chat::Conversation* conversation = m_workspace.conversation(id);
    return conversation ? conversation->name : id.key();
}

QString Wiring::environmentOf(const base::ConversationId& id) const
{
    const chat::Conversation* conversation = m_workspace.conversation(id);
    return conversation ? conversation->environment : QString();
}

void Wiring::complain(const base::Error& error) { m_window.showNotice(kit::errorText(error), error.detail); }

void Wiring::presentOpenReport(const workspace::OpenReport& report)
{
    if (!report.databaseKeptAside.isEmpty())
        m_window.showNotice(tr("The profile's database was damaged. A new one was begun; messages come back from the servers that keep them."),
            tr("The damaged file is kept as %1").arg(report.databaseKeptAside));
    else if (!report.settingsKeptAside.isEmpty())
        m_window.showNotice(
            tr("The settings could not be read. The defaults are in force."), tr("The broken file is kept as %1").arg(report.settingsKeptAside));
    else if (report.settingsReadOnly || report.databaseReadOnly)
        m_window.showNotice(tr("This profile cannot be written. Nothing you write is kept when you close the window."), m_workspace.profile().folder);
}

void Wiring::presentHubKeptAside(const QString& path)
{
    m_window.showNotice(tr("The Local workspace's database was damaged. A new one was begun; what this profile had received is still here."),
        tr("The damaged file is kept as %1").arg(path));
}

void Wiring::noteTyping(const chat::Typing& typing)
{
    const workspace::Account* account = m_workspace.accountOf(typing.conversation);
    if (typing.conversation != m_current || !account || typing.user == account->self().user)
        return;
    m_typing.removeAll(typing.userName);
    if (typing.active)
        m_typing.append(typing.userName);
    presentTyping();
}

void Wiring::presentTyping()
{
    QString words;
    if (m_typing.size() == 1)
        words = tr("%1 is writing …").arg(m_typing[0]);
    else if (m_typing.size() == 2)
        words = tr("%1 and %2 are writing …").arg(m_typing[0], m_typing[1]);
    else if (m_typing.size() > 2)
        words = tr("%n people are writing …", nullptr, int(m_typing.size()));
    m_window.page()->setTyping(words);
}

void Wiring::presentConversation()
{
    presentHead(*m_window.page(), false);
    presentBehind();
    const workspace::Account* account = m_workspace.accountOf(m_current);
    m_window.console()->setContext({m_current, nameOf(m_current), environmentOf(m_current), account ? account->self().user : base::UserId()});
    presentConsoleHint(m_window.console()->text());
    m_notifying->setCurrent(m_current);
    presentRoomActions();
    presentPersonActions();
    presentOffer();
}

/// What the rest of the window shows of the conversation in front.
void Wiring::presentBehind()
{
    if (!m_window.isComplete())
        return;
    presentHead(*m_window.threadPage(), true);
    const workspace::Account* account = m_workspace.accountOf(m_current);
    m_window.pairing()->setConversation(nameOf(m_current), account ? account->members(m_current) : QList<chat::Member>());
    m_window.search()->setHere(nameOf(m_current));
    m_window.threads()->setHere(nameOf(m_current));
}

void Wiring::presentHead(ConversationPage& page, bool thread)
{
    const chat::Conversation* conversation = m_workspace.conversation(m_current);
    PageHead head;
    head.name = thread ? tr("Thread in %1").arg(nameOf(m_current)) : nameOf(m_current);
    head.environment = environmentOf(m_current);
    head.topic = conversation && !thread ? conversation->topic : QString();
    head.closable = thread && page.model();
    head.people = !thread && conversation && conversation->kind == chat::ConversationKind::Room;
    page.setHead(head);
    composer::Composer::Context context;
    context.placeholder = thread ? tr("Reply in the thread") : tr("Message %1").arg(nameOf(m_current));
    context.environment = head.environment;
    context.production = head.environment == "production"_L1;
    context.name = nameOf(m_current);
    page.composer()->setContext(context);
    presentFilesAllowed(page);
    page.composer()->setEnabled(!thread || page.model());
}

void Wiring::presentStatus()
{
    QList<AccountState> states;
    for (workspace::Account* account : m_workspace.accounts())
        states.append(
            {account->config().name, account->backend().status(), account->isConnected() && account->self().presence == chat::Presence::Away});
    m_window.statusLine()->setAccounts(states);
    presentAway();
    presentRoomActions();
    m_presentUnsent.start(); // what waits says why
}

void Wiring::presentUnsent()
{
    QList<draftsview::OutboxView> waiting;
    int needing = 0, here = 0;
    for (const chat::OutboxItem& item : m_workspace.outbox().items()) {
        const bool asks = item.state == chat::OutboxState::Review || item.state == chat::OutboxState::Failed;
        needing += asks;
        here += !asks && item.conversation == m_current;
        waiting.append({item, nameOf(item.conversation), environmentOf(item.conversation), item.why ? kit::errorText(*item.why) : QString()});
    }
    m_window.statusLine()->setOutbox(int(waiting.size()), needing);
    workspace::Account* current = m_workspace.accountOf(m_current);
    const bool connected = current && current->isConnected();
    m_window.page()->composer()->setNotice(
        here > 0 && !connected ? tr("%n message(s) will go when the connection is back.", nullptr, here) : QString(), false);

    const QList<chat::Draft> drafts = m_workspace.drafts().drafts();
    m_window.setDockCount(MainWindow::Dock::Drafts, int(drafts.size() + waiting.size()));
    if (!m_window.isComplete())
        return;
    m_window.drafts()->setOutbox(waiting);
    auto views = std::make_shared<QList<draftsview::DraftView>>();
    for (const chat::Draft& draft : drafts) {
        draftsview::DraftView view;
        view.draft = draft;
        view.where = nameOf(draft.conversation);
        view.environment = environmentOf(draft.conversation);
        if (const chat::CommandSpec* spec = m_workspace.specOf(draft.conversation, draft.text))
            for (const palette::Problem& problem : palette::parse(*spec, draft.text).problems)
                view.problems += u"%1: %2"_s.arg(problem.argument, paletteview::problemText(problem));
        const workspace::Account* account = m_workspace.accountOf(draft.conversation);
        view.online = account && account->isConnected();
        views->append(view);
    }
    m_window.drafts()->setDrafts(*views);
    // How much was said since comes from the store, a moment later.
    for (qsizetype i = 0; i < views->size(); ++i)
        m_workspace.newerMessages(drafts[i]).then(this, [this, views, i](base::Expected<int> newer) {
            (*views)[i].newerMessages = newer.valueOr(0);
            if (i + 1 == views->size())
                m_window.drafts()->setDrafts(*views);
        });
}

void Wiring::presentApprovals()
{
    QList<draftsview::ApprovalView> waiting;
    for (const base::RunId& id : m_workspace.console().runs()) {
        const chat::RunReport& report = m_workspace.console().find(id)->report;
        if (report.state != chat::RunState::AwaitingApproval && report.state != chat::RunState::AwaitingConfirmation)
            continue;
        workspace::Account* account = m_workspace.accountOf(report.conversation);
        waiting.append({report, nameOf(report.conversation), account && report.sender == account->self().user, account && account->isConnected()});
    }
    if (m_window.isComplete())
        m_window.approvals()->setApprovals(waiting);
    m_window.setDockCount(MainWindow::Dock::Approvals, int(waiting.size()));
}

void Wiring::presentConsoleHint(const QString& text)
{
    consoleview::CommandHint hint;
    const chat::CommandSpec* spec = palette::specOf(text, m_workspace.palette().commands());
    if (spec) {
        hint.known = true;
        hint.risk = spec->risk;
        hint.environment = spec->environment;
        const palette::Values values = palette::parse(*spec, text).values;
        for (const chat::Argument& argument : spec->arguments)
            if (argument.option.isEmpty() && !values.contains(argument.name)) {
                hint.ghost = u"‹%1›"_s.arg(argument.name);
                break;
            }
    }
    hint.known = hint.known || m_workspace.tracker().isCommand(m_current, text);
    hint.changed = changedSince(text);
    m_window.console()->setHint(hint);
}

QList<composer::Completion> Wiring::completions(const QString& word) const
{
    constexpr int kMost = 8;
    QList<composer::Completion> found;
    workspace::Account* account = m_workspace.accountOf(m_current);
    if (!account || word.isEmpty())
        return found;
    const QString rest = word.mid(1);
    if (word.startsWith(u'@')) {
        for (const chat::Member& member : account->members(m_current))
            if (member.name.startsWith(rest, Qt::CaseInsensitive) && found.size() < kMost)
                found.append({u'@' + member.name, member.name, member.bot ? tr("bot") : QString()});
    } else if (word.startsWith(u'#')) {
        for (const chat::Conversation& conversation : account->conversations())
            if (conversation.name.startsWith(word, Qt::CaseInsensitive) && found.size() < kMost)
                found.append({conversation.name, conversation.name, conversation.topic});
    } else {
        for (const chat::CommandSpec& spec : m_workspace.palette().commands()) {
            const QString command = spec.prefix + spec.name;
            if (!spec.dialog && spec.account == m_current.account() && command.startsWith(word, Qt::CaseInsensitive) && command.size() > word.size()
                && found.size() < kMost)
                found.append({command, command, spec.title});
        }
    }
    return found;
}

} // namespace ridealong::window
