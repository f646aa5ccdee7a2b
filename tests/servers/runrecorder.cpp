// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/runrecorder.h"

#include "servers/waituntil.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ridealong::tests {

namespace {

constexpr int kSettleMs = 5'000;

} // namespace

bool RunRecorder::record(const QList<WorkloadStep>& steps)
{
    if (!m_room.watch())
        return fail(QStringLiteral("nobody can watch: ") + m_room.error());
    for (TestServer* bot : {static_cast<TestServer*>(&m_hubot), static_cast<TestServer*>(&m_errbot)}) {
        if (!bot->start())
            return fail(bot->error());
    }
    // An Errbot says that it joined when it asks to.
    if (!waitUntil([this] { return m_room.sawEnter(m_hubot.name()) && m_room.sawEnter(m_errbot.name()); }))
        return fail(QStringLiteral("a bot did not enter"));
    if (!m_room.enter(RunWorkload::people()))
        return fail(QStringLiteral("the people did not enter: ") + m_room.error());
    return happen(steps) && settle() && nameCommands(steps) && nameAnswers(m_hubot.name(), m_hubotTruth)
        && nameAnswers(m_errbot.name(), m_errbotTruth);
}

bool RunRecorder::happen(const QList<WorkloadStep>& steps)
{
    m_room.startClock();
    qsizetype next = 0;
    const int endMs = steps.isEmpty() ? 0 : steps.last().atMs + RunWorkload::kLongestAnswerMs;
    const auto goOn = [this, &steps, &next, endMs] {
        for (; next < steps.size() && steps[next].atMs <= m_room.now(); ++next)
            m_room.say(steps[next].person, steps[next].text);
        return m_room.now() >= endMs;
    };
    return waitUntil(goOn, endMs * 2 + 10'000) || fail(QStringLiteral("the workload did not end"));
}

/// What a bot says by itself may be on its way just now: looks when as much was written down as is seen.
bool RunRecorder::settle()
{
    const auto isSeen = [this](const QString& bot, const QByteArray& truth) {
        const auto isOfBot = [&bot](const SeenMessage& message) { return message.from == bot; };
        return truth.count('\n') == std::count_if(m_room.seen().begin(), m_room.seen().end(), isOfBot);
    };
    const auto look = [this, isSeen] {
        m_hubotTruth = m_hubot.truth();
        m_errbotTruth = m_errbot.truth();
        return isSeen(m_hubot.name(), m_hubotTruth) && isSeen(m_errbot.name(), m_errbotTruth);
    };
    return waitUntil(look, kSettleMs) || fail(QStringLiteral("the bots sent other numbers of messages than were seen"));
}

/// What a person has said is seen in the order in which it was said.
bool RunRecorder::nameCommands(const QList<WorkloadStep>& steps)
{
    const QStringList people = RunWorkload::people();
    QList<QList<WorkloadStep>> ofPerson(people.size());
    for (const WorkloadStep& step : steps)
        ofPerson[step.person].append(step);
    for (const SeenMessage& seen : m_room.seen()) {
        RecordedMessage message{.seen = seen, .isBot = seen.from == m_hubot.name() || seen.from == m_errbot.name(), .truth = {}};
        if (const qsizetype person = people.indexOf(seen.from); person >= 0) {
            if (ofPerson[person].isEmpty() || ofPerson[person].first().text != seen.text)
                return fail(QStringLiteral("%1 did not say: %2").arg(seen.from, seen.text));
            const WorkloadStep step = ofPerson[person].takeFirst();
            message.truth = step.run;
            message.isCommand = step.isCommand;
        }
        m_messages.append(message);
    }
    for (const QList<WorkloadStep>& left : ofPerson) {
        if (!left.isEmpty())
            return fail(QStringLiteral("nobody saw: ") + left.first().text);
    }
    return true;
}

bool RunRecorder::nameAnswers(const QString& bot, const QByteArray& truth)
{
    QList<qsizetype> heard;
    QList<qsizetype> sent;
    for (qsizetype i = 0; i < m_messages.size(); ++i) {
        if (m_messages[i].seen.from == bot)
            sent.append(i);
        else if (!m_messages[i].seen.text.isEmpty())
            heard.append(i);
    }
    qsizetype number = 0;
    for (const QByteArray& line : truth.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonObject told = QJsonDocument::fromJson(line).object();
        if (++number > sent.size() || told.value(QLatin1String("sent")).toInt() != number)
            return fail(QStringLiteral("%1 sent what nobody saw: %2 of %3").arg(bot, QString::fromUtf8(line)).arg(sent.size()));
        const int cause = told.value(QLatin1String("heard")).toInt();
        if (cause == 0)
            continue; // said by itself
        // The texts only prove that both have counted alike.
        const RecordedMessage* command = cause <= heard.size() ? &m_messages[heard[cause - 1]] : nullptr;
        if (!command || command->seen.from != told.value(QLatin1String("nick")).toString()
            || command->seen.text != told.value(QLatin1String("command")).toString())
            return fail(QStringLiteral("%1 heard something else: %2").arg(bot, QString::fromUtf8(line)));
        if (command->truth.isEmpty())
            return fail(QStringLiteral("%1 answers talk: %2").arg(bot, QString::fromUtf8(line)));
        m_messages[sent[number - 1]].truth = command->truth;
    }
    return number == sent.size() || fail(QStringLiteral("of %1 %2 messages were seen, and %3 sent").arg(bot).arg(sent.size()).arg(number));
}

QByteArray RunRecorder::lines() const
{
    QByteArray all;
    for (const RecordedMessage& message : m_messages) {
        QJsonObject line{{QStringLiteral("t"), message.seen.atMs}, {QStringLiteral("id"), message.seen.id},
            {QStringLiteral("from"), message.seen.from}, {QStringLiteral("bot"), message.isBot}, {QStringLiteral("text"), message.seen.text},
            {QStringLiteral("replyTo"), message.seen.replyTo}, {QStringLiteral("thread"), message.seen.thread}, {QStringLiteral("edited"), false},
            {QStringLiteral("truth"), message.truth}};
        if (message.isCommand)
            line.insert(QStringLiteral("command"), message.truth);
        if (!message.seen.envelope.isEmpty())
            line.insert(QStringLiteral("envelope"), QString::fromLatin1(message.seen.envelope.toBase64()));
        all += QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    }
    return all;
}

bool RunRecorder::fail(const QString& why)
{
    m_error = why;
    return false;
}

} // namespace ridealong::tests
