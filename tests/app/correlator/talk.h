// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/correlator.h"
#include "correlator/profilebook.h"

#include <QTest>

namespace ridealong::tests {

/// A room with hubot and errbot in it, as a dialogue: who says what, milliseconds apart.
class Talk
{
public:
    Talk() : correlator([this](const base::ConversationId&) -> const correlator::Room& { return room; }, habits)
    {
        book.load({QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots")});
        for (const char* name : {"hubot", "errbot"})
            addBot(QString::fromLatin1(name));
        room.people = {QStringLiteral("ana"), QStringLiteral("ben"), QStringLiteral("chloe")};
    }

    void addBot(const QString& name, const QString& profile = {})
    {
        room.bots += {base::UserId(name), name, profile.isEmpty() ? book.forName(name) : book.find(profile)};
    }

    /// Says it now; answers with the message's id.
    base::MessageId say(const QString& who, const QString& text, const base::MessageId& replyTo = {})
    {
        chat::Message message = make(who, text);
        message.replyTo = replyTo;
        correlator.take(message, text, nowMs);
        collect();
        said[message.id] = message;
        return message.id;
    }
    void edit(const base::MessageId& id, const QString& text)
    {
        chat::Message& message = said[id];
        message.text = text;
        message.edited = true;
        correlator.take(message, text, nowMs);
        collect();
    }
    void react(const base::MessageId& id, const QString& who, const QString& emoji, bool added = true)
    {
        chat::Message& message = said[id];
        message.reactions.removeIf([&](const chat::Reaction& reaction) { return reaction.emoji == emoji; });
        if (added)
            message.reactions += {emoji, {base::UserId(who)}};
        correlator.take(message, message.text, nowMs);
        collect();
    }
    void system(const QString& who, const QString& text)
    {
        chat::Message message = make(who, text);
        message.system = true;
        correlator.take(message, text, nowMs);
    }
    void tell(const QString& bot, const base::MessageId& message, const QByteArray& json)
    {
        correlator.takeEnvelope(conversation, message, base::UserId(bot), json, nowMs);
        collect();
    }
    /// Time passes, and the correlator hears of it as its owner would tell it.
    void wait(qint64 ms)
    {
        const qint64 until = nowMs + ms;
        for (auto next = correlator.nextTickMs(); next && *next <= until; next = correlator.nextTickMs()) {
            nowMs = std::max(nowMs, *next);
            correlator.tick(nowMs);
        }
        nowMs = until;
        correlator.tick(nowMs);
        collect();
    }

    const correlator::CorrelatedRun* runOf(const base::MessageId& command) const { return correlator.ofCommand(conversation, command); }
    QString output(const base::MessageId& command) const
    {
        const auto* run = runOf(command);
        return run ? QString::fromUtf8(correlator::outputOf(*run)) : QString();
    }
    QString state(const base::MessageId& command) const
    {
        const auto* run = runOf(command);
        return run ? chat::toString(run->report.state) : QString();
    }

    correlator::ProfileBook book;
    correlator::Habits habits;
    correlator::Room room;
    correlator::Correlator correlator;
    base::ConversationId conversation{base::AccountId(QStringLiteral("work")), QStringLiteral("#ops")};
    qint64 nowMs = 1'700'000'000'000;
    std::vector<correlator::RunChange> changes;
    QHash<base::MessageId, chat::Message> said;

private:
    chat::Message make(const QString& who, const QString& text)
    {
        chat::Message message;
        message.id = base::MessageId(QStringLiteral("m%1").arg(++m_serial));
        message.conversation = conversation;
        message.sender = base::UserId(who);
        message.senderName = who;
        message.timeMs = nowMs;
        message.order = nowMs * 100 + m_serial;
        message.text = text;
        return message;
    }
    void collect()
    {
        for (auto& change : correlator.takeChanges())
            changes.push_back(std::move(change));
    }

    int m_serial = 0;
};

/// A run event as bots send it.
inline QByteArray runEvent(const QByteArray& type, const QByteArray& run, int sequence, const QByteArray& more, const QByteArray& cause = {})
{
    return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"//hubot\",\"type\":\"dev.ridealong.run." + type + ".v1\",\"subject\":\"" + run
        + "\",\"time\":\"2026-11-23T09:00:02Z\",\"data\":{\"taskName\":\"deploy\",\"seq\":" + QByteArray::number(sequence)
        + (cause.isEmpty() ? QByteArray() : ",\"cause\":" + cause) + (more.isEmpty() ? QByteArray() : "," + more) + "}}";
}

} // namespace ridealong::tests
