// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/ids.h"

#include <QObject>

namespace ridealong::secrets {

/// Where passwords and tokens are kept, each under its account and the key of its field. A secret is UTF-16 that is well
/// formed, without NUL, at most kMaxSecretBytes of UTF-8; what is not is Invalid.
/// Errors of all: Denied (locked, or the user said no), Unsupported (there is no keychain), Timeout.
class SecretStore : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxSecretBytes = 64 * 1024;

    using QObject::QObject;

    /// Empty: there is none.
    virtual base::Async<QString> read(const base::AccountId& account, const QString& field) = 0;
    /// An empty value removes it.
    virtual base::Async<base::Done> write(const base::AccountId& account, const QString& field, const QString& value) = 0;
    /// Done also when there was none.
    virtual base::Async<base::Done> remove(const base::AccountId& account, const QString& field) = 0;

    /// The limits above.
    static base::Status check(const QString& value);
};

} // namespace ridealong::secrets
