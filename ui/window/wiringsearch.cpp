// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Finding a message, and showing one where it was said.
#include "composer/composer.h"
#include "kit/actions.h"
#include "model/searchmodel.h"
#include "searchview/searchpanel.h"
#include "timelineview/datedialog.h"
#include "timelineview/timelineview.h"
#include "window/wiring.h"

#include <QDateTime>

namespace ridealong::window {

void Wiring::wireSearch()
{
    searchview::SearchPanel* panel = m_window.search();
    auto* found = new model::SearchModel(
        [this](const chat::SearchQuery& query, qint64 from, int limit) { return m_workspace.search(query, from, limit); }, m_clock, this);
    panel->setModel(found);
    panel->setPlaces([this](const base::ConversationId& id) {
        searchview::Place place{nameOf(id), environmentOf(id), {}};
        const workspace::Account* account = m_workspace.accountOf(id);
        if (account && m_workspace.accounts().size() > 1)
            place.account = account->config().name;
        return place;
    });
    connect(panel, &searchview::SearchPanel::messageRequested, this,
        [this](const chat::Message& message) { showMessage(message.conversation, message.thread, message.id); });
    connect(panel, &searchview::SearchPanel::closeRequested, this, [this] { m_window.page()->composer()->focusEditor(); });
}

void Wiring::askDate()
{
    const ConversationPage& page = *m_window.page();
    if (!page.model())
        return;
    const int row = page.timeline()->firstVisibleRow();
    const qint64 shownMs = row >= 0 && row < page.model()->rowCount() ? page.model()->row(row).timeMs : m_clock.nowMs();
    const auto dayOf = [](qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms).date(); };
    auto* dialog = new timelineview::DateDialog(m_theme, nameOf(m_current), dayOf(m_clock.nowMs()), dayOf(shownMs), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &timelineview::DateDialog::chosen, this, [this, conversation = m_current](const QDate& day) {
        m_workspace.messageAt(conversation, day.startOfDay().toMSecsSinceEpoch())
            .then(this, [this, conversation](const base::Expected<base::MessageId>& message) {
                if (!message)
                    return complain(message.error());
                if (conversation != m_current)
                    return; // they went elsewhere meanwhile
                timelineview::TimelineView* timeline = m_window.page()->timeline();
                message->isEmpty() ? timeline->jumpToNewest() : timeline->scrollToMessage(*message); // nothing was said since: the newest
                timeline->setFocus();
            });
    });
    dialog->open();
}

void Wiring::showMessage(const base::ConversationId& conversation, const base::MessageId& thread, const base::MessageId& message)
{
    if (!m_workspace.conversation(conversation))
        return complain({base::ErrorKind::NotFound, conversation.text(), 0});
    openConversation(conversation);
    ConversationPage* page = m_window.page();
    if (thread) {
        page->timeline()->scrollToMessage(thread); // behind the thread, where it began
        if (!m_window.threadPage()->model() || m_window.threadPage()->model()->thread() != thread)
            openThread(thread);
        else
            m_window.showDock(MainWindow::Dock::Threads); // it is open already
        page = m_window.threadPage();
    }
    page->timeline()->scrollToMessage(message);
    page->timeline()->setFocus();
}

} // namespace ridealong::window
