// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/wiring.h"

#include "composer/composer.h"
#include "consoleview/consolepanel.h"
#include "draftsview/approvalspanel.h"
#include "draftsview/draftspanel.h"
#include "kit/theme.h"
#include "palette/form.h"
#include "paletteview/paletteview.h"
#include "sidebar/quickswitcher.h"
#include "sidebar/sidebar.h"
#include "spell/speller.h"
#include "threadsview/threadspanel.h"
#include "timelineview/timelineview.h"
#include "window/avatarshelf.h"
#include "window/notifying.h"

#include <QDesktopServices>
#include <QUrl>

namespace ridealong::window {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCommandHistory = 500;
constexpr int kRestAfterMs = 50; ///< what is in front is painted by then

} // namespace

Wiring::Wiring(MainWindow& window, workspace::Workspace& workspace, kit::Theme& theme, base::Clock& clock)
    : QObject(&window),
      m_window(window),
      m_workspace(workspace),
      m_theme(theme),
      m_clock(clock)
{
    for (QTimer* timer : {&m_presentUnsent, &m_presentApprovals}) {
        timer->setSingleShot(true);
        timer->setInterval(0);
    }
    connect(&m_presentUnsent, &QTimer::timeout, this, &Wiring::presentUnsent);
    connect(&m_presentApprovals, &QTimer::timeout, this, &Wiring::presentApprovals);

    wirePeople();
    wirePage(*window.page(), false);
    wireConsole();
    wireDocks();
    wireActions();
    wireTheme();
    wireAccounts();
    wireNotify();
    wireRoom();
    connect(&window, &MainWindow::completed, this, &Wiring::wireRest);

    connect(&workspace, &workspace::Workspace::failed, this, &Wiring::complain);
    connect(&workspace, &workspace::Workspace::hubKeptAside, this, &Wiring::presentHubKeptAside);
    connect(&workspace, &workspace::Workspace::accountStatusChanged, this, &Wiring::presentStatus);
    connect(&workspace, &workspace::Workspace::accountAdded, this, [this](const base::AccountId& id) {
        presentStatus();
        workspace::Account* account = m_workspace.account(id);
        if (const chat::PresenceFacet* presence = account ? account->backend().facets().presence : nullptr)
            connect(presence, &chat::PresenceFacet::typing, this, &Wiring::noteTyping);
    });
    connect(&workspace, &workspace::Workspace::conversationChanged, this, [this](const base::ConversationId& id) {
        if (!m_begun)
            return; // what is stored is being read; which of it is opened is decided when all is there
        if (m_current.isEmpty() || id == m_toOpen)
            openConversation(id); // the first start: the first room that comes
        else if (id == m_current)
            presentConversation();
        if (id == m_peopleOf)
            presentPeople();
    });
}

void Wiring::wireRest()
{
    wirePage(*m_window.threadPage(), true);
    wirePalette();
    wireDrafts();
    wireSearch();
    wireThreads();
    wireLedger();
    connect(m_window.approvals(), &draftsview::ApprovalsPanel::decideRequested, this, &Wiring::decide);
    connect(m_window.approvals(), &draftsview::ApprovalsPanel::contextRequested, this, &Wiring::showContext);
    takeWritingSettings();
    closeThread();
    presentBehind();
    followOpened();
    m_presentUnsent.start();
    m_presentApprovals.start();
}

QList<ConversationPage*> Wiring::pages() { return m_window.isComplete() ? QList{m_window.page(), m_window.threadPage()} : QList{m_window.page()}; }

void Wiring::begin(const workspace::OpenReport& report)
{
    presentOpenReport(report);
    m_begun = true;
    const auto last = base::ConversationId::fromText(m_workspace.settings().value(settings::Key::LastConversation).toString());
    if (m_workspace.conversation(last))
        openConversation(last);
    else if (m_workspace.conversations().rowCount() > 1 && m_current.isEmpty())
        openConversation(m_workspace.conversations().row(1).conversation.id);
    m_window.console()->setText(m_workspace.settings().value(settings::Key::ConsoleDraft).toString());
    m_window.console()->setHistory(m_workspace.settings().value(settings::Key::ConsoleHistory).toStringList());
    QList<base::RunId> pins;
    for (const QString& run : m_workspace.settings().value(settings::Key::ConsolePins).toStringList())
        pins.append(base::RunId(run));
    m_window.console()->setPins(pins);
    presentStatus();
    presentUnsent();
    presentApprovals();
    m_notifying->begin();
    m_window.page()->composer()->focusEditor();
    QTimer::singleShot(kRestAfterMs, &m_window, &MainWindow::complete);
}

