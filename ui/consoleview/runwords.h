// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/runwords.h"

#include <QList>
#include <QString>

namespace ridealong::consoleview {

using kit::elapsedMs;
using kit::isPaused;
using kit::stateToken;
using kit::stateWord;

/// "disk, succeeded, 12 lines": what a screen reader says.
QString accessibleName(const chat::RunReport& report, qint64 lines);

/// What can be done about a run, as an intent.
enum class RunAction { None, Cancel, Rerun, Context, Approve, Deny, Compare };

/// A line under the output that says what is the matter, with what can be done about it.
struct Note
{
    QString text;
    kit::Token token = kit::Token::Muted;
    struct Link
    {
        QString text;
        RunAction action = RunAction::None;
    };
    QList<Link> links;
};
QList<Note> notes(const chat::RunReport& report, qint64 lines, qint64 nowMs);

} // namespace ridealong::consoleview
