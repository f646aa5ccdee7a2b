// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/profile.h"

#include <memory>
#include <vector>

namespace ridealong::correlator {

/// All profiles: those that are shipped, and a user's own, which take the place of a shipped one with the same id.
class ProfileBook
{
public:
    struct Problem
    {
        QString file;
        QString what;
    };

    /// Reads every *.json of the folders, the later ones over the earlier. What cannot be read is a problem, not an end.
    void load(const QStringList& folders);
    const QList<Problem>& problems() const { return m_problems; }

    const std::vector<std::shared_ptr<const BotProfile>>& profiles() const { return m_profiles; }
    const BotProfile* find(QStringView id) const;
    /// For a bot of that name, of which nothing else is known. Never null: "plain" is there even when no file is.
    const BotProfile* forName(QStringView name) const;
    /// Somebody called so is a bot, whatever else is known: "hubot", "hubot2". Null: no profile says that.
    const BotProfile* naming(QStringView name) const;
    /// Whose words these are; null when nobody's in particular.
    const BotProfile* forSaying(const QString& line) const;

private:
    std::vector<std::shared_ptr<const BotProfile>> m_profiles;
    QList<Problem> m_problems;
};

} // namespace ridealong::correlator
