// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Profiles, envelopes and a room full of bots, all of foreign bytes. The laws: a message stands in one run at the most, a run's output is what
// its parts say and as long as it was told, its parts are in the order of the room, what ended stays ended unless more was said, and
// thinking it over loses no message.
#include "correlator/correlator.h"
#include "correlator/profilebook.h"
#include "correlator/regrouping.h"

#include <cstdint>
#include <cstdlib>
#include <iterator>

using namespace ridealong;
using namespace ridealong::correlator;
using namespace Qt::StringLiterals;

namespace {

const char* const kWords[] = {"hubot ", "!", "deploy ", "staging ", "ping", "ana: ", "yes", "no", "20 % [##..]", "80 % [####]", "```", "\n", "done",
    "Preview: deploy", "Run it? (yes/no)", "Computer says nooo. See logs for details:", "Got it! Remember 5f3c1b2a9d8e7f6a5b4c3d2e as your execution ID",
    "status : failed", "[run:8b9a0b45 deploy running 40%]", "[run:8b9a0b45 deploy success exit=0]", "exit code 3", "error: no", " indented", "{", "}",
    "renamed bob", "To approve, say '!approve 1bd05182'.", "• item", "a", "9"};

QString sentence(const uint8_t*& data, const uint8_t* end)
{
    QString made;
    for (int i = 0; i < 4 && data < end; ++i)
        made += QString::fromUtf8(kWords[*data++ % std::size(kWords)]);
    return made;
}

void check(bool holds)
{
    if (!holds)
        std::abort();
}

void obey(const Correlator& correlator, const base::ConversationId& conversation, const QList<base::MessageId>& commands)
{
    QSet<base::MessageId> seen;
    QSet<base::RunId> runs;
    for (const base::MessageId& command : commands) {
        const CorrelatedRun* run = correlator.ofCommand(conversation, command);
        if (!run || runs.contains(run->report.run))
            continue;
        runs.insert(run->report.run);
        check(run->report.outputBytes == outputOf(*run).size());
        check(run->parts.size() <= Correlator::kMaxParts);
        qint64 order = 0;
        for (const Part& part : run->parts) {
            check(!seen.contains(part.message));
            check(part.order >= order);
            seen.insert(part.message);
            order = part.order;
        }
        check(!chat::isFinal(run->report.state) || run->report.endedAtMs > 0);
    }
}

void talk(const uint8_t* data, size_t size)
{
    static ProfileBook book = [] {
        ProfileBook made;
        made.load({QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots")});
        return made;
    }();
    const base::ConversationId conversation(base::AccountId(u"a"_s), u"#r"_s);
    const QStringList names{u"ana"_s, u"bob"_s, u"hubot"_s, u"errbot"_s, u"st2"_s, u"poshbot"_s};
    Room room;
    for (const QString& bot : names.sliced(2))
        room.bots += {base::UserId(bot), bot, book.forName(bot)};
    room.people = names.first(2);
    Habits habits;
    Correlator correlator([&](const base::ConversationId&) -> const Room& { return room; }, habits);
    qint64 now = 1'700'000'000'000;
    int serial = 0;
    QList<base::MessageId> said;
    const uint8_t* const end = data + size;
    while (data + 3 < end && serial < 300) {
        const uint8_t what = *data++;
        const QString who = names[*data++ % names.size()];
        chat::Message message;
        message.conversation = conversation;
        const bool isAgain = what % 7 == 0 && !said.isEmpty();
        message.id = isAgain ? said[*data % said.size()] : base::MessageId(u"m%1"_s.arg(++serial));
        message.sender = base::UserId(who);
        message.senderName = who;
        message.timeMs = now;
        message.order = isAgain ? 1 : now * 100 + serial % 100;
        message.edited = isAgain;
        message.deleted = isAgain && what % 14 == 0;
        message.system = what % 31 == 0;
        if (what % 11 == 0 && !said.isEmpty())
            message.replyTo = said[*data % said.size()];
        if (what % 13 == 0)
            message.reactions = {{u"gear"_s, {base::UserId(u"poshbot"_s)}}, {u"x"_s, {base::UserId(u"poshbot"_s)}}};
        message.text = sentence(data, end);
        if (what % 5 == 0 && !said.isEmpty())
            correlator.takeEnvelope(conversation, message.id, message.sender,
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"dev.ridealong.run.finished.v1\",\"subject\":\"run-" + QByteArray::number(1000 + what % 3)
                    + "\",\"time\":\"2026-11-23T09:00:02Z\",\"data\":{\"taskName\":\"t\",\"seq\":" + QByteArray::number(what)
                    + ",\"outcome\":\"success\",\"cause\":{\"message\":\"" + said[what % said.size()].text().toUtf8() + "\"}}}",
                now);
        correlator.take(message, message.text, now);
        said += message.id;
        now += qint64(what) * 37 % 4000;
        correlator.tick(now);
        if (what % 17 == 0)
            while (const auto past = correlator.takeRegrouping(now + 5000))
                correlator.apply(regroup(*past), now);
        if (what % 19 == 0 && said.size() > 2)
            if (const auto* run = correlator.ofCommand(conversation, said[what % said.size()]))
                if (const auto* other = correlator.ofCommand(conversation, said[(what * 7) % said.size()]))
                    (void)correlator.join(run->report.run, other->report.run, now);
    }
    obey(correlator, conversation, said);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    (void)readProfile(bytes);
    if (const auto envelope = readEnvelope(bytes))
        check(envelope->sequence >= 0 && !envelope->run.isEmpty());
    const QString text = QString::fromUtf8(bytes);
    if (const auto trailer = trailerOf(text))
        check(trailer->textEnd <= text.size());
    if (const auto habit = habitFromJson(bytes))
        check(habitFromJson(toJson(*habit)).has_value());
    talk(data, size);
    return 0;
}
