// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A diff. The laws: a line in is a line out, partners have each other and are of both sides, files follow each other, and what changed in a line
// is within it.
#include "console/difflines.h"

#include <QByteArray>
#include <QList>

#include <cstdint>
#include <cstdlib>

using namespace ridealong::console;

namespace {

void check(const std::vector<ByteRange>& ranges, qsizetype size)
{
    int end = -1;
    for (const ByteRange& range : ranges) {
        if (range.begin <= end || range.begin >= range.end || range.end > size)
            std::abort();
        end = range.end;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const auto lines = QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)).split('\n');
    DiffReader reader;
    for (const QByteArray& line : lines)
        reader.add(line);
    const Diff diff = reader.finish();
    if (diff.lines.size() != size_t(lines.size()))
        std::abort();
    int compared = 0;
    for (qint64 i = 0; i < qint64(diff.lines.size()); ++i) {
        const DiffLine& line = diff.lines[size_t(i)];
        if (line.partner == 0)
            continue;
        const qint64 at = i + line.partner;
        if (at < 0 || at >= qint64(diff.lines.size()) || diff.lines[size_t(at)].partner != -line.partner || diff.lines[size_t(at)].kind == line.kind)
            std::abort();
        if (line.partner > 0 && ++compared < 20) {
            const auto changes = wordChanges(lines[i], lines[at]);
            check(changes.before, lines[i].size());
            check(changes.after, lines[at].size());
        }
    }
    qint64 end = -1;
    for (const DiffFile& file : diff.files) {
        if (file.firstLine <= end || file.lastLine < file.firstLine || file.lastLine >= qint64(lines.size()))
            std::abort();
        end = file.lastLine;
    }
    return 0;
}
