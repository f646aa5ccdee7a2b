// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/conversations.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using chat::ConversationKind;

namespace {

constexpr auto kVersion = "xmpp1"_L1;

} // namespace

QByteArray Conversations::cursor() const
{
    QCborMap all;
    for (auto state = m_all.cbegin(); state != m_all.cend(); ++state)
        all.insert(state.key(),
            QCborArray{state->name, int(state->kind), state->joined, state->lastOrder, state->archiveId, state->topic, state->nick, state->hasAsked});
    return QCborMap{{"v"_L1, kVersion}, {"a"_L1, archiveId}, {"c"_L1, all}}.toCborValue().toCbor();
}

void Conversations::restore(const QByteArray& cursor)
{
    m_all.clear();
    archiveId.clear();
    if (cursor.size() > kMaxCursorBytes)
        return;
    const QCborMap map = QCborValue::fromCbor(cursor).toMap();
    if (map.value("v"_L1).toString() != kVersion)
        return;
    archiveId = map.value("a"_L1).toString();
    const QCborMap all = map.value("c"_L1).toMap();
    for (auto entry = all.cbegin(); entry != all.cend() && m_all.size() < kMaxConversations; ++entry) {
        const QCborArray values = entry.value().toArray();
        ConversationState state;
        state.name = values.at(0).toString();
        state.kind = values.at(1).toInteger() == int(ConversationKind::Direct) ? ConversationKind::Direct : ConversationKind::Room;
        state.joined = values.at(2).toBool();
        state.lastOrder = std::max<qint64>(0, values.at(3).toInteger());
        state.archiveId = values.at(4).toString();
        state.topic = values.at(5).toString();
        state.nick = values.at(6).toString();
        state.hasAsked = values.at(7).toBool();
        if (!entry.key().toString().isEmpty() && !state.name.isEmpty())
            m_all.insert(entry.key().toString(), state);
    }
}

} // namespace ridealong::xmpp
