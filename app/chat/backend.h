// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/certificateproblem.h"
#include "chat/commandspec.h"
#include "chat/files.h"
#include "chat/roomadmin.h"
#include "chat/run.h"
#include "chat/syncbatch.h"

#include <QObject>

namespace ridealong::chat {

class AvatarFacet;
class CommandDialog;
class ContactFacet;

struct Outgoing
{
    base::TransactionId transaction;
    base::ConversationId conversation;
    QString text; ///< Markdown
    base::MessageId thread;
    base::MessageId replyTo;
    QList<Attachment> attachments = {}; ///< uploaded; then the text may be empty
};

/// How a send ended. Unknown means "it may have arrived": ask Backend::verify before sending again.
enum class SendOutcome { Accepted, Rejected, Throttled, NotSent, Unknown };

struct SendResult
{
    SendOutcome outcome = SendOutcome::Unknown;
    base::MessageId id; ///< with Accepted
    qint64 order = 0; ///< with Accepted, when the server says
    base::RunId run; ///< with Accepted, when the message started one and the server says so
    QString detail; ///< with Rejected: why
    qint64 retryAfterMs = 0; ///< with Throttled
};

enum class VerifyOutcome { Found, Absent, CannotTell };

struct VerifyResult
{
    VerifyOutcome outcome = VerifyOutcome::CannotTell;
    base::MessageId id; ///< with Found
    qint64 order = 0;
};

enum class ConnectionState { Disconnected, Connecting, Connected, Waiting, Failed };
/// "disconnected", "connecting", "connected", "waiting", "failed".
QString toString(ConnectionState state);

struct ConnectionStatus
{
    ConnectionState state = ConnectionState::Disconnected;
    base::Error error; ///< why, with Waiting and Failed
    qint64 retryAtMs = 0; ///< with Waiting
    std::optional<base::CertificateProblem> certificate; ///< with Failed and ErrorKind::Untrusted

    bool operator==(const ConnectionStatus&) const = default;
};

struct Limits
{
    int messageBytes = 0; ///< of UTF-8, the longest text that is accepted
};

// ---- Facets: what a backend may have besides. The interface asks for the facet, never for the backend's name. ----

struct RoomInfo
{
    QString name; ///< what RoomFacet::join() takes
    QString topic;
    int members = 0;
    QString title = {}; ///< what people call it, where that is not its name
};

class RoomFacet
{
public:
    virtual ~RoomFacet() = default;
    /// Joins (and creates, where the server lets everybody) the room called `name`.
    virtual base::Async<base::ConversationId> join(const QString& name) = 0;
    virtual base::Async<base::ConversationId> openDirect(const base::UserId& user) = 0;
    /// Its messages stay stored; Conversation::joined becomes false.
    virtual base::Async<base::Done> leave(const base::ConversationId&) = 0;
    /// Rooms that can be joined, at most `limit`; `filter` is a part of a name, empty for all.
    virtual base::Async<QList<RoomInfo>> list(const QString& filter, int limit) = 0;
};

class EditFacet
{
public:
    virtual ~EditFacet() = default;
    // The whole message, because protocols name what is changed by its id, or by its sender's, or by ours.
    virtual base::Async<base::Done> edit(const Message& message, const QString& text) = 0;
    virtual base::Async<base::Done> remove(const Message& message) = 0;
};

class ReactionFacet
{
public:
    virtual ~ReactionFacet() = default;
    /// The whole set of this user's reactions to that message is to become `mine`. `before` is what it is, for protocols that
    /// can only add and take away.
    virtual base::Async<base::Done> setReactions(
        const base::ConversationId&, const base::MessageId&, const QStringList& before, const QStringList& mine)
        = 0;
};

class ReadFacet
{
public:
    virtual ~ReadFacet() = default;
    virtual void markRead(const base::ConversationId&, const base::MessageId& thread, qint64 order) = 0;
};

struct HistoryPage
{
    QList<Message> messages; ///< oldest first
    bool reachedStart = false; ///< the server has nothing older
};

class HistoryFacet
{
public:
    virtual ~HistoryFacet() = default;
    /// At most `limit` messages before `beforeOrder` (0: the newest).
    virtual base::Async<HistoryPage> before(const base::ConversationId&, qint64 beforeOrder, int limit) = 0;
    /// The first messages said at `timeMs` or later, at most `limit`. Unsupported where the server finds none by time.
    virtual base::Async<HistoryPage> from(const base::ConversationId&, qint64 timeMs, int limit);
    /// Between two pages that nobody waits for. Long where servers count what is asked, that enough be left for what is said; else none.
    virtual std::chrono::milliseconds pause() const { return std::chrono::milliseconds(500); }
};

struct Typing
{
    base::ConversationId conversation;
    base::UserId user;
    QString userName;
    bool active = false;
};

class PresenceFacet : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void setTyping(const base::ConversationId&, bool active) = 0;

signals:
    void typing(const ridealong::chat::Typing& typing);
};

