// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/association.h"

#include <QSet>

#include <cmath>

namespace ridealong::correlator {

void Association::add(const QHash<QString, InTheAir>& commands)
{
    ++m_messages;
    QSet<QString> signatures;
    for (auto command = commands.cbegin(); command != commands.cend(); ++command) {
        signatures.insert(command->signature);
        Counts& at = m_ofCommand[command.key()];
        Counts& together = m_together[{command.key(), command->signature}];
        for (size_t i = 0; i < kSpansMs.size(); ++i)
            if (command->delayMs <= kSpansMs[i]) {
                at[i] += 1;
                together[i] += 1;
            }
    }
    for (const QString& signature : std::as_const(signatures))
        ++m_ofSignature[signature];
}

Association::Strength Association::of(const QString& command, const QString& signature) const
{
    const int seen = m_ofSignature.value(signature);
    const auto together = m_together.constFind({command, signature});
    if (seen < 2 || together == m_together.cend())
        return {};
    constexpr double kDoubt = 1; ///< so many messages are thought to have come at any time
    const Counts& at = *m_ofCommand.constFind(command);
    Strength best{0, -std::numeric_limits<double>::infinity()};
    for (size_t i = 0; i < kSpansMs.size(); ++i) {
        const double base = (at[i] + 0.5) / (m_messages + 1);
        const double share = ((*together)[i] + kDoubt * base) / (seen + kDoubt);
        const Strength here{std::log(share / base), std::log(share)};
        if (here.lift + 2 * here.cover > best.lift + 2 * best.cover)
            best = here;
    }
    return best;
}

} // namespace ridealong::correlator
