// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/binding.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;

Element bindRequest(const QString& resource)
{
    Element bind(u"bind", ns::kBind);
    if (!resource.isEmpty())
        bind.append(Element(u"resource", ns::kBind).withText(resource));
    return Element(u"iq", ns::kClient).with(u"type", u"set"_s).with(std::move(bind));
}

base::Expected<Jid> boundJid(const Element& result, const Jid& account)
{
    const Element* bind = result.find(u"bind", ns::kBind);
    const auto jid = Jid::parse(bind ? bind->textOf(u"jid", ns::kBind) : QString());
    // A server may give another resource than was asked for, and even another name to somebody who came as "Ana" (RFC 6120 §7.1); to
    // be somebody of another domain makes no sense.
    if (!jid || jid->isBare() || jid->domain() != account.domain())
        return base::Error{base::ErrorKind::Protocol, u"the server gives no address of ours"_s, 0};
    return *jid;
}

} // namespace ridealong::xmpp
