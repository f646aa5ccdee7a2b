// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/wirevalues.h"

#include "local/limits.h"

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMax = std::numeric_limits<qint64>::max();

void put(QCborMap& map, QLatin1StringView key, const QString& text)
{
    if (!text.isEmpty())
        map.insert(key, text);
}

void put(QCborMap& map, QLatin1StringView key, qint64 number)
{
    if (number != 0)
        map.insert(key, number);
}

void put(QCborMap& map, QLatin1StringView key, bool) = delete; // says itself which

void putFlag(QCborMap& map, QLatin1StringView key, bool set)
{
    if (set)
        map.insert(key, true);
}

QCborArray encodeReactions(const QList<chat::Reaction>& reactions)
{
    QCborArray list;
    for (const auto& reaction : reactions) {
        QCborArray by;
        for (const auto& user : reaction.by)
            by.append(user.text());
        list.append(QCborMap{{"e"_L1, reaction.emoji}, {"by"_L1, by}});
    }
    return list;
}

QList<chat::Reaction> decodeReactions(Fields& fields)
{
    QList<chat::Reaction> reactions;
    for (const auto& item : fields.array("reactions"_L1, store::HubDatabase::kMaxReactionsPerMessage)) {
        Fields one(QCborValue(item).toMap());
        chat::Reaction reaction{one.text("e"_L1, kMaxReactionLength), {}};
        for (const auto& user : one.texts("by"_L1, kMaxUsers, kMaxUserLength))
            reaction.by.append(base::UserId(user));
        if (!one.ok())
            fields.refuse("reactions"_L1, "has a broken one");
        reactions.append(reaction);
    }
    return reactions;
}

} // namespace

QCborArray encode(const QList<chat::Attachment>& files)
{
    QCborArray list;
    for (const chat::Attachment& file : files) {
        QCborMap map{{"id"_L1, file.id.text()}, {"name"_L1, file.name}};
        put(map, "type"_L1, file.mediaType);
        map.insert("bytes"_L1, std::max<qint64>(-1, file.bytes));
        if (file.pixels.isValid()) {
            put(map, "w"_L1, qint64(file.pixels.width()));
            put(map, "h"_L1, qint64(file.pixels.height()));
        }
        list.append(map);
    }
    return list;
}

QList<chat::Attachment> decodeFiles(Fields& fields)
{
    QList<chat::Attachment> files;
    for (const auto& item : fields.array("files"_L1, chat::kMaxAttachments)) {
        Fields one(QCborValue(item).toMap());
        chat::Attachment file;
        file.id = base::FileId(one.text("id"_L1, kMaxIdLength));
        file.name = chat::safeFileName(one.text("name"_L1, kMaxFileNameLength));
        file.mediaType = one.optionalText("type"_L1, kMaxMediaTypeLength);
        file.bytes = one.integer("bytes"_L1, -1, kMaxFileBytes);
        const QSize pixels(int(one.optionalInteger("w"_L1, 0, kMaxPixels)), int(one.optionalInteger("h"_L1, 0, kMaxPixels)));
        if (!pixels.isEmpty())
            file.pixels = pixels;
        if (!one.ok() || file.id.isEmpty())
            fields.refuse("files"_L1, "has a broken one");
        files.append(file);
    }
    return files;
}

QCborMap encode(const chat::Message& message, const base::UserId& viewer)
{
    QCborMap map{{"id"_L1, message.id.text()}, {"c"_L1, message.conversation.key()}, {"from"_L1, message.sender.text()}, {"time"_L1, message.timeMs},
        {"order"_L1, message.order}};
    put(map, "name"_L1, message.senderName);
    put(map, "text"_L1, message.text);
    if (message.sender == viewer)
        put(map, "txn"_L1, message.transaction.text());
    put(map, "thread"_L1, message.thread.text());
    put(map, "replyTo"_L1, message.replyTo.text());
    put(map, "run"_L1, message.run.text());
    if (!message.reactions.isEmpty())
        map.insert("reactions"_L1, encodeReactions(message.reactions));
    if (!message.attachments.isEmpty())
        map.insert("files"_L1, encode(message.attachments));
    putFlag(map, "edited"_L1, message.edited);
    putFlag(map, "deleted"_L1, message.deleted);
    putFlag(map, "bot"_L1, message.fromBot);
    putFlag(map, "system"_L1, message.system);
    return map;
}

chat::Message decodeMessage(Fields& fields, const base::AccountId& account)
{
    chat::Message message;
    message.id = base::MessageId(fields.text("id"_L1, kMaxIdLength));
    message.conversation = base::ConversationId(account, fields.text("c"_L1, kMaxIdLength));
    message.sender = base::UserId(fields.text("from"_L1, kMaxUserLength));
    message.senderName = fields.optionalText("name"_L1, kMaxUserLength);
    message.timeMs = fields.integer("time"_L1, 0, kMax);
    message.order = fields.integer("order"_L1, 1, kMax);
    message.text = fields.optionalText("text"_L1, kMaxMessageBytes);
    message.transaction = base::TransactionId(fields.optionalText("txn"_L1, kMaxIdLength));
    message.thread = base::MessageId(fields.optionalText("thread"_L1, kMaxIdLength));
    message.replyTo = base::MessageId(fields.optionalText("replyTo"_L1, kMaxIdLength));
    message.run = base::RunId(fields.optionalText("run"_L1, kMaxIdLength));
    message.reactions = decodeReactions(fields);
    message.attachments = decodeFiles(fields);
    message.edited = fields.flag("edited"_L1);
    message.deleted = fields.flag("deleted"_L1);
    message.fromBot = fields.flag("bot"_L1);
    message.system = fields.flag("system"_L1);
    return message;
}

