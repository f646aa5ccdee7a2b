// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/consolepanel.h"

#include "console/samecommand.h"
#include "consoleview/comparewindow.h"

#include "consoleview/commandeditor.h"
#include "consoleview/outputsearch.h"
#include "consoleview/pinnedruns.h"
#include "consoleview/runwindow.h"
#include "consoleview/saveoutput.h"
#include "consoleview/searchrow.h"
#include "kit/clearbutton.h"
#include "kit/confirmbar.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Token;

ConsolePanel::ConsolePanel(console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent),
      m_console(console),
      m_theme(theme),
      m_clock(clock),
      m_search(new QLineEdit(this)),
      m_roomFilter(new QToolButton(this)),
      m_whoFilter(new QToolButton(this)),
      m_pins(new PinnedRuns(console, theme, clock, this)),
      m_pages(new QStackedWidget(this)),
      m_emptyText(new QLabel(this)),
      m_view(new ConsoleView(console, theme, clock, this)),
      m_confirm(new kit::ConfirmBar(theme, this)),
      m_line(new CommandLine(theme, this))
{
    setObjectName(u"consolePanel"_s);
    kit::setBackdrop(this, theme, Token::Panel);
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(m_view);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* searchRow = new SearchRow(theme, this);
    m_finder = new OutputSearch(console, *m_view, *m_search, *searchRow, this);
    column->addWidget(makeTopRow());
    column->addWidget(searchRow);
    column->addWidget(m_pins);
    column->addWidget(m_pages, 1);
    column->addWidget(m_confirm);
    column->addWidget(m_line);

    wireView(*m_view);
    connect(m_pins, &PinnedRuns::runRequested, this, [this](const base::RunId& run) {
        showRun(run);
        m_view->setFocus();
    });
    connect(m_pins, &PinnedRuns::changed, this, [this] {
        tellPinned();
        emit pinsChanged(m_pins->runs());
    });
    connect(m_view, &ConsoleView::windowRequested, this, &ConsolePanel::openWindow);
    connect(m_view, &ConsoleView::blockCountChanged, this, &ConsolePanel::showPage);
    connect(m_line, &CommandLine::runRequested, this, &ConsolePanel::runRequested);
    connect(m_line, &CommandLine::draftChanged, this, &ConsolePanel::draftChanged);
    connect(m_confirm, &kit::ConfirmBar::confirmed, this, [this] {
        emit decideRequested(std::exchange(m_deciding, {}), true);
        m_view->setFocus();
    });
    connect(m_confirm, &kit::ConfirmBar::gaveUp, m_view, qOverload<>(&QWidget::setFocus));
    applyFilter();
    showPage();
}

QWidget* ConsolePanel::makeTopRow()
{
    auto* row = new QWidget(this);
    m_search->setObjectName(u"consoleSearch"_s);
    m_search->setPlaceholderText(tr("Search runs and output"));
    kit::addClearButton(m_search, m_theme);

    const auto menuButton = [](QToolButton* button) {
        auto* menu = new QMenu(button);
        button->setMenu(menu);
        button->setPopupMode(QToolButton::InstantPopup);
        button->setAutoRaise(true);
        return menu;
    };
    const auto choice = [this](QMenu* menu, QActionGroup* group, const QString& text, bool checked, auto act) {
        auto* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(checked);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, act] {
            act();
            applyFilter();
        });
    };
    m_roomFilter->setObjectName(u"roomFilter"_s);
    m_whoFilter->setObjectName(u"whoFilter"_s);
    auto* rooms = menuButton(m_roomFilter);
    auto* roomGroup = new QActionGroup(rooms);
    choice(rooms, roomGroup, tr("This room"), true, [this] { m_allRooms = false; });
    choice(rooms, roomGroup, tr("All rooms"), false, [this] { m_allRooms = true; });
    auto* who = menuButton(m_whoFilter);
    auto* whoGroup = new QActionGroup(who);
    choice(who, whoGroup, tr("Everyone"), true, [this] { m_who = Who::Everyone; });
    choice(who, whoGroup, tr("Mine"), false, [this] { m_who = Who::Mine; });
    who->addSeparator();
    auto* stateGroup = new QActionGroup(who);
    choice(who, stateGroup, tr("All states"), true, [this] { m_states = States::All; });
    choice(who, stateGroup, tr("Open only"), false, [this] { m_states = States::Open; });
    choice(who, stateGroup, tr("Failed only"), false, [this] { m_states = States::Failed; });

    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(12, 8, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_roomFilter);
    layout->addWidget(m_whoFilter);
    return row;
}

