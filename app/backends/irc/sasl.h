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
inline constexpr int kMaxScramIterations = 1'000'000; ///< more is an attack on our time; RFC 7677 asks for 4096 at least

/// One exchange of a SASL mechanism, client's side.
class SaslMechanism
{
public:
    virtual ~SaslMechanism() = default;
    virtual QByteArray name() const = 0;
    /// The answer to a challenge (empty: the server asks us to begin). Errors: Auth when the server fails to prove itself
    /// or breaks the mechanism's rules.
    virtual base::Expected<QByteArray> respond(const QByteArray& challenge) = 0;
    /// All was said, and a mechanism that proves the server has had its proof: success before this is no success.
    virtual bool isComplete() const = 0;
};

struct SaslCredentials
{
    QString user;
    QString password; ///< SASLprep is applied as far as RFC 4013 matters here: NFKC, no control characters
};

/// "PLAIN", "EXTERNAL", "SCRAM-SHA-256" (RFC 5802, 7677); null for any other.
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
