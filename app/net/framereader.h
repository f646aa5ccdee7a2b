// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QList>

namespace ridealong::net {

/// Cuts a byte stream into frames: four bytes of length, big-endian, then so many bytes.
class FrameReader
{
public:
    /// Whole frames of what came so far. Error Protocol for a length of zero or over FrameChannel::kMaxFrameBytes; the
    /// stream cannot be read any further then. A length is believed only as far as its bytes have come.
    base::Expected<QList<QByteArray>> feed(const QByteArray& bytes);

    /// `frame` with its length before it.
    static QByteArray wrap(const QByteArray& frame);

private:
    QByteArray m_pending;
};

} // namespace ridealong::net
