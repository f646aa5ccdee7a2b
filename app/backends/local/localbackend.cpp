// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/localbackend.h"

#include "local/limits.h"
#include "local/localfacets.h"
#include "local/localfiles.h"
#include "local/wirevalues.h"

#include <QStandardPaths>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMax = std::numeric_limits<qint64>::max();
constexpr qint64 kStorageRetryMs = 5000;

chat::SendResult resultOf(const base::Error& error)
{
    chat::SendResult result;
    result.detail = error.detail;
    switch (error.kind) {
    case base::ErrorKind::Offline:
    case base::ErrorKind::Cancelled:
    case base::ErrorKind::Timeout:
    case base::ErrorKind::Protocol: result.outcome = chat::SendOutcome::Unknown; break;
    case base::ErrorKind::Storage: // the hub's disk is full, say: nothing was stored, and it may work later
    case base::ErrorKind::RateLimited:
        result.outcome = chat::SendOutcome::Throttled;
        result.retryAfterMs = std::max(error.retryAfterMs, kStorageRetryMs);
        break;
    default: result.outcome = chat::SendOutcome::Rejected;
    }
    return result;
}

} // namespace

struct LocalBackend::Data
{
    Data(LocalBackend& owner, base::AccountId account_, QString user, const QString& socketPath, HubFactory makeHub, base::Clock& clock)
        : q(owner),
          account(account_),
          self{base::UserId(user), user, false, chat::Presence::Online},
          connection(user, socketPath, std::move(makeHub), clock, [this](const QString& type, Fields& frame) { return take(type, frame); }),
          rooms(connection, account),
          messages(connection, account),
          reads(connection),
          presence(connection),
          runs(connection),
          links(connection),
          files(connection)
    {}

    base::Status take(const QString& type, Fields& frame);
    void takeRooms(Fields& frame);
    void takeMembers(Fields& frame);
    void takeSync(Fields& frame);
    void takeRuns(Fields& frame);
    chat::MembersChanged membersOf(const WireConversation& conversation) const;
    void emitBatch(QList<chat::Event> events);
    void statusChanged(const chat::ConnectionStatus& status);

    LocalBackend& q;
    base::AccountId account;
    chat::Member self;
    QMap<QString, WireConversation> conversations;
    QList<chat::Member> members;
    LocalConnection connection;
    LocalRooms rooms;
    LocalMessages messages;
    LocalReads reads;
    LocalPresence presence;
    LocalRuns runs;
    LocalLinks links;
    LocalFiles files;
};

LocalBackend::LocalBackend(base::AccountId account, QString user, QString socketPath, HubFactory makeHub, base::Clock& clock, QObject* parent)
    : Backend(parent),
      m_data(std::make_unique<Data>(*this, std::move(account), std::move(user), socketPath, std::move(makeHub), clock))
{
    connect(
        &m_data->connection, &LocalConnection::statusChanged, this, [this](const chat::ConnectionStatus& status) { m_data->statusChanged(status); });
    connect(&m_data->connection, &LocalConnection::hubOpened, this, &LocalBackend::hubOpened);
}

LocalBackend::~LocalBackend()
{
    m_data->connection.disconnect(this);
    m_data->connection.stop(); // answers what is open while everything that listens is still there
}

void LocalBackend::start(const QByteArray& cursor) { m_data->connection.start(LocalCursor::fromBytes(cursor)); }
void LocalBackend::stop() { m_data->connection.stop(); }
chat::ConnectionStatus LocalBackend::status() const { return m_data->connection.status(); }
chat::Member LocalBackend::self() const { return m_data->self; }
chat::Limits LocalBackend::limits() const { return {kMaxMessageBytes}; }

chat::Facets LocalBackend::facets()
{
    auto& d = *m_data;
    return {.rooms = &d.rooms,
        .edits = &d.messages,
        .reactions = &d.messages,
        .reads = &d.reads,
        .history = &d.messages,
        .presence = &d.presence,
        .commands = &d.messages,
        .runs = &d.runs,
        .links = &d.links,
        .files = &d.files};
}

base::Async<chat::SendResult> LocalBackend::send(const chat::Outgoing& outgoing)
{
    using Answer = base::Async<chat::SendResult>;
    if (!m_data->connection.isConnected())
        return Answer::ready(chat::SendResult{chat::SendOutcome::NotSent, {}, 0, {}, u"not connected"_s, 0});
    if (outgoing.text.toUtf8().size() > kMaxMessageBytes)
        return Answer::ready(chat::SendResult{chat::SendOutcome::Rejected, {}, 0, {}, u"more than %1 bytes"_s.arg(kMaxMessageBytes), 0});
    base::Promise<chat::SendResult> promise;
    QCborMap request{{"do"_L1, "send"_L1}, {"c"_L1, outgoing.conversation.key()}, {"txn"_L1, outgoing.transaction.text()}, {"text"_L1, outgoing.text},
        {"thread"_L1, outgoing.thread.text()}, {"replyTo"_L1, outgoing.replyTo.text()}};
    if (!outgoing.attachments.isEmpty())
        request.insert("files"_L1, encode(outgoing.attachments));
    m_data->connection.request(request, [promise](const base::Expected<QCborMap>& reply) {
        if (!reply) {
            promise.answer(resultOf(reply.error()));
            return;
        }
        Fields fields(*reply);
        chat::SendResult result{chat::SendOutcome::Accepted, base::MessageId(fields.text("m"_L1, kMaxIdLength)), fields.integer("order"_L1, 1, kMax),
            base::RunId(fields.optionalText("run"_L1, kMaxIdLength)), {}, 0};
        promise.answer(fields.ok() ? result : resultOf(fields.error()));
    });
    return promise.async();
}

