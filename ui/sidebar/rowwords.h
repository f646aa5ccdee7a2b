// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"
#include "model/conversationlistmodel.h"

namespace ridealong::sidebar {

/// The name without its '#', safe to show: it comes from a server.
QString bareName(const chat::Conversation& conversation);
/// The name as rows show it: "# ops", "Ana".
QString shownName(const chat::Conversation& conversation);
/// "connected", "reconnecting" …
QString stateWord(const chat::ConnectionStatus& status);
kit::Token stateToken(const chat::ConnectionStatus& status);
QString presenceWord(chat::Presence presence);
/// "9", "99+"
QString countText(int count);
/// Everything a row shows by colour and shape, said in words.
QString spokenRow(const model::ConversationRow& row, bool muted = false);
/// The same for a tool tip, of lines; safe where tool tips guess at markup.
QString toolTipOf(const model::ConversationRow& row, bool muted = false);

} // namespace ridealong::sidebar
