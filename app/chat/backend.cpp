// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/backend.h"

#include "chat/commanddialog.h"

namespace ridealong::chat {

base::Async<HistoryPage> HistoryFacet::from(const base::ConversationId&, qint64, int)
{
    return base::Async<HistoryPage>::ready(base::Error{base::ErrorKind::Unsupported, QStringLiteral("the server finds nothing by time"), 0});
}

std::unique_ptr<CommandDialog> CommandFacet::open(const CommandSpec&) { return nullptr; }

QString toString(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Disconnected: return QStringLiteral("disconnected");
    case ConnectionState::Connecting: return QStringLiteral("connecting");
    case ConnectionState::Connected: return QStringLiteral("connected");
    case ConnectionState::Waiting: return QStringLiteral("waiting");
    case ConnectionState::Failed: return QStringLiteral("failed");
    }
    Q_UNREACHABLE();
}

} // namespace ridealong::chat
