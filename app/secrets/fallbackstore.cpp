// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "secrets/fallbackstore.h"

namespace ridealong::secrets {

using base::ErrorKind;

FallbackStore::FallbackStore(std::unique_ptr<SecretStore> keychain, QObject* parent) : SecretStore(parent), m_keychain(std::move(keychain)) {}

base::Async<QString> FallbackStore::read(const base::AccountId& account, const QString& field)
{
    // What is in memory is there because the keychain refused it: newer than anything the keychain may have.
    return m_memory.has(account, field) ? m_memory.read(account, field) : m_keychain->read(account, field);
}

base::Async<base::Done> FallbackStore::write(const base::AccountId& account, const QString& field, const QString& value)
{
    if (value.isEmpty())
        return remove(account, field);
    base::Promise<base::Done> promise;
    m_keychain->write(account, field, value).then(this, [this, promise, account, field, value](const base::Status& written) {
        if (written) {
            m_memory.remove(account, field).ignore();
            return promise.answer(written);
        }
        if (written.error().kind == ErrorKind::Invalid)
            return promise.answer(written);
        m_memory.write(account, field, value).then(this, [promise](const base::Status& kept) { promise.answer(kept); });
        if (!std::exchange(m_problem, written.error()))
            emit keptForThisRunOnly(written.error());
    });
    return promise.async();
}

base::Async<base::Done> FallbackStore::remove(const base::AccountId& account, const QString& field)
{
    m_memory.remove(account, field).ignore();
    base::Promise<base::Done> promise;
    m_keychain->remove(account, field).then(this, [promise](const base::Status& removed) {
        // Where there is no keychain there is nothing in it.
        promise.answer(!removed && removed.error().kind == ErrorKind::Unsupported ? base::Status(base::Done()) : removed);
    });
    return promise.async();
}

} // namespace ridealong::secrets
