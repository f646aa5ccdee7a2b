// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/commanddialog.h"
#include "xmpp/element.h"

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxSessionIdChars = 1024;
inline constexpr qsizetype kMaxNotes = 50;
inline constexpr qsizetype kMaxNoteChars = 16 << 10;

/// One answer of a command (XEP-0050 §2.4).
struct CommandReply
{
    QString session; ///< empty: whoever answers keeps none
    chat::CommandStage stage;
};

/// Errors: Protocol (no answer of a command, or one beyond the limits).
base::Expected<CommandReply> readCommandReply(const Element& iq);

/// Why a step was refused.
struct CommandRefusal
{
    base::Error error; ///< the detail begins with the condition, a command's own if there is one ("session-expired")
    bool isOver = false; ///< else the stage before it can be answered otherwise
};

CommandRefusal readCommandRefusal(const Element& iq);

} // namespace ridealong::xmpp
