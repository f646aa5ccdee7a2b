// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/localfacets.h"

#include "local/limits.h"
#include "local/wirevalues.h"

#include <QPointer>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

base::Done done(Fields&) { return {}; }

} // namespace

base::Async<base::ConversationId> LocalRooms::ask(const QCborMap& request)
{
    return local::ask<base::ConversationId>(
        m_connection, request, [account = m_account](Fields& reply) { return base::ConversationId(account, reply.text("c"_L1, kMaxIdLength)); });
}

base::Async<base::ConversationId> LocalRooms::join(const QString& name) { return ask({{"do"_L1, "join"_L1}, {"name"_L1, name.left(kMaxIdLength)}}); }

base::Async<base::ConversationId> LocalRooms::openDirect(const base::UserId& user)
{
    return ask({{"do"_L1, "direct"_L1}, {"user"_L1, user.text().left(kMaxIdLength)}});
}

base::Async<base::Done> LocalRooms::leave(const base::ConversationId&)
{
    return base::Async<base::Done>::ready(base::Error{base::ErrorKind::Unsupported, u"everybody is in every room of a hub"_s, 0});
}

base::Async<QList<chat::RoomInfo>> LocalRooms::list(const QString&, int)
{
    return base::Async<QList<chat::RoomInfo>>::ready(QList<chat::RoomInfo>());
}

base::Async<base::Done> LocalMessages::edit(const chat::Message& message, const QString& text)
{
    if (text.toUtf8().size() > kMaxMessageBytes)
        return base::Async<base::Done>::ready(base::Error{base::ErrorKind::Invalid, u"more than %1 bytes"_s.arg(kMaxMessageBytes), 0});
    return ask<base::Done>(
        m_connection, {{"do"_L1, "edit"_L1}, {"c"_L1, message.conversation.key()}, {"m"_L1, message.id.text()}, {"text"_L1, text}}, done);
}

base::Async<base::Done> LocalMessages::remove(const chat::Message& message)
{
    return ask<base::Done>(m_connection, {{"do"_L1, "remove"_L1}, {"c"_L1, message.conversation.key()}, {"m"_L1, message.id.text()}}, done);
}

base::Async<base::Done> LocalMessages::setReactions(
    const base::ConversationId& conversation, const base::MessageId& message, const QStringList&, const QStringList& mine)
{
    const bool fits = mine.size() <= kMaxOwnReactions
        && std::all_of(mine.cbegin(), mine.cend(), [](const QString& one) { return !one.isEmpty() && one.size() <= kMaxReactionLength; });
    if (!fits)
        return base::Async<base::Done>::ready(base::Error{base::ErrorKind::Invalid, u"too many reactions, or one too long"_s, 0});
    return ask<base::Done>(m_connection,
        {{"do"_L1, "react"_L1}, {"c"_L1, conversation.key()}, {"m"_L1, message.text()}, {"mine"_L1, QCborArray::fromStringList(mine)}}, done);
}

base::Async<chat::HistoryPage> LocalMessages::before(const base::ConversationId& conversation, qint64 beforeOrder, int limit)
{
    const QCborMap request{{"do"_L1, "history"_L1}, {"c"_L1, conversation.key()}, {"before"_L1, std::max<qint64>(0, beforeOrder)},
        {"limit"_L1, qBound(1, limit, kMaxHistoryMessages)}};
    return ask<chat::HistoryPage>(m_connection, request, [account = m_account](Fields& reply) {
        chat::HistoryPage page;
        for (const auto& item : reply.array("messages"_L1, kMaxHistoryMessages)) {
            Fields fields(QCborValue(item).toMap());
            page.messages.append(decodeMessage(fields, account));
            if (!fields.ok())
                reply.refuse("messages"_L1, "has a broken one");
        }
        page.reachedStart = reply.flag("start"_L1);
        return page;
    });
}

base::Async<QList<chat::CommandSpec>> LocalMessages::commands(const base::ConversationId& conversation)
{
    return ask<QList<chat::CommandSpec>>(
        m_connection, {{"do"_L1, "commands"_L1}, {"c"_L1, conversation.key()}}, [account = m_account](Fields& reply) {
            QList<chat::CommandSpec> specs;
            for (const auto& item : reply.array("list"_L1, kMaxCommands)) {
                Fields fields(QCborValue(item).toMap());
                specs.append(decodeCommand(fields, account));
                if (!fields.ok())
                    reply.refuse("list"_L1, "has a broken one");
            }
            return specs;
        });
}

