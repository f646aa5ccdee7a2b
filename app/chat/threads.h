// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"

namespace ridealong::chat {

/// A thread as a list shows it.
struct ThreadOverview
{
    base::ConversationId conversation;
    Message root; ///< only its id when it is not stored
    int replies = 0;
    int unread = 0; ///< replies of others behind what was read of the thread; of one never opened, behind what was read of the conversation
    qint64 lastAtMs = 0;
    QString lastSender; ///< name
    bool lastIsMine = false;

    bool operator==(const ThreadOverview&) const = default;
};

} // namespace ridealong::chat
