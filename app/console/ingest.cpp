// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/ingest.h"

namespace ridealong::console {

std::optional<chat::Progress> progressOfRow(QByteArrayView row)
{
    const auto isDigit = [&row](qsizetype i) { return i >= 0 && i < row.size() && row[i] >= '0' && row[i] <= '9'; };
    // The last "NN %" in the row: programs that tell several percentages put the total last.
    for (qsizetype i = row.size() - 1; i > 0; --i) {
        if (row[i] != '%')
            continue;
        qsizetype end = i;
        if (row[end - 1] == ' ')
            --end;
        qsizetype begin = end;
        while (isDigit(begin - 1) || (begin > 0 && row[begin - 1] == '.' && isDigit(begin)))
            --begin;
        if (begin == end || end - begin > 8)
            continue;
        bool isNumber = false;
        const double percent = row.sliced(begin, end - begin).toByteArray().toDouble(&isNumber);
        if (!isNumber || percent > 100)
            continue;
        return chat::Progress{chat::Progress::State::Normal, int(percent), {}};
    }
    return std::nullopt;
}

} // namespace ridealong::console
