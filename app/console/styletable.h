// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"
#include "console/stylekey.h"

#include <QHash>

#include <array>

namespace ridealong::console {

/// Styles are kept exactly up to this many; then their colours are rounded to the 256 of a terminal, and when even those
/// combinations run out the default style is used.
inline constexpr int kMaxExactStyles = 60'000;
inline constexpr int kMaxStyles = 65'535;

/// The writer's way from a style to its id.
class StyleTable
{
public:
    explicit StyleTable(LineStore& store);
    /// `key` is that of `style`.
    quint16 idOf(const StyleKey& key, const Style& style);
    int size() const { return m_count; }

private:
    quint16 intern(const StyleKey& key, const Style& style);

    LineStore& m_store;
    int m_count = 1;
    QHash<StyleKey, quint16> m_ids;
    /// Most output uses few styles: a direct hit here saves the hash.
    struct Recent
    {
        StyleKey key;
        quint16 id = 0;
    };
    std::array<Recent, 256> m_recent{};
};

} // namespace ridealong::console
