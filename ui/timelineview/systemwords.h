// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"

namespace ridealong::timelineview {

/// What a message with `system` set tells, for people: "bob changed the topic: Deploys here". Names and texts in it are
/// made harmless.
QString systemWords(const chat::Message& message);

} // namespace ridealong::timelineview
