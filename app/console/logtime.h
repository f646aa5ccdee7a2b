// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <optional>

namespace ridealong::console {

/// Only so much of a line is looked at.
inline constexpr int kLogTimeBytes = 160;

/// When a line of a log says that it was written.
struct LogTime
{
    qint64 us = 0; ///< microseconds since 1970 in UTC; without a date since midnight, of the kernel's since it started
    bool hasDate = false;
    int begin = 0; ///< bytes of the line that say it
    int end = 0;
};

/// ISO 8601 and RFC 3339 ("T" or a space, "," or "." before the fraction), "2026/11/24 09:00:01", "Nov 24 09:00:01", "24/Nov/2026:09:00:01 +0100",
/// "I1124 09:00:01.123" (glog), "[  12.345678]" (the kernel), seconds or milliseconds since 1970 in front, "09:00:01.123". The first that there
/// is. A date without a year is in 1970: differences are right unless a year ends in between.
std::optional<LogTime> logTimeOf(QByteArrayView line);

} // namespace ridealong::console
