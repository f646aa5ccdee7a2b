// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hubsession.h"

#include "local/hubcore.h"
#include "local/limits.h"
#include "local/wirevalues.h"

#include <QPointer>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMax = std::numeric_limits<qint64>::max();

/// About how many bytes a change takes on the wire, at worst.
qint64 wireBytes(const store::HubChange& change)
{
    const auto* message = std::get_if<chat::Message>(&change.what);
    return message ? store::wireBytes(*message) : kMaxIdLength;
}

} // namespace

HubSession::HubSession(std::unique_ptr<net::FrameChannel> channel, HubCore& hub)
    : m_hub(hub),
      m_channel(std::move(channel)),
      m_linkBucket(hub.clock, kLinkFramesPerSecond, kLinkFrameBurst)
{
    connect(m_channel.get(), &net::FrameChannel::received, this, &HubSession::receive);
    connect(m_channel.get(), &net::FrameChannel::closed, this, &HubSession::finish);
    connect(m_channel.get(), &net::FrameChannel::written, this, [this] {
        if (m_channel->bytesToWrite() < kDrainedBytes) {
            pump();
            startReads();
        }
    });
    send({{"t"_L1, "hello"_L1}, {"v"_L1, kProtocolVersion}, {"hub"_L1, m_hub.hubId()}});
    m_hub.clock.after(kHelloTimeout, this, [this] {
        if (!m_in)
            end({base::ErrorKind::Timeout, u"no hello"_s, 0});
    });
}

HubSession::~HubSession() = default;

void HubSession::send(const QCborMap& frame)
{
    if (m_over)
        return;
    if (m_channel->bytesToWrite() > kHopelessBytes) {
        finish();
        return;
    }
    m_channel->send(encodeFrame(frame));
}

bool HubSession::isCongested() const { return m_channel->bytesToWrite() > kCongestedBytes; }

void HubSession::sendUnlessCongested(const QCborMap& frame)
{
    if (!isCongested())
        send(frame);
}

void HubSession::answer(qint64 request, QCborMap values)
{
    values.insert("t"_L1, "re"_L1);
    values.insert("id"_L1, request);
    send(values);
}

void HubSession::refuse(qint64 request, const base::Error& error)
{
    QCborMap values;
    putError(values, error);
    answer(request, values);
}

void HubSession::answer(qint64 request, const base::Status& status)
{
    if (status)
        answer(request, QCborMap());
    else
        refuse(request, status.error());
}

void HubSession::end(const base::Error& why)
{
    QCborMap bye{{"t"_L1, "bye"_L1}};
    putError(bye, why);
    send(bye);
    finish();
}

void HubSession::finish()
{
    if (m_over)
        return;
    m_over = true;
    m_channel->close();
    emit ended();
}

void HubSession::receive(const QByteArray& bytes)
{
    if (m_over)
        return;
    const auto map = decodeFrame(bytes, kMaxRequestBytes);
    if (!map) {
        end(map.error());
        return;
    }
    Fields frame(*map);
    const auto type = frame.text("t"_L1, kMaxIdLength);
    if (!m_in && type == "hello"_L1)
        greet(frame);
    else if (m_in && type == "request"_L1)
        m_hub.requests.handle(*this, frame);
    else if (m_in && type == "typing"_L1)
        typing(frame);
    else if (m_in && type == "link"_L1)
        m_hub.relay(*this, frame);
    else
        frame.refuse("t"_L1, "is not expected here");
    if (!frame.ok())
        end(frame.error());
}

void HubSession::typing(Fields& frame)
{
    const auto conversation = frame.text("c"_L1, kMaxIdLength);
    const bool on = frame.flag("on"_L1);
    if (frame.ok() && m_hub.rooms.find(conversation, m_user))
        m_hub.typing.set(m_user, conversation, on);
}

void HubSession::greet(Fields& hello)
{
    const auto version = hello.integer("v"_L1, 1, kMax);
    if (hello.ok() && version != kProtocolVersion) {
        end({base::ErrorKind::Incompatible, u"this hub speaks version %1"_s.arg(kProtocolVersion), 0});
        return;
    }
    const auto user = hello.text("user"_L1, kMaxIdLength);
    const auto hubSeen = hello.optionalText("hubSeen"_L1, kMaxIdLength);
    const auto sequence = hello.optionalInteger("seq"_L1, 0, kMax);
    if (!hello.ok())
        return;
    if (auto entered = m_hub.enter(base::UserId(user)); !entered) {
        end(entered.error());
        return;
    }
    m_user = base::UserId(user);
    m_in = true;
    welcome(hubSeen, sequence);
}

void HubSession::welcome(const QString& hubSeen, qint64 sequence)
{
    // A cursor of another hub, or from a future that this one's database does not know, is worth nothing.
    m_sequence = hubSeen == m_hub.hubId() && sequence <= m_hub.store().publishedSequence() ? sequence : 0;
    send({{"t"_L1, "welcome"_L1}, {"user"_L1, m_user.text()}, {"name"_L1, m_hub.rooms.nameOf(m_user)}});
    QList<const store::HubConversation*> seen;
    for (const auto& one : m_hub.rooms.all())
        if (one.isSeenBy(m_user))
            seen.append(&one);
    sendRooms(seen);
    m_hub.tellMembers(); // everybody: this one has come
    pump();
}

