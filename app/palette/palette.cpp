// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "palette/palette.h"

#include <cmath>

namespace ridealong::palette {
namespace {

constexpr double kHalfLifeMs = 14.0 * 24 * 3600 * 1000;
/// Below one full word boundary: what was typed decides, use breaks ties.
constexpr double kMaxBoost = 12;
/// Durations of the past weigh like this many against a new one.
constexpr int kTypicalWindow = 8;

} // namespace

struct Palette::Data
{
    explicit Data(base::Clock& c) : clock(c) {}

    struct Key
    {
        base::UserId bot;
        QString name;
        bool operator==(const Key&) const = default;
        friend size_t qHash(const Key& key, size_t seed = 0) { return qHashMulti(seed, key.bot, key.name); }
    };

    base::Clock& clock;
    QList<chat::CommandSpec> specs;
    QHash<Key, Usage> usage;
    Matcher matcher;

    double nowInHalfLives() const { return double(clock.nowMs()) / kHalfLifeMs; }
    /// The decayed count of uses, from its logarithm.
    double countOf(const Usage& used) const { return used.runs > 0 || used.frecency > 0 ? std::exp2(std::min(60.0, used.frecency - nowInHalfLives())) : 0; }
    int boostOf(const chat::CommandSpec& spec) const
    {
        const auto known = usage.constFind({spec.bot, spec.name});
        return known == usage.constEnd() ? 0 : int(std::lround(std::min(kMaxBoost, 3 * std::log2(1 + countOf(*known)))));
    }
};

Palette::Palette(base::Clock& clock, QObject* parent) : QObject(parent), m_data(std::make_unique<Data>(clock)) {}
Palette::~Palette() = default;

void Palette::setCommands(const base::AccountId& account, const base::UserId& bot, const QList<chat::CommandSpec>& specs)
{
    QList<chat::CommandSpec> own = specs;
    for (auto& spec : own) {
        spec.account = account;
        spec.bot = bot;
    }
    QList<chat::CommandSpec> all;
    QList<chat::CommandSpec> before;
    for (const auto& spec : std::as_const(m_data->specs))
        (spec.account == account && spec.bot == bot ? before : all) += spec;
    if (before == own)
        return;
    m_data->specs = all + own;
    std::vector<Matcher::Item> items;
    items.reserve(size_t(m_data->specs.size()));
    for (const auto& spec : std::as_const(m_data->specs))
        items.push_back({spec.name, spec.prefix + spec.name, spec.title.left(512)});
    m_data->matcher.setItems(items);
    emit commandsChanged();
}

const QList<chat::CommandSpec>& Palette::commands() const { return m_data->specs; }

const chat::CommandSpec* Palette::find(const base::UserId& bot, const QString& name) const
{
    const auto& specs = std::as_const(m_data->specs);
    const auto found = std::find_if(specs.begin(), specs.end(), [&](const auto& spec) { return spec.bot == bot && spec.name == name; });
    return found == specs.end() ? nullptr : &*found;
}

void Palette::setUsage(const base::UserId& bot, const QString& name, const Usage& usage) { m_data->usage.insert({bot, name}, usage); }

Usage Palette::usage(const base::UserId& bot, const QString& name) const { return m_data->usage.value({bot, name}); }

Usage Palette::used(Usage usage, const QString& by, bool succeeded, qint64 durationMs) const
{
    // log2(2^old + 2^now): adding one use of weight 2^now is the same as letting all older ones decay.
    const double now = m_data->nowInHalfLives();
    if (usage.runs == 0 && usage.frecency <= 0)
        usage.frecency = now;
    else if (usage.frecency > now)
        usage.frecency += std::log2(1 + std::exp2(now - usage.frecency));
    else
        usage.frecency = now + std::log2(1 + std::exp2(usage.frecency - now));
    ++usage.runs;
    usage.succeeded += succeeded ? 1 : 0;
    usage.lastAtMs = m_data->clock.nowMs();
    usage.lastBy = by;
    if (durationMs > 0) {
        // A running estimate of the median: a step towards each new value, so that one long run does not pull it away.
        if (usage.typicalMs == 0)
            usage.typicalMs = durationMs;
        else {
            const qint64 step = std::max<qint64>(1, usage.typicalMs / std::min(usage.runs, kTypicalWindow));
            usage.typicalMs += std::clamp(durationMs - usage.typicalMs, -step, step);
        }
    }
    return usage;
}

QList<Candidate> Palette::query(const QString& text, const base::AccountId& account, int limit) const
{
    const auto& specs = std::as_const(m_data->specs);
    const auto boost = [&](int item) { return m_data->boostOf(specs[item]); };
    const bool prefersAccount = !account.isEmpty();
    auto matches = m_data->matcher.match(text, prefersAccount ? int(specs.size()) : limit, boost);
    if (prefersAccount)
        std::stable_sort(matches.begin(), matches.end(), [&](const auto& a, const auto& b) {
            if (a.score != b.score)
                return a.score > b.score;
            return specs[a.item].account == account && specs[b.item].account != account;
        });
    QList<Candidate> candidates;
    for (const auto& match : matches) {
        if (candidates.size() >= limit)
            break;
        const auto& spec = specs[match.item];
        candidates += {&spec, match.score, Matcher::positions(text, spec.name), usage(spec.bot, spec.name)};
    }
    return candidates;
}

} // namespace ridealong::palette
