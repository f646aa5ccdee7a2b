// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/association.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ridealong::correlator {

void Association::add(const std::vector<InTheAir>& commands)
{
    ++m_messages;
    QHash<QString, const InTheAir*> nearest; // of each kind; the one whose words the message has before all others
    for (const InTheAir& one : commands) {
        const auto spanAt = std::lower_bound(kSpansMs.begin(), kSpansMs.end(), one.delayMs);
        m_runs[one.command].insert(one.run);
        if (spanAt != kSpansMs.end()) {
            const size_t span = size_t(spanAt - kSpansMs.begin());
            QHash<base::RunId, size_t>& runs = m_together[{one.command, one.signature}].runs;
            const auto known = runs.constFind(one.run);
            const size_t before = known == runs.cend() ? kSpansMs.size() : *known;
            Counts& followed = m_followed[one.signature];
            for (size_t i = span; i < before; ++i)
                followed[i] += 1;
            runs.insert(one.run, std::min(span, before));
        }
        const InTheAir*& kept = nearest[one.command];
        if (!kept || !kept->signature.contains(u'$') || one.signature.contains(u'$'))
            kept = &one;
    }
    QSet<QString> signatures;
    for (const InTheAir* one : std::as_const(nearest)) {
        signatures.insert(one->signature);
        Counts& at = m_ofCommand[one->command];
        Counts& together = m_together[{one->command, one->signature}].messages;
        for (size_t i = 0; i < kSpansMs.size(); ++i)
            if (one->delayMs <= kSpansMs[i]) {
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
    constexpr double kThere = 0.97; ///< so often a cause is found before what it causes
    constexpr double kFollows = 0.9; ///< and so often that comes after its cause
    constexpr double kSeldomAtLeast = -4; ///< though some answers are for some days only
    constexpr double kSurprise = 4; ///< that much more than chance must be seen
    const Counts& at = *m_ofCommand.constFind(command);
    const auto runsOf = m_runs.constFind(command);
    double allRuns = 0;
    for (const auto& runs : m_runs)
        allRuns += double(runs.size());
    Strength best{0, -std::numeric_limits<double>::infinity(), 0};
    double evidence = -std::numeric_limits<double>::infinity();
    for (size_t i = 0; i < kSpansMs.size(); ++i) {
        const double base = (at[i] + 0.5) / (m_messages + 1);
        const double share = (together->messages[i] + kDoubt * base) / (seen + kDoubt);
        const Strength here{std::log(share / base), std::log(share), 0};
        if (here.lift + 2 * here.cover > best.lift + 2 * best.cover)
            best = here;
        const double followed = double(std::count_if(together->runs.begin(), together->runs.end(), [&](size_t span) { return span <= i; }));
        const double anyFollowed = (m_followed.value(signature)[i] + 0.5) / (allRuns + 1);
        const auto of = [](double hits, double misses, double meant, double chance) {
            return hits * std::log(meant / chance) + misses * std::log((1 - meant) / (1 - chance));
        };
        const double before = of(together->messages[i], seen - together->messages[i], kThere, std::min(0.9, base));
        const double after = of(followed, double(runsOf->size()) - followed, kFollows, std::min(0.8, anyFollowed));
        evidence = std::max(evidence, before + std::max(kSeldomAtLeast, after));
    }
    // Of so many commands one or another is there by chance.
    best.cause = 1 / (1 + std::exp(kSurprise + std::log(double(m_ofCommand.size())) - evidence));
    return best;
}

} // namespace ridealong::correlator