void HubSession::sendRooms(const QList<const store::HubConversation*>& rooms)
{
    QCborArray list;
    for (const auto* one : rooms)
        list.append(encode(*one, m_hub.rooms.nameFor(*one, m_user)));
    send({{"t"_L1, "rooms"_L1}, {"list"_L1, list}});
}

void HubSession::sendMembers()
{
    QCborArray list;
    for (const auto& member : m_hub.rooms.members())
        list.append(encode(member));
    send({{"t"_L1, "members"_L1}, {"list"_L1, list}});
}

void HubSession::pump()
{
    while (m_in && !m_over && !m_loading && !isCongested()) {
        if (!m_runs.isEmpty())
            sendNextRuns();
        else if (m_wantsRuns)
            loadRuns();
        else if (!m_live)
            loadChanges();
        else
            return;
    }
}

void HubSession::loadChanges()
{
    m_loading = true;
    m_hub.store().changesAfter(m_user, m_sequence).then(this, [this](const base::Expected<store::HubPage>& page) {
        m_loading = false;
        if (!page) {
            end(page.error());
            return;
        }
        if (!page->changes.isEmpty() || !m_synced)
            sendChanges(page->changes, page->upTo);
        m_synced = true;
        m_sequence = page->upTo;
        m_live = !page->more && m_sequence >= m_hub.store().publishedSequence();
        pump();
    });
}

void HubSession::publish(const QList<store::HubChange>& changes)
{
    if (!m_live)
        return; // the next page has them
    if (isCongested()) {
        m_live = false;
        return;
    }
    QList<store::HubChange> mine;
    for (const auto& change : changes) {
        if (change.sequence <= m_sequence)
            continue;
        if (const auto* message = std::get_if<chat::Message>(&change.what)) {
            if (m_hub.rooms.find(message->conversation.key(), m_user))
                mine.append(change);
        } else if (std::get<store::HubRead>(change.what).user == m_user) {
            mine.append(change);
        }
    }
    m_sequence = std::max(m_sequence, changes.last().sequence);
    if (!mine.isEmpty())
        sendChanges(mine, m_sequence);
}

void HubSession::sendChanges(const QList<store::HubChange>& changes, qint64 upTo)
{
    QCborArray events;
    qint64 bytes = 0;
    qint64 last = 0;
    const auto flush = [&](qint64 sequence) {
        send({{"t"_L1, "sync"_L1}, {"seq"_L1, sequence}, {"events"_L1, events}});
        events = QCborArray();
        bytes = 0;
    };
    for (const auto& change : changes) {
        const auto size = wireBytes(change);
        if (!events.isEmpty() && bytes + size > kFrameFillBytes)
            flush(last);
        if (const auto* message = std::get_if<chat::Message>(&change.what)) {
            events.append(QCborMap{{"m"_L1, encode(*message, m_user)}});
        } else {
            const auto& read = std::get<store::HubRead>(change.what);
            events.append(QCborMap{{"r"_L1, QCborMap{{"c"_L1, read.conversation}, {"thread"_L1, read.thread.text()}, {"order"_L1, read.order}}}});
        }
        bytes += size;
        last = change.sequence;
    }
    flush(upTo);
}

void HubSession::tell(const chat::RunReport& report)
{
    if (!m_in || m_over || !m_hub.rooms.find(report.conversation.key(), m_user))
        return;
    if (isCongested())
        m_wantsRuns = true; // all of them again, as they are then
    else
        send({{"t"_L1, "runs"_L1}, {"list"_L1, QCborArray{encode(report)}}});
}

void HubSession::loadRuns()
{
    m_loading = true;
    m_wantsRuns = false;
    m_hub.store().latestRuns(m_user, kRunsOnSync).then(this, [this](const base::Expected<QList<store::HubRun>>& runs) {
        m_loading = false;
        if (!runs) {
            end(runs.error());
            return;
        }
        for (const auto& stored : *runs) {
            const auto* open = m_hub.runs().find(stored.run); // newer than the database, which hears of some reports only
            if (auto report = open ? std::optional(*open) : HubRuns::fromStored(stored))
                m_runs.append(*report);
        }
        pump();
    });
}

void HubSession::sendNextRuns()
{
    QCborArray list;
    qint64 bytes = 0;
    while (!m_runs.isEmpty() && bytes < kFrameFillBytes) {
        const auto report = m_runs.takeFirst();
        bytes += 4 * kMaxIdLength + 3 * (report.command.size() + report.detail.size());
        list.append(encode(report));
    }
    send({{"t"_L1, "runs"_L1}, {"list"_L1, list}});
}

void HubSession::enqueueRead(Task task)
{
    if (m_reads.size() >= kReadsWaiting) {
        end({base::ErrorKind::Protocol, u"too many requests at once"_s, 0});
        return;
    }
    m_reads.enqueue(std::move(task));
    startReads();
}

void HubSession::startReads()
{
    while (!m_over && !m_reads.isEmpty() && m_reading < kReadsAtOnce && !isCongested()) {
        ++m_reading;
        const auto task = m_reads.dequeue();
        task([self = QPointer(this)] {
            if (!self)
                return;
            --self->m_reading;
            self->startReads();
        });
    }
}

} // namespace ridealong::local
