// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/payload.h"

#include "xmpp/knownmessages.h"
#include "xmpp/namespaces.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxTransactionChars = 64;

struct Kind
{
    QLatin1StringView suffix;
    QLatin1StringView mediaType;
};
/// What people send. The type is only a proposal: the content decides.
constexpr std::array<Kind, 17> kKinds{
    {{"png"_L1, "image/png"_L1}, {"jpg"_L1, "image/jpeg"_L1}, {"jpeg"_L1, "image/jpeg"_L1}, {"gif"_L1, "image/gif"_L1}, {"webp"_L1, "image/webp"_L1},
        {"svg"_L1, "image/svg+xml"_L1}, {"txt"_L1, "text/plain"_L1}, {"log"_L1, "text/plain"_L1}, {"csv"_L1, "text/csv"_L1},
        {"json"_L1, "application/json"_L1}, {"pdf"_L1, "application/pdf"_L1}, {"zip"_L1, "application/zip"_L1}, {"gz"_L1, "application/gzip"_L1},
        {"patch"_L1, "text/x-patch"_L1}, {"mp4"_L1, "video/mp4"_L1}, {"ogg"_L1, "audio/ogg"_L1}, {"mp3"_L1, "audio/mpeg"_L1}}};

QString shortAttribute(const Element& element, QStringView name, qsizetype most)
{
    const QString value = element.attribute(name);
    return value.size() <= most ? value : QString();
}

} // namespace

QString cutText(const QString& text, qsizetype chars)
{
    QString cut = text.left(chars);
    if (cut.size() < text.size() && !cut.isEmpty() && cut.back().isHighSurrogate())
        cut.chop(1);
    return cut;
}

Payload payloadOf(const Element& message)
{
    const Element* ride = message.find(u"ride", ns::kRide);
    if (!ride)
        return {};
    Payload payload;
    payload.transaction = base::TransactionId(shortAttribute(*ride, u"txn", kMaxTransactionChars));
    payload.thread = shortAttribute(*ride, u"thread", kMaxIdChars);
    payload.run = base::RunId(shortAttribute(*ride, u"run", kMaxIdChars));
    if (const QString markdown = ride->textOf(u"markdown", ns::kRide); markdown.size() <= kMaxTextChars)
        payload.markdown = markdown;
    const QByteArray envelope = ride->textOf(u"envelope", ns::kRide).toLatin1();
    if (envelope.size() <= (kMaxEnvelopeBytes + 2) / 3 * 4)
        if (const auto bytes = QByteArray::fromBase64Encoding(envelope, QByteArray::AbortOnBase64DecodingErrors); bytes)
            payload.envelope = bytes.decoded.size() <= kMaxEnvelopeBytes ? bytes.decoded : QByteArray();
    return payload;
}

Element toElement(const Payload& payload)
{
    if (payload == Payload())
        return {};
    Element ride(u"ride", ns::kRide);
    const auto set = [&ride](QStringView name, const QString& value) {
        if (!value.isEmpty())
            ride.setAttribute(name, value);
    };
    set(u"txn", payload.transaction.text());
    set(u"thread", payload.thread);
    set(u"run", payload.run.text());
    if (!payload.markdown.isEmpty())
        ride.append(Element(u"markdown", ns::kRide).withText(payload.markdown));
    if (!payload.envelope.isEmpty())
        ride.append(Element(u"envelope", ns::kRide).withText(QString::fromLatin1(payload.envelope.toBase64())));
    return ride;
}

std::optional<chat::Attachment> attachmentFrom(const QString& address)
{
    if (address.size() > kMaxAddressChars)
        return std::nullopt;
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1) || url.host().isEmpty() || !url.userInfo().isEmpty())
        return std::nullopt;
    chat::Attachment file;
    file.id = base::FileId(address);
    file.name = chat::safeFileName(url.fileName(QUrl::FullyDecoded));
    const QString suffix = file.name.section(u'.', -1).toLower();
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(), [&suffix](const Kind& k) { return suffix == k.suffix; });
    if (kind != kKinds.end())
        file.mediaType = kind->mediaType;
    return file;
}

QList<chat::Attachment> attachmentsOf(const Element& message, const QString& body)
{
    QList<chat::Attachment> files;
    for (const Element* told : message.children(u"x", ns::kOutOfBand)) {
        const auto file = attachmentFrom(told->textOf(u"url", ns::kOutOfBand).trimmed());
        const auto isSame = [&file](const chat::Attachment& other) { return other.id == file->id; };
        if (file && files.size() < chat::kMaxAttachments && std::none_of(files.begin(), files.end(), isSame))
            files.append(*file);
    }
    if (files.isEmpty() && body.startsWith("https://"_L1) && std::none_of(body.begin(), body.end(), [](QChar c) { return c.isSpace(); }))
        if (const auto file = attachmentFrom(body); file && !file->mediaType.isEmpty())
            files.append(*file);
    return files;
}

} // namespace ridealong::xmpp
