// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/block.h"

namespace ridealong::consoleview {

Body& shownBody(const Block& block, const console::Run& run)
{
    const auto format = formatOf(block, run);
    const bool isFormatted = block.view == BodyView::Formatted;
    if (isFormatted && !block.filtered && block.body && block.bodyFormat == format)
        return *block.body;
    const auto colors = isFormatted ? format : console::Format::Text;
    const TextLines lines{run.lines, block.filtered, block.kept};
    if (!block.text || !block.text->isOf(lines, colors))
        block.text = std::make_shared<TextBody>(lines, colors);
    return *block.text;
}

bool hasProgress(const chat::RunReport& report) { return report.progress && !chat::isFinal(report.state); }

BlockLayout layoutBlock(const Block& block, const console::Run& run, const Metrics& metrics, int noteCount)
{
    BlockLayout layout;
    layout.headerTop = Metrics::kGap;
    layout.progressTop = layout.headerTop + metrics.headerHeight;
    layout.bodyTop = layout.progressTop + (hasProgress(run.report) ? Metrics::kProgressHeight : 0);
    layout.rowsTop = layout.notesTop = layout.cardBottom = layout.bodyTop;
    layout.rowHeight = metrics.rowHeight;
    if (!block.folded) {
        const Body& body = shownBody(block, run);
        layout.padded = body.isPadded();
        layout.rowHeight = body.rowHeight(metrics);
        layout.rows = std::min(body.rows(metrics), Metrics::kMaxRows);
        const int padding = layout.padded && layout.rows > 0 ? Metrics::kBodyPadding : 0;
        layout.rowsTop += padding;
        layout.notesTop = layout.rowsTop + int(layout.rows * layout.rowHeight) + padding;
        layout.cardBottom = layout.notesTop;
        if (noteCount > 0)
            layout.cardBottom += noteCount * metrics.noteHeight + Metrics::kBodyPadding * 2 - padding;
    }
    layout.height = layout.cardBottom + Metrics::kGap;
    return layout;
}

} // namespace ridealong::consoleview
