// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/commandlist.h"

#include "xmpp/namespaces.h"

#include <QSet>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

/// What a node says to people when its command has no name: "urn:x#add-user" is "add-user".
QString nameFromNode(const QString& node)
{
    const auto cut = std::max({node.lastIndexOf(u'#'), node.lastIndexOf(u'/'), node.lastIndexOf(u':')});
    const QString last = node.mid(cut + 1);
    return last.isEmpty() ? node : last;
}

/// A bot's commands are known by their names, so no two may have the same.
QString uniqueName(const QString& name, const QSet<QString>& known)
{
    QString unique = name;
    for (int number = 2; known.contains(unique); ++number)
        unique = u"%1 (%2)"_s.arg(name).arg(number);
    return unique;
}

} // namespace

Element commandsRequest(const Jid& address)
{
    return Element(u"iq", ns::kClient)
        .with(u"type", u"get"_s)
        .with(u"to", address.toString())
        .with(Element(u"query", ns::kDiscoItems).with(u"node", ns::kCommands.toString()));
}

QList<chat::CommandSpec> readCommands(const Element& answer, const Jid& address, const base::AccountId& account, const base::UserId& bot)
{
    QList<chat::CommandSpec> specs;
    const Element* query = answer.find(u"query", ns::kDiscoItems);
    if (!query)
        return specs;
    QSet<QString> nodes, names;
    for (const Element* item : query->children(u"item", ns::kDiscoItems)) {
        const QString node = item->attribute(u"node");
        const auto at = Jid::parse(item->attribute(u"jid"));
        if (node.isEmpty() || node.size() > kMaxNodeChars || nodes.contains(node) || !at || *at != address)
            continue;
        if (specs.size() >= kMaxCommands)
            break;
        QString name = item->attribute(u"name").simplified();
        if (name.isEmpty())
            name = nameFromNode(node);
        chat::CommandSpec spec;
        spec.account = account;
        spec.bot = bot;
        spec.name = uniqueName(name.left(kMaxCommandNameChars), names);
        spec.title = name.size() > kMaxCommandNameChars ? name.left(2 * kMaxCommandNameChars) : QString();
        spec.dialog = true;
        spec.node = node;
        nodes.insert(node);
        names.insert(spec.name);
        specs.append(std::move(spec));
    }
    return specs;
}

base::Async<QList<chat::CommandSpec>> askCommands(const Outlet& outlet, const Jid& address, const base::AccountId& account, const base::UserId& bot)
{
    const base::Promise<QList<chat::CommandSpec>> promise;
    outlet.request(commandsRequest(address), [=](const Answer& answer) {
        if (answer.error)
            promise.answer(*answer.error);
        else if (!answer.stanza.has(u"query", ns::kDiscoItems))
            promise.answer(base::Error{base::ErrorKind::Protocol, u"an answer without a list of commands"_s, 0});
        else
            promise.answer(readCommands(answer.stanza, address, account, bot));
    });
    return promise.async();
}

} // namespace ridealong::xmpp
