// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A room of 100,000 messages, as JSON lines: how fast they arrive, are stored and shown, what they weigh, how soon the room
// is open and any place in it in view. The backend is the test's; everything behind it is the real thing. `bench_chat
// 10000` does the same with fewer.
#include "paints.h"
#include "processortime.h"
#include "report.h"
#include "support/await.h"
#include "support/fakebackend.h"
#include "sync/accountsync.h"
#include "timelineview/timelineview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>
#include <malloc.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace ridealong;
using bench::Paints;
using bench::runUntil;
using tests::await;

namespace {

/// How long this thread was busy between two looks for what to do next. The dispatcher's own signals do not tell: with GLib
/// "awake" comes when the work is done. Where threads are more than processors, the time it worked tells its own share.
struct Passes
{
    void beginsToWait()
    {
        if (!m_busy.isValid())
            return;
        longestNs = std::max(longestNs, m_busy.nsecsElapsed());
        longestWorkNs = std::max(longestWorkNs, bench::processorNs() - m_processorNs);
    }
    void isBack()
    {
        m_busy.start();
        m_processorNs = bench::processorNs();
    }
    void reset()
    {
        longestNs = 0;
        longestWorkNs = 0;
        m_busy.invalidate();
    }
    void print(const QString& id) const
    {
        bench::print({id, u"longest pass of the event loop meanwhile"_s, double(longestNs) / 1e6, u"ms"_s, 8});
        bench::print({id, u"most processor time of such a pass"_s, double(longestWorkNs) / 1e6, u"ms"_s, 8});
    }
    qint64 longestNs = 0;
    qint64 longestWorkNs = 0;

private:
    QElapsedTimer m_busy;
    qint64 m_processorNs = 0;
};
thread_local Passes passes;

const base::AccountId kAccount(u"irc-1"_s);
const base::ConversationId kRoom(kAccount, u"#ops"_s);
constexpr int kReadAtOnce = 250; ///< messages that one read of a socket gives, about
constexpr qsizetype kInFlight = 20'000;

chat::Message message(int number)
{
    static const QString kWords[]
        = {u"deploy"_s, u"failed on"_s, u"staging"_s, u"looks good,"_s, u"restart the"_s, u"database"_s, u"please, again"_s, u"rollback"_s};
    chat::Message made;
    made.id = base::MessageId(u"AbCdEf0123456789.%1"_s.arg(number)); // the length of a real one
    made.conversation = kRoom;
    made.sender = base::UserId(u"user-%1"_s.arg(number % 40));
    made.senderName = made.sender.text();
    made.timeMs = 1'700'000'000'000 + number * 3LL;
    made.order = made.timeMs * 1024;
    for (int i = 0; i < 5; ++i)
        made.text += kWords[(number * 7 + i * 3) % 8] + u' ';
    made.text += u"ticket%1"_s.arg(number % 5000);
    return made;
}

double heapBytes()
{
    const auto info = ::mallinfo2();
    return double(info.uordblks) + double(info.hblkhd);
}

double processorSeconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

/// The window's one view, and the room that is opened in it.
struct Shown
{
    Shown(store::ProfileStore& from, kit::Theme& theme) : store(from), view(theme), paints(view.viewport())
    {
        view.resize(900, 700);
        view.show();
        open();
    }
    void open()
    {
        auto next = std::make_unique<model::TimelineModel>(kRoom, base::MessageId(),
            chat::Member{base::UserId(u"me"_s), u"Me"_s, false, chat::Presence::Online},
            [this](const chat::MessageQuery& query) { return store.messages(query); });
        view.setModel(next.get());
        timeline = std::move(next);
        timeline->loadNewest();
    }
    void untilPainted()
    {
        runUntil([this] { return !timeline->isLoading(); });
        const int before = paints.count;
        view.viewport()->update();
        runUntil([&] { return paints.count > before; });
    }

