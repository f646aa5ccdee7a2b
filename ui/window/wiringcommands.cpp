// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Commands that are dialogues: from the palette to their windows, and what of their results is to be shared.
#include "chat/commanddialog.h"
#include "formview/commandwindow.h"
#include "paletteview/paletteview.h"
#include "window/wiring.h"

namespace ridealong::window {

using namespace Qt::StringLiterals;

void Wiring::wireCommands() { connect(m_window.palette(), &paletteview::PaletteView::dialogRequested, this, &Wiring::openCommand); }

void Wiring::openCommand(const chat::CommandSpec& spec)
{
    auto opened = m_workspace.openCommand(spec);
    if (!opened)
        return complain(opened.error());
    showDialog(std::move(*opened), spec.name, nameOfBot(spec.account, spec.bot), spec.account);
}

void Wiring::showDialog(std::unique_ptr<chat::CommandDialog> dialog, const QString& title, const QString& whose, const base::AccountId& account)
{
    auto* window = new formview::CommandWindow(std::move(dialog), title, whose, m_theme, &m_window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    connect(window, &formview::CommandWindow::shareRequested, this, [this](const QString& markdown) {
        if (!m_workspace.conversation(m_current))
            return complain({base::ErrorKind::NotFound, u"no room is open"_s, 0});
        m_window.activateWindow();
        writeAgain({m_current, {}}, markdown, {}); // to be looked at, and sent by whoever wants it sent
    });
    // The backend goes with its account, and the dialogue cannot outlive it.
    connect(&m_workspace, &workspace::Workspace::accountRemoved, window, [window, id = account](const base::AccountId& removed) {
        if (removed == id)
            window->close();
    });
    window->show();
}

/// As people know it; with several accounts, also which one.
QString Wiring::nameOfBot(const base::AccountId& id, const base::UserId& bot) const
{
    QString name = bot.text();
    const workspace::Account* account = m_workspace.account(id);
    for (const chat::Conversation& conversation : account ? account->conversations() : QList<chat::Conversation>())
        for (const chat::Member& member : account->members(conversation.id))
            if (member.user == bot && !member.name.isEmpty())
                name = member.name;
    return account && m_workspace.accounts().size() > 1 ? u"%1 · %2"_s.arg(name, account->config().name) : name;
}

} // namespace ridealong::window
