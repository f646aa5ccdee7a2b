// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/capabilities.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

constexpr QStringView kNode = ns::kRide; // an address of ours; others only compare it
// Of these nodes of others' we want to hear what changes (XEP-0163 §4).
constexpr QStringView kNotified[] = {ns::kBookmarks, ns::kDisplayed, ns::kAvatarMetadata};
constexpr QStringView kSpoken[] = {
    ns::kCaps,
    ns::kDiscoInfo,
    ns::kDiscoItems,
    ns::kPing,
    ns::kMuc,
    ns::kDataForm,
    ns::kDirectInvitation,
    ns::kCarbons,
    ns::kReply,
    ns::kFallback,
    ns::kCorrection,
    ns::kRetraction,
    ns::kReactions,
    ns::kMarkers,
    ns::kReceipts,
    ns::kChatStates,
    ns::kOutOfBand,
    ns::kStyling,
    ns::kHints,
    ns::kStanzaIds,
    ns::kDelay,
    ns::kRide,
    ns::kFrames,
};

QString ownVersion()
{
    static const QString version = capabilityHash(Capabilities::own());
    return version;
}

} // namespace

// ---- ours ----

const DiscoInfo& Capabilities::own()
{
    static const DiscoInfo info = [] {
        DiscoInfo made;
        made.identities.append({u"client"_s, u"pc"_s, {}, u"Ridealong"_s});
        for (const QStringView feature : kSpoken)
            made.features.append(feature.toString());
        for (const QStringView node : kNotified)
            made.features.append(node.toString() + u"+notify"_s);
        return made;
    }();
    return info;
}

Element Capabilities::ownElement()
{
    return Element(u"c", ns::kCaps).with(u"hash", u"sha-1"_s).with(u"node", kNode.toString()).with(u"ver", ownVersion());
}

void Capabilities::answer(const Element& request)
{
    const Element* query = request.attribute(u"type") == "get"_L1 ? request.find(u"query", ns::kDiscoInfo) : nullptr;
    const Element* items = request.attribute(u"type") == "get"_L1 ? request.find(u"query", ns::kDiscoItems) : nullptr;
    const Outlet& outlet = m_asker.outlet();
    if (!query && !items)
        return outlet.refuse(request, u"modify", u"bad-request");
    const QString node = (query ? query : items)->attribute(u"node");
    if (query && (node.isEmpty() || node == kNode.toString() + u'#' + ownVersion()))
        return outlet.answer(request, toElement(own(), node));
    // Neither parts nor commands, and whoever asks for the commands is told that.
    if (items && (node.isEmpty() || node == ns::kCommands)) {
        Element none(u"query", ns::kDiscoItems);
        if (!node.isEmpty())
            none.setAttribute(u"node", node);
        return outlet.answer(request, none);
    }
    outlet.refuse(request, u"cancel", u"item-not-found");
}

// ---- theirs ----

void Capabilities::reset()
{
    m_asker.forget();
    m_clients.clear();
    m_waiting.clear();
    m_open.clear();
}

void Capabilities::handle(const Element& presence)
{
    const auto from = Jid::parse(presence.attribute(u"from"));
    if (!presence.is(u"presence", ns::kClient) || !from)
        return;
    if (presence.hasAttribute(u"type")) {
        m_clients.remove(*from);
        return;
    }
    const Element* c = presence.find(u"c", ns::kCaps);
    if (!c)
        return; // a server may leave it out of what changes (XEP-0115 §8.4)
    const Version version{c->attribute(u"node"), c->attribute(u"hash"), c->attribute(u"ver")};
    const bool isLong = version.node.size() > kMaxVersionChars || version.ver.size() > kMaxVersionChars;
    if (isLong || version.ver.isEmpty() || !hashNamed(version.hash)) {
        m_clients.remove(*from); // an old kind, without a hash
        return;
    }
    if (m_clients.size() >= kMaxClients && !m_clients.contains(*from))
        return;
    m_clients.insert(*from, version);
    want(*from);
}

std::optional<bool> Capabilities::speaks(const Jid& client, QStringView feature) const
{
    const auto version = m_clients.constFind(client);
    const QSet<QString>* features = version == m_clients.cend() ? nullptr : m_features.object(version->key());
    return features ? std::optional(features->contains(feature.toString())) : std::nullopt;
}

void Capabilities::want(const Jid& client)
{
    if (m_features.contains(m_clients[client].key()) || m_waiting.size() >= kMaxWaiting || m_waiting.contains(client))
        return;
    m_waiting.enqueue(client);
    askNext();
}

void Capabilities::askNext()
{
    // Whoever has a version that another was asked for waits: that one may have lied.
    for (qsizetype i = 0; i < m_waiting.size() && m_open.size() < kMaxOpen;) {
        const Jid client = m_waiting[i];
        const auto version = m_clients.constFind(client);
        if (version != m_clients.cend() && m_open.contains(version->key())) {
            ++i;
            continue;
        }
        m_waiting.removeAt(i);
        if (version == m_clients.cend() || m_features.contains(version->key()))
            continue;
        m_open.insert(version->key());
        const Element query = Element(u"query", ns::kDiscoInfo).with(u"node", version->node + u'#' + version->ver);
        m_asker.ask(makeRequest(u"get", query, client), [this, client, asked = *version](const Answer& answer) { take(asked, client, answer); });
    }
}

void Capabilities::take(const Version& version, const Jid& client, const Answer& answer)
{
    m_open.remove(version.key());
    const Element* query = answer.isResult() ? answer.stanza.find(u"query", ns::kDiscoInfo) : nullptr;
    const auto info = query ? readDiscoInfo(*query) : std::nullopt;
    const bool isProven = info && capabilityHash(*info, *hashNamed(version.hash)) == version.ver;
    if (isProven)
        m_features.insert(version.key(), new QSet<QString>(info->features.begin(), info->features.end()));
    askNext();
    if (isProven)
        emit learned(client);
}

} // namespace ridealong::xmpp
