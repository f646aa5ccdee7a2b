// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "console/console.h"
#include "consoleview/body.h"
#include "consoleview/runwords.h"
#include "consoleview/textbody.h"

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
    std::optional<console::Format> shownAs = {}; ///< chosen by hand; else what was detected

    std::shared_ptr<Body> body = {}; ///< of the format, when it is made
    std::optional<console::Format> bodyFormat = {}; ///< that it was made for, or is being made
    QString bodyNote = {}; ///< what is to be said of it
    bool isMaking = false;
    bool isOutdated = false; ///< more came meanwhile
    int making = 0; ///< an earlier one is dropped
    qint64 notBeforeMs = 0; ///< what goes on is not read again all the time
    std::shared_ptr<std::atomic<bool>> isGivenUp = {};
    mutable std::shared_ptr<TextBody> text = {}; ///< whatever is no body of its own, and what is shown until that is made

    QString sinceLastTime; ///< what is other than when the same command ran before; empty: nothing is known

    bool filtered = false; ///< only kept lines are shown
    std::shared_ptr<const console::KeptLines> kept = {};
    int keptSerial = 0; ///< of the filter that kept them
    bool reading = false; ///< it is being found out what is kept
    bool readAgain = false; ///< more came meanwhile
};

/// Where the parts of a block are, from the top of its item.
struct BlockLayout
{
    int headerTop = 0;
    int progressTop = 0;
    int bodyTop = 0;
    int rowsTop = 0;
    int rowHeight = 0;
    qint64 rows = 0; ///< of the body
    int notesTop = 0;
    int cardBottom = 0;
    int height = 0;
    bool padded = true; ///< there is room above and below the rows
};

/// The format that is shown, or would be if it were not raw.
inline console::Format formatOf(const Block& block, const console::Run& run) { return block.shownAs.value_or(run.format); }
/// The body as it is shown now.
Body& shownBody(const Block& block, const console::Run& run);
bool hasProgress(const chat::RunReport& report);
BlockLayout layoutBlock(const Block& block, const console::Run& run, const Metrics& metrics, int noteCount);

} // namespace ridealong::consoleview
