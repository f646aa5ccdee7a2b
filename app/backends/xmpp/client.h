// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "xmpp/avatars.h"
#include "xmpp/blocklist.h"
#include "xmpp/bookmarks.h"
#include "xmpp/capabilities.h"
#include "xmpp/commands.h"
#include "xmpp/conversations.h"
#include "xmpp/deliveries.h"
#include "xmpp/displayedsync.h"
#include "xmpp/feed.h"
#include "xmpp/messagereader.h"
#include "xmpp/messagewriter.h"
#include "xmpp/presences.h"
#include "xmpp/roomadministration.h"
#include "xmpp/roomentry.h"
#include "xmpp/roomlist.h"
#include "xmpp/roster.h"
#include "xmpp/services.h"

#include <QCache>
#include <QPointer>

#include <unordered_map>

namespace ridealong::xmpp {

/// What an account does over its sessions: which rooms it is in, what was said there and to us, what became of what we say. Sessions come
/// and go below it; a stream that is resumed changes nothing here.
class Client : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds kEntryPatience{15}; ///< then the account counts as connected all the same
    static constexpr std::chrono::milliseconds kMembersPause{100}; ///< lists of members are told at most so often
    static constexpr std::chrono::seconds kTypingExpires{30}; ///< "composing" without an end: its sender is gone
    static constexpr std::chrono::seconds kTypingEvery{10};
    static constexpr qsizetype kMaxTyping = 500; ///< people at a time
    static constexpr std::chrono::seconds kEchoPatience{60}; ///< then it is looked up what became of a message

    using Events = std::function<void(chat::Event)>;
    using Gaps = std::function<void(const chat::Gap&)>;

    Client(Jid account, QString nick, Conversations& conversations, base::Clock& clock, base::Random& random, Events events, Gaps gaps);
    ~Client() override;

    // client.cpp: sessions and stanzas
    void attach(Session& session); ///< it is new
    void begin(bool resumed); ///< it is ready
    void end(); ///< it is gone; the stream may be resumed over another
    void loseStream(); ///< nobody resumes it
    void look(); ///< the network changed: are we still where we think?
    bool isUp() const { return m_isUp; } ///< in all rooms that we want to be in, or refused
    chat::Member self() const;
    const Jid& address() const { return m_account; } ///< bare
    bool hasArchive() const { return m_reader.context().hasArchive; } ///< of our own

    // clientsending.cpp
    base::Async<chat::SendResult> send(const chat::Outgoing& outgoing);
    base::Async<chat::VerifyResult> verify(const base::ConversationId& conversation, const base::TransactionId& transaction);
    base::Async<base::Done> edit(const chat::Message& message, const QString& text);
    base::Async<base::Done> remove(const chat::Message& message);
    base::Async<base::Done> react(const base::ConversationId& conversation, const base::MessageId& message, const QStringList& emojis);
    void setTyping(const base::ConversationId& conversation, bool active);
    /// False: not now. It may be lost on the way.
    bool sendFrame(const Jid& to, const base::ConversationId& about, const QByteArray& frame);

    // clientrooms.cpp
    base::Async<base::ConversationId> join(const QString& name, const QString& password);
    base::Async<base::ConversationId> openDirect(const base::UserId& user);
    base::Async<base::Done> leave(const base::ConversationId& conversation);
    base::Async<QList<chat::RoomInfo>> list(const QString& filter, int limit);
    void setAway(const QString& reason); ///< empty: back; holds over sessions
    void setAttended(bool attended); ///< whether somebody looks; holds over sessions
    const QString& awayReason() const { return m_presences.awayReason(); }
    void want(const QString& name, const QString& password); ///< a room to be in from the next stream on, unless it was left
    base::UserId identityIn(const Jid& occupant) const; ///< ours in all rooms; empty for nobody who is there
    bool isInRoom(const Jid& jid) const { return m_rooms.find(jid.bare()) != nullptr; } ///< a room, or somebody there
    Jid roomOf(const base::ConversationId& conversation) const; ///< nobody's for what is no room
    RoomFeatures featuresOf(const Jid& room) const; ///< as far as they are known
    QString passwordOf(const Jid& room) const;
    const Rooms& rooms() const { return m_rooms; }
    RoomAdministration& administration() { return m_administration; }
    /// Whom we know by that name: an address, with the nick where a room does not say whose it is.
    Jid addressOf(const base::UserId& user) const;

