// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/width.h"

#include "console/lines.h"
#include "console/widthtable.h"

#include <vector>

namespace ridealong::console {
namespace {

/// Two stages: a page of 256 classes for each distinct page. About 20 KiB, made once.
struct WidthPages
{
    std::array<quint16, 0x1100> page{};
    std::vector<std::array<Width, 256>> pages;

    WidthPages()
    {
        std::array<Width, 256> narrow;
        narrow.fill(Width::Narrow);
        std::array<Width, 256> wide;
        wide.fill(Width::Wide);
        std::array<Width, 256> zero;
        zero.fill(Width::Zero);
        pages = {narrow, wide, zero};
        for (const WidthRange& range : kWidthRanges) {
            const auto kind = Width(range.kind == 0 ? 0 : range.kind == 2 ? 2 : 3);
            for (char32_t code = range.first; code <= range.last;) {
                const size_t block = code >> 8;
                if ((code & 0xff) == 0 && range.last - code >= 0xff && kind != Width::Complex) {
                    page[block] = kind == Width::Wide ? 1 : 2;
                    code += 0x100;
                    continue;
                }
                if (page[block] < 3) {
                    pages.push_back(pages[page[block]]);
                    page[block] = quint16(pages.size() - 1);
                }
                pages[page[block]][code & 0xff] = kind;
                ++code;
            }
        }
    }
};

} // namespace

Width widthOf(char32_t code)
{
    static const WidthPages table;
    return code > 0x10ffff ? Width::Narrow : table.pages[table.page[code >> 8]][code & 0xff];
}

int columnsOf(QByteArrayView utf8)
{
    int columns = 0;
    char32_t previous = 0;
    for (const char* p = utf8.begin(); p < utf8.end();) {
        const char32_t code = decodeValid(p);
        columns += code == '\t' ? kTabColumns - columns % kTabColumns : columnsOf(code, previous);
        previous = code;
    }
    return columns;
}

int validate(const char* p, const char* end)
{
    const auto first = quint8(*p);
    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4)
        return -1;
    const int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    // The second byte's range shuts out overlong forms, surrogates and what is above U+10FFFF.
    quint8 low = 0x80;
    quint8 high = 0xbf;
    if (first == 0xe0)
        low = 0xa0;
    else if (first == 0xed)
        high = 0x9f;
    else if (first == 0xf0)
        low = 0x90;
    else if (first == 0xf4)
        high = 0x8f;
    for (int i = 1; i < length; ++i) {
        if (p + i == end)
            return 0;
        const auto byte = quint8(p[i]);
        if (byte < low || byte > high)
            return -i;
        low = 0x80;
        high = 0xbf;
    }
    return length;
}

int encode(char32_t code, char* out)
{
    if (code < 0x80) {
        out[0] = char(code);
        return 1;
    }
    if (code < 0x800) {
        out[0] = char(0xc0 | code >> 6);
        out[1] = char(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = char(0xe0 | code >> 12);
        out[1] = char(0x80 | (code >> 6 & 0x3f));
        out[2] = char(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = char(0xf0 | code >> 18);
    out[1] = char(0x80 | (code >> 12 & 0x3f));
    out[2] = char(0x80 | (code >> 6 & 0x3f));
    out[3] = char(0x80 | (code & 0x3f));
    return 4;
}

} // namespace ridealong::console
