// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/pep.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorKind;

constexpr QStringView kOptionsForm = u"http://jabber.org/protocol/pubsub#publish-options";
constexpr QStringView kConfigurationForm = u"http://jabber.org/protocol/pubsub#node_config";
// As XEP-0223, XEP-0402 and XEP-0490 want it.
constexpr std::pair<QStringView, QStringView> kPrivate[] = {{u"pubsub#persist_items", u"true"}, {u"pubsub#max_items", u"max"},
    {u"pubsub#send_last_published_item", u"never"}, {u"pubsub#access_model", u"whitelist"}};

Element field(QStringView name, QStringView value)
{
    return Element(u"field", ns::kDataForm).with(u"var", name.toString()).with(Element(u"value", ns::kDataForm).withText(value.toString()));
}

Element privateForm(QStringView type)
{
    Element form = Element(u"x", ns::kDataForm).with(u"type", u"submit"_s);
    form.append(field(u"FORM_TYPE", type).with(u"type", u"hidden"_s));
    for (const auto& [name, value] : kPrivate)
        form.append(field(name, value));
    return form;
}

Element inPubSub(Element child) { return Element(u"pubsub", ns::kPubSub).with(std::move(child)); }

std::optional<PepItem> readItem(const Element& item)
{
    const auto children = item.children();
    PepItem read{item.attribute(u"id"), children.empty() ? Element() : *children.front()};
    return read.id.isEmpty() || read.id.size() > Pep::kMaxItemIdChars ? std::nullopt : std::optional(std::move(read));
}

QList<PepItem> readItems(const Element& items, QStringView xmlns)
{
    QList<PepItem> all;
    for (const Element* element : items.children(u"item", xmlns))
        if (auto item = readItem(*element); item && all.size() < Pep::kMaxItems)
            all.append(std::move(*item));
    return all;
}

/// The node is there, and not as we want it (XEP-0060 §7.1.5).
bool isOtherwise(const Answer& answer)
{
    const Element* error = answer.stanza.find(u"error", ns::kClient);
    return error && error->has(u"precondition-not-met", ns::kPubSubErrors);
}

base::Status statusOf(const Answer& answer) { return answer.error ? base::Status(*answer.error) : base::Status(base::Done()); }

} // namespace

std::optional<PepEvent> readPepEvent(const Element& message)
{
    const auto from = Jid::parse(message.attribute(u"from"));
    const Element* event = message.find(u"event", ns::kPubSubEvent);
    if (!message.is(u"message", ns::kClient) || message.attribute(u"type") == "error"_L1 || !from || !event)
        return std::nullopt;
    PepEvent read;
    read.from = from->bare();
    for (const QStringView what : {u"purge", u"delete"})
        if (const Element* element = event->find(what, ns::kPubSubEvent)) {
            read.node = element->attribute(u"node");
            read.isEmptied = true;
            return read;
        }
    const Element* items = event->find(u"items", ns::kPubSubEvent);
    if (!items)
        return std::nullopt;
    read.node = items->attribute(u"node");
    read.items = readItems(*items, ns::kPubSubEvent);
    for (const Element* retract : items->children(u"retract", ns::kPubSubEvent))
        if (const QString id = retract->attribute(u"id"); !id.isEmpty() && read.retracted.size() < Pep::kMaxItems)
            read.retracted.append(id);
    return read;
}

std::optional<PepEvent> readOwnPepEvent(const Element& message, const Jid& self, QStringView node)
{
    // A node of ours speaks as our bare address; without an address a message is our server's, but events have one.
    auto event = message.attribute(u"from").contains(u'/') ? std::nullopt : readPepEvent(message);
    if (!event || event->from != self.bare() || event->node != node)
        return std::nullopt;
    return event;
}

void Pep::fetch(QStringView node, ItemsHandler handler) const
{
    Element items = Element(u"items", ns::kPubSub).with(u"node", node.toString()).with(u"max_items", QString::number(kMaxItems));
    fetch(std::move(items), {}, std::move(handler));
}

void Pep::fetch(QStringView node, const Jid& of, const QString& id, ItemsHandler handler) const
{
    Element items = Element(u"items", ns::kPubSub).with(u"node", node.toString()).with(Element(u"item", ns::kPubSub).with(u"id", id));
    fetch(std::move(items), of, std::move(handler));
}

void Pep::fetch(Element question, const Jid& of, ItemsHandler handler) const
{
    m_asker.ask(makeRequest(u"get", inPubSub(std::move(question)), of), [handler = std::move(handler)](const Answer& answer) {
        if (answer.error && answer.error->kind == ErrorKind::NotFound)
            return handler(QList<PepItem>());
        if (answer.error)
            return handler(*answer.error);
        const Element* pubsub = answer.stanza.find(u"pubsub", ns::kPubSub);
        const Element* items = pubsub ? pubsub->find(u"items", ns::kPubSub) : nullptr;
        handler(items ? readItems(*items, ns::kPubSub) : QList<PepItem>());
    });
}

void Pep::publish(QStringView node, const PepItem& item, Handler handler) const { publish(node.toString(), item, false, handler); }

void Pep::publish(const QString& node, const PepItem& item, bool isSecond, const Handler& handler) const
{
    Element publish
        = Element(u"publish", ns::kPubSub).with(u"node", node).with(Element(u"item", ns::kPubSub).with(u"id", item.id).with(item.payload));
    Element pubsub = inPubSub(std::move(publish)).with(Element(u"publish-options", ns::kPubSub).with(privateForm(kOptionsForm)));
    m_asker.ask(makeRequest(u"set", std::move(pubsub)), [this, node, item, isSecond, handler](const Answer& answer) {
        if (isSecond || !isOtherwise(answer))
            return handler(statusOf(answer));
        configure(node, [this, node, item, handler](const base::Status& configured) {
            if (!configured)
                return handler(configured);
            this->publish(node, item, true, handler);
        });
    });
}

void Pep::configure(const QString& node, Handler handler) const
{
    Element configure = Element(u"configure", ns::kPubSubOwner).with(u"node", node).with(privateForm(kConfigurationForm));
    order(makeRequest(u"set", Element(u"pubsub", ns::kPubSubOwner).with(std::move(configure))), std::move(handler));
}

void Pep::retract(QStringView node, const QString& id, Handler handler) const
{
    Element retract = Element(u"retract", ns::kPubSub)
                          .with(u"node", node.toString())
                          .with(u"notify", u"true"_s) // to our other clients
                          .with(Element(u"item", ns::kPubSub).with(u"id", id));
    order(makeRequest(u"set", inPubSub(std::move(retract))), std::move(handler));
}

void Pep::order(Element iq, Handler handler) const
{
    m_asker.ask(iq, [handler = std::move(handler)](const Answer& answer) { handler(statusOf(answer)); });
}

} // namespace ridealong::xmpp