void Wiring::openConversation(const base::ConversationId& id)
{
    if (id == m_current || !m_workspace.conversation(id))
        return;
    m_toOpen = {};
    m_typing.clear();
    presentTyping();
    m_window.page()->composer()->flush(); // what was written belongs to the conversation that was in front
    m_current = id;
    m_workspace.settings().setValue(settings::Key::LastConversation, id.text());
    closeThread();
    auto timeline = m_workspace.openTimeline(id);
    connect(timeline.get(), &model::TimelineModel::loadingChanged, this, &Wiring::presentOffer);
    m_window.page()->setModel(std::move(timeline));
    m_window.page()->composer()->cancelMode();
    presentComposer(*m_window.page());
    m_window.sidebar()->setCurrent(id);
    presentConversation();
    followOpened();
    m_window.page()->composer()->focusEditor();
}

/// The rest of the window hears what was opened; what it missed, when it is made.
void Wiring::followOpened()
{
    if (!m_window.isComplete() || m_current.isEmpty())
        return;
    m_window.switcher()->noteOpened(m_current);
    presentLedgerHere();
    if (!m_window.threads()->isOfAll())
        m_window.threads()->setThreads(std::nullopt);
    presentThreadsSoon();
}

void Wiring::openThread(const base::MessageId& root)
{
    m_window.threadPage()->composer()->flush();
    m_window.threadPage()->setModel(m_workspace.openTimeline(m_current, root));
    presentComposer(*m_window.threadPage());
    presentHead(*m_window.threadPage(), true);
    m_window.showThreadList(false);
    m_window.showDock(MainWindow::Dock::Threads);
    m_window.threadPage()->composer()->focusEditor();
}

void Wiring::closeThread()
{
    if (!m_window.isComplete())
        return;
    m_window.threadPage()->composer()->flush(); // what was written belongs to the thread that was in front
    m_window.threadPage()->setModel(nullptr);
    m_window.showThreadList(true);
    presentHead(*m_window.threadPage(), true);
}

// ---- conversation and thread ----

void Wiring::wirePage(ConversationPage& page, bool thread)
{
    timelineview::TimelineView* timeline = page.timeline();
    composer::Composer* composer = page.composer();
    using View = timelineview::TimelineView;
    connect(timeline, &View::replyRequested, composer, &composer::Composer::setReply);
    connect(timeline, &View::editRequested, composer, &composer::Composer::setEdit);
    connect(timeline, &View::deleteRequested, this, [this](const chat::Message& message) {
        workspace::Account* account = m_workspace.accountOf(message.conversation);
        if (chat::EditFacet* edits = account ? account->backend().facets().edits : nullptr)
            complainIfFails(edits->remove(message));
    });
    connect(timeline, &View::reactRequested, this, &Wiring::react);
    connect(timeline, &View::threadRequested, this, &Wiring::openThread);
    connect(timeline, &View::runRequested, this, &Wiring::showRun);
    connect(timeline, &View::retryRequested, this, &Wiring::retry);
    connect(timeline, &View::discardRequested, this, &Wiring::discard);
    connect(timeline, &View::reviewRequested, this, [this] { m_window.showDock(MainWindow::Dock::Drafts); });
    timeline->setNow([this] { return m_clock.nowMs(); });
    timeline->setAvatars([this](const base::ConversationId& id, const base::UserId& user) { return m_avatars->picture(id.account(), user); });
    connect(m_avatars, &AvatarShelf::changed, timeline, &View::avatarsChanged);
    connect(timeline, &View::jumpRequested, this, [this, &page](const base::MessageId& id) {
        // Not loaded: where it stands is in the store.
        m_workspace.orderOf(m_current, id).then(&page, [&page, id](base::Expected<qint64> order) {
            if (order && page.model() && page.model()->rowOf(id) < 0) // else it came by itself meanwhile, and is shown
                page.model()->loadAround(*order);
        });
    });
    connect(timeline, &View::fillRequested, &m_workspace, &workspace::Workspace::fillGap);
    connect(timeline, &View::paletteRequested, this, [this] { openPalette(); });
    connect(timeline, &View::linkActivated, this, [](const QUrl& url) { QDesktopServices::openUrl(url); });
    connect(timeline, &View::readUpTo, this, [this, &page](qint64 order) {
        if (workspace::Account* account = m_workspace.accountOf(m_current); account && page.model())
            account->markRead(m_current, page.model()->thread(), order);
    });

    using composer::Composer;
    connect(composer, &Composer::sendRequested, this,
        [this, &page](
            const QString& text, const base::MessageId& replyTo, const QList<chat::Attachment>& files) { send(page, text, replyTo, files); });
    connect(composer, &Composer::editSubmitted, this, &Wiring::submitEdit);
    connect(composer, &Composer::editLastRequested, this, [this, &page] { editLast(page); });
    connect(composer, &Composer::draftChanged, this, [this, &page](const QString& text) {
        if (page.model())
            m_workspace.setComposerText(page.model()->conversation(), page.model()->thread(), text);
    });
    connect(composer, &Composer::typingChanged, this, [this](bool active) {
        workspace::Account* account = m_workspace.accountOf(m_current);
        if (chat::PresenceFacet* presence = account ? account->backend().facets().presence : nullptr)
            presence->setTyping(m_current, active);
    });
    composer->setKindOf([this](const QString& text) {
        composer::CommandState state;
        state.command = m_workspace.kindOf(m_current, text) == chat::OutgoingKind::Command;
        if (const chat::CommandSpec* spec = m_workspace.specOf(m_current, text))
            state.risk = spec->risk;
        state.environment = environmentOf(m_current);
        state.needsReview = m_workspace.needsConfirmation(m_current, text);
        return state;
    });
    composer->setCompleter([this](const QString& word) { return completions(word); });
    wireFiles(page);
    composer->setSpeller(&m_workspace.speller());
    if (thread)
        connect(&page, &ConversationPage::closeRequested, this, [this] {
            closeThread();
            m_window.threads()->focusList();
        });
}

