// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commanddialog.h"

namespace ridealong::formview {

/// What a stage tells, as text: notes line by line, then what is read, columns with tabs between them, as spreadsheets take it.
QString asText(const chat::CommandStage& stage);
/// The same as Markdown under a heading, with tables. What came from the bot is text and nothing more: its marks are escaped.
QString asMarkdown(const chat::CommandStage& stage, const QString& heading);

/// Rows of a table with tabs between the cells, the names of the columns first.
QString asText(const chat::FormTable& table, const QList<int>& rows);

} // namespace ridealong::formview
