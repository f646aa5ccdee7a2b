// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/packedfile.h"

#include "base/compression.h"
#include "local/filepieces.h"

#include <QFile>
#include <QSaveFile>
#include <QtEndian>

#include <vector>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

// https://github.com/facebook/zstd/blob/dev/contrib/seekable_format/zstd_seekable_compression_format.md: frames, and behind them a
// frame to be skipped: magic, size, for each frame its size packed and unpacked, how many they are, flags, another magic. All little-endian.
constexpr quint32 kSkipMagic = 0x184d2a5e;
constexpr quint32 kTableMagic = 0x8f92eab1;
constexpr qint64 kHeadBytes = 8;
constexpr qint64 kRowBytes = 8;
constexpr qint64 kFootBytes = 9;
constexpr quint32 kMaxFrames = 1 << 16;

struct Frame
{
    quint32 packed = 0;
    quint32 bytes = 0;
};

QByteArray number(quint32 value)
{
    const quint32 little = qToLittleEndian(value);
    return QByteArray(reinterpret_cast<const char*>(&little), sizeof little);
}

quint32 numberAt(const QByteArray& bytes, qsizetype at) { return qFromLittleEndian<quint32>(bytes.constData() + at); }

base::Error damaged() { return {base::ErrorKind::Storage, u"the compressed output is damaged"_s, 0}; }

base::Expected<std::vector<Frame>> readTable(QFile& file)
{
    if (!file.seek(std::max<qint64>(0, file.size() - kFootBytes)))
        return storageError(file);
    const QByteArray foot = file.read(kFootBytes);
    if (foot.size() != kFootBytes || numberAt(foot, 5) != kTableMagic || foot[4] != 0)
        return damaged();
    const quint32 count = numberAt(foot, 0);
    const qint64 tableBytes = kHeadBytes + kRowBytes * count + kFootBytes;
    if (count > kMaxFrames || tableBytes > file.size() || !file.seek(file.size() - tableBytes + kHeadBytes))
        return damaged();
    const QByteArray rows = file.read(kRowBytes * count);
    if (rows.size() != kRowBytes * count)
        return damaged();
    std::vector<Frame> frames;
    for (qsizetype at = 0; at < rows.size(); at += kRowBytes) {
        frames.push_back({numberAt(rows, at), numberAt(rows, at + 4)});
        if (frames.back().bytes > kPackedFrameBytes || frames.back().packed > 2 * kPackedFrameBytes)
            return damaged();
    }
    return frames;
}

} // namespace

base::Status packFile(const QString& from, const QString& to)
{
    QFile file(from);
    if (!file.exists())
        return base::Error{base::ErrorKind::NotFound, u"no such file here"_s, 0};
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return storageError(file);
    QSaveFile packed(to);
    if (!packed.open(QIODevice::WriteOnly))
        return storageError(packed);
    QByteArray rows;
    for (;;) {
        const QByteArray piece = file.read(kPackedFrameBytes);
        if (piece.isEmpty())
            break;
        const QByteArray frame = base::compressed(piece, base::Effort::Small);
        if (frame.isNull())
            return base::Error{base::ErrorKind::Storage, u"no memory to compress an output"_s, 0};
        packed.write(frame); // commit() knows whether all of it went well
        rows += number(quint32(frame.size())) + number(quint32(piece.size()));
    }
    if (file.error() != QFileDevice::NoError)
        return storageError(file);
    packed.write(number(kSkipMagic) + number(quint32(rows.size() + kFootBytes)) + rows + number(quint32(rows.size() / kRowBytes)) + '\0'
        + number(kTableMagic));
    return packed.commit() ? base::Status(base::Done{}) : base::Status(storageError(packed));
}

base::Expected<QByteArray> readPackedPiece(const QString& path, qint64 offset, qint64 bytes)
{
    QFile file(path);
    if (!file.exists())
        return base::Error{base::ErrorKind::NotFound, u"no such file here"_s, 0};
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return storageError(file);
    const auto frames = readTable(file);
    if (!frames)
        return frames.error();
    QByteArray piece("");
    qint64 begin = 0; // of the frame: in what was packed, and in the file
    qint64 packedBegin = 0;
    QByteArray whole;
    for (const Frame& frame : *frames) {
        const qint64 end = begin + frame.bytes;
        if (end > offset && piece.size() < bytes) {
            whole.resize(frame.bytes);
            if (!file.seek(packedBegin) || !base::decompress(file.read(frame.packed), whole.data(), whole.size()))
                return damaged();
            const qint64 from = std::max<qint64>(0, offset - begin);
            piece += QByteArrayView(whole).sliced(from, std::min(whole.size() - from, bytes - piece.size()));
        }
        begin = end;
        packedBegin += frame.packed;
    }
    return piece;
}

} // namespace ridealong::local
