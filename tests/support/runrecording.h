// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/correlator.h"
#include "correlator/profilebook.h"
#include "correlator/regrouping.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <vector>

namespace ridealong::tests {

/// One line of a recording of tests/golden/runs.
struct ReplayedMessage
{
    chat::Message message;
    QByteArray envelope;
    bool isReaction = false; ///< or one that is taken back: of the message that has this id
    bool isTakenBack = false;
    QString truth; ///< the command it belongs to; empty: none
    QString command; ///< it is that command
};

inline std::vector<ReplayedMessage> readRecording(const QString& path, bool withLinks)
{
    std::vector<ReplayedMessage> read;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return read;
    int serial = 0;
    while (!file.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        if (line.isEmpty() || line.contains(QLatin1StringView("_")))
            continue;
        ReplayedMessage one;
        chat::Message& message = one.message;
        message.conversation = base::ConversationId(base::AccountId(QStringLiteral("work")), QStringLiteral("#ops"));
        message.id = base::MessageId(line[QStringLiteral("id")].toString());
        message.senderName = line[QStringLiteral("from")].toString();
        message.sender = base::UserId(message.senderName.toLower());
        message.text = line[QStringLiteral("text")].toString();
        message.text.removeIf([](QChar c) { return c < u' ' && c != u'\n' && c != u'\t' && c != QChar(0x1b); }); // as IRC's formatting goes
        message.timeMs = 1'700'000'000'000 + line[QStringLiteral("t")].toInteger();
        message.order = message.timeMs * 1'000'000 + ++serial;
        message.fromBot = line[QStringLiteral("bot")].toBool();
        message.edited = line[QStringLiteral("edited")].toBool();
        if (withLinks) {
            message.replyTo = base::MessageId(line[QStringLiteral("replyTo")].toString());
            message.thread = base::MessageId(line[QStringLiteral("thread")].toString());
        }
        for (const QJsonValue& reaction : line[QStringLiteral("reactions")].toArray()) {
            one.isReaction = true;
            one.isTakenBack = !reaction[QStringLiteral("added")].toBool();
            message.reactions += {reaction[QStringLiteral("emoji")].toString(), {base::UserId(reaction[QStringLiteral("by")].toString())}};
        }
        one.envelope = QByteArray::fromBase64(line[QStringLiteral("envelope")].toString().toLatin1());
        one.truth = line[QStringLiteral("truth")].toString();
        one.command = line[QStringLiteral("command")].toString();
        read.push_back(std::move(one));
    }
    return read;
}

/// How well a correlator did.
struct Grouping
{
    int commands = 0;
    int belonging = 0; ///< messages of bots that belong to a run
    int placed = 0; ///< that were put into one
    int right = 0;
    QStringList mistakes;

    double precision() const { return placed ? double(right) / placed : 1; }
    double recall() const { return belonging ? double(right) / belonging : 1; }
};

/// Plays a recording to a correlator, with its own times, in a room with those bots; whoever is `bot` in it.
class RunReplay
{
public:
    explicit RunReplay(const QString& profiles) : correlator([this](const base::ConversationId&) -> const correlator::Room& { return room; }, habits)
    {
        book.load({profiles});
    }