    // clientpeople.cpp
    Roster& roster() { return m_roster; }
    Blocklist& blocklist() { return m_blocklist; }
    Avatars& avatars() { return m_avatars; }
    void markRead(const base::ConversationId& conversation, qint64 order);
    bool keepsReadMarks() const { return m_displayed.isFetched(); }
    base::Async<QList<chat::CommandSpec>> commands(const base::ConversationId& conversation);
    std::unique_ptr<chat::CommandDialog> openCommand(const chat::CommandSpec& spec);

    // clienthistory.cpp
    base::Async<chat::HistoryPage> before(const base::ConversationId& conversation, qint64 beforeOrder, int limit);
    base::Async<chat::HistoryPage> from(const base::ConversationId& conversation, qint64 timeMs, int limit);

    Outlet outlet();
    const ServerServices& services() const { return m_services.services(); }

signals:
    void up();
    void servicesFound(const ridealong::xmpp::ServerServices& services);
    void selfChanged();
    void typing(const ridealong::chat::Typing& typing);
    void frameReceived(const ridealong::xmpp::Frame& frame);

private:
    struct Place ///< a room we are in or want to be in
    {
        std::unique_ptr<RoomEntry> entry;
        std::unique_ptr<Feed> feed;
        RoomContext context;
        bool isListed = false;
        bool isWhole = true; ///< all that was said since the stream began, or since what was known before, is here
        qint64 orderBefore = 0; ///< of the newest message known when the stream began
        QList<base::Promise<base::ConversationId>> joins; ///< that a user waits for
    };
    struct Ours ///< a message of ours that arrived
    {
        base::MessageId id;
        qint64 order = 0;
    };

    // client.cpp
    void receive(const Element& stanza);
    void receiveMessage(const Element& stanza);
    void take(const QString& room, const Reading& reading);
    Ours takeMessage(const chat::MessageChanged& changed, const Reading& reading);
    void noteArchiveId(const chat::Message& message, const QString& archiveId);
    void noteOurs(const chat::Message& message);
    void takeRead(const Receipt& receipt);
    void settle();
    ConversationState* open(const QString& key);
    QString nameOf(const Jid& jid) const;
    void tellConversation(const QString& key);
    void startTyping(const chat::Typing& typing);
    void stopTyping(const base::ConversationId& conversation, const base::UserId& user);
    void after(std::chrono::milliseconds delay, std::function<void()> then);

    // clientsending.cpp
    struct Said
    {
        base::Expected<Element> stanza;
        base::TransactionId transaction;
        base::ConversationId conversation;
    };
    base::Async<base::Done> say(const Said& said);
    bool deliver(const Said& said, Deliveries::Handler told, base::Error* why);
    void giveUpLater(const base::TransactionId& transaction);
    void acknowledged(StreamState::Ticket upTo);
    void noteEcho(const Element& stanza);
    std::optional<Destination> destinationOf(const base::ConversationId& conversation) const;
    std::optional<base::Error> refusalToChange(const chat::Message& message) const;
    Feed* feedOf(const base::ConversationId& conversation);
    std::optional<Quoted> quotedIn(const chat::Outgoing& outgoing) const;

    // clientrooms.cpp
    base::Expected<Jid> roomNamed(const QString& name) const;
    Place& placeOf(const Jid& room, const QString& password = {});
    Place* findPlace(const Jid& room) const;
    void apply(const RoomChange& change);
    void entryChanged(const Jid& room);
    void featuresChanged(const Jid& room);
    void beginFeed(const Jid& room);
    void note(const QString& key, const QString& by, const chat::SystemEvent& event);
    void noteFrom(const QString& key, const base::UserId& sender, const QString& senderName, const chat::SystemEvent& event);
    void membersChanged(const QString& key);
    void tellMembers();
    void answerJoins(Place& place, const base::Expected<base::ConversationId>& answer);

