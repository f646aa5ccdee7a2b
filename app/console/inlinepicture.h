// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>

namespace ridealong::console {

/// A picture that stands in the output itself: `![name](data:image/png;base64,…)`, as Markdown has it, or the URL (RFC 2397) as a line.
struct PictureText
{
    QByteArrayView before; ///< what the line says in front of it
    QByteArrayView name;
    QByteArrayView type; ///< "png", as it calls itself; may be empty, and a lie
    QByteArrayView base64;
};
std::optional<PictureText> pictureIn(QByteArrayView line);
/// The bytes of it. Null: that is no base64.
QByteArray bytesOf(const PictureText& picture);

/// What a program sends to a terminal that draws pictures, "1337;File=name=…;inline=1:…" (iTerm2), as such a text. Empty: it is none, or a
/// file to download.
QByteArray pictureFromOsc(QByteArrayView string);
bool maybePictureOsc(QByteArrayView string); ///< by its beginning
inline constexpr qsizetype kMaxPictureBytes = 8 << 20; ///< of base64; of a larger one only its place is kept

} // namespace ridealong::console
