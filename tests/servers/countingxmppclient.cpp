// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/countingxmppclient.h"

namespace ridealong::tests {

CountingXmppClient::CountingXmppClient(XmppSeat seat) : CountingClient(seat.port, seat.roomAddress(), seat.user), m_seat(std::move(seat)) {}

QString CountingXmppClient::missing() const { return pythonHas("slixmpp") ? QString() : notInstalled(QStringLiteral("Python's slixmpp package")); }

TestServer::Command CountingXmppClient::command() const
{
    return {.program = QStringLiteral("/usr/bin/python3"),
        .arguments = {QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/servers/countingxmppclient.py"), QString::number(m_seat.port), m_seat.caFile,
            m_seat.address(), m_seat.password, m_seat.roomAddress(), m_seat.user},
        .asServerUser = false};
}

} // namespace ridealong::tests
