// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "irc/batches.h"
#include "irc/isupport.h"
#include "irc/registration.h"
#include "irc/sendqueue.h"
#include "net/remotechannel.h"

#include <QObject>

namespace ridealong::irc {

/// What came back for a request: everything the server said in answer. Where it labels its answers these are exactly they;
/// elsewhere it is everything between the request and the PONG behind it, and the asker picks.
struct Response
{
    enum class End {
        Complete,
        LostUnsent, ///< the connection broke, and not a byte of it had left
        Lost, ///< the connection broke; it may have arrived
    };
    End end = End::Complete;
    std::vector<Line> lines;
    std::vector<Batch> batches;
};

/// One connection to a server, from the first byte to the last: signs in, keeps alive, matches answers to requests.
class Session : public QObject
{
    Q_OBJECT
public:
    // A connection that died silently is noticed within kQuiet + kPatience + kTick.
    static constexpr std::chrono::milliseconds kTick{2000};
    static constexpr std::chrono::milliseconds kQuiet{12'000}; ///< nothing heard for so long: ask
    static constexpr std::chrono::milliseconds kPatience{15'000}; ///< asked, and nothing heard for so long: dead
    static constexpr std::chrono::milliseconds kShortPatience{5'000}; ///< the same after the machine slept or changed its network
    static constexpr qsizetype kMaxResponseBytes = 64 << 20; ///< kept for all that was asked; what comes beyond is not part of an answer
    static constexpr std::chrono::milliseconds kTlsPatience{15'000}; ///< for the answer to STARTTLS
    static constexpr std::chrono::milliseconds kRegistrationPatience{60'000}; ///< slow look-ups at the server's side included

    using Handler = std::function<void(const Response&)>;

    Session(std::unique_ptr<net::RemoteChannel> channel, Registration::Settings settings, base::Clock& clock, base::Random& random);
    ~Session() override;

    bool isReady() const { return m_ready; }
    const QString& nick() const { return m_registration.nick(); } ///< ours, as it is now
    const QString& wantedNick() const { return m_registration.wantedNick(); }
    void wantNick(const QString& nick) { m_registration.wantNick(nick); }
    const Capabilities& capabilities() const { return m_registration.capabilities(); }
    const Isupport& isupport() const { return m_isupport; }
    const net::ConnectionInfo& connection() const { return m_connection; }
    std::optional<base::CertificateProblem> certificateProblem() const { return m_channel->certificateProblem(); }

    bool has(const char* capability) const { return capabilities().isEnabled(capability); }
    /// Client tags reach others, and labels come back.
    bool canTag() const { return has("message-tags"); }
    bool canLabel() const { return has("labeled-response") && has("batch"); }

    /// Sends a line that nobody waits for.
    void send(const Line& line, Priority priority = Priority::Control);
    /// Sends a line; `handler` is called once. Its ticket can be given to isWritten. A line that cannot be sent (too long,
    /// say) is answered with an empty complete response and a FAIL in it.
    SendQueue::Ticket request(Line line, Priority priority, Handler handler);
    /// Several lines as one request (a multi-line batch): the label goes on the first.
    SendQueue::Ticket request(std::vector<Line> lines, Priority priority, Handler handler);
    /// Calls back when the server has read everything sent so far, and all its answers came.
    void barrier(Handler handler);
    /// Is anything waiting that should go before a frame?
    bool isBusy() const { return m_queue.waiting() > 0; }

    /// Asks now whether the connection is alive, with little patience.
    void check();
    /// Says goodbye and closes. ended() is not emitted.
    void quit();

signals:
    void ready();
    void line(const ridealong::irc::Line& line);
    void batch(const ridealong::irc::Batch& batch);
    void nickChanged();
    /// Once, and nothing after it. Denied, Auth, Untrusted, Invalid, Unsupported need a person; all else may work later.
    void ended(const ridealong::base::Error& why);
    /// The server wants TLS, on that port (sts); comes before ended().
    void securityRequired(quint16 port, std::chrono::seconds duration);

private:
    struct Pending
    {
        quint64 number = 0; ///< makes label and PING token
        SendQueue::Ticket first = 0;
        SendQueue::Ticket last = 0; ///< of the line whose answer ends it
        bool labeled = false;
        QString batch; ///< the answer comes in this batch
        Response response;
        qsizetype bytes = 0; ///< of its lines
        Handler handler;
    };

    void receive(const QByteArray& bytes);
    void signIn(const net::ConnectionInfo& info);
    void askForTls();
    void handleBeforeTls(const Line& line);
    void handle(const Line& line);
    void handleRegistration(const Line& line);
    void handleWhole(const Batch& batch);
    void deliver(const Line& line);
    void matchLabel(const Line& line);
    void matchPong(const QString& token);
    void addTo(Pending& pending, const Line& line);
    void addTo(Pending& pending, const Batch& batch);
    void answerLater(Handler handler, const Response& response);
    void complete(size_t index);
    void tick();
    void ping(std::chrono::milliseconds patience);
    void write(const Line& line);
    void end(const base::Error& why);

    std::unique_ptr<net::RemoteChannel> m_channel;
    base::Clock& m_clock;
    Registration m_registration;
    Isupport m_isupport;
    Batches m_batches;
    SendQueue m_queue;
    net::ConnectionInfo m_connection;
    std::vector<Pending> m_pending;
    qsizetype m_responseBytes = 0; ///< of all pending
    quint64 m_lastNumber = 0;
    std::chrono::nanoseconds m_heardAt{};
    std::optional<std::chrono::nanoseconds> m_deadAt; ///< when nothing is heard until then
    QString m_error; ///< what the server's ERROR said
    bool m_awaitsTls = false; ///< STARTTLS was said, and nothing else may be until TLS stands
    bool m_tlsAgreed = false;
    bool m_ready = false;
    bool m_ended = false;
};

} // namespace ridealong::irc
