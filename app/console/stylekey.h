// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/lines.h"

#include <QHashFunctions>

namespace ridealong::console {

/// A style in 128 bits, to be compared and hashed at once.
struct StyleKey
{
    quint64 colors = 0;
    quint64 rest = 0;

    StyleKey() = default;
    explicit StyleKey(const Style& style)
        : colors(quint64(pack(style.foreground)) << 32 | pack(style.background)),
          rest(quint64(style.underline) | quint64(style.bold) << 3 | quint64(style.faint) << 4 | quint64(style.italic) << 5
              | quint64(style.inverse) << 6 | quint64(style.hidden) << 7 | quint64(style.strike) << 8 | quint64(style.link) << 16)
    {}
    bool operator==(const StyleKey&) const = default;
    friend size_t qHash(const StyleKey& key, size_t seed = 0) { return qHashMulti(seed, key.colors, key.rest); }
    quint64 mixed() const { return (colors ^ rest * 0x9e3779b97f4a7c15ull) * 0x9e3779b97f4a7c15ull; }

private:
    static quint32 pack(const Color& color)
    {
        switch (color.kind) {
        case Color::Kind::Default: return 0;
        case Color::Kind::Palette: return 1u << 24 | color.index;
        case Color::Kind::Rgb: return 2u << 24 | quint32(color.red) << 16 | quint32(color.green) << 8 | color.blue;
        }
        return 0;
    }
};

} // namespace ridealong::console
