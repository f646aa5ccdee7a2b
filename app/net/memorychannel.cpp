// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/framechannel.h"

#include <QPointer>

namespace ridealong::net {
namespace {

using namespace Qt::StringLiterals;

class MemoryChannel final : public FrameChannel
{
public:
    ~MemoryChannel() override { hangUp(); }

    void join(MemoryChannel* peer) { m_peer = peer; }

    void send(const QByteArray& frame) override
    {
        if (m_ended)
            return;
        if (frame.isEmpty() || frame.size() > kMaxFrameBytes) {
            hangUp();
            QMetaObject::invokeMethod(
                this,
                [this] {
                    emit closed({base::ErrorKind::Invalid, u"a frame of a size that cannot be sent"_s, 0});
                },
                Qt::QueuedConnection);
            return;
        }
        if (!m_peer)
            return;
        m_unread += frame.size();
        // Posted events to one object keep their order, so frames do, and the end comes after them.
        QMetaObject::invokeMethod(
            m_peer, [peer = m_peer.data(), from = QPointer(this), frame] { peer->take(frame, from); }, Qt::QueuedConnection);
    }

    qint64 bytesToWrite() const override { return m_unread; }

    void close() override { hangUp(); }

private:
    void take(const QByteArray& frame, const QPointer<MemoryChannel>& from)
    {
        if (!m_ended)
            emit received(frame); // may destroy this
        if (from) {
            from->m_unread -= frame.size();
            if (!from->m_ended)
                emit from->written();
        }
    }

    void hangUp()
    {
        if (m_ended)
            return;
        m_ended = true;
        if (m_peer)
            QMetaObject::invokeMethod(
                m_peer, [peer = m_peer.data()] { peer->ended(); }, Qt::QueuedConnection);
    }

    void ended()
    {
        if (m_ended)
            return;
        m_ended = true;
        m_unread = 0;
        emit closed({base::ErrorKind::Offline, u"the other side closed the connection"_s, 0});
    }

    QPointer<MemoryChannel> m_peer;
    qint64 m_unread = 0;
    bool m_ended = false;
};

} // namespace

std::pair<std::unique_ptr<FrameChannel>, std::unique_ptr<FrameChannel>> makeMemoryChannel()
{
    auto a = std::make_unique<MemoryChannel>();
    auto b = std::make_unique<MemoryChannel>();
    a->join(b.get());
    b->join(a.get());
    return {std::move(a), std::move(b)};
}

} // namespace ridealong::net
