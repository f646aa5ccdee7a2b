// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/formatsample.h"

namespace ridealong::console {

struct Unfenced
{
    FormatSample sample;
    QByteArray language; ///< "json" of "```json"
    bool wasFenced = false;
};
/// Bots put output between lines of "```", with a few words around, and some forget the second one. What has more of these
/// lines is Markdown and stays as it is.
Unfenced withoutFence(FormatSample sample);

} // namespace ridealong::console
