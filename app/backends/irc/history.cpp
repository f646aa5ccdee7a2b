// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What was said while we were away, and what became of what we sent.
#include "irc/connection.h"

#include "irc/text.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::VerifyOutcome;
using chat::VerifyResult;

namespace {

constexpr qint64 kOverlapMs = 1000; ///< asked for again before the last known message; what is known already does no harm
constexpr int kEmptyPages = 10; ///< of nothing but comings and goings, passed over in search of what was said
constexpr int kVerifyPages = 10; ///< further back is not looked for a message of ours
/// A connection that died silently may live on at the server, with lines of ours in it that are not read yet. Servers give up
/// on it after two to four minutes.
constexpr std::chrono::minutes kGhostPatience{5};

qsizetype linesOf(const Response& history)
{
    size_t lines = 0;
    for (const Batch& batch : history.batches)
        lines += batch.lines.size() + batch.inner.size();
    return qsizetype(lines);
}

bool isOneMoment(const Batch& history) { return !history.lines.empty() && history.lines.front().tag("time") == history.lines.back().tag("time"); }

bool isOneMoment(const QList<chat::Message>& page) { return !page.isEmpty() && page.first().timeMs == page.last().timeMs; }

/// Of a page that is cut off. References are whole milliseconds, and places within one are counted from its first message: so a
/// moment of which perhaps only the end came is left to the page before this one.
void dropFirstMoment(QList<chat::Message>& page)
{
    if (!isOneMoment(page))
        page.removeIf([moment = page.isEmpty() ? 0 : page.first().timeMs](const chat::Message& message) { return message.timeMs == moment; });
}

/// Of an answer that is no page.
Error whyNoHistory(const Response& response)
{
    if (response.end != Response::End::Complete)
        return {ErrorKind::Offline, u"the connection broke"_s, 0};
    const bool isSaid = !response.lines.empty() && !response.lines.front().parameters.isEmpty();
    return {ErrorKind::Denied, isSaid ? response.lines.front().parameters.last() : u"no history"_s, 0};
}

} // namespace

void Connection::handleBatch(const Batch& batch)
{
    if (batch.type == "chathistory") {
        // One that was asked for goes to who asked. What comes by itself is a replay on joining.
        if (m_openHistory == 0 || (m_session.canLabel() && !batch.opening.hasTag("label")))
            takeHistory(batch, false);
    } else if (batch.type == "draft/multiline") {
        Line first = batch.lines.empty() ? Line() : batch.lines.front();
        first.tags = batch.opening.tags;
        const auto where = m_inbound.addressOf(first);
        if (!where || waitsBehindHistory(*where, [this, batch] { handleBatch(batch); }) || !open(*where))
            return;
        if (const auto message = m_inbound.readMultiline(batch, *where, false)) {
            take(*message);
            if (where->own)
                m_outbound.echoedWhole(message->transaction);
        }
    } else if (batch.type == "netsplit") {
        QHash<QString, QStringList> gone; // by channel
        for (const Line& line : batch.lines)
            for (const RoomChange& change : m_rooms.handle(line, m_session.nick())) {
                gone[change.key].append(line.nick());
                membersChanged(change.key);
            }
        for (auto channel = gone.cbegin(); channel != gone.cend(); ++channel)
            note(channel.key(), batch.parameters.join(u' '),
                {chat::SystemEvent::Kind::NetSplit, QString::number(channel->size()), batch.parameters.join(u' ')}, batch.opening);
    }
}

QList<chat::Message> Connection::readHistory(const Batch& batch)
{
    QList<chat::Message> messages;
    m_inbound.beginReplay();
    const auto readInner = [&](size_t before) {
        for (const Batch& inner : batch.inner)
            if (inner.at == before && inner.type == "draft/multiline" && !inner.lines.empty()) {
                Line first = inner.lines.front();
                first.tags = inner.opening.tags;
                if (const auto where = m_inbound.addressOf(first); where && open(*where))
                    if (const auto message = m_inbound.readMultiline(inner, *where, true))
                        messages.append(*message);
            }
    };
    for (size_t i = 0; i < batch.lines.size(); ++i) {
        readInner(i);
        const Line& line = batch.lines[i];
        if (line.command == "TAGMSG") {
            handleTagMessage(line, true);
            continue;
        }
        // Comings and goings are in a history, too: they begin no conversation.
        const bool isSaid = line.command == "PRIVMSG" || line.command == "NOTICE";
        const auto where = m_inbound.addressOf(line);
        if (!where || !(isSaid ? open(*where) : m_conversations.find(where->key)))
            continue;
        if (const auto message = m_inbound.read(line, *where, true)) {
            // A message in several lines comes once for each of them; the last version is the whole.
            if (!messages.isEmpty() && messages.last().id == message->id)
                messages.last() = *message;
            else
                messages.append(*message);
        }
    }
    readInner(batch.lines.size());
    return messages;
}

