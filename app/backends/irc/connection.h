// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "irc/inbound.h"
#include "irc/outbound.h"
#include "irc/rooms.h"
#include "irc/session.h"

#include <QCache>

namespace ridealong::irc {

/// One connection at work, from the first byte to the last: joins what is to be joined, finds out what was missed, and turns
/// lines into events and intents into lines. What must outlive it is in Conversations.
class Connection : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kJoinPatience{15'000}; ///< then the account counts as connected all the same
    static constexpr std::chrono::milliseconds kMembersPause{100}; ///< lists of members are told at most so often
    static constexpr std::chrono::milliseconds kTypingExpires{6'000}; ///< client-tags/typing: "active" without another one
    static constexpr std::chrono::milliseconds kTypingEvery{3'000};
    static constexpr qsizetype kMaxTyping = 500; ///< people at a time
    static constexpr int kCatchUpMessages = 100; ///< asked for on joining; the rest of a gap is filled later
    static constexpr qsizetype kMaxHeld = 1000; ///< lines of a conversation that wait behind its history
    static constexpr std::chrono::seconds kRegainEvery{30}; ///< our own nick, when another had to do
    static constexpr std::chrono::seconds kFencePatience{60}; ///< for what goes behind a message to come back: bouncers send slowly
    static constexpr std::chrono::seconds kListPatience{30}; ///< for the server's channels
    static constexpr qsizetype kMaxListed = 100'000;
    static constexpr std::chrono::seconds kIsonEvery{60}; ///< where the server does not tell by itself who is there
    static constexpr qsizetype kIsonNicks = 100;
    static constexpr qsizetype kWhoMembers = 100; ///< in larger channels nobody's absence is asked for

    using Events = std::function<void(chat::Event)>;
    using Gaps = std::function<void(const chat::Gap&)>;

    Connection(std::unique_ptr<net::RemoteChannel> channel, Registration::Settings settings, Conversations& conversations, base::Clock& clock,
        base::Random& random, Events events, Gaps gaps);

    /// Nothing is told any more: it may still be on the stack of its own signal, and is deleted when that is over.
    void retire();

    Session& session() { return m_session; }
    const Session& session() const { return m_session; }
    QString fold(const QString& name) const { return m_session.isupport().fold(name); }
    QString nickOf(const base::UserId& user) const; ///< as it is written; the id itself when nobody of that name was seen
    bool isUp() const { return m_up; } ///< signed in, and all channels are joined or refused
    chat::Member self() const;
    const Rooms& rooms() const { return m_rooms; }

    base::Async<chat::SendResult> send(const chat::Outgoing& outgoing, const QString& key);
    base::Async<chat::VerifyResult> verify(const QString& key, const base::TransactionId& transaction);
    base::Async<chat::HistoryPage> before(const QString& key, qint64 beforeOrder, int limit);
    base::Async<chat::HistoryPage> from(const QString& key, qint64 timeMs, int limit);
    base::Async<base::ConversationId> join(const QString& name, const QString& channelKey);
    base::Async<base::Done> leave(const QString& key);
    base::Async<QList<chat::RoomInfo>> list(const QString& filter, int limit);
    base::Expected<base::ConversationId> openDirect(const QString& nick);
    void setTyping(const QString& key, bool active);
    void setAway(const QString& reason); ///< empty: back
    void markRead(const QString& key, qint64 order);
    base::Async<base::Done> react(const QString& key, const base::MessageId& message, const QStringList& added, const QStringList& removed);
    void sendFrame(const QString& key, const QString& nick, const QByteArray& frame);

signals:
    void up();
    void selfChanged();
    void typing(const ridealong::chat::Typing& typing);
    void frameReceived(const QString& key, const QString& nick, const QByteArray& frame);
    void ended(const ridealong::base::Error& why);

private:
    struct Missed ///< what a channel was like before this connection, and what came of it since
    {
        qint64 order = 0; ///< of the last message known; 0: it is new to us
        QString id;
        qint64 firstReplayed = 0;
        qint64 joined = 0; ///< when we came in, as an order
        bool overlaps = false; ///< the replay reaches back to what we know
        QSet<QString> transactions;
    };

    // connection.cpp
    void begin();
    void joinWanted();
    void settled(const QString& key);
    void regainNick();
    void askForNick();
    void nickMayBeFree(const Line& line);
    void handle(const Line& line);
    void handleBatch(const Batch& batch);
    void handleText(const Line& line);
    void handleTagMessage(const Line& line, bool replayed);
    void handleRedaction(const Line& line);
    void handleRooms(const Line& line);
    void handleCtcp(const Line& line, const Addressed& where);
    void joinRefused(const Line& line);
    void endList();
    void take(const chat::Message& message);
    void note(const QString& key, const QString& by, const chat::SystemEvent& event, const Line& line);
    ConversationState* open(const Addressed& where);
    void tellConversation(const QString& key);
    void membersChanged(const QString& key);
    void tellMembers();
    void stopTyping(const QString& key, const base::UserId& user);
    QString nameOf(const QString& key) const;
    chat::Message taken(const chat::Outgoing& outgoing, const Outbound::Target& target);

    // presence.cpp
    void watch(const QStringList& nicks);
    void askWhoIsThere();
    void handlePresence(const Line& line);
    void tellPresence(const QString& nick, chat::Presence presence);
    QStringList directNicks() const;
    bool isDirect(const QString& nick) const;

    // history.cpp
    void catchUp(const QString& key);
    void askLatest(const QString& key, const QString& from, int limit);
    void concludeReplay(const QString& key, bool complete);
    void beginCatchUp(const QString& key);
    bool waitsBehindHistory(const Addressed& where, std::function<void()> live);
    void release(const QString& key);
    void askTargets();
    bool hasHistory() const { return m_session.has("draft/chathistory") && m_session.has("batch"); }
    void askHistory(
        const QString& subcommand, const QString& key, const QStringList& arguments, int limit, std::function<void(const Response&)> handler);
    void askPage(const QString& key, qint64 beforeOrder, qint64 beforeMs, int limit, int left, const base::Promise<chat::HistoryPage>& promise);
    QList<chat::Message> readHistory(const Batch& batch);
    void takeHistory(const Batch& batch, bool isCut);
    base::Async<chat::VerifyResult> verifyBehindFence(const QString& key, const base::TransactionId& transaction);
    void passFence(const QString& name, const base::Status& passed);
    void verifyBy(
        const QString& key, const base::TransactionId& transaction, qint64 beforeOrder, int pages, const base::Promise<chat::VerifyResult>& promise);

    Conversations& m_conversations;
    base::Clock& m_clock;
    Events m_events;
    Gaps m_gaps;
    Session m_session;
    Rooms m_rooms;
    Inbound m_inbound;
    Outbound m_outbound;
    bool m_up = false;
    QHash<QString, Missed> m_missed; ///< by conversation
    QSet<QString> m_unsettled; ///< channels being joined and caught up with
    QHash<QString, QList<base::Promise<base::ConversationId>>> m_joins; ///< that a user waits for
    QSet<QString> m_dirtyMembers;
    QHash<QString, chat::Presence> m_presence; ///< of those in direct conversations, as it was told
    qsizetype m_monitored = 0;
    bool m_asksWhoIsThere = false;
    bool m_away = false; ///< we are, as the server confirmed
    bool m_saidAway = false; ///< the last we said of it
    QCache<QString, chat::Message> m_ownSent{2000}; ///< by transaction
    struct Listing ///< that somebody waits for
    {
        QString filter;
        int limit = 0;
        base::Promise<QList<chat::RoomInfo>> promise;
    };
    QList<Listing> m_listings;
    QList<chat::RoomInfo> m_listed; ///< what came of it so far
    int m_listNumber = 0;
    QHash<QString, std::function<void(const base::Status& passed)>> m_fences; ///< that are on their way, by name
    QHash<std::pair<QString, base::UserId>, int> m_typing; ///< who is typing where, and the number of the timer that ends it
    QHash<QString, std::chrono::nanoseconds> m_typedAt; ///< when we last said that we type
    std::chrono::nanoseconds m_begunAt{};
    std::chrono::nanoseconds m_ctcpAt{-std::chrono::hours(1)};
    int m_lastTyping = 0;
    QHash<QString, std::vector<std::function<void()>>> m_held; ///< what came live where a history is asked for, by conversation
    int m_openHistory = 0; ///< CHATHISTORY requests whose answers are taken by who asked
};

} // namespace ridealong::irc
