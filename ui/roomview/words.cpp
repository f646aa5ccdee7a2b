// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "roomview/words.h"

#include <QCoreApplication>

namespace ridealong::roomview {

static QString tr(const char* text) { return QCoreApplication::translate("RoomWords", text); }

QString rankTitle(chat::MemberRank rank) { return rank == chat::MemberRank::Ordinary ? QString() : rankChoice(rank); }

QString rankChoice(chat::MemberRank rank)
{
    switch (rank) {
    case chat::MemberRank::Visitor: return tr("Reads only");
    case chat::MemberRank::Ordinary: return tr("Nothing special");
    case chat::MemberRank::Member: return tr("Member");
    case chat::MemberRank::Moderator: return tr("Moderator");
    case chat::MemberRank::Admin: return tr("Administrator");
    case chat::MemberRank::Owner: return tr("Owner");
    }
    Q_UNREACHABLE();
}

} // namespace ridealong::roomview
