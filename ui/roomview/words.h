// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/roomadmin.h"

namespace ridealong::roomview {

/// "Moderator"; empty for who is nothing special.
QString rankTitle(chat::MemberRank rank);
/// "Moderator", "Ordinary member": what one of several to choose from is called.
QString rankChoice(chat::MemberRank rank);

} // namespace ridealong::roomview
