// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "base/random.h"

#include <QByteArray>
#include <QList>

#include <memory>
#include <optional>

namespace ridealong::irc {

inline constexpr qsizetype kSaslChunkBytes = 400; ///< of base64 in one AUTHENTICATE
inline constexpr qsizetype kMaxSaslBytes = 64 * 1024; ///< of a server's challenge
inline constexpr int kMinScramIterations = 4096; ///< RFC 7677 §4: less makes a stolen exchange too easy to guess from
inline constexpr int kMaxScramIterations = 1'000'000; ///< more is an attack on our time
inline constexpr qsizetype kMaxScramSaltBytes = 1024;

/// The slow step of an exchange (the key of a password, PBKDF2 of RFC 8018): a value, so that a pool can run it.
struct SaslWork
{
    QByteArray password;
    QByteArray salt;
    int iterations = 0;

    QByteArray run() const; ///< thread-safe; 32 bytes

    bool operator==(const SaslWork&) const = default;
};

/// One exchange of a SASL mechanism, client's side. An exchange that failed once stays failed.
///
///     if (const auto work = mechanism->slowPart(challenge))
///         run work->run() in a pool, then in this thread: mechanism->setSlowPart(*work, key); answer(mechanism->respond(challenge));
///     else
///         answer(mechanism->respond(challenge));
class SaslMechanism
{
public:
    virtual ~SaslMechanism() = default;
    virtual QByteArray name() const = 0;
    /// The answer to a challenge (empty: the server asks us to begin). Errors: Auth when the server fails to prove itself
    /// or breaks the mechanism's rules; Invalid when user or password cannot be used.
    virtual base::Expected<QByteArray> respond(const QByteArray& challenge) = 0;
    /// All was said, and a mechanism that proves the server has had its proof: success before this is no success.
    virtual bool isComplete() const = 0;

    /// What would take respond(challenge) long (10 to 1000 ms); nothing when it is quick. Once the result is given back, respond()
    /// does not compute it again; without that it computes, and blocks.
    virtual std::optional<SaslWork> slowPart(const QByteArray& challenge) const;
    virtual void setSlowPart(const SaslWork& work, const QByteArray& result);
};

struct SaslCredentials
{
    QString user;
    QString password; ///< SASLprep is applied as far as RFC 4013 matters here: NFKC, no control characters
};

/// "PLAIN", "EXTERNAL" (as the certificate's own account, or as `user` when there is one), "SCRAM-SHA-256" (RFC 5802, 7677); null
/// for any other. SCRAM's nonce is the base64 of the first 15 bytes of two numbers of `random`, little end first; it is drawn here.
std::unique_ptr<SaslMechanism> makeSaslMechanism(const QByteArray& name, const SaslCredentials& credentials, base::Random& random);

/// The parameters of the AUTHENTICATE lines that carry `bytes`: base64 in chunks of 400, "+" for none and after a full last one.
QList<QByteArray> saslChunks(const QByteArray& bytes);

/// Puts a challenge together again.
class SaslReassembly
{
public:
    /// The challenge when this was its last line, nothing while more is to come. Errors: Protocol (no base64, too long).
    base::Expected<std::optional<QByteArray>> take(const QByteArray& parameter);

private:
    QByteArray m_pending;
};

} // namespace ridealong::irc
