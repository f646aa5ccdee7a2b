// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace ridealong::tests {

// Nodes and their events, as Prosody and ejabberd write them.

inline QByteArray pubSub(const QByteArray& content, const QByteArray& part = {})
{
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub" + part + "'>" + content + "</pubsub>";
}

inline QByteArray pepItem(const QByteArray& id, const QByteArray& payload) { return "<item id='" + id + "'>" + payload + "</item>"; }

inline QByteArray pepItems(const QByteArray& node, const QByteArray& items) { return pubSub("<items node='" + node + "'>" + items + "</items>"); }

inline QByteArray pepForm(const QByteArray& type)
{
    const auto field
        = [](const QByteArray& name, const QByteArray& value) { return "<field var='pubsub#" + name + "'><value>" + value + "</value></field>"; };
    return "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/pubsub#" + type
        + "</value></field>" + field("persist_items", "true") + field("max_items", "max") + field("send_last_published_item", "never")
        + field("access_model", "whitelist") + "</x>";
}

/// What a client asks.
inline QByteArray pepQuestion(const QByteArray& node) { return "<iq type='get'>" + pubSub("<items node='" + node + "' max_items='500'/>") + "</iq>"; }
inline QByteArray pepPublication(const QByteArray& node, const QByteArray& id, const QByteArray& payload)
{
    return "<iq type='set'>"
        + pubSub("<publish node='" + node + "'>" + pepItem(id, payload) + "</publish><publish-options>" + pepForm("publish-options")
            + "</publish-options>")
        + "</iq>";
}
inline QByteArray pepRetraction(const QByteArray& node, const QByteArray& id)
{
    return "<iq type='set'>" + pubSub("<retract node='" + node + "' notify='true'><item id='" + id + "'/></retract>") + "</iq>";
}

inline QByteArray pepEvent(const QByteArray& node, const QByteArray& content, const QByteArray& from = "ana@chat.test")
{
    return "<message type='headline' to='ana@chat.test/desk' from='" + from + "'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='"
        + node + "'>" + content + "</items></event></message>";
}

} // namespace ridealong::tests