QCborMap encode(const store::HubConversation& one, const QString& nameForViewer)
{
    const auto& conversation = one.conversation;
    QCborMap map{{"c"_L1, conversation.id.key()}, {"name"_L1, nameForViewer}};
    put(map, "topic"_L1, conversation.topic);
    put(map, "environment"_L1, conversation.environment);
    if (conversation.kind == chat::ConversationKind::Direct)
        map.insert("users"_L1, QCborArray{one.first.text(), one.second.text()});
    return map;
}

WireConversation decodeConversation(Fields& fields, const base::AccountId& account)
{
    WireConversation one;
    one.conversation.id = base::ConversationId(account, fields.text("c"_L1, kMaxIdLength));
    one.conversation.name = fields.text("name"_L1, kMaxIdLength);
    one.conversation.topic = fields.optionalText("topic"_L1, kMaxMessageBytes);
    one.conversation.environment = fields.optionalText("environment"_L1, kMaxIdLength);
    for (const auto& user : fields.texts("users"_L1, 2, kMaxUserLength))
        one.users.append(base::UserId(user));
    if (!one.users.isEmpty())
        one.conversation.kind = chat::ConversationKind::Direct;
    return one;
}

QCborMap encode(const chat::Member& member)
{
    QCborMap map{{"user"_L1, member.user.text()}, {"name"_L1, member.name}, {"presence"_L1, int(member.presence)}};
    putFlag(map, "bot"_L1, member.bot);
    return map;
}

chat::Member decodeMember(Fields& fields)
{
    chat::Member member;
    member.user = base::UserId(fields.text("user"_L1, kMaxUserLength));
    member.name = fields.text("name"_L1, kMaxUserLength);
    member.presence = chat::Presence(fields.integer("presence"_L1, 0, int(chat::Presence::Online)));
    member.bot = fields.flag("bot"_L1);
    return member;
}

QCborMap encode(const chat::RunReport& report)
{
    QCborMap map{{"run"_L1, report.run.text()}, {"c"_L1, report.conversation.key()}, {"state"_L1, chat::toString(report.state)},
        {"revision"_L1, report.revision}};
    put(map, "cause"_L1, report.cause.text());
    put(map, "from"_L1, report.sender.text());
    put(map, "name"_L1, report.senderName);
    put(map, "bot"_L1, report.bot.text());
    put(map, "command"_L1, report.command);
    put(map, "environment"_L1, report.environment);
    if (report.exitCode)
        map.insert("exit"_L1, *report.exitCode);
    if (report.progress)
        map.insert("progress"_L1,
            QCborMap{{"state"_L1, int(report.progress->state)}, {"percent"_L1, qBound(0, report.progress->percent, 100)},
                {"label"_L1, report.progress->label.left(kMaxRunDetailLength)}});
    put(map, "detail"_L1, report.detail.left(kMaxRunDetailLength));
    put(map, "started"_L1, report.startedAtMs);
    put(map, "ended"_L1, report.endedAtMs);
    put(map, "bytes"_L1, report.outputBytes);
    put(map, "omitted"_L1, report.omittedBytes);
    put(map, "omittedAt"_L1, report.omittedAt);
    return map;
}

chat::RunReport decodeRun(Fields& fields, const base::AccountId& account)
{
    chat::RunReport report;
    report.run = base::RunId(fields.text("run"_L1, kMaxIdLength));
    report.conversation = base::ConversationId(account, fields.text("c"_L1, kMaxIdLength));
    const auto state = chat::runStateFromString(fields.text("state"_L1, kMaxIdLength));
    if (!state || report.run.isEmpty())
        fields.refuse("state"_L1, "is not known");
    report.state = state.value_or(chat::RunState::Unknown);
    report.revision = fields.integer("revision"_L1, 0, kMax);
    report.cause = base::MessageId(fields.optionalText("cause"_L1, kMaxIdLength));
    report.sender = base::UserId(fields.optionalText("from"_L1, kMaxUserLength));
    report.senderName = fields.optionalText("name"_L1, kMaxUserLength);
    report.bot = base::UserId(fields.optionalText("bot"_L1, kMaxUserLength));
    report.command = fields.optionalText("command"_L1, kMaxMessageBytes);
    report.environment = fields.optionalText("environment"_L1, kMaxIdLength);
    if (fields.has("exit"_L1))
        report.exitCode = int(fields.integer("exit"_L1, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
    if (fields.has("progress"_L1)) {
        Fields progress(fields.map("progress"_L1));
        report.progress = chat::Progress{chat::Progress::State(progress.integer("state"_L1, 0, int(chat::Progress::State::Paused))),
            int(progress.integer("percent"_L1, 0, 100)), progress.optionalText("label"_L1, kMaxRunDetailLength)};
        if (!progress.ok())
            fields.refuse("progress"_L1, "is broken");
    }
    report.detail = fields.optionalText("detail"_L1, kMaxRunDetailLength);
    report.startedAtMs = fields.optionalInteger("started"_L1, 0, kMax);
    report.endedAtMs = fields.optionalInteger("ended"_L1, 0, kMax);
    report.outputBytes = fields.optionalInteger("bytes"_L1, 0, kMax);
    report.omittedBytes = fields.optionalInteger("omitted"_L1, 0, kMax);
    report.omittedAt = fields.optionalInteger("omittedAt"_L1, 0, kMax);
    return report;
}

} // namespace ridealong::local
