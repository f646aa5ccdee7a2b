// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/actions.h"
#include "window/conversationpage.h"
#include "window/statusline.h"

#include <QMainWindow>

class QSplitter;
class QStackedWidget;

namespace ridealong::consoleview {
class ConsolePanel;
}
namespace ridealong::draftsview {
class ApprovalsPanel;
class DraftsPanel;
} // namespace ridealong::draftsview
namespace ridealong::kit {
class NoticeBar;
}
namespace ridealong::ledgerview {
class LedgerPanel;
}
namespace ridealong::pairingview {
class PairingPanel;
}
namespace ridealong::paletteview {
class PaletteView;
}
namespace ridealong::searchview {
class SearchPanel;
}
namespace ridealong::sidebar {
class QuickSwitcher;
class Sidebar;
} // namespace ridealong::sidebar
namespace ridealong::threadsview {
class ThreadsPanel;
}
namespace ridealong::workspace {
class Workspace;
}

namespace ridealong::window {

/// The window and what stands in it: sidebar, the conversation, the docks, the status line. It lays out and remembers;
/// what anything does is in Wiring.
///
/// It is made in two steps, so that it is on the screen sooner: what the first look shows, and the rest (threads, drafts, approvals,
/// pairing, search, ledger, palette, switcher) when it is asked for, or behind the first paint.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(workspace::Workspace& workspace, kit::Theme& theme, base::Clock& clock);
    ~MainWindow() override;

    kit::ActionRegistry& actionRegistry() { return m_registry; }
    sidebar::Sidebar* sidebar() const { return m_sidebar; }
    ConversationPage* page() const { return m_page; }
    consoleview::ConsolePanel* console() const { return m_console; }
    StatusLine* statusLine() const { return m_status; }

    void complete(); ///< makes the rest, once
    bool isComplete() const { return m_complete; }
    ConversationPage* threadPage() { return rest(m_threadPage); }
    draftsview::DraftsPanel* drafts() { return rest(m_drafts); }
    draftsview::ApprovalsPanel* approvals() { return rest(m_approvals); }
    pairingview::PairingPanel* pairing() { return rest(m_pairing); }
    searchview::SearchPanel* search() { return rest(m_search); }
    threadsview::ThreadsPanel* threads() { return rest(m_threads); }
    ledgerview::LedgerPanel* ledger() { return rest(m_ledger); }
    paletteview::PaletteView* palette() { return rest(m_palette); }
    sidebar::QuickSwitcher* switcher() { return rest(m_switcher); }

    enum class Dock { Console, Drafts, Threads, Approvals, Pairing, Search, Ledger };
    QDockWidget* dock(Dock which) const { return m_docks[size_t(which)]; }
    void bringToFront(); ///< out of the task bar, over the others
    void showDock(Dock which); ///< visible, in front of its tabs
    void showThreadList(bool list); ///< in the dock of threads: the list, or the thread that is open
    void setDockCount(Dock which, int count); ///< "Drafts 2"

    /// A line above everything that something went wrong; empty takes it away. With a button: what it does.
    void showNotice(const QString& text, const QString& details = {}, const QString& button = {}, std::function<void()> press = {});

    /// Asked when the window is closed: true hides it and the program goes on.
    void setStaysInTray(std::function<bool()> stays) { m_staysInTray = std::move(stays); }
    void quit(); ///< closes it for good, shown or hidden

    void restoreLayout();
    void saveLayout();
    void resetLayout();

signals:
    void completed(); ///< the rest is there, and nothing of it is connected yet

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    template <typename Panel> Panel* rest(Panel* const& panel)
    {
        complete();
        return panel;
    }
    void makeMenus();
    void placeDocks();
    void updateTitleBars();

    workspace::Workspace& m_workspace;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    kit::ActionRegistry m_registry;
    QSplitter* m_splitter;
    kit::NoticeBar* m_notice;
    std::function<void()> m_noticePress;
    sidebar::Sidebar* m_sidebar;
    ConversationPage* m_page;
    consoleview::ConsolePanel* m_console;
    StatusLine* m_status;
    std::array<QDockWidget*, 7> m_docks{};
    bool m_complete = false;
    ConversationPage* m_threadPage = nullptr;
    draftsview::DraftsPanel* m_drafts = nullptr;
    draftsview::ApprovalsPanel* m_approvals = nullptr;
    pairingview::PairingPanel* m_pairing = nullptr;
    searchview::SearchPanel* m_search = nullptr;
    threadsview::ThreadsPanel* m_threads = nullptr;
    ledgerview::LedgerPanel* m_ledger = nullptr;
    QStackedWidget* m_threadStack = nullptr;
    paletteview::PaletteView* m_palette = nullptr;
    sidebar::QuickSwitcher* m_switcher = nullptr;
    std::function<bool()> m_staysInTray;
    bool m_quitting = false;
};

} // namespace ridealong::window
