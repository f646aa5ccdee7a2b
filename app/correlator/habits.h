// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace ridealong::correlator {

/// The last few of something measured.
class Recent
{
public:
    static constexpr qsizetype kKept = 16;

    void add(qint64 value);
    qsizetype count() const { return m_values.size(); }
    qint64 quantile(double share, qint64 fallback) const; ///< of 0…1; the fallback when there is nothing
    bool isAlways(qint64 value) const; ///< at least three times, and never another
    const QList<qint64>& values() const { return m_values; }
    void setValues(const QList<qint64>& values) { m_values = values.last(std::min(values.size(), kKept)); }

    bool operator==(const Recent&) const = default;

private:
    QList<qint64> m_values;
};

/// What one command of one bot usually does, learned from the runs that were seen. Counts are shares: a message that was probably of a
/// command counts as much as it probably was.
struct Habit
{
    static constexpr qsizetype kMaxSignatures = 64;

    double asked = 0; ///< how often the command was given
    double said = 0; ///< messages that answered it
    double called = 0; ///< and of them those that called the asker's name
    int runs = 0; ///< that ended
    Recent firstMs; ///< from the command to its first answer
    Recent gapMs; ///< from one message of an answer to the next
    Recent messages; ///< how many an answer has
    QHash<QString, double> signatures; ///< of messages; a person's correction counts several times, or below zero

    void count(const QString& signature, double share);

    bool operator==(const Habit&) const = default;
};

/// What a message added to a habit, so that it can be taken back when the message turns out to belong elsewhere.
struct Share
{
    QString key;
    QString signature;
    double share = 0;
};
using Shares = QList<Share>;

/// All habits, by bot and command. Kept by its owner: what changed is asked for and stored.
class Habits
{
public:
    static constexpr qsizetype kMaxHabits = 5000; ///< above, the least used are forgotten

    Habit& of(const QString& key);
    const Habit* find(const QString& key) const;
    void changed(const QString& key) { m_changed.insert(key, true); }
    void add(const Shares& shares, double factor = 1);
    /// Those that changed since this was asked last, as stored.
    QHash<QString, QByteArray> takeChanged();
    /// What was stored; nonsense is ignored.
    void load(const QString& key, const QByteArray& json);
    const QHash<QString, Habit>& all() const { return m_habits; }

private:
    QHash<QString, Habit> m_habits;
    QHash<QString, bool> m_changed;
};

QByteArray toJson(const Habit& habit);
std::optional<Habit> habitFromJson(const QByteArray& json);

} // namespace ridealong::correlator