void Wiring::react(const base::MessageId& message, const QString& emoji)
{
    workspace::Account* account = m_workspace.accountOf(m_current);
    chat::ReactionFacet* reactions = account ? account->backend().facets().reactions : nullptr;
    const ConversationPage* page
        = m_window.page()->model() && m_window.page()->model()->rowOf(message) >= 0 ? m_window.page() : m_window.threadPage();
    const int row = page->model() ? page->model()->rowOf(message) : -1;
    if (!reactions || row < 0)
        return;
    QStringList mine;
    for (const chat::Reaction& reaction : page->model()->row(row).message.reactions)
        if (reaction.by.contains(account->self().user))
            mine += reaction.emoji;
    const QStringList before = mine;
    if (!mine.removeOne(emoji))
        mine += emoji;
    complainIfFails(reactions->setReactions(m_current, message, before, mine));
}

void Wiring::editLast(ConversationPage& page)
{
    const model::TimelineModel* timeline = page.model();
    for (int i = timeline ? timeline->rowCount() - 1 : -1; i >= 0; --i) {
        const model::TimelineRow& row = timeline->row(i);
        if (row.kind == model::TimelineRow::Kind::Message && row.mine && !row.pending && !row.message.deleted && row.message.run.isEmpty()
            && !row.run)
            return page.composer()->setEdit(row.message);
    }
}

// ---- console and palette ----

void Wiring::wireConsole()
{
    using consoleview::ConsolePanel;
    ConsolePanel* console = m_window.console();
    connect(console, &ConsolePanel::runRequested, this, &Wiring::runCommand);
    connect(console, &ConsolePanel::cancelRequested, this, [this](const base::RunId& run) { complainIfFails(m_workspace.cancelRun(run)); });
    connect(console, &ConsolePanel::decideRequested, this, &Wiring::decide);
    connect(console, &ConsolePanel::contextRequested, this, &Wiring::showContext);
    wireRuns();
    wireHandOver();
    connect(console, &ConsolePanel::paletteRequested, this, [this] { openPalette(); });
    connect(console, &ConsolePanel::saveFailed, this, &Wiring::complain);
    connect(console, &ConsolePanel::pinsChanged, this, [this](const QList<base::RunId>& runs) {
        QStringList pins;
        for (const base::RunId& run : runs)
            pins.append(run.text());
        m_workspace.settings().setValue(settings::Key::ConsolePins, pins);
    });
    connect(console, &ConsolePanel::draftChanged, this, [this](const QString& text) {
        m_workspace.settings().setValue(settings::Key::ConsoleDraft, text);
        presentConsoleHint(text);
    });
    connect(&m_workspace.console(), &console::Console::changed, this, [this](const console::ConsoleChange& change) {
        if (change.kind != console::ConsoleChange::Kind::Output)
            m_presentApprovals.start();
    });
}

