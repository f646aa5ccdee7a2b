// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "secrets/secretstore.h"

namespace ridealong::secrets {

using namespace Qt::StringLiterals;

base::Status SecretStore::check(const QString& value)
{
    // Keyrings hand texts on as C strings, so a NUL would silently cut the secret, and what is no Unicode would come back changed.
    if (value.contains(QChar(u'\0')) || !value.isValidUtf16())
        return base::Error{base::ErrorKind::Invalid, u"a secret is a text without NUL"_s, 0};
    if (value.toUtf8().size() > kMaxSecretBytes)
        return base::Error{base::ErrorKind::Invalid, u"a secret has at most %1 bytes"_s.arg(kMaxSecretBytes), 0};
    return base::Done();
}

} // namespace ridealong::secrets
