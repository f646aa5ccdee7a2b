// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/registration.h"

#include "base/async.h"

#include <QThreadPool>

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Registration::Registration(Settings settings, base::Random& random, std::function<void(const QByteArray&)> write)
    : m_settings(std::move(settings)),
      m_random(random),
      m_write(std::move(write)),
      m_nick(m_settings.nick)
{}

/// All at once: a server that knows no capabilities goes on with NICK and USER, one that does waits for CAP END.
void Registration::begin()
{
    m_write("CAP LS 302");
    if (!m_settings.serverPassword.isEmpty())
        m_write("PASS :" + m_settings.serverPassword.toUtf8());
    m_write("NICK " + m_nick.toUtf8());
    m_write("USER " + m_settings.user.toUtf8() + " 0 * :" + m_settings.realName.toUtf8());
}

bool Registration::handle(const Line& line)
{
    if (line.command == "CAP")
        return handleCap(line);
    if (line.command == "AUTHENTICATE" || (line.command.size() == 3 && line.command.startsWith("90")))
        return handleSasl(line);
    if (m_state != State::Going)
        return false;
    if (line.command == "001") {
        m_nick = line.parameter(0);
        m_state = State::Welcome;
        return false;
    }
    if (line.command == "432" || line.command == "433" || line.command == "436" || line.command == "437") {
        nickRefused(line);
        return true;
    }
    if (line.command == "464") // bad server password
        fail(ErrorKind::Auth, line.parameter(1).isEmpty() ? u"the server's password is wrong"_s : line.parameters.last());
    else if (line.command == "465" || line.command == "463") // banned
        fail(ErrorKind::Denied, line.parameters.isEmpty() ? u"banned"_s : line.parameters.last());
    else if (line.command == "410" || line.command == "421")
        return true; // knows no CAP: RFC 2812 alone, then
    return m_state == State::Failed;
}

// ---- nick ----

void Registration::nickRefused(const Line& line)
{
    if (line.command == "432" && m_nickAttempts == 0)
        return fail(ErrorKind::Invalid, u"user: the server does not take the nick '%1'"_s.arg(m_nick));
    if (++m_nickAttempts >= kMaxNickAttempts)
        return fail(ErrorKind::Denied, u"every nick like '%1' is in use"_s.arg(m_settings.nick));
    // ana, ana_, ana__, then ana-417: short enough for a server that cuts nicks to nine.
    if (m_nickAttempts <= 2)
        m_nick = m_settings.nick + QString(m_nickAttempts, u'_');
    else
        m_nick = u"%1-%2"_s.arg(m_settings.nick.left(5)).arg(m_random.next() % 1000);
    m_write("NICK " + m_nick.toUtf8());
}

// ---- capabilities ----

bool Registration::handleCap(const Line& line)
{
    const QString subcommand = line.parameter(1).toUpper();
    if (subcommand == "LS"_L1) {
        if (!m_capabilities.takeOffer(line))
            offered();
    } else if (subcommand == "NEW"_L1) {
        m_capabilities.takeOffer(line);
        requestNext();
    } else if (subcommand == "DEL"_L1) {
        m_capabilities.takeDel(line);
    } else if (subcommand == "ACK"_L1) {
        m_capabilities.takeAck(line);
        m_openRequests = std::max(0, m_openRequests - 1); // some servers say it unasked
        endCapabilities();
    } else if (subcommand == "NAK"_L1) {
        m_openRequests = std::max(0, m_openRequests - 1);
        for (const QByteArray& request : Capabilities::singleRequests(line)) {
            ++m_openRequests;
            m_write(request);
        }
        endCapabilities();
    }
    return true;
}

void Registration::offered()
{
    requestNext();
    endCapabilities();
}

void Registration::requestNext()
{
    for (const QByteArray& request : m_capabilities.requests()) {
        ++m_openRequests;
        m_write(request);
    }
}

/// When nothing is asked any more: signs in, then says that we are done.
void Registration::endCapabilities()
{
    if (m_openRequests > 0 || m_capabilitiesEnded || m_state != State::Going || m_mechanism)
        return;
    if (wantsSasl() && !m_signedIn)
        return beginSasl();
    m_capabilitiesEnded = true;
    m_write("CAP END");
}

std::optional<Registration::SecurityPolicy> Registration::securityPolicy() const
{
    if (!m_capabilities.isOffered("sts"))
        return std::nullopt;
    SecurityPolicy policy;
    for (const QString& part : m_capabilities.offeredValue("sts").split(u',')) {
        if (part.startsWith("port="_L1))
            policy.port = part.mid(5).toUShort();
        else if (part.startsWith("duration="_L1))
            policy.duration = std::chrono::seconds(std::min<qlonglong>(part.mid(9).toLongLong(), 10LL * 365 * 86400));
    }
    return policy;
}

// ---- SASL ----

bool Registration::wantsSasl() const
{
    switch (m_settings.sasl) {
    case SaslChoice::None: return false;
    case SaslChoice::Automatic:
        return !m_settings.credentials.password.isEmpty() || (m_settings.hasClientCertificate && m_capabilities.isEnabled("sasl"));
    default: return true;
    }
}