    // clientpeople.cpp
    void connectPeople();
    void beginPeople();
    void takeServices(const ServerServices& services);
    void tellPresence(const Jid& bare);
    void rename(const Jid& bare);
    void takeBookmark(const Jid& room);
    void keepBookmark(const Jid& room, bool autojoin);
    void takeMark(const DisplayedMark& mark);
    void tellDisplayed(const Jid& to, const base::ConversationId& conversation, const base::MessageId& message);
    void noteRequests();
    std::vector<std::pair<Jid, base::UserId>> botsIn(const base::ConversationId& conversation) const;

    // clienthistory.cpp
    void takePage(const QString& key, const ArchivePage& page, bool isAfterGap);
    void tellGap(const QString& key, qint64 beforeOrder);
    void caughtUp(const QString& key, bool isWhole);
    void readAgain(Feed& feed, const QString& key, std::function<void(const base::Expected<bool>& isWhole)> then);
    struct Backwards ///< a page of what is older is wanted
    {
        QString key;
        qint64 beforeOrder = 0;
        int limit = 0;
        int left = 0; ///< pages with nothing that was said, passed over in search of something
        base::Promise<chat::HistoryPage> promise;
    };
    base::Expected<ArchiveQuery> queryOf(const base::ConversationId& conversation, int limit) const;
    void askBackwards(const Backwards& wanted, const ArchiveQuery& query);
    QList<chat::Message> readBackwards(const Backwards& wanted, const ArchivePage& page);

    Jid m_account; ///< bare
    QString m_nick;
    Conversations& m_conversations;
    base::Clock& m_clock;
    base::Random& m_random;
    Events m_events;
    Gaps m_gaps;
    Session* m_session = nullptr;
    int m_sessionNumber = 0;
    std::unique_ptr<Archive> m_archive; ///< of the session
    Rooms m_rooms;
    MessageReader m_reader;
    MessageWriter m_writer;
    Deliveries m_deliveries;
    Feed m_own; ///< of our own archive: all direct conversations
    bool m_isOwnWhole = true; ///< as Place::isWhole
    bool m_knowsOwn = false; ///< whether there is one
    std::unordered_map<QString, Place> m_places; ///< by the room's address
    Services m_services;
    RoomList m_roomList;
    Capabilities m_capabilities;
    Roster m_roster;
    Presences m_presences;
    Bookmarks m_bookmarks;
    DisplayedSync m_displayed;
    Commands m_commands;
    RoomAdministration m_administration;
    Blocklist m_blocklist;
    Avatars m_avatars;
    QCache<QString, QString> m_invitedWith{200}; ///< passwords that came with invitations, by room
    bool m_isAttended = true;
    QHash<QString, QString> m_marks; ///< of what is read: archive ids of messages that did not come yet, by conversation
    QHash<QString, qint64> m_readUpTo; ///< orders, by conversation
    bool m_isPresent = false; ///< our server knows that we are there
    bool m_isUp = false;
    QSet<QString> m_dirtyMembers;
    QCache<QString, Ours> m_ours{4000}; ///< by transaction
    /// In rooms where a nick is all that says whose a message is, what was said under ours, by the name that its sender gave. Nobody knows a
    /// transaction of ours before it was said: the first that bears one is ours.
    QCache<QString, chat::Message> m_perhapsOurs{4000};
    QCache<QString, Quoted> m_quotable{2000}; ///< by conversation and message
    QCache<QString, QString> m_archiveIds{20'000}; ///< by conversation and order, to read on from there
    QCache<QString, qint64> m_orders{20'000}; ///< the other way round
    struct Typist
    {
        QString name;
        int timer = 0; ///< its number: it ends it
    };
    QHash<std::pair<QString, base::UserId>, Typist> m_typing; ///< who is typing where
    QHash<QString, std::chrono::nanoseconds> m_typedAt; ///< when we last said that we type
    int m_lastTyping = 0;
    QMultiHash<QString, std::function<void(const base::Expected<bool>& isWhole)>> m_readers; ///< that wait until an archive is read; by room
    StreamState::Ticket m_frame = 0; ///< the last, and whether it was read
    StreamState::Ticket m_acknowledged = 0;
};

} // namespace ridealong::xmpp