    store::ProfileStore& store;
    std::unique_ptr<model::TimelineModel> timeline; ///< after the store, whose answers it waits for
    timelineview::TimelineView view;
    Paints paints;
};

void measureArrival(store::ProfileStore& store, kit::Theme& theme, int total)
{
    tests::FakeBackend backend;
    sync::AccountSync sync(kAccount, backend, store);
    (void)await(sync.start());
    auto shown = std::make_unique<Shown>(store, theme);
    shown->untilPainted();
    qsizetype arrived = 0;
    QObject::connect(&sync, &sync::AccountSync::committed, &backend, [&](const chat::SyncBatch& batch) {
        arrived += batch.events.size();
        shown->timeline->apply(batch);
    });
    std::vector<chat::SyncBatch> reads;
    for (int first = 0; first < total; first += kReadAtOnce) {
        chat::SyncBatch batch;
        for (int number = first; number < std::min(total, first + kReadAtOnce); ++number)
            batch.events.append(chat::MessageChanged{message(number)});
        batch.cursor = QByteArray::number(first);
        reads.push_back(std::move(batch));
    }
    const base::MessageId last = message(total - 1).id;
    // The first message that is ever painted loads fonts; that belongs to the start.
    backend.push(std::exchange(reads.front(), {}));
    runUntil([&] { return arrived == kReadAtOnce; });
    shown->untilPainted();

    passes.reset();
    const double processor = processorSeconds();
    QElapsedTimer timer;
    timer.start();
    qsizetype pushed = kReadAtOnce;
    size_t next = 1;
    QTimer socket;
    QObject::connect(&socket, &QTimer::timeout, &backend, [&] {
        pushed += reads[next].events.size();
        backend.push(std::exchange(reads[next], {}));
        if (++next == reads.size() || pushed - arrived > kInFlight)
            socket.stop(); // as a full socket buffer does; it must not spin while the store works
    });
    QObject::connect(&sync, &sync::AccountSync::committed, &socket, [&] {
        if (next < reads.size() && pushed - arrived <= kInFlight)
            socket.start(0);
    });
    socket.start(0);
    runUntil([&] { return arrived == total; });
    const int before = shown->paints.count;
    runUntil([&] { return shown->paints.count > before; });
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    const Passes meanwhile = passes;
    if (shown->timeline->rowOf(last) < 0)
        std::fprintf(stderr, "the last message is not shown\n");
    bench::print({u"chat-in"_s, u"messages arriving, stored and shown"_s, (total - kReadAtOnce) / seconds, u"1/s"_s, 60'000, true});
    meanwhile.print(u"chat-in"_s);
    bench::print({u"chat-in"_s, u"processor time of all threads for a message"_s, (processorSeconds() - processor) * 1e6 / total, u"µs"_s});
}

void measureMemory(const QString& path, kit::Theme& theme, int total)
{
    // What 100,000 messages leave behind in a room that is open, everything included: rows, layouts, the database's cache.
    store::ProfileStore store(path);
    (void)await(store.open());
    (void)await(store.saveAccount({kAccount, u"irc"_s, u"IRC"_s, u"me"_s, {}, {}}));
    tests::FakeBackend backend;
    sync::AccountSync sync(kAccount, backend, store);
    (void)await(sync.start());
    Shown shown(store, theme);
    shown.untilPainted();
    qsizetype arrived = 0;
    QObject::connect(&sync, &sync::AccountSync::committed, &backend, [&](const chat::SyncBatch& batch) {
        arrived += batch.events.size();
        shown.timeline->apply(batch);
    });
    ::malloc_trim(0);
    const double before = heapBytes();
    for (int first = 0; first < total; first += kReadAtOnce) {
        const int end = std::min(total, first + kReadAtOnce);
        chat::SyncBatch batch;
        for (int number = first; number < end; ++number)
            batch.events.append(chat::MessageChanged{message(number)});
        backend.push(batch);
        batch = {};
        runUntil([&] { return arrived == end; });
    }
    shown.untilPainted();
    bench::print({u"chat-memory"_s, u"heap that each of 100,000 messages leaves in an open room"_s, (heapBytes() - before) / total, u"B"_s, 260});
}

void measureRoom(store::ProfileStore& store, kit::Theme& theme, int total)
{
    std::vector<double> opened, jumped;
    auto shown = std::make_unique<Shown>(store, theme);
    shown->untilPainted();
    passes.reset();
    for (int round = 0; round < 11; ++round) {
        QElapsedTimer timer;
        timer.start();
        shown->open();
        shown->untilPainted();
        opened.push_back(double(timer.nsecsElapsed()) / 1e6);
        for (int jump = 1; jump < 6; ++jump) {
            const int target = int(qint64(total) * ((round * 5 + jump) * 37 % 100) / 100);
            timer.restart();
            shown->view.scrollToMessage(message(target).id); // not loaded, most likely: what follows is what the window does then
            shown->timeline->loadAround(message(target).order);
            shown->untilPainted();
            jumped.push_back(double(timer.nsecsElapsed()) / 1e6);
            if (shown->timeline->rowOf(message(target).id) < 0)
                std::fprintf(stderr, "message %d is not in view\n", target);
        }
    }
    bench::print({u"room-open"_s, u"a room of 100,000 stored messages → first paint, median"_s, bench::median(opened), u"ms"_s, 50});
    bench::print({u"room-open"_s, u"jump to any of them → painted, median"_s, bench::median(jumped), u"ms"_s, 16});
    bench::print({u"room-open"_s, u"jump to any of them → painted, 95th percentile"_s, bench::percentile(jumped, 0.95), u"ms"_s, 16});
    passes.print(u"room-open"_s);
}

} // namespace

/// Stands in for the C library's, here and in the libraries of Qt and GLib.
extern "C" int poll(pollfd* files, nfds_t count, int timeout)
{
    passes.beginsToWait();
    const auto result = int(::syscall(SYS_poll, files, count, timeout));
    passes.isBack();
    return result;
}

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    const int total = argc > 1 ? std::max(1000, std::atoi(argv[1])) : 100'000;
    const QTemporaryDir folder;
    kit::Theme theme;
    {
        store::ProfileStore store(folder.filePath(u"room.db"_s));
        (void)await(store.open());
        (void)await(store.saveAccount({kAccount, u"irc"_s, u"IRC"_s, u"me"_s, {}, {}}));
        measureArrival(store, theme, total);
        measureRoom(store, theme, total);
    }
    measureMemory(folder.filePath(u"memory.db"_s), theme, total);
    return 0;
}
