// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "outbox/draftbook.h"

#include "store/profilestore.h"

namespace ridealong::outbox {

using namespace Qt::StringLiterals;

DraftBook::DraftBook(store::ProfileStore& store, base::Clock& clock, base::Random& random, QObject* parent)
    : QObject(parent),
      m_store(store),
      m_clock(clock),
      m_random(random)
{}

base::Async<base::Done> DraftBook::load(const QString& copies)
{
    base::Promise<base::Done> promise;
    m_store.drafts().then(this, [this, promise, copies](base::Expected<QList<chat::Draft>> drafts) {
        if (!drafts)
            return promise.answer(drafts.error());
        m_drafts = *drafts;
        if (!copies.isEmpty())
            for (chat::Draft& draft : m_drafts)
                chat::moveCopies(draft.attachments, copies);
        promise.answer(base::Done());
    });
    return promise.async();
}

QList<chat::Draft> DraftBook::drafts() const
{
    QList<chat::Draft> sorted = m_drafts;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.writtenAtMs > b.writtenAtMs; });
    return sorted;
}

const chat::Draft* DraftBook::find(const base::DraftId& id) const
{
    const auto at = std::find_if(m_drafts.begin(), m_drafts.end(), [&](const auto& draft) { return draft.id == id; });
    return at == m_drafts.end() ? nullptr : &*at;
}

const chat::Draft* DraftBook::findComposer(const base::ConversationId& conversation, const base::MessageId& thread) const
{
    for (const chat::Draft& draft : m_drafts)
        if (draft.composer && draft.conversation == conversation && draft.thread == thread)
            return &draft;
    return nullptr;
}

QString DraftBook::composerText(const base::ConversationId& conversation, const base::MessageId& thread) const
{
    const chat::Draft* draft = findComposer(conversation, thread);
    return draft ? draft->text : QString();
}

QList<chat::Attachment> DraftBook::composerAttachments(const base::ConversationId& conversation, const base::MessageId& thread) const
{
    const chat::Draft* draft = findComposer(conversation, thread);
    return draft ? draft->attachments : QList<chat::Attachment>();
}

void DraftBook::keep(chat::Draft& draft)
{
    if (draft.id.isEmpty())
        draft.id = base::DraftId(base::randomToken(m_random));
    draft.writtenAtMs = m_clock.nowMs();
    const auto at = std::find_if(m_drafts.begin(), m_drafts.end(), [&](const auto& known) { return known.id == draft.id; });
    if (at == m_drafts.end())
        m_drafts.append(draft);
    else
        *at = draft;
    emit changed(draft.conversation);
}

base::Async<base::DraftId> DraftBook::put(chat::Draft draft)
{
    if (draft.text.trimmed().isEmpty() && draft.attachments.isEmpty())
        return base::Async<base::DraftId>::ready(base::Error{base::ErrorKind::Invalid, u"a draft without text"_s, 0});
    keep(draft);

    base::Promise<base::DraftId> promise;
    m_store.putDraft(draft).then(
        this, [promise, id = draft.id](base::Status stored) { promise.answer(stored ? base::Expected<base::DraftId>(id) : stored.error()); });
    return promise.async();
}

base::Async<base::Done> DraftBook::setComposerText(
    const base::ConversationId& conversation, const base::MessageId& thread, const QString& text, chat::OutgoingKind kind, qint64 newestOrder)
{
    chat::Draft draft = composerDraft(conversation, thread, newestOrder);
    draft.text = text;
    draft.kind = kind;
    return putComposer(std::move(draft));
}

base::Async<base::Done> DraftBook::setComposerAttachments(
    const base::ConversationId& conversation, const base::MessageId& thread, const QList<chat::Attachment>& files, qint64 newestOrder)
{
    chat::Draft draft = composerDraft(conversation, thread, newestOrder);
    draft.attachments = files;
    return putComposer(std::move(draft));
}

chat::Draft DraftBook::composerDraft(const base::ConversationId& conversation, const base::MessageId& thread, qint64 newestOrder) const
{
    if (const chat::Draft* known = findComposer(conversation, thread))
        return *known;
    chat::Draft draft;
    draft.conversation = conversation;
    draft.thread = thread;
    draft.composer = true;
    draft.orderWhenWritten = newestOrder;
    return draft;
}

base::Async<base::Done> DraftBook::putComposer(chat::Draft draft)
{
    if (draft.text.trimmed().isEmpty() && draft.attachments.isEmpty())
        return draft.id.isEmpty() ? base::Async<base::Done>::ready(base::Done()) : remove(draft.id);
    keep(draft);
    return m_store.putDraft(draft);
}

base::Async<base::Done> DraftBook::remove(const base::DraftId& id)
{
    const chat::Draft* known = find(id);
    if (!known)
        return base::Async<base::Done>::ready(base::Error{base::ErrorKind::NotFound, u"no such draft"_s, 0});
    const base::ConversationId conversation = known->conversation;
    m_drafts.removeIf([&](const auto& draft) { return draft.id == id; });
    emit changed(conversation);
    return m_store.removeDraft(id);
}

} // namespace ridealong::outbox