void Connection::takeHistory(const Batch& batch, bool isCut)
{
    const QString key = m_session.isupport().fold(batch.parameters.value(0));
    Missed nobody; // a history of what we know nothing of
    Missed& missed = m_conversations.find(key) ? m_missed[key] : nobody;
    QList<chat::Message> messages = readHistory(batch);
    if (isCut)
        dropFirstMoment(messages);
    for (const chat::Message& message : std::as_const(messages)) {
        missed.overlaps = missed.overlaps || message.id.text() == missed.id;
        if (missed.firstReplayed == 0 || message.order < missed.firstReplayed)
            missed.firstReplayed = message.order;
        if (message.transaction)
            missed.transactions.insert(message.transaction.text());
        take(message);
    }
}

// ---- catching up ----

/// What comes live before the history is answered may be of the same millisecond as the end of that history, and places within
/// one are counted as messages come: it waits behind it.
void Connection::beginCatchUp(const QString& key)
{
    if (!hasHistory() || m_held.contains(key))
        return;
    m_held.insert(key, {});
    m_clock.after(kJoinPatience, this, [this, key] { release(key); });
}

bool Connection::waitsBehindHistory(const Addressed& where, std::function<void()> live)
{
    const auto held = m_held.find(where.key);
    if (held == m_held.end() || (where.own && m_up)) // who sends waits for the echo
        return false;
    if (qsizetype(held->size()) >= kMaxHeld) {
        release(where.key);
        return false;
    }
    held->push_back(std::move(live));
    return true;
}

void Connection::release(const QString& key)
{
    for (const auto& live : m_held.take(key))
        live();
}

void Connection::catchUp(const QString& key)
{
    const Missed missed = m_missed.value(key);
    if (!hasHistory()) {
        // A server that replays on joining (InspIRCd's +H) has done so before it answers this.
        m_session.barrier([this, key](const Response& response) {
            if (response.end == Response::End::Complete)
                concludeReplay(key, false);
        });
        return;
    }
    askLatest(key, missed.order > 0 ? timestamp(timeOf(missed.order) - kOverlapMs) : u"*"_s, kCatchUpMessages);
}

void Connection::askLatest(const QString& key, const QString& from, int limit)
{
    askHistory(u"LATEST"_s, key, {from}, limit, [this, key, from, limit](const Response& response) {
        if (response.end != Response::End::Complete)
            return;
        const int largest = m_session.isupport().historyLimit(), most = std::min(limit, largest);
        const qsizetype lines = linesOf(response);
        if (lines >= most && most < largest && isOneMoment(response.batches.front()))
            return askLatest(key, from, largest);
        for (const Batch& batch : response.batches)
            takeHistory(batch, lines >= most);
        concludeReplay(key, !response.batches.empty() && lines < most);
    });
}

/// Says what is missing, and goes on. `complete`: the server gave all there is since the last message known.
void Connection::concludeReplay(const QString& key, bool complete)
{
    const Missed missed = m_missed.value(key);
    if (ConversationState* state = m_conversations.find(key)) {
        state->replay = {true, missed.order > 0 && (missed.overlaps || complete), missed.transactions};
        if (missed.order > 0 && !state->replay.gapless)
            m_gaps({m_conversations.idOf(key), missed.order,
                missed.firstReplayed > 0 ? missed.firstReplayed : std::max(missed.joined, missed.order + 1), !hasHistory()});
    }
    release(key);
    for (const auto& promise : m_joins.take(key))
        promise.answer(base::Expected<base::ConversationId>(m_conversations.idOf(key)));
    settled(key);
}

