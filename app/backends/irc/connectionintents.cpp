// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the user wants, as lines.
#include "irc/connection.h"

#include "irc/text.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::ConversationKind;

namespace {

/// A name that a line could not carry, or that would be several.
bool isName(const QString& name)
{
    return !name.isEmpty() && name.size() <= 200 && !name.startsWith(u':')
        && std::none_of(name.begin(), name.end(), [](QChar c) { return c <= u' ' || c == u','; });
}

} // namespace

base::Async<chat::SendResult> Connection::send(const chat::Outgoing& outgoing, const QString& key)
{
    const ConversationState* state = m_conversations.find(key);
    const auto answer = [](chat::SendOutcome outcome, const QString& why) {
        return base::Async<chat::SendResult>::ready(chat::SendResult{outcome, {}, 0, {}, why, 0});
    };
    if (!state)
        return answer(chat::SendOutcome::Rejected, u"no such conversation"_s);
    if (state->kind == ConversationKind::Room && !state->joined)
        return answer(chat::SendOutcome::Rejected, u"not in the channel"_s);
    if (state->kind == ConversationKind::Room && !m_rooms.find(key))
        return answer(chat::SendOutcome::NotSent, u"joining the channel"_s);
    return m_outbound.send(outgoing, {key, state->name});
}

base::Async<base::ConversationId> Connection::join(const QString& name, const QString& channelKey)
{
    if (!isName(name) || (!channelKey.isEmpty() && !isName(channelKey)))
        return base::Async<base::ConversationId>::ready(Error{ErrorKind::Invalid, u"'%1' cannot be a channel's name"_s.arg(name), 0});
    const QString full = m_session.isupport().isChannel(name) ? name : u'#' + name;
    const QString key = m_session.isupport().fold(full);
    if (m_rooms.find(key) && !m_unsettled.contains(key))
        return base::Async<base::ConversationId>::ready(base::Expected<base::ConversationId>(m_conversations.idOf(key)));
    base::Promise<base::ConversationId> promise;
    m_joins[key].append(promise);
    if (!m_missed.contains(key))
        m_missed.insert(key, {});
    Line line{{}, {}, "JOIN", {full}};
    if (!channelKey.isEmpty())
        line.parameters.append(channelKey);
    m_session.request(line, Priority::Control, [this, key, full, channelKey](const Response& response) {
        if (response.end != Response::End::Complete) {
            for (const auto& waiting : m_joins.take(key))
                waiting.answer(Error{ErrorKind::Offline, u"the connection broke"_s, 0});
        } else if (const auto refusal = refusalOf(response.lines, m_session.isupport(), full)) {
            for (const auto& waiting : m_joins.take(key))
                waiting.answer(Error{ErrorKind::Denied, *refusal, 0});
        } else if (ConversationState* state = m_conversations.find(key)) {
            state->channelKey = channelKey;
        }
    });
    return promise.async();
}

base::Async<base::Done> Connection::leave(const QString& key)
{
    ConversationState* state = m_conversations.find(key);
    if (!state)
        return base::Async<base::Done>::ready(Error{ErrorKind::NotFound, u"no such conversation"_s, 0});
    const bool wasIn = state->kind == ConversationKind::Room && m_rooms.find(key);
    state->joined = false;
    tellConversation(key);
    if (wasIn)
        m_session.send({{}, {}, "PART", {state->name}});
    return base::Async<base::Done>::ready(base::Done());
}

/// Its end is a line of its own (323), which may come long after a bouncer's PONG.
base::Async<QList<chat::RoomInfo>> Connection::list(const QString& filter, int limit)
{
    Listing listing{filter, limit, {}};
    m_listings.append(listing);
    if (m_listings.size() == 1) {
        m_session.send({{}, {}, "LIST", {}}, Priority::History);
        m_clock.after(kListPatience, this, [this, number = m_listNumber] {
            if (number == m_listNumber)
                endList();
        });
    }
    return listing.promise.async();
}

