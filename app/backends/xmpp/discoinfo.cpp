// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/discoinfo.h"

#include "xmpp/namespaces.h"

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using Form = DiscoInfo::Form;

constexpr QStringView kFormType = u"FORM_TYPE";

bool isShort(std::initializer_list<QString> texts)
{
    return std::all_of(texts.begin(), texts.end(), [](const QString& text) { return text.size() <= DiscoInfo::kMaxChars; });
}

QStringList valuesOf(const Element& field)
{
    QStringList values;
    for (const Element* value : field.children(u"value", ns::kDataForm))
        values.append(value->text());
    return values;
}

enum class Read { Fine, Ignored, Wrong };

Read readForm(const Element& x, Form& form)
{
    const auto fields = x.children(u"field", ns::kDataForm);
    if (fields.size() > DiscoInfo::kMaxFields)
        return Read::Wrong;
    bool hasType = false;
    for (const Element* field : fields) {
        const QString name = field->attribute(u"var");
        const QStringList values = valuesOf(*field);
        const bool fits = size_t(values.size()) <= DiscoInfo::kMaxValues && isShort({name})
            && std::all_of(values.begin(), values.end(), [](const QString& value) { return isShort({value}); });
        if (!fits)
            return Read::Wrong;
        if (name != kFormType) {
            form.fields.append({name, values});
            continue;
        }
        if (field->attribute(u"type") != "hidden"_L1 || values.isEmpty())
            return Read::Ignored; // §5.4: such a form does not count
        if (hasType || std::any_of(values.begin(), values.end(), [&values](const QString& value) { return value != values.first(); }))
            return Read::Wrong;
        hasType = true;
        form.type = values.first();
    }
    return hasType ? Read::Fine : Read::Ignored;
}

bool readForms(const Element& query, DiscoInfo& info)
{
    const auto forms = query.children(u"x", ns::kDataForm);
    if (forms.size() > DiscoInfo::kMaxForms)
        return false;
    for (const Element* x : forms) {
        Form form;
        const Read read = readForm(*x, form);
        const bool isDouble = std::any_of(info.forms.begin(), info.forms.end(), [&form](const Form& other) { return other.type == form.type; });
        if (read == Read::Wrong || (read == Read::Fine && isDouble))
            return false;
        if (read == Read::Fine)
            info.forms.append(form);
    }
    return true;
}

/// "i;octet" (RFC 4790): by the bytes of UTF-8, which is not the order of UTF-16.
QByteArrayList inOctetOrder(QByteArrayList all)
{
    std::sort(all.begin(), all.end());
    return all;
}

QByteArrayList toUtf8(const QStringList& all)
{
    QByteArrayList bytes;
    for (const QString& text : all)
        bytes.append(text.toUtf8());
    return bytes;
}

QByteArray joined(const QByteArrayList& all)
{
    QByteArray text;
    for (const QByteArray& one : all)
        text += one + '<';
    return text;
}

/// By what `key` makes of each, not by the texts that come of them: "os" is before "os-version", but "os-version<" before "os<".
template <typename T, typename Key> QList<T> inOrderOf(QList<T> all, Key key)
{
    std::stable_sort(all.begin(), all.end(), [&key](const T& a, const T& b) { return key(a) < key(b); });
    return all;
}

QByteArrayList partsOf(const DiscoInfo::Identity& identity)
{
    return {identity.category.toUtf8(), identity.type.toUtf8(), identity.language.toUtf8(), identity.name.toUtf8()};
}

QByteArray textOf(const Form& form)
{
    QByteArray text = form.type.toUtf8() + '<';
    for (const auto& [name, values] : inOrderOf(form.fields, [](const auto& field) { return field.name.toUtf8(); }))
        text += name.toUtf8() + '<' + joined(inOctetOrder(toUtf8(values)));
    return text;
}

bool isAmbiguous(const QString& text) { return text.contains(u'<'); }

bool isAmbiguous(const DiscoInfo& info)
{
    return std::any_of(info.features.begin(), info.features.end(), [](const QString& feature) {
        return isAmbiguous(feature);
    }) || std::any_of(info.identities.begin(), info.identities.end(), [](const auto& identity) {
        const QString parts = identity.category + identity.type + identity.language;
        return isAmbiguous(parts + identity.name) || parts.contains(u'/');
    }) || std::any_of(info.forms.begin(), info.forms.end(), [](const Form& form) {
        return isAmbiguous(form.type) || std::any_of(form.fields.begin(), form.fields.end(), [](const auto& field) {
            return isAmbiguous(field.name + field.values.join(QString()));
        });
    });
}

