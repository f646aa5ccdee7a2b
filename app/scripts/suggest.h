// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace ridealong::scripts {

/// Changes (insert, delete, replace, swap of neighbours) from `a` to `b`, or limit + 1 when there are more.
int editDistance(QStringView a, QStringView b, int limit);

/// The names most like `typed`, best first, at most `count`; only what could be a typing error or a beginning.
QStringList closest(const QString& typed, const QStringList& names, int count = 3);

/// "; did you mean 'migrate start' or 'migrate status'?", or nothing.
QString didYouMean(const QString& typed, const QStringList& names);

} // namespace ridealong::scripts
