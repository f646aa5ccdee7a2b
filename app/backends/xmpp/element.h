// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <vector>

namespace ridealong::xmpp {

/// An element of XML with all that is in it, as a value. Namespaces are known by their names alone; prefixes are the reader's and the
/// writer's business.
///
///     Element(u"iq", ns::kClient).with(u"type", u"set"_s).with(Element(u"bind", ns::kBind))
class Element
{
public:
    struct Attribute
    {
        QString name;
        QString xmlns; ///< empty for nearly all
        QString value;

        bool operator==(const Attribute&) const = default;
    };

    Element() = default; ///< none
    Element(QStringView name, QStringView xmlns); ///< a name that XML allows

    bool isNull() const { return m_name.isEmpty(); }
    const QString& name() const { return m_name; }
    const QString& xmlns() const { return m_xmlns; }
    bool is(QStringView name, QStringView xmlns) const { return m_name == name && m_xmlns == xmlns; }

    /// Empty when there is none.
    QString attribute(QStringView name, QStringView xmlns = {}) const;
    bool hasAttribute(QStringView name, QStringView xmlns = {}) const;
    const QList<Attribute>& attributes() const { return m_attributes; }
    void setAttribute(QStringView name, const QString& value, QStringView xmlns = {});

    /// Own text, without that of the children.
    QString text() const;
    /// The first child of that name, or null. It lives as long as this is not changed.
    const Element* find(QStringView name, QStringView xmlns) const;
    bool has(QStringView name, QStringView xmlns) const { return find(name, xmlns) != nullptr; }
    /// The text of the first child of that name; empty when there is none.
    QString textOf(QStringView name, QStringView xmlns) const;
    std::vector<const Element*> children() const; ///< in order; they live as long as this is not changed
    std::vector<const Element*> children(QStringView name, QStringView xmlns) const;

    void append(Element child);
    void appendText(const QString& text);

    // For values in one expression.
    Element with(QStringView name, const QString& value) &&;
    Element with(Element child) &&;
    Element withText(const QString& text) &&;

    /// As UTF-8. Where it will stand the default namespace is `inherited`, and no prefix is known. Characters that XML 1.0 cannot carry
    /// are left out: an ESC, however written, makes a server close the whole stream.
    QByteArray toXml(QStringView inherited = {}) const;

    bool operator==(const Element&) const;

private:
    bool isText() const { return m_name.isEmpty(); }
    void write(QString& out, QStringView inherited) const;

    QString m_name; ///< empty: a piece of text among the nodes of another
    QString m_xmlns;
    QString m_text;
    QList<Attribute> m_attributes;
    std::vector<Element> m_nodes; ///< children and text in order; no two texts follow each other
};

/// XML 1.0 §2.2, Char: can this travel at all? Half a surrogate pair cannot.
bool isXmlCharacter(char32_t c);

} // namespace ridealong::xmpp
