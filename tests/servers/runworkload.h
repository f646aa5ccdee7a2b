// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace ridealong::tests {

/// Something that one of the people says.
struct WorkloadStep
{
    int atMs = 0;
    int person = 0; ///< index in RunWorkload::people()
    QString text;
    QString run; ///< "c17", of which this is the command or an answer to its question; empty: it is talk
    bool isCommand = false;
};

/// What four people ask of a Hubot and an Errbot in one room, made of a seed: all kinds of commands of tests/servers/hubot/workload and
/// tests/servers/errbot-workload, some twice at once by two people, some that nobody knows, and talk between. It tries to be a busy
/// morning, so what answers take overlaps all the time.
class RunWorkload
{
public:
    struct Options
    {
        int commands = 200;
        int spanMs = 55'000; ///< when the last one is said
        int talk = 60; ///< how often they speak to each other
    };
    static QStringList people(); ///< their nicks
    static QList<WorkloadStep> make(quint32 seed, const Options& options);
    static QList<WorkloadStep> make(quint32 seed) { return make(seed, Options{}); }
    static constexpr int kLongestAnswerMs = 5'000; ///< after the last step everything was said
};

} // namespace ridealong::tests
