// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmlreader.h"

#include "xmpp/namespaces.h"

#include <QStringDecoder>
#include <QXmlStreamReader>

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Error refused(const QString& detail) { return {ErrorKind::Protocol, u"not the XML of a stream: "_s + detail, 0}; }

/// Qt would take other encodings for what begins like them, and lets a noncharacter pass.
base::Expected<QString> decoded(const QByteArray& bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    QString text = decoder(bytes);
    if (decoder.hasError())
        return refused(u"not UTF-8"_s);
    return text;
}

/// Also of what references stand for.
bool isClean(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isSurrogate())
            ++i; // decoding has made pairs of all
        else if (!isXmlCharacter(text[i].unicode()))
            return false;
    }
    return true;
}

/// Of the tag that was just read.
base::Expected<Element> startOf(const QXmlStreamReader& xml)
{
    // The writer has no other way to write its namespace than to make it the default, which this one must not be.
    if (xml.namespaceUri() == ns::kXml)
        return refused(u"an element of the prefix xml"_s);
    Element element(xml.name(), xml.namespaceUri());
    const auto attributes = xml.attributes();
    for (const QXmlStreamAttribute& attribute : attributes) {
        if (!isClean(attribute.value()))
            return refused(u"a character that XML does not have"_s);
        element.setAttribute(attribute.name(), attribute.value().toString(), attribute.namespaceUri());
    }
    return element;
}

void declare(QXmlStreamReader& xml, const Prefixes& prefixes)
{
    for (const auto& [prefix, xmlns] : prefixes)
        xml.addExtraNamespaceDeclaration(QXmlStreamNamespaceDeclaration(prefix, xmlns));
}

/// The scanner has seen that the bytes are one element, and not too much of it.
base::Expected<Element> parseScanned(const QByteArray& bytes, const Prefixes& prefixes)
{
    const auto text = decoded(bytes);
    if (!text)
        return text.error();
    if (!isClean(*text))
        return refused(u"a character that XML does not have"_s);
    QXmlStreamReader xml(*text);
    declare(xml, prefixes);
    std::vector<Element> open; // each in the one before it
    while (!xml.atEnd()) {
        switch (xml.readNext()) {
        case QXmlStreamReader::StartElement: {
            auto element = startOf(xml);
            if (!element)
                return element;
            open.push_back(std::move(*element));
            break;
        }
        case QXmlStreamReader::Characters:
            if (!isClean(xml.text()))
                return refused(u"a character that XML does not have"_s);
            if (!open.empty())
                open.back().appendText(xml.text().toString());
            break;
        case QXmlStreamReader::EndElement: {
            Element whole = std::move(open.back());
            open.pop_back();
            if (open.empty())
                return whole;
            open.back().append(std::move(whole));
            break;
        }
        case QXmlStreamReader::StartDocument:
        case QXmlStreamReader::NoToken: break;
        case QXmlStreamReader::Invalid: return refused(xml.errorString());
        default: return refused(u"a comment, an instruction, a document type or an entity"_s);
        }
    }
    return refused(xml.errorString());
}

} // namespace

base::Expected<Element> parseElement(const QByteArray& bytes)
{
    XmlScanner scanner(XmlScanner::Kind::Document);
    const auto piece = scanner.scan(bytes);
    if (!piece)
        return piece.error();
    if (piece->what != XmlScanner::Found::Stanza)
        return refused(u"not a whole element"_s);
    if (const auto behind = scanner.scan(bytes); !behind || scanner.begin() != bytes.size())
        return refused(u"more than one element"_s);
    return parseScanned(bytes.sliced(piece->begin, piece->end - piece->begin), {});
}

void XmlReader::append(const QByteArray& bytes)
{
    const qsizetype done = m_scanner.begin();
    m_scanner.forget(done);
    if (done == m_bytes.size()) {
        m_bytes = bytes; // shared, not copied
        return;
    }
    // What is left came with the last bytes or has not moved since it did: a stanza is moved once, however many pieces it comes in.
    m_bytes.remove(0, done);
    m_bytes += bytes;
}

bool XmlReader::isDrained() const
{
    const auto rest = QByteArrayView(m_bytes).sliced(m_scanner.begin());
    return std::all_of(rest.begin(), rest.end(), [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
}

base::Expected<std::optional<XmlReader::Event>> XmlReader::next()
{
    if (m_error)
        return *m_error;
    const auto piece = m_scanner.scan(m_bytes);
    auto event = piece ? read(*piece) : base::Expected<std::optional<Event>>(piece.error());
    if (!event)
        m_error = event.error();
    return event;
}

base::Expected<std::optional<XmlReader::Event>> XmlReader::read(const XmlScanner::Piece& piece)
{
    const QByteArray bytes = m_bytes.sliced(piece.begin, piece.end - piece.begin);
    switch (piece.what) {
    case XmlScanner::Found::Nothing: break;
    case XmlScanner::Found::StreamStart: return open(bytes);
    case XmlScanner::Found::StreamEnd: return std::make_optional<Event>(std::in_place_type<Closed>);
    case XmlScanner::Found::Stanza: {
        auto element = parseScanned(bytes, m_prefixes);
        if (!element)
            return element.error();
        return std::optional<Event>(std::move(*element));
    }
    }
    return std::optional<Event>();
}

/// The tag that stays open.
base::Expected<std::optional<XmlReader::Event>> XmlReader::open(const QByteArray& tag)
{
    const auto text = decoded(tag);
    if (!text)
        return text.error();
    if (!isClean(*text))
        return refused(u"a character that XML does not have"_s);
    QXmlStreamReader xml(*text);
    if (!xml.readNextStartElement())
        return refused(xml.errorString());
    const auto header = startOf(xml);
    if (!header)
        return header.error();
    Opened opened{*header, {}};
    const auto declarations = xml.namespaceDeclarations();
    for (const auto& declaration : declarations) {
        m_prefixes.append({declaration.prefix().toString(), declaration.namespaceUri().toString()});
        if (declaration.prefix().isEmpty())
            opened.contentNamespace = declaration.namespaceUri().toString();
    }
    return std::optional<Event>(std::move(opened));
}

} // namespace ridealong::xmpp
