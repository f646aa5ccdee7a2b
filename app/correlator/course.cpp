// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/course.h"

#include "correlator/saying.h"

namespace ridealong::correlator {

void Course::take(const Saying& saying, const QString& signatureOfIt)
{
    const QString nextFrame = frameOf(signatureOfIt);
    step = frame == nextFrame ? stepBetween(numbers, saying.numbers) : QList<qint64>();
    numbers = saying.numbers;
    signature = signatureOfIt;
    frame = nextFrame;
    percent = saying.percent;
    // What stands at the margin and closes nothing begins anew, whatever was left open before.
    open = std::max(0, (saying.isInside ? open : 0) + saying.brackets);
}

QString frameOf(QStringView signature)
{
    QString frame;
    for (const QChar c : signature)
        if (!c.isLetter())
            frame += c;
        else if (!frame.endsWith(u'a'))
            frame += u'a';
    return frame;
}

QList<qint64> stepBetween(const QList<qint64>& from, const QList<qint64>& to)
{
    QList<qint64> step;
    if (from.size() == to.size())
        for (qsizetype i = 0; i < to.size(); ++i)
            step += to[i] - from[i];
    return step;
}

} // namespace ridealong::correlator
