// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/mainwindow.h"

#include "consoleview/consolepanel.h"
#include "draftsview/approvalspanel.h"
#include "draftsview/draftspanel.h"
#include "kit/noticebar.h"
#include "kit/theme.h"
#include "ledgerview/ledgerpanel.h"
#include "pairingview/pairingpanel.h"
#include "paletteview/paletteview.h"
#include "searchview/searchpanel.h"
#include "sidebar/quickswitcher.h"
#include "sidebar/sidebar.h"
#include "threadsview/threadspanel.h"
#include "window/actiontable.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenuBar>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ridealong::window {

using namespace Qt::StringLiterals;

namespace {

/// Raised when docks are added, removed or renamed: an older saved layout is then not applied.
constexpr int kLayoutVersion = 3;
constexpr QSize kFirstSize{1440, 900};
constexpr int kSidebarWidth = 236;
constexpr int kDockWidth = 590;

/// In a dock until the window is complete. Not of no size: beside an empty title bar that would be less than nothing.
QWidget* standIn()
{
    auto* empty = new QWidget;
    empty->setMinimumSize(1, 1);
    return empty;
}

} // namespace

MainWindow::MainWindow(workspace::Workspace& workspace, kit::Theme& theme, base::Clock& clock)
    : m_workspace(workspace),
      m_theme(theme),
      m_clock(clock),
      m_splitter(new QSplitter(Qt::Horizontal)),
      m_notice(new kit::NoticeBar(theme)),
      m_sidebar(new sidebar::Sidebar(workspace.conversations(), theme)),
      m_page(new ConversationPage(theme)),
      m_console(new consoleview::ConsolePanel(workspace.console(), theme, clock)),
      m_status(new StatusLine(theme, clock))
{
    setWindowTitle(u"Ridealong"_s);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks | GroupedDragging);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);

    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_sidebar);
    m_splitter->addWidget(m_page);
    m_splitter->setStretchFactor(1, 1);
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_splitter, 1);
    setCentralWidget(centre);
    setStatusBar(m_status);
    m_notice->hide();
    connect(m_notice, &kit::NoticeBar::buttonPressed, this, [this] {
        m_notice->dismiss();
        if (const std::function<void()> press = std::exchange(m_noticePress, {}))
            press();
    });

    const auto add = [this](Dock which, const QString& name, const QString& title, QWidget* content) {
        auto* dock = new QDockWidget(title, this);
        dock->setObjectName(name);
        dock->setWidget(content);
        m_docks[size_t(which)] = dock;
        connect(dock, &QDockWidget::topLevelChanged, this, &MainWindow::updateTitleBars);
        connect(dock, &QDockWidget::dockLocationChanged, this, &MainWindow::updateTitleBars);
        connect(dock, &QDockWidget::visibilityChanged, this, [this, which](bool visible) {
            updateTitleBars();
            if (visible && which != Dock::Console)
                complete();
        });
    };
    add(Dock::Console, u"console"_s, tr("Console"), m_console);
    add(Dock::Drafts, u"drafts"_s, tr("Drafts"), standIn());
    add(Dock::Threads, u"threads"_s, tr("Threads"), standIn());
    add(Dock::Approvals, u"approvals"_s, tr("Approvals"), standIn());
    add(Dock::Pairing, u"pairing"_s, tr("Pairing"), standIn());
    add(Dock::Search, u"search"_s, tr("Search"), standIn());
    add(Dock::Ledger, u"ledger"_s, tr("Ledger"), standIn());

    registerActions(m_registry, this);
    makeMenus();
}

MainWindow::~MainWindow()
{
    for (QDockWidget* dock : findChildren<QDockWidget*>())
        dock->disconnect(this); // they are hidden when this is a window no more
}

void MainWindow::complete()
{
    if (std::exchange(m_complete, true))
        return;
    m_threads = new threadsview::ThreadsPanel(m_theme, m_clock);
    m_threadPage = new ConversationPage(m_theme);
    m_threadStack = new QStackedWidget;
    m_threadStack->addWidget(m_threads);
    m_threadStack->addWidget(m_threadPage);
    m_drafts = new draftsview::DraftsPanel(m_theme, m_clock);
    m_approvals = new draftsview::ApprovalsPanel(m_theme, m_clock);
    m_pairing = new pairingview::PairingPanel(m_theme);
    m_search = new searchview::SearchPanel(m_theme, m_clock);
    m_ledger = new ledgerview::LedgerPanel(m_theme, m_clock);
    const std::pair<Dock, QWidget*> contents[]{{Dock::Threads, m_threadStack}, {Dock::Drafts, m_drafts}, {Dock::Approvals, m_approvals},
        {Dock::Pairing, m_pairing}, {Dock::Search, m_search}, {Dock::Ledger, m_ledger}};
    for (const auto& [which, content] : contents) {
        delete dock(which)->widget();
        dock(which)->setWidget(content);
    }
    // Overlays lie over everything else: made last, children of the window.
    m_palette = new paletteview::PaletteView(m_workspace.palette(), m_theme, m_clock, this);
    m_switcher = new sidebar::QuickSwitcher(m_workspace.conversations(), m_theme, this);
    m_palette->hide();
    m_switcher->hide();
    emit completed();
}

