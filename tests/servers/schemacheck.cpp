// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/schemacheck.h"

#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>
#include <QUrl>

#include <cmath>
#include <functional>

namespace ridealong::tests {

namespace {

using Check = std::function<QString(const QJsonValue& rule, const QJsonObject& schema, const QJsonValue& value, const QString& where)>;

QString unless(bool fits, const QString& offence) { return fits ? QString() : offence; }

bool isOfType(const QString& type, const QJsonValue& value)
{
    if (type == u"integer")
        return value.isDouble() && std::trunc(value.toDouble()) == value.toDouble();
    return (type == u"object" && value.isObject()) || (type == u"array" && value.isArray()) || (type == u"string" && value.isString())
        || (type == u"boolean" && value.isBool()) || (type == u"number" && value.isDouble());
}

bool isOfFormat(const QString& format, const QString& text)
{
    if (format == u"date-time")
        return QDateTime::fromString(text, Qt::ISODateWithMs).isValid() && text.contains(u'T');
    const QUrl url(text, QUrl::StrictMode);
    return (format == u"uri-reference" && url.isValid()) || (format == u"uri" && url.isValid() && !url.isRelative());
}

QString checkProperties(const QJsonValue& rule, const QJsonObject& schema, const QJsonValue& value, const QString& where)
{
    const QJsonObject properties = rule.toObject();
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString at = where + u'.' + it.key();
        if (!properties.contains(it.key())) {
            if (schema.value(QLatin1String("additionalProperties")) == QJsonValue(false))
                return at + QStringLiteral(" is not foreseen");
            continue;
        }
        if (const QString offence = schemaOffence(properties.value(it.key()).toObject(), it.value(), at); !offence.isEmpty())
            return offence;
    }
    return {};
}

QString checkConditions(const QJsonValue& rule, const QJsonObject&, const QJsonValue& value, const QString& where)
{
    for (const QJsonValue each : rule.toArray())
        if (const QString offence = schemaOffence(each.toObject(), value, where); !offence.isEmpty())
            return offence;
    return {};
}

/// Those that only describe, and those that another one looks at, check nothing themselves.
QString nothing(const QJsonValue&, const QJsonObject&, const QJsonValue&, const QString&) { return {}; }

QHash<QString, Check> checks()
{
    using V = const QJsonValue&;
    using O = const QJsonObject&;
    using S = const QString&;
    QHash<QString, Check> all;
    for (const char* name : {"$schema", "$id", "title", "description", "additionalProperties", "then"})
        all.insert(QLatin1String(name), nothing);
    all[QStringLiteral("properties")] = checkProperties;
    all[QStringLiteral("allOf")] = checkConditions;
    all[QStringLiteral("type")] = [](V r, O, V v, S at) { return unless(isOfType(r.toString(), v), at + QStringLiteral(" is no ") + r.toString()); };
    all[QStringLiteral("const")] = [](V r, O, V v, S at) { return unless(r == v, at + QStringLiteral(" is another value")); };
    all[QStringLiteral("enum")] = [](V r, O, V v, S at) { return unless(r.toArray().contains(v), at + QStringLiteral(" is none of the values")); };
    all[QStringLiteral("required")] = [](V r, O, V v, S at) {
        for (const QJsonValue name : r.toArray())
            if (v.isObject() && !v.toObject().contains(name.toString()))
                return at + QStringLiteral(" has no ") + name.toString();
        return QString();
    };
    all[QStringLiteral("minLength")]
        = [](V r, O, V v, S at) { return unless(v.toString().size() >= r.toInt(), at + QStringLiteral(" is too short")); };
    all[QStringLiteral("maxLength")]
        = [](V r, O, V v, S at) { return unless(v.toString().size() <= r.toInt(), at + QStringLiteral(" is too long")); };
    all[QStringLiteral("maxItems")] = [](V r, O, V v, S at) { return unless(v.toArray().size() <= r.toInt(), at + QStringLiteral(" has too many")); };
    all[QStringLiteral("maxProperties")]
        = [](V r, O, V v, S at) { return unless(v.toObject().size() <= r.toInt(), at + QStringLiteral(" has too many")); };
    all[QStringLiteral("minimum")] = [](V r, O, V v, S at) { return unless(v.toDouble() >= r.toDouble(), at + QStringLiteral(" is too small")); };
    all[QStringLiteral("maximum")] = [](V r, O, V v, S at) { return unless(v.toDouble() <= r.toDouble(), at + QStringLiteral(" is too large")); };
    all[QStringLiteral("format")]
        = [](V r, O, V v, S at) { return unless(isOfFormat(r.toString(), v.toString()), at + QStringLiteral(" is no ") + r.toString()); };
    all[QStringLiteral("pattern")] = [](V r, O, V v, S at) {
        return unless(QRegularExpression(r.toString()).match(v.toString()).hasMatch(), at + QStringLiteral(" looks otherwise"));
    };
    all[QStringLiteral("items")] = [](V r, O, V v, S at) {
        for (const QJsonValue item : v.toArray())
            if (const QString offence = schemaOffence(r.toObject(), item, at + QStringLiteral("[]")); !offence.isEmpty())
                return offence;
        return QString();
    };
    all[QStringLiteral("propertyNames")] = [](V r, O, V v, S at) {
        for (const QString& name : v.toObject().keys())
            if (const QString offence = schemaOffence(r.toObject(), name, at + u'.' + name); !offence.isEmpty())
                return offence;
        return QString();
    };
    all[QStringLiteral("if")] = [](V r, O s, V v, S at) {
        return schemaOffence(r.toObject(), v, at).isEmpty() ? schemaOffence(s.value(QLatin1String("then")).toObject(), v, at) : QString();
    };
    return all;
}

} // namespace

QString schemaOffence(const QJsonObject& schema, const QJsonValue& value, const QString& where)
{
    static const QHash<QString, Check> known = checks();
    for (auto it = schema.begin(); it != schema.end(); ++it) {
        const Check check = known.value(it.key());
        if (!check)
            return QStringLiteral("the schema's keyword %1 is unknown here").arg(it.key());
        if (const QString offence = check(it.value(), schema, value, where); !offence.isEmpty())
            return offence;
    }
    return {};
}

} // namespace ridealong::tests
