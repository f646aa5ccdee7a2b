// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/roomadmin.h"

#include "chat/commanddialog.h"

namespace ridealong::chat {

std::unique_ptr<CommandDialog> RoomAdminFacet::configure(const base::ConversationId&) { return nullptr; }

QString toString(MemberRank rank)
{
    switch (rank) {
    case MemberRank::Visitor: return QStringLiteral("visitor");
    case MemberRank::Ordinary: return QStringLiteral("ordinary");
    case MemberRank::Member: return QStringLiteral("member");
    case MemberRank::Moderator: return QStringLiteral("moderator");
    case MemberRank::Admin: return QStringLiteral("admin");
    case MemberRank::Owner: return QStringLiteral("owner");
    }
    Q_UNREACHABLE();
}

} // namespace ridealong::chat
