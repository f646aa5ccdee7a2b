// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/sasl.h"

#include "irc/saslprep.h"
#include "irc/scram.h"

#include <algorithm>

namespace ridealong::irc {
namespace {

using base::Error;
using base::ErrorKind;

// Of a challenge in base64, with the padding.
constexpr qsizetype kMaxEncodedBytes = (kMaxSaslBytes + 2) / 3 * 4;

/// Mechanisms of one message.
class OneMessage : public SaslMechanism
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
    explicit Plain(const SaslCredentials& credentials) : m_credentials(credentials) {}
    QByteArray name() const override { return QByteArrayLiteral("PLAIN"); }

protected:
    base::Expected<QByteArray> message() const override
    {
        const auto user = saslPrepared(m_credentials.user), password = saslPrepared(m_credentials.password);
        if (!user)
            return user.error();
        if (!password)
            return password.error();
        return QByteArray('\0' + *user + '\0' + *password);
    }

private:
    SaslCredentials m_credentials;
};

/// RFC 4422 appendix A: the proof is the certificate of the connection.
class External final : public OneMessage
{
public:
    explicit External(const SaslCredentials& credentials) : m_user(credentials.user) {}
    QByteArray name() const override { return QByteArrayLiteral("EXTERNAL"); }

protected:
    base::Expected<QByteArray> message() const override
    {
        if (m_user.isEmpty())
            return QByteArray();
        return saslPrepared(m_user);
    }

private:
    QString m_user;
};

} // namespace

std::optional<SaslWork> SaslMechanism::slowPart(const QByteArray& /*challenge*/) const { return std::nullopt; }
void SaslMechanism::setSlowPart(const SaslWork& /*work*/, const QByteArray& /*result*/) {}

base::Expected<QByteArray> saslPrepared(const QString& text)
{
    QString mapped;
    mapped.reserve(text.size());
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        if (c.category() == QChar::Separator_Space)
            mapped += u' ';
        else if (unit != 0xAD && unit != 0x2060 && unit != QChar::ByteOrderMark && (unit < 0x200B || unit > 0x200D)
            && (unit < 0xFE00 || unit > 0xFE0F))
            mapped += c; // those are "commonly mapped to nothing" (RFC 3454 B.1)
    }
    const QString prepared = mapped.normalized(QString::NormalizationForm_KC);
    if (prepared.isEmpty())
        return Error{ErrorKind::Invalid, QStringLiteral("a user name or password is empty"), 0};
    const auto characters = prepared.toUcs4();
    const bool isUsable = prepared.isValidUtf16() // half surrogate pairs
        && std::none_of(
            characters.begin(), characters.end(), [](uint c) { return QChar::category(c) == QChar::Other_Control || QChar::isNonCharacter(c); });
    if (!isUsable) {
        return Error{ErrorKind::Invalid, QStringLiteral("a user name or password has control characters"), 0};
    }
    return prepared.toUtf8();
}

std::unique_ptr<SaslMechanism> makeSaslMechanism(const QByteArray& name, const SaslCredentials& credentials, base::Random& random)
{
    if (name == "PLAIN")
        return std::make_unique<Plain>(credentials);
    if (name == "EXTERNAL")
        return std::make_unique<External>(credentials);
    if (name == "SCRAM-SHA-256")
        return std::make_unique<Scram>(credentials, scramNonce(random));
    return nullptr;
}

QList<QByteArray> saslChunks(const QByteArray& bytes)
{
    const QByteArray encoded = bytes.toBase64();
    QList<QByteArray> chunks;
    for (qsizetype at = 0; at < encoded.size(); at += kSaslChunkBytes)
        chunks.append(encoded.mid(at, kSaslChunkBytes));
    if (chunks.isEmpty() || chunks.last().size() == kSaslChunkBytes)
        chunks.append(QByteArrayLiteral("+"));
    return chunks;
}

base::Expected<std::optional<QByteArray>> SaslReassembly::take(const QByteArray& parameter)
{
    const auto fail = [this](const char* detail) {
        m_pending.clear();
        return Error{ErrorKind::Protocol, QString::fromLatin1(detail), 0};
    };
    if (parameter.isEmpty() || parameter.size() > kSaslChunkBytes)
        return fail("a SASL line of a wrong length");
    if (parameter != "+") {
        if (m_pending.size() + parameter.size() > kMaxEncodedBytes)
            return fail("the SASL challenge is too long");
        m_pending += parameter;
        if (parameter.size() == kSaslChunkBytes)
            return std::optional<QByteArray>();
    }
    const QByteArray encoded = std::exchange(m_pending, QByteArray());
    auto decoded = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return fail("the SASL challenge is not base64");
    if (decoded.decoded.size() > kMaxSaslBytes)
        return fail("the SASL challenge is too long");
    return std::optional<QByteArray>(std::move(decoded.decoded));
}

} // namespace ridealong::irc
