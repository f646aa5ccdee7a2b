// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/element.h"

#include "xmpp/namespaces.h"

#include <algorithm>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;

Element::Element(QStringView name, QStringView xmlns) : m_name(name.toString()), m_xmlns(xmlns.toString()) {}

bool Element::operator==(const Element&) const = default;

// ---- attributes ----

QString Element::attribute(QStringView name, QStringView xmlns) const
{
    for (const Attribute& attribute : m_attributes)
        if (attribute.name == name && attribute.xmlns == xmlns)
            return attribute.value;
    return {};
}

bool Element::hasAttribute(QStringView name, QStringView xmlns) const
{
    return std::any_of(m_attributes.begin(), m_attributes.end(), [&](const Attribute& a) { return a.name == name && a.xmlns == xmlns; });
}

void Element::setAttribute(QStringView name, const QString& value, QStringView xmlns)
{
    for (Attribute& attribute : m_attributes)
        if (attribute.name == name && attribute.xmlns == xmlns) {
            attribute.value = value;
            return;
        }
    m_attributes.append({name.toString(), xmlns.toString(), value});
}

// ---- what is in it ----

QString Element::text() const
{
    QString all;
    for (const Element& node : m_nodes)
        if (node.isText())
            all += node.m_text;
    return all;
}

const Element* Element::find(QStringView name, QStringView xmlns) const
{
    for (const Element& node : m_nodes)
        if (!node.isText() && node.is(name, xmlns))
            return &node;
    return nullptr;
}

QString Element::textOf(QStringView name, QStringView xmlns) const
{
    const Element* child = find(name, xmlns);
    return child ? child->text() : QString();
}

std::vector<const Element*> Element::children() const
{
    std::vector<const Element*> found;
    for (const Element& node : m_nodes)
        if (!node.isText())
            found.push_back(&node);
    return found;
}

std::vector<const Element*> Element::children(QStringView name, QStringView xmlns) const
{
    std::vector<const Element*> found = children();
    std::erase_if(found, [&](const Element* child) { return !child->is(name, xmlns); });
    return found;
}

void Element::append(Element child)
{
    if (!child.isNull())
        m_nodes.push_back(std::move(child));
}

void Element::appendText(const QString& text)
{
    if (text.isEmpty())
        return;
    if (m_nodes.empty() || !m_nodes.back().isText())
        m_nodes.emplace_back();
    m_nodes.back().m_text += text;
}

Element Element::with(QStringView name, const QString& value) &&
{
    setAttribute(name, value);
    return std::move(*this);
}

Element Element::with(Element child) &&
{
    append(std::move(child));
    return std::move(*this);
}

Element Element::withText(const QString& text) &&
{
    appendText(text);
    return std::move(*this);
}

// ---- writing ----

bool isXmlCharacter(char32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return c < 0xD800 || (c > 0xDFFF && c < 0xFFFE) || (c > 0xFFFF && c < 0x110000);
}

namespace {

enum class Place { Text, Attribute };

/// What of a character would be read as something else stands as a reference: a reader makes CR of a line end LF, and in an attribute
/// every white space a blank (XML 1.0 §2.11, §3.3.3).
void writeEscaped(QString& out, QStringView text, Place place)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            out += text.sliced(i++, 2);
            continue;
        }
        switch (c.unicode()) {
        case u'<': out += "&lt;"_L1; break;
        case u'>': out += "&gt;"_L1; break; // "]]>" must not stand in text
        case u'&': out += "&amp;"_L1; break;
        case u'\r': out += "&#13;"_L1; break;
        case u'\'': place == Place::Attribute ? out += "&apos;"_L1 : out += c; break;
        case u'\t':
        case u'\n':
            if (place == Place::Attribute)
                out += u"&#%1;"_s.arg(c.unicode());
            else
                out += c;
            break;
        default:
            if (isXmlCharacter(c.unicode()))
                out += c;
        }
    }
}

void writeAttribute(QString& out, QStringView name, QStringView value)
{
    out += u' ';
    out += name;
    out += "='"_L1;
    writeEscaped(out, value, Place::Attribute);
    out += u'\'';
}

} // namespace

QByteArray Element::toXml(QStringView inherited) const
{
    QString out;
    write(out, inherited);
    return out.toUtf8();
}

void Element::write(QString& out, QStringView inherited) const
{
    out += u'<';
    out += m_name;
    if (m_xmlns != inherited)
        writeAttribute(out, u"xmlns", m_xmlns);
    int prefixes = 0;
    for (const Attribute& attribute : m_attributes) {
        if (attribute.xmlns.isEmpty()) {
            writeAttribute(out, attribute.name, attribute.value);
        } else if (attribute.xmlns == ns::kXml) {
            writeAttribute(out, u"xml:"_s + attribute.name, attribute.value);
        } else {
            const QString prefix = u"n%1"_s.arg(++prefixes);
            writeAttribute(out, u"xmlns:"_s + prefix, attribute.xmlns);
            writeAttribute(out, prefix + u':' + attribute.name, attribute.value);
        }
    }
    if (m_nodes.empty()) {
        out += "/>"_L1;
        return;
    }
    out += u'>';
    for (const Element& node : m_nodes) {
        if (node.isText())
            writeEscaped(out, node.m_text, Place::Text);
        else
            node.write(out, m_xmlns);
    }
    out += "</"_L1;
    out += m_name;
    out += u'>';
}

} // namespace ridealong::xmpp