void LocalReads::markRead(const base::ConversationId& conversation, const base::MessageId& thread, qint64 order)
{
    const Place place(conversation.key(), thread);
    auto& furthest = m_unsent[place];
    furthest = std::max(furthest, order);
    if (m_connection.isConnected())
        send(place, furthest);
}

void LocalReads::connected()
{
    const auto unsent = m_unsent;
    for (auto it = unsent.cbegin(); it != unsent.cend(); ++it)
        send(it.key(), it.value());
}

void LocalReads::send(const Place& place, qint64 order)
{
    m_connection.request({{"do"_L1, "read"_L1}, {"c"_L1, place.first}, {"thread"_L1, place.second.text()}, {"order"_L1, order}},
        [this, place, order](const base::Expected<QCborMap>& reply) {
            const bool mayArriveLater = !reply && reply.error().kind == base::ErrorKind::Offline;
            if (!mayArriveLater && m_unsent.value(place) == order)
                m_unsent.remove(place);
        });
}

void LocalPresence::setTyping(const base::ConversationId& conversation, bool active)
{
    m_connection.notify({{"t"_L1, "typing"_L1}, {"c"_L1, conversation.key()}, {"on"_L1, active}});
}

base::Async<QByteArray> LocalRuns::read(const base::RunId& run, qint64 offset, qint64 maxBytes)
{
    const QCborMap request{{"do"_L1, "run.read"_L1}, {"run"_L1, run.text()}, {"offset"_L1, std::max<qint64>(0, offset)},
        {"bytes"_L1, qBound<qint64>(1, maxBytes, kMaxReadBytes)}};
    return ask<QByteArray>(m_connection, request, [](Fields& reply) { return reply.bytes("bytes"_L1, kMaxReadBytes); });
}

base::Async<base::Done> LocalRuns::cancel(const base::RunId& run)
{
    return ask<base::Done>(m_connection, {{"do"_L1, "run.cancel"_L1}, {"run"_L1, run.text()}}, done);
}

base::Async<base::Done> LocalRuns::decide(const base::RunId& run, bool approve)
{
    return ask<base::Done>(m_connection, {{"do"_L1, "run.decide"_L1}, {"run"_L1, run.text()}, {"approve"_L1, approve}}, done);
}

LocalLinks::~LocalLinks()
{
    for (auto* link : std::as_const(m_links))
        link->m_links = nullptr;
}

std::unique_ptr<chat::EphemeralLink> LocalLinks::open(const base::ConversationId& conversation, const base::UserId& peer)
{
    return std::make_unique<LocalLink>(*this, conversation, peer);
}

void LocalLinks::take(const base::ConversationId& conversation, const base::UserId& peer, const QByteArray& frame)
{
    bool taken = false;
    const auto links = m_links; // a receiver may open or close one
    for (auto* link : links)
        if (m_links.contains(link) && link->m_conversation == conversation && link->m_peer == peer) {
            taken = true;
            emit link->received(frame);
        }
    if (!taken)
        emit offered(conversation, peer, frame);
}

void LocalLinks::disconnected(const base::Error& why)
{
    const auto links = m_links;
    for (auto* link : links)
        if (m_links.contains(link))
            emit link->closed(why);
}

LocalLink::LocalLink(LocalLinks& links, base::ConversationId conversation, base::UserId peer)
    : m_links(&links),
      m_conversation(std::move(conversation)),
      m_peer(std::move(peer))
{
    m_links->m_links.append(this);
}

LocalLink::~LocalLink()
{
    if (m_links)
        m_links->m_links.removeAll(this);
}

int LocalLink::maxFrameBytes() const { return kMaxLinkFrameBytes; }
double LocalLink::framesPerSecond() const { return kLinkFramesPerSecond; }

void LocalLink::send(const QByteArray& frame)
{
    if (m_links && !frame.isEmpty() && frame.size() <= kMaxLinkFrameBytes)
        m_links->m_connection.notify({{"t"_L1, "link"_L1}, {"c"_L1, m_conversation.key()}, {"peer"_L1, m_peer.text()}, {"frame"_L1, frame}});
}

} // namespace ridealong::local
