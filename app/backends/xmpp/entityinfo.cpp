// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/entityinfo.h"

#include "xmpp/namespaces.h"

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxFields = 100; // of one form
constexpr qsizetype kMaxMarkChars = 1000; // the name of a place in a list

Element ask(const Jid& of, Element query)
{
    return Element(u"iq", ns::kClient).with(u"type", u"get"_s).with(u"to", of.toString()).with(std::move(query));
}

QHash<QString, QString> readForm(const Element& form)
{
    QHash<QString, QString> values;
    for (const Element* field : form.children(u"field", ns::kDataForm))
        if (const QString name = field->attribute(u"var"); values.size() < kMaxFields && name.size() <= EntityInfo::kMaxNameChars)
            values.emplace(name, field->textOf(u"value", ns::kDataForm).left(EntityInfo::kMaxNameChars));
    return values;
}

} // namespace

bool EntityInfo::is(QStringView category, QStringView type) const
{
    return std::any_of(identities.begin(), identities.end(), [&](const Identity& i) { return i.category == category && i.type == type; });
}

Element entityInfoRequest(const Jid& of) { return ask(of, Element(u"query", ns::kDiscoInfo)); }

std::optional<EntityInfo> readEntityInfo(const Element& answer)
{
    const Element* query = answer.find(u"query", ns::kDiscoInfo);
    if (!query)
        return std::nullopt;
    EntityInfo info;
    for (const Element* identity : query->children(u"identity", ns::kDiscoInfo))
        if (info.identities.size() < EntityInfo::kMaxIdentities)
            info.identities.append({identity->attribute(u"category").left(EntityInfo::kMaxNameChars),
                identity->attribute(u"type").left(EntityInfo::kMaxNameChars), identity->attribute(u"name").left(EntityInfo::kMaxNameChars)});
    for (const Element* feature : query->children(u"feature", ns::kDiscoInfo))
        if (const QString name = feature->attribute(u"var");
            info.features.size() < EntityInfo::kMaxFeatures && name.size() <= EntityInfo::kMaxNameChars)
            info.features.insert(name);
    for (const Element* form : query->children(u"x", ns::kDataForm)) {
        const auto values = readForm(*form);
        if (const QString type = values.value(u"FORM_TYPE"_s); info.forms.size() < EntityInfo::kMaxForms && !type.isEmpty())
            info.forms.emplace(type, values);
    }
    return info;
}

Element entityItemsRequest(const Jid& of, int most, const QString& after)
{
    Element query(u"query", ns::kDiscoItems);
    if (most > 0) {
        Element set = Element(u"set", ns::kResultSet).with(Element(u"max", ns::kResultSet).withText(QString::number(most)));
        if (!after.isEmpty())
            set.append(Element(u"after", ns::kResultSet).withText(after));
        query.append(std::move(set));
    }
    return ask(of, std::move(query));
}

std::optional<EntityItems> readEntityItems(const Element& answer, qsizetype most)
{
    const Element* query = answer.find(u"query", ns::kDiscoItems);
    if (!query)
        return std::nullopt;
    EntityItems read;
    for (const Element* item : query->children(u"item", ns::kDiscoItems)) {
        const auto jid = Jid::parse(item->attribute(u"jid"));
        if (jid && !item->hasAttribute(u"node") && read.items.size() < most)
            read.items.append({*jid, item->attribute(u"name").left(EntityInfo::kMaxNameChars)});
    }
    if (const Element* set = query->find(u"set", ns::kResultSet)) {
        if (const QString last = set->textOf(u"last", ns::kResultSet); last.size() <= kMaxMarkChars)
            read.last = last;
        bool isNumber = false;
        const qint64 count = set->textOf(u"count", ns::kResultSet).toLongLong(&isNumber);
        if (isNumber && count >= 0)
            read.count = count;
    }
    return read;
}

} // namespace ridealong::xmpp
