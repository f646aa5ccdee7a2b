// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/outboxitem.h"
#include "chat/run.h"
#include "kit/theme.h"

namespace ridealong::timelineview {

/// A state as it is shown: icon, words, colour; never the colour alone.
struct StateWords
{
    QString icon;
    QString text;
    kit::Token token = kit::Token::Muted;
};

/// "running · 62 % · 41:07". Of an open run the time until `nowMs`.
StateWords runWords(const chat::RunReport& run, qint64 nowMs);
/// True while the words change with the clock.
bool isTicking(const chat::RunReport& run);
/// What the outbox does with it; empty when it was sent. `goingUp`: its files are on their way.
StateWords pendingWords(const chat::OutboxItem& item, bool goingUp = false);

} // namespace ridealong::timelineview
