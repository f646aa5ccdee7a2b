// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/bots.h"
#include "servers/runroom.h"
#include "servers/runworkload.h"

namespace ridealong::tests {

/// A message of a recording, with what really caused it.
struct RecordedMessage
{
    SeenMessage seen;
    bool isBot = false;
    QString truth; ///< "c17"; empty: nobody's command
    bool isCommand = false;
};

/// Lets people and bots do the workload in the room and says what belongs to what. Nothing is concluded from texts: the bots wrote down which
/// message they were at when they handed over each line (truth.mjs, truth.py), and the n-th line of a bot is the n-th that is seen of it, for a
/// connection keeps its order; so do the messages that it hears, which are those of all others in the room's order.
class RunRecorder
{
public:
    RunRecorder(RunRoom& room, HubotBot& hubot, ErrbotBot& errbot) : m_room(room), m_hubot(hubot), m_errbot(errbot) {}

    /// Both bots start here, and stay. False: error() says why.
    bool record(const QList<WorkloadStep>& steps);
    const QList<RecordedMessage>& messages() const { return m_messages; }
    QByteArray lines() const; ///< JSON, a message a line; see tests/golden/runs/README.md
    QString error() const { return m_error; }

private:
    bool happen(const QList<WorkloadStep>& steps);
    bool settle();
    bool nameCommands(const QList<WorkloadStep>& steps);
    bool nameAnswers(const QString& bot, const QByteArray& truth);
    bool fail(const QString& why);

    RunRoom& m_room;
    HubotBot& m_hubot;
    ErrbotBot& m_errbot;
    QByteArray m_hubotTruth;
    QByteArray m_errbotTruth;
    QList<RecordedMessage> m_messages;
    QString m_error;
};

} // namespace ridealong::tests
