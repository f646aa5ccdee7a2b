// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/typography.h"

namespace ridealong::composer {

PlainText withoutTypography(const QString& text)
{
    PlainText plain;
    plain.text.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar here = text[at];
        const bool startsWord = at == 0 || text[at - 1].isSpace();
        const auto lettersAfter = [&](int count) {
            for (int i = 1; i <= count; ++i)
                if (at + i >= text.size() || !text[at + i].isLetter())
                    return false;
            return true;
        };
        switch (here.unicode()) {
        case 0x2018:
        case 0x2019:
        case 0x201A:
        case 0x201B:
        case 0x2032: // ‘ ’ ‚ ‛ ′
            plain.text += u'\'';
            plain.quotes = true;
            break;
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x201F:
        case 0x2033:
        case 0x00AB:
        case 0x00BB: // “ ” „ ‟ ″ « »
            plain.text += u'"';
            plain.quotes = true;
            break;
        case 0x2010:
        case 0x2011:
        case 0x2012:
        case 0x2212: // hyphens, figure dash, minus
            plain.text += u'-';
            plain.others = true;
            break;
        case 0x2013: // an en dash before a long option was two hyphens once
            plain.text += startsWord && lettersAfter(2) ? QStringLiteral("--") : QStringLiteral("-");
            plain.others = true;
            break;
        case 0x2014:
        case 0x2015:
            plain.text += QStringLiteral("--");
            plain.others = true;
            break;
        case 0x2026:
            plain.text += QStringLiteral("...");
            plain.others = true;
            break;
        case 0x00A0:
        case 0x2007:
        case 0x202F:
        case 0x2002:
        case 0x2003:
        case 0x2009:
        case 0x200A:
        case 0x3000:
            plain.text += u' ';
            plain.others = true;
            break;
        case 0x200B:
        case 0x2060:
        case 0xFEFF:
        case 0x00AD: // they look like nothing; joiners stay, emoji need them
        case 0x200E:
        case 0x200F:
        case 0x202A:
        case 0x202B:
        case 0x202C:
        case 0x202D:
        case 0x202E:
        case 0x2066:
        case 0x2067:
        case 0x2068:
        case 0x2069: plain.others = true; break;
        default: plain.text += here;
        }
    }
    return plain;
}

} // namespace ridealong::composer