void Wiring::runCommand(const QString& text)
{
    settings::Settings& settings = m_workspace.settings();
    QStringList history = settings.value(settings::Key::ConsoleHistory).toStringList();
    history.removeAll(text);
    history.append(text);
    history = history.mid(std::max<qsizetype>(0, history.size() - kCommandHistory));
    settings.setValue(settings::Key::ConsoleHistory, history);
    m_window.console()->setHistory(history);
    if (m_window.console()->text().trimmed() == text) {
        m_window.console()->setText({}); // the line is free for the next one; what could not be sent comes back below
        settings.setValue(settings::Key::ConsoleDraft, QString());
    }
    m_workspace.run(m_current, text).then(this, [this, text](base::Expected<base::RunId> run) {
        if (run) {
            m_window.console()->showRun(*run);
            return;
        }
        if (run.error().kind == base::ErrorKind::Offline)
            m_window.showDock(MainWindow::Dock::Drafts); // kept there, and it says why
        else if (m_window.console()->text().isEmpty())
            m_window.console()->setText(text);
        complain(run.error());
    });
}

void Wiring::showRun(const base::RunId& run)
{
    m_window.showDock(MainWindow::Dock::Console);
    m_window.console()->showRun(run);
    m_window.console()->view()->setFocus();
}

void Wiring::showContext(const base::RunId& id)
{
    const console::Run* run = m_workspace.console().find(id);
    if (!run)
        return;
    openConversation(run->report.conversation);
    m_window.page()->timeline()->scrollToMessage(run->report.cause);
    m_window.page()->timeline()->setFocus();
}

void Wiring::decide(const base::RunId& run, bool approve) { complainIfFails(m_workspace.decideRun(run, approve)); }

void Wiring::wirePalette()
{
    paletteview::PaletteView* palette = m_window.palette();
    connect(palette, &paletteview::PaletteView::submitRequested, this, [this](const chat::CommandSpec& spec, const QString& text) {
        if (spec.account != m_current.account())
            for (const auto& conversation :
                m_workspace.account(spec.account) ? m_workspace.account(spec.account)->conversations() : QList<chat::Conversation>())
                if (conversation.joined) {
                    openConversation(conversation.id);
                    break;
                }
        m_window.showDock(MainWindow::Dock::Console);
        runCommand(text);
    });
    connect(palette, &paletteview::PaletteView::draftRequested, this, [this](const QString& text) { addDraft({m_current, {}}, text); });
    wireCommands();
    m_window.switcher()->setRanker([](const QString& query, const QStringList& names) {
        palette::Matcher matcher;
        std::vector<palette::Matcher::Item> items;
        for (const QString& name : names)
            items.push_back({name, {}, {}});
        matcher.setItems(items);
        std::vector<int> ranked;
        for (const auto& match : matcher.match(query, int(names.size())))
            ranked.push_back(match.item);
        return ranked;
    });
    connect(m_window.switcher(), &sidebar::QuickSwitcher::conversationRequested, this, &Wiring::openConversation);
}

void Wiring::openPalette(const QString& query)
{
    paletteview::PaletteContext context;
    context.account = m_current.account();
    context.conversation = m_current;
    context.conversationName = nameOf(m_current);
    context.environment = environmentOf(m_current);
    for (workspace::Account* account : m_workspace.accounts())
        context.accounts[account->config().id] = account->config().name;
    if (workspace::Account* account = m_workspace.accountOf(m_current)) {
        context.self = account->self().name;
        context.offline = !account->isConnected();
    }
    m_window.palette()->open(context, query);
}

// ---- docks, actions, look ----

void Wiring::wireDocks()
{
    connect(m_window.statusLine(), &StatusLine::outboxRequested, this, [this] { m_window.showDock(MainWindow::Dock::Drafts); });
    connect(m_window.sidebar(), &sidebar::Sidebar::conversationRequested, this, &Wiring::openConversation);
    connect(m_window.sidebar(), &sidebar::Sidebar::switcherRequested, this, [this] { m_window.switcher()->open(); });
    connect(m_window.sidebar(), &sidebar::Sidebar::markReadRequested, this, [this](const base::ConversationId& id) {
        if (workspace::Account* account = m_workspace.accountOf(id))
            account->markRead(id, {}, account->read(id).newest);
    });
}

} // namespace ridealong::window
