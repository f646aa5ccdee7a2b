// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "secrets/memorystore.h"

#include <memory>
#include <optional>

namespace ridealong::secrets {

/// The system's keychain; and where it does not take a secret, memory: for this run only, never a file.
class FallbackStore final : public SecretStore
{
    Q_OBJECT
public:
    explicit FallbackStore(std::unique_ptr<SecretStore> keychain, QObject* parent = nullptr);

    base::Async<QString> read(const base::AccountId& account, const QString& field) override;
    base::Async<base::Done> write(const base::AccountId& account, const QString& field, const QString& value) override;
    base::Async<base::Done> remove(const base::AccountId& account, const QString& field) override;

    /// Why secrets of this run are kept in memory; none while all are in the keychain.
    const std::optional<base::Error>& problem() const { return m_problem; }

signals:
    /// Once in a run: a secret could not be put into the keychain and will be asked for again after the next start.
    void keptForThisRunOnly(const ridealong::base::Error& why);

private:
    std::unique_ptr<SecretStore> m_keychain;
    MemoryStore m_memory;
    std::optional<base::Error> m_problem;
};

} // namespace ridealong::secrets
