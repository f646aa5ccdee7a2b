// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"

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
    quint16 idOf(const Style& style);
    int size() const { return m_count; }

private:
    struct Key
    {
        quint64 colors = 0;
        quint64 rest = 0;
        bool operator==(const Key&) const = default;
        friend size_t qHash(const Key& key, size_t seed = 0) { return qHashMulti(seed, key.colors, key.rest); }
    };
    static Key keyOf(const Style& style);
    quint16 intern(const Key& key, const Style& style);

    LineStore& m_store;
    int m_count = 1;
    QHash<Key, quint16> m_ids;
    /// Most output uses few styles: a direct hit here saves the hash.
    struct Recent
    {
        Key key;
        quint16 id = 0;
    };
    std::array<Recent, 256> m_recent{};
};

} // namespace ridealong::console
