// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Ingest, memory, resize and search over one million lines, as JSON lines; beside libvterm's parser and rg or grep where they are. Corpora are made
// here, the same in every run.
#include "console/ingest.h"
#include "console/search.h"

#include "loglines.h"
#include "processortime.h"
#include "report.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>

#include <sys/resource.h>
#include <unistd.h>

#include <cstring>

#ifdef RIDEALONG_VTERM
#include <vterm.h>
#endif

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

void tell(const char* id, const char* quantity, double value, const char* unit, std::optional<double> goal, bool higherIsBetter = false,
    const std::pair<QString, double>& peer = {})
{
    bench::print({QString::fromLatin1(id), QString::fromLatin1(quantity), value, QString::fromLatin1(unit), goal, higherIsBetter, peer.first,
        peer.first.isEmpty() ? std::nullopt : std::optional(peer.second)});
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

/// What another terminal's engine takes for the same, where it is installed.
std::pair<QString, double> peerIngest([[maybe_unused]] const QByteArray& bytes)
{
#ifdef RIDEALONG_VTERM
    const std::unique_ptr<VTerm, decltype(&vterm_free)> terminal(vterm_new(50, 120), vterm_free);
    vterm_set_utf8(terminal.get(), 1);
    vterm_state_reset(vterm_obtain_state(terminal.get()), 1);
    constexpr qsizetype kPiece = 64 * 1024; // it puts them on the stack
    const double ms = millisecondsOf(
        [&] {
            for (qsizetype at = 0; at < bytes.size(); at += kPiece)
                vterm_input_write(terminal.get(), bytes.data() + at, size_t(std::min(kPiece, bytes.size() - at)));
        },
        1);
    return {u"libvterm"_s, double(bytes.size()) / 1e3 / ms};
#else
    return {};
#endif
}

std::shared_ptr<LineStore> ingest(const char* quantity, const QByteArray& bytes, std::optional<double> goal)
{
    std::shared_ptr<LineStore> store;
    const double ms = millisecondsOf([&] {
        store.reset();
        store = ingested(bytes);
    });
    tell("ingest", quantity, double(bytes.size()) / 1e3 / ms, "MB/s", goal, true, goal ? peerIngest(bytes) : std::pair<QString, double>());
    return store;
}

/// The processor time that a program takes for the same, the best of three; nothing where it is not installed.
std::pair<QString, double> peerSearch(const QString& file, const QStringList& options)
{
    const QString name = !QStandardPaths::findExecutable(u"rg"_s).isEmpty() ? u"rg"_s : u"grep"_s;
    const auto used = [] {
        rusage usage{};
        ::getrusage(RUSAGE_CHILDREN, &usage);
        return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
    };
    double best = 1e18;
    for (int i = 0; i < 3; ++i) {
        const double before = used();
        QProcess process;
        process.start(name, QStringList{u"-c"_s} + options + QStringList{file});
        if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit || process.exitCode() > 1)
            return {};
        best = std::min(best, used() - before);
    }
    return {name, best};
}

} // namespace

/// `bench_console ansi` only takes in coloured lines: for profilers.
int main(int argc, char** argv)
{
    const QByteArray ansi = logLines(1'000'000, true);
    QByteArray copy(ansi.size(), Qt::Uninitialized);
    tell("calibration", "memcpy", double(ansi.size()) / 1e3 / millisecondsOf([&] { std::memcpy(copy.data(), ansi.data(), size_t(ansi.size())); }, 5),
        "MB/s", {}, true);
    copy.clear();

    const double before = residentMb();
    auto coloured = ingest("ansi", ansi, 400);
    tell("line-memory", "1M coloured lines", double(coloured->memoryBytes()) / 1e6, "MB", 165);
    tell("line-memory", "of that text", double(coloured->textBytes()) / 1e6, "MB", {});
    const double coldMs = millisecondsOf([&] { coolDown(*coloured); }, 1);
    tell("line-memory", "when all is quiet, resident", residentMb() - before, "MB", 64);
    tell("line-memory", "compressing it", double(coloured->textBytes()) / 1e3 / coldMs, "MB/s", {}, true);
    coloured.reset();
    if (argc > 1 && std::strcmp(argv[1], "ansi") == 0)
        return 0;
    ingest("unicode", unicodeLines(200'000), 150);
    {
        QByteArray storm;
        for (int i = 0; i < 1'000'000; ++i)
            storm += "\r\x1b[K" + QByteArray::number(i / 10'000) + "% [##########          ] " + QByteArray::number(i);
        ingest("progress storm", storm, {});
        ingest("one line of 16 MB", QByteArray(16 << 20, 'x'), {});
    }
    const QByteArray text = logLines(1'000'000, false);
    const auto plain = ingest("plain", text, 1000);

    // Each width is new, so nothing comes from a cache.
    int width = 60;
    tell("resize", "rows of 1M lines at a new width", millisecondsOf([&] { (void)plain->rows(width++); }, 9), "ms", 5);
    tell("resize", "place of a row", millisecondsOf([&] { (void)plain->placeOfRow(777'777, width - 1); }, 9), "ms", {});

    QTemporaryFile file;
    if (!file.open() || file.write(text) != text.size() || !file.flush())
        return 1;
    const auto search = [&](const char* quantity, const QString& pattern, bool regex, bool ignoreCase, std::optional<double> goal) {
        QStringList options{regex ? u"-e"_s : u"-F"_s};
        if (!regex)
            options += u"-e"_s;
        options += pattern;
        if (ignoreCase)
            options.prepend(u"-i"_s);
        tell("search", quantity, millisecondsOf([&] {
            (void)searchLines({{base::RunId(u"r"_s), plain}}, {.pattern = pattern, .regex = regex, .ignoreCase = ignoreCase});
        }),
            "ms", goal, false, peerSearch(file.fileName(), options));
    };
    search("literal in the last of 1M lines", u"the very last needle"_s, false, false, 25);
    search("ignore case", u"The Very Last Needle"_s, false, true, 50);
    search("regex", u"worker-3[0-9].*id=dead"_s, true, false, 120);
    search("literal with 200k hits", u"ERROR"_s, false, false, {});
    coolDown(*plain, 0);
    tell("search", "literal, all of it compressed",
        millisecondsOf(
            [&] {
                (void)searchLines({{base::RunId(u"r"_s), plain}}, {.pattern = u"the very last needle"_s, .ignoreCase = false});
            },
            1),
        "ms", {});
    return 0;
}
