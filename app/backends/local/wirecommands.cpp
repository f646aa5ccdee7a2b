// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/limits.h"
#include "local/wirevalues.h"

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxArguments = 64;
constexpr int kMaxChoices = 256;
constexpr int kMaxHelpLength = 16 << 10;
constexpr int kMaxWordLength = 1024;

QCborMap encodeArgument(const chat::Argument& argument)
{
    QCborMap map{{"name"_L1, argument.name}, {"help"_L1, argument.help.left(kMaxHelpLength)}, {"type"_L1, chat::toString(argument.type)},
        {"option"_L1, argument.option}, {"required"_L1, argument.required}, {"repeats"_L1, argument.repeats}, {"default"_L1, argument.defaultValue},
        {"choices"_L1, QCborArray::fromStringList(argument.choices.mid(0, kMaxChoices))}};
    if (argument.minimum)
        map.insert("minimum"_L1, *argument.minimum);
    if (argument.maximum)
        map.insert("maximum"_L1, *argument.maximum);
    return map;
}

chat::Argument decodeArgument(Fields& fields)
{
    chat::Argument argument;
    argument.name = fields.text("name"_L1, kMaxWordLength);
    argument.help = fields.optionalText("help"_L1, kMaxHelpLength);
    argument.type = chat::argumentTypeFromString(fields.text("type"_L1, kMaxWordLength)).value_or(chat::ArgumentType::Text);
    argument.option = fields.optionalText("option"_L1, kMaxWordLength);
    argument.required = fields.flag("required"_L1);
    argument.repeats = fields.flag("repeats"_L1);
    argument.defaultValue = fields.optionalText("default"_L1, kMaxWordLength);
    argument.choices = fields.texts("choices"_L1, kMaxChoices, kMaxWordLength);
    constexpr auto lowest = std::numeric_limits<qint64>::min();
    constexpr auto highest = std::numeric_limits<qint64>::max();
    if (fields.has("minimum"_L1))
        argument.minimum = fields.integer("minimum"_L1, lowest, highest);
    if (fields.has("maximum"_L1))
        argument.maximum = fields.integer("maximum"_L1, lowest, highest);
    return argument;
}

} // namespace

QCborMap encode(const chat::CommandSpec& spec)
{
    QCborArray arguments;
    for (const auto& argument : spec.arguments.mid(0, kMaxArguments))
        arguments.append(encodeArgument(argument));
    return QCborMap{{"bot"_L1, spec.bot.text()}, {"name"_L1, spec.name}, {"prefix"_L1, spec.prefix}, {"title"_L1, spec.title.left(kMaxHelpLength)},
        {"help"_L1, spec.help.left(kMaxHelpLength)}, {"arguments"_L1, arguments}, {"risk"_L1, chat::toString(spec.risk)},
        {"environment"_L1, spec.environment}, {"source"_L1, spec.source},
        {"examples"_L1, QCborArray::fromStringList(spec.examples.mid(0, kMaxChoices))}, {"dialog"_L1, spec.dialog}, {"node"_L1, spec.node}};
}

chat::CommandSpec decodeCommand(Fields& fields, const base::AccountId& account)
{
    chat::CommandSpec spec;
    spec.account = account;
    spec.bot = base::UserId(fields.text("bot"_L1, kMaxUserLength));
    spec.name = fields.text("name"_L1, kMaxWordLength);
    spec.prefix = fields.optionalText("prefix"_L1, kMaxWordLength);
    spec.title = fields.optionalText("title"_L1, kMaxHelpLength);
    spec.help = fields.optionalText("help"_L1, kMaxHelpLength);
    spec.risk = chat::riskFromString(fields.optionalText("risk"_L1, kMaxWordLength));
    spec.environment = fields.optionalText("environment"_L1, kMaxWordLength);
    spec.source = fields.optionalText("source"_L1, kMaxHelpLength);
    spec.examples = fields.texts("examples"_L1, kMaxChoices, kMaxHelpLength);
    spec.dialog = fields.has("dialog"_L1) && fields.flag("dialog"_L1);
    spec.node = fields.optionalText("node"_L1, kMaxWordLength);
    for (const auto& item : fields.array("arguments"_L1, kMaxArguments)) {
        Fields one(QCborValue(item).toMap());
        spec.arguments.append(decodeArgument(one));
        if (!one.ok())
            fields.refuse("arguments"_L1, "has a broken one");
    }
    return spec;
}

} // namespace ridealong::local
