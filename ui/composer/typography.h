// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ridealong::composer {

/// A text as a keyboard types it.
struct PlainText
{
    QString text;
    bool quotes = false; ///< some were replaced
    bool others = false; ///< dashes, dots, spaces that look like a space, characters that look like nothing
};

/// Undoes what word processors and chat clients do to commands: “vmax1” → "vmax1", —streams → --streams, no-break spaces.
PlainText withoutTypography(const QString& text);

} // namespace ridealong::composer
