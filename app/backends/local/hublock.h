// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QString>

namespace ridealong::local {

/// Who may be the hub of a folder. The kernel keeps the lock and releases it when the process ends, however it ends.
class HubLock
{
public:
    HubLock() = default;
    ~HubLock();
    HubLock(const HubLock&) = delete;
    HubLock& operator=(const HubLock&) = delete;

    /// Errors: Denied when somebody else holds it, Storage.
    base::Status take(const QString& path);

private:
    int m_descriptor = -1;
};

} // namespace ridealong::local
