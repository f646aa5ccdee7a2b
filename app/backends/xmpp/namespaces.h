// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace ridealong::xmpp::ns {

inline constexpr QStringView kXml = u"http://www.w3.org/XML/1998/namespace"; ///< of the prefix "xml"
inline constexpr QStringView kStream = u"http://etherx.jabber.org/streams";
inline constexpr QStringView kClient = u"jabber:client";
inline constexpr QStringView kStreamErrors = u"urn:ietf:params:xml:ns:xmpp-streams";
inline constexpr QStringView kStanzaErrors = u"urn:ietf:params:xml:ns:xmpp-stanzas";
inline constexpr QStringView kTls = u"urn:ietf:params:xml:ns:xmpp-tls";
inline constexpr QStringView kSasl = u"urn:ietf:params:xml:ns:xmpp-sasl";
inline constexpr QStringView kChannelBinding = u"urn:xmpp:sasl-cb:0"; ///< XEP-0440
inline constexpr QStringView kBind = u"urn:ietf:params:xml:ns:xmpp-bind";
inline constexpr QStringView kFraming = u"urn:ietf:params:xml:ns:xmpp-framing"; ///< RFC 7395
inline constexpr QStringView kStreamManagement = u"urn:xmpp:sm:3"; ///< XEP-0198
inline constexpr QStringView kPing = u"urn:xmpp:ping"; ///< XEP-0199

// Rooms.
inline constexpr QStringView kMuc = u"http://jabber.org/protocol/muc"; ///< XEP-0045
inline constexpr QStringView kMucUser = u"http://jabber.org/protocol/muc#user";
inline constexpr QStringView kMucAdmin = u"http://jabber.org/protocol/muc#admin";
inline constexpr QStringView kMucOwner = u"http://jabber.org/protocol/muc#owner";
inline constexpr QStringView kConference = u"jabber:x:conference"; ///< XEP-0249
inline constexpr QStringView kRoomOccupantId = u"urn:xmpp:occupant-id:0"; ///< XEP-0421
inline constexpr QStringView kDiscoInfo = u"http://jabber.org/protocol/disco#info"; ///< XEP-0030
inline constexpr QStringView kDiscoItems = u"http://jabber.org/protocol/disco#items";
inline constexpr QStringView kForm = u"jabber:x:data"; ///< XEP-0004
inline constexpr QStringView kPages = u"http://jabber.org/protocol/rsm"; ///< XEP-0059
inline constexpr QStringView kPubsub = u"http://jabber.org/protocol/pubsub"; ///< XEP-0060
inline constexpr QStringView kPubsubEvent = u"http://jabber.org/protocol/pubsub#event";
inline constexpr QStringView kBookmarks = u"urn:xmpp:bookmarks:1"; ///< XEP-0402

} // namespace ridealong::xmpp::ns
