// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include <QRandomGenerator>

namespace ridealong::base {

quint64 SystemRandom::next() { return QRandomGenerator::system()->generate64(); }

QString randomToken(Random& random)
{
    const quint64 words[2] = {random.next(), random.next()};
    const QByteArray bytes(reinterpret_cast<const char*>(words), sizeof words);
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace ridealong::base
