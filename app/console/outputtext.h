// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"

namespace ridealong::console {

/// An output as one text with offsets, as it was when this was made. Pieces of a long line are one line in it. Holds no text of its own but
/// what could still be rewritten.
class OutputText
{
public:
    explicit OutputText(std::shared_ptr<const LineStore> lines);

    qint64 size() const { return m_size; }
    QByteArray all() const { return piece(0, m_size); }
    QByteArray piece(qint64 begin, qint64 end) const;
    struct Place
    {
        qint64 line = 0;
        int byte = 0;
    };
    Place placeOf(qint64 offset) const;
    qint64 offsetOf(qint64 line, int byte) const;

private:
    struct Part
    {
        qint64 begin = 0;
        qint64 size = 0;
        qint64 firstLine = 0;
        qint64 lastLine = 0;
    };
    size_t partOf(qint64 offset) const;

    std::shared_ptr<const LineStore> m_lines;
    std::vector<Part> m_parts; ///< one a segment
    qint64 m_size = 0;
    qint64 m_committed = 0; ///< bytes
    qint64 m_firstTailLine = 0;
    QByteArray m_tail;
    std::vector<qint64> m_tailStarts; ///< within m_tail
};

} // namespace ridealong::console
