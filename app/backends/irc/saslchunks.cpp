// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/saslchunks.h"

#include "sasl/mechanism.h"

namespace ridealong::irc {

using base::Error;
using base::ErrorKind;

// Of a challenge in base64, with the padding.
constexpr qsizetype kMaxEncodedBytes = (sasl::kMaxChallengeBytes + 2) / 3 * 4;

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
    if (decoded.decoded.size() > sasl::kMaxChallengeBytes)
        return fail("the SASL challenge is too long");
    return std::optional<QByteArray>(std::move(decoded.decoded));
}

} // namespace ridealong::irc
