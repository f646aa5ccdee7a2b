// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/wire.h"

#include "local/limits.h"

#include <QCborParserError>
#include <QCborValue>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxErrorLength = 4096;

bool isShallow(const QCborValue& value, int depth)
{
    if (!value.isContainer())
        return !value.isTag(); // we use none, and Qt gives some a life of their own
    if (depth == 0)
        return false;
    if (value.isArray()) {
        const auto array = value.toArray();
        return std::all_of(array.cbegin(), array.cend(), [depth](const QCborValue& item) { return isShallow(item, depth - 1); });
    }
    const auto map = value.toMap();
    for (auto it = map.cbegin(); it != map.cend(); ++it)
        if (!it.key().isString() || !isShallow(it.value(), depth - 1))
            return false;
    return true;
}

} // namespace

void Fields::refuse(QLatin1StringView key, const char* why)
{
    if (!m_error)
        m_error = base::Error{base::ErrorKind::Protocol, u"\"%1\" %2"_s.arg(key, QLatin1StringView(why)), 0};
}

QString Fields::text(QLatin1StringView key, int maxLength)
{
    const auto value = m_map.value(key);
    if (!value.isString()) {
        refuse(key, "is no text");
        return {};
    }
    const auto text = value.toString();
    if (text.size() > maxLength) {
        refuse(key, "is too long");
        return {};
    }
    return text;
}

QString Fields::optionalText(QLatin1StringView key, int maxLength) { return has(key) ? text(key, maxLength) : QString(); }

qint64 Fields::integer(QLatin1StringView key, qint64 minimum, qint64 maximum)
{
    const auto value = m_map.value(key);
    if (!value.isInteger() || value.toInteger() < minimum || value.toInteger() > maximum) {
        refuse(key, "is no number in its range");
        return minimum;
    }
    return value.toInteger();
}

qint64 Fields::optionalInteger(QLatin1StringView key, qint64 minimum, qint64 maximum, qint64 fallback)
{
    return has(key) ? integer(key, minimum, maximum) : fallback;
}

bool Fields::flag(QLatin1StringView key)
{
    if (!has(key))
        return false;
    const auto value = m_map.value(key);
    if (!value.isBool())
        refuse(key, "is neither true nor false");
    return value.toBool();
}

QByteArray Fields::bytes(QLatin1StringView key, qsizetype maxBytes)
{
    const auto value = m_map.value(key);
    const auto bytes = value.toByteArray();
    if (!value.isByteArray() || bytes.size() > maxBytes) {
        refuse(key, "are no bytes, or too many");
        return {};
    }
    return bytes;
}

QCborArray Fields::array(QLatin1StringView key, qsizetype maxItems)
{
    if (!has(key))
        return {};
    const auto value = m_map.value(key);
    if (!value.isArray() || value.toArray().size() > maxItems) {
        refuse(key, "is no list, or too long");
        return {};
    }
    return value.toArray();
}

QCborMap Fields::map(QLatin1StringView key)
{
    const auto value = m_map.value(key);
    if (!value.isMap())
        refuse(key, "is no map");
    return value.toMap();
}

QStringList Fields::texts(QLatin1StringView key, qsizetype maxItems, int maxLength)
{
    QStringList list;
    for (const auto& item : array(key, maxItems)) {
        const auto value = QCborValue(item);
        if (!value.isString() || value.toString().size() > maxLength) {
            refuse(key, "has an item that is no text, or too long");
            return {};
        }
        list.append(value.toString());
    }
    return list;
}

QByteArray encodeFrame(const QCborMap& map) { return map.toCborValue().toCbor(); }

base::Expected<QCborMap> decodeFrame(const QByteArray& bytes, qsizetype maxBytes)
{
    const auto broken = [](const QString& why) { return base::Error{base::ErrorKind::Protocol, why, 0}; };
    if (bytes.size() > maxBytes)
        return broken(u"a frame of %1 bytes"_s.arg(bytes.size()));
    QCborParserError parsed;
    const auto value = QCborValue::fromCbor(bytes, &parsed);
    if (parsed.error != QCborError::NoError)
        return broken(u"not CBOR: %1"_s.arg(parsed.errorString()));
    if (parsed.offset != bytes.size())
        return broken(u"something after the end of the frame"_s);
    if (!value.isMap() || !isShallow(value, kMaxFrameDepth))
        return broken(u"no map, or one nested too deep"_s);
    return value.toMap();
}

void putError(QCborMap& map, const base::Error& error)
{
    map.insert("kind"_L1, base::toString(error.kind));
    map.insert("detail"_L1, error.detail.left(kMaxErrorLength));
    if (error.retryAfterMs > 0)
        map.insert("retryAfter"_L1, error.retryAfterMs);
}

std::optional<base::Error> takeError(const QCborMap& map)
{
    if (!map.contains("kind"_L1))
        return std::nullopt;
    Fields fields(map);
    base::Error error{
        base::ErrorKind::Protocol, fields.optionalText("detail"_L1, kMaxErrorLength), fields.optionalInteger("retryAfter"_L1, 0, 3'600'000)};
    const auto name = fields.text("kind"_L1, kMaxIdLength);
    for (int kind = 0; kind <= int(base::ErrorKind::Untrusted); ++kind)
        if (base::toString(base::ErrorKind(kind)) == name)
            error.kind = base::ErrorKind(kind);
    return error;
}

} // namespace ridealong::local