void MainWindow::makeMenus()
{
    QHash<QString, QMenu*> menus;
    for (const kit::ActionSpec& spec : m_registry.specs()) {
        QMenu*& menu = menus[spec.group];
        if (!menu)
            menu = menuBar()->addMenu(spec.group);
        menu->addAction(m_registry.find(spec.id));
    }
}

void MainWindow::placeDocks()
{
    // One behind the other from the start: above each other they would set the window's least height, for a moment and for good.
    for (QDockWidget* dock : m_docks) {
        dock->setFloating(false);
        dock == m_docks[0] ? addDockWidget(Qt::RightDockWidgetArea, dock) : tabifyDockWidget(m_docks[0], dock);
        dock->show();
    }
    resizeDocks({m_docks[0]}, {kDockWidth}, Qt::Horizontal);
    m_splitter->setSizes({kSidebarWidth, kFirstSize.width() - kSidebarWidth - kDockWidth});
    m_docks[0]->raise();
    updateTitleBars();
}

/// A dock among tabs has its name on its tab, and is dragged by it; a second line with the same word would only take room.
void MainWindow::updateTitleBars()
{
    for (QDockWidget* dock : m_docks) {
        const bool tabbed = !dock->isFloating() && !tabifiedDockWidgets(dock).isEmpty();
        if (tabbed == (dock->titleBarWidget() != nullptr))
            continue;
        QWidget* before = dock->titleBarWidget();
        dock->setTitleBarWidget(tabbed ? new QWidget(dock) : nullptr);
        delete before;
    }
}

void MainWindow::bringToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::showDock(Dock which)
{
    if (which != Dock::Console)
        complete(); // before it is shown: what comes into a dock that is in view is not, until the loop has turned
    dock(which)->show();
    dock(which)->raise();
}

void MainWindow::showThreadList(bool list)
{
    complete();
    m_threadStack->setCurrentWidget(list ? static_cast<QWidget*>(m_threads) : m_threadPage);
}

void MainWindow::setDockCount(Dock which, int count)
{
    const QString name = which == Dock::Drafts ? tr("Drafts") : which == Dock::Threads ? tr("Threads") : tr("Approvals");
    dock(which)->setWindowTitle(count > 0 ? u"%1 %2"_s.arg(name).arg(count) : name);
}

void MainWindow::showNotice(const QString& text, const QString& details, const QString& button, std::function<void()> press)
{
    m_noticePress = std::move(press);
    if (text.isEmpty())
        m_notice->dismiss();
    else
        m_notice->show(text, details, button);
}

// ---- what is remembered ----

void MainWindow::restoreLayout()
{
    const auto stored = [this](settings::Key key) { return QByteArray::fromBase64(m_workspace.settings().value(key).toString().toLatin1()); };
    const bool isFirst = !restoreGeometry(stored(settings::Key::WindowGeometry));
    if (!restoreState(stored(settings::Key::WindowState), kLayoutVersion))
        placeDocks();
    if (isFirst)
        resize(kFirstSize.boundedTo(screen()->availableSize()));
    m_splitter->restoreState(stored(settings::Key::WindowSplitter));
}

void MainWindow::saveLayout()
{
    const auto keep
        = [this](settings::Key key, const QByteArray& state) { m_workspace.settings().setValue(key, QString::fromLatin1(state.toBase64())); };
    keep(settings::Key::WindowGeometry, saveGeometry());
    keep(settings::Key::WindowState, saveState(kLayoutVersion));
    keep(settings::Key::WindowSplitter, m_splitter->saveState());
}

void MainWindow::resetLayout() { placeDocks(); }

void MainWindow::closeEvent(QCloseEvent* event)
{
    saveLayout();
    // The end of the session closes windows too, and one that refuses would hold it up.
    if (!m_quitting && m_staysInTray && m_staysInTray() && !qGuiApp->isSavingSession()) {
        event->ignore();
        hide();
        return;
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::quit()
{
    m_quitting = true;
    const bool hidden = isHidden();
    close();
    if (hidden)
        QCoreApplication::quit(); // closing what is not shown ends nothing
}

} // namespace ridealong::window
