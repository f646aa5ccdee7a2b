// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/valuejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ridealong::store {

using namespace Qt::StringLiterals;

namespace {

QString written(const QJsonArray& array) { return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact)); }
QJsonArray read(const QString& column) { return QJsonDocument::fromJson(column.toUtf8()).array(); }

QStringList texts(const QJsonValue& value)
{
    QStringList list;
    for (const QJsonValue& item : value.toArray())
        list += item.toString();
    return list;
}

QJsonObject toObject(const chat::Argument& argument)
{
    QJsonObject object{{u"name"_s, argument.name}, {u"help"_s, argument.help}, {u"type"_s, chat::toString(argument.type)},
        {u"option"_s, argument.option}, {u"required"_s, argument.required}, {u"repeats"_s, argument.repeats},
        {u"choices"_s, QJsonArray::fromStringList(argument.choices)}, {u"default"_s, argument.defaultValue}};
    if (argument.minimum)
        object[u"minimum"_s] = *argument.minimum;
    if (argument.maximum)
        object[u"maximum"_s] = *argument.maximum;
    return object;
}

chat::Argument toArgument(const QJsonObject& object)
{
    chat::Argument argument;
    argument.name = object[u"name"_s].toString();
    argument.help = object[u"help"_s].toString();
    argument.type = chat::argumentTypeFromString(object[u"type"_s].toString()).value_or(chat::ArgumentType::Text);
    argument.option = object[u"option"_s].toString();
    argument.required = object[u"required"_s].toBool();
    argument.repeats = object[u"repeats"_s].toBool();
    argument.choices = texts(object[u"choices"_s]);
    argument.defaultValue = object[u"default"_s].toString();
    if (object.contains(u"minimum"_s))
        argument.minimum = object[u"minimum"_s].toInteger();
    if (object.contains(u"maximum"_s))
        argument.maximum = object[u"maximum"_s].toInteger();
    return argument;
}

} // namespace

QString toColumn(const QList<chat::Reaction>& reactions)
{
    if (reactions.isEmpty())
        return {};
    QJsonArray array;
    for (const chat::Reaction& reaction : reactions) {
        QJsonArray by;
        for (const base::UserId& user : reaction.by)
            by.append(user.text());
        array.append(QJsonArray{reaction.emoji, by});
    }
    return written(array);
}

QList<chat::Reaction> reactionsFromColumn(const QString& column)
{
    QList<chat::Reaction> reactions;
    if (column.isEmpty())
        return reactions;
    for (const QJsonValue& item : read(column)) {
        chat::Reaction reaction{item[0].toString(), {}};
        for (const QString& user : texts(item[1]))
            reaction.by.append(base::UserId(user));
        reactions.append(reaction);
    }
    return reactions;
}

QString toColumn(const QList<chat::Attachment>& attachments)
{
    if (attachments.isEmpty())
        return u""_s; // the columns are NOT NULL
    QJsonArray array;
    for (const chat::Attachment& file : attachments)
        array.append(QJsonObject{{u"id"_s, file.id.text()}, {u"name"_s, file.name}, {u"type"_s, file.mediaType}, {u"bytes"_s, file.bytes},
            {u"width"_s, file.pixels.width()}, {u"height"_s, file.pixels.height()}, {u"path"_s, file.path}});
    return written(array);
}

QList<chat::Attachment> attachmentsFromColumn(const QString& column)
{
    QList<chat::Attachment> attachments;
    if (column.isEmpty())
        return attachments;
    for (const QJsonValue& item : read(column))
        attachments.append({base::FileId(item[u"id"_s].toString()), item[u"name"_s].toString(), item[u"type"_s].toString(),
            item[u"bytes"_s].toInteger(-1), QSize(item[u"width"_s].toInt(-1), item[u"height"_s].toInt(-1)), item[u"path"_s].toString()});
    return attachments;
}

QString toColumn(const QList<chat::Member>& members)
{
    QJsonArray array;
    for (const chat::Member& member : members)
        array.append(QJsonArray{member.user.text(), member.name, member.bot});
    return written(array);
}

QList<chat::Member> membersFromColumn(const QString& column)
{
    QList<chat::Member> members;
    for (const QJsonValue& item : read(column)) // presence is not kept: nobody is online in what was stored yesterday
        members.append({base::UserId(item[0].toString()), item[1].toString(), item[2].toBool(), chat::Presence::Offline});
    return members;
}

QString toColumn(const QList<chat::CommandSpec>& specs)
{
    QJsonArray array;
    for (const chat::CommandSpec& spec : specs) {
        QJsonArray arguments;
        for (const chat::Argument& argument : spec.arguments)
            arguments.append(toObject(argument));
        array.append(QJsonObject{{u"name"_s, spec.name}, {u"prefix"_s, spec.prefix}, {u"title"_s, spec.title}, {u"help"_s, spec.help},
            {u"arguments"_s, arguments}, {u"risk"_s, chat::toString(spec.risk)}, {u"environment"_s, spec.environment}, {u"source"_s, spec.source},
            {u"examples"_s, QJsonArray::fromStringList(spec.examples)}, {u"dialog"_s, spec.dialog}, {u"node"_s, spec.node}});
    }
    return written(array);
}

QList<chat::CommandSpec> specsFromColumn(const QString& column, const base::AccountId& account, const base::UserId& bot)
{
    QList<chat::CommandSpec> specs;
    for (const QJsonValue& item : read(column)) {
        chat::CommandSpec spec;
        spec.account = account;
        spec.bot = bot;
        spec.name = item[u"name"_s].toString();
        spec.prefix = item[u"prefix"_s].toString();
        spec.title = item[u"title"_s].toString();
        spec.help = item[u"help"_s].toString();
        for (const QJsonValue& argument : item[u"arguments"_s].toArray())
            spec.arguments.append(toArgument(argument.toObject()));
        spec.risk = chat::riskFromString(item[u"risk"_s].toString());
        spec.environment = item[u"environment"_s].toString();
        spec.source = item[u"source"_s].toString();
        spec.examples = texts(item[u"examples"_s]);
        spec.dialog = item[u"dialog"_s].toBool();
        spec.node = item[u"node"_s].toString();
        specs.append(spec);
    }
    return specs;
}

} // namespace ridealong::store
