// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/commandspec.h"
#include "palette/matcher.h"

#include <QHash>
#include <QObject>

namespace ridealong::palette {

/// How a command was used: its frecency (log domain, so it never needs re-scoring) and the tribal knowledge of the row.
struct Usage
{
    double frecency = 0; ///< log2 of the decayed count; see Palette::used
    int runs = 0;
    int succeeded = 0;
    qint64 lastAtMs = 0;
    QString lastBy;
    qint64 typicalMs = 0; ///< median of what was seen

    bool operator==(const Usage&) const = default;
};

struct Candidate
{
    const chat::CommandSpec* spec = nullptr; ///< valid until the specs change
    int score = 0;
    std::vector<int> matched; ///< UTF-16 positions in spec->name
    Usage usage;
};

/// Every command of every bot of every account, ranked for what was typed.
class Palette : public QObject
{
    Q_OBJECT
public:
    explicit Palette(base::Clock& clock, QObject* parent = nullptr);
    ~Palette() override;

    /// Replaces the commands of one bot. Keeps what is known of others, so it works offline from what was stored.
    void setCommands(const base::AccountId& account, const base::UserId& bot, const QList<chat::CommandSpec>& specs);
    const QList<chat::CommandSpec>& commands() const;
    const chat::CommandSpec* find(const base::UserId& bot, const QString& name) const;

    /// A run of that command ended (or began, with duration 0).
    void setUsage(const base::UserId& bot, const QString& name, const Usage& usage);
    Usage usage(const base::UserId& bot, const QString& name) const;
    /// `usage` after one more use now: frecency decays with a half-life of 14 days.
    Usage used(Usage usage, const QString& by, bool succeeded, qint64 durationMs) const;

    /// Best first. `account` (may be empty) comes before others on equal score.
    QList<Candidate> query(const QString& text, const base::AccountId& account, int limit) const;

signals:
    void commandsChanged();

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::palette
