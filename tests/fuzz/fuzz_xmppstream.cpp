// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The law: what a stream says does not depend on the pieces it comes in.
#include "xmlwords.h"
#include "xmpp/xmlreader.h"

#include <algorithm>
#include <cstdlib>

using namespace ridealong::xmpp;

namespace {

QByteArrayList read(const QByteArray& bytes, const uint8_t* pieces, size_t count)
{
    QByteArrayList all;
    XmlReader reader;
    qsizetype at = 0;
    for (size_t i = 0; at < bytes.size(); ++i) {
        const qsizetype piece = count > 0 ? pieces[i % count] % 32 + 1 : bytes.size();
        reader.append(bytes.mid(at, piece));
        at += piece;
        for (;;) {
            const auto event = reader.next();
            if (!event)
                return all << "error";
            if (!*event)
                break;
            if (const auto* element = std::get_if<Element>(&**event))
                all << element->toXml();
            else if (const auto* opened = std::get_if<XmlReader::Opened>(&**event))
                all << opened->header.toXml();
            else
                all << "closed";
        }
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray bytes = xmlFrom(data, size);
    for (const QByteArray& stream : {bytes, "<s:s xmlns='c' xmlns:s='urn:s'>" + bytes})
        if (read(stream, data, std::min<size_t>(size, 8)) != read(stream, nullptr, 0))
            std::abort();
    return 0;
}
