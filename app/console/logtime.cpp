// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/logtime.h"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace ridealong::console {
namespace {

constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kDay = 86'400 * kSecond;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Days since 1970-01-01 of a date in the Gregorian calendar (Howard Hinnant's algorithm).
qint64 daysOf(int year, int month, int day)
{
    const int y = month <= 2 ? year - 1 : year;
    const int era = y / 400;
    const int ofEra = y - era * 400;
    const int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return qint64(era) * 146'097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719'468;
}

/// Reads along a text; whatever does not fit makes it bad, and it stays so.
class Reading
{
public:
    Reading(QByteArrayView text, int at) : m_text(text), m_at(at) {}

    bool isGood() const { return m_isGood; }
    int at() const { return m_at; }
    char next() const { return m_at < int(m_text.size()) ? m_text[m_at] : '\0'; }
    bool takes(char c)
    {
        if (next() != c || c == '\0')
            return false;
        ++m_at;
        return true;
    }
    void must(const char* oneOf)
    {
        if (next() == '\0' || !std::strchr(oneOf, next()))
            m_isGood = false;
        else
            ++m_at;
    }
    /// Of exactly so many digits, within limits.
    int number(int digits, int least, int most)
    {
        int value = 0;
        for (int i = 0; i < digits; ++i, ++m_at) {
            if (!isDigit(next())) {
                m_isGood = false;
                return 0;
            }
            value = value * 10 + (next() - '0');
        }
        m_isGood = m_isGood && value >= least && value <= most;
        return value;
    }
    int month()
    {
        static constexpr char kNames[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
        for (int i = 0; m_at + 3 <= int(m_text.size()) && i < 12; ++i)
            if (std::memcmp(m_text.data() + m_at, kNames + i * 3, 3) == 0) {
                m_at += 3;
                return i + 1;
            }
        m_isGood = false;
        return 0;
    }
    /// Digits behind a point, in microseconds.
    qint64 fraction()
    {
        qint64 value = 0, place = kSecond / 10;
        for (; isDigit(next()); ++m_at, place /= 10)
            value += (next() - '0') * place;
        return value;
    }
    /// "09:00:01", with a fraction if there is one.
    qint64 timeOfDay()
    {
        const int hour = number(2, 0, 23);
        must(":");
        const int minute = number(2, 0, 59);
        must(":");
        const int second = number(2, 0, 60);
        qint64 us = (hour * 3600LL + minute * 60LL + second) * kSecond;
        if (m_isGood && (next() == '.' || next() == ',') && m_at + 1 < int(m_text.size()) && isDigit(m_text[m_at + 1])) {
            ++m_at;
            us += fraction();
        }
        return us;
    }
    /// "Z", "+01:00", "+0100", " +0100": how far it is ahead. Nothing there is nothing ahead.
    qint64 zone()
    {
        if (takes('Z'))
            return 0;
        Reading ahead(m_text, m_at);
        ahead.takes(' ');
        const bool isBehind = ahead.next() == '-';
        if (!ahead.takes('+') && !ahead.takes('-'))
            return 0;
        const int hours = ahead.number(2, 0, 23);
        ahead.takes(':');
        const int minutes = ahead.number(2, 0, 59);
        if (!ahead.isGood())
            return 0;
        m_at = ahead.at();
        return (isBehind ? -1 : 1) * (hours * 3600LL + minutes * 60LL) * kSecond;
    }

private:
    QByteArrayView m_text;
    int m_at;
    bool m_isGood = true;
};

std::optional<LogTime> made(const Reading& reading, int begin, qint64 us, bool hasDate)
{
    if (!reading.isGood() || isDigit(reading.next()))
        return {};
    return LogTime{us, hasDate, begin, reading.at()};
}

std::optional<LogTime> yearFirst(QByteArrayView line, int begin)
{
    Reading reading(line, begin);
    const int year = reading.number(4, 1970, 9999);
    const char separator = reading.next();
    reading.must("-/");
    const int month = reading.number(2, 1, 12);
    if (reading.next() != separator)
        return {};
    reading.must("-/");
    const int day = reading.number(2, 1, 31);
    reading.must("T t");
    const qint64 time = reading.timeOfDay();
    const qint64 zone = reading.isGood() ? reading.zone() : 0;
    return made(reading, begin, reading.isGood() ? daysOf(year, month, day) * kDay + time - zone : 0, true);
}

/// "24/Nov/2026:09:00:01 +0100"
std::optional<LogTime> webServer(QByteArrayView line, int begin)
{
    Reading reading(line, begin);
    const int day = reading.number(2, 1, 31);
    reading.must("/");
    const int month = reading.month();
    reading.must("/");
    const int year = reading.number(4, 1970, 9999);
    reading.must(":");
    const qint64 time = reading.timeOfDay();
    const qint64 zone = reading.isGood() ? reading.zone() : 0;
    return made(reading, begin, reading.isGood() ? daysOf(year, month, day) * kDay + time - zone : 0, true);
}

/// "Nov 24 09:00:01", "Nov  4 09:00:01"
std::optional<LogTime> systemLog(QByteArrayView line, int begin)
{
    Reading reading(line, begin);
    const int month = reading.month();
    reading.must(" ");
    const int day = reading.takes(' ') ? reading.number(1, 1, 9) : reading.number(2, 1, 31);
    reading.must(" ");
    const qint64 time = reading.timeOfDay();
    return made(reading, begin, reading.isGood() ? daysOf(1970, month, day) * kDay + time : 0, true);
}

/// "I1124 09:00:01.123456"
std::optional<LogTime> glog(QByteArrayView line)
{
    Reading reading(line, 1);
    const int month = reading.number(2, 1, 12);
    const int day = reading.number(2, 1, 31);
    reading.must(" ");
    const qint64 time = reading.timeOfDay();
    return made(reading, 1, reading.isGood() ? daysOf(1970, month, day) * kDay + time : 0, true);
}

std::optional<LogTime> timeAlone(QByteArrayView line, int begin)
{
    Reading reading(line, begin);
    const qint64 time = reading.timeOfDay();
    if (reading.next() == ':') // an address
        return {};
    return made(reading, begin, time, false);
}

/// "[   12.345678] usb 1-1: …"
std::optional<LogTime> kernel(QByteArrayView line)
{
    int at = 1;
    while (at < int(line.size()) && line[at] == ' ')
        ++at;
    const int begin = at;
    qint64 seconds = 0;
    for (; at < int(line.size()) && isDigit(line[at]) && at - begin < 10; ++at)
        seconds = seconds * 10 + (line[at] - '0');
    if (at == begin || at >= int(line.size()) || line[at] != '.')
        return {};
    Reading reading(line, at + 1);
    const qint64 us = seconds * kSecond + reading.fraction();
    if (reading.at() == at + 1 || reading.next() != ']')
        return {};
    return LogTime{us, true, begin, reading.at()};
}

/// "1732435201.123", "1732435201123": seconds from 2001 to 2286, or thousandths of them.
std::optional<LogTime> sinceEpoch(QByteArrayView line)
{
    int digits = 0;
    qint64 value = 0;
    for (; digits < int(line.size()) && isDigit(line[digits]) && digits < 14; ++digits)
        value = value * 10 + (line[digits] - '0');
    if (digits != 10 && digits != 13)
        return {};
    Reading reading(line, digits);
    qint64 us = value * (digits == 10 ? kSecond : 1000);
    if (digits == 10 && reading.takes('.'))
        us += reading.fraction();
    const char after = reading.next();
    if (after != '\0' && after != ' ' && after != '\t' && after != ':' && after != ']' && after != ',')
        return {};
    return LogTime{us, true, 0, reading.at()};
}

} // namespace

