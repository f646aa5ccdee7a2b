// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/loopbackport.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QTcpServer>

#include <cstddef>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace ridealong::tests {

namespace {

constexpr quint16 kFirstPort = 20'000;
constexpr quint16 kLastPort = 31'999;
constexpr int kMaxTries = 1000;

/// The socket that stands for the port among all tests of this machine, or -1 when another test holds it.
int claim(quint16 port)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = "ridealong-test-port-" + QByteArray::number(port);
    std::memcpy(address.sun_path + 1, name.constData(), static_cast<std::size_t>(name.size()));
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + static_cast<std::size_t>(name.size()));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return -1;
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), length) == 0)
        return socket;
    ::close(socket);
    return -1;
}

bool isFree(quint16 port)
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost, port);
}

} // namespace

LoopbackPort::LoopbackPort()
{
    for (int i = 0; i < kMaxTries && m_claim < 0; ++i) {
        const auto port = static_cast<quint16>(QRandomGenerator::global()->bounded(kFirstPort, kLastPort + 1));
        m_claim = claim(port);
        if (m_claim >= 0 && !isFree(port)) {
            ::close(m_claim);
            m_claim = -1;
        }
        m_number = port;
    }
    if (m_claim < 0)
        qFatal("no free port on 127.0.0.1");
}

LoopbackPort::~LoopbackPort()
{
    if (m_claim >= 0)
        ::close(m_claim);
}

LoopbackPort::LoopbackPort(LoopbackPort&& other) noexcept : m_claim(std::exchange(other.m_claim, -1)), m_number(std::exchange(other.m_number, 0)) {}

LoopbackPort& LoopbackPort::operator=(LoopbackPort&& other) noexcept
{
    std::swap(m_claim, other.m_claim);
    std::swap(m_number, other.m_number);
    return *this;
}

} // namespace ridealong::tests
