// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/knownmessages.h"

#include <QCryptographicHash>

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

// XML cannot carry it, so no name holds it, and parts joined by it cannot be mistaken for others.
constexpr QChar kSeparator(0x1F);

QString key(const QString& conversation, const QString& name) { return conversation + kSeparator + name; }
QString key(const QString& conversation, const base::UserId& sender, const QString& name)
{
    return conversation + kSeparator + sender.text() + kSeparator + name;
}

} // namespace

base::MessageId unarchivedId(const base::UserId& sender, const QString& stanzaId)
{
    const QByteArray hash = QCryptographicHash::hash(sender.text().toUtf8(), QCryptographicHash::Sha256);
    return base::MessageId(QString::fromLatin1(hash.toBase64(QByteArray::Base64UrlEncoding).left(16)) + kSeparator + stanzaId);
}

QString stanzaIdOf(const base::MessageId& id)
{
    const qsizetype at = id.text().indexOf(kSeparator);
    return at < 0 ? QString() : id.text().sliced(at + 1);
}

void KnownMessages::remember(const QString& conversation, const KnownMessage& message, const QString& reference)
{
    m_byId.insert(key(conversation, message.id.text()), new KnownMessage(message));
    if (!message.stanzaId.isEmpty())
        m_bySender.insert(key(conversation, message.sender, message.stanzaId), new base::MessageId(message.id));
    // Who uses a name that is somebody else's already does not get what is meant for that one.
    const KnownMessage* before = reference.isEmpty() ? nullptr : referred(conversation, reference);
    if (!reference.isEmpty() && (!before || before->sender == message.sender))
        m_byReference.insert(key(conversation, reference), new base::MessageId(message.id));
}

const KnownMessage* KnownMessages::referred(const QString& conversation, const QString& reference) const
{
    const base::MessageId* id = m_byReference.object(key(conversation, reference));
    return id ? byId(conversation, *id) : nullptr;
}

const KnownMessage* KnownMessages::sent(const QString& conversation, const base::UserId& sender, const QString& stanzaId) const
{
    const base::MessageId* id = m_bySender.object(key(conversation, sender, stanzaId));
    return id ? byId(conversation, *id) : nullptr;
}

const KnownMessage* KnownMessages::byId(const QString& conversation, const base::MessageId& id) const
{
    return m_byId.object(key(conversation, id.text()));
}

void KnownMessages::setPlace(const QString& conversation, const base::MessageId& id, qint64 order, qint64 timeMs)
{
    if (KnownMessage* known = m_byId.object(key(conversation, id.text()))) {
        known->order = order;
        known->timeMs = timeMs;
    }
}

void KnownMessages::setChanged(const QString& conversation, const base::MessageId& id)
{
    if (KnownMessage* known = m_byId.object(key(conversation, id.text())))
        known->isChanged = true;
}

QList<chat::Reaction> KnownMessages::reactions(const QString& conversation, const base::MessageId& message) const
{
    const Reacted* known = m_reactions.object(key(conversation, message.text()));
    return known ? known->reactions : QList<chat::Reaction>();
}

std::optional<chat::ReactionsChanged> KnownMessages::react(
    const base::ConversationId& conversation, const base::MessageId& message, const base::UserId& user, const QStringList& emojis, qint64 timeMs)
{
    const QString name = key(conversation.key(), message.text());
    if (!m_reactions.contains(name))
        m_reactions.insert(name, new Reacted);
    auto& [reactions, times] = *m_reactions.object(name);
    const bool isFirst = !times.contains(user); // what they had before this run is not known here
    if (timeMs < times.value(user) || (isFirst && times.size() >= kMaxReacting))
        return std::nullopt;
    times.insert(user, timeMs);
    bool isChanged = isFirst;
    for (chat::Reaction& reaction : reactions)
        if (!emojis.contains(reaction.emoji) && reaction.by.removeOne(user))
            isChanged = true;
    reactions.removeIf([](const chat::Reaction& reaction) { return reaction.by.isEmpty(); });
    QStringList all;
    for (const QString& emoji : emojis) {
        auto known = std::find_if(reactions.begin(), reactions.end(), [&emoji](const auto& reaction) { return reaction.emoji == emoji; });
        if (known == reactions.end()) {
            if (reactions.size() >= kMaxReactions)
                continue;
            known = reactions.insert(reactions.end(), {emoji, {}});
        }
        all.append(emoji);
        if (known->by.contains(user))
            continue;
        known->by.append(user);
        isChanged = true;
    }
    if (!isChanged)
        return std::nullopt;
    return chat::ReactionsChanged{conversation, message, user, all, {}, true};
}

} // namespace ridealong::xmpp
