// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "base/random.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <memory>
#include <optional>

namespace ridealong::sasl {

inline constexpr qsizetype kMaxChallengeBytes = 64 * 1024; ///< what a protocol gives to respond()
inline constexpr int kMinScramIterations = 4096; ///< RFC 7677 §4: less makes a stolen exchange too easy to guess from
inline constexpr int kMaxScramIterations = 1'000'000; ///< more is an attack on our time
inline constexpr qsizetype kMaxScramSaltBytes = 1024;

/// The slow step of an exchange (the key of a password, PBKDF2 of RFC 8018): a value, so that a pool can run it.
struct Work
{
    QCryptographicHash::Algorithm hash = QCryptographicHash::Sha256;
    QByteArray password;
    QByteArray salt;
    int iterations = 0;

    QByteArray run() const; ///< thread-safe; as many bytes as the hash has

    bool operator==(const Work&) const = default;
};

/// One exchange of a SASL mechanism, client's side. An exchange that failed once stays failed.
///
///     if (const auto work = mechanism->slowPart(challenge))
///         run work->run() in a pool, then in this thread: mechanism->setSlowPart(*work, key); answer(mechanism->respond(challenge));
///     else
///         answer(mechanism->respond(challenge));
class Mechanism
{
public:
    virtual ~Mechanism() = default;
    virtual QByteArray name() const = 0;
    /// The answer to a challenge (empty: the server asks us to begin). Errors: Auth when the server fails to prove itself
    /// or breaks the mechanism's rules; Invalid when user or password cannot be used.
    virtual base::Expected<QByteArray> respond(const QByteArray& challenge) = 0;
    /// All was said, and a mechanism that proves the server has had its proof: success before this is no success.
    virtual bool isComplete() const = 0;

    /// What would take respond(challenge) long (10 to 1000 ms); nothing when it is quick. Once the result is given back, respond()
    /// does not compute it again; without that it computes, and blocks.
    virtual std::optional<Work> slowPart(const QByteArray& challenge) const;
    virtual void setSlowPart(const Work& work, const QByteArray& result);
};

struct Credentials
{
    QString user;
    QString password; ///< SASLprep is applied as far as RFC 4013 matters here: NFKC, no control characters
};

/// Ties an exchange to the TLS connection it goes over, so that nobody in between can pass it on.
struct ChannelBinding
{
    QByteArray serverEndPoint; ///< tls-server-end-point (RFC 5929 §4); empty: we cannot bind
    bool isOffered = false; ///< the server has a mechanism that binds. Said truly, a list that was cut on the way is found out.
};

/// "PLAIN", "EXTERNAL" (as the certificate's own account, or as `user` when there is one), "SCRAM-SHA-1", "SCRAM-SHA-256" (RFC 5802,
/// 7677) and these with "-PLUS" when there is something to bind to; null for any other. SCRAM's nonce is the base64 of the first 15
/// bytes of two numbers of `random`, little end first; it is drawn here.
std::unique_ptr<Mechanism> makeMechanism(
    const QByteArray& name, const Credentials& credentials, base::Random& random, const ChannelBinding& binding = {});

} // namespace ridealong::sasl
