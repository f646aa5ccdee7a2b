// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/hidden.h"

#include "console/width.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

namespace {

struct Range
{
    char32_t first;
    char32_t last;
};
/// Unicode 15: default ignorable code points, C1 controls, and spaces that look like another one. Ascending.
constexpr std::array<Range, 20> kHidden{{{0x80, 0x9f}, {0xa0, 0xa0}, {0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c}, {0x115f, 0x1160}, {0x17b4, 0x17b5},
    {0x180b, 0x180f}, {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000}, {0x3164, 0x3164}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
    {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}}};

struct Name
{
    char32_t code;
    const char* name;
};
constexpr Name kNames[] = {{0xa0, "no-break space"}, {0xad, "soft hyphen"}, {0x61c, "Arabic letter mark"}, {0x200b, "zero width space"},
    {0x200c, "zero width non-joiner"}, {0x200d, "zero width joiner"}, {0x200e, "left-to-right mark"}, {0x200f, "right-to-left mark"},
    {0x2028, "line separator"}, {0x2029, "paragraph separator"}, {0x202a, "left-to-right embedding"}, {0x202b, "right-to-left embedding"},
    {0x202c, "pop directional formatting"}, {0x202d, "left-to-right override"}, {0x202e, "right-to-left override"}, {0x202f, "narrow no-break space"},
    {0x2060, "word joiner"}, {0x2066, "left-to-right isolate"}, {0x2067, "right-to-left isolate"}, {0x2068, "first strong isolate"},
    {0x2069, "pop directional isolate"}, {0x3000, "ideographic space"}, {0xfe0e, "variation selector 15"}, {0xfe0f, "variation selector 16"},
    {0xfeff, "zero width no-break space"}};

bool isHidden(char32_t code)
{
    const auto range = std::ranges::upper_bound(kHidden, code, {}, &Range::first);
    return range != kHidden.begin() && code <= std::prev(range)->last;
}

} // namespace

std::vector<Hidden> hiddenIn(QByteArrayView utf8)
{
    std::vector<Hidden> found;
    const char* const end = utf8.data() + utf8.size();
    for (const char* p = utf8.data(); p < end;) {
        const int length = console::validate(p, end);
        if (length <= 0) { // a piece that is cut short
            ++p;
            continue;
        }
        const int byte = int(p - utf8.data());
        if (const char32_t code = console::decodeValid(p); isHidden(code))
            found.push_back({byte, code});
    }
    return found;
}

QString hiddenName(char32_t code)
{
    const QString number = u"U+%1"_s.arg(QString::number(code, 16).toUpper(), 4, u'0');
    const auto known = std::ranges::find(kNames, code, &Name::code);
    return known == std::end(kNames) ? number : number + u' ' + QLatin1StringView(known->name);
}

} // namespace ridealong::consoleview
