// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sasl/mechanism.h"

namespace ridealong::sasl {

/// 20 characters, 120 bits.
QByteArray scramNonce(base::Random& random);

/// SCRAM (RFC 5802, 7677), with the channel binding tls-server-end-point or without: three messages of ours, of which the last is empty.
class Scram final : public Mechanism
{
public:
    using Hash = QCryptographicHash::Algorithm; ///< Sha1 or Sha256

    Scram(Hash hash, bool binds, Credentials credentials, QByteArray nonce, const ChannelBinding& binding = {});

    static QByteArray nameOf(Hash hash, bool binds);
    QByteArray name() const override { return nameOf(m_hash, m_binds); }
    base::Expected<QByteArray> respond(const QByteArray& challenge) override;
    bool isComplete() const override { return m_step == Step::Complete; }
    std::optional<Work> slowPart(const QByteArray& challenge) const override;
    void setSlowPart(const Work& work, const QByteArray& result) override;

private:
    enum class Step { First, Final, Verify, Complete, Failed };

    base::Expected<QByteArray> first(const QByteArray& challenge);
    base::Expected<QByteArray> proof(const QByteArray& challenge);
    base::Expected<QByteArray> verify(const QByteArray& challenge);
    base::Expected<QByteArray> fail(base::Error error);
    QByteArray hmac(const QByteArray& key, const QByteArray& message) const;

    const Hash m_hash;
    const bool m_binds;
    const Credentials m_credentials;
    const QByteArray m_nonce;
    const QByteArray m_header; ///< gs2-header (RFC 5802 §7): what we can bind and think that the server can
    const QByteArray m_bound; ///< the header, and what the exchange is bound to
    Step m_step = Step::First;
    QByteArray m_password; ///< prepared
    QByteArray m_firstBare; ///< our first message without the header
    QByteArray m_serverSignature; ///< what the server has to say
    Work m_doneWork;
    QByteArray m_doneKey;
};

} // namespace ridealong::sasl
