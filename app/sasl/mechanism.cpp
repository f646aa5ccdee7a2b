// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sasl/mechanism.h"

#include "sasl/saslprep.h"
#include "sasl/scram.h"

namespace ridealong::sasl {
namespace {

using base::Error;
using base::ErrorKind;

/// Mechanisms of one message.
class OneMessage : public Mechanism
{
public:
    base::Expected<QByteArray> respond(const QByteArray& challenge) final
    {
        if (m_asked || !challenge.isEmpty())
            return Error{ErrorKind::Auth, QStringLiteral("the server asks for more than the mechanism has"), 0};
        m_asked = true;
        auto said = message();
        m_isComplete = said.hasValue();
        return said;
    }
    bool isComplete() const final { return m_isComplete; }

protected:
    virtual base::Expected<QByteArray> message() const = 0;

private:
    bool m_asked = false;
    bool m_isComplete = false;
};

/// RFC 4616: authorisation identity (empty: the same), NUL, user, NUL, password.
class Plain final : public OneMessage
{
public:
    explicit Plain(const Credentials& credentials) : m_credentials(credentials) {}
    QByteArray name() const override { return QByteArrayLiteral("PLAIN"); }

protected:
    base::Expected<QByteArray> message() const override
    {
        const auto user = prepared(m_credentials.user), password = prepared(m_credentials.password);
        if (!user)
            return user.error();
        if (!password)
            return password.error();
        return QByteArray('\0' + *user + '\0' + *password);
    }

private:
    Credentials m_credentials;
};

/// RFC 4422 appendix A: the proof is the certificate of the connection.
class External final : public OneMessage
{
public:
    explicit External(const Credentials& credentials) : m_user(credentials.user) {}
    QByteArray name() const override { return QByteArrayLiteral("EXTERNAL"); }

protected:
    base::Expected<QByteArray> message() const override
    {
        if (m_user.isEmpty())
            return QByteArray();
        return prepared(m_user);
    }

private:
    QString m_user;
};

} // namespace

std::optional<Work> Mechanism::slowPart(const QByteArray& /*challenge*/) const { return std::nullopt; }
void Mechanism::setSlowPart(const Work& /*work*/, const QByteArray& /*result*/) {}

std::unique_ptr<Mechanism> makeMechanism(const QByteArray& name, const Credentials& credentials, base::Random& random, const ChannelBinding& binding)
{
    if (name == "PLAIN")
        return std::make_unique<Plain>(credentials);
    if (name == "EXTERNAL")
        return std::make_unique<External>(credentials);
    for (const auto hash : {QCryptographicHash::Sha1, QCryptographicHash::Sha256})
        for (const bool binds : {false, true})
            if (name == Scram::nameOf(hash, binds) && (!binds || !binding.serverEndPoint.isEmpty()))
                return std::make_unique<Scram>(hash, binds, credentials, scramNonce(random), binding);
    return nullptr;
}

} // namespace ridealong::sasl
