// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/conversations.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

namespace ridealong::irc {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kVersion = "irc1"_L1;

} // namespace

qint64 Conversations::placeLive(ConversationState& state, qint64 timeMs)
{
    const qint64 byTime = orderAt(timeMs);
    if (state.lastOrder > 0 && timeMs < timeOf(state.lastOrder) - kSlackMs)
        return byTime;
    return state.lastOrder = std::max(state.lastOrder + 1, byTime);
}

QByteArray Conversations::cursor() const
{
    QCborMap all;
    for (auto state = m_all.cbegin(); state != m_all.cend(); ++state)
        all.insert(state.key(), QCborArray{state->name, int(state->kind), state->joined, state->lastOrder, state->lastId, state->topic});
    QCborMap map{{"v"_L1, kVersion}, {"c"_L1, all}};
    if (security)
        map.insert("sts"_L1, QCborArray{security->host, int(security->port), security->untilMs});
    return map.toCborValue().toCbor();
}

void Conversations::restore(const QByteArray& cursor)
{
    m_all.clear();
    security.reset();
    if (cursor.size() > kMaxCursorBytes)
        return;
    const QCborMap map = QCborValue::fromCbor(cursor).toMap();
    if (map.value("v"_L1).toString() != kVersion)
        return;
    const QCborMap all = map.value("c"_L1).toMap();
    for (auto entry = all.cbegin(); entry != all.cend() && m_all.size() < kMaxConversations; ++entry) {
        const QCborArray values = entry.value().toArray();
        ConversationState state;
        state.name = values.at(0).toString();
        state.kind = values.at(1).toInteger() == int(chat::ConversationKind::Direct) ? chat::ConversationKind::Direct : chat::ConversationKind::Room;
        state.joined = values.at(2).toBool();
        state.lastOrder = std::max<qint64>(0, values.at(3).toInteger());
        state.lastId = values.at(4).toString();
        state.topic = values.at(5).toString();
        if (!entry.key().toString().isEmpty() && !state.name.isEmpty())
            m_all.insert(entry.key().toString(), state);
    }
    if (const QCborArray sts = map.value("sts"_L1).toArray(); sts.size() == 3)
        security = SecurityPolicy{sts.at(0).toString(), quint16(sts.at(1).toInteger()), sts.at(2).toInteger()};
}

} // namespace ridealong::irc
