// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/tableshape.h"

#include "console/lines.h"
#include "console/width.h"

namespace ridealong::console {

ColumnMap::ColumnMap(QByteArrayView text) : m_text(text), m_columns(int(text.size()))
{
    if (std::all_of(text.begin(), text.end(), [](char c) { return quint8(c) < 0x80 && c != '\t'; }))
        return;
    m_bytes.reserve(size_t(text.size()));
    char32_t previous = 0;
    for (const char* p = text.begin(); p != text.end();) {
        const auto byte = quint32(p - text.begin());
        const char32_t code = decodeValid(p);
        int width = columnsOf(code, previous);
        if (code == '\t')
            width = kTabColumns - int(m_bytes.size()) % kTabColumns;
        for (int i = 0; i < width; ++i)
            m_bytes.push_back(byte);
        previous = code;
    }
    m_columns = int(m_bytes.size());
    m_bytes.push_back(quint32(text.size()));
}

qsizetype ColumnMap::byteAt(int column) const
{
    if (column >= m_columns)
        return m_text.size();
    if (m_bytes.empty())
        return column;
    // The second half of a wide character belongs to the column where it begins.
    int at = column;
    while (at > 0 && at < m_columns && m_bytes[size_t(at)] == m_bytes[size_t(at) - 1])
        ++at;
    return at >= m_columns ? m_text.size() : m_bytes[size_t(at)];
}

bool ColumnMap::isBlank(int column) const
{
    if (column >= m_columns || column < 0)
        return true;
    const char c = m_text[m_bytes.empty() ? column : m_bytes[size_t(column)]];
    return c == ' ' || c == '\t';
}

QByteArrayView ColumnMap::slice(int begin, int end) const
{
    const qsizetype from = byteAt(begin);
    const qsizetype to = std::max(from, byteAt(end));
    return m_text.sliced(from, to - from);
}

} // namespace ridealong::console
