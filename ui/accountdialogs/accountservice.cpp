// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/accountservice.h"

namespace ridealong::accountdialogs {

std::optional<AccountView> AccountService::find(const base::AccountId& id) const
{
    for (const AccountView& account : accounts())
        if (account.config.id == id)
            return account;
    return std::nullopt;
}

const chat::BackendDescriptor* AccountService::kind(const QString& id) const
{
    for (const chat::BackendDescriptor& descriptor : kinds())
        if (descriptor.id == id)
            return &descriptor;
    return nullptr;
}

} // namespace ridealong::accountdialogs
