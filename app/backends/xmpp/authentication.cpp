// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/authentication.h"

#include "base/async.h"
#include "xmpp/namespaces.h"

#include <QThreadPool>

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

// The best first. SCRAM does not tell the password, and what is bound cannot be passed on by somebody in between.
const QByteArrayList& preference()
{
    static const QByteArrayList names{"SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN"};
    return names;
}

bool binds(const QByteArray& mechanism) { return mechanism.endsWith("-PLUS"); }

/// "=" says that there is something, and it is empty (RFC 6120 §6.4.2).
QString encoded(const QByteArray& data) { return data.isEmpty() ? u"="_s : QString::fromLatin1(data.toBase64()); }

std::optional<QByteArray> decoded(const QString& text)
{
    const QByteArray data = text.trimmed().toUtf8();
    if (data.isEmpty() || data == "=")
        return QByteArray();
    auto result = QByteArray::fromBase64Encoding(data, QByteArray::AbortOnBase64DecodingErrors);
    if (!result || result.decoded.size() > sasl::kMaxChallengeBytes)
        return std::nullopt;
    return std::move(result.decoded);
}

} // namespace

Authentication::Authentication(Settings settings, base::Random& random, Send send, Done done)
    : m_settings(std::move(settings)),
      m_random(random),
      m_send(std::move(send)),
      m_done(std::move(done))
{}

void Authentication::begin(const Element& features)
{
    if (const Element* mechanisms = features.find(u"mechanisms", ns::kSasl))
        for (const Element* mechanism : mechanisms->children(u"mechanism", ns::kSasl))
            m_offered.append(mechanism->text().trimmed().toUtf8());
    m_binding = {m_settings.serverEndPoint, std::any_of(m_offered.begin(), m_offered.end(), binds)};
    // XEP-0440. A server that does not say what it binds to is not asked: ejabberd 23 offers -PLUS, knows kinds only that Qt cannot make, and
    // calls any other a wrong password, which after a few is a ban. Prosody 0.12 says that it has only such kinds.
    if (const Element* kinds = features.find(u"sasl-channel-binding", ns::kChannelBinding))
        for (const Element* kind : kinds->children(u"channel-binding", ns::kChannelBinding))
            m_mayBind = m_mayBind || kind->attribute(u"type") == "tls-server-end-point"_L1;
    tryNext();
}

void Authentication::tryNext()
{
    m_mechanism = choose();
    ++m_exchange;
    m_computing = false;
    if (!m_mechanism) {
        QByteArrayList shown = m_offered.mid(0, 10);
        for (QByteArray& name : shown)
            name = name.left(30);
        return end(Error{ErrorKind::Auth, u"no way to sign in that both sides have; the server has %1"_s.arg(QString::fromUtf8(shown.join(' '))), 0});
    }
    const auto first = m_mechanism->respond({});
    if (!first)
        return end(first.error());
    m_send(Element(u"auth", ns::kSasl).with(u"mechanism", QString::fromLatin1(m_mechanism->name())).withText(encoded(*first)));
}

std::unique_ptr<sasl::Mechanism> Authentication::choose()
{
    for (const QByteArray& name : preference()) {
        if (!m_offered.contains(name) || (binds(name) && !m_mayBind) || (name == "PLAIN" && !m_settings.encrypted))
            continue;
        if (auto mechanism = sasl::makeMechanism(name, m_settings.credentials, m_random, m_binding))
            return mechanism;
    }
    return nullptr;
}

bool Authentication::handle(const Element& element)
{
    if (element.xmlns() != ns::kSasl || !m_mechanism)
        return false;
    if (element.name() == "challenge"_L1)
        takeChallenge(element);
    else if (element.name() == "success"_L1)
        takeSuccess(element);
    else if (element.name() == "failure"_L1)
        takeFailure(element);
    else
        return false;
    return true;
}

/// How long a key takes is the server's choice: up to a second, which the event loop does not have.
void Authentication::takeChallenge(const Element& element)
{
    const auto challenge = decoded(element.text());
    if (m_computing || !challenge)
        return abort({ErrorKind::Protocol, u"a SASL challenge that is none, or before its turn"_s, 0});
    const auto work = m_mechanism->slowPart(*challenge);
    if (!work)
        return respond(*challenge);
    m_computing = true;
    base::Promise<QByteArray> promise;
    QThreadPool::globalInstance()->start([promise, work = *work] { promise.answer(work.run()); });
    promise.async().then(&m_context, [this, challenge = *challenge, work = *work, exchange = m_exchange](const base::Expected<QByteArray>& key) {
        if (!key || exchange != m_exchange || !m_mechanism)
            return;
        m_computing = false;
        m_mechanism->setSlowPart(work, *key);
        respond(challenge);
    });
}

void Authentication::respond(const QByteArray& challenge)
{
    const auto answer = m_mechanism->respond(challenge);
    if (!answer)
        return abort(answer.error());
    Element response(u"response", ns::kSasl);
    if (!answer->isEmpty())
        response.appendText(encoded(*answer));
    m_send(response);
}

/// Success may bring the server's last words (RFC 6120 §6.4.6), which for SCRAM are its proof.
void Authentication::takeSuccess(const Element& element)
{
    if (!m_computing && !m_mechanism->isComplete()) {
        const auto last = decoded(element.text());
        const auto answer = last ? m_mechanism->respond(*last) : Error{ErrorKind::Protocol, u"a SASL success that is none"_s, 0};
        if (!answer)
            return end(answer.error());
    }
    if (!m_mechanism->isComplete())
        return end(Error{ErrorKind::Auth, u"the server let us in without proving that it knows the password"_s, 0});
    end(base::Done());
}

void Authentication::takeFailure(const Element& element)
{
    const auto has = [&element](QStringView condition) { return element.has(condition, ns::kSasl); };
    const QByteArray name = m_mechanism->name();
    // Another mechanism only when the server cannot do this one; a wrong password is not tried in other ways.
    if (has(u"invalid-mechanism")) {
        m_offered.removeAll(name);
        return tryNext();
    }
    const auto children = element.children();
    QString detail = children.empty() ? u"refused"_s : children.front()->name();
    if (const QString text = element.textOf(u"text", ns::kSasl); !text.isEmpty())
        detail += u": "_s + text.left(200);
    end(Error{has(u"temporary-auth-failure") ? ErrorKind::Offline : ErrorKind::Auth, detail, 0});
}

void Authentication::abort(const Error& why)
{
    m_send(Element(u"abort", ns::kSasl));
    end(why);
}

void Authentication::end(const base::Status& result)
{
    ++m_exchange;
    m_mechanism.reset();
    m_done(result);
}

} // namespace ridealong::xmpp
