// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"
#include "chat/backend.h"
#include "chat/commanddialog.h"
#include "chat/contacts.h"
#include "chat/systemevent.h"
#include "support/await.h"

#include <QMap>
#include <QTest>

namespace ridealong::tests {

/// What a protocol and this server of it can keep. What one cannot is not asked of it.
struct ContractTraits
{
    bool keepsHistory = true; ///< who was away, or comes later, gets what was said
    bool dedupes = true; ///< the same transaction again is the same message
    bool canLookBack = true; ///< what became of a message can be told after its connection broke
    bool sharesIds = true; ///< a message has the same id for everybody
    bool keepsTexts = true; ///< a long text comes as one message; threads come as they were sent
    bool knowsMessages = true; ///< and refuses a thread whose root it has not
    bool namesDirectsAlike = true; ///< a direct conversation has the same key for both
    bool passesTyping = true;
    bool tellsAway = true; ///< as it happens
    bool pagesHistory = false; ///< of a long absence the newest come by themselves, what is before them when it is asked for
    bool marksMoments = false; ///< a read marker stands at a time, and not at a message
    bool repeats = false; ///< what is known already may come again, unchanged
    QString service = {}; ///< a user of the server's own that speaks to everybody unasked: not a part of what is tested
    bool sharesIdentities = true; ///< a person has the same identity for everybody and in every place
    bool sharesOrders = true; ///< a message has the same order for everybody
    bool provesAuthors = true; ///< who was away can know whether it was the author that changed a message
    bool resumes = false; ///< what a broken connection did not carry goes by the next one, if that comes soon
    bool tellsAwayInDirects = true; ///< to everybody, not only to whom somebody allowed it
    bool hasPeople = false; ///< contacts, blocking and rooms with a form: a skip for want of them would hide a defect
    bool staysOnline = false; ///< who has no client at the moment is away, and not gone
};

/// What the suite needs of a server and its backend. A new backend is one of these.
class ContractFixture
{
public:
    virtual ~ContractFixture() = default;
    virtual ContractTraits traits() const { return {}; }
    /// What is not installed on this machine, as a sentence; empty when the server can be had.
    virtual QString missing() const { return {}; }
    virtual bool start() { return true; } ///< else error() says why
    virtual QString error() const { return {}; }
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
        : backend(fixture.makeClient(user)),
          m_repeats(fixture.traits().repeats),
          m_service(fixture.traits().service)
    {
        QObject::connect(backend.get(), &chat::Backend::batch, backend.get(), [this](const chat::SyncBatch& batch) { take(batch); });
        QObject::connect(backend.get(), &chat::Backend::statusChanged, backend.get(), [this] { fillGaps(); });
        if (auto* presence = backend->facets().presence)
            QObject::connect(presence, &chat::PresenceFacet::typing, backend.get(), [this](const chat::Typing& typing) { typings.append(typing); });
        backend->start(from);
    }

    ~ContractClient() { backend.reset(); } // it may tell something to the end
    Q_DISABLE_COPY_MOVE(ContractClient)

    bool isConnected() const { return backend->status().state == chat::ConnectionState::Connected; }
    base::ConversationId join(const QString& name) { return await(backend->facets().rooms->join(name)).valueOr({}); }
    chat::Outgoing outgoing(const base::ConversationId& conversation, const QString& text)
    {
        return {base::newTransactionId(random), conversation, text, {}, {}};
    }
    chat::SendResult send(const chat::Outgoing& outgoing) { return await(backend->send(outgoing)).valueOr({}); }
    chat::SendResult say(const base::ConversationId& conversation, const QString& text) { return send(outgoing(conversation, text)); }

