// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"
#include "palette/form.h"
#include "palette/palette.h"

namespace ridealong::paletteview {

/// "‹array› [--streams n] [--dry-run]"
QString argumentsText(const chat::CommandSpec& spec);
/// "production · mutates", and its colour.
QString riskText(const chat::CommandSpec& spec, const QString& environment);
kit::Token riskToken(const chat::CommandSpec& spec, const QString& environment);
/// "Ana ran it 41 min ago, 38 of 40 succeeded, about 3 h"; "never run" when nobody did. `self`: shown as "you".
QString usageText(const palette::Usage& usage, const QString& self, qint64 nowMs);
/// One problem in words, without the name of the argument where the field says it.
QString problemText(const palette::Problem& problem);
/// What a value may be: "1 to 64, default 4".
QString rangeText(const chat::Argument& argument);
bool isProduction(const QString& environment);
/// A flag that makes a command only say what it would do.
bool isDryRun(const chat::Argument& argument);

} // namespace ridealong::paletteview
