// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "palette/form.h"

#include <optional>
#include <vector>

namespace ridealong::palette {

struct Word
{
    QString text;
    qsizetype begin = 0; ///< in the text it came from
    bool quoted = false; ///< any of it: then it is no option, whatever it begins with
};

/// Nothing when a quote is left open.
std::optional<std::vector<Word>> wordsOf(const QString& text);

} // namespace ridealong::palette
