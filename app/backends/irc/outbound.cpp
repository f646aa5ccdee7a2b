// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/outbound.h"

#include "irc/text.h"

#include <QSet>

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using chat::SendOutcome;
using chat::SendResult;

namespace {

/// How a piece goes on from the one before it, so that a receiver that knows can put the text together as it was.
QString gluesOf(const QString& text, const QStringList& pieces)
{
    QString glues;
    qsizetype at = 0;
    for (const QString& piece : pieces) {
        QChar glue = u'-';
        if (!glues.isEmpty() && at < text.size() && (text[at] == u'\n' || text[at] == u' '))
            glue = text[at++] == u'\n' ? u'n' : u's';
        // A message cannot be empty, so a space stands for an empty line.
        const bool isEmptyLine = glue == u'n' && piece == " "_L1 && (at >= text.size() || text[at] == u'\n');
        glues += isEmptyLine ? u'e' : glue;
        at += isEmptyLine ? 0 : piece.size();
    }
    return glues;
}

} // namespace

std::optional<QString> refusalOf(const std::vector<Line>& lines, const Isupport& isupport, const QString& target)
{
    // cannot send, no such nick or channel, not in it, too many targets, no text, too long, banned words, needs registration …
    static const QSet<QByteArray> kRefusals{"401", "402", "403", "404", "405", "407", "408", "411", "412", "413", "414", "415", "416", "417", "421",
        "431", "437", "442", "447", "461", "471", "473", "474", "475", "476", "477", "481", "482", "484", "485", "486", "489", "492", "494", "502",
        "531", "707", "716"};
    for (const Line& line : lines) {
        if (line.command == "FAIL")
            return line.parameters.isEmpty() ? u"refused"_s : line.parameters.last();
        if (!kRefusals.contains(line.command))
            continue;
        const bool aboutTarget = std::any_of(line.parameters.begin(), line.parameters.end(),
            [&](const QString& parameter) { return isupport.fold(parameter) == isupport.fold(target); });
        if (aboutTarget || line.hasTag("label") || line.command == "412" || line.command == "417" || line.command == "421" || line.command == "461")
            return line.parameters.last();
    }
    return std::nullopt;
}

namespace {

/// A bouncer that has lost the server behind it: "400 * PRIVMSG :Disconnected from upstream network" (soju).
bool wasNotPassedOn(const std::vector<Line>& lines)
{
    return std::any_of(lines.begin(), lines.end(),
        [](const Line& line) { return line.command == "400" && (line.parameter(1) == "PRIVMSG"_L1 || line.parameter(1) == "BATCH"_L1); });
}

} // namespace

/// A message on its way, in one or several lines.
struct Outbound::Sending
{
    chat::Outgoing outgoing;
    Target target;
    QStringList texts;
    QStringList wire; ///< the texts as they go out
    base::Promise<SendResult> promise;
    int open = 0; ///< lines without their answer
    int taken = 0;
    int unsent = 0;
    qsizetype echoes = 0; ///< lines that came back
    bool lost = false;
    std::optional<QString> refused;
};

bool Outbound::waitsForEchoes() const
{
    return m_session.has("echo-message") && m_session.canTag() && !m_session.canLabel()
        && !m_session.isupport().deniesClientTag(QString::fromLatin1(kTransactionTag).mid(1));
}

base::TransactionId Outbound::echoed(const QString& key, const Line& line)
{
    const QString transaction = Inbound::transactionOf(line), text = line.parameter(1);
    // What a channel strips of formatting is still ours.
    const auto isSame = [&](const QString& sent) { return sent == text || plainFromFormatting(sent) == plainFromFormatting(text); };
    for (const auto& sending : std::vector(m_sendings)) {
        const bool its = transaction.isEmpty()
            ? sending->target.key == key && sending->echoes < sending->wire.size() && isSame(sending->wire[sending->echoes])
            : sending->outgoing.transaction.text() == transaction;
        if (!its)
            continue;
        noteEcho(sending, 1);
        return sending->outgoing.transaction;
    }
    return base::TransactionId(transaction);
}

