// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/correlatedrun.h"

#include "correlator/saying.h"

namespace ridealong::correlator {

QByteArray outputOf(const CorrelatedRun& run)
{
    QStringList texts;
    QList<bool> cuts;
    for (const Part& part : run.parts) {
        texts += part.text;
        cuts += part.isCut;
    }
    return texts.isEmpty() ? QByteArray() : joined(texts, cuts).toUtf8() + '\n';
}

qsizetype partOfLine(const CorrelatedRun& run, qint64 line)
{
    qint64 next = 0;
    for (qsizetype i = 0; i < run.parts.size(); ++i) {
        const Part& part = run.parts[i];
        next += part.text.count(u'\n') + (part.isCut && i > 0 ? 0 : 1);
        if (line < next)
            return i;
    }
    return -1;
}

int confidenceOf(const CorrelatedRun& run)
{
    int least = 100;
    for (const Part& part : run.parts)
        if (part.evidence == Evidence::Guessed)
            least = std::min(least, part.confidence);
    return least;
}

} // namespace ridealong::correlator
