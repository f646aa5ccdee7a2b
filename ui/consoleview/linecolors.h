// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/format.h"
#include "consoleview/spans.h"

#include <memory>

namespace ridealong::consoleview {

class Highlighter;

/// A line of an output in the colours of a format, over its own.
Spans lineSpans(console::Format format, const std::shared_ptr<const console::LineStore>& store, qint64 index, const console::Line& line,
    const kit::Theme& theme, Highlighter& highlighter);
/// What stands behind all of it; invalid: nothing.
QColor lineTint(console::Format format, const console::Line& line, const kit::Theme& theme);
/// The colour of a log's level; invalid: none of its own.
QColor levelColor(console::Level level, const kit::Theme& theme);

inline constexpr double kRowTint = 0.14; ///< how much of a colour a row's background takes

} // namespace ridealong::consoleview
