// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/session.h"

#include "base/log.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Session::Session(std::unique_ptr<net::RemoteChannel> channel, Registration::Settings settings, base::Clock& clock, base::Random& random)
    : m_channel(std::move(channel)),
      m_clock(clock),
      m_registration(std::move(settings), random, [this](const QByteArray& bytes) { m_channel->send(bytes); }),
      m_batches([this](const Line& line) { deliver(line); }, [this](const Batch& batch) { handleWhole(batch); }),
      m_queue([this](const QByteArray& bytes) { m_channel->send(bytes); })
{
    connect(m_channel.get(), &net::FrameChannel::received, this, &Session::receive);
    connect(m_channel.get(), &net::FrameChannel::closed, this, [this](const Error& why) {
        end(m_error.isEmpty() ? why : Error{ErrorKind::Offline, m_error, 0});
    });
    connect(m_channel.get(), &net::RemoteChannel::opened, this, [this](const net::ConnectionInfo& info) {
        m_awaitsTls = m_registration.startsTls() && !info.encrypted;
        m_awaitsTls ? askForTls() : signIn(info);
    });
    connect(m_channel.get(), &net::RemoteChannel::secured, this, &Session::signIn);
    m_heardAt = m_clock.monotonic();
    m_deadAt = m_heardAt + kRegistrationPatience;
    m_clock.after(kTick, this, [this] { tick(); });
}

Session::~Session() = default;

void Session::signIn(const net::ConnectionInfo& info)
{
    m_awaitsTls = false;
    m_connection = info;
    m_heardAt = m_clock.monotonic();
    m_registration.setEncrypted(info.encrypted);
    m_registration.begin();
}

/// ngIRCd says nothing to a command that it does not know, as long as nobody has signed in.
void Session::askForTls()
{
    m_channel->send("STARTTLS");
    m_clock.after(kTlsPatience, this, [this] {
        if (m_awaitsTls && !m_tlsAgreed)
            end(Error{ErrorKind::Unsupported, u"the server does not begin TLS: it says nothing to STARTTLS"_s, 0});
    });
}

/// A server without it is not talked to in plain text instead: whoever sits between could make any server one.
void Session::handleBeforeTls(const Line& line)
{
    if (line.command == "670") {
        m_tlsAgreed = true;
        m_channel->startTls();
    } else if (line.command == "691" || line.command == "421" || line.command == "451" || line.command == "ERROR") {
        end(Error{
            ErrorKind::Unsupported, u"the server does not begin TLS: "_s + (line.parameters.isEmpty() ? QString() : line.parameters.last()), 0});
    }
}

// ---- receiving ----

void Session::receive(const QByteArray& bytes)
{
    if (m_ended)
        return;
    m_heardAt = m_clock.monotonic();
    if (m_ready)
        m_deadAt.reset();
    const auto line = parseLine(bytes);
    if (!line) {
        qCDebug(lcNet) << "a line that is none:" << line.error().detail;
        return;
    }
    m_awaitsTls ? handleBeforeTls(*line) : handle(*line);
}

void Session::handle(const Line& line)
{
    if (line.command == "PING") {
        Line pong;
        pong.command = "PONG";
        pong.parameters = line.parameters;
        return write(pong);
    }
    if (line.command == "ERROR") {
        m_error = line.parameters.isEmpty() ? u"closed by the server"_s : line.parameters.last();
        return; // the server closes the connection itself; what waits in the line before that is still read
    }
    if (line.command == "005")
        m_isupport.take(line.parameters.mid(1, line.parameters.size() - 2));
    if (line.command == "NICK" && line.parameter(0).isEmpty())
        return; // nobody is without a name
    // InspIRCd answers our own change with the new name as the one who changed it.
    if (line.command == "NICK" && line.hasTag("label") && line.nick() != nick()) {
        Line ours = line;
        ours.source = nick() + line.source.mid(line.nick().size());
        return handle(ours);
    }
    if (line.command == "NICK" && m_isupport.fold(line.nick()) == m_isupport.fold(nick())) {
        m_registration.setNick(line.parameter(0));
        m_batches.take(line);
        emit nickChanged();
        return;
    }
    handleRegistration(line);
}

