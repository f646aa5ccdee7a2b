// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <array>
#include <vector>

namespace ridealong::correlator {

/// Which commands were in the air when messages of a shape came. What causes a shape was always there before it; what was not, half of the
/// time, causes none of it, however well the moment seemed to fit: a hint that needs no guess of what belongs to what.
class Association
{
public:
    /// A command that was given before a message.
    struct InTheAir
    {
        base::RunId run;
        QString command; ///< its kind
        QString signature; ///< of the message, seen from the command; of different bots, different ones
        qint64 delayMs = 0; ///< since the command
    };

    /// A message, with all that was in the air, in the order of the commands.
    void add(const std::vector<InTheAir>& commands);

    struct Strength
    {
        double lift = 0; ///< logarithm of how much oftener than at any time the command was there
        double cover = 0; ///< logarithm of the share of messages of this shape before which it was
        /// How likely the command causes what has this shape, 0…1: it was there each time, is followed by it, and no other explains it better.
        double cause = 0;
        double times = 1; ///< and then, how often each time
    };
    /// In the span of time in which it is strongest; nothing is nothing.
    Strength of(const QString& command, const QString& signature) const;

private:
    /// Of one command and a shape, as a logarithm without a scale.
    struct Evidence
    {
        Strength strength;
        double cause = 0;
    };
    Evidence evidenceOf(const QString& command, const QString& signature) const;

    static constexpr std::array<qint64, 4> kSpansMs{500, 2'000, 6'000, 20'000};
    using Counts = std::array<double, kSpansMs.size()>;
    struct Together
    {
        Counts messages{}; ///< of the shape, before which the command was
        QHash<base::RunId, size_t> runs; ///< of the command, after which the shape came; and the narrowest span in which it did
    };

    int m_messages = 0;
    QHash<QString, int> m_ofSignature;
    QHash<QString, Counts> m_ofCommand;
    QHash<QString, QSet<base::RunId>> m_runs; ///< by command
    QHash<std::pair<QString, QString>, Together> m_together; ///< by command and signature
    QHash<QString, Counts> m_followed; ///< by signature: runs of any command after which it came
    mutable QHash<QString, QHash<QString, Strength>> m_found; ///< by signature and command; until more is added
};

} // namespace ridealong::correlator
