// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "xmpp/authentication.h"
#include "xmpp/requests.h"
#include "xmpp/stanzachannel.h"
#include "xmpp/starttls.h"
#include "xmpp/streammanagement.h"

#include <QHash>
#include <QObject>

namespace ridealong::xmpp {

/// One connection to a server, from the first byte to the last: signs in, goes on with the stream of the connection before if it can, keeps
/// alive, matches answers to requests and answers those that nobody else does. Not to be deleted by what it calls (use deleteLater).
class Session : public QObject
{
    Q_OBJECT
public:
    // A connection that died silently is noticed within kQuiet + kPatience + kTick.
    static constexpr std::chrono::milliseconds kTick{2000};
    static constexpr std::chrono::milliseconds kQuiet{12'000}; ///< nothing heard for so long: ask
    static constexpr std::chrono::milliseconds kPatience{15'000}; ///< asked, and nothing heard for so long: dead
    static constexpr std::chrono::milliseconds kShortPatience{5'000}; ///< the same after the machine slept or changed its network
    static constexpr std::chrono::milliseconds kSignInPatience{60'000}; ///< from the beginning until it is ready
    static constexpr std::chrono::milliseconds kResumePatience{10'000};
    static constexpr std::chrono::milliseconds kAnswerPatience{60'000}; ///< for whoever has no other

    struct Settings
    {
        Jid account; ///< bare
        QString resource; ///< empty: the server makes one
        QString password;
        bool startTls = true; ///< where the connection is not encrypted yet: nothing is told before it is
        StreamState stream; ///< what the session before left
    };
    using Ticket = StreamState::Ticket;
    using Handler = Requests::Handler;
    /// Answers a request by answer() or refuse(), at once or later.
    using Server = std::function<void(const Element& request)>;

    Session(std::unique_ptr<StanzaChannel> channel, Settings settings, base::Clock& clock, base::Random& random);
    ~Session() override;

    bool isReady() const { return m_phase == Phase::Ready; }
    const Jid& jid() const { return m_jid; } ///< full once ready
    const Element& features() const { return m_features; } ///< as the server offered them last
    const net::ConnectionInfo& connection() const { return m_connection; }
    std::optional<base::CertificateProblem> certificateProblem() const { return m_channel->certificateProblem(); }
    qint64 bytesToWrite() const { return m_channel->bytesToWrite(); }

    /// Sends a message or a presence. acknowledged() tells when the server has it; until then it is kept, over this connection and the next.
    /// Errors: Invalid (no stanza, too large), Offline (not ready), RateLimited (too many are not acknowledged). Then nothing was sent.
    base::Expected<Ticket> send(const Element& stanza);
    /// Sends an iq of the type "get" or "set" to its "to"; `handler` is called once, later. Errors come as answers.
    void request(const Element& iq, Handler handler, std::chrono::milliseconds patience = kAnswerPatience);
    /// Requests whose child is of that namespace go to `server`. All others are refused.
    void serve(QStringView xmlns, Server server);
    void answer(const Element& request, const Element& payload = {});
    void refuse(const Element& request, QStringView type, QStringView condition);

    /// Tells the server whether somebody looks (XEP-0352), where it wants to know. A new connection begins with: yes.
    void setActive(bool active);
    /// Asks now whether the connection is alive, with little patience.
    void check();
    /// Says goodbye and closes; nobody can resume the stream. ended() is not emitted.
    void quit();
    /// For the next session. After this has ended, once.
    StreamState takeStream() { return std::exchange(m_management.state(), {}); }

signals:
    /// Resumed: rooms, presence and all else are as they were. Else this is a new stream, and nobody knows of us.
    void ready(bool resumed);
    /// A message or a presence. Whose it is, its "from" says; a "to" need not be there.
    void received(const ridealong::xmpp::Element& stanza);
    /// That one and all before it.
    void acknowledged(ridealong::xmpp::StreamState::Ticket upTo);
    /// What an earlier connection sent, and nobody will ever acknowledge; before ready().
    void mayHaveArrived(const std::vector<ridealong::xmpp::StreamState::Sent>& stanzas);
    void written(); ///< bytesToWrite() became less
    /// Once, and nothing after it. Denied, Auth, Untrusted, Invalid, Unsupported need a person; all else may work later.
    void ended(const ridealong::base::Error& why);

private:
    enum class Phase { Opening, Securing, Authenticating, Resuming, Binding, Enabling, Ready, Ended };

    // session.cpp
    void connected(const net::ConnectionInfo& info);
    void openStream();
    void takeHeader(const Element& header);
    void takeFeatures(const Element& features);
    void resume();
    void bind();
    void bound(const Answer& answer);
    void becomeReady(bool resumed);
    void tick();
    void ping(std::function<void()> answered);
    void look(std::chrono::milliseconds patience);
    void end(const base::Error& why);

    // sessionstanzas.cpp
    void receive(const Element& element);
    void receiveStanza(const Element& stanza);
    void receiveRequest(const Element& iq);
    void sendAnswer(const Element& request, QStringView type, const Element& payload);

    std::unique_ptr<StanzaChannel> m_channel;
    Settings m_settings;
    base::Clock& m_clock;
    base::Random& m_random;
    Phase m_phase = Phase::Opening;
    Jid m_jid;
    Element m_features;
    net::ConnectionInfo m_connection;
    StartTls m_tls;
    std::unique_ptr<Authentication> m_authentication; ///< while it goes on
    bool m_awaitsFeatures = false;
    bool m_signedIn = false;
    StreamManagement m_management;
    Requests m_requests;
    QHash<QString, Server> m_servers; ///< by namespace
    std::chrono::nanoseconds m_heardAt{};
    std::optional<std::chrono::nanoseconds> m_deadAt; ///< when nothing is heard until then
    std::optional<std::chrono::nanoseconds> m_resumeBy;
};

} // namespace ridealong::xmpp