/// Who wrote to us directly while we were away.
void Connection::askTargets()
{
    qint64 newest = 0;
    for (const ConversationState& state : m_conversations.all())
        newest = std::max(newest, state.lastOrder);
    if (newest == 0)
        return;
    const Line line{
        {}, {}, "CHATHISTORY", {u"TARGETS"_s, timestamp(timeOf(newest) - kOverlapMs), timestamp(m_clock.nowMs() + kMaxClockLeadMs), u"50"_s}};
    m_session.request(line, Priority::History, [this](const Response& response) {
        for (const Batch& batch : response.batches)
            for (const Line& found : batch.lines) {
                const QString nick = found.parameter(1);
                if (found.command != "CHATHISTORY" || nick.isEmpty() || m_session.isupport().isChannel(nick))
                    continue;
                const QString key = m_session.isupport().fold(nick);
                if (!open({key, nick, chat::ConversationKind::Direct, false}))
                    continue;
                beginCatchUp(key);
                catchUp(key);
            }
    });
}

void Connection::askHistory(
    const QString& subcommand, const QString& key, const QStringList& arguments, int limit, std::function<void(const Response&)> handler)
{
    const int most = std::min(limit, m_session.isupport().historyLimit());
    Line line{{}, {}, "CHATHISTORY", QStringList{subcommand, nameOf(key)} + arguments + QStringList{QString::number(most)}};
    ++m_openHistory;
    m_session.request(std::move(line), Priority::History, [this, handler = std::move(handler)](const Response& response) {
        --m_openHistory;
        handler(response);
    });
}

base::Async<chat::HistoryPage> Connection::from(const QString& key, qint64 timeMs, int limit)
{
    base::Promise<chat::HistoryPage> promise;
    askHistory(u"AFTER"_s, key, {timestamp(timeMs - 1)}, limit, [this, promise](const Response& response) {
        if (response.end != Response::End::Complete || response.batches.empty())
            return promise.answer(whyNoHistory(response));
        chat::HistoryPage page;
        for (const Batch& batch : response.batches)
            page.messages += readHistory(batch);
        promise.answer(page);
    });
    return promise.async();
}

base::Async<chat::HistoryPage> Connection::before(const QString& key, qint64 beforeOrder, int limit)
{
    base::Promise<chat::HistoryPage> promise;
    // References are whole milliseconds: one more, and what is not before is left out below.
    askPage(key, beforeOrder, beforeOrder > 0 ? timeOf(beforeOrder) + 1 : 0, limit, kEmptyPages, promise);
    return promise.async();
}

/// A page of what is older than `beforeOrder`, from before `beforeMs` (0: the newest). Where comings and goings are part of the
/// history a page may hold nothing else; then the one before it is asked for, `left` times.
void Connection::askPage(
    const QString& key, qint64 beforeOrder, qint64 beforeMs, int limit, int left, const base::Promise<chat::HistoryPage>& promise)
{
    const qsizetype most = std::min(limit, m_session.isupport().historyLimit());
    const bool newest = beforeMs <= 0;
    askHistory(newest ? u"LATEST"_s : u"BEFORE"_s, key, {newest ? u"*"_s : timestamp(beforeMs)}, limit,
        [this, key, promise, beforeOrder, beforeMs, limit, left, most](const Response& response) {
            if (response.end != Response::End::Complete || response.batches.empty())
                return promise.answer(whyNoHistory(response));
            const qsizetype lines = linesOf(response);
            chat::HistoryPage page;
            qint64 oldestMs = 0;
            for (const Batch& batch : response.batches) {
                for (const chat::Message& message : readHistory(batch))
                    if (beforeOrder <= 0 || message.order < beforeOrder)
                        page.messages.append(message);
                for (const Line& line : batch.lines)
                    oldestMs = oldestMs == 0 ? m_inbound.timeOfLine(line) : std::min(oldestMs, m_inbound.timeOfLine(line));
            }
            page.reachedStart = lines < most;
            // Of one moment only, and perhaps not all of it: below it nobody could ask for the rest.
            if (!page.reachedStart && isOneMoment(page.messages) && most < m_session.isupport().historyLimit())
                return askPage(key, beforeOrder, beforeMs, m_session.isupport().historyLimit(), left, promise);
            if (!page.reachedStart)
                dropFirstMoment(page.messages);
            if (page.messages.isEmpty() && !page.reachedStart && oldestMs > 0 && left > 0)
                return askPage(key, beforeOrder, oldestMs, limit, left - 1, promise);
            promise.answer(page);
        });
}

