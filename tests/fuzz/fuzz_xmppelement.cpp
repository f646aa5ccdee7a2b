// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The laws: what was read is written and read again as the same, wherever it stands; what an address was read as is one.
#include "xmlwords.h"
#include "xmpp/jid.h"
#include "xmpp/xmlreader.h"

#include <cstdlib>

using namespace ridealong::xmpp;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray bytes = xmlFrom(data, size);
    for (const QByteArray& whole : {bytes, "<a>" + bytes + "</a>", QByteArray("<a k='" + bytes + "'/>")}) {
        const auto element = parseElement(whole);
        if (!element)
            continue;
        const auto again = parseElement(element->toXml());
        if (!again || !(*again == *element))
            std::abort();
    }
    // Whatever text we are given, what we write can be read.
    const QString text = QString::fromUtf8(bytes);
    const auto ours = parseElement(Element(u"a", u"").with(u"k", text).withText(text).toXml());
    if (!ours || ours->text().size() > text.size())
        std::abort();

    if (const auto jid = Jid::parse(text)) {
        const auto again = Jid::parse(jid->toString());
        if (!again || !(*again == *jid))
            std::abort();
    }
    return 0;
}
