// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The ledger: what it shows, where its rows lead, and what is written to a file.
#include "composer/composer.h"
#include "consoleview/consolepanel.h"
#include "ledgerview/ledgerpanel.h"
#include "window/wiring.h"

#include <QFileDialog>
#include <QSaveFile>
#include <QStandardPaths>
#include <QThreadPool>

namespace ridealong::window {

using namespace Qt::StringLiterals;

namespace {

base::Expected<base::Done> write(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(path, file.errorString()), 0};
    return base::Done{};
}

} // namespace

void Wiring::wireLedger()
{
    using ledgerview::LedgerPanel;
    LedgerPanel* panel = m_window.ledger();
    panel->setPlaces([this](const base::ConversationId& id) { return ledgerview::Place{nameOf(id), environmentOf(id)}; });
    panel->setNames([this](const base::AccountId& account, const base::UserId& bot) { return nameOfBot(account, bot); });
    panel->setSources([this](const chat::LedgerQuery& query) { return m_workspace.ledger(query); },
        [this](const chat::LedgerQuery& query) { return m_workspace.commandLedger(query); });
    connect(panel, &LedgerPanel::runRequested, this, [this, panel](const base::RunId& run) {
        if (m_workspace.console().find(run))
            return showRun(run);
        // Older than what the console keeps: where it was asked is what there still is of it.
        if (const chat::RunRecord* record = panel->runs().find(run))
            showMessage(record->report.conversation, {}, record->report.cause);
    });
    connect(panel, &LedgerPanel::contextRequested, this,
        [this](const base::ConversationId& conversation, const base::MessageId& message) { showMessage(conversation, {}, message); });
    connect(panel, &LedgerPanel::draftRequested, this, [this](const base::ConversationId& conversation, const QString& text) {
        if (!m_workspace.conversation(conversation))
            return complain({base::ErrorKind::NotFound, conversation.text(), 0});
        openConversation(conversation);
        m_window.showDock(MainWindow::Dock::Console);
        m_window.console()->setText(text);
        m_window.console()->focusCommandLine();
    });
    connect(panel, &LedgerPanel::saveRequested, this, &Wiring::saveCsv);
    connect(panel, &LedgerPanel::closeRequested, this, [this] { m_window.page()->composer()->focusEditor(); });
    connect(&m_workspace.console(), &console::Console::changed, panel, [panel](const console::ConsoleChange& change) {
        if (change.kind != console::ConsoleChange::Kind::Output)
            panel->noteChanged();
    });
    connect(&m_workspace, &workspace::Workspace::accountRemoved, panel, &LedgerPanel::noteChanged);
    presentLedgerHere();
}

void Wiring::presentLedgerHere() { m_window.ledger()->setHere(m_current, nameOf(m_current)); }

void Wiring::saveCsv(const QString& name, const QByteArray& csv)
{
    auto* dialog = new QFileDialog(&m_window, tr("Export the ledger"), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation),
        tr("Comma-separated values (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, csv](const QString& path) {
        base::Promise<base::Done> promise;
        QThreadPool::globalInstance()->start([promise, path, csv] { promise.answer(write(path, csv)); });
        complainIfFails(promise.async());
    });
    dialog->open();
}

} // namespace ridealong::window
