// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"

#include <QMap>
#include <QString>

namespace ridealong::chat {

/// Secrets on their way into the keychain, by the key of their field. An empty one takes away what is there.
using Secrets = QMap<QString, QString>;

/// The secrets of one account: passwords, tokens. They are asked for when they are needed and never kept in a config, a
/// settings file or a log.
class Credentials
{
public:
    virtual ~Credentials() = default;
    /// `field` is the key of a CredentialField of kind Secret. Empty: there is none. Errors: Denied (the keychain is locked
    /// or refused), Unsupported (there is no keychain), Timeout.
    virtual base::Async<QString> secret(const QString& field) = 0;
};

} // namespace ridealong::chat