void Connection::endList()
{
    ++m_listNumber;
    QList<chat::RoomInfo> all = std::exchange(m_listed, {});
    // The fullest first: that is where people are.
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.members > b.members; });
    for (const Listing& listing : std::exchange(m_listings, {})) {
        QList<chat::RoomInfo> found;
        for (const chat::RoomInfo& room : std::as_const(all))
            if (found.size() < listing.limit && room.name.contains(listing.filter, Qt::CaseInsensitive))
                found.append(room);
        listing.promise.answer(found);
    }
}

base::Expected<base::ConversationId> Connection::openDirect(const QString& nick)
{
    if (!isName(nick) || m_session.isupport().isChannel(nick))
        return Error{ErrorKind::Invalid, u"'%1' cannot be a nick"_s.arg(nick), 0};
    const QString key = m_session.isupport().fold(nick);
    if (!open({key, nick, ConversationKind::Direct, false}))
        return Error{ErrorKind::Invalid, u"too many conversations"_s, 0};
    return m_conversations.idOf(key);
}

void Connection::setTyping(const QString& key, bool active)
{
    if (!m_session.canTag() || m_session.isupport().deniesClientTag(u"typing"_s) || !m_conversations.find(key) || m_session.isBusy())
        return;
    const auto now = m_clock.monotonic();
    const auto said = m_typedAt.constFind(key);
    if (active ? (said != m_typedAt.cend() && now - *said < kTypingEvery) : said == m_typedAt.cend())
        return;
    if (active)
        m_typedAt[key] = now;
    else
        m_typedAt.remove(key);
    m_session.send({{{"+typing", active ? u"active"_s : u"done"_s}}, {}, "TAGMSG", {nameOf(key)}}, Priority::Frame);
}

void Connection::markRead(const QString& key, qint64 order)
{
    if (m_session.has("draft/read-marker") && m_conversations.find(key))
        m_session.send({{}, {}, "MARKREAD", {nameOf(key), timestamp(timeOf(order))}}, Priority::History);
}

base::Async<base::Done> Connection::react(const QString& key, const base::MessageId& message, const QStringList& added, const QStringList& removed)
{
    if (!m_session.canTag() || m_session.isupport().deniesClientTag(u"draft/react"_s))
        return base::Async<base::Done>::ready(Error{ErrorKind::Unsupported, u"this server passes no reactions on"_s, 0});
    base::Promise<base::Done> promise;
    auto open = std::make_shared<qsizetype>(added.size() + removed.size());
    if (*open == 0)
        return base::Async<base::Done>::ready(base::Done());
    const auto say = [&](const QByteArray& tag, const QString& emoji) {
        const Line line{{{tag, emoji}, {"+draft/reply", message.text()}, {"+reply", message.text()}}, {}, "TAGMSG", {nameOf(key)}};
        m_session.request(line, Priority::Chat, [this, promise, open, key, message, emoji, tag](const Response& response) {
            if (response.end != Response::End::Complete)
                return promise.answer(Error{ErrorKind::Offline, u"the connection broke"_s, 0});
            if (const auto refusal = refusalOf(response.lines, m_session.isupport(), nameOf(key)))
                return promise.answer(Error{ErrorKind::Denied, *refusal, 0});
            if (!m_session.has("echo-message")) { // nobody tells us of our own
                chat::ReactionsChanged change{m_conversations.idOf(key), message, self().user, {}, {}};
                (tag == "+draft/react" ? change.added : change.removed).append(emoji);
                m_events(change);
            }
            if (--*open == 0)
                promise.answer(base::Done());
        });
    };
    for (const QString& emoji : removed)
        say("+draft/unreact", emoji);
    for (const QString& emoji : added)
        say("+draft/react", emoji);
    return promise.async();
}

void Connection::sendFrame(const QString& key, const QString& nick, const QByteArray& frame)
{
    // Chat goes first, and a frame that would have to wait is late already: the next one supersedes it.
    if (m_session.canTag() && !m_session.isBusy())
        m_session.send({{{kFrameTag, QString::fromLatin1(frame.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))},
                            {kFrameConversationTag, key}},
                           {}, "TAGMSG", {nick}},
            Priority::Frame);
}

} // namespace ridealong::irc
