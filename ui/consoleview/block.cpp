// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/block.h"

namespace ridealong::consoleview {

BodyLines linesOf(const Block& block, const console::Run& run)
{
    return block.filtered ? BodyLines(*run.lines, block.kept.get()) : BodyLines(*run.lines);
}

bool showsTable(const Block& block, const console::Run& run)
{
    return !block.filtered && run.format == console::Format::Table && block.view == BodyView::Formatted && block.table
        && block.table->columnCount() > 0;
}

bool hasProgress(const chat::RunReport& report) { return report.progress && !chat::isFinal(report.state); }

BlockLayout layoutBlock(Block& block, const console::Run& run, const Metrics& metrics, int noteCount)
{
    BlockLayout layout;
    layout.headerTop = Metrics::kGap;
    layout.progressTop = layout.headerTop + metrics.headerHeight;
    layout.bodyTop = layout.progressTop + (hasProgress(run.report) ? Metrics::kProgressHeight : 0);
    layout.rowsTop = layout.notesTop = layout.cardBottom = layout.bodyTop;
    layout.rowHeight = metrics.rowHeight;
    if (!block.folded) {
        if (!block.filtered && run.format == console::Format::Table && block.view == BodyView::Formatted && !block.table)
            block.table = std::make_shared<TableBody>(console::parseTable(*run.lines));
        layout.table = showsTable(block, run);
        if (layout.table) {
            layout.rowHeight = metrics.tableRowHeight;
            layout.rows = block.table->rowCount() + 1;
        } else {
            layout.rows = std::min(linesOf(block, run).rows(metrics.wrapColumns()), Metrics::kMaxRows);
            layout.rowsTop += layout.rows > 0 ? Metrics::kBodyPadding : 0;
        }
        layout.notesTop = layout.rowsTop + int(layout.rows * layout.rowHeight);
        if (layout.rows > 0 && !layout.table)
            layout.notesTop += Metrics::kBodyPadding;
        layout.cardBottom = layout.notesTop;
        if (noteCount > 0)
            layout.cardBottom
                += noteCount * metrics.noteHeight + Metrics::kBodyPadding * 2 - (layout.rows > 0 && !layout.table ? Metrics::kBodyPadding : 0);
    }
    layout.height = layout.cardBottom + Metrics::kGap;
    return layout;
}

} // namespace ridealong::consoleview
