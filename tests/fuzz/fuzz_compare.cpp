// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Two outputs in one, parted by a zero byte, compared in every way and under limits that are met. The laws: every line of both sides stands in one
// row, in order; rows that are said to be the same are, but for what does not count; marks are in order, within their line and cut no character.
#include "console/compare.h"
#include "support/formatcorpus.h"

#include <QBuffer>

#include <cstdint>
#include <cstdlib>

using namespace ridealong;
using namespace ridealong::console;

namespace {

void check(bool holds)
{
    if (!holds)
        std::abort();
}

void checkMarks(std::span<const Comparison::Mark> marks, QByteArrayView text)
{
    const auto isBoundary = [&](int at) { return at == text.size() || (quint8(text[at]) & 0xc0) != 0x80; };
    int end = 0;
    for (const auto& mark : marks) {
        check(mark.length > 0 && mark.byte >= end && mark.byte + mark.length <= text.size());
        end = mark.byte + mark.length;
        check(isBoundary(mark.byte) && isBoundary(end));
    }
}

void obey(const LineStore& left, const LineStore& right, const Disregard& disregard, const CompareLimits& limits)
{
    const auto comparison = compareOutputs(left, right, disregard, limits);
    if (comparison.isTooLarge) {
        check(comparison.rows.empty() && std::max(left.lineCount(), right.lineCount()) > limits.lines);
        return;
    }
    using Kind = Comparison::Kind;
    qint64 lefts = 0;
    qint64 rights = 0;
    qint64 changed = 0;
    for (const auto& row : comparison.rows) {
        check((row.left >= 0) == (row.kind != Kind::Added) && (row.right >= 0) == (row.kind != Kind::Removed));
        check(row.left < 0 || row.left == lefts++);
        check(row.right < 0 || row.right == rights++);
        changed += row.kind != Kind::Same;
        if (row.kind == Kind::Same)
            check(normalised(left.line(row.left).text, disregard) == normalised(right.line(row.right).text, disregard));
        check(row.kind == Kind::Changed || row.leftMarks + row.rightMarks == 0);
        if (row.left >= 0)
            checkMarks(comparison.leftMarks(row), left.line(row.left).text);
        if (row.right >= 0)
            checkMarks(comparison.rightMarks(row), right.line(row.right).text);
    }
    check(lefts == left.lineCount() && rights == right.lineCount());
    check(changed == comparison.changed + comparison.added + comparison.removed);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const bool isWhole = writeUnified(buffer, left, right, comparison, {}, {}, 1'000);
    check(buffer.size() <= 1'000 && (!isWhole || buffer.data().count("\n") >= 2));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char*>(data), qsizetype(size));
    const qsizetype cut = std::max<qsizetype>(0, input.indexOf('\0'));
    const auto left = tests::storedOutput(input.first(cut));
    const auto right = tests::storedOutput(input.sliced(cut));
    for (int ways = 0; ways < 4; ++ways) {
        const Disregard disregard{(ways & 1) != 0, (ways & 2) != 0};
        obey(*left, *right, disregard, {});
        obey(*left, *right, disregard, {.lines = 8, .match = {.steps = 20, .edits = 1}, .wordSteps = 10});
        obey(*left, *right, disregard, {.match = {.steps = 10'000, .edits = 2}, .wordSteps = 100});
    }
    const QString text = QString::fromUtf8(input);
    const QString before = text.left(cut);
    const QString after = text.mid(cut);
    int beforeEnd = 0;
    int afterEnd = 0;
    for (const auto& change : compareCommands(before, after)) {
        check(change.before >= beforeEnd && change.after >= afterEnd && change.beforeLength + change.afterLength > 0);
        beforeEnd = change.before + change.beforeLength;
        afterEnd = change.after + change.afterLength;
        check(beforeEnd <= before.size() && afterEnd <= after.size());
    }
    return 0;
}
