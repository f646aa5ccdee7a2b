// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/jid.h"

#include <QHash>
#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

// No more than three characters become one when they are composed: a longer text cannot become short enough.
constexpr qsizetype kMaxRawCharacters = 3 * Jid::kMaxPartBytes;

Error refused(QStringView part, QStringView why) { return {ErrorKind::Invalid, u"an address whose %1 %2"_s.arg(part, why), 0}; }

base::Expected<QString> measured(QStringView part, QString prepared)
{
    if (prepared.isEmpty())
        return refused(part, u"is empty");
    if (prepared.toUtf8().size() > Jid::kMaxPartBytes)
        return refused(part, u"is longer than 1023 bytes");
    return prepared;
}

/// What no part may have: PRECIS's Controls, half surrogate pairs, noncharacters. What is not assigned may pass: a character newer than
/// our tables is more likely than an attack.
bool hasForbidden(const QString& text)
{
    const auto characters = text.toUcs4();
    return !text.isValidUtf16() || std::any_of(characters.begin(), characters.end(), [](uint c) {
        return QChar::category(c) == QChar::Other_Control || QChar::isNonCharacter(c);
    });
}

/// PRECIS's IdentifierClass (RFC 8264 §4.2): letters, digits, what may stand on letters, and all that ASCII shows.
bool isOfName(uint c)
{
    if (c < 0x80)
        return c > 0x20 && c < 0x7F && !QStringView(u"\"&'/:<>@").contains(QChar(char16_t(c))); // RFC 7622 §3.3.1
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase: // of those without a lower case
    case QChar::Letter_Lowercase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Number_DecimalDigit:
    case QChar::Other_NotAssigned: return !QChar::isNonCharacter(c);
    default: return false;
    }
}

/// Lower case and NFKC, as servers have it since nodeprep; what lower case makes may compose anew.
base::Expected<QString> preparedNode(QStringView raw)
{
    if (raw.size() > kMaxRawCharacters || !raw.isValidUtf16())
        return refused(u"node", u"is no name");
    const QString prepared = raw.toString().normalized(QString::NormalizationForm_KC).toLower().normalized(QString::NormalizationForm_KC);
    const auto characters = prepared.toUcs4();
    if (!std::all_of(characters.begin(), characters.end(), isOfName))
        return refused(u"node", u"has characters that none may have");
    return measured(u"node", prepared);
}

/// RFC 8265 §4.2.2, OpaqueString: spaces are one kind, NFC. RFC 7622 shows one that begins with a space as wrong, which its own rules do
/// not say; rooms have such people.
base::Expected<QString> preparedResource(QStringView raw)
{
    if (raw.size() > kMaxRawCharacters)
        return refused(u"resource", u"is longer than 1023 bytes");
    QString spaced = raw.toString();
    for (QChar& c : spaced)
        if (c.category() == QChar::Separator_Space)
            c = u' ';
    if (hasForbidden(spaced))
        return refused(u"resource", u"has control characters");
    return measured(u"resource", spaced.normalized(QString::NormalizationForm_C));
}

base::Expected<QString> preparedDomain(QStringView raw)
{
    if (raw.endsWith(u'.'))
        raw.chop(1); // RFC 7622 §3.2: before anything else is done with it
    if (raw.size() > Jid::kMaxPartBytes || !raw.isValidUtf16())
        return refused(u"domain", u"is no name of a server");
    if (raw.startsWith(u'[') && raw.endsWith(u']')) {
        const QHostAddress address(raw.sliced(1, raw.size() - 2).toString());
        if (address.protocol() != QAbstractSocket::IPv6Protocol || !address.scopeId().isEmpty())
            return refused(u"domain", u"is no address");
        return QString(u'[' + address.toString() + u']');
    }
    const QByteArray ascii = QUrl::toAce(raw.toString(), QUrl::IgnoreIDNWhitelist);
    const QString readable = QUrl::fromAce(ascii, QUrl::IgnoreIDNWhitelist);
    const bool isName = !ascii.isEmpty() && std::all_of(ascii.begin(), ascii.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    });
    if (!isName || readable.isEmpty() || readable.endsWith(u'.'))
        return refused(u"domain", u"is no name of a server");
    return measured(u"domain", readable);
}

} // namespace

base::Expected<Jid> Jid::parse(QStringView text)
{
    // The first slash ends all else (RFC 7622 §3.1): a resource may have "@" and "/".
    const qsizetype slash = text.indexOf(u'/');
    const QStringView before = slash < 0 ? text : text.first(slash);
    const qsizetype at = before.indexOf(u'@');
    if (slash == text.size() - 1 && slash >= 0)
        return refused(u"resource", u"is empty");
    if (at == 0)
        return refused(u"node", u"is empty");
    return of(at < 0 ? QStringView() : before.first(at), before.sliced(at + 1), slash < 0 ? QStringView() : text.sliced(slash + 1));
}

base::Expected<Jid> Jid::of(QStringView node, QStringView domain, QStringView resource)
{
    Jid jid;
    auto part = preparedDomain(domain);
    if (!part)
        return part.error();
    jid.m_domain = *part;
    if (!node.isEmpty()) {
        part = preparedNode(node);
        if (!part)
            return part.error();
        jid.m_node = *part;
    }
    return resource.isEmpty() ? jid : jid.withResource(resource);
}

base::Expected<Jid> Jid::withResource(QStringView resource) const
{
    auto part = preparedResource(resource);
    if (!part)
        return part.error();
    Jid jid = *this;
    jid.m_resource = *part;
    return jid;
}

Jid Jid::bare() const
{
    Jid jid = *this;
    jid.m_resource.clear();
    return jid;
}

QString Jid::toString() const
{
    QString text = m_node.isEmpty() ? m_domain : m_node + u'@' + m_domain;
    if (!m_resource.isEmpty())
        text += u'/' + m_resource;
    return text;
}

} // namespace ridealong::xmpp
