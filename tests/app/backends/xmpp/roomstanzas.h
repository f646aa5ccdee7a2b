// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/scriptedstream.h"
#include "xmpp/jid.h"

namespace ridealong::tests {

/// Stanzas of rooms, as Prosody and ejabberd write them.
inline xmpp::Jid jid(const QString& text) { return *xmpp::Jid::parse(text); }

inline QByteArray statusCodes(const QByteArrayList& codes)
{
    QByteArray all;
    for (const QByteArray& code : codes)
        all += "<status code='" + code + "'/>";
    return all;
}

/// Somebody is there.
inline QByteArray here(const QByteArray& occupant, const QByteArrayList& codes = {}, const QByteArray& item = "affiliation='none' role='participant'",
    const QByteArray& more = {})
{
    return "<presence to='ana@chat.test/desk' from='" + occupant + "'><x xmlns='http://jabber.org/protocol/muc#user'><item " + item + "/>"
        + statusCodes(codes) + "</x>" + more + "</presence>";
}

/// Somebody is there no more.
inline QByteArray gone(const QByteArray& occupant, const QByteArrayList& codes = {}, const QByteArray& inItem = {}, const QByteArray& more = {},
    const QByteArray& attributes = "affiliation='none' role='none'")
{
    return "<presence type='unavailable' to='ana@chat.test/desk' from='" + occupant + "'><x xmlns='http://jabber.org/protocol/muc#user'><item "
        + attributes + ">" + inItem + "</item>" + more + statusCodes(codes) + "</x></presence>";
}

inline QByteArray subject(const QByteArray& from, const QByteArray& text)
{
    return "<message type='groupchat' to='ana@chat.test/desk' from='" + from + "'><subject>" + text + "</subject></message>";
}

} // namespace ridealong::tests
