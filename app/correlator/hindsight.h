// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "correlator/habits.h"

#include <QHash>
#include <QList>
#include <QString>

namespace ridealong::correlator {

/// Where each message stood when the past was thought over before. Seen from its end a run tells what it lacks and what it has already,
/// from what comes later, too; and what all others of its command have, and when, tells what it should have.
class Hindsight
{
public:
    /// With what was known of the commands before.
    explicit Hindsight(const Habits& before) : m_before(before) {}

    struct Seat
    {
        base::RunId run; ///< empty: of none
        QString command; ///< of the run, for one bot, as habits are kept
        QString text; ///< the whole of it
        QString signature; ///< of the message, seen from the command
        qint64 causeMs = 0; ///< when the command was given
        qint64 delayMs = 0; ///< since then; not below 0
        bool isCertain = false; ///< nobody had to guess
    };

    /// The command was given, and may have no answer.
    void expect(const base::RunId& run, const QString& command);
    void place(const base::MessageId& message, const Seat& seat);
    /// What was said before, and is not thought over; it is in what was known, too.
    void remember(const base::MessageId& message, const Seat& seat);

    /// Of two runs of a command whose answers cross, as a rule the first was answered first.
    void uncross();

    struct Strength
    {
        double count = 0; ///< logarithm of how much likelier one more of the shape makes the run, as others of its command are
        double delay = 0; ///< and of how much likelier the time does
        double owed = 0; ///< and that it has an answer at all
    };
    /// As if the message stood nowhere. By what nobody had to place the command causes such messages: how likely, 0…1, and how many.
    Strength of(const base::MessageId& message, const Seat& seat, double cause, double times = 1) const;

private:
    struct Command
    {
        QHash<base::RunId, int> said; ///< messages of each run of it
        int silent = 0; ///< runs without any
        QHash<QString, int> remembered; ///< by shape
        QHash<QString, QHash<base::RunId, QList<qint64>>> delays; ///< of each shape
    };

    const Habits& m_before;
    QHash<QString, Command> m_commands;
    QHash<base::MessageId, Seat> m_seats;
};

} // namespace ridealong::correlator
