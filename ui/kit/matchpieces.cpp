// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/matchpieces.h"

namespace ridealong::kit {

std::vector<MatchPiece> matchPieces(const QString& text, const std::vector<int>& matched)
{
    std::vector<MatchPiece> pieces;
    size_t match = 0;
    for (qsizetype at = 0; at < text.size();) {
        const bool hit = match < matched.size() && matched[match] == at;
        qsizetype end = at;
        while (end < text.size() && (match < matched.size() && matched[match] == end) == hit) {
            if (hit)
                ++match;
            ++end;
        }
        pieces.push_back({text.mid(at, end - at), hit});
        at = end;
    }
    return pieces;
}

} // namespace ridealong::kit
