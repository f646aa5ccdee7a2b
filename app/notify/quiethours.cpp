// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "notify/quiethours.h"

namespace ridealong::notify {

bool QuietHours::contains(const QDateTime& local) const
{
    if (!on || !from.isValid() || !to.isValid())
        return false;
    const auto isOneOf = [this](const QDate& day) { return (days >> (day.dayOfWeek() - 1)) & 1; };
    const QTime time = local.time();
    if (from < to)
        return isOneOf(local.date()) && time >= from && time < to;
    return (time >= from && isOneOf(local.date())) || (time < to && isOneOf(local.date().addDays(-1)));
}

} // namespace ridealong::notify
