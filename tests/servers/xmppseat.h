// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/xmppserver.h"

namespace ridealong::tests {

/// Where a bot or a second client goes on an XMPP server, and as whom. Account and room are there already.
struct XmppSeat
{
    XmppSeat(const XmppServer& server, QString name, QString word, QString where = QStringLiteral("ops"))
        : port(server.startTlsPort()),
          caFile(server.caFile()),
          user(std::move(name)),
          password(std::move(word)),
          room(std::move(where))
    {}

    quint16 port; ///< for STARTTLS; of the server, or of something before it
    QString caFile;
    QString user; ///< also its nick
    QString password;
    QString room;

    QString address() const { return user + QLatin1Char('@') + QLatin1String(XmppServer::kDomain); }
    QString roomAddress() const { return room + QLatin1Char('@') + QLatin1String(XmppServer::kRooms); }
};

} // namespace ridealong::tests
