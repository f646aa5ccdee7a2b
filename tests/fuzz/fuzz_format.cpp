// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// An output whose format is found out and that is taken apart as a table and as a stack trace. The laws: a span lies within the lines,
// every row has as many cells as there are columns, limits hold, how the output was cut into pieces does not matter.
#include "console/format.h"
#include "console/ingest.h"
#include "console/inlinepicture.h"
#include "console/stacktrace.h"

#include <cstdint>
#include <cstdlib>

using namespace ridealong::console;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

std::shared_ptr<LineStore> stored(QByteArrayView bytes, qsizetype cut)
{
    auto store = std::make_shared<LineStore>();
    Ingest ingest(store);
    ingest.feed(bytes.first(cut));
    ingest.feed(bytes.sliced(cut));
    ingest.parser.finish();
    return store;
}

void checkTable(const Table& table, qint64 lines)
{
    require(table.columns.size() <= kMaxTableColumns && table.rows.size() <= kMaxTableRows);
    require(table.columns.size() * table.rows.size() <= kMaxTableCells);
    require(table.numeric.size() == table.columns.size());
    require(table.columns.isEmpty() || (table.firstLine >= 0 && table.lastLine >= table.firstLine && table.lastLine < lines));
    require(!table.columns.isEmpty() || table.rows.isEmpty());
    for (const QStringList& row : table.rows)
        require(row.size() == table.columns.size());
}

void checkTrace(const StackTrace& trace, qint64 lines)
{
    qint64 before = -1;
    for (const PlacedFrame& frame : trace.frames) {
        require(frame.firstLine > before && frame.lastLine >= frame.firstLine && frame.lastLine < lines);
        require(frame.frame.placeBegin >= 0 && frame.frame.placeLength >= 0);
        before = frame.lastLine;
    }
    require(std::is_sorted(trace.messages.begin(), trace.messages.end()));
}

} // namespace

/// What a terminal would draw is a picture in the output, of one line.
void checkPicture(QByteArrayView bytes)
{
    if (const auto picture = pictureIn(bytes))
        require(picture->base64.size() <= bytes.size() && bytesOf(*picture).size() <= bytes.size());
    const QByteArray text = pictureFromOsc("1337;File=" + bytes.toByteArray());
    require(text.isEmpty() || (!text.contains('\n') && pictureIn(text) && pictureIn(text)->before.isEmpty()));
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArrayView bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    const auto store = stored(bytes, 0);
    const FormatSpan span = detectSpan(*store);
    require(span.firstLine >= 0 && span.lastLine >= span.firstLine - 1 && span.lastLine < std::max<qint64>(store->lineCount(), 1));
    const Table table = parseTable(*store);
    checkTable(table, store->lineCount());
    if (span.format == Format::Table)
        require(!table.rows.isEmpty());
    checkTrace(parseStackTrace(*store), store->lineCount());
    checkPicture(bytes);
    if (size > 0)
        require(detectSpan(*stored(bytes, qsizetype(size / 2))) == span);
    return 0;
}
