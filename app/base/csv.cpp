// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"

namespace ridealong::base {

QString csvLine(const QStringList& cells)
{
    QStringList written = cells;
    for (QString& cell : written)
        if (cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n') || cell.contains(u'\r'))
            cell = u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return written.join(u',');
}

} // namespace ridealong::base
