// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/inbound.h"

#include "irc/text.h"

#include <QCryptographicHash>
#include <QDateTime>

namespace ridealong::irc {

using namespace Qt::StringLiterals;

std::optional<Addressed> Inbound::addressOf(const Line& line) const
{
    QString target = line.parameter(0);
    const QString nick = line.nick();
    if (target.isEmpty())
        return std::nullopt;
    Addressed where;
    where.own = !nick.isEmpty() && m_isupport.fold(nick) == m_isupport.fold(m_self);
    const QString marks = m_isupport.statusMessagePrefixes(); // "@#ops" goes to the operators of #ops: still that channel
    while (target.size() > 1 && marks.contains(target.front()) && (m_isupport.isChannel(target.mid(1)) || marks.contains(target[1])))
        target = target.mid(1);
    if (m_isupport.isChannel(target)) {
        where.key = m_isupport.fold(target);
        where.name = target;
        return where;
    }
    // A bot's private answer that belongs to a channel is shown there (+channel-context).
    if (const QString context = line.hasTag("+channel-context") ? line.tag("+channel-context") : line.tag("+draft/channel-context");
        m_isupport.isChannel(context) && m_conversations.find(m_isupport.fold(context))) {
        where.key = m_isupport.fold(context);
        where.name = context;
        return where;
    }
    where.kind = chat::ConversationKind::Direct;
    where.name = where.own ? target : nick.isEmpty() ? line.source : nick;
    if (where.name.isEmpty())
        return std::nullopt;
    where.key = m_isupport.fold(where.name);
    return where;
}

/// The `time` tag, when it makes sense.
std::optional<qint64> Inbound::saidTime(const Line& line)
{
    const QString tag = line.tag("time");
    const QDateTime time = tag.isEmpty() ? QDateTime() : QDateTime::fromString(tag, Qt::ISODateWithMs);
    return time.isValid() && time.toMSecsSinceEpoch() > 0 ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt;
}

qint64 Inbound::timeOfLine(const Line& line) const
{
    const qint64 now = m_clock.nowMs();
    return std::min(saidTime(line).value_or(now), now + kMaxClockLeadMs);
}

base::MessageId Inbound::canonical(const QString& key, const QString& id) const
{
    const QString* first = m_aliases.object(key + u' ' + id);
    return base::MessageId(first ? *first : id);
}

QString Inbound::transactionOf(const Line& line)
{
    const QString part = line.tag(kPartTag);
    return part.isEmpty() ? line.tag(kTransactionTag) : part.section(u'/', 0, 0);
}

/// Without a msgid: the same line again must have the same name, which only its time can tell; a line without a time is
/// new whenever it comes.
QString Inbound::idOf(const Line& line, const chat::Message& message)
{
    if (const QString id = line.tag("msgid"); !id.isEmpty())
        return id.left(512);
    if (!line.hasTag("time"))
        return u"@%1"_s.arg(message.order);
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const QString& part : {line.tag("time"), line.source, line.parameter(1)})
        hash.addData(part.toUtf8() + '\0');
    return u"#"_s + QString::fromLatin1(hash.result().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).left(16));
}

void Inbound::place(chat::Message& message, const QString& key, const Line& line, bool replayed)
{
    message.timeMs = timeOfLine(line);
    ConversationState* state = m_conversations.find(key);
    if (!replayed) {
        if (state && state->lastOrder > 0 && !saidTime(line))
            message.timeMs = std::max(message.timeMs, timeOf(state->lastOrder)); // it is new, whatever an earlier line's clock said
        message.order = state ? Conversations::placeLive(*state, message.timeMs) : orderAt(message.timeMs);
        return;
    }
    // A history comes in its own order; its times may be cut to seconds (InspIRCd).
    if (timeOf(m_replayOrder) > message.timeMs + kSlackMs)
        m_replayOrder = 0;
    message.order = m_replayOrder = std::max(m_replayOrder + 1, orderAt(message.timeMs));
}

void Inbound::addText(chat::Message& message, const QString& raw) const
{
    const Ctcp ctcp = parseCtcp(raw);
    message.action = ctcp.command == "ACTION"_L1;
    message.text = markdownFromFormatting(message.action ? ctcp.text : raw);
}

