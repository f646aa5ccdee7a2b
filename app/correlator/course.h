// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace ridealong::correlator {

struct Saying;

/// How far an answer has come, as its own words tell.
struct Course
{
    QString signature; ///< of the last message, see Saying
    QString frame; ///< of it, see frameOf
    std::optional<int> percent; ///< in it
    QList<qint64> numbers; ///< in its first line
    QList<qint64> step; ///< to them from those of the message before, where both are alike
    int open = 0; ///< brackets that wait for their other half

    void take(const Saying& saying, const QString& signatureOfIt);

    bool operator==(const Course&) const = default;
};

/// A signature whose words may be any: what an INFO and a WARN of the same log have in common.
QString frameOf(QStringView signature);
/// From some numbers to as many others, one by one; empty when they are not as many.
QList<qint64> stepBetween(const QList<qint64>& from, const QList<qint64>& to);

} // namespace ridealong::correlator
