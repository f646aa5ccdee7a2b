// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/bundletable.h"

#include "base/csv.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace ridealong::correlator {

using namespace Qt::StringLiterals;

namespace {

/// In a cell, in one line.
QString cellOf(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double: return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)).sliced(1).chopped(1);
    case QJsonValue::String: return value.toString().replace(u'\n', u' ');
    case QJsonValue::Array: return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object: return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    default: return {};
    }
}

} // namespace

QString tableText(const QJsonObject& resource)
{
    const QJsonArray fields = resource[u"schema"_s][u"fields"_s].toArray();
    const QJsonArray records = resource[u"data"_s].toArray();
    if (fields.isEmpty() || records.isEmpty() || fields.size() > kMaxTableFields || records.size() > kMaxTableRecords)
        return {};
    QStringList names;
    QStringList titles;
    for (const QJsonValue& field : fields) {
        names += field[u"name"_s].toString();
        titles += field[u"title"_s].toString(names.last()).replace(u'\n', u' ');
        if (names.last().isEmpty())
            return {};
    }
    QString text = base::csvLine(titles);
    for (const QJsonValue& record : records) {
        if (!record.isObject() && !record.isArray())
            return {};
        QStringList cells;
        for (qsizetype i = 0; i < names.size(); ++i)
            cells += cellOf(record.isArray() ? record[i] : record[names[i]]);
        text += u'\n' + base::csvLine(cells);
    }
    return text;
}

} // namespace ridealong::correlator
