// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/invitation.h"

#include "xmpp/namespaces.h"
#include "xmpp/occupant.h"

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

bool isRoom(const base::Expected<Jid>& jid) { return jid && !jid->node().isEmpty() && jid->isBare(); }

QString passwordOf(const QString& password) { return password.size() <= Invitation::kMaxPasswordChars ? password : QString(); }

} // namespace

std::optional<Invitation> readInvitation(const Element& message)
{
    const QString type = message.attribute(u"type");
    const auto from = Jid::parse(message.attribute(u"from"));
    if (!message.is(u"message", ns::kClient) || type == "error"_L1 || type == "groupchat"_L1 || !from)
        return std::nullopt;

    // §7.8.2. It comes from the room itself: somebody in it would come from room/nick, and could put the same into a private message.
    const Element* user = message.find(u"x", ns::kMucUser);
    if (const Element* invite = user ? user->find(u"invite", ns::kMucUser) : nullptr) {
        if (!isRoom(from))
            return std::nullopt;
        return Invitation{*from, Jid::parse(invite->attribute(u"from")).valueOr({}), invite->textOf(u"reason", ns::kMucUser).left(kMaxReasonChars),
            passwordOf(user->textOf(u"password", ns::kMucUser)), false};
    }
    const Element* direct = message.find(u"x", ns::kDirectInvitation);
    const auto room = direct ? Jid::parse(direct->attribute(u"jid")) : base::Expected<Jid>(base::Error());
    if (!isRoom(room))
        return std::nullopt;
    return Invitation{*room, *from, direct->attribute(u"reason").left(kMaxReasonChars), passwordOf(direct->attribute(u"password")), true};
}

} // namespace ridealong::xmpp
