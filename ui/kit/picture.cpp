// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/picture.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>

using namespace Qt::StringLiterals;

namespace ridealong::kit {
namespace {

/// Only these decoders are ever asked: each is one that a browser would run on a stranger's bytes, too.
QByteArray formatOf(const QByteArray& head)
{
    if (head.startsWith("\x89PNG\r\n\x1A\n"))
        return "png";
    if (head.startsWith("\xFF\xD8\xFF"))
        return "jpeg";
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a"))
        return "gif";
    if (head.startsWith("RIFF") && head.sliced(8).startsWith("WEBP"))
        return "webp";
    return {};
}

} // namespace

bool isPicture(const chat::Attachment& file)
{
    for (const auto type : {"image/png"_L1, "image/jpeg"_L1, "image/gif"_L1, "image/webp"_L1})
        if (file.mediaType.compare(type, Qt::CaseInsensitive) == 0)
            return true;
    return false;
}

static base::Expected<QImage> readFrom(QIODevice& file, const QSize& within, QSize* own)
{
    constexpr qint64 kHeadBytes = 12;
    const QByteArray head = file.peek(kHeadBytes);
    const QByteArray format = head.size() < kHeadBytes ? QByteArray() : formatOf(head);
    if (format.isEmpty() || !QImageReader::supportedImageFormats().contains(format))
        return base::Error{base::ErrorKind::Unsupported, u"not a picture that is shown here"_s, 0};
    if (file.size() > kMaxPictureBytes)
        return base::Error{base::ErrorKind::Invalid, u"more than %1 bytes"_s.arg(kMaxPictureBytes), 0};
    QImageReader reader(&file, format);
    reader.setDecideFormatFromContent(false);
    reader.setAutoTransform(true); // as the camera was held
    const QSize size = reader.size();
    if (size.isEmpty() || size.width() > kMaxPictureSide || size.height() > kMaxPictureSide
        || qint64(size.width()) * size.height() > kMaxPicturePixels)
        return base::Error{base::ErrorKind::Invalid, u"%1 × %2 pixels"_s.arg(size.width()).arg(size.height()), 0};
    // Turned by a quarter, it has to fit the other way round.
    const bool turned = reader.transformation() & QImageIOHandler::TransformationRotate90;
    const QSize room = turned ? within.transposed() : within;
    if (own)
        *own = turned ? size.transposed() : size;
    if (size.width() > room.width() || size.height() > room.height())
        reader.setScaledSize(size.scaled(room, Qt::KeepAspectRatio).expandedTo({1, 1}));
    QImage image = reader.read();
    if (image.isNull())
        return base::Error{base::ErrorKind::Invalid, reader.errorString(), 0};
    return image;
}

base::Expected<QImage> readPicture(const QString& path, const QSize& within, QSize* own)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::Error{base::ErrorKind::Storage, file.errorString(), 0};
    return readFrom(file, within, own);
}

base::Expected<QImage> readPicture(const QByteArray& bytes, const QSize& within, QSize* own)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return readFrom(buffer, within, own);
}

} // namespace ridealong::kit