template <typename T> bool hasDoubles(QList<T> all)
{
    std::sort(all.begin(), all.end());
    return std::adjacent_find(all.begin(), all.end()) != all.end();
}

} // namespace

std::optional<DiscoInfo> readDiscoInfo(const Element& query)
{
    const auto identities = query.children(u"identity", ns::kDiscoInfo), features = query.children(u"feature", ns::kDiscoInfo);
    if (identities.empty() || identities.size() > DiscoInfo::kMaxIdentities || features.size() > DiscoInfo::kMaxFeatures)
        return std::nullopt; // XEP-0030 §3.1: everybody is something
    DiscoInfo info;
    for (const Element* identity : identities) {
        info.identities.append(
            {identity->attribute(u"category"), identity->attribute(u"type"), identity->attribute(u"lang", ns::kXml), identity->attribute(u"name")});
        const auto& [category, type, language, name] = info.identities.last();
        if (!isShort({category, type, language, name}))
            return std::nullopt;
    }
    for (const Element* feature : features) {
        info.features.append(feature->attribute(u"var"));
        if (!isShort({info.features.last()}))
            return std::nullopt;
    }
    QList<QByteArrayList> all;
    for (const auto& identity : info.identities)
        all.append(partsOf(identity));
    if (hasDoubles(all) || hasDoubles(info.features) || !readForms(query, info))
        return std::nullopt;
    return info;
}

Element toElement(const DiscoInfo& info, const QString& node)
{
    Element query(u"query", ns::kDiscoInfo);
    if (!node.isEmpty())
        query.setAttribute(u"node", node);
    for (const auto& [category, type, language, name] : info.identities) {
        Element identity = Element(u"identity", ns::kDiscoInfo).with(u"category", category).with(u"type", type).with(u"name", name);
        if (!language.isEmpty())
            identity.setAttribute(u"lang", language, ns::kXml);
        query.append(std::move(identity));
    }
    for (const QString& feature : info.features)
        query.append(Element(u"feature", ns::kDiscoInfo).with(u"var", feature));
    for (const Form& form : info.forms) {
        Element x = Element(u"x", ns::kDataForm).with(u"type", u"result"_s);
        x.append(Element(u"field", ns::kDataForm)
                     .with(u"var", kFormType.toString())
                     .with(u"type", u"hidden"_s)
                     .with(Element(u"value", ns::kDataForm).withText(form.type)));
        for (const auto& [name, values] : form.fields) {
            Element field = Element(u"field", ns::kDataForm).with(u"var", name);
            for (const QString& value : values)
                field.append(Element(u"value", ns::kDataForm).withText(value));
            x.append(std::move(field));
        }
        query.append(std::move(x));
    }
    return query;
}

QString capabilityHash(const DiscoInfo& info, QCryptographicHash::Algorithm algorithm)
{
    if (isAmbiguous(info))
        return {};
    QByteArray text;
    for (const auto& identity : inOrderOf(info.identities, partsOf))
        text += partsOf(identity).join('/') + '<';
    text += joined(inOctetOrder(toUtf8(info.features)));
    for (const Form& form : inOrderOf(info.forms, [](const Form& form) { return form.type.toUtf8(); }))
        text += textOf(form);
    return QString::fromLatin1(QCryptographicHash::hash(text, algorithm).toBase64());
}

std::optional<QCryptographicHash::Algorithm> hashNamed(QStringView name)
{
    static constexpr std::pair<QStringView, QCryptographicHash::Algorithm> kNames[] = {{u"sha-1", QCryptographicHash::Sha1},
        {u"sha-256", QCryptographicHash::Sha256}, {u"sha-384", QCryptographicHash::Sha384}, {u"sha-512", QCryptographicHash::Sha512}};
    const auto row = std::find_if(std::begin(kNames), std::end(kNames), [name](const auto& r) { return r.first == name; });
    return row == std::end(kNames) ? std::nullopt : std::optional(row->second);
}

} // namespace ridealong::xmpp
