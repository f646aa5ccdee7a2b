// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace ridealong::chat {

/// Message::order where the protocol numbers nothing is made of the time: milliseconds, and room for so many messages within one.
inline constexpr qint64 kOrdersPerMs = 1024;
constexpr qint64 orderAt(qint64 timeMs) { return timeMs * kOrdersPerMs; }
constexpr qint64 timeOf(qint64 order) { return order / kOrdersPerMs; }

} // namespace ridealong::chat
