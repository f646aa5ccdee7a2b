// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/moments.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ridealong::kit {

QString momentText(qint64 timeMs, qint64 nowMs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    const QLocale locale;
    const QString clock = locale.toString(time.time(), u"HH:mm"_s);
    if (time.date() == today)
        return clock;
    if (time.date() == today.addDays(-1))
        return QCoreApplication::translate("Moments", "yesterday %1").arg(clock);
    if (time.date().year() == today.year())
        return locale.toString(time.date(), u"d MMM"_s) + u' ' + clock;
    return locale.toString(time.date(), u"d MMM yyyy"_s);
}

} // namespace ridealong::kit
