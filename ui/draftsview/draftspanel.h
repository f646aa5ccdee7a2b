// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/outboxitem.h"
#include "draftsview/cardlist.h"

namespace ridealong::draftsview {

/// A draft and what the panel cannot know by itself.
struct DraftView
{
    chat::Draft draft;
    QString where; ///< name of the conversation
    QString environment;
    int newerMessages = 0; ///< since it was written
    QStringList problems; ///< in words
    bool online = true; ///< it could be sent now
};

struct OutboxView
{
    chat::OutboxItem item;
    QString where;
    QString environment;
    QString why; ///< in words; empty: nothing to say
};

/// Everything unsent in one place: what waits in the outbox, then drafts, the newest first.
class DraftsPanel : public QWidget
{
    Q_OBJECT
public:
    DraftsPanel(kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);

    void setDrafts(const QList<DraftView>& drafts);
    void setOutbox(const QList<OutboxView>& items);
    CardList* list() const { return m_list; }

signals:
    void sendDraftRequested(const ridealong::base::DraftId& draft);
    void editDraftRequested(const ridealong::base::DraftId& draft);
    void discardDraftRequested(const ridealong::base::DraftId& draft);
    /// Of a command in review: its author lets it go.
    void retryRequested(const ridealong::base::TransactionId& transaction);
    void editOutboxRequested(const ridealong::base::TransactionId& transaction);
    void discardOutboxRequested(const ridealong::base::TransactionId& transaction);

private:
    void rebuild();
    void fillDraft(Card* card, const DraftView& view);
    void fillItem(Card* card, const OutboxView& view);
    void onPressed(const QString& key, const QString& name);

    base::Clock& m_clock;
    QList<DraftView> m_drafts;
    QList<OutboxView> m_outbox;
    QString m_discarding; ///< key that was asked to be discarded once
    CardList* m_list;
};

} // namespace ridealong::draftsview