void Outbound::echoedWhole(const base::TransactionId& transaction)
{
    for (const auto& sending : std::vector(m_sendings))
        if (sending->outgoing.transaction == transaction)
            return noteEcho(sending, sending->wire.size());
}

void Outbound::noteEcho(const std::shared_ptr<Sending>& sending, qsizetype lines)
{
    sending->echoes += lines;
    // The message itself is told first: who is answered finds it there.
    if (sending->open == 0 && sending->echoes >= sending->wire.size())
        QMetaObject::invokeMethod(
            &m_session, [this, sending] { conclude(sending); }, Qt::QueuedConnection);
}

void Outbound::refusedLate(const Line& line)
{
    for (const auto& sending : std::vector(m_sendings)) {
        if (sending->open > 0)
            continue;
        if (const auto refusal = refusalOf({line}, m_session.isupport(), sending->target.name)) {
            sending->refused = refusal;
            sending->taken = int(sending->echoes);
            return conclude(sending);
        }
    }
}

void Outbound::connectionLost()
{
    for (const auto& sending : std::vector(m_sendings)) {
        sending->lost = sending->echoes < sending->wire.size(); // an echo that came is a receipt all the same
        if (sending->open == 0)
            conclude(sending);
    }
}

std::vector<Line> Outbound::linesOf(const chat::Outgoing& outgoing, const Target& target, QStringList& texts) const
{
    QString text = outgoing.text;
    text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    const bool action = text.startsWith("/me "_L1);
    if (action)
        text = text.mid(4);
    // ":prefix PRIVMSG target :text", and the two bytes that end a line are counted already.
    const qsizetype room = m_session.isupport().lineBytes() - m_prefixBytes - target.name.toUtf8().size() - qsizetype(qstrlen(": PRIVMSG  :"))
        - (action ? toCtcp(u"ACTION"_s, u" "_s).size() - 1 : 0);
    texts = splitText(text, std::max<qsizetype>(room, 64));

    std::vector<Tag> common;
    if (m_session.canTag()) {
        if (outgoing.replyTo)
            common = {{"+draft/reply", outgoing.replyTo.text()}, {"+reply", outgoing.replyTo.text()}};
        if (outgoing.thread)
            common.push_back({kThreadTag, outgoing.thread.text()});
        std::erase_if(common, [&](const Tag& tag) { return m_session.isupport().deniesClientTag(QString::fromLatin1(tag.key.mid(1))); });
    }
    std::vector<Line> lines;
    const auto line = [&](const QString& piece) {
        Line made;
        made.command = "PRIVMSG";
        made.parameters = {target.name, action ? toCtcp(u"ACTION"_s, piece) : piece};
        return made;
    };
    if (texts.size() > 1 && m_session.has("draft/multiline") && m_session.has("batch") && !action) {
        const QString glues = gluesOf(text, texts);
        const QString reference = u"m"_s + outgoing.transaction.text().left(10);
        Line open;
        open.command = "BATCH";
        open.parameters = {u'+' + reference, u"draft/multiline"_s, target.name};
        open.tags = common;
        open.tags.push_back({kTransactionTag, outgoing.transaction.text()});
        lines.push_back(open);
        for (qsizetype i = 0; i < texts.size(); ++i) {
            // The space at which a line was cut goes with the piece after it, because concat joins without one.
            Line part = line(glues[i] == u'e' ? QString() : (glues[i] == u's' ? u" "_s : QString()) + texts[i]);
            part.tags.push_back({"batch", reference});
            if ((glues[i] == u's' || glues[i] == u'-') && i > 0)
                part.tags.push_back({"draft/multiline-concat", {}});
            lines.push_back(part);
        }
        Line close;
        close.command = "BATCH";
        close.parameters = {u'-' + reference};
        lines.push_back(close);
        return lines;
    }
    const QString glues = gluesOf(text, texts);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        Line part = line(texts[i]);
        if (i == 0)
            part.tags = common;
        if (m_session.canTag()) {
            if (texts.size() > 1)
                part.tags.push_back({kPartTag, u"%1/%2/%3/%4"_s.arg(outgoing.transaction.text()).arg(i + 1).arg(texts.size()).arg(glues[i])});
            else
                part.tags.push_back({kTransactionTag, outgoing.transaction.text()});
        }
        lines.push_back(part);
    }
    return lines;
}

