// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "irc/sasl.h"

namespace ridealong::irc {

/// 20 characters, 120 bits.
QByteArray scramNonce(base::Random& random);

/// SCRAM-SHA-256 (RFC 5802, 7677) without channel binding: three messages of ours, of which the last is empty.
class Scram final : public SaslMechanism
{
public:
    Scram(SaslCredentials credentials, QByteArray nonce) : m_credentials(std::move(credentials)), m_nonce(std::move(nonce)) {}

    QByteArray name() const override { return QByteArrayLiteral("SCRAM-SHA-256"); }
    base::Expected<QByteArray> respond(const QByteArray& challenge) override;
    bool isComplete() const override { return m_step == Step::Complete; }
    std::optional<SaslWork> slowPart(const QByteArray& challenge) const override;
    void setSlowPart(const SaslWork& work, const QByteArray& result) override;

private:
    enum class Step { First, Final, Verify, Complete, Failed };

    base::Expected<QByteArray> first(const QByteArray& challenge);
    base::Expected<QByteArray> proof(const QByteArray& challenge);
    base::Expected<QByteArray> verify(const QByteArray& challenge);
    base::Expected<QByteArray> fail(base::Error error);

    const SaslCredentials m_credentials;
    const QByteArray m_nonce;
    Step m_step = Step::First;
    QByteArray m_password; ///< prepared
    QByteArray m_firstBare; ///< our first message without the header of channel binding
    QByteArray m_serverSignature; ///< what the server has to say
    SaslWork m_doneWork;
    QByteArray m_doneKey;
};

} // namespace ridealong::irc
