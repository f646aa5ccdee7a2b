// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "workspace/runjson.h"

#include "correlator/address.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using correlator::CorrelatedRun;
using correlator::Evidence;

namespace {

template <typename Ids> QJsonArray toArray(const Ids& ids)
{
    QJsonArray made;
    for (const auto& id : ids)
        made += id.text();
    return made;
}

} // namespace

store::StoredRun toStored(const CorrelatedRun& run)
{
    store::StoredRun stored{{run.report, run.keys.narrow}, {}, {}};
    stored.rest = QJsonDocument(
        QJsonObject{{u"commands"_s, toArray(run.commands)}, {u"bots"_s, toArray(run.candidates)}, {u"names"_s, QJsonArray::fromStringList(run.names)},
            {u"sign"_s, run.sign}, {u"told"_s, run.told}, {u"seq"_s, run.toldSequence}, {u"execution"_s, run.execution},
            {u"answers"_s, QJsonArray::fromStringList(run.answers)}, {u"heard"_s, run.isHeard}, {u"done"_s, run.isDone}, {u"time"_s, run.causeTimeMs},
            {u"order"_s, QString::number(run.causeOrder)}, {u"others"_s, run.othersMayAnswer}, {u"stirred"_s, run.stirredMs},
            {u"reacted"_s, run.reacted ? chat::toString(*run.reacted) : QString()}})
                      .toJson(QJsonDocument::Compact);
    for (const correlator::Part& part : run.parts)
        stored.parts.append({part.message, part.text, part.timeMs, part.order, part.isCut, int(part.evidence), part.confidence});
    return stored;
}

std::optional<CorrelatedRun> runFromStored(const store::StoredRun& stored)
{
    const QJsonObject rest = QJsonDocument::fromJson(stored.rest).object();
    const auto texts = [&](const QString& key) {
        QStringList read;
        for (const QJsonValue& value : rest[key].toArray())
            read += value.toString();
        return read;
    };
    CorrelatedRun run;
    run.report = stored.record.report;
    for (const QString& command : texts(u"commands"_s))
        run.commands += base::MessageId(command);
    for (const QString& bot : texts(u"bots"_s))
        run.candidates += base::UserId(bot);
    if (run.commands.isEmpty() || run.candidates.isEmpty())
        return std::nullopt;
    run.names = texts(u"names"_s);
    run.sign = rest[u"sign"_s].toString();
    run.told = rest[u"told"_s].toString();
    run.toldSequence = rest[u"seq"_s].toInteger(-1);
    run.execution = rest[u"execution"_s].toString();
    run.answers = texts(u"answers"_s);
    run.isHeard = rest[u"heard"_s].toBool();
    run.isDone = rest[u"done"_s].toBool();
    run.causeTimeMs = rest[u"time"_s].toInteger();
    run.causeOrder = rest[u"order"_s].toString().toLongLong();
    run.othersMayAnswer = rest[u"others"_s].toBool();
    run.stirredMs = rest[u"stirred"_s].toInteger();
    run.reacted = chat::runStateFromString(rest[u"reacted"_s].toString());
    run.keys = correlator::keysOf(run.report.command);
    for (const store::StoredPart& part : stored.parts) {
        const auto evidence = Evidence(std::clamp(part.evidence, int(Evidence::Guessed), int(Evidence::ByHand)));
        run.parts.append({part.message, part.text, part.timeMs, part.order, part.isCut, evidence, std::clamp(part.confidence, 0, 100), {}});
    }
    return run;
}

} // namespace ridealong::workspace
