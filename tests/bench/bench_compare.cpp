// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How long comparing two outputs takes (on a worker), and handing one over. With GNU diff at hand: beside it.
#include "console/compare.h"
#include "console/handover.h"
#include "support/formatcorpus.h"

#include "processortime.h"
#include "report.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace ridealong;
using namespace ridealong::console;
using namespace ridealong::tests;
using namespace Qt::StringLiterals;

namespace {

/// A log in which every `changed`th line has another number, every `gone`th is missing, and some came.
QByteArray logOf(int lines, int changed, int gone, int seed)
{
    QByteArray text;
    for (int i = 0; i < lines; ++i) {
        if (gone > 0 && i % gone == seed)
            continue;
        const int latency = i % 97 + (changed > 0 && i % changed == 0 ? seed * 1000 : 0);
        text += "2026-11-24T09:" + QByteArray::number(i / 60 % 60) + ':' + QByteArray::number(i % 60) + "Z INFO request " + QByteArray::number(i)
            + " served by node " + QByteArray::number(i % 7) + " in " + QByteArray::number(latency) + " ms\n";
    }
    return text;
}

/// GNU diff -u of the same, files in memory's stead; none where it is not installed.
std::optional<double> peerMs(const QByteArray& left, const QByteArray& right)
{
    const QString program = QStandardPaths::findExecutable(u"diff"_s);
    QTemporaryDir folder;
    if (program.isEmpty() || !folder.isValid())
        return std::nullopt;
    for (const auto& [name, bytes] : {std::pair(u"left"_s, left), std::pair(u"right"_s, right)}) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return std::nullopt;
    }
    std::vector<double> times;
    for (int i = 0; i < 9; ++i) {
        QProcess process;
        process.setStandardOutputFile(QProcess::nullDevice());
        QElapsedTimer timer;
        timer.start();
        process.start(program, {u"-u"_s, folder.filePath(u"left"_s), folder.filePath(u"right"_s)});
        if (!process.waitForFinished(60'000))
            return std::nullopt;
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    return bench::median(times);
}

void measure(
    const QString& what, const QByteArray& left, const QByteArray& right, double goalMs, const Disregard& disregard = {}, bool withPeer = false)
{
    const auto lefts = storedOutput(left);
    const auto rights = storedOutput(right);
    std::vector<double> times;
    bool isCoarse = false;
    for (int i = 0; i < 9; ++i) {
        const double begin = bench::processorMs();
        isCoarse = compareOutputs(*lefts, *rights, disregard).isCoarse;
        times.push_back(bench::processorMs() - begin);
    }
    const auto peer = withPeer ? peerMs(left, right) : std::nullopt;
    bench::print({u"compare"_s, isCoarse ? what + u", roughly"_s : what, bench::median(times), u"ms"_s, goalMs, false,
        peer ? u"GNU diff -u, with its start"_s : QString(), peer});
}

void measureHandover()
{
    HandoverRun run;
    run.run.report.command = u"log"_s;
    const QByteArray bytes = logOf(400'000, 0, 0, 0);
    run.run.lines = storedOutput(bytes);
    const auto tell = [&](const QString& what, base::Status (*write)(QIODevice&, const QList<HandoverRun>&, const HandoverOptions&)) {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const double begin = bench::processorMs();
        if (!write(buffer, {run}, {}))
            return;
        const double seconds = (bench::processorMs() - begin) / 1000;
        bench::print({u"compare"_s, u"handed over as %1"_s.arg(what), double(bytes.size()) / 1e6 / seconds, u"MB/s"_s, 50.0, true, {}, {}});
    };
    tell(u"Markdown"_s, writeMarkdown);
    tell(u"asciicast"_s, writeAsciicast);
    tell(u"ANSI text"_s, writeAnsi);
}

} // namespace

int main()
{
    const QByteArray log = logOf(10'000, 0, 0, 0);
    measure(u"10,000 lines, equal"_s, log, log, 50, {}, true);
    measure(u"10,000 lines, one in 50 another"_s, log, logOf(10'000, 50, 100, 3), 50, {}, true);
    measure(u"10,000 lines, one in 50 another, numbers ignored"_s, log, logOf(10'000, 50, 100, 3), 200, {true, true});
    measure(u"10,000 lines, all changed"_s, log, logOf(10'000, 1, 0, 3), 200, {}, true);
    measure(u"10,000 lines, nothing in common"_s, log, QByteArray(log).replace("served", "sent").replace(':', '/'), 200, {}, true);
    QByteArray noise[2];
    quint32 state = 1;
    for (auto& side : noise)
        for (int i = 0; i < 10'000; ++i) {
            state = state * 1'664'525 + 1'013'904'223;
            side += QByteArray(1, char('a' + (state >> 24) % 8)) + '\n';
        }
    measure(u"10,000 lines of noise"_s, noise[0], noise[1], 500, {}, true);
    measureHandover();
    return 0;
}
