// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "chat/form.h"

namespace ridealong::formview {

/// Text from outside as it may be shown: without what turns the direction of writing or hides.
QString safeText(const QString& text);
QString labelOf(const chat::FormField& field);
QString labelOf(const chat::FormOption& option);
QString labelOf(const chat::FormTable::Column& column);
/// What a field of a result says: the labels of its options, "Yes" and "No".
QString answerText(const chat::FormField& field);

/// "A whole number from 1 to 9"; empty: anything will do.
QString ruleText(const chat::FormField& field);
QString problemText(const chat::FormProblem& problem);

/// How far a command had come when it failed.
enum class Progress {
    Nothing, ///< it had not begun
    Stands, ///< its stage can be answered again
    Lost, ///< it is over, and nothing was on its way
    Unknown, ///< it is over, and a step was on its way
};
QString failureText(const base::Error& error, Progress progress);

} // namespace ridealong::formview