    /// Did it arrive? Asked until there is an answer: right after a break the server may still hold the old connection.
    chat::VerifyResult verify(const base::ConversationId& conversation, const base::TransactionId& transaction)
    {
        base::Expected<chat::VerifyResult> answer = base::Error{base::ErrorKind::Offline, QStringLiteral("never connected"), 0};
        const auto answered = [&] {
            if (isConnected())
                answer = await(backend->verify(conversation, transaction));
            return bool(answer);
        };
        if (!QTest::qWaitFor(answered, 60'000))
            qWarning() << "no answer to what became of a message:" << answer.error().detail << chat::toString(backend->status().state)
                       << backend->status().error.detail;
        return answer.valueOr({});
    }

    /// Everything before `beforeOrder` (0: the end) down to `afterOrder`, page by page, as the core fills a gap.
    void readBack(const base::ConversationId& conversation, qint64 beforeOrder, qint64 afterOrder)
    {
        auto* history = backend->facets().history;
        if (!history)
            return;
        history->before(conversation, beforeOrder > 0 ? beforeOrder + 1 : 0, 200)
            .then(backend.get(), [this, conversation, afterOrder](const base::Expected<chat::HistoryPage>& page) {
                if (!page)
                    return;
                bool known = false;
                for (const auto& message : page->messages) {
                    known = known || message.order <= afterOrder;
                    if (message.order > afterOrder && !messages.contains(message.id)) {
                        messages.insert(message.id, message);
                        ++messageEvents;
                    }
                }
                if (!page->reachedStart && !page->messages.isEmpty() && !known)
                    readBack(conversation, page->messages.first().order, afterOrder);
            });
    }

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
    /// Who that is, as this client knows it.
    base::UserId userNamed(const base::ConversationId& room, const QString& name) const
    {
        for (const auto& member : members.value(room))
            if (member.name == name)
                return member.user;
        return {};
    }

    base::SystemRandom random;
    std::unique_ptr<chat::Backend> backend;
    QMap<base::MessageId, chat::Message> messages;
    QMap<base::ConversationId, chat::Conversation> conversations;
    QMap<base::ConversationId, QList<chat::Member>> members;
    QList<chat::ReadMarkerMoved> reads;
    QList<chat::Typing> typings;
    QByteArray cursor;
    int messageEvents = 0; ///< that said something new

private:
    bool m_repeats;
    QString m_service;
    QList<chat::Gap> m_gaps; ///< to be filled when connected

    void fillGaps()
    {
        if (isConnected())
            for (const auto& gap : std::exchange(m_gaps, {}))
                readBack(gap.conversation, gap.beforeOrder, gap.afterOrder);
    }

    /// As the store does it.
    void react(const chat::ReactionsChanged& change)
    {
        const auto message = messages.find(change.message);
        if (message == messages.end())
            return;
        for (auto& reaction : message->reactions)
            if (change.whole ? !change.added.contains(reaction.emoji) : change.removed.contains(reaction.emoji))
                reaction.by.removeOne(change.user);
        message->reactions.removeIf([](const chat::Reaction& reaction) { return reaction.by.isEmpty(); });
        for (const QString& emoji : change.added) {
            auto known = std::find_if(message->reactions.begin(), message->reactions.end(), [&](const auto& r) { return r.emoji == emoji; });
            if (known == message->reactions.end())
                known = message->reactions.insert(message->reactions.end(), {emoji, {}});
            if (!known->by.contains(change.user))
                known->by.append(change.user);
        }
    }
    void take(const chat::SyncBatch& batch)
    {
        cursor = batch.cursor;
        m_gaps += batch.gaps;
        fillGaps();
        for (const auto& event : batch.events) {
            if (const auto* changed = std::get_if<chat::MessageChanged>(&event)) {
                if (!m_service.isEmpty() && changed->message.sender.text() == m_service)
                    continue;
                const auto known = messages.constFind(changed->message.id);
                if (m_repeats && known != messages.cend() && known->text == changed->message.text)
                    continue;
                messages.insert(changed->message.id, changed->message);
                ++messageEvents;
            } else if (const auto* removed = std::get_if<chat::MessageRemoved>(&event)) {
                if (const auto message = messages.find(removed->message); message != messages.end()) {
                    message->deleted = true;
                    message->text.clear();
                }
            } else if (const auto* moved = std::get_if<chat::ReadMarkerMoved>(&event)) {
                reads.append(*moved);
            } else if (const auto* conversation = std::get_if<chat::ConversationChanged>(&event)) {
                conversations.insert(conversation->conversation.id, conversation->conversation);
            } else if (const auto* reacted = std::get_if<chat::ReactionsChanged>(&event)) {
                react(*reacted);
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
    void findsWhatWasSaidByTime();
    void tellsOfAnInvitation();
    void putsPeopleOutAndLetsThemInAgain();
    void configuresARoom();
    void becomesAContactWhenAsked();
    void takesNothingFromWhomItBlocks();
    void setsReactionsAsWanted();
    void movesReadMarkersOnTheOtherMachineToo();
    void keepsRepliesInTheirThread();
    void showsADirectConversationToItsTwoOnly();
    void pagesThroughHistory();
    void tellsWhoIsTypingAndWhoIsThere();
    void tellsWhoIsAway();
    void carriesEphemeralFrames();

private:
    /// All connected and in the room, which is answered.
    base::ConversationId meet(std::initializer_list<ContractClient*> clients);
    std::unique_ptr<ContractFixture> m_fixture;
    ContractTraits m_traits;
};

} // namespace ridealong::tests
