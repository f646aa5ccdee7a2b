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
    m_found.clear();
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

Association::Evidence Association::evidenceOf(const QString& command, const QString& signature) const
{
    constexpr double kDoubt = 1; ///< so many messages are thought to have come at any time
    constexpr double kThere = 0.97; ///< so often a cause is found before what it causes
    constexpr double kFollows = 0.9; ///< and so often that comes after its cause
    constexpr double kSeldomAtLeast = -4; ///< though some answers are for some days only
    const int seen = m_ofSignature.value(signature);
    const Together& together = *m_together.constFind({command, signature});
    const Counts& at = *m_ofCommand.constFind(command);
    const double runs = double(m_runs.constFind(command)->size());
    double allRuns = 0;
    for (const auto& some : m_runs)
        allRuns += double(some.size());
    const auto likelihood = [](double hits, double misses, double meant, double chance) {
        return hits * std::log(meant / chance) + misses * std::log((1 - meant) / (1 - chance));
    };
    constexpr double kNever = -std::numeric_limits<double>::infinity();
    Evidence best{{0, kNever, 0, 1}, kNever};
    for (size_t i = 0; i < kSpansMs.size(); ++i) {
        const double base = (at[i] + 0.5) / (m_messages + 1);
        const double share = (together.messages[i] + kDoubt * base) / (seen + kDoubt);
        const Strength here{std::log(share / base), std::log(share), 0, std::max(1.0, seen / runs)};
        if (here.lift + 2 * here.cover > best.strength.lift + 2 * best.strength.cover)
            best.strength = here;
        const double followed = double(std::count_if(together.runs.begin(), together.runs.end(), [&](size_t span) { return span <= i; }));
        const double anyFollowed = (m_followed.value(signature)[i] + 0.5) / (allRuns + 1);
        const double before = likelihood(together.messages[i], seen - together.messages[i], kThere, std::min(0.9, base));
        const double after = likelihood(followed, runs - followed, kFollows, std::min(0.8, anyFollowed));
        // What is said several times after one command is one coincidence.
        best.cause = std::max(best.cause, before / here.times + std::max(kSeldomAtLeast, after));
    }
    return best;
}

Association::Strength Association::of(const QString& command, const QString& signature) const
{
    if (m_ofSignature.value(signature) < 2)
        return {};
    auto found = m_found.find(signature);
    if (found == m_found.end()) {
        // Of so many commands one or another is there by chance: that much more must be seen.
        const double surprise = 4 + std::log(double(m_ofCommand.size()));
        double all = 1;
        found = m_found.insert(signature, {});
        for (auto known = m_ofCommand.cbegin(); known != m_ofCommand.cend(); ++known)
            if (m_together.contains({known.key(), signature})) {
                const Evidence evidence = evidenceOf(known.key(), signature);
                Strength strength = evidence.strength;
                all += strength.cause = std::exp(std::min(500.0, evidence.cause - surprise));
                found->insert(known.key(), strength);
            }
        for (Strength& strength : *found)
            strength.cause /= all;
    }
    return found->value(command);
}

} // namespace ridealong::correlator
