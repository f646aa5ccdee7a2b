// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "files/imagesize.h"

namespace ridealong::files {

namespace {

/// Numbers at places that may not exist: 0 then, and a size of 0 is none.
class Bytes
{
public:
    explicit Bytes(const QByteArray& bytes) : m_bytes(bytes) {}

    bool has(qsizetype at, QByteArrayView text) const
    {
        return at + text.size() <= m_bytes.size() && QByteArrayView(m_bytes).sliced(at, text.size()) == text;
    }
    quint32 byte(qsizetype at) const { return at >= 0 && at < m_bytes.size() ? quint8(m_bytes[at]) : 0; }
    quint32 big16(qsizetype at) const { return byte(at) << 8 | byte(at + 1); }
    quint32 little16(qsizetype at) const { return byte(at + 1) << 8 | byte(at); }
    quint32 big32(qsizetype at) const { return big16(at) << 16 | big16(at + 2); }
    quint32 little32(qsizetype at) const { return little16(at + 2) << 16 | little16(at); }
    qsizetype size() const { return m_bytes.size(); }

private:
    const QByteArray& m_bytes;
};

QSize sizeOf(quint32 width, quint32 height)
{
    constexpr quint32 kMax = 1 << 20;
    return width == 0 || height == 0 || width > kMax || height > kMax ? QSize() : QSize(int(width), int(height));
}

/// The frame header stands behind any number of other segments.
QSize jpegSize(const Bytes& bytes)
{
    for (qsizetype at = 2; at + 9 <= bytes.size();) {
        if (bytes.byte(at) != 0xFF)
            return {};
        const quint32 marker = bytes.byte(at + 1);
        if (marker == 0xFF) { // filling
            ++at;
            continue;
        }
        const bool isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (isFrame)
            return sizeOf(bytes.big16(at + 7), bytes.big16(at + 5));
        if (marker == 0xD9 || marker == 0xDA || bytes.big16(at + 2) < 2)
            return {};
        at += 2 + bytes.big16(at + 2);
    }
    return {};
}

QSize webpSize(const Bytes& bytes)
{
    if (bytes.has(12, "VP8X"))
        return sizeOf(1 + (bytes.little32(24) & 0xFFFFFF), 1 + (bytes.little32(27) & 0xFFFFFF));
    if (bytes.has(12, "VP8L") && bytes.byte(20) == 0x2F)
        return sizeOf(1 + (bytes.little32(21) & 0x3FFF), 1 + (bytes.little32(21) >> 14 & 0x3FFF));
    if (bytes.has(12, "VP8 ") && bytes.has(23, "\x9D\x01\x2A"))
        return sizeOf(bytes.little16(26) & 0x3FFF, bytes.little16(28) & 0x3FFF);
    return {};
}

} // namespace

QSize imageSize(const QByteArray& head)
{
    const Bytes bytes(head);
    if (bytes.has(0, "\x89PNG\r\n\x1A\n") && bytes.has(12, "IHDR") && bytes.size() >= 24)
        return sizeOf(bytes.big32(16), bytes.big32(20));
    if ((bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a")) && bytes.size() >= 10)
        return sizeOf(bytes.little16(6), bytes.little16(8));
    if (bytes.has(0, "\xFF\xD8"))
        return jpegSize(bytes);
    if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP") && bytes.size() >= 30)
        return webpSize(bytes);
    if (bytes.has(0, "BM") && bytes.little32(14) >= 40 && bytes.size() >= 26)
        return sizeOf(bytes.little32(18), quint32(qAbs(qint64(qint32(bytes.little32(22)))))); // a height below 0 means: from the top
    return {};
}

} // namespace ridealong::files
