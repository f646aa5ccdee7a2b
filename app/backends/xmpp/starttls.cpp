// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/starttls.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

void StartTls::begin(const Element& features)
{
    if (features.has(u"starttls", ns::kTls))
        m_send(Element(u"starttls", ns::kTls));
    else
        m_done(Error{ErrorKind::Unsupported, u"the server does not offer TLS"_s, 0});
}

bool StartTls::handle(const Element& element)
{
    if (element.is(u"proceed", ns::kTls))
        m_done(base::Done());
    else if (element.is(u"failure", ns::kTls))
        m_done(Error{ErrorKind::Unsupported, u"the server does not begin TLS"_s, 0});
    else
        return false;
    return true;
}

} // namespace ridealong::xmpp
