// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

namespace ridealong::bench {

/// One measured quantity, printed as a line of JSON that `benchtable` understands.
struct Result
{
    QString id; ///< of the table in the goals: "start", "echo" …
    QString quantity; ///< for people: "exec → first painted window, median"
    double value = 0;
    QString unit; ///< "ms", "MB", "MB/s" …
    std::optional<double> goal;
    bool higherIsBetter = false;
    QString peer; ///< empty: none was measured
    std::optional<double> peerValue;
};

inline void print(const Result& result)
{
    QJsonObject line{{QStringLiteral("id"), result.id}, {QStringLiteral("quantity"), result.quantity}, {QStringLiteral("value"), result.value},
        {QStringLiteral("unit"), result.unit},
        {QStringLiteral("better"), result.higherIsBetter ? QStringLiteral("higher") : QStringLiteral("lower")}};
    if (result.goal)
        line.insert(QStringLiteral("goal"), *result.goal);
    if (!result.peer.isEmpty() && result.peerValue) {
        line.insert(QStringLiteral("peer"), result.peer);
        line.insert(QStringLiteral("peerValue"), *result.peerValue);
        if (*result.peerValue != 0)
            line.insert(QStringLiteral("ratio"), result.value / *result.peerValue);
    }
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

/// The value below which `share` (0…1) of the samples lie, by nearest rank; 0 for no samples.
inline double percentile(std::vector<double> samples, double share)
{
    if (samples.empty())
        return 0;
    std::sort(samples.begin(), samples.end());
    const auto rank = static_cast<size_t>(share * static_cast<double>(samples.size() - 1) + 0.5);
    return samples[std::min(rank, samples.size() - 1)];
}
inline double median(const std::vector<double>& samples) { return percentile(samples, 0.5); }

} // namespace ridealong::bench
