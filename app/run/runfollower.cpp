// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/runfollower.h"

#include <deque>

namespace ridealong::run {

using base::RunId;

namespace {

constexpr int kReadsAtOnce = 4; // bounds what is in memory between the feed and the parser
constexpr qint64 kPieceBytes = 256 << 10; // small enough that several runs stream side by side

} // namespace

struct RunFollower::Data
{
    struct Followed
    {
        qint64 available = 0; // told by reports
        qint64 taken = 0; // handed to the console
        bool busy = false; // being read or parsed, or in `ready`
    };

    RunFollower* q = nullptr;
    chat::RunFeed& feed;
    console::Console& console;
    QHash<RunId, Followed> runs;
    QSet<RunId> stalled; // a read brought nothing: tried again with the next report of any run
    std::deque<RunId> ready; // have something to read, wait for their turn
    int reading = 0;
    qint64 told = 0; // reports so far

    void reported(const chat::RunReport& report);
    void want(const RunId& run);
    void readMore();
    void read(const RunId& run);
    void arrived(const RunId& run, QByteArray bytes, qint64 asked);
    void done(const RunId& run, bool goOn);
};

void RunFollower::Data::reported(const chat::RunReport& report)
{
    console.apply(report);
    ++told;
    if (!runs.contains(report.run)) {
        const console::Run* known = console.find(report.run);
        runs.insert(report.run, {0, known ? known->receivedBytes : 0, false});
    }
    Followed& followed = runs[report.run];
    // Reports may come late or twice. None of it there any more: what was read stays.
    followed.available = report.outputBytes == 0 && report.omittedBytes > 0 ? followed.taken : std::max(followed.available, report.outputBytes);
    const QSet<RunId> again = std::exchange(stalled, {});
    want(report.run);
    for (const RunId& run : again)
        want(run);
}

void RunFollower::Data::want(const RunId& run)
{
    Followed& followed = runs[run];
    if (followed.busy || followed.taken >= followed.available)
        return;
    followed.busy = true;
    ready.push_back(run);
    readMore();
}

void RunFollower::Data::readMore()
{
    while (reading < kReadsAtOnce && !ready.empty()) {
        const RunId run = ready.front();
        ready.pop_front();
        ++reading;
        read(run);
    }
}

void RunFollower::Data::read(const RunId& run)
{
    const Followed& followed = runs[run];
    const qint64 asked = std::min(followed.available - followed.taken, std::min(kPieceBytes, chat::RunFeed::kMaxReadBytes));
    feed.read(run, followed.taken, asked).then(q, [this, run, asked, before = told](const base::Expected<QByteArray>& bytes) {
        if (!bytes && bytes.error().kind == base::ErrorKind::NotFound) { // not kept, whatever the report says
            runs[run].available = runs[run].taken;
            return done(run, false);
        }
        if (!bytes || bytes->isEmpty()) { // no connection, or the report was ahead of the file
            const bool news = told > before; // came while we asked: it will not come again
            if (!news)
                stalled.insert(run);
            return done(run, news);
        }
        arrived(run, *bytes, asked);
    });
}

void RunFollower::Data::arrived(const RunId& run, QByteArray bytes, qint64 asked)
{
    bytes.truncate(asked);
    runs[run].taken += bytes.size();
    console.append(run, bytes).then(q, [this, run](const base::Expected<base::Done>& parsed) { done(run, parsed.hasValue()); });
}

void RunFollower::Data::done(const RunId& run, bool goOn)
{
    --reading;
    runs[run].busy = false;
    if (goOn)
        want(run); // behind the others
    readMore();
}

RunFollower::RunFollower(chat::RunFeed& feed, console::Console& console, QObject* parent)
    : QObject(parent),
      m_data(new Data{this, feed, console, {}, {}, {}, 0, 0})
{
    connect(&feed, &chat::RunFeed::reported, this, [this](const chat::RunReport& report) { m_data->reported(report); });
}

RunFollower::~RunFollower() = default;

} // namespace ridealong::run
