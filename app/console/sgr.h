// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/lines.h"

#include <array>

namespace ridealong::console {

/// Parameters of a control sequence. Those over the limits are dropped, numbers stop at 65,535.
struct Parameters
{
    static constexpr int kMax = 32;
    std::array<quint16, kMax> values;
    quint32 colon = 0; ///< bit n: parameter n was joined to the one before by ':'
    int count = 0;

    int at(int index, int fallback) const { return index < count && values[size_t(index)] ? values[size_t(index)] : fallback; }
    bool isSub(int index) const { return colon >> index & 1; }
};

/// Select Graphic Rendition (ECMA-48 8.3.117) with the colours of ISO 8613-6, as xterm and kitty read them.
void applySgr(const Parameters& parameters, Style& style);

} // namespace ridealong::console