class AwayFacet : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    /// One's own absence, told to others with its `reason`; empty: back. It holds over reconnects, until it is taken back.
    virtual void setAway(const QString& reason) = 0;
    virtual QString reason() const = 0; ///< as it was last set

signals:
    void changed(); ///< Backend::self() has another presence
};

class CommandFacet
{
public:
    virtual ~CommandFacet() = default;
    virtual base::Async<QList<CommandSpec>> commands(const base::ConversationId&) = 0;
    /// Begins a command that is a dialogue. Null: it cannot be reached now, or this backend has none such.
    virtual std::unique_ptr<CommandDialog> open(const CommandSpec&);
};

/// Bots that report their runs and keep the output readable. The output is pulled, never pushed: whoever is slow, late
/// or was away reads from where it stopped, and nothing piles up on the way.
class RunFeed : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    static constexpr qint64 kMaxReadBytes = 1 << 20;

    /// Up to `maxBytes` (at most kMaxReadBytes) of the run's output from `offset`. Empty: nothing there yet, a report will tell.
    virtual base::Async<QByteArray> read(const base::RunId&, qint64 offset, qint64 maxBytes) = 0;
    virtual base::Async<base::Done> cancel(const base::RunId&) = 0;
    /// Answers a run that is AwaitingConfirmation or AwaitingApproval.
    virtual base::Async<base::Done> decide(const base::RunId&, bool approve) = 0;

signals:
    void reported(const ridealong::chat::RunReport& report);
};

/// A channel of frames to one peer beside the chat: not stored, may lose, never reorders.
class EphemeralLink : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    virtual int maxFrameBytes() const = 0;
    virtual double framesPerSecond() const = 0; ///< sustained budget
    virtual void send(const QByteArray& frame) = 0; ///< dropped when over the budget or not connected

signals:
    void received(const QByteArray& frame);
    void closed(const ridealong::base::Error& why);
};

class LinkFacet : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    /// Owned by the caller.
    virtual std::unique_ptr<EphemeralLink> open(const base::ConversationId&, const base::UserId& peer) = 0;

signals:
    /// A peer without an open link sent a frame: open a link to `peer` to go on.
    void offered(const ridealong::base::ConversationId& conversation, const ridealong::base::UserId& peer, const QByteArray& frame);
};

struct Facets
{
    RoomFacet* rooms = nullptr;
    EditFacet* edits = nullptr;
    ReactionFacet* reactions = nullptr;
    ReadFacet* reads = nullptr;
    HistoryFacet* history = nullptr;
    PresenceFacet* presence = nullptr;
    AwayFacet* away = nullptr;
    CommandFacet* commands = nullptr;
    RunFeed* runs = nullptr;
    LinkFacet* links = nullptr;
    FileFacet* files = nullptr;
    RoomAdminFacet* administration = nullptr;
    ContactFacet* contacts = nullptr;
    AvatarFacet* avatars = nullptr;
};

/// One login on one server: translates between its protocol and our values, and keeps the connection alive. It stores
/// nothing; outbox, store, merging, gaps and unread are the core's.
class Backend : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Connects, and from then on reconnects by itself until stop(). Everything that happened after `cursor` comes as batches.
    virtual void start(const QByteArray& cursor) = 0;
    virtual void stop() = 0;
    virtual ConnectionStatus status() const = 0;
    virtual Member self() const = 0;
    virtual Limits limits() const = 0;
    /// Null where the protocol or this server cannot. May change with the connection.
    virtual Facets facets() = 0;

    /// Whether somebody looks at the program. Where nobody does, a server may keep back what can wait.
    virtual void setAttended(bool) {}

    /// The caller keeps one in flight per conversation. Answers when the server has it, or has refused, or the connection broke.
    virtual base::Async<SendResult> send(const Outgoing& outgoing) = 0;
    /// Did this transaction arrive? Asked after Unknown.
    virtual base::Async<VerifyResult> verify(const base::ConversationId&, const base::TransactionId&) = 0;

signals:
    void statusChanged(const ridealong::chat::ConnectionStatus& status);
    void batch(const ridealong::chat::SyncBatch& batch);
};

} // namespace ridealong::chat

Q_DECLARE_METATYPE(ridealong::chat::ConnectionStatus)
