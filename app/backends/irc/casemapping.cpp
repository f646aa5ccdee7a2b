// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/isupport.h"

namespace ridealong::irc {
namespace {

// RFC 2812 §2.2: {}|^ are the lower case of []\~, because of IRC's Scandinavian origin; "strict" leaves ~ and ^ apart.
constexpr char16_t folded(char16_t c, CaseMapping mapping)
{
    if (c >= u'A' && c <= u'Z')
        return char16_t(c + 32);
    if (mapping == CaseMapping::Ascii)
        return c;
    if (c >= u'[' && c <= u']')
        return char16_t(c + 32); // [ \ ] → { | }
    return c == u'~' && mapping == CaseMapping::Rfc1459 ? u'^' : c;
}

} // namespace

QString foldCase(const QString& name, CaseMapping mapping)
{
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (folded(name[i].unicode(), mapping) == name[i].unicode())
            continue;
        QString result = name;
        for (; i < result.size(); ++i)
            result[i] = QChar(folded(name[i].unicode(), mapping));
        return result;
    }
    return name; // shared, not copied
}

} // namespace ridealong::irc
