// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QSize>

namespace ridealong::files {

/// So much of a file's beginning tells its size in most cases; a JPEG with a large preview in front of it stays unknown.
constexpr qsizetype kImageHeadBytes = 64 << 10;

/// Width and height in pixels of a PNG, GIF, JPEG, WebP or BMP that begins like this; invalid for anything else. Nothing is
/// decoded: it is what the file says of itself.
QSize imageSize(const QByteArray& head);

} // namespace ridealong::files
