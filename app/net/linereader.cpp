// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/linereader.h"

#include <cstring>

namespace ridealong::net {

using namespace Qt::StringLiterals;

void LineReader::append(const QByteArray& bytes)
{
    if (isDrained()) {
        m_bytes = bytes; // shared, not copied
        m_at = 0;
        m_searched = 0;
        return;
    }
    // What is left is less than a line when all lines were taken, so this moves few bytes however many come.
    m_bytes.remove(0, m_at);
    m_searched -= m_at;
    m_at = 0;
    m_bytes += bytes;
}

base::Expected<std::optional<QByteArray>> LineReader::next()
{
    while (!isDrained()) {
        const char* begin = m_bytes.constData();
        const auto* lf = static_cast<const char*>(std::memchr(begin + m_searched, '\n', size_t(m_bytes.size() - m_searched)));
        if (!lf) {
            m_searched = m_bytes.size();
            const bool mayEndSoon = m_bytes.back() == '\r';
            if (m_bytes.size() - m_at > m_maxLineBytes + (mayEndSoon ? 1 : 0))
                return tooLong();
            return std::optional<QByteArray>();
        }
        const qsizetype from = m_at;
        qsizetype to = lf - begin;
        m_at = m_searched = to + 1;
        if (to > from && m_bytes.at(to - 1) == '\r')
            --to;
        if (to - from > m_maxLineBytes)
            return tooLong();
        if (to > from)
            return std::optional(m_bytes.mid(from, to - from));
    }
    m_bytes.clear();
    m_at = m_searched = 0;
    return std::optional<QByteArray>();
}

base::Error LineReader::tooLong() const { return {base::ErrorKind::Protocol, u"a line of more than %1 bytes"_s.arg(m_maxLineBytes), 0}; }

} // namespace ridealong::net
