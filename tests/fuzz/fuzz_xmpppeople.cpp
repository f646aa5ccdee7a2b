// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The laws: any stanza can be taken; a text is no longer than its cap; nobody but our own account changes what is ours; what a client says of
// itself is written and read again as the same.
#include "support/fakeclock.h"
#include "xmpp/avatars.h"
#include "xmpp/blocklist.h"
#include "xmpp/bookmarks.h"
#include "xmpp/capabilities.h"
#include "xmpp/displayedsync.h"
#include "xmpp/namespaces.h"
#include "xmpp/presences.h"
#include "xmpp/roster.h"
#include "xmpp/xmlreader.h"

#include <cstdlib>
#include <iterator>

using namespace ridealong;
using namespace ridealong::xmpp;
using namespace Qt::StringLiterals;

namespace {

/// Pieces of what such stanzas are made of; each byte chooses one.
QByteArray insideOf(const uint8_t* data, size_t size)
{
    static const char* const kWords[] = {"x", "&lt;", "", "</item>", "</query>", "</items></event>", "</identity>", "</x>",
        "<query xmlns='jabber:iq:roster'>", "<item xmlns='jabber:iq:roster' jid='bob@chat.test' name='Bob' subscription='both'/>",
        "<item xmlns='jabber:iq:roster' jid='bob@chat.test' subscription='remove'/>",
        "<item xmlns='jabber:iq:roster' jid='eve@evil.test' ask='subscribe'><group>x</group></item>",
        "<block xmlns='urn:xmpp:blocking'><item jid='eve@evil.test'/></block>", "<unblock xmlns='urn:xmpp:blocking'/>",
        "<query xmlns='http://jabber.org/protocol/disco#info'>", "<query xmlns='http://jabber.org/protocol/disco#items'/>",
        "<identity xmlns='http://jabber.org/protocol/disco#info' category='client' type='pc' name='x'/>",
        "<feature xmlns='http://jabber.org/protocol/disco#info' var='a'/>", "<feature xmlns='http://jabber.org/protocol/disco#info' var='b'/>",
        "<x xmlns='jabber:x:data'>", "<field xmlns='jabber:x:data' var='FORM_TYPE' type='hidden'><value>f</value></field>",
        "<field xmlns='jabber:x:data' var='os'><value>b</value><value>a</value></field>",
        "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='v'/>", "<show>away</show>", "<status>lunch</status>",
        "<priority>-5</priority>", "<x xmlns='vcard-temp:x:update'><photo>0123456789012345678901234567890123456789</photo></x>",
        "<x xmlns='http://jabber.org/protocol/muc#user'/>",
        "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:bookmarks:1'>",
        "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:mds:displayed:0'>",
        "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:avatar:metadata'>",
        "<event xmlns='http://jabber.org/protocol/pubsub#event'><purge node='urn:xmpp:bookmarks:1'/></event>", "<retract id='ops@muc.test'/>",
        "<item id='ops@muc.test'><conference xmlns='urn:xmpp:bookmarks:1' autojoin='true'><nick>a</nick><extensions/></conference></item>",
        "<item id='ops@muc.test'><displayed xmlns='urn:xmpp:mds:displayed:0'><stanza-id xmlns='urn:xmpp:sid:0' by='ops@muc.test' id='1'/>"
        "</displayed></item>",
        "<item id='1'><metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='1' type='image/png' id='0123456789012345678901234567890123456789'/>"
        "</metadata></item>"};
    QByteArray inside;
    for (size_t i = 0; i < size; ++i)
        inside += kWords[data[i] % std::size(kWords)];
    return inside;
}

struct Everything
{
    Jid self = *Jid::parse(u"ana@chat.test/desk");
    tests::FakeClock clock;
    Outlet outlet{[](const Element&) { return base::Status(base::Done()); },
        [](const Element&, const Requests::Handler& handler) {
            handler({Element(u"iq", ns::kClient), std::nullopt});
        },
        [](const Element&, const Element&) {}, [](const Element&, QStringView, QStringView) {}};
    std::function<bool(const Jid&)> isContact = [](const Jid& bare) { return bare.domain() == u"chat.test"; };
    Capabilities capabilities{outlet};
    Roster roster{outlet, self};
    Presences presences{outlet, self, isContact};
    Bookmarks bookmarks{outlet, self};
    DisplayedSync displayed{outlet, self, clock};
    Blocklist blocklist{outlet, self};
    Avatars avatars{outlet, self, isContact};

    void take(const Element& stanza)
    {
        if (stanza.name() == "iq"_L1) {
            capabilities.answer(stanza);
            roster.answer(stanza);
            blocklist.answer(stanza);
            return;
        }
        capabilities.handle(stanza);
        avatars.see(stanza);
        (void)(presences.handle(stanza) || roster.handle(stanza) || bookmarks.handle(stanza) || displayed.handle(stanza) || avatars.handle(stanza));
    }
    /// What only our own account may have brought about.
    bool isUntouched() const
    {
        return roster.contacts().isEmpty() && bookmarks.all().isEmpty() && displayed.all().isEmpty() && blocklist.all().isEmpty();
    }
    bool isInBounds() const
    {
        for (const Contact& contact : roster.contacts())
            if (contact.name.size() > Roster::kMaxNameChars || contact.groups.size() > Roster::kMaxGroups)
                return false;
        for (const ContactRequest& request : roster.requests())
            if (request.text.size() > Roster::kMaxTextChars)
                return false;
        return true;
    }
};

void checkInfo(const QByteArray& inside)
{
    const auto query = parseElement("<query xmlns='http://jabber.org/protocol/disco#info'>" + inside + "</query>");
    const auto info = query ? readDiscoInfo(*query) : std::nullopt;
    if (!info)
        return;
    const auto again = readDiscoInfo(toElement(*info));
    if (!again || capabilityHash(*again) != capabilityHash(*info))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray inside = insideOf(data, std::min<size_t>(size, 200));
    checkInfo(inside);
    for (const QByteArray& from : {QByteArray("ana@chat.test"), QByteArray("bob@chat.test/x"), QByteArray("eve@evil.test"),
             QByteArray("ops@muc.test/ana@chat.test"), QByteArray("ana@chat.test/phone")}) {
        Everything everything;
        for (const QByteArray& name : {QByteArray("iq type='set' id='q'"), QByteArray("iq type='get' id='q'"), QByteArray("message"),
                 QByteArray("presence"), QByteArray("presence type='subscribe'"), QByteArray("presence type='unavailable'")}) {
            const QByteArray end = "</" + name.split(' ').first() + ">";
            if (const auto stanza = parseElement("<" + name + " xmlns='jabber:client' from='" + from + "'>" + inside + end))
                everything.take(*stanza);
        }
        if (!everything.isInBounds() || (from != "ana@chat.test" && !everything.isUntouched()))
            std::abort();
    }
    return 0;
}
