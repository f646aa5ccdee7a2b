// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

namespace ridealong::notify {

/// A time of the day in which nothing is told. One that goes over midnight belongs to the day on which it begins.
struct QuietHours
{
    static constexpr int kEveryDay = 0b1111111;

    bool on = false;
    QTime from{22, 0};
    QTime to{7, 0}; ///< exclusive; the same as `from`: the whole day
    int days = kEveryDay; ///< bit 0 is Monday

    bool contains(const QDateTime& local) const;
    bool operator==(const QuietHours&) const = default;
};

} // namespace ridealong::notify
