// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QObject>

#include <memory>
#include <utility>

namespace ridealong::net {

/// An ordered, reliable channel of whole frames between two ends.
class FrameChannel : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 kMaxFrameBytes = 4 << 20;
    using QObject::QObject;

    /// A frame has 1 to kMaxFrameBytes bytes; any other closes the channel with Invalid.
    virtual void send(const QByteArray& frame) = 0;
    virtual qint64 bytesToWrite() const = 0; ///< not yet taken by the other side; for back-pressure
    /// The other side still gets what was sent before. Nothing is emitted at this end any more.
    virtual void close() = 0;

signals:
    void received(const QByteArray& frame);
    /// bytesToWrite() became less.
    void written();
    /// The other side or a failure ended the channel. Once, and nothing after it.
    void closed(const ridealong::base::Error& why);
};

/// Two ends in one process; a frame sent on one is received on the other from the event loop.
std::pair<std::unique_ptr<FrameChannel>, std::unique_ptr<FrameChannel>> makeMemoryChannel();

} // namespace ridealong::net