void Session::handleRegistration(const Line& line)
{
    const bool consumed = m_registration.handle(line);
    if (m_registration.state() == Registration::State::Failed)
        return end(m_registration.error());
    if (!m_ready && line.command == "CAP")
        if (const auto policy = m_registration.securityPolicy(); policy && (m_connection.encrypted || policy->port > 0)) {
            emit securityRequired(policy->port, policy->duration);
            if (!m_connection.encrypted)
                return end(Error{ErrorKind::Offline, u"the server wants TLS"_s, 0});
        }
    if (consumed)
        return;
    if (m_registration.state() != Registration::State::Welcome)
        return;
    // 376 and 422 end the greeting: by then 005 has said what the server can do.
    if (!m_ready && (line.command == "376" || line.command == "422")) {
        m_ready = true;
        m_deadAt.reset();
        emit ready();
        return;
    }
    if (m_ready)
        m_batches.take(line);
    else
        emit this->line(line); // the greeting
}

/// A line that stands for itself, in an answer or not.
void Session::deliver(const Line& line)
{
    if (line.command == "PONG") {
        if (!line.parameters.isEmpty())
            matchPong(line.parameters.last());
        if (canLabel() && !m_ended)
            matchLabel(line);
        return;
    }
    if (line.command != "BATCH" && line.command != "ACK") {
        // Before an answer is complete all of it is known, so that who asked finds the world as the answer left it.
        emit this->line(line);
        if (m_ended)
            return;
    }
    matchLabel(line);
}

void Session::handleWhole(const Batch& whole)
{
    emit batch(whole);
    if (m_ended)
        return;
    const quint64 number = whole.opening.tag("label").toULongLong();
    for (size_t i = 0; i < m_pending.size(); ++i) {
        if (m_pending[i].labeled && m_pending[i].number == number) {
            addTo(m_pending[i], whole);
            return complete(i);
        }
        if (!m_pending[i].labeled)
            addTo(m_pending[i], whole);
    }
}

// ---- asking ----

void Session::send(const Line& line, Priority priority)
{
    const auto bytes = serialize(line);
    if (!bytes) {
        qCWarning(lcNet).noquote() << "cannot send" << line.command << bytes.error().detail;
        return;
    }
    m_queue.add(*bytes, priority, false, m_clock.monotonic());
    if (m_queue.isStuck())
        ping(kPatience);
}

SendQueue::Ticket Session::request(Line line, Priority priority, Handler handler)
{
    std::vector<Line> lines;
    lines.push_back(std::move(line));
    return request(std::move(lines), priority, std::move(handler));
}

SendQueue::Ticket Session::request(std::vector<Line> lines, Priority priority, Handler handler)
{
    Pending pending;
    pending.number = ++m_lastNumber;
    pending.labeled = canLabel();
    pending.handler = std::move(handler);
    if (pending.labeled)
        lines.front().tags.push_back({"label", QString::number(pending.number)});
    std::vector<QByteArray> all;
    for (const Line& line : lines) {
        const auto bytes = serialize(line);
        if (!bytes) {
            Response refused;
            Line why;
            why.command = "FAIL";
            why.parameters = {QString::fromLatin1(line.command), u"INVALID"_s, bytes.error().detail};
            refused.lines.push_back(why);
            answerLater(std::move(pending.handler), refused);
            return 0;
        }
        all.push_back(*bytes);
    }
    if (m_queue.waiting() + qsizetype(all.size()) > SendQueue::kMaxWaiting) {
        Response unsent;
        unsent.end = Response::End::LostUnsent;
        answerLater(std::move(pending.handler), unsent);
        return 0;
    }
    const auto now = m_clock.monotonic();
    const quint64 number = pending.number;
    const bool labeled = pending.labeled;
    m_pending.push_back(std::move(pending));
    SendQueue::Ticket first = 0, last = 0;
    for (size_t i = 0; i < all.size(); ++i) {
        // With several lines the answer to the label comes when the last is read.
        last = m_queue.add(all[i], priority, labeled && i + 1 == all.size(), now);
        if (i == 0)
            first = last;
    }
    if (!labeled)
        last = m_queue.add("PING :r" + QByteArray::number(number), priority, true, now);
    const auto at = std::find_if(m_pending.begin(), m_pending.end(), [&](const Pending& p) { return p.number == number; });
    if (at != m_pending.end()) {
        at->first = first;
        at->last = last;
    }
    return first;
}

/// Not before this returns: who asks does not expect an answer yet.
void Session::answerLater(Handler handler, const Response& response)
{
    QMetaObject::invokeMethod(
        this, [handler = std::move(handler), response] { handler(response); }, Qt::QueuedConnection);
}

void Session::barrier(Handler handler)
{
    Line line;
    line.command = "PING";
    line.parameters = {u"barrier"_s};
    request(std::move(line), Priority::Chat, std::move(handler));
}

