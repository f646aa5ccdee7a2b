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

} // namespace ridealong::xmpp::ns
