// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The law of the parser: any split of the input gives the same store.
#include "console/ansiparser.h"
#include "console/format.h"
#include "console/linewriter.h"
#include "support/storetext.h"

#include <cstdlib>

using namespace ridealong;
using namespace ridealong::console;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char*>(data), qsizetype(size));
    auto whole = std::make_shared<LineStore>();
    LineWriter wholeWriter(whole);
    AnsiParser wholeParser(wholeWriter);
    wholeParser.feed(input);
    wholeWriter.publish();

    auto split = std::make_shared<LineStore>();
    LineWriter splitWriter(split);
    AnsiParser splitParser(splitWriter);
    quint32 state = quint32(size) * 2654435761u;
    for (qsizetype at = 0; at < input.size();) {
        state = state * 1664525u + 1013904223u;
        const qsizetype piece = std::min<qsizetype>(input.size() - at, 1 + (state >> 24) % 17);
        splitParser.feed(input.sliced(at, piece));
        if (state & 0x10000)
            splitWriter.publish();
        at += piece;
    }
    splitWriter.publish();
    if (tests::dump(*whole) != tests::dump(*split))
        std::abort();
    wholeParser.finish();
    splitParser.finish();
    if (tests::dump(*whole) != tests::dump(*split))
        std::abort();
    // What is stored adds up at every width.
    for (const int columns : {1, 7, 80}) {
        const qint64 rows = whole->rows(columns);
        if (whole->rowOfLine(whole->lineCount(), columns) != rows)
            std::abort();
        const auto place = whole->placeOfRow(rows - 1, columns);
        if (rows > 0 && whole->rowOfLine(place.line, columns) + place.subRow != rows - 1)
            std::abort();
    }
    (void)detectFormat(*whole);
    (void)parseTable(*whole);
    return 0;
}
