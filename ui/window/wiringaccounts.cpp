// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The account dialogs, and what is said of accounts outside of them.
#include "accountdialogs/accountdialog.h"
#include "accountdialogs/accountsdialog.h"
#include "accountdialogs/awaydialog.h"
#include "accountdialogs/joinroomdialog.h"
#include "accountdialogs/words.h"
#include "kit/messagedocument.h"
#include "sidebar/sidebar.h"
#include "window/accountdesk.h"
#include "window/actiontable.h"
#include "window/statusline.h"
#include "window/wiring.h"

namespace ridealong::window {

using namespace Qt::StringLiterals;
using accountdialogs::AccountDialog;
using accountdialogs::AccountsDialog;
using accountdialogs::JoinRoomDialog;

void Wiring::wireAccounts()
{
    m_accountDesk = new AccountDesk(m_workspace);
    m_accountDesk->setParent(this);
    const auto on
        = [this](const char* id, auto act) { connect(m_window.actionRegistry().find(QString::fromLatin1(id)), &QAction::triggered, this, act); };
    on(action::kAddAccount, [this] { addAccount(); });
    on(action::kAccounts, [this] { manageAccounts({}); });
    on(action::kJoinRoom, [this] { joinRoom(m_current.account()); });
    m_window.actionRegistry().find(QString::fromLatin1(action::kAway))->setCheckable(true);
    on(action::kAway, [this] { isAway() ? setAway({}) : askAway(); });
    connect(m_window.statusLine(), &StatusLine::backRequested, this, [this] { setAway({}); });
    connect(m_window.sidebar(), &sidebar::Sidebar::joinRequested, this, &Wiring::joinRoom);
    connect(m_window.sidebar(), &sidebar::Sidebar::addAccountRequested, this, &Wiring::addAccount);
    connect(m_window.sidebar(), &sidebar::Sidebar::accountRequested, this, &Wiring::manageAccounts);
    connect(&m_workspace, &workspace::Workspace::accountSelfChanged, this, &Wiring::presentStatus);
    connect(&m_workspace, &workspace::Workspace::accountStatusChanged, this, &Wiring::presentFailure);
    connect(&m_workspace, &workspace::Workspace::accountRemoved, this, &Wiring::leaveAccount);
    connect(&m_workspace, &workspace::Workspace::secretsNotKept, this, [this](const base::Error& why) {
        m_window.showNotice(why.kind == base::ErrorKind::Denied
                ? tr("The keychain is locked, so passwords are kept for this run only. Unlock it and save the account again to keep them.")
                : tr("This system has no keychain, so passwords are kept for this run only. They are never written into a file."),
            why.detail);
    });
}

/// The dialog, above the window or above the list of accounts that it was asked for from.
AccountDialog* Wiring::openAccountDialog()
{
    if (m_accountDialog)
        m_accountDialog->close();
    QWidget* parent = m_accountsDialog ? static_cast<QWidget*>(m_accountsDialog) : &m_window;
    m_accountDialog = new AccountDialog(*m_accountDesk, m_theme, m_clock, parent);
    m_accountDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_accountDialog, &AccountDialog::roomRequested, this, [this](const base::ConversationId& room) {
        if (m_accountsDialog)
            m_accountsDialog->close();
        enterRoom(room);
    });
    return m_accountDialog;
}

void Wiring::addAccount() { openAccountDialog()->open(); }

void Wiring::reviewCertificate(const base::AccountId& account)
{
    AccountDialog* dialog = openAccountDialog();
    dialog->reviewCertificate(account);
    dialog->open();
}

