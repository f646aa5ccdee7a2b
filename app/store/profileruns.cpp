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
constexpr int kMostRecords = 200'000; ///< that one question of the ledger answers with
constexpr int kMostCommands = 5000; ///< those used last
constexpr int kTypicalOf = 101; ///< newest successes: how long a command takes now, not how long it took years ago

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
    if (!query.kind.isEmpty()) {
        where += u" AND account = ? AND bot = ? AND kind = ?"_s;
        values += {query.account.text(), query.bot.text(), query.kind};
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

/// "ORDER BY …" with all of the key in it, so that two pages never share a run.
QString orderOf(const chat::LedgerQuery& query)
{
    const QString way = query.ascending ? u" ASC"_s : u" DESC"_s;
    const QString key = [&] {
        switch (query.order) {
        case chat::LedgerOrder::Started: return QString();
        case chat::LedgerOrder::Sender: return u"sender_name COLLATE NOCASE"_s;
        case chat::LedgerOrder::Command: return u"command COLLATE NOCASE"_s;
        case chat::LedgerOrder::Conversation: return u"conversation COLLATE NOCASE"_s;
        case chat::LedgerOrder::Environment: return u"environment"_s;
        case chat::LedgerOrder::State: return u"state"_s;
        case chat::LedgerOrder::Duration: return u"CASE WHEN ended > 0 THEN ended - started ELSE -1 END"_s;
        case chat::LedgerOrder::ExitCode: return u"exit"_s;
        }
        Q_UNREACHABLE();
    }();
    if (key.isEmpty()) // as the index has it
        return u"ORDER BY started%1, account%1, id%1"_s.arg(way);
    return u"ORDER BY %1%2, started DESC, account DESC, id DESC"_s.arg(key, way);
}

base::Status readTypical(Database& database, chat::CommandRecord& command, const QString& where, const QVariantList& values)
{
    QList<qint64> durations;
    const base::Status done = database.each(
        u"SELECT ended - started FROM runs WHERE account = ? AND bot = ? AND kind = ? AND state = 'succeeded' AND ended >= started AND %1 "
        "ORDER BY started DESC LIMIT ?"_s.arg(where),
        QVariantList{command.account.text(), command.bot.text(), command.kind} + values + QVariantList{kTypicalOf},
        [&](const Rows& row) { durations.append(row.integer(0)); });
    if (done && !durations.isEmpty()) {
        const auto middle = durations.begin() + durations.size() / 2;
        std::nth_element(durations.begin(), middle, durations.end());
        command.typicalMs = *middle;
    }
    return done;
}

/// What a summary says of the last one of its runs.
base::Status readLast(Database& database, chat::CommandRecord& command, const QString& where, const QVariantList& values)
{
    return database.each(
        u"SELECT command, sender_name, state FROM runs WHERE account = ? AND bot = ? AND kind = ? AND started = ? AND %1 LIMIT 1"_s.arg(where),
        QVariantList{command.account.text(), command.bot.text(), command.kind, command.lastAtMs} + values, [&](const Rows& row) {
            command.lastCommand = row.text(0);
            command.lastBy = row.text(1);
            command.lastState = chat::runStateFromString(row.text(2)).value_or(chat::RunState::Unknown);
        });
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
                        report.confidence ? QVariant(*report.confidence) : QVariant(), report.outputBytes,
                        run.rest.isNull() ? QByteArray("") : run.rest}); // NULL would be refused
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
        values += {std::clamp(query.limit, 1, kMostRecords), std::max(0, query.offset)};
        const base::Status done = m_data->database.each(u"SELECT %1 FROM runs WHERE %2 %3 LIMIT ? OFFSET ?"_s.arg(kRunColumns, where, orderOf(query)),
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
        Database& database = m_data->database;
        const auto [where, values] = conditionOf(query);
        // The plus keeps SQLite from the index by time, in which it would have to look up every run there is.
        const QString all = query.sinceMs <= 0 ? u"+"_s : QString();
        base::Status done = database.each(u"SELECT account, bot, kind, max(started), count(*), sum(state = 'succeeded'), "
                                          "sum(state IN ('succeeded', 'failed', 'error', 'denied', 'cancelled')) FROM runs WHERE %1 "
                                          "GROUP BY account, bot, kind ORDER BY max(started) DESC LIMIT ?"_s.arg(all + where),
            values + QVariantList{kMostCommands}, [&](const Rows& row) {
                chat::CommandRecord record{base::AccountId(row.text(0)), base::UserId(row.text(1)), row.text(2), {}, {}, row.integer(3)};
                record.runs = int(row.integer(4));
                record.succeeded = int(row.integer(5));
                record.ended = int(row.integer(6));
                found.append(record);
            });
        for (chat::CommandRecord& command : found) {
            if (!done)
                break;
            done = readLast(database, command, where, values);
            if (done && command.succeeded > 0)
                done = readTypical(database, command, where, values);
        }
        if (!done)
            return done.error();
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
