// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Ingest, memory, resize and search over one million lines, as JSON lines. Corpora are made here, the same in every run.
#include "console/ingest.h"
#include "console/search.h"

#include "loglines.h"
#include "processortime.h"

#include <QFile>

#include <unistd.h>

#include <cstdio>
#include <cstring>

using namespace ridealong;
using namespace ridealong::console;
using bench::logLines;
using bench::random;
using namespace Qt::StringLiterals;

namespace {

QByteArray unicodeLines(int count)
{
    static const char* const kTexts[] = {"日本語のログ行です。接続が切れました。", "Соединение потеряно, повтор через ", "🚀 deploy finished ✅ ",
        "שלום עולם ", "Größe geändert – naïve café ", "中文日志：请求完成 "};
    QByteArray out;
    for (int i = 0; i < count; ++i) {
        const int end = int(out.size()) + 110;
        while (out.size() < end)
            out += kTexts[random(6)];
        out += '\n';
    }
    return out;
}

template <typename Task> double millisecondsOf(Task task, int rounds = 3)
{
    double best = 1e18;
    for (int i = 0; i < rounds; ++i) {
        const auto begin = bench::processorMs();
        task();
        best = std::min(best, bench::processorMs() - begin);
    }
    return best;
}

void tell(const char* id, const char* quantity, double value, const char* unit, const char* goal)
{
    std::printf("{\"id\":\"%s\",\"quantity\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"goal\":\"%s\"}\n", id, quantity, value, unit, goal);
    std::fflush(stdout);
}

/// As Cooling does it.
void coolDown(LineStore& store, qint64 keep = ConsoleLimits().hotBytes)
{
    for (int i = 0; i < store.segmentCount() && store.hotBytes() > keep; ++i)
        store.cool(i);
}

double residentMb()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(::sysconf(_SC_PAGESIZE)) / 1e6;
}

std::shared_ptr<LineStore> ingested(const QByteArray& bytes)
{
    auto store = std::make_shared<LineStore>();
    Ingest ingest(store);
    ingest.feed(bytes);
    ingest.parser.finish();
    return store;
}

std::shared_ptr<LineStore> ingest(const char* quantity, const QByteArray& bytes, const char* goal)
{
    std::shared_ptr<LineStore> store;
    const double ms = millisecondsOf([&] {
        store.reset();
        store = ingested(bytes);
    });
    tell("ingest", quantity, double(bytes.size()) / 1e3 / ms, "MB/s", goal);
    return store;
}

} // namespace

/// `bench_console ansi` only takes in coloured lines: for profilers.
int main(int argc, char** argv)
{
    const QByteArray ansi = logLines(1'000'000, true);
    QByteArray copy(ansi.size(), Qt::Uninitialized);
    tell("calibration", "memcpy", double(ansi.size()) / 1e3 / millisecondsOf([&] { std::memcpy(copy.data(), ansi.data(), size_t(ansi.size())); }, 5),
        "MB/s", "");
    copy.clear();

    const double before = residentMb();
    auto coloured = ingest("ansi", ansi, ">= 400");
    tell("line-memory", "1M coloured lines", double(coloured->memoryBytes()) / 1e6, "MB", "<= 165");
    tell("line-memory", "of that text", double(coloured->textBytes()) / 1e6, "MB", "");
    const double coldMs = millisecondsOf([&] { coolDown(*coloured); }, 1);
    tell("line-memory", "the same, compressed but for what Console keeps ready", residentMb() - before, "MB", "<= 64");
    tell("line-memory", "compressing it", double(coloured->textBytes()) / 1e3 / coldMs, "MB/s", "");
    coloured.reset();
    if (argc > 1 && std::strcmp(argv[1], "ansi") == 0)
        return 0;
    ingest("unicode", unicodeLines(200'000), ">= 150");
    {
        QByteArray storm;
        for (int i = 0; i < 1'000'000; ++i)
            storm += "\r\x1b[K" + QByteArray::number(i / 10'000) + "% [##########          ] " + QByteArray::number(i);
        ingest("progress storm", storm, "");
        ingest("one line of 16 MB", QByteArray(16 << 20, 'x'), "");
    }
    const auto plain = ingest("plain", logLines(1'000'000, false), ">= 1000");

    // Each width is new, so nothing comes from a cache.
    int width = 60;
    tell("resize", "rows of 1M lines at a new width", millisecondsOf([&] { (void)plain->rows(width++); }, 9), "ms", "<= 5");
    tell("resize", "place of a row", millisecondsOf([&] { (void)plain->placeOfRow(777'777, width - 1); }, 9), "ms", "");

    const auto search = [&](const char* quantity, const QString& pattern, bool regex, bool ignoreCase, const char* goal) {
        tell("search", quantity, millisecondsOf([&] {
            (void)searchLines({{base::RunId(u"r"_s), plain}}, {.pattern = pattern, .regex = regex, .ignoreCase = ignoreCase});
        }),
            "ms", goal);
    };
    search("literal in the last of 1M lines", u"the very last needle"_s, false, false, "<= 25");
    search("ignore case", u"The Very Last Needle"_s, false, true, "<= 50");
    search("regex", u"worker-3[0-9].*id=dead"_s, true, false, "<= 120");
    search("literal with 200k hits", u"ERROR"_s, false, false, "");
    coolDown(*plain, 0);
    tell("search", "literal, all of it compressed",
        millisecondsOf(
            [&] {
                (void)searchLines({{base::RunId(u"r"_s), plain}}, {.pattern = u"the very last needle"_s, .ignoreCase = false});
            },
            1),
        "ms", "");
    return 0;
}