void Registration::beginSasl()
{
    if (!m_capabilities.isEnabled("sasl"))
        return fail(ErrorKind::Auth, u"the server offers no way to sign in (SASL)"_s);
    if (!chooseMechanism())
        fail(ErrorKind::Auth, u"no way to sign in that both sides have; the server has %1"_s.arg(m_capabilities.mechanisms().join(u' ')));
}

/// The strongest that is left: SCRAM does not tell the password, a certificate has none to tell.
bool Registration::chooseMechanism()
{
    const QStringList offered = m_mechanisms.isEmpty() ? m_capabilities.mechanisms() : m_mechanisms;
    const bool hasPassword = !m_settings.credentials.password.isEmpty();
    const auto may = [&](const QString& name, SaslChoice choice, bool able) {
        const bool wanted = m_settings.sasl == choice || (m_settings.sasl == SaslChoice::Automatic && able);
        return wanted && !m_refused.contains(name) && (offered.isEmpty() || offered.contains(name, Qt::CaseInsensitive));
    };
    QString chosen;
    if (may(u"SCRAM-SHA-256"_s, SaslChoice::ScramSha256, hasPassword))
        chosen = u"SCRAM-SHA-256"_s;
    else if (may(u"EXTERNAL"_s, SaslChoice::External, m_settings.hasClientCertificate))
        chosen = u"EXTERNAL"_s;
    else if (may(u"PLAIN"_s, SaslChoice::Plain, hasPassword && m_encrypted))
        chosen = u"PLAIN"_s;
    if (chosen.isEmpty())
        return false;
    const sasl::Credentials byCertificate{m_settings.externalUser, {}};
    m_mechanism = sasl::makeMechanism(chosen.toLatin1(), chosen == "EXTERNAL"_L1 ? byCertificate : m_settings.credentials, m_random);
    m_challenge = {};
    ++m_exchange;
    m_computing = false;
    m_write("AUTHENTICATE " + chosen.toLatin1());
    return true;
}

bool Registration::handleSasl(const Line& line)
{
    if (line.command == "900" || line.command == "901")
        return true; // signed in or out as somebody: 903 decides
    if (!m_mechanism)
        return true;
    if (line.command == "AUTHENTICATE" && m_computing) {
        fail(ErrorKind::Protocol, u"the server does not wait for the answer to its challenge"_s);
    } else if (line.command == "AUTHENTICATE") {
        const auto challenge = m_challenge.take(line.parameter(0).toLatin1());
        if (!challenge)
            fail(ErrorKind::Protocol, challenge.error().detail);
        else if (*challenge)
            authenticate(**challenge);
    } else if (line.command == "903" || line.command == "907") {
        if (!m_mechanism->isComplete())
            return fail(ErrorKind::Auth, u"the server let us in without proving that it knows the password"_s), true;
        m_mechanism.reset();
        m_signedIn = true;
        endCapabilities();
    } else if (line.command == "908") {
        m_mechanisms = line.parameter(1).split(u',', Qt::SkipEmptyParts);
    } else if (line.command == "904" || line.command == "905" || line.command == "906" || line.command == "902") {
        // Another mechanism only when the server does not have this one; a wrong password is not tried in other ways.
        const QString name = QString::fromLatin1(m_mechanism->name());
        m_refused.append(name);
        m_mechanism.reset();
        const bool notHad = !m_mechanisms.isEmpty() && !m_mechanisms.contains(name, Qt::CaseInsensitive);
        if (!notHad || !chooseMechanism())
            fail(ErrorKind::Auth, line.parameters.isEmpty() ? u"refused"_s : line.parameters.last());
    }
    return true;
}

/// How long a key takes is the server's choice: up to a second, which the event loop does not have.
void Registration::authenticate(const QByteArray& challenge)
{
    const auto work = m_mechanism->slowPart(challenge);
    if (!work)
        return respond(challenge);
    m_computing = true;
    base::Promise<QByteArray> promise;
    QThreadPool::globalInstance()->start([promise, work = *work] { promise.answer(work.run()); });
    promise.async().then(&m_context, [this, challenge, work = *work, exchange = m_exchange](const base::Expected<QByteArray>& key) {
        if (!key || exchange != m_exchange || !m_mechanism || m_state != State::Going)
            return;
        m_computing = false;
        m_mechanism->setSlowPart(work, *key);
        respond(challenge);
    });
}

void Registration::respond(const QByteArray& challenge)
{
    const auto answer = m_mechanism->respond(challenge);
    if (!answer) {
        m_write("AUTHENTICATE *");
        return fail(answer.error().kind, answer.error().detail);
    }
    for (const QByteArray& chunk : saslChunks(*answer))
        m_write("AUTHENTICATE " + chunk);
}

void Registration::fail(ErrorKind kind, const QString& detail)
{
    m_state = State::Failed;
    m_error = Error{kind, detail, 0};
}

} // namespace ridealong::irc
