// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/ledger.h"

#include <QByteArray>

namespace ridealong::chat {

struct CsvOptions
{
    char separator = ','; ///< a tab makes what spreadsheets take from the clipboard
    /// What a spreadsheet would compute (=, +, -, @ and what it skips before them) gets an apostrophe in front: commands are written by anybody.
    bool guardsFormulas = true;
};

// The ledger as RFC 4180 has it: UTF-8, a row of names first, every line ended by CR LF, what has separators, quotes or line ends in quotes.
// Times are ISO 8601 in UTC, durations whole milliseconds; what is not known is empty.
QByteArray toCsv(const QList<RunRecord>& runs, const CsvOptions& options = {});
QByteArray toCsv(const QList<CommandRecord>& commands, const CsvOptions& options = {});

} // namespace ridealong::chat