base::Async<SendResult> Outbound::send(const chat::Outgoing& outgoing, const Target& target)
{
    const auto refuse = [](const QString& why) { return base::Async<SendResult>::ready(SendResult{SendOutcome::Rejected, {}, 0, {}, why, 0}); };
    if (outgoing.text.trimmed().isEmpty())
        return refuse(u"nothing to send"_s);
    if (outgoing.text.toUtf8().size() > kMaxMessageBytes)
        return refuse(u"more than %1 bytes"_s.arg(kMaxMessageBytes));
    auto sending = std::make_shared<Sending>();
    sending->outgoing = outgoing;
    sending->target = target;
    std::vector<Line> lines = linesOf(outgoing, target, sending->texts);
    if (sending->texts.size() > kMaxMessageLines)
        return refuse(u"more than %1 lines"_s.arg(kMaxMessageLines));
    for (const Line& line : lines)
        sending->wire.append(line.parameter(1));
    m_sendings.push_back(sending);
    const auto handler = [this, sending](const Response& response) { answered(sending, response); };
    if (lines.front().command == "BATCH") {
        sending->open = 1;
        m_session.request(std::move(lines), Priority::Chat, handler);
    } else {
        sending->open = int(lines.size());
        for (Line& line : lines)
            m_session.request(std::move(line), Priority::Chat, handler);
    }
    return sending->promise.async();
}

void Outbound::answered(const std::shared_ptr<Sending>& sending, const Response& response)
{
    --sending->open;
    if (response.end == Response::End::Lost)
        sending->lost = true;
    if (response.end == Response::End::LostUnsent)
        ++sending->unsent;
    if (response.end == Response::End::Complete) {
        const auto refusal = refusalOf(response.lines, m_session.isupport(), sending->target.name);
        if (wasNotPassedOn(response.lines))
            ++sending->unsent;
        else if (refusal && !sending->refused)
            sending->refused = refusal;
        else if (!refusal)
            ++sending->taken;
    }
    if (sending->open > 0)
        return;
    const bool clear = sending->lost || sending->refused || sending->unsent > 0 || sending->taken == 0;
    if (clear || !waitsForEchoes() || sending->echoes >= sending->wire.size())
        return conclude(sending);
    m_clock.after(kEchoPatience, &m_session, [this, sending] {
        sending->lost = true;
        conclude(sending);
    });
}

/// Tells what became of it, once.
void Outbound::conclude(const std::shared_ptr<Sending>& sending)
{
    if (std::erase(m_sendings, sending) == 0)
        return;
    SendResult result;
    if (sending->lost || (sending->taken > 0 && sending->unsent > 0)) {
        result.outcome = SendOutcome::Unknown;
    } else if (sending->refused) {
        result.outcome = SendOutcome::Rejected;
        result.detail = sending->taken == 0 ? *sending->refused : u"only %1 of its lines were taken: %2"_s.arg(sending->taken).arg(*sending->refused);
    } else if (sending->taken == 0) {
        result.outcome = SendOutcome::NotSent;
    } else {
        const chat::Message message = m_taken(sending->outgoing, sending->target);
        result.outcome = SendOutcome::Accepted;
        result.id = message.id;
        result.order = message.order;
    }
    sending->promise.answer(result);
}

} // namespace ridealong::irc
