// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/format.h"

#include "console/detectors.h"
#include "console/fence.h"
#include "console/tablebuilder.h"

namespace ridealong::console {
namespace {

FormatSpan wholeOf(Format format, const FormatSample& sample) { return {format, sample.head.front().line, sample.last().lastPiece}; }

/// A document with a table in it, not a table with words around.
bool isWithinMarkdown(const TableShape& shape, const FormatSample& sample)
{
    return shape.kind == TableShape::Kind::Markdown && !sample.styled && isMarkdown(sample);
}

FormatSpan tableSpan(const TableShape& shape, const FormatSample& sample)
{
    FormatSpan span{Format::Table, sample.head[shape.first].line, sample.last().lastPiece};
    if (sample.isWhole()) {
        TableBuilder builder(shape, sample.head);
        const size_t end = shape.last ? *shape.last + 1 : sample.head.size();
        for (size_t i = shape.body; i < end; ++i)
            (void)builder.take(sample.head[i].text, sample.head[i].lastPiece);
        span.lastLine = builder.finish().lastLine;
        return span;
    }
    // The end of a long one: what stands behind its last blank line, and "(12 rows)".
    const auto& tail = sample.tail;
    for (size_t back = 1; back <= std::min<size_t>(tail.size(), kMaxFooterLines + 1); ++back) {
        const SampleLine& line = tail[tail.size() - back];
        const bool count = back == 1 && line.text.startsWith('(') && line.text.endsWith("rows)");
        if ((count || line.isBlank) && back < tail.size() && shape.kind != TableShape::Kind::Separated && shape.kind != TableShape::Kind::Records)
            span.lastLine = tail[tail.size() - back - 1].lastPiece;
    }
    return span;
}

FormatSpan spanOf(const FormatSample& sample)
{
    if (isPictures(sample))
        return wholeOf(Format::Image, sample);
    if (isDiff(sample))
        return wholeOf(Format::Diff, sample);
    if (!sample.styled)
        if (const auto json = findJson(sample))
            return {Format::Json, sample.head[json->first].line, json->lastLine};
    if (const auto shape = findTable(sample))
        return isWithinMarkdown(*shape, sample) ? wholeOf(Format::Markdown, sample) : tableSpan(*shape, sample);
    // A manifest is full of times, and no log is YAML: it repeats its keys.
    if (!sample.styled && isYaml(sample))
        return wholeOf(Format::Yaml, sample);
    if (isLog(sample))
        return wholeOf(Format::Log, sample);
    if (isStackTrace(sample))
        return wholeOf(Format::StackTrace, sample);
    if (sample.styled)
        return wholeOf(Format::Text, sample);
    if (!sample.head.front().text.startsWith("#!/") && isMarkdown(sample))
        return wholeOf(Format::Markdown, sample);
    return wholeOf(isCode(sample) ? Format::Code : Format::Text, sample);
}

} // namespace

FormatSpan detectSpan(const LineStore& lines)
{
    const Unfenced unfenced = withoutFence(sampleOf(lines));
    if (unfenced.sample.isEmpty())
        return {};
    FormatSpan span = spanOf(unfenced.sample);
    // "```python" says what nothing else does.
    if (span.format == Format::Text && !unfenced.language.isEmpty() && unfenced.language != "text" && unfenced.language != "console"
        && unfenced.language != "output" && !unfenced.sample.styled)
        span.format = Format::Code;
    return span;
}

} // namespace ridealong::console
