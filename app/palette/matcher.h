// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace ridealong::palette {

/// Fuzzy search over many short strings: fzf's scoring in two matrices, with a character mask as prefilter.
/// Space separates terms that must all match; 'exact ^prefix suffix$ !not.
class Matcher
{
public:
    struct Item
    {
        QString name; ///< counts in full
        QString alias; ///< × 0.95
        QString description; ///< × 0.5
    };
    struct Match
    {
        int item = 0;
        int score = 0;
    };

    void setItems(const std::vector<Item>& items);
    int itemCount() const;
    /// Best first, at most `limit`; `boost(item)` is added to the score of what matches (frecency), may be null.
    /// Of equal scores those that are `preferred` come first. An empty query matches everything with score 0. Not for two threads
    /// at once: it remembers what matched, so that each further letter only looks at that.
    std::vector<Match> match(
        const QString& query, int limit, const std::function<int(int item)>& boost = {}, const std::function<bool(int item)>& preferred = {}) const;
    /// UTF-16 positions in `text` that `query` matched, ascending, for highlighting.
    static std::vector<int> positions(const QString& query, const QString& text);

    ~Matcher();
    Matcher();

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::palette
