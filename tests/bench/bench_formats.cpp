// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How often the format of a real output is found out, and how long that and taking a table apart take.
// RIDEALONG_FORMAT_ERRORS=1 names on standard error what is wrong, but for the held out ones, which nobody shall tune on.
#include "console/table.h"
#include "support/formatcorpus.h"

#include "processortime.h"
#include "report.h"

#include <cstdlib>

using namespace ridealong;
using namespace ridealong::console;
using namespace ridealong::tests;
using namespace Qt::StringLiterals;

namespace {

struct Share
{
    int right = 0;
    int all = 0;
    double value() const { return all > 0 ? double(right) / all : 0; }
};

double detectionMs(const LineStore& store, Format* format = nullptr)
{
    const double begin = bench::processorMs();
    const Format found = detectFormat(store);
    const double end = bench::processorMs();
    if (format)
        *format = found;
    return end - begin;
}

void measureCorpus()
{
    const bool tells = std::getenv("RIDEALONG_FORMAT_ERRORS") != nullptr;
    Share all;
    Share heldOut;
    std::vector<double> times;
    std::vector<double> parses;
    for (const CorpusFile& file : formatCorpus(QStringLiteral(RIDEALONG_SOURCE_DIR))) {
        const auto store = storedOutput(file.bytes);
        Format format = Format::Text;
        times.push_back(detectionMs(*store, &format));
        for (int i = 0; i < 4; ++i)
            times.push_back(detectionMs(*store));
        if (format == Format::Table) {
            const double begin = bench::processorMs();
            (void)parseTable(*store);
            parses.push_back(bench::processorMs() - begin);
        }
        const bool right = nameOf(format) == file.format;
        all.right += right;
        ++all.all;
        heldOut.right += right && file.isHeldOut;
        heldOut.all += file.isHeldOut;
        if (!right && tells && !file.isHeldOut)
            std::fprintf(stderr, "%s: %s\n", qPrintable(file.name), qPrintable(nameOf(format)));
    }
    const auto tell = [](const QString& quantity, double value, const QString& unit, double goal, bool higher) {
        bench::print({u"formats"_s, quantity, value, unit, goal, higher, {}, {}});
    };
    tell(u"right format, %1 real outputs"_s.arg(all.all), all.value(), u"share"_s, 0.97, true);
    tell(u"right format, %1 held out"_s.arg(heldOut.all), heldOut.value(), u"share"_s, 0.97, true);
    tell(u"detection of one output, median"_s, bench::median(times), u"ms"_s, 5, false);
    tell(u"detection of one output, p99"_s, bench::percentile(times, 0.99), u"ms"_s, 5, false);
    tell(u"detection of one output, longest"_s, bench::percentile(times, 1), u"ms"_s, 5, false);
    tell(u"table of a screen taken apart, median"_s, bench::median(parses), u"ms"_s, 8, false);
    tell(u"table of a screen taken apart, longest"_s, bench::percentile(parses, 1), u"ms"_s, 8, false);
}

double longestMs(const QByteArray& bytes)
{
    auto store = std::make_shared<LineStore>();
    Ingest ingest(store, 512LL * 1024 * 1024);
    ingest.feed(bytes);
    ingest.parser.finish();
    std::vector<double> times;
    for (int i = 0; i < 9; ++i)
        times.push_back(detectionMs(*store));
    return bench::percentile(times, 1);
}

QByteArray repeated(const QByteArray& piece, qsizetype size)
{
    QByteArray bytes;
    bytes.reserve(size + piece.size());
    while (bytes.size() < size)
        bytes += piece;
    return bytes;
}

void measureWorst(const QString& what, const QByteArray& bytes)
{
    bench::print({u"formats"_s, u"detection, %1, longest of 9"_s.arg(what), longestMs(bytes), u"ms"_s, 5.0, false, {}, {}});
}

/// Lines that are nearly frames, in every way that would send an expression back and forth.
void measureFrames()
{
    double longest = 0;
    for (const QByteArray& begin : {QByteArray("#1 f"), QByteArray("#1 0x1 in f"), QByteArray("    at f"), QByteArray("E"), QByteArray("   1: f")})
        for (const QByteArray& unit :
            {QByteArray(" (x)"), QByteArray(" at a:1"), QByteArray(" in f"), QByteArray("a.A/"), QByteArray("::f<"), QByteArray("(")})
            longest = std::max(longest, longestMs(repeated(begin + repeated(unit, 2000) + '\n', 62'000)));
    bench::print({u"formats"_s, u"detection, 30 lines of 2 KiB nearly like frames, longest of 270"_s, longest, u"ms"_s, 5.0, false, {}, {}});
}

QByteArray cells(int rows, int columns, char separator)
{
    QByteArray bytes;
    for (int row = 0; row <= rows; ++row)
        for (int column = 0; column < columns; ++column)
            bytes += (row == 0 ? "name" + QByteArray::number(column) : QByteArray::number(row * column)) + (column + 1 < columns ? separator : '\n');
    return bytes;
}

} // namespace

int main()
{
    measureCorpus();
    measureWorst(u"one line of 1 MB"_s, repeated("word ", 1024 * 1024));
    measureWorst(u"one line of 1 MB, minified JSON"_s, '[' + repeated("{\"name\":\"web-1\",\"ready\":true,\"restarts\":12},", 1024 * 1024) + "{}]");
    measureWorst(
        u"100 MB of JSON"_s, "[\n" + repeated("  {\n    \"name\": \"web-1\",\n    \"restarts\": 12\n  },\n", 100 * 1024 * 1024) + "  {}\n]\n");
    measureWorst(u"200 lines of 64 KiB"_s, repeated(QByteArray(65'000, 'x') + '\n', 200 * 65'001));
    measureWorst(u"200 lines of 64 KiB, blanks"_s, repeated(QByteArray(32'000, ' ') + 'x' + QByteArray(32'000, ' ') + "|\n", 200 * 64'003));
    measureWorst(u"a million cells of CSV"_s, cells(100'000, 10, ','));
    measureWorst(u"200 lines of open brackets"_s, repeated(QByteArray(300, '[') + '\n', 200 * 301));
    measureWorst(
        u"400 lines like frames"_s, repeated("    at com.shop.Orders.place(com.shop.Orders.place(com.shop.Orders (Orders.java:1:1\n", 33'000));
    measureFrames();
    measureWorst(u"a quote that is never closed"_s, "a,b,c\n1,2,\"" + repeated("x,y\n", 1024 * 1024));
    const auto store = storedOutput(cells(100'000, 10, ','));
    const double begin = bench::processorMs();
    const Table table = parseTable(*store);
    bench::print({u"formats"_s, u"%1 cells taken apart (on a worker)"_s.arg(table.rows.size() * table.columns.size()), bench::processorMs() - begin,
        u"ms"_s, 1000.0, false, {}, {}});
    return 0;
}
