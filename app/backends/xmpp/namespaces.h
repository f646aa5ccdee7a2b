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
inline constexpr QStringView kMucOwner = u"http://jabber.org/protocol/muc#owner";
inline constexpr QStringView kDiscoItems = u"http://jabber.org/protocol/disco#items";
inline constexpr QStringView kDiscoInfo = u"http://jabber.org/protocol/disco#info"; ///< XEP-0030

// Messages and their archive.
inline constexpr QStringView kStanzaIds = u"urn:xmpp:sid:0"; ///< XEP-0359
inline constexpr QStringView kOccupantId = u"urn:xmpp:occupant-id:0"; ///< XEP-0421
inline constexpr QStringView kDelay = u"urn:xmpp:delay"; ///< XEP-0203
inline constexpr QStringView kForward = u"urn:xmpp:forward:0"; ///< XEP-0297
inline constexpr QStringView kCarbons = u"urn:xmpp:carbons:2"; ///< XEP-0280
inline constexpr QStringView kArchive = u"urn:xmpp:mam:2"; ///< XEP-0313
inline constexpr QStringView kResultSet = u"http://jabber.org/protocol/rsm"; ///< XEP-0059
inline constexpr QStringView kDataForm = u"jabber:x:data"; ///< XEP-0004
inline constexpr QStringView kReply = u"urn:xmpp:reply:0"; ///< XEP-0461
inline constexpr QStringView kFallback = u"urn:xmpp:fallback:0"; ///< XEP-0428
inline constexpr QStringView kCorrection = u"urn:xmpp:message-correct:0"; ///< XEP-0308
inline constexpr QStringView kRetraction = u"urn:xmpp:message-retract:1"; ///< XEP-0424
inline constexpr QStringView kOldRetraction = u"urn:xmpp:message-retract:0"; ///< as ejabberd 23 and Prosody's older modules have it
inline constexpr QStringView kModeration = u"urn:xmpp:message-moderate:1"; ///< XEP-0425
inline constexpr QStringView kOldModeration = u"urn:xmpp:message-moderate:0";
inline constexpr QStringView kFasten = u"urn:xmpp:fasten:0"; ///< XEP-0422, around the two old ones
inline constexpr QStringView kReactions = u"urn:xmpp:reactions:0"; ///< XEP-0444
inline constexpr QStringView kMarkers = u"urn:xmpp:chat-markers:0"; ///< XEP-0333
inline constexpr QStringView kReceipts = u"urn:xmpp:receipts"; ///< XEP-0184
inline constexpr QStringView kChatStates = u"http://jabber.org/protocol/chatstates"; ///< XEP-0085
inline constexpr QStringView kOutOfBand = u"jabber:x:oob"; ///< XEP-0066
inline constexpr QStringView kStyling = u"urn:xmpp:styling:0"; ///< XEP-0393
inline constexpr QStringView kClientState = u"urn:xmpp:csi:0"; ///< XEP-0352
inline constexpr QStringView kHints = u"urn:xmpp:hints"; ///< XEP-0334
inline constexpr QStringView kRide = u"urn:ridealong:0"; ///< ours, beside a body that everybody can read
inline constexpr QStringView kFrames = u"urn:ridealong:pair:0"; ///< ours, of the ephemeral link

// People and own state.
inline constexpr QStringView kCaps = u"http://jabber.org/protocol/caps"; ///< XEP-0115
inline constexpr QStringView kRoster = u"jabber:iq:roster"; ///< RFC 6121
inline constexpr QStringView kPubSub = u"http://jabber.org/protocol/pubsub"; ///< XEP-0060
inline constexpr QStringView kPubSubEvent = u"http://jabber.org/protocol/pubsub#event";
inline constexpr QStringView kPubSubOwner = u"http://jabber.org/protocol/pubsub#owner";
inline constexpr QStringView kPubSubErrors = u"http://jabber.org/protocol/pubsub#errors";
inline constexpr QStringView kBookmarks = u"urn:xmpp:bookmarks:1"; ///< XEP-0402
inline constexpr QStringView kDisplayed = u"urn:xmpp:mds:displayed:0"; ///< XEP-0490
inline constexpr QStringView kBlocking = u"urn:xmpp:blocking"; ///< XEP-0191
inline constexpr QStringView kAvatarMetadata = u"urn:xmpp:avatar:metadata"; ///< XEP-0084
inline constexpr QStringView kAvatarData = u"urn:xmpp:avatar:data";
inline constexpr QStringView kVCard = u"vcard-temp"; ///< XEP-0054
inline constexpr QStringView kVCardUpdate = u"vcard-temp:x:update"; ///< XEP-0153

// Files and places.
inline constexpr QStringView kUpload = u"urn:xmpp:http:upload:0"; ///< XEP-0363
inline constexpr QStringView kMucAdmin = u"http://jabber.org/protocol/muc#admin"; ///< XEP-0045
inline constexpr QStringView kDirectInvitation = u"jabber:x:conference"; ///< XEP-0249

// Commands and their forms.
inline constexpr QStringView kCommands = u"http://jabber.org/protocol/commands"; ///< XEP-0050
inline constexpr QStringView kFormRules = u"http://jabber.org/protocol/xdata-validate"; ///< XEP-0122

} // namespace ridealong::xmpp::ns
