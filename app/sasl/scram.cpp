// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sasl/scram.h"

#include "sasl/saslprep.h"

#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>
#include <QtEndian>

#include <algorithm>

namespace ridealong::sasl {
namespace {

using base::Error;
using base::ErrorKind;

constexpr qsizetype kMaxShownReason = 64;

Error refused(const char* detail) { return {ErrorKind::Auth, QString::fromLatin1(detail), 0}; }

/// Takes as long whatever differs.
bool isSame(const QByteArray& a, const QByteArray& b)
{
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return difference == 0;
}

std::optional<QByteArray> fromBase64(const QByteArray& text)
{
    auto result = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (text.isEmpty() || text.size() % 4 != 0 || !result)
        return std::nullopt;
    return std::move(result.decoded);
}

/// RFC 5802 §6: a server that binds and reads "y" knows that its offer did not reach us whole.
QByteArray headerOf(bool binds, const ChannelBinding& binding)
{
    if (binds)
        return QByteArrayLiteral("p=tls-server-end-point,,");
    return !binding.serverEndPoint.isEmpty() && !binding.isOffered ? QByteArrayLiteral("y,,") : QByteArrayLiteral("n,,");
}

/// RFC 5802 §5.1: a comma would end the attribute.
QByteArray escapedName(QByteArray name) { return name.replace('=', "=3D").replace(',', "=2C"); }

struct ServerFirst
{
    QByteArray nonce;
    QByteArray salt;
    int iterations = 0;
};

/// "r=NONCE,s=SALT,i=COUNT" and extensions that may be ignored, in this order (RFC 5802 §7). What would have to be understood
/// ("m=") is in the way of "r=" and fails.
base::Expected<ServerFirst> parseServerFirst(const QByteArray& challenge, const QByteArray& ourNonce)
{
    const auto parts = challenge.split(',');
    if (parts.size() < 3 || !parts[0].startsWith("r=") || !parts[1].startsWith("s=") || !parts[2].startsWith("i="))
        return refused("the server's first message is not understood");
    ServerFirst first;
    first.nonce = parts[0].sliced(2);
    if (!first.nonce.startsWith(ourNonce) || first.nonce.size() == ourNonce.size())
        return refused("the server did not answer to this exchange (nonce)");
    const auto salt = fromBase64(parts[1].sliced(2));
    if (!salt || salt->size() > kMaxScramSaltBytes)
        return refused("the server's salt is not understood");
    first.salt = *salt;
    const QByteArray count = parts[2].sliced(2);
    bool isNumber = std::all_of(count.begin(), count.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (isNumber)
        first.iterations = count.toInt(&isNumber);
    if (!isNumber || first.iterations < kMinScramIterations || first.iterations > kMaxScramIterations)
        return refused("the server asks for an iteration count outside 4096 to 1000000");
    return first;
}

/// The server's words for people are cut and made printable.
Error serverError(const QByteArray& reason)
{
    QString shown = QString::fromLatin1(reason.left(kMaxShownReason));
    for (QChar& c : shown)
        c = c.unicode() < 0x20 || c.unicode() > 0x7E ? QChar(u'?') : c;
    return {ErrorKind::Auth, QStringLiteral("the server refuses: ") + shown, 0};
}

} // namespace

QByteArray Work::run() const
{
    return QPasswordDigestor::deriveKeyPbkdf2(hash, password, salt, iterations, quint64(QCryptographicHash::hashLength(hash)));
}

QByteArray scramNonce(base::Random& random)
{
    const quint64 words[2] = {qToLittleEndian(random.next()), qToLittleEndian(random.next())};
    return QByteArray(reinterpret_cast<const char*>(words), 15).toBase64();
}

Scram::Scram(Hash hash, bool binds, Credentials credentials, QByteArray nonce, const ChannelBinding& binding)
    : m_hash(hash),
      m_binds(binds),
      m_credentials(std::move(credentials)),
      m_nonce(std::move(nonce)),
      m_header(headerOf(binds, binding)),
      m_bound(binds ? m_header + binding.serverEndPoint : m_header)
{}

QByteArray Scram::nameOf(Hash hash, bool binds)
{
    const QByteArray name = hash == QCryptographicHash::Sha1 ? QByteArrayLiteral("SCRAM-SHA-1") : QByteArrayLiteral("SCRAM-SHA-256");
    return binds ? name + "-PLUS" : name;
}

QByteArray Scram::hmac(const QByteArray& key, const QByteArray& message) const { return QMessageAuthenticationCode::hash(message, key, m_hash); }

base::Expected<QByteArray> Scram::respond(const QByteArray& challenge)
{
    switch (m_step) {
    case Step::First: return first(challenge);
    case Step::Final: return proof(challenge);
    case Step::Verify: return verify(challenge);
    case Step::Complete:
    case Step::Failed: break;
    }
    return fail(refused("the server asks for more than the mechanism has"));
}

base::Expected<QByteArray> Scram::fail(Error error)
{
    m_step = Step::Failed;
    return error;
}

base::Expected<QByteArray> Scram::first(const QByteArray& challenge)
{
    if (!challenge.isEmpty())
        return fail(refused("the server speaks first, which is not its turn"));
    const auto user = prepared(m_credentials.user), password = prepared(m_credentials.password);
    if (!user || !password)
        return fail(user ? password.error() : user.error());
    m_password = *password;
    m_firstBare = "n=" + escapedName(*user) + ",r=" + m_nonce;
    m_step = Step::Final;
    return m_header + m_firstBare;
}

std::optional<Work> Scram::slowPart(const QByteArray& challenge) const
{
    if (m_step != Step::Final)
        return std::nullopt;
    const auto first = parseServerFirst(challenge, m_nonce);
    if (!first)
        return std::nullopt; // respond() says why
    return Work{m_hash, m_password, first->salt, first->iterations};
}

void Scram::setSlowPart(const Work& work, const QByteArray& result)
{
    m_doneWork = work;
    m_doneKey = result;
}

base::Expected<QByteArray> Scram::proof(const QByteArray& challenge)
{
    if (challenge.startsWith("e="))
        return fail(serverError(challenge.sliced(2)));
    const auto server = parseServerFirst(challenge, m_nonce);
    if (!server)
        return fail(server.error());
    const Work work{m_hash, m_password, server->salt, server->iterations};
    const QByteArray saltedPassword = !m_doneKey.isEmpty() && work == m_doneWork ? m_doneKey : work.run();

    // RFC 5802 §3.
    const QByteArray withoutProof = "c=" + m_bound.toBase64() + ",r=" + server->nonce;
    const QByteArray authMessage = m_firstBare + ',' + challenge + ',' + withoutProof;
    QByteArray proof = hmac(saltedPassword, "Client Key");
    const QByteArray signature = hmac(QCryptographicHash::hash(proof, m_hash), authMessage);
    for (qsizetype i = 0; i < proof.size(); ++i)
        proof[i] = char(proof[i] ^ signature[i]);
    m_serverSignature = hmac(hmac(saltedPassword, "Server Key"), authMessage);
    m_step = Step::Verify;
    m_password.clear();
    m_doneWork = {};
    m_doneKey.clear();
    return QByteArray(withoutProof + ",p=" + proof.toBase64());
}

base::Expected<QByteArray> Scram::verify(const QByteArray& challenge)
{
    const QByteArray answer = challenge.split(',').value(0);
    if (answer.startsWith("e="))
        return fail(serverError(answer.sliced(2)));
    const auto signature = answer.startsWith("v=") ? fromBase64(answer.sliced(2)) : std::nullopt;
    if (!signature || !isSame(*signature, m_serverSignature))
        return fail(refused("the server does not know the password: it is not the one it says it is"));
    m_step = Step::Complete;
    return QByteArray();
}

} // namespace ridealong::sasl
