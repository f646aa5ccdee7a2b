// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "workspace/accountcredentials.h"

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

const QString AccountCredentials::kFilledIn = u"secrets"_s;

AccountCredentials::AccountCredentials(const chat::AccountConfig& config, secrets::SecretStore& store)
    : m_account(config.id),
      m_filledIn(filledIn(config)),
      m_store(store)
{}

base::Async<QString> AccountCredentials::secret(const QString& field)
{
    if (!m_filledIn.contains(field))
        return base::Async<QString>::ready(QString());
    base::Promise<QString> promise;
    m_store.read(m_account, field).then(&m_scope, [promise, field](base::Expected<QString> secret) {
        if (secret && secret->isEmpty()) // removed behind our back, or a keyring that is locked and does not say so
            return promise.answer(Error{ErrorKind::Denied, u"the keyring no longer has the secret '%1'"_s.arg(field), 0});
        promise.answer(std::move(secret));
    });
    return promise.async();
}

} // namespace ridealong::workspace
