// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"
#include "chat/backend.h"
#include "support/await.h"

#include <QMap>
#include <QTest>

namespace ridealong::tests {

/// What the suite needs of a server and its backend. A new backend is one of these.
class ContractFixture
{
public:
    virtual ~ContractFixture() = default;
    /// A client of the server, not started. The same user twice is one person at two machines.
    virtual std::unique_ptr<chat::Backend> makeClient(const QString& user) = 0;
    virtual QString roomName() const = 0;
    enum class Cut { BeforeTheServer, AfterTheServer };
    /// The next message that any client sends: its connection breaks before the server has it, or when the server has it and before
    /// the client hears of it.
    virtual void cutNextSend(Cut cut) = 0;
    virtual void dropConnections() = 0;
    virtual void restartServer() = 0;
};

/// A started client and what it was told.
class ContractClient
{
public:
    ContractClient(ContractFixture& fixture, const QString& user, const QByteArray& from = {})
        : backend(fixture.makeClient(user))
    {
        QObject::connect(backend.get(), &chat::Backend::batch, backend.get(), [this](const chat::SyncBatch& batch) { take(batch); });
        if (auto* presence = backend->facets().presence)
            QObject::connect(
                presence, &chat::PresenceFacet::typing, backend.get(), [this](const chat::Typing& typing) { typings.append(typing); });
        backend->start(from);
    }

    bool isConnected() const { return backend->status().state == chat::ConnectionState::Connected; }
    base::ConversationId join(const QString& name) { return await(backend->facets().rooms->join(name)).valueOr({}); }
    chat::Outgoing outgoing(const base::ConversationId& conversation, const QString& text)
    {
        return {base::newTransactionId(random), conversation, text, {}, {}};
    }
    chat::SendResult send(const chat::Outgoing& outgoing) { return await(backend->send(outgoing)).valueOr({}); }
    chat::SendResult say(const base::ConversationId& conversation, const QString& text) { return send(outgoing(conversation, text)); }

    /// Texts in the order of the conversation.
    QStringList texts() const
    {
        QStringList list;
        for (const auto& message : byOrder())
            list.append(message.text);
        return list;
    }
    QList<chat::Message> byOrder() const
    {
        auto list = messages.values();
        std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
        return list;
    }
    int count(const QString& text) const { return int(texts().count(text)); }

    base::SystemRandom random;
    std::unique_ptr<chat::Backend> backend;
    QMap<base::MessageId, chat::Message> messages;
    QMap<base::ConversationId, chat::Conversation> conversations;
    QMap<base::ConversationId, QList<chat::Member>> members;
    QList<chat::ReadMarkerMoved> reads;
    QList<chat::Typing> typings;
    QByteArray cursor;
    int messageEvents = 0;

private:
    void take(const chat::SyncBatch& batch)
    {
        cursor = batch.cursor;
        for (const auto& event : batch.events) {
            if (const auto* changed = std::get_if<chat::MessageChanged>(&event)) {
                messages.insert(changed->message.id, changed->message);
                ++messageEvents;
            } else if (const auto* moved = std::get_if<chat::ReadMarkerMoved>(&event)) {
                reads.append(*moved);
            } else if (const auto* conversation = std::get_if<chat::ConversationChanged>(&event)) {
                conversations.insert(conversation->conversation.id, conversation->conversation);
            } else if (const auto* changedMembers = std::get_if<chat::MembersChanged>(&event)) {
                members.insert(changedMembers->conversation, changedMembers->members);
            }
        }
    }
};

/// What every backend keeps. Facets that it has not are skipped.
class ContractSuite : public QObject
{
    Q_OBJECT
protected:
    virtual std::unique_ptr<ContractFixture> makeFixture() = 0;

private slots:
    void init();
    void cleanup();

    void acceptsAndEchoesAMessage();
    void keepsTheOrderOfManySends();
    void answersNotSentWhileThereIsNoConnection();
    void losesNothingWhenCutBeforeTheServerHasIt();
    void doublesNothingWhenCutAfterTheServerHasIt();
    void answersAResendWithTheFirstMessage();
    void reconnectsByItself();
    void survivesARestartOfTheServer();
    void resumesFromTheCursorWithoutLossOrDoubling();
    void takesATextOfTheLimitAndNoMore();
    void keepsThePlaceOfAnEditedMessage();
    void refusesToEditSomebodyElsesMessage();
    void emptiesADeletedMessage();
    void setsReactionsAsWanted();
    void movesReadMarkersOnTheOtherMachineToo();
    void keepsRepliesInTheirThread();
    void showsADirectConversationToItsTwoOnly();
    void pagesThroughHistory();
    void tellsWhoIsTypingAndWhoIsThere();
    void carriesEphemeralFrames();

private:
    std::unique_ptr<ContractFixture> m_fixture;
};

} // namespace ridealong::tests
