// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/framereader.h"

#include "net/framechannel.h"

#include <QtEndian>

namespace ridealong::net {

using namespace Qt::StringLiterals;

constexpr qsizetype kLengthBytes = sizeof(quint32);

base::Expected<QList<QByteArray>> FrameReader::feed(const QByteArray& bytes)
{
    m_pending += bytes;
    QList<QByteArray> frames;
    qsizetype at = 0;
    while (m_pending.size() - at >= kLengthBytes) {
        const auto length = qFromBigEndian<quint32>(m_pending.constData() + at);
        if (length == 0 || length > quint32(FrameChannel::kMaxFrameBytes))
            return base::Error{base::ErrorKind::Protocol, u"a frame of %1 bytes"_s.arg(length), 0};
        if (m_pending.size() - at - kLengthBytes < qsizetype(length))
            break;
        frames.append(m_pending.mid(at + kLengthBytes, length));
        at += kLengthBytes + length;
    }
    m_pending.remove(0, at);
    return frames;
}

QByteArray FrameReader::wrap(const QByteArray& frame)
{
    QByteArray wrapped(kLengthBytes, Qt::Uninitialized);
    qToBigEndian(quint32(frame.size()), wrapped.data());
    return wrapped + frame;
}

} // namespace ridealong::net
