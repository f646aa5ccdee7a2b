// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Everybody's runs, what they said, and what is learned of commands.
#include "store/profiledata.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace ridealong::store {

using namespace Qt::StringLiterals;

namespace {

const QString kRunColumns = u"account, id, conversation, cause, bot, sender, sender_name, command, kind, environment, state, exit, detail, started, "
                            "ended, confidence, bytes, rest"_s;
constexpr int kMostRecords = 200'000; ///< that one question of the ledger looks at

chat::RunRecord readRecord(const Rows& row)
{
    chat::RunRecord record;
    chat::RunReport& report = record.report;
    report.run = base::RunId(row.text(1));
    report.conversation = base::ConversationId(base::AccountId(row.text(0)), row.text(2));
    report.cause = base::MessageId(row.text(3));
    report.bot = base::UserId(row.text(4));
    report.sender = base::UserId(row.text(5));
    report.senderName = row.text(6);
    report.command = row.text(7);
    record.kind = row.text(8);
    report.environment = row.text(9);
    report.state = chat::runStateFromString(row.text(10)).value_or(chat::RunState::Unknown);
    if (!row.value(11).isNull())
        report.exitCode = row.value(11).toInt();
    report.detail = row.text(12);
    report.startedAtMs = row.integer(13);
    report.endedAtMs = row.integer(14);
    if (!row.value(15).isNull())
        report.confidence = row.value(15).toInt();
    report.outputBytes = row.integer(16);
    return record;
}

/// What of a run a question means, and its values.
std::pair<QString, QVariantList> conditionOf(const chat::LedgerQuery& query)
{
    QString where = u"started >= ?"_s;
    QVariantList values{query.sinceMs};
    if (query.untilMs > 0) {
        where += u" AND started < ?"_s;
        values += query.untilMs;
    }
    if (!query.conversation.isEmpty()) {
        where += u" AND account = ? AND conversation = ?"_s;
        values += {query.conversation.account().text(), query.conversation.key()};
    }
    if (query.failedOnly)
        where += u" AND state IN ('failed', 'error', 'denied', 'cancelled', 'noReply', 'unknown')"_s;
    if (!query.text.isEmpty()) {
        QString like = query.text;
        like.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
        where += u" AND (command LIKE ? ESCAPE '\\' OR sender_name LIKE ? ESCAPE '\\' OR bot LIKE ? ESCAPE '\\')"_s;
        like = u'%' + like + u'%';
        values += {like, like, like};
    }
    return {where, values};
}

} // namespace

base::Async<base::Done> ProfileStore::putRun(const StoredRun& run, qsizetype firstPart)
{
    return ask([this, run, firstPart] {
        Database& database = m_data->database;
        return database.transaction([&]() -> base::Status {
            const chat::RunReport& report = run.record.report;
            const QString account = report.conversation.account().text();
            auto done
                = database.run(u"INSERT OR REPLACE INTO runs(%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(kRunColumns),
                    {account, report.run.text(), report.conversation.key(), report.cause.text(), report.bot.text(), report.sender.text(),
                        report.senderName, report.command, run.record.kind, report.environment, chat::toString(report.state),
                        report.exitCode ? QVariant(*report.exitCode) : QVariant(), report.detail, report.startedAtMs, report.endedAtMs,
                        report.confidence ? QVariant(*report.confidence) : QVariant(), report.outputBytes, run.rest});
            if (done && firstPart == 0)
                done = database.run(u"DELETE FROM run_parts WHERE account = ? AND run = ?"_s, {account, report.run.text()});
            for (qsizetype i = firstPart; done && i < run.parts.size(); ++i) {
                const StoredPart& part = run.parts[i];
                done = database.run(u"INSERT OR REPLACE INTO run_parts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                    {account, report.run.text(), i, part.message.text(), part.text, part.timeMs, part.order, part.isCut,
                        part.evidence * 1000 + part.confidence});
            }
            return done;
        });
    });
}

base::Async<base::Done> ProfileStore::removeRun(const base::AccountId& account, const base::RunId& run)
{
    return write([account, run](Database& database) {
        const QVariantList key{account.text(), run.text()};
        auto done = database.run(u"DELETE FROM run_parts WHERE account = ? AND run = ?"_s, key);
        return done ? database.run(u"DELETE FROM runs WHERE account = ? AND id = ?"_s, key) : done;
    });
}

