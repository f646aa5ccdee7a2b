// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/clock.h"
#include "base/random.h"
#include "chat/outboxitem.h"

#include <QObject>

namespace ridealong::store {
class ProfileStore;
}

namespace ridealong::outbox {

/// Everything being written: one composer draft per conversation and thread, and any number put aside. Each change goes to
/// the store at once, so a crash loses nothing that was handed in.
class DraftBook : public QObject
{
    Q_OBJECT
public:
    DraftBook(store::ProfileStore& store, base::Clock& clock, base::Random& random, QObject* parent = nullptr);

    /// Copies of files lie in `copies` now; empty: where they lay.
    base::Async<base::Done> load(const QString& copies = {});

    QList<chat::Draft> drafts() const; ///< newest first; the composers' own included
    const chat::Draft* find(const base::DraftId& id) const;
    /// Empty when nothing is being written there.
    QString composerText(const base::ConversationId& conversation, const base::MessageId& thread) const;
    /// Text or files wait in the conversation's own composer.
    bool hasComposer(const base::ConversationId& conversation) const { return findComposer(conversation, {}) != nullptr; }
    QList<chat::Attachment> composerAttachments(const base::ConversationId& conversation, const base::MessageId& thread) const;

    /// Adds (empty id) or replaces. Answers with the id when it is stored. Errors: Invalid (neither text nor files), Storage.
    base::Async<base::DraftId> put(chat::Draft draft);
    /// The composer's own; without text and files it is removed.
    base::Async<base::Done> setComposerText(
        const base::ConversationId& conversation, const base::MessageId& thread, const QString& text, chat::OutgoingKind kind, qint64 newestOrder);
    base::Async<base::Done> setComposerAttachments(
        const base::ConversationId& conversation, const base::MessageId& thread, const QList<chat::Attachment>& files, qint64 newestOrder);
    base::Async<base::Done> remove(const base::DraftId& id);

signals:
    void changed(const ridealong::base::ConversationId& conversation);

private:
    const chat::Draft* findComposer(const base::ConversationId& conversation, const base::MessageId& thread) const;
    /// A copy of the composer's draft; a new one where there is none.
    chat::Draft composerDraft(const base::ConversationId& conversation, const base::MessageId& thread, qint64 newestOrder) const;
    base::Async<base::Done> putComposer(chat::Draft draft);
    void keep(chat::Draft& draft);

    store::ProfileStore& m_store;
    base::Clock& m_clock;
    base::Random& m_random;
    QList<chat::Draft> m_drafts;
};

} // namespace ridealong::outbox
