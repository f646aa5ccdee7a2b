// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/ansitext.h"

#include <algorithm>

namespace ridealong::console {
namespace {

void appendColor(QByteArray& codes, const Color& color, bool isBackground)
{
    const int base = isBackground ? 40 : 30;
    const auto add = [&codes](int number) { codes += ';' + QByteArray::number(number); };
    if (color.kind == Color::Kind::Rgb) {
        add(base + 8);
        for (const int part : {2, int(color.red), int(color.green), int(color.blue)})
            add(part);
    } else if (color.kind == Color::Kind::Palette && color.index < 16) {
        add(color.index < 8 ? base + color.index : base + 60 + color.index - 8);
    } else if (color.kind == Color::Kind::Palette) {
        for (const int part : {base + 8, 5, int(color.index)})
            add(part);
    }
}

bool isControl(char32_t code) { return code < 0x20 || (code >= 0x7f && code < 0xa0); }
/// Turns the direction of text, or ends a line where people do not see it.
bool isTreacherous(char32_t code)
{
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

} // namespace

QByteArray sgrOf(const Style& style)
{
    QByteArray codes = "0";
    if (style.bold)
        codes += ";1";
    if (style.faint)
        codes += ";2";
    if (style.italic)
        codes += ";3";
    if (style.underline != Underline::None)
        codes += style.underline == Underline::Single ? QByteArray(";4") : ";4:" + QByteArray::number(int(style.underline));
    if (style.inverse)
        codes += ";7";
    if (style.hidden)
        codes += ";8";
    if (style.strike)
        codes += ";9";
    appendColor(codes, style.foreground, false);
    appendColor(codes, style.background, true);
    return codes;
}

void appendAnsi(QByteArray& to, const LineStore& store, const Line& line)
{
    Style now;
    const auto change = [&](const Style& next) {
        if (next == now)
            return;
        if (next.link != now.link)
            to += "\x1b]8;;" + withoutControls(store.link(next.link)).replace(' ', "%20") + "\x1b\\";
        Style plain = next;
        plain.link = now.link;
        if (plain != now)
            to += "\x1b[" + sgrOf(next) + 'm';
        now = next;
    };
    int begin = 0;
    Style style;
    const auto add = [&](int end) {
        end = std::min(end, int(line.text.size()));
        if (begin < end) {
            change(style);
            to += line.text.sliced(begin, end - begin);
            begin = end;
        }
    };
    for (const StyleRun& run : line.runs) {
        add(run.byte);
        style = store.style(run.style);
    }
    add(int(line.text.size()));
    change({});
}

QByteArray withoutControls(const QString& text)
{
    QString clean;
    clean.reserve(text.size());
    for (const QChar c : text)
        clean += isControl(c.unicode()) || isTreacherous(c.unicode()) ? QChar(u' ') : c;
    return clean.toUtf8();
}

} // namespace ridealong::console
