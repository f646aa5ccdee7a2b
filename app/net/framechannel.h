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

    virtual void send(const QByteArray& frame) = 0;
    virtual qint64 bytesToWrite() const = 0; ///< not yet taken by the other side; for back-pressure
    virtual void close() = 0;

signals:
    void received(const QByteArray& frame);
    /// Once, and nothing after it.
    void closed(const ridealong::base::Error& why);
};

/// Two ends in one process; a frame sent on one is received on the other from the event loop.
std::pair<std::unique_ptr<FrameChannel>, std::unique_ptr<FrameChannel>> makeMemoryChannel();

} // namespace ridealong::net
