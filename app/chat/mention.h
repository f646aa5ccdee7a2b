// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"

namespace ridealong::chat {

/// Does `text` name `self`: "@name", or the name as a word of its own, in any case?
bool mentions(const QString& text, const Member& self);

} // namespace ridealong::chat
