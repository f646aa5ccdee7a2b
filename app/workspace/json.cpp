// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "workspace/json.h"

namespace ridealong::workspace {

using namespace Qt::StringLiterals;

namespace {

QString toString(chat::Progress::State state)
{
    switch (state) {
    case chat::Progress::State::Normal: return u"normal"_s;
    case chat::Progress::State::Error: return u"error"_s;
    case chat::Progress::State::Indeterminate: return u"indeterminate"_s;
    case chat::Progress::State::Paused: return u"paused"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject toJson(const chat::Argument& argument)
{
    QJsonObject object{{u"name"_s, argument.name}, {u"type"_s, chat::toString(argument.type)}, {u"required"_s, argument.required}};
    if (!argument.choices.isEmpty())
        object[u"choices"_s] = QJsonArray::fromStringList(argument.choices);
    if (!argument.defaultValue.isEmpty())
        object[u"default"_s] = argument.defaultValue;
    if (!argument.option.isEmpty())
        object[u"option"_s] = argument.option;
    if (!argument.help.isEmpty())
        object[u"help"_s] = argument.help;
    return object;
}

} // namespace

QJsonObject toJson(const base::Error& error)
{
    QJsonObject object{{u"kind"_s, base::toString(error.kind)}, {u"detail"_s, error.detail}};
    if (error.retryAfterMs > 0)
        object[u"retryAfterMs"_s] = error.retryAfterMs;
    return object;
}

base::ConversationId conversationOf(const QJsonObject& request) { return base::ConversationId::fromText(request[u"conversation"_s].toString()); }

QJsonObject toJson(const chat::Attachment& file)
{
    QJsonObject object{{u"name"_s, file.name}, {u"type"_s, file.mediaType}, {u"bytes"_s, file.bytes}};
    if (file.id)
        object[u"file"_s] = file.id.text();
    if (file.pixels.isValid())
        object[u"pixels"_s] = QJsonArray{file.pixels.width(), file.pixels.height()};
    return object;
}

static QJsonArray toArray(const QList<chat::Attachment>& files)
{
    QJsonArray array;
    for (const chat::Attachment& file : files)
        array.append(toJson(file));
    return array;
}

QJsonObject toJson(const chat::Message& message)
{
    QJsonObject object{{u"id"_s, message.id.text()}, {u"conversation"_s, message.conversation.text()}, {u"sender"_s, message.senderName},
        {u"user"_s, message.sender.text()}, {u"text"_s, message.text}, {u"time"_s, message.timeMs}, {u"order"_s, message.order},
        {u"edited"_s, message.edited}};
    if (message.transaction)
        object[u"txn"_s] = message.transaction.text();
    if (message.thread)
        object[u"thread"_s] = message.thread.text();
    if (message.replyTo)
        object[u"replyTo"_s] = message.replyTo.text();
    if (message.run)
        object[u"run"_s] = message.run.text();
    if (message.deleted)
        object[u"deleted"_s] = true;
    if (!message.attachments.isEmpty())
        object[u"files"_s] = toArray(message.attachments);
    if (!message.reactions.isEmpty()) {
        QJsonArray reactions;
        for (const chat::Reaction& reaction : message.reactions) {
            QJsonArray by;
            for (const base::UserId& user : reaction.by)
                by.append(user.text());
            reactions.append(QJsonObject{{u"emoji"_s, reaction.emoji}, {u"by"_s, by}});
        }
        object[u"reactions"_s] = reactions;
    }
    return object;
}

QJsonObject toJson(const chat::Gap& gap) { return {{u"afterOrder"_s, gap.afterOrder}, {u"beforeOrder"_s, gap.beforeOrder}, {u"lost"_s, gap.lost}}; }

QJsonObject toJson(const chat::OutboxItem& item)
{
    QJsonObject object{{u"txn"_s, item.transaction.text()}, {u"kind"_s, chat::toString(item.kind)}, {u"conversation"_s, item.conversation.text()},
        {u"text"_s, item.text}, {u"state"_s, chat::toString(item.state)}, {u"attempts"_s, item.attempts}};
    if (!item.attachments.isEmpty())
        object[u"files"_s] = toArray(item.attachments);
    if (item.why)
        object[u"detail"_s] = base::toString(item.why->kind) + u": "_s + item.why->detail;
    return object;
}

QJsonObject toJson(const chat::Progress& progress)
{
    QJsonObject object{{u"state"_s, toString(progress.state)}};
    if (progress.state != chat::Progress::State::Indeterminate)
        object[u"percent"_s] = progress.percent;
    if (!progress.label.isEmpty())
        object[u"label"_s] = progress.label;
    return object;
}

QJsonObject toJson(const console::Run& run)
{
    const chat::RunReport& report = run.report;
    QJsonObject object{{u"run"_s, report.run.text()}, {u"command"_s, report.command}, {u"sender"_s, report.senderName},
        {u"conversation"_s, report.conversation.text()}, {u"state"_s, chat::toString(report.state)},
        {u"lines"_s, run.lines ? run.lines->lineCount() : 0}, {u"startedAt"_s, report.startedAtMs},
        {u"confidence"_s, double(report.confidence.value_or(100)) / 100}};
    if (report.exitCode)
        object[u"exitCode"_s] = *report.exitCode;
    if (report.endedAtMs > 0)
        object[u"durationMs"_s] = report.endedAtMs - report.startedAtMs;
    if (report.progress)
        object[u"progress"_s] = toJson(*report.progress);
    if (!report.detail.isEmpty())
        object[u"detail"_s] = report.detail;
    if (report.cause)
        object[u"message"_s] = report.cause.text();
    object[u"bytes"_s] = report.outputBytes;
    if (report.omittedBytes > 0)
        object[u"truncated"_s] = QJsonObject{{u"at"_s, report.omittedAt}, {u"bytes"_s, report.omittedBytes}};
    return object;
}

QJsonObject toJson(const palette::Candidate& candidate)
{
    const chat::CommandSpec& spec = *candidate.spec;
    QJsonArray matched;
    for (const int position : candidate.matched)
        matched.append(position);
    QJsonArray arguments;
    for (const chat::Argument& argument : spec.arguments)
        arguments.append(toJson(argument));
    QJsonObject object{{u"command"_s, spec.name}, {u"bot"_s, spec.bot.text()}, {u"account"_s, spec.account.text()}, {u"title"_s, spec.title},
        {u"help"_s, spec.help}, {u"score"_s, candidate.score}, {u"matched"_s, matched}, {u"arguments"_s, arguments},
        {u"risk"_s, chat::toString(spec.risk)}};
    if (!spec.environment.isEmpty())
        object[u"environment"_s] = spec.environment;
    if (spec.dialog)
        object[u"dialog"_s] = true;
    return object;
}

QJsonArray toJson(const QList<palette::Problem>& problems)
{
    QJsonArray array;
    for (const palette::Problem& problem : problems)
        array.append(QJsonObject{{u"kind"_s, palette::toString(problem.kind)}, {u"argument"_s, problem.argument}, {u"detail"_s, problem.detail}});
    return array;
}

} // namespace ridealong::workspace
