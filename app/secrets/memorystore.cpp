// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "secrets/memorystore.h"

namespace ridealong::secrets {

MemoryStore::~MemoryStore()
{
    for (QByteArray& secret : m_secrets)
        secret.fill('\0');
}

base::Async<QString> MemoryStore::read(const base::AccountId& account, const QString& field)
{
    return base::Async<QString>::ready(QString::fromUtf8(m_secrets.value({account, field})));
}

base::Async<base::Done> MemoryStore::write(const base::AccountId& account, const QString& field, const QString& value)
{
    if (value.isEmpty())
        return remove(account, field);
    if (auto checked = check(value); !checked)
        return base::Async<base::Done>::ready(checked);
    QByteArray& kept = m_secrets[{account, field}];
    kept.fill('\0');
    kept = value.toUtf8();
    return base::Async<base::Done>::ready(base::Done());
}

base::Async<base::Done> MemoryStore::remove(const base::AccountId& account, const QString& field)
{
    if (const auto kept = m_secrets.find({account, field}); kept != m_secrets.end()) {
        kept->fill('\0');
        m_secrets.erase(kept);
    }
    return base::Async<base::Done>::ready(base::Done());
}

} // namespace ridealong::secrets
