// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/linereader.h"
#include "net/openchannel.h"
#include "net/streamsocket.h"

#include <QPointer>

namespace ridealong::net {
namespace {

using namespace Qt::StringLiterals;

// A session may have much to do for a line (a list of ten thousand names): after so long the event loop has its turn.
constexpr std::chrono::milliseconds kTurn{4};

class LineChannel final : public RemoteChannel
{
public:
    LineChannel(const Endpoint& endpoint, const TlsSettings& tls, base::Clock& clock, const ChannelOptions& options)
        : m_socket(endpoint, tls, options.proxy, clock),
          m_reader(options.maxFrameBytes),
          m_clock(clock)
    {
        connect(&m_socket, &StreamSocket::opened, this, &RemoteChannel::opened);
        connect(&m_socket, &StreamSocket::secured, this, &RemoteChannel::secured);
        connect(&m_socket, &StreamSocket::written, this, &FrameChannel::written);
        connect(&m_socket, &StreamSocket::closed, this, &LineChannel::end);
        connect(&m_socket, &StreamSocket::received, this, [this](const QByteArray& bytes) {
            m_reader.append(bytes);
            giveLines();
        });
    }

    void send(const QByteArray& frame) override
    {
        if (m_ended)
            return;
        if (frame.isEmpty() || frame.size() > kMaxFrameBytes || frame.contains('\n') || frame.contains('\r') || frame.contains('\0')) {
            endLater({base::ErrorKind::Invalid, u"a frame that is not a line"_s, 0});
            return;
        }
        m_socket.write(frame + "\r\n");
    }

    qint64 bytesToWrite() const override { return m_socket.bytesToWrite(); }

    void close() override
    {
        m_silent = true;
        hangUp();
    }

    std::optional<base::CertificateProblem> certificateProblem() const override { return m_socket.certificateProblem(); }

    void startTls() override
    {
        if (m_ended)
            return;
        if (!m_reader.isDrained()) {
            endLater({base::ErrorKind::Protocol, u"lines in plain text after the agreement on TLS"_s, 0});
            return;
        }
        m_socket.startTls();
    }

private:
    void giveLines()
    {
        const auto until = m_clock.monotonic() + kTurn;
        const QPointer alive(this);
        while (!m_ended) {
            const auto line = m_reader.next();
            if (!line) {
                end(line.error());
                return;
            }
            if (!*line) {
                m_socket.setReading(true);
                return;
            }
            emit received(**line);
            if (!alive)
                return;
            if (m_clock.monotonic() >= until) {
                m_socket.setReading(false);
                QMetaObject::invokeMethod(this, &LineChannel::giveLines, Qt::QueuedConnection);
                return;
            }
        }
    }

    /// For the caller of one of our functions, who does not expect to be destroyed in it. Nothing is received until then.
    void endLater(const base::Error& why)
    {
        hangUp();
        QMetaObject::invokeMethod(
            this,
            [this, why] {
                if (!m_silent)
                    emit closed(why);
            },
            Qt::QueuedConnection);
    }

    void end(const base::Error& why)
    {
        if (m_ended)
            return;
        hangUp();
        emit closed(why);
    }

    void hangUp()
    {
        m_ended = true;
        m_socket.close();
    }

    StreamSocket m_socket;
    LineReader m_reader;
    base::Clock& m_clock;
    bool m_ended = false;
    bool m_silent = false; ///< closed by our user
};

} // namespace

std::unique_ptr<RemoteChannel> openLineChannel(const Endpoint& endpoint, const TlsSettings& tls, base::Clock& clock, const ChannelOptions& options)
{
    return std::make_unique<LineChannel>(endpoint, tls, clock, options);
}

std::unique_ptr<RemoteChannel> openChannel(const Endpoint& endpoint, const TlsSettings& tls, base::Clock& clock, const ChannelOptions& options)
{
    return endpoint.webSocket.isEmpty() ? openLineChannel(endpoint, tls, clock, options) : openWebSocketChannel(endpoint, tls, clock, options);
}

} // namespace ridealong::net
