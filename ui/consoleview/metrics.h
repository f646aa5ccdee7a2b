// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

/// The measures of all blocks at one width. Body rows of a block are all of the same height, so everything is exact by
/// counting rows, whatever the number of lines.
struct Metrics
{
    static constexpr int kSideMargin = 12;
    static constexpr int kGap = 4; ///< above and below a card
    static constexpr int kBodyPadding = 8;
    static constexpr int kTextIndent = 12;
    static constexpr int kProgressHeight = 3;
    /// Keeps pixel sums of a block within int whatever the output is.
    static constexpr qint64 kMaxRows = 20'000'000;
    static constexpr int kSmallest = -4; ///< Block::zoom
    static constexpr int kLargest = 10;

    int width = 0; ///< of the viewport
    int columns = 80;
    qreal cellWidth = 8;
    int headerHeight = 36;
    int rowHeight = 18;
    int tableRowHeight = 26;
    int noteHeight = 24;
    bool wrap = true;
    qreal scale = 1; ///< of what has its own sizes of type
    const kit::Theme* theme = nullptr;

    int wrapColumns() const { return wrap ? columns : 0; }
};

} // namespace ridealong::consoleview
