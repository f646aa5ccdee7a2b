// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "workspace/usagejson.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace ridealong::workspace {

using namespace Qt::StringLiterals;

QByteArray usageToJson(const palette::Usage& usage)
{
    return QJsonDocument(QJsonObject{{u"frecency"_s, usage.frecency}, {u"runs"_s, usage.runs}, {u"succeeded"_s, usage.succeeded},
                             {u"lastAtMs"_s, usage.lastAtMs}, {u"lastBy"_s, usage.lastBy}, {u"typicalMs"_s, usage.typicalMs}})
        .toJson(QJsonDocument::Compact);
}

std::optional<palette::Usage> usageFromJson(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.isEmpty())
        return std::nullopt;
    palette::Usage usage;
    usage.frecency = object[u"frecency"_s].toDouble();
    usage.runs = object[u"runs"_s].toInt();
    usage.succeeded = object[u"succeeded"_s].toInt();
    usage.lastAtMs = object[u"lastAtMs"_s].toInteger();
    usage.lastBy = object[u"lastBy"_s].toString();
    usage.typicalMs = object[u"typicalMs"_s].toInteger();
    return usage;
}

} // namespace ridealong::workspace