QWidget* ConsolePanel::makeEmptyPage()
{
    auto* page = new QWidget(this);
    m_emptyText->setWordWrap(true);
    m_emptyText->setAlignment(Qt::AlignCenter);
    kit::setTone(m_emptyText, m_theme, Token::Muted);
    auto* button = new QPushButton(tr("Open the palette"), page);
    button->setObjectName(u"openPalette"_s);
    connect(button, &QPushButton::clicked, this, &ConsolePanel::paletteRequested);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(16);
    column->addStretch();
    column->addWidget(m_emptyText);
    column->addWidget(button, 0, Qt::AlignHCenter);
    column->addStretch();
    return page;
}

void ConsolePanel::showPage()
{
    const bool filtered = m_who != Who::Everyone || m_states != States::All;
    m_emptyText->setText(filtered && !m_console.runs().empty() ? tr("No run passes this filter.") : tr("Commands and their answers appear here."));
    m_pages->setCurrentIndex(m_view->blockCount() > 0 ? 1 : 0);
}

void ConsolePanel::setContext(const CommandContext& context)
{
    const bool moved = m_context.conversation != context.conversation;
    m_context = context;
    m_line->setContext(context);
    applyFilter();
    if (moved)
        m_view->scrollToEnd();
}

void ConsolePanel::applyFilter()
{
    RunFilter filter;
    if (!m_allRooms)
        filter.conversation = m_context.conversation;
    if (m_who == Who::Mine)
        filter.sender = m_context.self;
    filter.openOnly = m_states == States::Open;
    filter.failedOnly = m_states == States::Failed;
    m_view->setFilter(filter);
    m_roomFilter->setText(m_allRooms ? tr("All rooms") : tr("This room"));
    QString who = m_who == Who::Mine ? tr("Mine") : tr("Everyone");
    if (m_states == States::Open)
        who = m_who == Who::Mine ? tr("Mine, open") : tr("Open");
    else if (m_states == States::Failed)
        who = m_who == Who::Mine ? tr("Mine, failed") : tr("Failed");
    m_whoFilter->setText(who);
    showPage();
    m_finder->again();
}

bool ConsolePanel::showRun(const base::RunId& run)
{
    if (m_view->showRun(run))
        return true;
    if (!m_console.find(run))
        return false;
    m_allRooms = true;
    m_who = Who::Everyone;
    m_states = States::All;
    for (auto* menu : {m_roomFilter->menu(), m_whoFilter->menu()})
        for (auto* action : menu->actions())
            if (action->isCheckable()
                && (action->text() == tr("All rooms") || action->text() == tr("Everyone") || action->text() == tr("All states")))
                action->setChecked(true);
    applyFilter();
    return m_view->showRun(run);
}

void ConsolePanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ConsolePanel::focusCommandLine() { m_line->editor()->setFocus(Qt::ShortcutFocusReason); }

void ConsolePanel::findNext() { m_finder->next(); }

void ConsolePanel::findPrevious() { m_finder->previous(); }

