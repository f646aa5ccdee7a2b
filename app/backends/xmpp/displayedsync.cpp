// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/displayedsync.h"

#include "xmpp/knownmessages.h"
#include "xmpp/namespaces.h"

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

Element toElement(const DisplayedMark& mark)
{
    Element id = Element(u"stanza-id", ns::kStanzaIds).with(u"by", mark.by.toString()).with(u"id", mark.archiveId);
    return Element(u"displayed", ns::kDisplayed).with(std::move(id));
}

} // namespace

const DisplayedMark* DisplayedSync::find(const Jid& conversation) const
{
    const auto at = m_marks.constFind(conversation);
    return at == m_marks.cend() ? nullptr : &*at;
}

// ---- what the server tells ----

void DisplayedSync::begin()
{
    m_pep.reset();
    m_isFetched = false;
    ++m_stream;
    m_pausing.clear();
    m_pep.fetch(ns::kDisplayed, [this](const base::Expected<QList<PepItem>>& items) {
        if (!items) {
            emit fetched(items.error());
            return;
        }
        m_marks.clear();
        for (const PepItem& item : *items)
            if (const auto mark = readMark(item); mark && m_marks.size() < kMaxConversations)
                m_marks.insert(mark->conversation, *mark);
        m_isFetched = true;
        emit fetched(base::Done());
    });
}

bool DisplayedSync::handle(const Element& message)
{
    const auto event = readOwnPepEvent(message, m_self, ns::kDisplayed);
    if (!event)
        return false;
    for (const PepItem& item : event->items)
        if (const auto mark = readMark(item))
            take(*mark);
    for (const QString& id : event->retracted) // nothing becomes unread by that
        if (const auto conversation = Jid::parse(id))
            m_marks.remove(*conversation);
    if (event->isEmptied)
        m_marks.clear();
    return true;
}

/// An id says nothing in another archive than that of the conversation.
bool DisplayedSync::mayName(const DisplayedMark& mark) const
{
    return !mark.conversation.isEmpty() && !mark.archiveId.isEmpty() && mark.archiveId.size() <= kMaxIdChars
        && (mark.by == m_self || mark.by == mark.conversation.bare());
}

std::optional<DisplayedMark> DisplayedSync::readMark(const PepItem& item) const
{
    const auto conversation = Jid::parse(item.id);
    const Element* id = item.payload.is(u"displayed", ns::kDisplayed) ? item.payload.find(u"stanza-id", ns::kStanzaIds) : nullptr;
    const auto by = id ? Jid::parse(id->attribute(u"by")) : base::Expected<Jid>(Jid());
    if (!conversation || !id || !by)
        return std::nullopt;
    const DisplayedMark mark{*conversation, *by, id->attribute(u"id")};
    return mayName(mark) ? std::optional(mark) : std::nullopt;
}

void DisplayedSync::take(const DisplayedMark& mark)
{
    const DisplayedMark* known = find(mark.conversation);
    if (known && *known == mark)
        return;
    if (known || m_marks.size() < kMaxConversations)
        m_marks.insert(mark.conversation, mark);
    emit changed(mark);
}

// ---- what we tell ----

void DisplayedSync::display(const DisplayedMark& mark)
{
    if (!m_isFetched || !mayName(mark))
        return;
    const auto pausing = m_pausing.find(mark.conversation);
    const DisplayedMark* known = find(mark.conversation);
    if (pausing != m_pausing.end())
        *pausing = known && *known == mark ? std::nullopt : std::optional(mark);
    else if (!known || *known != mark)
        send(mark);
}

void DisplayedSync::send(const DisplayedMark& mark)
{
    const Jid conversation = mark.conversation;
    m_pausing.insert(conversation, std::nullopt);
    m_clock.after(kPause, this, [this, conversation, stream = m_stream] {
        if (stream == m_stream)
            pauseIsOver(conversation);
    });
    if (m_marks.contains(conversation) || m_marks.size() < kMaxConversations)
        m_marks.insert(conversation, mark);
    m_pep.publish(ns::kDisplayed, {conversation.toString(), toElement(mark)}, [this, mark](const base::Status& status) {
        const DisplayedMark* known = find(mark.conversation);
        if (!status && known && *known == mark)
            m_marks.remove(mark.conversation); // the server does not have it: the next one is told, be it the same
    });
}

void DisplayedSync::pauseIsOver(const Jid& conversation)
{
    const auto next = m_pausing.take(conversation);
    if (next)
        send(*next);
}

} // namespace ridealong::xmpp
