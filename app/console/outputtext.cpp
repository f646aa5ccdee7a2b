// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/outputtext.h"

namespace ridealong::console {

OutputText::OutputText(std::shared_ptr<const LineStore> lines) : m_lines(std::move(lines))
{
    const int segments = m_lines->segmentCount();
    for (int index = 0; index < segments; ++index) {
        const auto segment = m_lines->segment(index);
        m_parts.push_back({m_size, segment.text.size(), segment.firstLine, segment.lastLine});
        m_size += segment.text.size();
        m_firstTailLine = segment.lastLine;
    }
    m_committed = m_size;
    for (qint64 line = m_firstTailLine; line < m_lines->lineCount(); ++line) {
        m_tailStarts.push_back(m_tail.size());
        const auto tail = m_lines->tailLine(line);
        m_tail += tail.text;
        if (!(tail.flags & Line::Unfinished))
            m_tail += '\n';
    }
    m_size += m_tail.size();
}

size_t OutputText::partOf(qint64 offset) const
{
    const auto after = std::upper_bound(m_parts.begin(), m_parts.end(), offset, [](qint64 at, const Part& part) { return at < part.begin; });
    return after == m_parts.begin() ? 0 : size_t(after - m_parts.begin()) - 1;
}

QByteArray OutputText::piece(qint64 begin, qint64 end) const
{
    begin = std::clamp<qint64>(begin, 0, m_size);
    end = std::clamp<qint64>(end, begin, m_size);
    QByteArray text;
    text.reserve(end - begin);
    for (size_t index = partOf(begin); index < m_parts.size() && m_parts[index].begin < std::min(end, m_committed); ++index) {
        const Part& part = m_parts[index];
        const auto segment = m_lines->segment(int(index));
        const qint64 from = std::max<qint64>(0, begin - part.begin), to = std::min({end - part.begin, part.size, qint64(segment.text.size())});
        if (from < to)
            text += segment.text.sliced(from, to - from);
    }
    if (end > m_committed)
        text += m_tail.mid(std::max<qint64>(0, begin - m_committed), end - std::max(begin, m_committed));
    return text;
}

OutputText::Place OutputText::placeOf(qint64 offset) const
{
    offset = std::clamp<qint64>(offset, 0, m_size);
    if (offset >= m_committed && !m_tailStarts.empty()) {
        const auto after = std::upper_bound(m_tailStarts.begin(), m_tailStarts.end(), offset - m_committed);
        const auto index = size_t(after - m_tailStarts.begin()) - 1;
        return {m_firstTailLine + qint64(index), int(offset - m_committed - m_tailStarts[index])};
    }
    if (m_parts.empty())
        return {};
    const Part& part = m_parts[partOf(offset)];
    const auto segment = m_lines->segment(int(&part - m_parts.data()));
    if (segment.text.isEmpty())
        return {part.firstLine, 0};
    const qint64 within = std::min<qint64>(offset - part.begin, segment.text.size() - 1);
    const qint64 line = m_lines->lineAt(segment, within);
    return {line, int(offset - part.begin - m_lines->offsetOf(segment, line))};
}

qint64 OutputText::offsetOf(qint64 line, int byte) const
{
    if (line >= m_firstTailLine)
        return m_tailStarts.empty()
            ? m_size
            : std::min(m_size, m_committed + m_tailStarts[std::min(size_t(line - m_firstTailLine), m_tailStarts.size() - 1)] + byte);
    const auto after = std::upper_bound(m_parts.begin(), m_parts.end(), line, [](qint64 at, const Part& part) { return at < part.firstLine; });
    const size_t index = after == m_parts.begin() ? 0 : size_t(after - m_parts.begin()) - 1;
    const auto segment = m_lines->segment(int(index));
    return m_parts[index].begin + m_lines->offsetOf(segment, line) + byte;
}

} // namespace ridealong::console
