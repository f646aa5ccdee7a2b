// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/formatsample.h"

#include <optional>

namespace ridealong::console {

/// Lines of the sample, from the first to the last, that a format holds for; what is before and behind is prose.
struct Extent
{
    size_t first = 0;
    qint64 lastLine = -1; ///< of the store
};

/// One value or a value a line, at most kMaxProseLines of other text around.
std::optional<Extent> findJson(const FormatSample& sample);
/// By their data: URLs; see inlinepicture.h.
bool isPictures(const FormatSample& sample);
bool isDiff(const FormatSample& sample);
bool isLog(const FormatSample& sample);
bool isStackTrace(const FormatSample& sample);
bool isYaml(const FormatSample& sample);
bool isMarkdown(const FormatSample& sample);
bool isCode(const FormatSample& sample);

/// A log's line: it begins with a time, perhaps behind a host, a level, an address. For the sake of tables, too: no heading has one.
bool hasTimestamp(QByteArrayView line);
/// "src/main.c:3:9: warning: …", "src/main.c:3:int main": a compiler's or grep's line, whatever it quotes.
bool namesPlace(QByteArrayView line);

} // namespace ridealong::console
