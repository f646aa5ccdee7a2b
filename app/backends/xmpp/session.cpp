// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/session.h"

#include "base/log.h"
#include "xmpp/binding.h"
#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Session::Session(std::unique_ptr<StanzaChannel> channel, Settings settings, base::Clock& clock, base::Random& random)
    : m_channel(std::move(channel)),
      m_settings(std::move(settings)),
      m_clock(clock),
      m_random(random),
      m_jid(m_settings.account),
      m_tls([this](const Element& element) { m_channel->send(element); },
          [this](const base::Status& agreed) {
              if (agreed)
                  m_channel->startTls();
              else
                  end(agreed.error());
          }),
      m_management(std::move(m_settings.stream), clock,
          {.send = [this](const Element& element) { m_channel->send(element); },
              .ping = [this](std::function<void()> answered) { ping(std::move(answered)); },
              .acknowledged = [this](Ticket upTo) { emit acknowledged(upTo); },
              .fail = [this](const Error& why) { end(why); }}),
      m_requests(base::randomToken(random) + u'-')
{
    connect(m_channel.get(), &StanzaChannel::connected, this, &Session::connected);
    connect(m_channel.get(), &StanzaChannel::secured, this, &Session::connected);
    connect(m_channel.get(), &StanzaChannel::opened, this, &Session::takeHeader);
    connect(m_channel.get(), &StanzaChannel::received, this, &Session::receive);
    connect(m_channel.get(), &StanzaChannel::written, this, &Session::written);
    connect(m_channel.get(), &StanzaChannel::closed, this, &Session::end);
    connect(m_channel.get(), &StanzaChannel::heard, this, [this] {
        m_heardAt = m_clock.monotonic();
        if (isReady())
            m_deadAt.reset();
    });
    m_heardAt = m_clock.monotonic();
    m_deadAt = m_heardAt + kSignInPatience;
    m_clock.after(kTick, this, [this] { tick(); });
}

Session::~Session() = default;

// ---- signing in ----

void Session::connected(const net::ConnectionInfo& info)
{
    m_connection = info;
    m_phase = Phase::Opening;
    openStream();
}

void Session::openStream()
{
    m_awaitsFeatures = true;
    m_channel->open(m_settings.account.domain());
}

void Session::takeHeader(const Element& header)
{
    // RFC 6120 §4.7.5: without a version it is older than 1.0, and has no features.
    const int major = header.attribute(u"version").section(u'.', 0, 0).toInt();
    if (major != 1)
        end({ErrorKind::Unsupported, u"the server speaks XMPP '%1'"_s.arg(header.attribute(u"version").left(20)), 0});
}

void Session::takeFeatures(const Element& features)
{
    if (!std::exchange(m_awaitsFeatures, false))
        return;
    m_features = features;
    if (!m_connection.encrypted && m_settings.startTls) {
        m_phase = Phase::Securing;
        return m_tls.begin(features);
    }
    if (m_signedIn)
        return m_management.state().mayResume() && StreamManagement::isOffered(features) ? resume() : bind();
    m_phase = Phase::Authenticating;
    m_authentication = std::make_unique<Authentication>(
        Authentication::Settings{{m_settings.account.node(), m_settings.password}, m_connection.serverEndPoint, m_connection.encrypted}, m_random,
        [this](const Element& element) { m_channel->send(element); },
        [this](const base::Status& result) {
            if (!result)
                return end(result.error());
            m_signedIn = true;
            m_phase = Phase::Opening;
            openStream();
        });
    m_authentication->begin(features);
}

void Session::resume()
{
    m_phase = Phase::Resuming;
    m_resumeBy = m_clock.monotonic() + kResumePatience;
    m_management.resume([this](bool resumed) {
        m_resumeBy.reset();
        if (!resumed)
            return bind();
        m_jid = m_management.state().jid();
        becomeReady(true);
    });
}

void Session::bind()
{
    m_phase = Phase::Binding;
    const Element request = m_requests.add(
        bindRequest(m_settings.resource), {}, m_clock.monotonic() + kSignInPatience, [this](const Answer& answer) { bound(answer); });
    m_channel->send(request);
}

void Session::bound(const Answer& answer)
{
    if (m_phase != Phase::Binding)
        return;
    const auto jid = answer.error ? *answer.error : boundJid(answer.stanza, m_settings.account);
    if (!jid)
        return end({jid.error().kind, u"no address: "_s + jid.error().detail, jid.error().retryAfterMs});
    m_jid = *jid;
    m_phase = Phase::Enabling;
    const auto left = m_management.state().take();
    if (!left.empty())
        emit mayHaveArrived(left);
    if (m_phase == Phase::Enabling)
        m_management.enable(m_jid, StreamManagement::isOffered(m_features), [this] { becomeReady(false); });
}

void Session::becomeReady(bool resumed)
{
    if (m_phase == Phase::Ended)
        return;
    m_phase = Phase::Ready;
    m_deadAt.reset();
    m_authentication.reset();
    emit ready(resumed);
}

// ---- staying alive ----

void Session::tick()
{
    const auto now = m_clock.monotonic();
    if (m_deadAt && now >= *m_deadAt)
        return end({ErrorKind::Timeout, isReady() ? u"the server does not answer"_s : u"the server did not let us in"_s, 0});
    if (m_resumeBy && now >= *m_resumeBy)
        m_management.giveUpResuming();
    if (isReady() && !m_deadAt && now - m_heardAt >= kQuiet)
        look(kPatience);
    m_requests.expire(now);
    if (isReady())
        m_management.tick();
    if (m_phase != Phase::Ended)
        m_clock.after(kTick, this, [this] { tick(); });
}

void Session::check()
{
    if (isReady())
        look(kShortPatience);
}

void Session::look(std::chrono::milliseconds patience)
{
    const auto until = m_clock.monotonic() + patience;
    if (!m_deadAt || *m_deadAt > until)
        m_deadAt = until;
    m_management.ask();
}

/// Beside the count of stanzas, of which it is the measure. Any answer will do.
void Session::ping(std::function<void()> answered)
{
    const Element request = Element(u"iq", ns::kClient).with(u"type", u"get"_s).with(Element(u"ping", ns::kPing));
    m_channel->send(m_requests.add(request, {}, m_clock.monotonic() + kAnswerPatience, [answered = std::move(answered)](const Answer& answer) {
        if (!answer.stanza.isNull())
            answered();
    }));
}

// ---- the end ----

void Session::quit()
{
    if (m_phase == Phase::Ended)
        return;
    m_management.end();
    m_channel->disconnect(this);
    m_channel->close();
    end({ErrorKind::Cancelled, {}, 0});
}

void Session::end(const Error& why)
{
    const Phase phase = std::exchange(m_phase, Phase::Ended);
    if (phase == Phase::Ended)
        return;
    m_channel->disconnect(this);
    // What cannot be read once would be sent again for ever.
    if (why.kind == ErrorKind::Protocol)
        m_management.state().setId({});
    // A stream that is ended by its own rules cannot be resumed.
    if ((phase == Phase::Ready || phase == Phase::Resuming) && !m_management.state().id().isEmpty())
        m_channel->drop();
    else
        m_channel->close();
    // What was asked is told first: the backend answers its senders before it says that the connection is gone.
    m_requests.endAll({ErrorKind::Offline, u"the connection is gone: "_s + why.detail, 0});
    if (why.kind != ErrorKind::Cancelled)
        emit ended(why);
}

} // namespace ridealong::xmpp
