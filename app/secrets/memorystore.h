// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "secrets/secretstore.h"

#include <QHash>

namespace ridealong::secrets {

/// For this run only. Overwrites its own copies when they go; those that others made are theirs.
class MemoryStore final : public SecretStore
{
    Q_OBJECT
public:
    using SecretStore::SecretStore;
    ~MemoryStore() override;

    base::Async<QString> read(const base::AccountId& account, const QString& field) override;
    base::Async<base::Done> write(const base::AccountId& account, const QString& field, const QString& value) override;
    base::Async<base::Done> remove(const base::AccountId& account, const QString& field) override;

    bool has(const base::AccountId& account, const QString& field) const { return m_secrets.contains({account, field}); }

private:
    QHash<std::pair<base::AccountId, QString>, QByteArray> m_secrets; ///< UTF-8, shared with nobody
};

} // namespace ridealong::secrets