    Grouping play(const std::vector<ReplayedMessage>& recording)
    {
        for (const ReplayedMessage& one : recording) {
            const auto known = [&](const correlator::BotInRoom& bot) { return bot.user == one.message.sender; };
            if (one.message.fromBot && std::none_of(room.bots.begin(), room.bots.end(), known))
                room.bots += {one.message.sender, one.message.senderName, book.forName(one.message.senderName)};
            if (!one.message.fromBot && !room.people.contains(one.message.senderName))
                room.people += one.message.senderName;
        }
        QHash<base::MessageId, QString> commands;
        for (const ReplayedMessage& one : recording) {
            const qint64 now = one.message.timeMs;
            for (auto next = correlator.nextTickMs(); next && *next < now; next = correlator.nextTickMs())
                correlator.tick(*next);
            if (thinksOften)
                thinkOver(now);
            if (!one.envelope.isEmpty())
                correlator.takeEnvelope(one.message.conversation, one.message.id, one.message.sender, one.envelope, now);
            if (one.isReaction)
                react(one);
            else if (!one.message.text.isEmpty())
                correlator.take(said[one.message.id] = one.message, one.message.text, now);
            correlator.takeChanges();
            if (!one.command.isEmpty())
                commands.insert(one.message.id, one.command);
            if (isJudged(one))
                weights.insert(one.message.id, weightsNow(commands));
        }
        thinkOver(recording.back().message.timeMs + 10'000);
        return judge(recording, commands);
    }

    bool thinksOften = true; ///< else once, at the end
    correlator::ProfileBook book;
    correlator::Habits habits;
    correlator::Room room;
    correlator::Correlator correlator;

private:
    static bool isJudged(const ReplayedMessage& one) { return one.message.fromBot && !one.message.text.isEmpty() && !one.message.edited; }

    void react(const ReplayedMessage& one)
    {
        chat::Message& to = said[one.message.id];
        for (const chat::Reaction& reaction : one.message.reactions) {
            to.reactions.removeIf([&](const chat::Reaction& known) { return known.emoji == reaction.emoji; });
            if (!one.isTakenBack)
                to.reactions += reaction;
        }
        correlator.take(to, to.text, one.message.timeMs);
    }

    void thinkOver(qint64 now)
    {
        while (const auto past = correlator.takeRegrouping(now))
            correlator.apply(correlator::regroup(*past), now);
    }

    QString weightsNow(const QHash<base::MessageId, QString>& commands) const
    {
        QString all;
        for (size_t i = 0; i < std::min<size_t>(4, correlator.lastWeighing().size()); ++i) {
            const correlator::Candidate& candidate = correlator.lastWeighing()[i];
            const auto* run = correlator.find(candidate.run);
            const QString name = run ? commands.value(run->commands.first()) + u'(' + run->report.command + u')' : QStringLiteral("none");
            all += QStringLiteral(" %1=%2").arg(name).arg(candidate.score, 0, 'f', 1);
        }
        return all;
    }

    /// Two people gave the same command at once, and its bot said the same words twice in one moment: the runs are the same whichever of the
    /// two messages stands in which, and nothing that anybody sees tells.
    static void exchangeEquals(const std::vector<ReplayedMessage>& recording, QHash<base::MessageId, QString>& put)
    {
        constexpr qint64 kOneMomentMs = 250;
        QHash<QString, const chat::Message*> commands;
        for (const ReplayedMessage& one : recording)
            if (!one.command.isEmpty())
                commands.insert(one.command, &one.message);
        const auto isTwin = [&](const QString& one, const QString& other) {
            const chat::Message* first = commands.value(one);
            const chat::Message* second = commands.value(other);
            return first && second && first->text == second->text && first->sender != second->sender
                && std::abs(first->timeMs - second->timeMs) <= kOneMomentMs;
        };
        const auto isWrong = [&](const ReplayedMessage& one) { return put.value(one.message.id) != one.truth; };
        for (auto one = recording.begin(); one != recording.end(); ++one) {
            if (!isJudged(*one) || one->truth.isEmpty() || !isWrong(*one))
                continue;
            for (auto other = one + 1; other != recording.end() && other->message.timeMs <= one->message.timeMs + kOneMomentMs; ++other) {
                const bool isEqual = isJudged(*other) && other->message.sender == one->message.sender && other->message.text == one->message.text
                    && isTwin(other->truth, one->truth);
                if (!isEqual || !isWrong(*other) || (put.value(other->message.id) != one->truth && put.value(one->message.id) != other->truth))
                    continue;
                const QString where = put.value(one->message.id);
                put.insert(one->message.id, put.value(other->message.id));
                put.insert(other->message.id, where);
                break;
            }
        }
    }

    Grouping judge(const std::vector<ReplayedMessage>& recording, const QHash<base::MessageId, QString>& commands) const
    {
        Grouping found;
        found.commands = int(commands.size());
        QHash<base::MessageId, QString> put;
        for (auto it = commands.begin(); it != commands.end(); ++it)
            if (const auto* run = correlator.ofCommand(recording.front().message.conversation, it.key()))
                for (const correlator::Part& part : run->parts)
                    put.insert(part.message, it.value());
        exchangeEquals(recording, put);
        for (const ReplayedMessage& one : recording) {
            if (!isJudged(one))
                continue;
            const QString where = put.value(one.message.id);
            found.belonging += !one.truth.isEmpty();
            found.placed += !where.isEmpty();
            found.right += !where.isEmpty() && where == one.truth;
            if (where != one.truth)
                found.mistakes += QStringLiteral("%1 '%2' of %3 went to %4; at first:%5")
                                      .arg(one.message.timeMs % 1'000'000)
                                      .arg(one.message.text.left(60), one.truth.isEmpty() ? QStringLiteral("none") : one.truth,
                                          where.isEmpty() ? QStringLiteral("none") : where, weights.value(one.message.id));
        }
        return found;
    }

    QHash<base::MessageId, chat::Message> said;
    QHash<base::MessageId, QString> weights;
};

} // namespace ridealong::tests
