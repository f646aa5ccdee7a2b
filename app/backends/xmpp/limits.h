// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace ridealong::xmpp {

inline constexpr int kMaxMessageBytes = 64 << 10; ///< of one text; what XML makes of it must fit into a stanza
inline constexpr qint64 kThrottledMs = 5'000; ///< who is told to be slower, and not how much

} // namespace ridealong::xmpp
