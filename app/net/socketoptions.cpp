// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/socketoptions.h"

#include <QVariant>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace ridealong::net {

// Whether the other side lives is the session's question (it pings); these are for a session that has nothing to ask with.
[[maybe_unused]] constexpr int kIdleSeconds = 60;
[[maybe_unused]] constexpr int kProbeSeconds = 20;
[[maybe_unused]] constexpr int kProbes = 3;
[[maybe_unused]] constexpr int kUnacknowledgedMs = 60'000;

void setSocketOptions(QAbstractSocket& socket)
{
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket.setSocketOption(QAbstractSocket::KeepAliveOption, 1);
#ifdef Q_OS_LINUX
    const auto set = [&socket](int option, int value) { ::setsockopt(int(socket.socketDescriptor()), IPPROTO_TCP, option, &value, sizeof value); };
    if (socket.socketDescriptor() < 0)
        return; // a proxy's engine has none of its own
    set(TCP_KEEPIDLE, kIdleSeconds);
    set(TCP_KEEPINTVL, kProbeSeconds);
    set(TCP_KEEPCNT, kProbes);
    set(TCP_USER_TIMEOUT, kUnacknowledgedMs);
#endif
}

void acknowledgeNow([[maybe_unused]] QAbstractSocket& socket)
{
#ifdef Q_OS_LINUX
    const int on = 1;
    if (socket.socketDescriptor() >= 0)
        ::setsockopt(int(socket.socketDescriptor()), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
#endif
}

void finishWriting([[maybe_unused]] QAbstractSocket& socket)
{
#ifdef Q_OS_UNIX
    if (socket.socketDescriptor() >= 0)
        ::shutdown(int(socket.socketDescriptor()), SHUT_WR);
#endif
}

} // namespace ridealong::net