base::Async<QList<StoredRun>> ProfileStore::runs(const base::AccountId& account, qint64 sinceMs, int limit)
{
    return ask([this, account, sinceMs, limit]() -> base::Expected<QList<StoredRun>> {
        QList<StoredRun> found;
        Database& database = m_data->database;
        // `rest` is what only runs have whose words are kept here.
        base::Status done = database.each(
            u"SELECT %1 FROM runs WHERE account = ? AND started >= ? AND rest <> x'' ORDER BY started DESC LIMIT ?"_s.arg(kRunColumns),
            {account.text(), sinceMs, limit}, [&](const Rows& row) {
                found.prepend({readRecord(row), row.value(17).toByteArray(), {}});
            });
        for (StoredRun& run : found) {
            if (!done)
                break;
            done = database.each(u"SELECT message, text, time, ord, cut, evidence FROM run_parts WHERE account = ? AND run = ? ORDER BY position"_s,
                {account.text(), run.record.report.run.text()}, [&](const Rows& row) {
                    const int evidence = row.value(5).toInt();
                    run.parts.append({base::MessageId(row.text(0)), row.text(1), row.integer(2), row.integer(3), row.value(4).toBool(),
                        evidence / 1000, evidence % 1000});
                });
        }
        if (!done)
            return done.error();
        return found;
    });
}

base::Async<base::Done> ProfileStore::dropOldParts(qint64 beforeMs)
{
    return write([beforeMs](Database& database) { return database.run(u"DELETE FROM run_parts WHERE time < ?"_s, {beforeMs}); });
}

base::Async<QList<chat::RunRecord>> ProfileStore::ledger(const chat::LedgerQuery& query)
{
    return ask([this, query]() -> base::Expected<QList<chat::RunRecord>> {
        QList<chat::RunRecord> found;
        auto [where, values] = conditionOf(query);
        values += std::clamp(query.limit, 1, kMostRecords);
        const base::Status done = m_data->database.each(u"SELECT %1 FROM runs WHERE %2 ORDER BY started DESC LIMIT ?"_s.arg(kRunColumns, where),
            values, [&](const Rows& row) { found.append(readRecord(row)); });
        if (!done)
            return done.error();
        return found;
    });
}

base::Async<QList<chat::CommandRecord>> ProfileStore::commandLedger(const chat::LedgerQuery& query)
{
    return ask([this, query]() -> base::Expected<QList<chat::CommandRecord>> {
        QList<chat::CommandRecord> found;
        QHash<QString, qsizetype> places;
        QList<QList<qint64>> durations;
        auto [where, values] = conditionOf(query);
        values += kMostRecords;
        const base::Status done = m_data->database.each(
            u"SELECT account, bot, kind, command, sender_name, started, ended, state FROM runs WHERE %1 ORDER BY started DESC LIMIT ?"_s.arg(where),
            values, [&](const Rows& row) {
                const QString key = row.text(0) + u'\n' + row.text(1) + u'\n' + row.text(2);
                if (!places.contains(key)) {
                    places.insert(key, found.size());
                    found.append({base::AccountId(row.text(0)), base::UserId(row.text(1)), row.text(2), row.text(3), row.text(4), row.integer(5),
                        chat::runStateFromString(row.text(7)).value_or(chat::RunState::Unknown)});
                    durations.append(QList<qint64>());
                }
                const qsizetype at = places.value(key);
                chat::CommandRecord& record = found[at];
                const auto state = chat::runStateFromString(row.text(7)).value_or(chat::RunState::Unknown);
                ++record.runs;
                record.ended += chat::isFinal(state);
                record.succeeded += state == chat::RunState::Succeeded;
                if (state == chat::RunState::Succeeded && row.integer(6) >= row.integer(5))
                    durations[at].append(row.integer(6) - row.integer(5));
            });
        if (!done)
            return done.error();
        for (qsizetype i = 0; i < found.size(); ++i)
            if (QList<qint64>& all = durations[i]; !all.isEmpty()) {
                std::nth_element(all.begin(), all.begin() + all.size() / 2, all.end());
                found[i].typicalMs = all[all.size() / 2];
            }
        return found;
    });
}

base::Async<QHash<QString, QByteArray>> ProfileStore::habits()
{
    return ask([this]() -> base::Expected<QHash<QString, QByteArray>> {
        QHash<QString, QByteArray> found;
        const base::Status done = m_data->database.each(
            u"SELECT name, habit FROM habits"_s, {}, [&](const Rows& row) { found.insert(row.text(0), row.value(1).toByteArray()); });
        if (!done)
            return done.error();
        return found;
    });
}

base::Async<base::Done> ProfileStore::putHabits(const QHash<QString, QByteArray>& habits)
{
    return ask([this, habits] {
        Database& database = m_data->database;
        return database.transaction([&]() -> base::Status {
            for (auto it = habits.cbegin(); it != habits.cend(); ++it)
                if (auto done = database.run(u"INSERT OR REPLACE INTO habits VALUES (?, ?)"_s, {it.key(), it.value()}); !done)
                    return done;
            return base::Done();
        });
    });
}

} // namespace ridealong::store
