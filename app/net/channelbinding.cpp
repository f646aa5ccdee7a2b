// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/channelbinding.h"

#include <QByteArrayView>
#include <QCryptographicHash>

#include <optional>

namespace ridealong::net {
namespace {

constexpr quint8 kSequence = 0x30;
constexpr quint8 kObjectIdentifier = 0x06;
constexpr quint8 kFirstParameter = 0xa0; // [0], constructed

/// Takes the value of an element of `tag` off the front of `der`; nothing when there is none.
std::optional<QByteArrayView> take(QByteArrayView& der, quint8 tag)
{
    if (der.size() < 2 || quint8(der.at(0)) != tag)
        return std::nullopt;
    qsizetype length = quint8(der.at(1));
    qsizetype head = 2;
    if (length & 0x80) {
        const qsizetype bytes = length & 0x7f;
        if (bytes < 1 || bytes > 4 || der.size() < head + bytes)
            return std::nullopt;
        length = 0;
        for (qsizetype i = 0; i < bytes; ++i)
            length = length << 8 | quint8(der.at(head + i));
        head += bytes;
    }
    if (length > der.size() - head)
        return std::nullopt;
    const auto value = der.sliced(head, length);
    der = der.sliced(head + length);
    return value;
}

struct Signature
{
    QByteArrayView identifier;
    QCryptographicHash::Algorithm hash;
};

using Hash = QCryptographicHash;
// RFC 5929 §4.1: MD5 and SHA-1 count as SHA-256.
constexpr Signature kSignatures[] = {
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x04", Hash::Sha256}, // md5WithRSAEncryption
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05", Hash::Sha256}, // sha1WithRSAEncryption
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", Hash::Sha256}, // sha256WithRSAEncryption
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c", Hash::Sha384}, // sha384WithRSAEncryption
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d", Hash::Sha512}, // sha512WithRSAEncryption
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0e", Hash::Sha224}, // sha224WithRSAEncryption
    {"\x2a\x86\x48\xce\x3d\x04\x01", Hash::Sha256}, // ecdsa-with-SHA1
    {"\x2a\x86\x48\xce\x3d\x04\x03\x01", Hash::Sha224}, // ecdsa-with-SHA224
    {"\x2a\x86\x48\xce\x3d\x04\x03\x02", Hash::Sha256}, // ecdsa-with-SHA256
    {"\x2a\x86\x48\xce\x3d\x04\x03\x03", Hash::Sha384}, // ecdsa-with-SHA384
    {"\x2a\x86\x48\xce\x3d\x04\x03\x04", Hash::Sha512}, // ecdsa-with-SHA512
    {"\x2a\x86\x48\xce\x38\x04\x03", Hash::Sha256}, // dsa-with-sha1
    {"\x60\x86\x48\x01\x65\x03\x04\x03\x02", Hash::Sha256}, // dsa-with-sha256
};
constexpr Signature kHashes[] = {
    {"\x2b\x0e\x03\x02\x1a", Hash::Sha256}, // sha1
    {"\x60\x86\x48\x01\x65\x03\x04\x02\x01", Hash::Sha256}, // sha256
    {"\x60\x86\x48\x01\x65\x03\x04\x02\x02", Hash::Sha384}, // sha384
    {"\x60\x86\x48\x01\x65\x03\x04\x02\x03", Hash::Sha512}, // sha512
    {"\x60\x86\x48\x01\x65\x03\x04\x02\x04", Hash::Sha224}, // sha224
};
constexpr QByteArrayView kPss = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"; // id-RSASSA-PSS

template <size_t N> std::optional<Hash::Algorithm> find(const Signature (&table)[N], QByteArrayView identifier)
{
    for (const auto& row : table)
        if (row.identifier == identifier)
            return row.hash;
    return std::nullopt;
}

/// RSASSA-PSS-params (RFC 4055 §3.1): the hash is the first, optional parameter, SHA-1 when absent.
std::optional<Hash::Algorithm> hashOfPss(QByteArrayView parameters)
{
    auto fields = take(parameters, kSequence);
    if (!fields)
        return std::nullopt;
    auto first = take(*fields, kFirstParameter);
    if (!first)
        return Hash::Sha256;
    auto algorithm = take(*first, kSequence);
    const auto identifier = algorithm ? take(*algorithm, kObjectIdentifier) : std::nullopt;
    return identifier ? find(kHashes, *identifier) : std::nullopt;
}

/// Certificate ::= SEQUENCE { tbsCertificate SEQUENCE, signatureAlgorithm SEQUENCE { OBJECT IDENTIFIER, parameters }, … } (RFC 5280 §4.1)
std::optional<Hash::Algorithm> hashOf(QByteArrayView der)
{
    auto certificate = take(der, kSequence);
    if (!certificate || !take(*certificate, kSequence))
        return std::nullopt;
    auto algorithm = take(*certificate, kSequence);
    const auto identifier = algorithm ? take(*algorithm, kObjectIdentifier) : std::nullopt;
    if (!identifier)
        return std::nullopt;
    return *identifier == kPss ? hashOfPss(*algorithm) : find(kSignatures, *identifier);
}

} // namespace

QByteArray serverEndPoint(const QByteArray& certificate)
{
    const auto hash = hashOf(certificate);
    return hash ? QCryptographicHash::hash(certificate, *hash) : QByteArray();
}

} // namespace ridealong::net
