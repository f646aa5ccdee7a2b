// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>

#include <array>

namespace ridealong::correlator {

/// Which commands were in the air when messages of a shape came. What causes a shape was always there before it; what was not, half of the
/// time, causes none of it, however well the moment seemed to fit: a hint that needs no guess of what belongs to what.
class Association
{
public:
    struct InTheAir
    {
        QString signature; ///< of the message, seen from the command
        qint64 delayMs = 0; ///< since the command was given last
    };

    /// A message, with what was in the air by command.
    void add(const QHash<QString, InTheAir>& commands);
    struct Strength
    {
        double lift = 0; ///< logarithm of how much oftener than at any time the command was there
        double cover = 0; ///< logarithm of the share of messages of this shape before which it was
    };
    /// In the span of time in which it is strongest; nothing is nothing.
    Strength of(const QString& command, const QString& signature) const;

private:
    static constexpr std::array<qint64, 4> kSpansMs{500, 2'000, 6'000, 20'000};
    using Counts = std::array<double, kSpansMs.size()>;

    int m_messages = 0;
    QHash<QString, int> m_ofSignature;
    QHash<QString, Counts> m_ofCommand;
    QHash<std::pair<QString, QString>, Counts> m_together; ///< by command and signature
};

} // namespace ridealong::correlator
