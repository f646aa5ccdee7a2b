// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/sgr.h"

namespace ridealong::console {
namespace {

Color palette(int index) { return {Color::Kind::Palette, quint8(index), 0, 0, 0}; }
Color rgb(int red, int green, int blue) { return {Color::Kind::Rgb, 0, quint8(red), quint8(green), quint8(blue)}; }

/// 38, 48 and 58 at `i`; returns the index of the last parameter used.
int extendedColor(const Parameters& p, int i, Color* color)
{
    const auto value = [&p](int at) { return at < p.count ? int(p.values[size_t(at)]) : 0; };
    if (i + 1 < p.count && p.isSub(i + 1)) {
        int last = i + 1;
        while (last + 1 < p.count && p.isSub(last + 1))
            ++last;
        const int subs = last - i; // with the kind
        if (value(i + 1) == 5 && subs >= 2 && value(i + 2) <= 255)
            *color = palette(value(i + 2));
        else if (value(i + 1) == 2 && subs >= 4) {
            // 38:2:r:g:b as many write it, or 38:2:colourspace:r:g:b by the standard.
            const int at = subs >= 5 ? i + 3 : i + 2;
            if (value(at) <= 255 && value(at + 1) <= 255 && value(at + 2) <= 255)
                *color = rgb(value(at), value(at + 1), value(at + 2));
        }
        return last;
    }
    if (value(i + 1) == 5) {
        if (i + 2 < p.count && value(i + 2) <= 255)
            *color = palette(value(i + 2));
        return i + 2;
    }
    if (value(i + 1) == 2) {
        if (i + 4 < p.count && value(i + 2) <= 255 && value(i + 3) <= 255 && value(i + 4) <= 255)
            *color = rgb(value(i + 2), value(i + 3), value(i + 4));
        return i + 4;
    }
    return i + 1;
}

} // namespace

void applySgr(const Parameters& p, Style& style)
{
    if (p.count == 0) {
        const quint16 link = style.link;
        style = Style{};
        style.link = link;
        return;
    }
    for (int i = 0; i < p.count; ++i) {
        const int code = p.values[size_t(i)];
        if (code >= 30 && code <= 37) {
            style.foreground = palette(code - 30);
        } else if (code >= 40 && code <= 47) {
            style.background = palette(code - 40);
        } else if (code >= 90 && code <= 97) {
            style.foreground = palette(code - 82);
        } else if (code >= 100 && code <= 107) {
            style.background = palette(code - 92);
        } else {
            switch (code) {
            case 0: {
                const quint16 link = style.link; // a link ends by OSC 8 only
                style = Style{};
                style.link = link;
                break;
            }
            case 1: style.bold = true; break;
            case 2: style.faint = true; break;
            case 3: style.italic = true; break;
            case 4:
                style.underline = Underline::Single;
                if (i + 1 < p.count && p.isSub(i + 1))
                    style.underline = p.values[size_t(++i)] <= 5 ? Underline(p.values[size_t(i)]) : Underline::Single;
                break;
            case 7: style.inverse = true; break;
            case 8: style.hidden = true; break;
            case 9: style.strike = true; break;
            case 21: style.underline = Underline::Double; break;
            case 22: style.bold = style.faint = false; break;
            case 23: style.italic = false; break;
            case 24: style.underline = Underline::None; break;
            case 27: style.inverse = false; break;
            case 28: style.hidden = false; break;
            case 29: style.strike = false; break;
            case 38: i = extendedColor(p, i, &style.foreground); break;
            case 39: style.foreground = {}; break;
            case 48: i = extendedColor(p, i, &style.background); break;
            case 49: style.background = {}; break;
            case 58: {
                Color ignored; // the colour of the underline
                i = extendedColor(p, i, &ignored);
                break;
            }
            default: break;
            }
        }
        while (i + 1 < p.count && p.isSub(i + 1))
            ++i;
    }
}

} // namespace ridealong::console
