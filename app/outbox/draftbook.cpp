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

base::Async<base::Done> DraftBook::load()
{
    base::Promise<base::Done> promise;
    m_store.drafts().then(this, [this, promise](base::Expected<QList<chat::Draft>> drafts) {
        if (!drafts)
            return promise.answer(drafts.error());
        m_drafts = *drafts;
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

chat::Draft* DraftBook::findComposer(const base::ConversationId& conversation, const base::MessageId& thread)
{
    for (chat::Draft& draft : m_drafts)
        if (draft.composer && draft.conversation == conversation && draft.thread == thread)
            return &draft;
    return nullptr;
}

QString DraftBook::composerText(const base::ConversationId& conversation, const base::MessageId& thread) const
{
    for (const chat::Draft& draft : m_drafts)
        if (draft.composer && draft.conversation == conversation && draft.thread == thread)
            return draft.text;
    return {};
}

base::Async<base::DraftId> DraftBook::put(chat::Draft draft)
{
    if (draft.text.trimmed().isEmpty())
        return base::Async<base::DraftId>::ready(base::Error{base::ErrorKind::Invalid, u"a draft without text"_s, 0});
    if (draft.id.isEmpty())
        draft.id = base::DraftId(base::randomToken(m_random));
    draft.writtenAtMs = m_clock.nowMs();
    const auto at = std::find_if(m_drafts.begin(), m_drafts.end(), [&](const auto& known) { return known.id == draft.id; });
    if (at == m_drafts.end())
        m_drafts.append(draft);
    else
        *at = draft;
    emit changed(draft.conversation);

    base::Promise<base::DraftId> promise;
    m_store.putDraft(draft).then(
        this, [promise, id = draft.id](base::Status stored) { promise.answer(stored ? base::Expected<base::DraftId>(id) : stored.error()); });
    return promise.async();
}

base::Async<base::Done> DraftBook::setComposerText(
    const base::ConversationId& conversation, const base::MessageId& thread, const QString& text, chat::OutgoingKind kind, qint64 newestOrder)
{
    chat::Draft* known = findComposer(conversation, thread);
    if (text.trimmed().isEmpty())
        return known ? remove(known->id) : base::Async<base::Done>::ready(base::Done());
    if (!known) {
        chat::Draft draft;
        draft.id = base::DraftId(base::randomToken(m_random));
        draft.conversation = conversation;
        draft.thread = thread;
        draft.composer = true;
        draft.orderWhenWritten = newestOrder;
        m_drafts.append(draft);
        known = &m_drafts.last();
    }
    known->text = text;
    known->kind = kind;
    known->writtenAtMs = m_clock.nowMs();
    const chat::Draft stored = *known;
    emit changed(conversation);
    return m_store.putDraft(stored);
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
