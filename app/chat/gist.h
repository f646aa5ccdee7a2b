// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"

namespace ridealong::chat {

/// What a message says where there is room for a line: its text, or the names of its files when it has none.
QString gist(const Message& message);
QString gist(const QString& text, const QList<Attachment>& files);

} // namespace ridealong::chat
