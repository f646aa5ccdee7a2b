// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ridealong::store {

/// How a database came up; the interface tells the user.
struct OpenReport
{
    QString keptAside; ///< the corrupt file was moved here and a new one begun; empty when all was well
    bool readOnly = false; ///< could be read, cannot be written
};

} // namespace ridealong::store