std::optional<LogTime> logTimeOf(QByteArrayView whole)
{
    const QByteArrayView line = whole.first(std::min<qsizetype>(whole.size(), kLogTimeBytes));
    if (line.isEmpty())
        return {};
    if (line.front() == '[')
        if (const auto time = kernel(line))
            return time;
    if (isDigit(line.front()))
        if (const auto time = sinceEpoch(line))
            return time;
    if (line.front() != '\0' && std::strchr("IWEFD", line.front()) && line.size() > 5 && isDigit(line[1]))
        if (const auto time = glog(line))
            return time;
    for (int at = 0; at + 8 <= int(line.size()); ++at) {
        const char c = line[at], before = at > 0 ? line[at - 1] : ' ';
        if (std::isalnum(static_cast<unsigned char>(before)) || before == '.' || before == ':')
            continue;
        std::optional<LogTime> time;
        if (isDigit(c)) {
            if (line[at + 2] == ':')
                time = timeAlone(line, at);
            else if (line[at + 2] == '/')
                time = webServer(line, at);
            else if (line[at + 4] == '-' || line[at + 4] == '/')
                time = yearFirst(line, at);
        } else if (c >= 'A' && c <= 'S') {
            time = systemLog(line, at);
        }
        if (time)
            return time;
    }
    return {};
}

} // namespace ridealong::console
