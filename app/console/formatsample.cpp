// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/formatsample.h"

#include "console/linestore.h"

namespace ridealong::console {
namespace {

void chopBlanks(QByteArray& text)
{
    qsizetype size = text.size();
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\r' || text[size - 1] == '\t'))
        --size;
    text.truncate(size);
}

bool isPiece(const LineStore& lines, qint64 index) { return index < lines.committedCount() && lines.line(index).flags & Line::Continued; }

/// Lines from `index` on while there is room; returns the index behind.
qint64 take(const LineStore& lines, qint64 index, std::vector<SampleLine>& into, FormatSample& sample)
{
    const qint64 count = lines.lineCount();
    qint64 bytes = 0;
    for (; index < count && bytes < kSampleBytes; ++index) {
        const bool piece = isPiece(lines, index) && !into.empty();
        if (!piece && qint64(into.size()) >= kSampleLines)
            break;
        QByteArray text = textOfLine(lines, index, &sample.styled);
        sample.cutInLine = bytes + text.size() > kSampleBytes;
        if (sample.cutInLine)
            text.truncate(kSampleBytes - bytes);
        bytes += text.size() + 1;
        if (piece) {
            into.back().text += text;
            into.back().lastPiece = index;
        } else if (!into.empty() || !text.isEmpty()) {
            into.push_back({std::move(text), index, index, false});
        }
    }
    sample.cutInLine = sample.cutInLine || (index < count && !into.empty() && isPiece(lines, index));
    return index;
}

void finish(std::vector<SampleLine>& lines)
{
    for (SampleLine& line : lines) {
        chopBlanks(line.text);
        line.isBlank = line.text.isEmpty();
    }
    while (!lines.empty() && lines.back().isBlank)
        lines.pop_back();
}

} // namespace

QByteArray textOfLine(const LineStore& lines, qint64 index, bool* styled)
{
    QByteArray text;
    if (index < lines.committedCount()) {
        const Line line = lines.line(index);
        if (styled)
            *styled |= !line.runs.empty();
        text = line.text.toByteArray();
    } else {
        LineStore::TailLine line = lines.tailLine(index);
        if (styled)
            *styled |= !line.runs.empty();
        text = std::move(line.text);
    }
    return text;
}

FormatSample sampleOf(const LineStore& lines)
{
    FormatSample sample;
    const qint64 next = take(lines, 0, sample.head, sample);
    const bool cut = sample.cutInLine;
    const qint64 count = lines.lineCount();
    if (next < count) {
        // Bytes are counted from the end: the last lines are what matters.
        qint64 first = count;
        qint64 bytes = 0;
        while (first > next && count - first < kSampleLines) {
            bytes += first - 1 < lines.committedCount() ? lines.line(first - 1).text.size() + 1 : lines.tailLine(first - 1).text.size() + 1;
            if (bytes > kSampleBytes && first < count)
                break;
            --first;
        }
        take(lines, first, sample.tail, sample);
    }
    sample.cutInLine = cut;
    finish(sample.tail);
    if (sample.tail.empty() || next >= count)
        finish(sample.head);
    for (SampleLine& line : sample.head) {
        chopBlanks(line.text);
        line.isBlank = line.text.isEmpty();
    }
    return sample;
}

} // namespace ridealong::console