// ---- what became of a message ----

base::Async<VerifyResult> Connection::verify(const QString& key, const base::TransactionId& transaction)
{
    const auto answer = [](VerifyOutcome outcome, const chat::Message* message = nullptr) {
        return base::Async<VerifyResult>::ready(VerifyResult{outcome, message ? message->id : base::MessageId(), message ? message->order : 0});
    };
    if (const chat::Message* echoed = m_ownSent.object(transaction.text()))
        return answer(VerifyOutcome::Found, echoed);
    if (m_session.nick() != m_session.wantedNick() && m_clock.monotonic() - m_begunAt < kGhostPatience)
        return base::Async<VerifyResult>::ready(Error{ErrorKind::Offline, u"the nick is in use: an earlier connection may still be alive"_s, 0});
    const ConversationState* state = m_conversations.find(key);
    if (!state || (state->kind == chat::ConversationKind::Room && !state->joined))
        return answer(VerifyOutcome::CannotTell);
    if (m_outbound.waitsForEchoes())
        return verifyBehindFence(key, transaction);
    if (state->replay.done && state->replay.gapless)
        return answer(VerifyOutcome::Absent); // all that was said since is here, and it is not among it
    if (!hasHistory() || !m_session.canTag())
        return answer(VerifyOutcome::CannotTell);
    base::Promise<VerifyResult> promise;
    verifyBy(key, transaction, 0, kVerifyPages, promise);
    return promise.async();
}

/// A bouncer may have taken the message and not passed it on yet. What we say to ourselves goes the same way behind it: when that
/// comes back, the message is in the history or never will be.
base::Async<VerifyResult> Connection::verifyBehindFence(const QString& key, const base::TransactionId& transaction)
{
    base::Promise<VerifyResult> promise;
    m_fences.insert(transaction.text(), [this, key, transaction, promise](const base::Status& passed) {
        if (const chat::Message* echoed = m_ownSent.object(transaction.text()))
            return promise.answer(VerifyResult{VerifyOutcome::Found, echoed->id, echoed->order});
        if (!passed && passed.error().kind == ErrorKind::Offline)
            return promise.answer(passed.error());
        if (!passed || !hasHistory())
            return promise.answer(VerifyResult{VerifyOutcome::CannotTell, {}, 0});
        verifyBy(key, transaction, 0, kVerifyPages, promise);
    });
    m_session.send({{{kFenceTag, transaction.text()}}, {}, "TAGMSG", {m_session.nick()}}, Priority::Chat);
    m_clock.after(kFencePatience, this, [this, transaction] { passFence(transaction.text(), Error{ErrorKind::Timeout, {}, 0}); });
    return promise.async();
}

void Connection::passFence(const QString& name, const base::Status& passed)
{
    if (const auto fence = m_fences.take(name))
        fence(passed);
}

void Connection::verifyBy(
    const QString& key, const base::TransactionId& transaction, qint64 beforeOrder, int pages, const base::Promise<VerifyResult>& promise)
{
    before(key, beforeOrder, kCatchUpMessages).then(this, [this, key, transaction, pages, promise](const base::Expected<chat::HistoryPage>& page) {
        if (!page)
            return promise.answer(page.error());
        for (const chat::Message& message : page->messages) {
            if (message.transaction == transaction) {
                take(message);
                return promise.answer(VerifyResult{VerifyOutcome::Found, message.id, message.order});
            }
        }
        if (page->reachedStart)
            return promise.answer(VerifyResult{VerifyOutcome::Absent, {}, 0});
        if (page->messages.isEmpty() || pages <= 1)
            return promise.answer(VerifyResult{VerifyOutcome::CannotTell, {}, 0});
        verifyBy(key, transaction, page->messages.first().order, pages - 1, promise);
    });
}

} // namespace ridealong::irc
