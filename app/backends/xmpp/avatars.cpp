// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/avatars.h"

#include "xmpp/namespaces.h"

#include <QCryptographicHash>

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

constexpr qsizetype kHashChars = 40; // SHA-1
constexpr qsizetype kMaxBase64Chars = Avatars::kMaxBytes / 3 * 4 + 8192; // and line ends

/// In lower case; empty for what is none.
QString readHash(const QString& text)
{
    const QString hash = text.trimmed().toLower();
    const bool isHash = hash.size() == kHashChars
        && std::all_of(hash.begin(), hash.end(), [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
    return isHash ? hash : QString();
}

bool isFetchable(const Element& info)
{
    static constexpr QStringView kTypes[] = {u"image/png", u"image/jpeg", u"image/webp", u"image/gif"};
    const QString type = info.attribute(u"type").toLower();
    const qlonglong bytes = info.attribute(u"bytes").toLongLong();
    // One with an address is somewhere on the web, where we do not ask: it would tell a stranger who looks.
    return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes) && bytes > 0 && bytes <= Avatars::kMaxBytes
        && !info.hasAttribute(u"url") && !readHash(info.attribute(u"id")).isEmpty();
}

/// XEP-0084 §4.2.1: the same picture in several kinds. Empty: none that is of use.
QString hashIn(const Element& metadata)
{
    for (const Element* info : metadata.children(u"info", ns::kAvatarMetadata))
        if (isFetchable(*info))
            return readHash(info->attribute(u"id"));
    return {};
}

base::Expected<QByteArray> readBytes(const QString& base64)
{
    if (base64.size() > kMaxBase64Chars)
        return Error{ErrorKind::Invalid, u"a picture that is too large"_s, 0};
    QByteArray text = base64.toLatin1();
    text.removeIf([](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() > Avatars::kMaxBytes)
        return Error{ErrorKind::Invalid, u"a picture that is too large, or no Base64"_s, 0};
    return *decoded;
}

base::Expected<QByteArray> bytesOf(const base::Expected<QList<PepItem>>& items, const QString& id)
{
    if (!items)
        return items.error();
    for (const PepItem& item : *items)
        if (readHash(item.id) == id && item.payload.is(u"data", ns::kAvatarData))
            return readBytes(item.payload.text());
    return Error{ErrorKind::NotFound, u"no such picture"_s, 0};
}

base::Expected<QByteArray> bytesOfCard(const Answer& answer)
{
    if (answer.error)
        return *answer.error;
    const Element* card = answer.stanza.find(u"vCard", ns::kVCard);
    const Element* photo = card ? card->find(u"PHOTO", ns::kVCard) : nullptr;
    const Element* bytes = photo ? photo->find(u"BINVAL", ns::kVCard) : nullptr;
    return bytes ? readBytes(bytes->text()) : base::Expected<QByteArray>(Error{ErrorKind::NotFound, u"no picture in the card"_s, 0});
}

base::Expected<QByteArray> checked(const base::Expected<QByteArray>& bytes, const QString& hash)
{
    if (bytes && QString::fromLatin1(QCryptographicHash::hash(*bytes, QCryptographicHash::Sha1).toHex()) != hash)
        return Error{ErrorKind::Invalid, u"another picture than was told"_s, 0};
    if (bytes && !isPicture(*bytes))
        return Error{ErrorKind::Invalid, u"no picture of a kind that is shown"_s, 0};
    return bytes;
}

} // namespace

bool isPicture(const QByteArray& bytes)
{
    return bytes.startsWith("\x89PNG\r\n\x1a\n") || bytes.startsWith("\xff\xd8\xff") || bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a")
        || (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP");
}

Avatars::Avatars(Outlet outlet, const Jid& self, std::function<bool(const Jid&)> isContact)
    : m_pep(outlet),
      m_asker(std::move(outlet)),
      m_self(self.bare()),
      m_isContact(std::move(isContact))
{}

void Avatars::reset()
{
    m_pep.reset();
    m_asker.forget();
    m_open.clear(); // whoever asked hears of it
    m_known.removeIf([](const auto& entry) { return !entry.key().isBare(); });
}

// ---- who has which ----

bool Avatars::handle(const Element& message)
{
    const auto event = readPepEvent(message);
    if (!event || event->node != ns::kAvatarMetadata)
        return false;
    if (event->from != m_self && !m_isContact(event->from))
        return true;
    for (const PepItem& item : event->items)
        if (item.payload.is(u"metadata", ns::kAvatarMetadata))
            learn(event->from, {Source::Published, hashIn(item.payload)});
    if (event->isEmptied)
        learn(event->from, {});
    return true;
}

void Avatars::see(const Element& presence)
{
    const auto from = Jid::parse(presence.attribute(u"from"));
    if (!presence.is(u"presence", ns::kClient) || !from)
        return;
    const bool isInRoom = presence.has(u"x", ns::kMucUser);
    if (presence.hasAttribute(u"type")) {
        if (isInRoom && m_known.remove(*from))
            emit changed(*from);
        return;
    }
    const Element* update = presence.find(u"x", ns::kVCardUpdate);
    const Element* photo = update ? update->find(u"photo", ns::kVCardUpdate) : nullptr;
    if (!photo)
        return; // XEP-0153 §4.2: it does not say
    const Jid who = isInRoom ? *from : from->bare();
    const auto known = m_known.constFind(who);
    if (known != m_known.cend() && known->source == Source::Published && !known->hash.isEmpty())
        return; // what they publish says more
    learn(who, {Source::Card, readHash(photo->text())});
}

void Avatars::learn(const Jid& who, const Known& known)
{
    const auto at = m_known.find(who);
    if (at == m_known.end() && m_known.size() >= kMaxPeople)
        return;
    const QString before = at == m_known.end() ? QString() : at->hash;
    m_known.insert(who, known);
    if (before != known.hash)
        emit changed(who);
}

QString Avatars::hash(const Jid& who) const { return m_known.value(who).hash; }

// ---- bytes ----

base::Async<QByteArray> Avatars::fetch(const Jid& who)
{
    const auto ready = [](ErrorKind kind, const QString& why) { return base::Async<QByteArray>::ready(Error{kind, why, 0}); };
    const Known known = m_known.value(who);
    if (known.hash.isEmpty())
        return ready(ErrorKind::NotFound, u"no picture"_s);
    if (const QByteArray* bytes = m_bytes.object(known.hash))
        return base::Async<QByteArray>::ready(*bytes);
    const QString key = known.hash + u' ' + who.toString();
    if (const int* failed = m_failed.object(key); failed && *failed >= kMaxTries)
        return ready(ErrorKind::Invalid, u"asked for already, and nothing of use came"_s);
    if (m_open.size() >= kMaxOpen && !m_open.contains(key))
        return ready(ErrorKind::RateLimited, u"too many pictures at a time"_s);
    const base::Promise<QByteArray> promise;
    const bool isAsked = m_open.contains(key);
    m_open[key].append(promise);
    if (!isAsked)
        ask(who, known, key);
    return promise.async();
}

void Avatars::ask(const Jid& who, const Known& known, const QString& key)
{
    const QString hash = known.hash;
    if (known.source == Source::Published) {
        m_pep.fetch(ns::kAvatarData, who, hash,
            [this, key, hash](const base::Expected<QList<PepItem>>& items) { take(key, hash, checked(bytesOf(items, hash), hash)); });
        return;
    }
    m_asker.ask(makeRequest(u"get", Element(u"vCard", ns::kVCard), who),
        [this, key, hash](const Answer& answer) { take(key, hash, checked(bytesOfCard(answer), hash)); });
}

void Avatars::take(const QString& key, const QString& hash, const base::Expected<QByteArray>& bytes)
{
    if (bytes) {
        m_bytes.insert(hash, new QByteArray(*bytes), bytes->size());
    } else {
        const ErrorKind kind = bytes.error().kind;
        const bool mayComeLater = kind == ErrorKind::Offline || kind == ErrorKind::Timeout || kind == ErrorKind::RateLimited;
        const int* before = m_failed.object(key);
        m_failed.insert(key, new int(mayComeLater ? (before ? *before : 0) + 1 : kMaxTries));
    }
    for (const auto& promise : m_open.take(key))
        promise.answer(bytes);
}

} // namespace ridealong::xmpp
