// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "chat/form.h"

#include <QObject>

namespace ridealong::chat {

struct CommandNote
{
    enum class Severity { Info, Warning, Error };

    Severity severity = Severity::Info;
    QString text;

    bool operator==(const CommandNote&) const = default;
};

enum class CommandAction {
    Previous = 1,
    Next = 2,
    Complete = 4, ///< the last step
};
Q_DECLARE_FLAGS(CommandActions, CommandAction)
Q_DECLARE_OPERATORS_FOR_FLAGS(CommandActions)

/// Where a command stands: what it tells, and what it asks. All of it may be empty.
struct CommandStage
{
    QList<CommandNote> notes;
    Form form;
    FormTable table;
    CommandActions actions; ///< that are possible; none when it is over
    CommandAction defaultAction = CommandAction::Complete; ///< one of those
    bool isOver = false; ///< this is the result
    bool isCancelled = false; ///< it is over, because whoever runs it gave up

    bool operator==(const CommandStage&) const = default;
};

/// One execution of a command that is a dialogue, begun when it is made. It says something, then waits for go() or cancel(), until it ends.
/// Destroying it cancels, as far as it is not over. It may outlive its backend, which ends it before.
class CommandDialog : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Does nothing while an answer is awaited, and when it is over.
    virtual void go(CommandAction action, const FormValues& values) = 0;
    virtual void cancel() = 0;

signals:
    void stage(const ridealong::chat::CommandStage& stage);
    /// The last step was refused. Unless ended() follows at once, the stage before it stands, and may be answered otherwise. Offline and
    /// Timeout end it; if a step was on its way, it may have been done.
    void failed(const ridealong::base::Error& error);
    void ended(); ///< once, after the result too; nothing follows
};

} // namespace ridealong::chat
