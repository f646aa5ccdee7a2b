// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backendregistry.h"
#include "secrets/secretstore.h"

namespace ridealong::workspace {

/// The secrets of one account as its backend may ask for them. Which fields have one stands in the config (names only), so
/// that an account without secrets never asks a keychain, and one that lost its secret is told apart from one without.
class AccountCredentials final : public chat::Credentials
{
public:
    /// Key of AccountConfig::options: the fields that have a secret, as a list of their keys.
    static const QString kFilledIn;
    static QStringList filledIn(const chat::AccountConfig& config) { return config.options.value(kFilledIn).toStringList(); }

    AccountCredentials(const chat::AccountConfig& config, secrets::SecretStore& store);

    base::Async<QString> secret(const QString& field) override;

private:
    base::AccountId m_account;
    QStringList m_filledIn;
    secrets::SecretStore& m_store;
    QObject m_scope;
};

} // namespace ridealong::workspace
