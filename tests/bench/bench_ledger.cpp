// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the ledger costs with a hundred thousand runs, as JSON lines; `bench_ledger 10000` takes fewer. While the store answers, nothing else
// is stored.
#include "chat/ledgercsv.h"
#include "report.h"
#include "store/profilestore.h"
#include "store/storedrun.h"
#include "support/await.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace ridealong;
using tests::await;

namespace {

const base::AccountId kAccount(u"irc-1"_s);
constexpr int kCommands = 300;
constexpr qint64 kFirstMs = 1'700'000'000'000;
constexpr qint64 kApartMs = 300'000; ///< a year of runs

class Timer
{
public:
    double ms() const { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_begin).count(); }

private:
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

chat::RunRecord runOf(int number)
{
    static constexpr chat::RunState kStates[]{chat::RunState::Succeeded, chat::RunState::Succeeded, chat::RunState::Succeeded, chat::RunState::Failed,
        chat::RunState::Succeeded, chat::RunState::NoReply, chat::RunState::Succeeded};
    const int kind = number * 7919 % kCommands;
    chat::RunRecord made;
    made.kind = u"deploy service%1"_s.arg(kind);
    chat::RunReport& report = made.report;
    report.run = base::RunId(u"run-%1"_s.arg(number, 22));
    report.conversation = {kAccount, u"#room%1"_s.arg(number % 9)};
    report.cause = base::MessageId(u"message-%1"_s.arg(number));
    report.bot = base::UserId(u"bot%1"_s.arg(kind % 5));
    report.sender = base::UserId(u"user%1"_s.arg(number % 40));
    report.senderName = u"Engineer %1"_s.arg(number % 40);
    report.command = u"%1 to node%2"_s.arg(made.kind).arg(number % 50);
    report.environment = u"production"_s;
    report.state = kStates[number % std::size(kStates)];
    report.startedAtMs = kFirstMs + number * kApartMs;
    report.endedAtMs = report.startedAtMs + number * 37 % 100'000;
    return made;
}

/// In one transaction; by putRun each run would have its own.
void fill(const QString& path, int runs)
{
    const QString name = u"fill"_s;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(path);
        QSqlQuery insert(database);
        bool done = database.open() && database.transaction()
            && insert.prepare(u"INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
        for (int i = 0; done && i < runs; ++i) {
            const chat::RunRecord record = runOf(i);
            const chat::RunReport& report = record.report;
            const QVariantList values{kAccount.text(), report.run.text(), report.conversation.key(), report.cause.text(), report.bot.text(),
                report.sender.text(), report.senderName, report.command, record.kind, report.environment, chat::toString(report.state), QVariant(),
                u""_s, report.startedAtMs, report.endedAtMs, QVariant(), 4096, QByteArray(250, 'x')};
            for (int place = 0; place < values.size(); ++place)
                insert.bindValue(place, values[place]);
            done = insert.exec();
        }
        if (!done || !database.commit())
            std::fprintf(stderr, "the runs were not stored: %s\n", qPrintable(insert.lastError().text()));
    }
    QSqlDatabase::removeDatabase(name);
}

template <typename Ask> void measure(const QString& quantity, double goal, Ask ask)
{
    std::vector<double> times;
    for (int round = 0; round < 7; ++round) {
        const Timer timer;
        const auto answer = await(ask(), 60'000);
        times.push_back(timer.ms());
        if (!answer)
            std::fprintf(stderr, "%s\n", qPrintable(answer.error().detail));
    }
    bench::print({u"ledger"_s, quantity, bench::median(times), u"ms"_s, goal});
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const int runs = argc > 1 ? std::max(1, std::atoi(argv[1])) : 100'000;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"p.db"_s);
    (void)await(store::ProfileStore(path).open());
    fill(path, runs);
    store::ProfileStore store(path);
    (void)await(store.open());

    using Order = chat::LedgerOrder;
    constexpr int kPage = 500;
    const base::ConversationId room(kAccount, u"#room4"_s);
    const qint64 monthMs = kFirstMs + (runs - 8640) * kApartMs;
    const QString of = u" of %L1 runs"_s.arg(runs);
    const auto page
        = [&](const QString& what, double goal, const chat::LedgerQuery& query) { measure(what + of, goal, [&] { return store.ledger(query); }); };
    page(u"first page"_s, 20, {.limit = kPage});
    page(u"first page of one room"_s, 20, {.conversation = room, .limit = kPage});
    page(u"first page of a room without runs"_s, 20, {.conversation = {kAccount, u"#none"_s}, .limit = kPage});
    page(u"first page of one command"_s, 20, {.limit = kPage, .account = kAccount, .bot = base::UserId(u"bot2"_s), .kind = u"deploy service7"_s});
    page(u"first page of those that failed"_s, 20, {.failedOnly = true, .limit = kPage});
    page(u"first page of a rare word"_s, 200, {.text = u"nowhere"_s, .limit = kPage});
    page(u"the longest"_s, 200, {.limit = kPage, .order = Order::Duration});
    page(u"the last page"_s, 200, {.limit = kPage, .offset = runs - kPage});
    const auto commands = [&](const QString& what, double goal, const chat::LedgerQuery& query) {
        measure(u"summary of 300 commands, "_s + what + of, goal, [&] { return store.commandLedger(query); });
    };
    commands(u"all"_s, 100, {});
    commands(u"the last 30 days"_s, 100, {.sinceMs = monthMs});
    commands(u"one room"_s, 100, {.conversation = room});
    commands(u"a frequent word"_s, 400, {.text = u"deploy"_s});

    const auto all = await(store.ledger({.limit = runs}), 60'000);
    const Timer writing;
    const qsizetype bytes = chat::toCsv(all.valueOr({})).size();
    bench::print({u"ledger"_s, u"CSV of %L1 runs, %L2 MB"_s.arg(runs).arg(bytes / 1'000'000), writing.ms(), u"ms"_s, std::nullopt});
    return 0;
}
