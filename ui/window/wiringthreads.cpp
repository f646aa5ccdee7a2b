// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The list of threads: read anew when something was said in one, when one was read, and when another conversation is in front.
#include "composer/composer.h"
#include "threadsview/threadspanel.h"
#include "window/wiring.h"

#include <QDockWidget>

namespace ridealong::window {

namespace {

constexpr int kMostThreads = 100;
constexpr int kInViewMs = 200; ///< coalesces what comes in a burst
constexpr int kHiddenMs = 3000; ///< only for the count on the tab

bool saysSomethingInAThread(const chat::SyncBatch& batch)
{
    return std::any_of(batch.events.cbegin(), batch.events.cend(), [](const chat::Event& event) {
        if (const auto* changed = std::get_if<chat::MessageChanged>(&event))
            return !changed->message.thread.isEmpty();
        const auto* read = std::get_if<chat::ReadMarkerMoved>(&event);
        return read && !read->thread.isEmpty();
    });
}

} // namespace

void Wiring::wireThreads()
{
    using threadsview::ThreadsPanel;
    ThreadsPanel* panel = m_window.threads();
    m_presentThreads.setSingleShot(true);
    connect(&m_presentThreads, &QTimer::timeout, this, &Wiring::presentThreads);
    panel->setPlaces([this](const base::ConversationId& id) { return threadsview::Place{nameOf(id), environmentOf(id)}; });
    connect(panel, &ThreadsPanel::threadRequested, this, [this](const base::ConversationId& conversation, const base::MessageId& root) {
        openPlace({conversation, root});
    });
    connect(panel, &ThreadsPanel::closeRequested, this, [this] { m_window.page()->composer()->focusEditor(); });
    connect(panel, &ThreadsPanel::reloadRequested, this, &Wiring::presentThreads);
    connect(panel, &ThreadsPanel::scopeChanged, this, [this, panel] {
        panel->setThreads(std::nullopt);
        presentThreads();
    });
    connect(m_window.dock(MainWindow::Dock::Threads), &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (visible)
            presentThreadsSoon();
    });
    connect(&m_workspace, &workspace::Workspace::committed, this, [this](const base::AccountId&, const chat::SyncBatch& batch) {
        if (saysSomethingInAThread(batch))
            presentThreadsSoon();
    });
    connect(&m_workspace, &workspace::Workspace::accountRemoved, this, &Wiring::presentThreadsSoon);
    // Reading a thread changes what is unread in it; that comes back as its conversation's change.
    connect(&m_workspace, &workspace::Workspace::conversationChanged, this, [this](const base::ConversationId& id) {
        if (m_window.threadPage()->model() && id == m_current)
            presentThreadsSoon();
    });
}

/// One that waits for longer than it has to is moved forward, never put off.
void Wiring::presentThreadsSoon()
{
    const int delay = m_window.threads()->isVisible() ? kInViewMs : kHiddenMs;
    if (!m_presentThreads.isActive() || m_presentThreads.remainingTime() > delay)
        m_presentThreads.start(delay);
}

void Wiring::presentThreads()
{
    m_presentThreads.stop();
    threadsview::ThreadsPanel* panel = m_window.threads();
    const base::ConversationId where = panel->isOfAll() ? base::ConversationId() : m_current;
    if (!panel->isOfAll() && m_current.isEmpty())
        return panel->setThreads(QList<chat::ThreadOverview>());
    m_workspace.threads(where, kMostThreads)
        .then(this, [this, panel, number = ++m_threadsAsked](const base::Expected<QList<chat::ThreadOverview>>& threads) {
            if (number != m_threadsAsked)
                return; // of what was in front before
            if (!threads)
                return panel->setError(threads.error());
            panel->setThreads(*threads);
            m_window.setDockCount(MainWindow::Dock::Threads, panel->threads().unread());
        });
}

} // namespace ridealong::window
