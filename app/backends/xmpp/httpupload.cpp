// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/httpupload.h"

#include "xmpp/conditions.h"
#include "xmpp/messagesource.h"
#include "xmpp/namespaces.h"
#include "xmpp/payload.h"

#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

constexpr std::array<const char*, 3> kAllowedHeaders{"authorization", "cookie", "expires"};
constexpr qint64 kLongestRetryMs = qint64(24) * 3600 * 1000;
constexpr qint64 kRetryMs = 60'000; // where nobody says how long

bool isLoopback(const QString& host) { return host == "localhost"_L1 || QHostAddress(host).isLoopback(); }

QUrl urlOf(const Element* element)
{
    const QString text = element ? element->attribute(u"url") : QString();
    return text.size() <= kMaxAddressChars ? QUrl(text, QUrl::StrictMode) : QUrl();
}

net::HttpHeaders headersOf(const Element& put)
{
    net::HttpHeaders headers;
    for (const Element* header : put.children(u"header", ns::kUpload)) {
        const QByteArray name = header->attribute(u"name").toLower().toLatin1();
        QString value = header->text();
        value.removeIf([](QChar c) { return c == u'\r' || c == u'\n'; }); // §5
        const bool isAllowed = std::find(kAllowedHeaders.begin(), kAllowedHeaders.end(), name) != kAllowedHeaders.end();
        const bool isThere = std::any_of(headers.begin(), headers.end(), [&name](const auto& h) { return h.first == name; });
        const bool isText = std::none_of(value.begin(), value.end(), [](QChar c) { return c.unicode() < 0x20 || c.unicode() > 0x7e; });
        if (isAllowed && !isThere && isText && !value.isEmpty() && value.size() <= UploadSlot::kMaxHeaderChars)
            headers.emplace_back(name, value.toLatin1());
    }
    return headers;
}

} // namespace

bool isFileAddress(const QUrl& url, FileAddresses allowed)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == "https"_L1
        || (url.scheme() == "http"_L1 && allowed == FileAddresses::PlainOnLoopback && isLoopback(url.host(QUrl::FullyEncoded)));
}

QString uploadMediaType(const QString& mediaType)
{
    static const QRegularExpression type(u"^[A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+-]{1,100}$"_s);
    return type.match(mediaType).hasMatch() ? mediaType : u"application/octet-stream"_s;
}

Element slotRequest(const Jid& service, const QString& name, qint64 bytes, const QString& mediaType)
{
    return Element(u"iq", ns::kClient)
        .with(u"type", u"get"_s)
        .with(u"to", service.toString())
        .with(Element(u"request", ns::kUpload)
                  .with(u"filename", chat::safeFileName(name))
                  .with(u"size", QString::number(bytes))
                  .with(u"content-type", uploadMediaType(mediaType)));
}

base::Expected<UploadSlot> readSlot(const Element& answer, FileAddresses allowed)
{
    const Element* slot = answer.find(u"slot", ns::kUpload);
    const Element* put = slot ? slot->find(u"put", ns::kUpload) : nullptr;
    const Element* get = slot ? slot->find(u"get", ns::kUpload) : nullptr;
    if (!put || !get)
        return Error{ErrorKind::Protocol, u"an answer without a place for the file"_s, 0};
    UploadSlot read{urlOf(put), headersOf(*put), urlOf(get)};
    for (const QUrl& url : {read.put, read.get})
        if (!isFileAddress(url, allowed))
            return Error{ErrorKind::Protocol, u"a place for the file that is not at https"_s, 0};
    return read;
}

base::Error slotError(const Element& answer, qint64 nowMs)
{
    Error error = stanzaError(answer);
    const Element* stanza = answer.find(u"error", ns::kClient);
    if (!stanza)
        return error;
    if (const Element* tooLarge = stanza->find(u"file-too-large", ns::kUpload)) {
        error.kind = ErrorKind::Invalid;
        error.retryAfterMs = 0;
        if (const qint64 most = tooLarge->textOf(u"max-file-size", ns::kUpload).trimmed().toLongLong(); most > 0)
            error.detail += u"; %1 bytes are allowed"_s.arg(most);
    } else if (error.kind == ErrorKind::RateLimited) { // used up for now
        const Element* retry = stanza->find(u"retry", ns::kUpload);
        const auto at = retry ? timeFromStamp(retry->attribute(u"stamp")) : std::nullopt;
        error.retryAfterMs = at ? std::clamp<qint64>(*at - nowMs, 0, kLongestRetryMs) : kRetryMs;
    } else if (stanzaCondition(answer) == "not-acceptable"_L1) { // too large, as services say it that have no words of their own
        error.kind = ErrorKind::Invalid;
    }
    return error;
}

std::optional<base::Error> fileServerError(const net::HttpResponse& response)
{
    const int status = response.status;
    if (status >= 200 && status < 300)
        return std::nullopt;
    const QString detail = u"HTTP %1"_s.arg(status);
    switch (status) {
    case 401:
    case 403: return Error{ErrorKind::Denied, detail, 0};
    case 404:
    case 410: return Error{ErrorKind::NotFound, detail, 0};
    case 413: return Error{ErrorKind::Invalid, detail, 0};
    case 429:
    case 507: return Error{ErrorKind::RateLimited, detail, kRetryMs};
    default: return Error{status >= 500 ? ErrorKind::Offline : ErrorKind::Protocol, detail, 0};
    }
}

} // namespace ridealong::xmpp
