// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/timelinemodel.h"
#include "support/messages.h"

#include <QDateTime>

/// Conversations to show: every kind of row, or many plain ones.

inline const ridealong::base::ConversationId kRoom(ridealong::base::AccountId(QStringLiteral("local")), QStringLiteral("ops"));
inline const ridealong::chat::Member kMe{.user = ridealong::base::UserId(QStringLiteral("me")), .name = QStringLiteral("Me")};
inline const qint64 kNoon = QDateTime(QDate(2026, 3, 5), QTime(8, 41)).toMSecsSinceEpoch();
inline const qint64 kNow = kNoon + 3'600'000;

inline ridealong::chat::Message message(qint64 order, const QString& sender, const QString& text, qint64 timeMs = 0)
{
    auto made = ridealong::tests::makeMessage(kRoom, order, sender, text);
    made.timeMs = timeMs ? timeMs : kNoon + order * 180'000;
    return made;
}

inline ridealong::chat::OutboxItem outgoing(const QString& transaction, const QString& text, ridealong::chat::OutboxState state)
{
    ridealong::chat::OutboxItem item;
    item.transaction = ridealong::base::TransactionId(transaction);
    item.conversation = kRoom;
    item.text = text;
    item.state = state;
    item.kind = state == ridealong::chat::OutboxState::Review ? ridealong::chat::OutgoingKind::Command : ridealong::chat::OutgoingKind::Text;
    item.createdAtMs = kNow;
    return item;
}

inline QList<ridealong::chat::Message> many(int count)
{
    QList<ridealong::chat::Message> all;
    for (int i = 1; i <= count; ++i)
        all.append(message(i, i % 3 ? QStringLiteral("Ana") : QStringLiteral("Ben"), QStringLiteral("message %1 ").arg(i).repeated(1 + i % 17)));
    return all;
}

/// Every kind of row.
inline QList<ridealong::chat::Message> everything()
{
    using namespace ridealong;
    using namespace Qt::StringLiterals;
    QList<chat::Message> all{
        message(1, u"Mina"_s, u"Arrays are quiet since 08:30, you can start. I hand over the batch list in the thread."_s),
        message(2, u"Mina"_s, u"Look at **vmax1** and `ls -l`, the [runbook](https://example.org/runbook) says so:\nsecond line of it"_s),
        message(3, u"Ana"_s, u"hubot migrate start vmax1 --streams 4"_s),
        message(4, u"hubot"_s, u"Migration of **vmax1** started with 4 streams. I report here every 5 %."_s),
        message(5, u"Ana"_s, u"```json\n{\n  \"lun\": \"0114\",\n  \"left\": 198,\n  \"copying\": true\n}\n```\nThat is what it says."_s),
        message(6, u"Ben"_s, u"- first the slow ones\n- then the rest\n- lunch 🍜"_s),
        message(7, u"Ben"_s, u"Can we see what is left on the slow LUNs before lunch?"_s),
        message(8, u"Ana"_s, u"hubot lun list vmax1 --state copying"_s),
        message(9, u"Ben"_s, u"hubot array health vmax7"_s),
        message(10, u"Cornelia Featherstonehaugh-Winterbottom of the storage team"_s, u"Yes, from the list."_s),
        message(11, u"me"_s, u""_s),
        message(12, u"Ana"_s, u"joined the room"_s),
        message(13, u"Ana"_s, u"hubot deploy api"_s),
        message(14, u"me"_s,
            u"See /very/long/path/that/does/not/want/to/break/anywhere/because/it/has/no/blanks/in/it/at/all/but/must/stay/inside @Me ![chart](https://example.org/c.png)"_s),
    };
    for (const int i : {3, 8, 9, 13})
        all[i - 1].run = base::RunId(u"r%1"_s.arg(i));
    all[3].fromBot = true;
    all[3].reactions = {{u"👀"_s, {base::UserId(u"Ana"_s), kMe.user}}, {u"🎉"_s, {base::UserId(u"Ben"_s)}}};
    all[4].edited = true;
    all[9].replyTo = all[6].id;
    all[10].deleted = true;
    all[11].system = true;
    auto reply = message(15, u"Ben"_s, u"Batch 4 is the slow one."_s);
    reply.thread = all[0].id;
    all.append(reply);
    return all;
}

inline void applyRuns(ridealong::model::TimelineModel& timeline)
{
    using namespace ridealong;
    const auto apply
        = [&](int i, chat::RunState state, qint64 startedAgoMs, qint64 tookMs, std::optional<int> percent = {}, std::optional<int> exitCode = {}) {
              chat::RunReport report;
              report.run = base::RunId(QStringLiteral("r%1").arg(i));
              report.conversation = kRoom;
              report.state = state;
              report.startedAtMs = kNow - startedAgoMs;
              report.endedAtMs = tookMs ? report.startedAtMs + tookMs : 0;
              report.exitCode = exitCode;
              if (percent)
                  report.progress = chat::Progress{chat::Progress::State::Normal, *percent, {}};
              timeline.apply(report);
          };
    apply(3, chat::RunState::Running, 2'467'000, 0, 62);
    apply(8, chat::RunState::Succeeded, 60'000, 1'800);
    apply(9, chat::RunState::NoReply, 48'000, 0);
    apply(13, chat::RunState::Failed, 48'000, 12'300, {}, 2);
}