void Session::matchLabel(const Line& line)
{
    if (!canLabel()) {
        // Nobody says what answers what: whoever waits gets all that may, and picks. Other people's talk is no answer.
        if (line.command == "PRIVMSG" || line.command == "TAGMSG")
            return;
        for (Pending& pending : m_pending) {
            if (!m_queue.isWritten(pending.first))
                break; // nor is any behind it
            addTo(pending, line);
        }
        return;
    }
    const bool closing = line.command == "BATCH" && line.parameter(0).startsWith(u'-');
    if (const quint64 number = line.tag("label").toULongLong()) {
        const auto at = std::lower_bound(m_pending.begin(), m_pending.end(), number, [](const Pending& p, quint64 n) { return p.number < n; });
        if (at == m_pending.end() || at->number != number)
            return;
        if (line.command == "BATCH") {
            at->batch = line.parameter(0).mid(1); // the answer has several lines
            return;
        }
        if (line.command != "ACK")
            addTo(*at, line);
        return complete(size_t(at - m_pending.begin()));
    }
    const QString reference = closing ? line.parameter(0).mid(1) : line.tag("batch");
    if (reference.isEmpty())
        return;
    for (size_t i = 0; i < m_pending.size(); ++i)
        if (m_pending[i].batch == reference) {
            if (closing)
                return complete(i);
            addTo(m_pending[i], line);
            return;
        }
}

void Session::addTo(Pending& pending, const Line& line)
{
    const qsizetype bytes = bytesOf(line);
    if (m_responseBytes + bytes > kMaxResponseBytes)
        return;
    m_responseBytes += bytes;
    pending.bytes += bytes;
    pending.response.lines.push_back(line);
}

void Session::addTo(Pending& pending, const Batch& batch)
{
    qsizetype bytes = 0;
    for (const Line& line : batch.lines)
        bytes += bytesOf(line);
    for (const Batch& inner : batch.inner)
        for (const Line& line : inner.lines)
            bytes += bytesOf(line);
    if (m_responseBytes + bytes > kMaxResponseBytes)
        return;
    m_responseBytes += bytes;
    pending.bytes += bytes;
    pending.response.batches.push_back(batch);
}

void Session::matchPong(const QString& token)
{
    m_deadAt.reset();
    if (token.startsWith(u'q'))
        return m_queue.acknowledged(token.mid(1).toULongLong(), m_clock.monotonic());
    for (size_t i = 0; i < m_pending.size(); ++i)
        if (!m_pending[i].labeled && token == u'r' + QString::number(m_pending[i].number))
            return complete(i);
}

void Session::complete(size_t index)
{
    const Pending done = std::move(m_pending[index]);
    m_pending.erase(m_pending.begin() + qptrdiff(index));
    m_responseBytes -= done.bytes;
    m_queue.acknowledged(done.last, m_clock.monotonic());
    done.handler(done.response);
}

// ---- staying alive ----

void Session::tick()
{
    if (m_ended)
        return;
    const auto now = m_clock.monotonic();
    if (m_deadAt && now >= *m_deadAt)
        return end(Error{ErrorKind::Timeout, m_ready ? u"the server does not answer"_s : u"the server did not let us in"_s, 0});
    if (m_ready && !m_deadAt && now - m_heardAt >= kQuiet)
        ping(kPatience);
    m_clock.after(kTick, this, [this] { tick(); });
}

void Session::check()
{
    if (m_ready)
        ping(kShortPatience);
}

void Session::ping(std::chrono::milliseconds patience)
{
    const auto now = m_clock.monotonic();
    if (!m_deadAt || *m_deadAt > now + patience)
        m_deadAt = now + patience;
    // Its own ticket is in it: the answer says that all before it was read.
    const SendQueue::Ticket ticket = m_queue.nextTicket();
    m_queue.addNow("PING :q" + QByteArray::number(ticket), now);
}

void Session::write(const Line& line)
{
    if (const auto bytes = serialize(line))
        m_queue.writeNow(*bytes);
}

void Session::quit()
{
    if (m_ended)
        return;
    m_channel->disconnect(this);
    m_channel->send("QUIT");
    m_channel->close();
    end(Error{ErrorKind::Cancelled, {}, 0});
}

void Session::end(const Error& why)
{
    if (std::exchange(m_ended, true))
        return;
    m_channel->disconnect(this);
    m_channel->close();
    // What was asked is told first: the backend answers its senders before it says that the connection is gone.
    for (Pending& pending : std::exchange(m_pending, {})) {
        Response lost;
        lost.end = m_queue.remove(pending.first) ? Response::End::LostUnsent : Response::End::Lost;
        pending.handler(lost);
    }
    if (why.kind != ErrorKind::Cancelled)
        emit ended(why);
}

} // namespace ridealong::irc
