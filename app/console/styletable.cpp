// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/styletable.h"

#include "console/linedata.h"

namespace ridealong::console {
namespace {

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

StyleTable::StyleTable(LineStore& store) : m_store(store) { m_ids.insert(StyleKey(Style{}), 0); }

quint16 StyleTable::idOf(const StyleKey& key, const Style& style)
{
    Recent& recent = m_recent[key.mixed() >> 56];
    if (recent.key != key)
        recent = {key, intern(key, style)};
    return recent.id;
}

quint16 StyleTable::intern(const StyleKey& key, const Style& style)
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
            return intern(StyleKey(coarse), coarse);
    }
    const auto id = quint16(m_count++);
    m_store.data().styles.forWriting(id) = style;
    m_ids.insert(key, id);
    return id;
}

} // namespace ridealong::console
