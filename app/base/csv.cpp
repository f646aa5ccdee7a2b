// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"

namespace ridealong::base {

QString csvLine(const QStringList& cells)
{
    QString line;
    for (QString cell : cells) {
        if (!line.isNull())
            line += u',';
        const bool quoted = cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n') || cell.contains(u'\r');
        line += quoted ? u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"' : cell;
        if (line.isNull())
            line = QStringLiteral("");
    }
    return line;
}

} // namespace ridealong::base