void Wiring::manageAccounts(const base::AccountId& account)
{
    if (!m_accountsDialog) {
        m_accountsDialog = new AccountsDialog(*m_accountDesk, m_theme, m_clock, &m_window);
        m_accountsDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_accountsDialog, &AccountsDialog::addRequested, this, &Wiring::addAccount);
        connect(m_accountsDialog, &AccountsDialog::certificateRequested, this, &Wiring::reviewCertificate);
        connect(m_accountsDialog, &AccountsDialog::editRequested, this, [this](const base::AccountId& id) {
            AccountDialog* dialog = openAccountDialog();
            dialog->edit(id);
            dialog->open();
        });
        connect(m_accountsDialog, &AccountsDialog::joinRequested, this, [this](const base::AccountId& id) {
            m_accountsDialog->close();
            joinRoom(id);
        });
        m_accountsDialog->open();
    }
    if (!account.isEmpty())
        m_accountsDialog->setCurrent(account);
}

void Wiring::joinRoom(const base::AccountId& account)
{
    auto* dialog = new JoinRoomDialog(*m_accountDesk, m_theme, account, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &JoinRoomDialog::joined, this, &Wiring::enterRoom);
    connect(dialog, &JoinRoomDialog::addAccountRequested, this, &Wiring::addAccount);
    dialog->open();
}

void Wiring::enterRoom(const base::ConversationId& room)
{
    m_toOpen = room; // its room arrives as an event of its own
    openConversation(room);
}

/// Failed does not try again by itself: somebody has to be told why. The dialog that tries an account says it itself.
void Wiring::presentFailure(const base::AccountId& id)
{
    const workspace::Account* account = m_workspace.account(id);
    if (!account || account->status().state != chat::ConnectionState::Failed || (m_accountDialog && m_accountDialog->account() == id))
        return;
    const chat::ConnectionStatus status = account->status();
    const QString text = tr("%1: %2").arg(kit::safeName(account->config().name), accountdialogs::connectionProblem(status.error));
    if (status.certificate)
        m_window.showNotice(text, status.error.detail, tr("Look at the certificate …"), [this, id] { reviewCertificate(id); });
    else
        m_window.showNotice(text, status.error.detail, tr("Open the account …"), [this, id] { manageAccounts(id); });
}

// ---- away ----

QList<workspace::Account*> Wiring::accountsThatTellAway() const
{
    QList<workspace::Account*> accounts;
    for (workspace::Account* account : m_workspace.accounts())
        if (account->backend().facets().away)
            accounts.append(account);
    return accounts;
}

bool Wiring::isAway() const
{
    const auto accounts = accountsThatTellAway();
    return std::any_of(accounts.cbegin(), accounts.cend(), [](workspace::Account* account) {
        return !account->backend().facets().away->reason().isEmpty() || account->self().presence == chat::Presence::Away;
    });
}

void Wiring::presentAway()
{
    QAction* away = m_window.actionRegistry().find(QString::fromLatin1(action::kAway));
    away->setEnabled(!accountsThatTellAway().isEmpty());
    away->setChecked(isAway());
}

void Wiring::askAway()
{
    QStringList names;
    for (const workspace::Account* account : accountsThatTellAway())
        names.append(account->config().name);
    auto* dialog = new accountdialogs::AwayDialog(m_theme, names, m_lastAway, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &accountdialogs::AwayDialog::chosen, this, [this](const QString& reason) {
        m_lastAway = reason;
        setAway(reason);
    });
    connect(dialog, &QDialog::finished, this, &Wiring::presentAway); // the action stays unchecked when nothing was chosen
    dialog->open();
}

void Wiring::setAway(const QString& reason)
{
    for (workspace::Account* account : accountsThatTellAway())
        account->backend().facets().away->setAway(reason);
    presentAway();
}

/// What is in front must not be a conversation of an account that is gone.
void Wiring::leaveAccount(const base::AccountId& id)
{
    presentStatus();
    if (m_current.account() != id)
        return;
    closeThread();
    m_window.page()->setModel(nullptr);
    m_window.page()->composer()->setText({});
    m_window.page()->composer()->setAttachments({});
    m_current = {};
    for (int row = 0; row < m_workspace.conversations().rowCount(); ++row)
        if (const auto& there = m_workspace.conversations().row(row); there.kind == model::ConversationRow::Kind::Conversation)
            return openConversation(there.conversation.id);
    m_window.sidebar()->setCurrent({});
    presentConversation();
}

} // namespace ridealong::window
