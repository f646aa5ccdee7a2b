// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the profile's database costs, as JSON lines. It searches a million messages; `bench_store 200000` fewer.
#include "base/random.h"
#include "report.h"
#include "store/profilestore.h"
#include "support/await.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace ridealong;
using tests::await;

namespace {

const base::AccountId kAccount(u"local-1"_s);
const chat::Member kMe{base::UserId(u"me"_s), u"Me"_s, false, chat::Presence::Online};
constexpr int kBatch = 2000;

void printMs(const QString& id, const QString& quantity, double value, double goal) { bench::print({id, quantity, value, u"ms"_s, goal}); }

class Timer
{
public:
    double ms() const { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_begin).count(); }

private:
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

base::ConversationId room(int number) { return {kAccount, u"room-%1"_s.arg(number)}; }

/// Talk of engineers: a few words that stand everywhere, many that are rare.
QString text(quint64& state)
{
    static const QString kWords[] = {u"the"_s, u"deploy"_s, u"failed"_s, u"staging"_s, u"production"_s, u"looks"_s, u"good"_s, u"restart"_s,
        u"service"_s, u"database"_s, u"please"_s, u"again"_s, u"rollback"_s, u"metrics"_s, u"now"_s, u"is"_s, u"up"_s, u"node"_s};
    const auto next = [&] { return quint32((state = state * 6364136223846793005ull + 1442695040888963407ull) >> 33); };
    QString made;
    for (int i = 0; i < 9; ++i)
        made += kWords[next() % std::size(kWords)] + u' ';
    return made + u"ticket"_s + QString::number(next() % 50'000);
}

void fill(store::ProfileStore& store, const base::ConversationId& where, int count, qint64 firstTimeMs)
{
    quint64 state = quint64(firstTimeMs);
    for (int done = 0; done < count; done += kBatch) {
        chat::SyncBatch batch;
        for (int i = done + 1; i <= std::min(count, done + kBatch); ++i) {
            chat::Message message;
            message.id = base::MessageId(u"h.%1"_s.arg(i));
            message.conversation = where;
            message.sender = base::UserId(u"user-%1"_s.arg(i % 20));
            message.senderName = message.sender.text();
            message.timeMs = firstTimeMs + i * 7000LL;
            message.order = i;
            message.text = text(state);
            if (i % 10 == 0)
                message.thread = base::MessageId(u"h.%1"_s.arg(i / 10 * 10 - 9));
            batch.events.append(chat::MessageChanged{message});
        }
        batch.cursor = QByteArray::number(done);
        if (const auto stored = await(store.commit(kAccount, batch, kMe), 60'000); !stored)
            std::fprintf(stderr, "%s\n", qPrintable(stored.error().detail));
    }
}

void measureStart(const QString& path)
{
    std::vector<double> times;
    for (int round = 0; round < 11; ++round) {
        const Timer timer;
        store::ProfileStore store(path);
        const auto opened = await(store.open());
        const auto accounts = await(store.accounts());
        const auto state = await(store.state(kAccount));
        times.push_back(timer.ms());
        if (!opened || !accounts || !state || state->conversations.size() != 30)
            std::fprintf(stderr, "the small profile is not what it was made to be\n");
    }
    printMs(u"store-open"_s, u"open, accounts and state of a profile of 30 rooms"_s, bench::median(times), 20);
}

/// Until the first page is full, as the window asks: an answer looks at a limited number of messages.
void measureSearch(store::ProfileStore& store, const QString& typed, const QString& quantity)
{
    constexpr int kPage = 50;
    const chat::SearchQuery query = chat::parseSearch(typed, QDate(2026, 11, 28));
    std::vector<double> times;
    for (int round = 0; round < 7; ++round) {
        const Timer timer;
        qsizetype hits = 0;
        qint64 from = 0;
        do {
            const auto page = await(store.search(query, from, kPage - int(hits)), 60'000);
            hits += page ? page->hits.size() : 0;
            from = page ? page->next : 0;
        } while (from != 0 && hits < kPage);
        times.push_back(timer.ms());
        if (hits == 0)
            std::fprintf(stderr, "nothing found\n");
    }
    printMs(u"stored-search"_s, quantity, bench::median(times), 50);
}

/// What came in a flood is put into the full-text index when there is time; a search waits for it, so it is measured apart.
void measureIndexing(store::ProfileStore& store, int messages)
{
    const Timer timer;
    const chat::SearchQuery query = chat::parseSearch(u"ticket123"_s, QDate(2026, 11, 28));
    qint64 from = 0;
    do {
        const auto page = await(store.search(query, from, 1), 60'000);
        from = page && page->preparing ? page->next : 0;
    } while (from != 0);
    bench::print({u"stored-search"_s, u"messages made searchable"_s, messages / timer.ms() * 1000, u"1/s"_s, std::nullopt, true});
}

void measureOutbox(store::ProfileStore& store)
{
    constexpr int kWrites = 1000;
    base::SystemRandom random;
    const Timer timer;
    std::vector<base::Async<base::Done>> answers;
    for (int i = 0; i < kWrites; ++i) {
        chat::OutboxItem item;
        item.transaction = base::newTransactionId(random);
        item.conversation = room(0);
        item.text = u"hello"_s;
        item.position = i;
        answers.push_back(store.putOutbox(item));
    }
    for (const auto& answer : answers)
        (void)await(answer);
    printMs(u"outbox-write"_s, u"1,000 items handed in at once, stored"_s, timer.ms(), 200);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const int searched = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1'000'000;
    const QTemporaryDir folder;
    const QString small = folder.filePath(u"small.db"_s);
    {
        store::ProfileStore store(small);
        (void)await(store.open());
        (void)await(store.saveAccount({kAccount, u"local"_s, u"Local"_s, u"me"_s, {}, {}}));
        for (int i = 0; i < 30; ++i)
            fill(store, room(i), 100, 1'700'000'000'000);
        measureOutbox(store);
    }
    measureStart(small);

    store::ProfileStore store(folder.filePath(u"large.db"_s));
    (void)await(store.open());
    (void)await(store.saveAccount({kAccount, u"local"_s, u"Local"_s, u"me"_s, {}, {}}));
    constexpr int kRoom = 100'000;
    {
        const Timer timer;
        fill(store, room(0), kRoom, 1'700'000'000'000);
        bench::print({u"chat-store"_s, u"messages stored in batches of 2,000"_s, kRoom / timer.ms() * 1000, u"1/s"_s, 60'000, true});
    }
    std::vector<double> newest, middle, unread, threads;
    for (int round = 0; round < 15; ++round) {
        const Timer first;
        (void)await(store.messages({room(0), {}, 0, 0, 100}));
        newest.push_back(first.ms());
        const Timer second;
        (void)await(store.messages({room(0), {}, kRoom / 2, 0, 100}));
        middle.push_back(second.ms());
        const Timer third;
        (void)await(store.readState(room(0)));
        unread.push_back(third.ms());
        const Timer fourth;
        (void)await(store.threadOverviews({}, 100));
        threads.push_back(fourth.ms());
    }
    printMs(u"room-page"_s, u"newest page of 100,000 messages"_s, bench::median(newest), 10);
    printMs(u"room-page-jump"_s, u"a page in the middle of 100,000 messages"_s, bench::median(middle), 10);
    printMs(u"room-threads"_s, u"list of the latest 100 of 10,000 threads"_s, bench::median(threads), 20);
    printMs(u"room-unread"_s, u"unread and mentions of 100,000 unread messages"_s, bench::median(unread), 20);

    for (int done = kRoom, number = 1; done < searched; done += kRoom, ++number)
        fill(store, room(number), std::min(kRoom, searched - done), 1'700'000'000'000 + number * 1'000'000'000LL);
    measureIndexing(store, searched);
    const QString of = u" of %L1 messages, first page"_s.arg(searched);
    measureSearch(store, u"ticket123 "_s, u"a rare word"_s + of);
    measureSearch(store, u"deploy "_s, u"a word of a third"_s + of);
    measureSearch(store, u"deplo"_s, u"such a word while it is being typed, out"_s + of);
    measureSearch(store, u"rollback database failed "_s, u"three frequent words"_s + of);
    measureSearch(store, u"\"deploy failed\""_s, u"a phrase of frequent words"_s + of);
    measureSearch(store, u"from:user-7 in:room-0 deploy "_s, u"a frequent word of one sender in the oldest room"_s + of);
    measureSearch(store, u"before:2023-11-20 deploy "_s, u"a frequent word of a week long ago"_s + of);
    measureSearch(store, u"ticket"_s, u"a beginning of 50,000 words"_s + of);
    measureSearch(store, u"d"_s, u"one letter"_s + of);
    return 0;
}