base::Async<chat::VerifyResult> LocalBackend::verify(const base::ConversationId& conversation, const base::TransactionId& transaction)
{
    const QCborMap request{{"do"_L1, "verify"_L1}, {"c"_L1, conversation.key()}, {"txn"_L1, transaction.text()}};
    return ask<chat::VerifyResult>(m_data->connection, request, [](Fields& reply) {
        const base::MessageId id(reply.optionalText("m"_L1, kMaxIdLength));
        const auto order = reply.integer("order"_L1, 0, kMax);
        return chat::VerifyResult{order > 0 ? chat::VerifyOutcome::Found : chat::VerifyOutcome::Absent, id, order};
    });
}

QString LocalBackend::defaultSocketPath() { return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/hub/hub.sock"_s; }

void LocalBackend::Data::statusChanged(const chat::ConnectionStatus& status)
{
    if (status.state == chat::ConnectionState::Connected)
        reads.connected();
    else if (status.state != chat::ConnectionState::Connecting)
        links.disconnected(status.error);
    emit q.statusChanged(status);
}

base::Status LocalBackend::Data::take(const QString& type, Fields& frame)
{
    if (type == "rooms"_L1) {
        takeRooms(frame);
    } else if (type == "members"_L1) {
        takeMembers(frame);
    } else if (type == "sync"_L1) {
        takeSync(frame);
    } else if (type == "runs"_L1) {
        takeRuns(frame);
    } else if (type == "typing"_L1) {
        const chat::Typing typing{{account, frame.text("c"_L1, kMaxIdLength)}, base::UserId(frame.text("user"_L1, kMaxUserLength)),
            frame.text("name"_L1, kMaxUserLength), frame.flag("on"_L1)};
        if (frame.ok())
            emit presence.typing(typing);
    } else if (type == "link"_L1) {
        const base::ConversationId conversation(account, frame.text("c"_L1, kMaxIdLength));
        const base::UserId peer(frame.text("peer"_L1, kMaxUserLength));
        const auto bytes = frame.bytes("frame"_L1, kMaxLinkFrameBytes);
        if (frame.ok())
            links.take(conversation, peer, bytes);
    } else {
        frame.refuse("t"_L1, "is not known");
    }
    return frame.ok() ? base::Status(base::Done{}) : frame.error();
}

void LocalBackend::Data::takeRooms(Fields& frame)
{
    QList<chat::Event> events;
    for (const auto& item : frame.array("list"_L1, kMaxRooms + kMaxDirects)) {
        Fields fields(QCborValue(item).toMap());
        const auto conversation = decodeConversation(fields, account);
        if (!fields.ok()) {
            frame.refuse("list"_L1, "has a broken conversation");
            return;
        }
        conversations.insert(conversation.conversation.id.key(), conversation);
        events.append(chat::ConversationChanged{conversation.conversation});
        if (!members.isEmpty())
            events.append(membersOf(conversation));
    }
    emitBatch(events);
}

void LocalBackend::Data::takeMembers(Fields& frame)
{
    QList<chat::Member> list;
    for (const auto& item : frame.array("list"_L1, 2 * kMaxUsers)) {
        Fields fields(QCborValue(item).toMap());
        list.append(decodeMember(fields));
        if (!fields.ok()) {
            frame.refuse("list"_L1, "has a broken member");
            return;
        }
    }
    if (!frame.ok())
        return;
    members = list;
    QList<chat::Event> events;
    for (const auto& conversation : std::as_const(conversations))
        events.append(membersOf(conversation));
    emitBatch(events);
}

chat::MembersChanged LocalBackend::Data::membersOf(const WireConversation& conversation) const
{
    chat::MembersChanged changed{conversation.conversation.id, {}};
    for (const auto& member : members)
        if (conversation.users.isEmpty() || conversation.users.contains(member.user))
            changed.members.append(member);
    return changed;
}

void LocalBackend::Data::takeSync(Fields& frame)
{
    const auto sequence = frame.integer("seq"_L1, 0, kMax);
    QList<chat::Event> events;
    for (const auto& item : frame.array("events"_L1, net::FrameChannel::kMaxFrameBytes)) {
        const auto event = QCborValue(item).toMap();
        const bool isMessage = event.contains("m"_L1);
        Fields fields(event.value(isMessage ? "m"_L1 : "r"_L1).toMap());
        if (isMessage)
            events.append(chat::MessageChanged{decodeMessage(fields, account)});
        else
            events.append(chat::ReadMarkerMoved{{account, fields.text("c"_L1, kMaxIdLength)},
                base::MessageId(fields.optionalText("thread"_L1, kMaxIdLength)), fields.integer("order"_L1, 0, kMax)});
        if (!fields.ok())
            frame.refuse("events"_L1, "has a broken one");
    }
    if (!frame.ok())
        return;
    connection.moveCursor(sequence);
    emitBatch(events);
}

void LocalBackend::Data::takeRuns(Fields& frame)
{
    QList<chat::RunReport> reports;
    for (const auto& item : frame.array("list"_L1, 10 * kRunsOnSync)) {
        Fields fields(QCborValue(item).toMap());
        reports.append(decodeRun(fields, account));
        if (!fields.ok()) {
            frame.refuse("list"_L1, "has a broken report");
            return;
        }
    }
    for (const auto& report : reports)
        emit runs.reported(report);
}

void LocalBackend::Data::emitBatch(QList<chat::Event> events) { emit q.batch({std::move(events), {}, connection.cursor().toBytes()}); }

} // namespace ridealong::local
