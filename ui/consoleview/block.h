// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "console/console.h"
#include "consoleview/bodylines.h"
#include "consoleview/runwords.h"
#include "consoleview/tablebody.h"

#include <memory>

namespace ridealong::consoleview {

enum class BodyView { Formatted, Raw };

/// One run as the view holds it.
struct Block
{
    base::RunId run;
    bool folded = false;
    BodyView view = BodyView::Formatted;
    int zoom = 0; ///< of its text, in tenths of the usual size more or less
    std::shared_ptr<TableBody> table; ///< parsed when it is first shown

    bool filtered = false; ///< only kept lines are shown
    std::shared_ptr<const console::KeptLines> kept = {};
    int keptSerial = 0; ///< of the filter that kept them
    bool reading = false; ///< it is being found out what is kept
    bool readAgain = false; ///< more came meanwhile
};

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

    int wrapColumns() const { return wrap ? columns : 0; }
};

/// Where the parts of a block are, from the top of its item.
struct BlockLayout
{
    int headerTop = 0;
    int progressTop = 0;
    int bodyTop = 0;
    int rowsTop = 0;
    int rowHeight = 0;
    qint64 rows = 0; ///< of the body; a table's header row counts
    int notesTop = 0;
    int cardBottom = 0;
    int height = 0;
    bool table = false;
};

BodyLines linesOf(const Block& block, const console::Run& run);
bool showsTable(const Block& block, const console::Run& run);
bool hasProgress(const chat::RunReport& report);
/// Parses the table when it is needed; a table that turns out to have no columns is shown raw.
BlockLayout layoutBlock(Block& block, const console::Run& run, const Metrics& metrics, int noteCount);

} // namespace ridealong::consoleview
