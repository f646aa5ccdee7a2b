// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QStringList>

namespace ridealong::store {

/// The migrations of the profile's database; never change one that was released, add the next.
QList<QStringList> profileMigrations();

} // namespace ridealong::store
