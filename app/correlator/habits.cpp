// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/habits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ridealong::correlator {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMaxCount = 1'000'000;
constexpr double kLeastKept = 0.02; ///< of a count; less is forgotten

QJsonArray toArray(const Recent& recent)
{
    QJsonArray made;
    for (const qint64 value : recent.values())
        made += value;
    return made;
}

Recent recentFrom(const QJsonValue& value)
{
    QList<qint64> values;
    for (const QJsonValue& one : value.toArray())
        if (values.size() < Recent::kKept)
            values += std::max<qint64>(0, one.toInteger());
    Recent made;
    made.setValues(values);
    return made;
}

QJsonObject toObject(const QHash<QString, double>& counts)
{
    QJsonObject made;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        made.insert(it.key(), it.value());
    return made;
}

double countFrom(const QJsonValue& value) { return std::clamp(value.toDouble(), -kMaxCount, kMaxCount); }

QHash<QString, double> countsFrom(const QJsonValue& value)
{
    QHash<QString, double> made;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end() && made.size() < Habit::kMaxSignatures; ++it)
        made.insert(it.key(), countFrom(*it));
    return made;
}

} // namespace

void Recent::add(qint64 value)
{
    m_values += value;
    if (m_values.size() > kKept)
        m_values.removeFirst();
}

qint64 Recent::quantile(double share, qint64 fallback) const
{
    if (m_values.isEmpty())
        return fallback;
    QList<qint64> sorted = m_values;
    std::sort(sorted.begin(), sorted.end());
    return sorted[std::min(sorted.size() - 1, qsizetype(share * double(sorted.size())))];
}

bool Recent::isAlways(qint64 value) const
{
    return m_values.size() >= 3 && std::all_of(m_values.begin(), m_values.end(), [value](qint64 known) { return known == value; });
}

void Habit::count(const QString& signature, double share)
{
    const auto known = signatures.find(signature);
    if (known != signatures.end()) {
        if (*known >= 0) // what a person said stays
            *known += share;
        if (std::abs(*known) < kLeastKept)
            signatures.erase(known);
        return;
    }
    if (share < kLeastKept)
        return;
    if (signatures.size() >= kMaxSignatures) {
        auto least = signatures.begin();
        for (auto it = signatures.begin(); it != signatures.end(); ++it)
            if (*it < *least)
                least = it;
        signatures.erase(least);
    }
    signatures.insert(signature, share);
}

void Habits::add(const Shares& shares, double factor)
{
    for (const Share& one : shares) {
        of(one.key).count(one.signature, one.share * factor);
        changed(one.key);
    }
}

Habit& Habits::of(const QString& key)
{
    if (m_habits.size() >= kMaxHabits && !m_habits.contains(key)) {
        auto least = m_habits.begin();
        for (auto it = m_habits.begin(); it != m_habits.end(); ++it)
            if (it->runs < least->runs)
                least = it;
        m_changed.remove(least.key());
        m_habits.erase(least);
    }
    return m_habits[key];
}

const Habit* Habits::find(const QString& key) const
{
    const auto found = m_habits.constFind(key);
    return found == m_habits.cend() ? nullptr : &*found;
}

QHash<QString, QByteArray> Habits::takeChanged()
{
    QHash<QString, QByteArray> taken;
    for (auto it = m_changed.cbegin(); it != m_changed.cend(); ++it)
        if (const Habit* habit = find(it.key()))
            taken.insert(it.key(), toJson(*habit));
    m_changed.clear();
    return taken;
}

void Habits::load(const QString& key, const QByteArray& json)
{
    if (const auto habit = habitFromJson(json); habit && m_habits.size() < kMaxHabits)
        m_habits.insert(key, *habit);
}

QByteArray toJson(const Habit& habit)
{
    return QJsonDocument(QJsonObject{{u"asked"_s, habit.asked}, {u"said"_s, habit.said}, {u"called"_s, habit.called}, {u"runs"_s, habit.runs},
                             {u"first"_s, toArray(habit.firstMs)}, {u"gap"_s, toArray(habit.gapMs)}, {u"messages"_s, toArray(habit.messages)},
                             {u"signatures"_s, toObject(habit.signatures)}})
        .toJson(QJsonDocument::Compact);
}

std::optional<Habit> habitFromJson(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.isEmpty())
        return std::nullopt;
    Habit habit;
    habit.asked = countFrom(object[u"asked"_s]);
    habit.said = countFrom(object[u"said"_s]);
    habit.called = countFrom(object[u"called"_s]);
    habit.runs = int(std::max(0.0, countFrom(object[u"runs"_s])));
    habit.firstMs = recentFrom(object[u"first"_s]);
    habit.gapMs = recentFrom(object[u"gap"_s]);
    habit.messages = recentFrom(object[u"messages"_s]);
    habit.signatures = countsFrom(object[u"signatures"_s]);
    return habit;
}

} // namespace ridealong::correlator
