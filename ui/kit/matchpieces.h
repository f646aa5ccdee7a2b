// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace ridealong::kit {

/// A part of a text that is drawn in one go: what was typed is found in it, or it is not.
struct MatchPiece
{
    QString text;
    bool hit = false;
};

/// A text in its pieces, in order. `matched` says where the letters stand that were found, ascending.
std::vector<MatchPiece> matchPieces(const QString& text, const std::vector<int>& matched);

} // namespace ridealong::kit
