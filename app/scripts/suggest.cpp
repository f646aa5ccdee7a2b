// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/suggest.h"

#include <vector>

namespace ridealong::scripts {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kMaxTypedCharacters = 100; // the work grows with its square
}

int editDistance(QStringView a, QStringView b, int limit)
{
    if (qAbs(a.size() - b.size()) > limit)
        return limit + 1;
    // Optimal string alignment: three rows of the usual table.
    std::vector<int> before, previous(size_t(b.size()) + 1), row(previous.size());
    for (size_t j = 0; j < previous.size(); ++j)
        previous[j] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = size_t(j);
            const int cost = a[i - 1] == b[j - 1] ? 0 : 1;
            row[at] = std::min({previous[at] + 1, row[at - 1] + 1, previous[at - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[at] = std::min(row[at], before[at - 2] + 1);
        }
        before = std::exchange(previous, row);
    }
    return std::min(previous.back(), limit + 1);
}

QStringList closest(const QString& typed, const QStringList& names, int count)
{
    const QString wanted = typed.left(kMaxTypedCharacters).toCaseFolded();
    if (wanted.isEmpty())
        return {};
    const int limit = std::max(1, int(wanted.size()) / 3);
    QList<std::pair<int, QString>> near;
    for (const QString& name : names) {
        const QString folded = name.toCaseFolded();
        int distance = editDistance(wanted, folded, limit);
        if (wanted.size() >= 2 && (folded.startsWith(wanted) || folded.contains(u' ' + wanted)))
            distance = 0;
        if (distance <= limit && !near.contains(std::pair(distance, name)))
            near += {distance, name};
    }
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    QStringList best;
    for (const auto& [distance, name] : near.mid(0, count))
        best += name;
    return best;
}

QString didYouMean(const QString& typed, const QStringList& names)
{
    QStringList quoted;
    for (const QString& name : closest(typed, names))
        quoted += u'\'' + name + u'\'';
    return quoted.isEmpty() ? QString() : u"; did you mean %1?"_s.arg(quoted.join(u" or "_s));
}

} // namespace ridealong::scripts