std::optional<chat::Message> Inbound::read(const Line& line, const Addressed& where, bool replayed)
{
    if (line.command != "PRIVMSG" && line.command != "NOTICE")
        return std::nullopt;
    const QString raw = line.parameter(1);
    if (const QString ctcp = parseCtcp(raw).command; !ctcp.isEmpty() && ctcp != "ACTION"_L1)
        return std::nullopt; // for machines
    chat::Message message;
    message.conversation = m_conversations.idOf(where.key);
    message.senderName = line.nick().isEmpty() ? line.source : line.nick();
    message.sender = base::UserId(m_isupport.fold(message.senderName));
    message.notice = line.command == "NOTICE";
    message.fromBot = line.hasTag("bot") || line.hasTag("draft/bot") || line.hasTag("inspircd.org/bot");
    addText(message, raw);
    place(message, where.key, line, replayed);
    message.id = base::MessageId(idOf(line, message));
    if (const QByteArray told = envelopeOf(line); !told.isEmpty() && !where.own)
        m_told.insert(where.key + u' ' + message.id.text(), new QByteArray(told));
    const QString reply = line.hasTag("+reply") ? line.tag("+reply") : line.tag("+draft/reply");
    message.replyTo = canonical(where.key, reply);
    message.thread = canonical(where.key, line.tag(kThreadTag));
    if (where.own)
        message.transaction = base::TransactionId(transactionOf(line));
    if (ConversationState* state = m_conversations.find(where.key)) {
        // The newest that is known has its place already, and what follows it in a history comes after it, however coarse its time.
        if (replayed && !state->lastId.isEmpty() && message.id.text() == state->lastId)
            message.order = m_replayOrder = std::max(message.order, state->lastOrder);
        if (message.order >= state->lastOrder) {
            state->lastOrder = message.order;
            state->lastId = message.id.text();
        }
    }
    return line.hasTag(kPartTag) ? addPart(message, line, where.key) : message;
}

QByteArray Inbound::envelopeOf(const Line& line)
{
    const auto bytes
        = QByteArray::fromBase64Encoding(line.tag(kRunTag).toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? bytes.decoded : QByteArray();
}

std::optional<chat::RunTold> Inbound::takeTold(const chat::Message& message)
{
    const std::unique_ptr<QByteArray> told(m_told.take(message.conversation.key() + u' ' + message.id.text()));
    if (!told)
        return std::nullopt;
    return chat::RunTold{message.conversation, message.id, message.sender, *told};
}

/// A message that had to be sent in several lines becomes one again. It is shown from its first line on and grows.
std::optional<chat::Message> Inbound::addPart(const chat::Message& message, const Line& line, const QString& key)
{
    const QStringList tag = line.tag(kPartTag).split(u'/');
    const int part = tag.size() == 4 ? tag[1].toInt() : 0, parts = tag.size() == 4 ? tag[2].toInt() : 0;
    if (part < 1 || part > parts || parts > kMaxParts)
        return message;
    const QString name = key + u' ' + message.sender.text() + u' ' + tag[0];
    Assembly* assembly = m_assemblies.object(name);
    if (part == 1) {
        m_assemblies.insert(name, new Assembly{message, parts, 1});
        return message;
    }
    if (!assembly || assembly->parts != parts || part != assembly->have + 1
        || assembly->message.text.size() + message.text.size() >= kMaxAssembledChars)
        return message; // its beginning was not seen, or it is no message any more: what came stands for itself
    assembly->have = part;
    assembly->message.text += tag[3] == "e"_L1 ? u"\n"_s : (tag[3] == "n"_L1 ? u"\n"_s : tag[3] == "s"_L1 ? u" "_s : QString()) + message.text;
    m_aliases.insert(key + u' ' + message.id.text(), new QString(assembly->message.id.text()));
    const chat::Message grown = assembly->message;
    if (part == parts)
        m_assemblies.remove(name);
    return grown;
}

std::optional<chat::Message> Inbound::readMultiline(const Batch& batch, const Addressed& where, bool replayed)
{
    if (batch.lines.empty())
        return std::nullopt;
    QString raw;
    for (size_t i = 0; i < batch.lines.size(); ++i) {
        if (i > 0 && !batch.lines[i].hasTag("draft/multiline-concat"))
            raw += u'\n';
        raw += batch.lines[i].parameter(1);
        if (raw.size() >= kMaxAssembledChars)
            break;
    }
    raw.truncate(kMaxAssembledChars);
    // The tags of the message stand on the batch, its command and source on its lines.
    Line whole = batch.lines.front();
    whole.tags = batch.opening.tags;
    if (whole.source.isEmpty())
        whole.source = batch.opening.source;
    whole.parameters = {where.name, raw};
    return read(whole, where, replayed);
}

chat::Message Inbound::ownMessage(const QString& key, const base::TransactionId& transaction, const QString& text)
{
    chat::Message message;
    message.conversation = m_conversations.idOf(key);
    message.senderName = m_self;
    message.sender = base::UserId(m_isupport.fold(m_self));
    message.transaction = transaction;
    message.id = base::MessageId(u"~"_s + transaction.text());
    addText(message, text);
    message.timeMs = m_clock.nowMs();
    if (ConversationState* state = m_conversations.find(key)) {
        message.order = Conversations::placeLive(*state, message.timeMs);
        state->lastId = message.id.text();
    }
    return message;
}

} // namespace ridealong::irc
