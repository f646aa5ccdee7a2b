// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/durations.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ridealong::kit {
namespace {

constexpr qint64 kSecond = 1000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

QString words(const char* text, int n = -1) { return QCoreApplication::translate("Durations", text, nullptr, n); }

QString twoDigits(qint64 number) { return u"%1"_s.arg(number, 2, 10, QLatin1Char('0')); }

} // namespace

QString elapsedText(qint64 milliseconds)
{
    const qint64 ms = std::max<qint64>(0, milliseconds);
    if (ms < 10 * kSecond)
        return words(QT_TRANSLATE_NOOP("Durations", "%1 s")).arg(QLocale().toString(double(ms / 100) / 10, 'f', 1));
    if (ms < kMinute)
        return words(QT_TRANSLATE_NOOP("Durations", "%1 s")).arg(ms / kSecond);
    if (ms < kHour)
        return u"%1:%2"_s.arg(ms / kMinute).arg(twoDigits(ms / kSecond % 60));
    return u"%1:%2:%3"_s.arg(ms / kHour).arg(twoDigits(ms / kMinute % 60), twoDigits(ms / kSecond % 60));
}

QString aboutText(qint64 milliseconds)
{
    const qint64 ms = std::max<qint64>(0, milliseconds);
    if (ms < kSecond)
        return words(QT_TRANSLATE_NOOP("Durations", "less than a second"));
    if (ms < 90 * kSecond)
        return words(QT_TRANSLATE_NOOP("Durations", "%1 s")).arg((ms + kSecond / 2) / kSecond);
    if (ms < 90 * kMinute)
        return words(QT_TRANSLATE_NOOP("Durations", "%1 min")).arg((ms + kMinute / 2) / kMinute);
    if (ms < 36 * kHour)
        return words(QT_TRANSLATE_NOOP("Durations", "%1 h")).arg((ms + kHour / 2) / kHour);
    return words(QT_TRANSLATE_NOOP("Durations", "%1 days")).arg((ms + kDay / 2) / kDay);
}

QString agoText(qint64 milliseconds)
{
    if (milliseconds < kMinute)
        return words(QT_TRANSLATE_NOOP("Durations", "just now"));
    if (milliseconds >= kDay && milliseconds < 2 * kDay)
        return words(QT_TRANSLATE_NOOP("Durations", "yesterday"));
    return words(QT_TRANSLATE_NOOP("Durations", "%1 ago")).arg(aboutText(milliseconds));
}

QString bytesText(qint64 bytes)
{
    if (bytes < 1024)
        return words(QT_TRANSLATE_NOOP("Durations", "%1 bytes")).arg(bytes);
    return QLocale().formattedDataSize(bytes, bytes % (1024 * 1024) == 0 ? 0 : 1, QLocale::DataSizeIecFormat);
}

} // namespace ridealong::kit
