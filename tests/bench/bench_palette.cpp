// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// One keystroke over many commands, as JSON lines.
#include "palette/matcher.h"

#include "processortime.h"

#include <cstdio>

using namespace ridealong::palette;
using namespace Qt::StringLiterals;

namespace {

std::vector<Matcher::Item> commands(int count)
{
    static const QString kVerbs[] = {u"kubectl"_s, u"deploy"_s, u"restart"_s, u"rollback"_s, u"status"_s, u"migrate"_s, u"terraform"_s, u"backup"_s};
    static const QString kNouns[]
        = {u"service"_s, u"database"_s, u"staging"_s, u"production"_s, u"cluster"_s, u"gateway"_s, u"billing"_s, u"search-index"_s};
    std::vector<Matcher::Item> items;
    quint64 state = 1;
    const auto next = [&] { return quint32((state = state * 6364136223846793005ull + 1442695040888963407ull) >> 33); };
    for (int i = 0; i < count; ++i)
        items.push_back(
            {kVerbs[next() % 8] + u' ' + kNouns[next() % 8] + u' ' + kNouns[next() % 8] + u" --env "_s + QString::number(next() % 100'000, 36), {},
                {}});
    return items;
}

void measure(int count, const char* goal)
{
    Matcher matcher;
    matcher.setItems(commands(count));
    std::vector<double> times;
    for (const QString& query : {u"kubprod"_s, u"depstag"_s, u"restart gate"_s, u"zzzzq"_s, u"mig bill"_s, u"kpr"_s}) {
        for (int round = 0; round < (count > 500'000 ? 2 : 6); ++round) {
            for (int length = 1; length <= query.size(); ++length) {
                const auto begin = ridealong::bench::processorMs();
                (void)matcher.match(query.left(length), 100);
                times.push_back(ridealong::bench::processorMs() - begin);
            }
        }
    }
    std::sort(times.begin(), times.end());
    const auto tell = [&](const char* what, double value, const char* wanted) {
        std::printf("{\"id\":\"palette\",\"quantity\":\"keystroke over %d commands, %s\",\"value\":%.3f,\"unit\":\"ms\",\"goal\":\"%s\"}\n", count,
            what, value, wanted);
    };
    tell("median", times[times.size() / 2], "");
    tell("p99", times[times.size() * 99 / 100], goal);
}

} // namespace

int main()
{
    measure(100'000, "<= 3");
    measure(1'000'000, "<= 40");
    return 0;
}
