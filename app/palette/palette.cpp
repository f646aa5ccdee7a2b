// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "palette/palette.h"

#include <cmath>
#include <unordered_map>

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
    struct KeyHash
    {
        size_t operator()(const Key& key) const { return qHash(key); }
    };
    std::unordered_map<Key, Usage, KeyHash> usage; // addresses stay
    QMultiHash<Key, int> places; ///< in specs
    std::vector<const Usage*> usageOf; ///< by place in specs; null for most
    Matcher matcher;

    double nowInHalfLives() const { return double(clock.nowMs()) / kHalfLifeMs; }
    /// The decayed count of uses, from its logarithm.
    double countOf(const Usage& used) const
    {
        return used.runs > 0 || used.frecency > 0 ? std::exp2(std::min(60.0, used.frecency - nowInHalfLives())) : 0;
    }
    int boostOf(int place) const
    {
        const Usage* used = usageOf[size_t(place)];
        return used ? int(std::lround(std::min(kMaxBoost, 3 * std::log2(1 + countOf(*used))))) : 0;
    }
    void linkUsage()
    {
        usageOf.assign(size_t(specs.size()), nullptr);
        for (const auto& [key, used] : usage)
            for (const int place : places.values(key))
                usageOf[size_t(place)] = &used;
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
    m_data->places.clear();
    for (int place = 0; place < m_data->specs.size(); ++place)
        m_data->places.insert({m_data->specs[place].bot, m_data->specs[place].name}, place);
    m_data->linkUsage();
    emit commandsChanged();
}

const QList<chat::CommandSpec>& Palette::commands() const { return m_data->specs; }

const chat::CommandSpec* Palette::find(const base::UserId& bot, const QString& name) const
{
    const auto places = m_data->places.values({bot, name});
    return places.isEmpty() ? nullptr : &std::as_const(m_data->specs)[*std::min_element(places.begin(), places.end())];
}

void Palette::setUsage(const base::UserId& bot, const QString& name, const Usage& usage)
{
    const Data::Key key{bot, name};
    const auto known = m_data->usage.insert_or_assign(key, usage).first;
    for (const int place : m_data->places.values(key))
        m_data->usageOf[size_t(place)] = &known->second;
}

Usage Palette::usage(const base::UserId& bot, const QString& name) const
{
    const auto known = m_data->usage.find({bot, name});
    return known == m_data->usage.end() ? Usage() : known->second;
}

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
    const auto boost = [&](int item) { return m_data->boostOf(item); };
    std::function<bool(int)> preferred;
    if (!account.isEmpty())
        preferred = [&](int item) { return specs[item].account == account; };
    const auto matches = m_data->matcher.match(text, limit, boost, preferred);
    QList<Candidate> candidates;
    for (const auto& match : matches) {
        const auto& spec = specs[match.item];
        candidates += {&spec, match.score, Matcher::positions(text, spec.name), usage(spec.bot, spec.name)};
    }
    return candidates;
}

} // namespace ridealong::palette
