// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/styletable.h"

#include "console/linedata.h"

namespace ridealong::console {
namespace {

quint32 pack(const Color& color)
{
    switch (color.kind) {
    case Color::Kind::Default: return 0;
    case Color::Kind::Palette: return 1u << 24 | color.index;
    case Color::Kind::Rgb: return 2u << 24 | quint32(color.red) << 16 | quint32(color.green) << 8 | color.blue;
    }
    return 0;
}

Color rounded(const Color& color)
{
    if (color.kind != Color::Kind::Rgb)
        return color;
    // The 6 × 6 × 6 cube of xterm: 0, 95, 135, 175, 215, 255.
    const auto step = [](int value) { return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40; };
    Color result;
    result.kind = Color::Kind::Palette;
    result.index = quint8(16 + 36 * step(color.red) + 6 * step(color.green) + step(color.blue));
    return result;
}

} // namespace

StyleTable::StyleTable(LineStore& store) : m_store(store) { m_ids.insert(keyOf(Style{}), 0); }

StyleTable::Key StyleTable::keyOf(const Style& style)
{
    const quint64 bits = quint64(style.underline) | quint64(style.bold) << 3 | quint64(style.faint) << 4 | quint64(style.italic) << 5
        | quint64(style.inverse) << 6 | quint64(style.hidden) << 7 | quint64(style.strike) << 8 | quint64(style.link) << 16;
    return {quint64(pack(style.foreground)) << 32 | pack(style.background), bits};
}

quint16 StyleTable::idOf(const Style& style)
{
    const Key key = keyOf(style);
    const quint64 mixed = (key.colors ^ key.rest * 0x9e3779b97f4a7c15ull) * 0x9e3779b97f4a7c15ull;
    Recent& recent = m_recent[mixed >> 56];
    if (recent.key != key)
        recent = {key, intern(key, style)};
    return recent.id;
}

quint16 StyleTable::intern(const Key& key, const Style& style)
{
    if (const auto known = m_ids.constFind(key); known != m_ids.constEnd())
        return *known;
    if (m_count >= kMaxStyles)
        return 0;
    if (m_count >= kMaxExactStyles) {
        Style coarse = style;
        coarse.foreground = rounded(style.foreground);
        coarse.background = rounded(style.background);
        if (coarse != style)
            return intern(keyOf(coarse), coarse);
    }
    const auto id = quint16(m_count++);
    m_store.data().styles.forWriting(id) = style;
    m_ids.insert(key, id);
    return id;
}

} // namespace ridealong::console
