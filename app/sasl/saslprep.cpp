// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sasl/saslprep.h"

#include <algorithm>

namespace ridealong::sasl {

using base::Error;
using base::ErrorKind;

base::Expected<QByteArray> prepared(const QString& text)
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
    const QString result = mapped.normalized(QString::NormalizationForm_KC);
    if (result.isEmpty())
        return Error{ErrorKind::Invalid, QStringLiteral("a user name or password is empty"), 0};
    const auto characters = result.toUcs4();
    const bool isUsable = result.isValidUtf16() // half surrogate pairs
        && std::none_of(
            characters.begin(), characters.end(), [](uint c) { return QChar::category(c) == QChar::Other_Control || QChar::isNonCharacter(c); });
    if (!isUsable) {
        return Error{ErrorKind::Invalid, QStringLiteral("a user name or password has control characters"), 0};
    }
    return result.toUtf8();
}

} // namespace ridealong::sasl
