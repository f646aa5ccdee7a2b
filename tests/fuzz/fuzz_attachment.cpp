// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What a stranger's file says of itself: its name and, in its first bytes, the size of its image.
#include "chat/attachment.h"
#include "files/imagesize.h"

#include <array>
#include <cstdint>
#include <cstdlib>

using namespace ridealong;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    const QString name = chat::safeFileName(QString::fromUtf8(bytes));
    if (name.isEmpty() || name.toUtf8().size() > 255 || name.contains(u'/') || name.contains(u'\\') || name.startsWith(u'.')
        || name.contains(QChar(0)) || chat::safeFileName(name) != name)
        std::abort();

    // Each format's parser, whatever random bytes begin with.
    static const std::array<QByteArray, 6> heads{QByteArray(), QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16), QByteArray("GIF89a"),
        QByteArray("\xFF\xD8\xFF"), QByteArray("RIFF\0\0\0\0WEBPVP8", 15), QByteArray("BM")};
    for (const QByteArray& head : heads)
        if (const QSize pixels = files::imageSize(head + bytes); pixels.isValid())
            if (pixels.width() <= 0 || pixels.height() <= 0 || pixels.width() > (1 << 20) || pixels.height() > (1 << 20))
                std::abort();
    return 0;
}
