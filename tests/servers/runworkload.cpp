// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/runworkload.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <random>

namespace ridealong::tests {

namespace {

/// Where `@` stands something is put in.
struct Kind
{
    const char* text;
    int weight = 2;
    const char* answer = nullptr; ///< what is said to its question, some time later
};

constexpr Kind kKinds[] = {
    {"hubot ping"},
    {"hubot uptime @", 4},
    {"hubot hosts"},
    {"hubot config @"},
    {"hubot build @", 4},
    {"hubot rollout @", 4},
    {"hubot tail @", 3},
    {"hubot report @", 1},
    {"hubot snippet @"},
    {"hubot trace @"},
    {"hubot flaky @"},
    {"hubot frobnicate @", 1}, // nobody knows it: silence
    {"hubot status @", 4},
    {"hubot health @"},
    {"hubot audit @", 3},
    {"hubot fortune"},
    {"hubot restart @", 3},
    {"hubot graph @", 1},
    {"who is on call?", 1},
    {"hubot db.migrate --env staging", 3, "hubot yes"},
    {"hubot db.migrate --env production", 1, "hubot no"},
    {"hubot db.migrate --env nowhere", 1},
    {"hubot ticket.create --title \"@ is slow\"", 3},
    {"hubot dns.flush", 1},
    {"hubot help", 1},
    {"!load @", 4},
    {"!disk"},
    {"!inspect @", 3},
    {"!job @", 4},
    {"!release staging --version 4.2", 3},
    {"!release nowhere", 1},
    {"!logs @", 3},
    {"!essay @", 1},
    {"!sample @"},
    {"!fail @"},
    {"!nosuch @", 1},
    {"!check @", 4},
    {"!probe @"},
    {"!rotate @", 3},
    {"!joke"},
    {"!notify @", 3},
    {"!later @", 3},
    {"!echo @ is fine", 2},
    {"is @ up?", 1},
};

constexpr std::array kThings{"api", "web", "billing", "search", "mail", "db-1", "web-2", "cache", "auth", "queue", "storage", "gateway"};

constexpr std::array kTalk{"morning all", "is anybody looking at web-2?", "I think hubot is slow today", "did you run !check api already?",
    "ok (3/3) looks good", "brb", "the rollout of billing was mine, sorry", "thanks chloe", "done", "ben: can you restart search later?",
    "which build is on staging?", "dmitri: yes", "why is the backup taking so long", "I will do the migration after lunch", "100 % sure?",
    "chloe: PONG", "no idea", ":)"};

constexpr int kPairPercent = 10; ///< of the commands are said by a second person at once
constexpr int kPairMs = 30;
constexpr int kAnswerAfterMs = 900;

/// The distributions of the standard library differ between libraries, the engine does not.
class Chance
{
public:
    explicit Chance(quint32 seed) : m_engine(seed) {}
    int below(int limit) { return static_cast<int>(m_engine() % static_cast<quint32>(limit)); }
    template <class List> auto of(const List& list) { return list[static_cast<size_t>(below(static_cast<int>(std::size(list))))]; }

private:
    std::mt19937 m_engine;
};

const Kind& anyKind(Chance& chance)
{
    int total = 0;
    for (const Kind& kind : kKinds)
        total += kind.weight;
    int at = chance.below(total);
    for (const Kind& kind : kKinds) {
        if (at < kind.weight)
            return kind;
        at -= kind.weight;
    }
    return kKinds[0];
}

} // namespace

QStringList RunWorkload::people() { return {QStringLiteral("ana"), QStringLiteral("ben"), QStringLiteral("chloe"), QStringLiteral("dmitri")}; }

QList<WorkloadStep> RunWorkload::make(quint32 seed, const Options& options)
{
    Chance chance(seed);
    QList<WorkloadStep> steps;
    const int persons = static_cast<int>(people().size());
    QList<int> answersUntil(persons, 0); // one question at a time: a yes says it to the last one
    int number = 0;
    const auto command = [&](int atMs, int person, const Kind& kind, const QString& text) {
        const QString run = QStringLiteral("c%1").arg(++number);
        steps.append({atMs, person, text, run, true});
        if (kind.answer) {
            answersUntil[person] = atMs + kAnswerAfterMs + kPairMs;
            steps.append({atMs + kAnswerAfterMs, person, QString::fromLatin1(kind.answer), run, false});
        }
    };
    while (number < options.commands) {
        const int atMs = static_cast<int>(qint64(options.spanMs) * number / options.commands) + chance.below(150);
        const int person = chance.below(persons);
        const Kind& kind = anyKind(chance);
        if (kind.answer && answersUntil[person] > atMs)
            continue;
        const QString text = QString::fromLatin1(kind.text).replace(u'@', QLatin1String(chance.of(kThings)));
        command(atMs, person, kind, text);
        if (!kind.answer && number < options.commands && chance.below(100) < kPairPercent)
            command(atMs + chance.below(kPairMs), (person + 1 + chance.below(persons - 1)) % persons, kind, text);
    }
    for (int i = 0; i < options.talk; ++i)
        steps.append({chance.below(options.spanMs), chance.below(persons), QString::fromLatin1(chance.of(kTalk)), {}, false});
    std::stable_sort(steps.begin(), steps.end(), [](const WorkloadStep& a, const WorkloadStep& b) { return a.atMs < b.atMs; });
    return steps;
}

} // namespace ridealong::tests
