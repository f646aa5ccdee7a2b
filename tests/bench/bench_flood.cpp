// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A script that prints 1 GB, seen by a real client process: how fast it comes in, whether the event loop stalls, what is kept.
#include "support/headlessclient.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <cstdio>

using namespace ridealong;
using namespace Qt::StringLiterals;

namespace {

void row(const QString& id, const QString& quantity, double value, const QString& unit, const QString& goal)
{
    std::printf("%s\n",
        QJsonDocument(QJsonObject{{u"id"_s, id}, {u"quantity"_s, quantity}, {u"value"_s, value}, {u"unit"_s, unit}, {u"goal"_s, goal}})
            .toJson(QJsonDocument::Compact)
            .constData());
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const int megabytes = argc > 1 ? atoi(argv[1]) : 1024;
    QTemporaryDir folder;
    tests::HeadlessClient client(folder.filePath(u"profile"_s));
    client.start();
    const QString account = client.addLocal(u"bench"_s, folder.filePath(u"hub.sock"_s));
    const QString ops = client.room(account, u"#ops"_s);
    const QJsonObject before = client.ask(u"stats"_s, {{u"reset"_s, true}});

    QElapsedTimer timer;
    timer.start();
    const QString run = client.ask(u"run"_s, {{u"conversation"_s, ops}, {u"text"_s, u"runner flood %1"_s.arg(megabytes)}})[u"run"_s].toString();
    const QJsonObject end = client.waitFor(
        u"run"_s,
        [&](const QJsonObject& event) {
            return event[u"run"_s] == run && event[u"state"_s] != u"running"_s && event[u"state"_s] != u"acknowledged"_s
                && event[u"state"_s] != u"sent"_s;
        },
        300'000);
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    const QJsonObject stats = client.ask(u"stats"_s);
    if (end[u"state"_s] != u"succeeded"_s) {
        std::fprintf(stderr, "bench_flood: the script ended as '%s'\n", qPrintable(end[u"state"_s].toString()));
        return 1;
    }
    row(u"flood-rate"_s, u"%1 MB of a script's output through the pseudo-terminal"_s.arg(megabytes), megabytes / seconds, u"MB/s"_s, u">= 75"_s);
    row(u"flood-stalls"_s, u"passes of the event loop over 8 ms meanwhile"_s, stats[u"eventLoop"_s][u"stalls"_s].toDouble(), u""_s, u"0"_s);
    row(u"flood-longest"_s, u"longest pass of the event loop"_s, stats[u"eventLoop"_s][u"longestMs"_s].toDouble(), u"ms"_s, u"<= 8"_s);
    row(u"flood-memory"_s, u"resident memory added"_s,
        (stats[u"memory"_s][u"residentBytes"_s].toDouble() - before[u"memory"_s][u"residentBytes"_s].toDouble()) / 1e6, u"MB"_s,
        u"<= the cap's 64 MB of text, twice"_s);
    return 0;
}