void ConsolePanel::wireView(ConsoleView& view)
{
    connect(&view, &ConsoleView::pinRequested, m_pins, &PinnedRuns::toggle);
    connect(&view, &ConsoleView::cancelRequested, this, &ConsolePanel::cancelRequested);
    connect(&view, &ConsoleView::decideRequested, this, &ConsolePanel::decide);
    connect(&view, &ConsoleView::rerunRequested, this, &ConsolePanel::rerunRequested);
    connect(&view, &ConsoleView::contextRequested, this, &ConsolePanel::contextRequested);
    connect(&view, &ConsoleView::saveRequested, this, &ConsolePanel::saveAs);
    connect(&view, &ConsoleView::saveBytesRequested, this, [this](const QByteArray& bytes, const QString& fileName) {
        askWhereToSave(fileName, [bytes](const QString& path) { return saveBytes(bytes, path); });
    });
    connect(&view, &ConsoleView::compareRequested, this, &ConsolePanel::compare);
    connect(&view, &ConsoleView::handOverRequested, this, &ConsolePanel::handOverRequested);
    connect(&view, &ConsoleView::placeRequested, this, &ConsolePanel::placeRequested);
    connect(&view, &ConsoleView::argumentsRequested, this, &ConsolePanel::argumentsRequested);
    connect(&view, &ConsoleView::joinRequested, this, &ConsolePanel::joinRequested);
    connect(&view, &ConsoleView::lineMoveRequested, this, &ConsolePanel::lineMoveRequested);
}

void ConsolePanel::setPins(const QList<base::RunId>& runs)
{
    m_pins->setRuns(runs);
    tellPinned();
}

void ConsolePanel::tellPinned()
{
    for (ConsoleView* view : findChildren<ConsoleView*>()) // those in windows, too
        view->setPinned(m_pins->runs());
}

void ConsolePanel::compare(const base::RunId& run)
{
    if (!m_console.find(run))
        return;
    // Without one of its kind the window says so, and another can be chosen.
    const base::RunId before = console::runBefore(m_console, run);
    auto* window = new CompareWindow(before ? before : run, run, m_console, m_theme, m_clock, this);
    window->show();
    window->raise();
    window->activateWindow();
}

void ConsolePanel::openWindow(const base::RunId& run)
{
    if (!m_console.find(run))
        return;
    const QList<RunWindow*> open = findChildren<RunWindow*>();
    const auto its = std::find_if(open.begin(), open.end(), [&run](const RunWindow* one) { return one->run() == run && one->isVisible(); });
    RunWindow* window = its == open.end() ? nullptr : *its;
    if (!window) {
        window = new RunWindow(run, m_console, m_theme, m_clock, this);
        wireView(*window->view());
        tellPinned();
        // What these ask for is seen and answered in the window of the rooms.
        const auto bringRooms = [this] {
            this->window()->raise();
            this->window()->activateWindow();
        };
        connect(window->view(), &ConsoleView::decideRequested, this, bringRooms);
        connect(window->view(), &ConsoleView::rerunRequested, this, bringRooms);
        connect(window->view(), &ConsoleView::contextRequested, this, bringRooms);
    }
    window->show();
    window->raise();
    window->activateWindow();
}

void ConsolePanel::decide(const base::RunId& run, bool approve)
{
    const auto* held = m_console.find(run);
    if (!held)
        return;
    // Saying no needs no ceremony.
    if (!approve || !isProduction(held->report.environment)) {
        emit decideRequested(run, approve);
        return;
    }
    m_deciding = run;
    const bool here = held->report.conversation == m_context.conversation && !m_context.name.isEmpty();
    m_confirm->ask({tr("%1 asks to run this in production:").arg(held->report.senderName.left(60)), held->report.command,
        here ? m_context.name : held->report.environment, tr("Approve")});
}

void ConsolePanel::saveAs(const base::RunId& run)
{
    if (const auto* held = m_console.find(run))
        askWhereToSave(u"output.txt"_s, [lines = held->lines](const QString& path) { return saveOutput(lines, path); });
}

void ConsolePanel::askWhereToSave(const QString& fileName, std::function<base::Async<base::Done>(const QString&)> save)
{
    auto* dialog = new QFileDialog(this, tr("Save"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QFileInfo(fileName).suffix());
    dialog->selectFile(fileName);
    connect(dialog, &QFileDialog::fileSelected, this, [this, save = std::move(save)](const QString& path) {
        save(path).then(this, [this](const base::Expected<base::Done>& done) {
            if (!done)
                emit saveFailed(done.error());
        });
    });
    dialog->open();
}

} // namespace ridealong::consoleview
