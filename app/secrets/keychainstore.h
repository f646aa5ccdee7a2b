// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "secrets/secretstore.h"

namespace QKeychain {
class Job;
}

namespace ridealong::secrets {

/// The system's keychain through QtKeychain: the Secret Service (GNOME Keyring, KeePassXC) or KWallet. Service "ridealong",
/// key "ACCOUNT/FIELD".
class KeychainStore final : public SecretStore
{
    Q_OBJECT
public:
    /// Longer than it takes a person to type a keyring's password, because unlocking asks for it.
    static constexpr std::chrono::milliseconds kJobTimeout{90'000};

    explicit KeychainStore(base::Clock& clock, QObject* parent = nullptr);

    base::Async<QString> read(const base::AccountId& account, const QString& field) override;
    base::Async<base::Done> write(const base::AccountId& account, const QString& field, const QString& value) override;
    base::Async<base::Done> remove(const base::AccountId& account, const QString& field) override;

private:
    template <typename T, typename Done> void run(QKeychain::Job* job, const base::Promise<T>& promise, const QString& key, Done done);

    base::Clock& m_clock;
};

} // namespace ridealong::secrets
