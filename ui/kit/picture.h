// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/attachment.h"

#include <QImage>

namespace ridealong::kit {

// Pictures that somebody sent. What a file claims is not believed, its content decides; formats that can do more than be
// looked at (SVG, PDF) are files.
constexpr int kMaxPictureSide = 32'768;
constexpr qint64 kMaxPicturePixels = 32 << 20; ///< 128 MB decoded
constexpr qint64 kMaxPictureBytes = 64 << 20; ///< of the file

/// By its type: worth an attempt with readPicture().
bool isPicture(const chat::Attachment& file);
/// The picture in the file, scaled down to fit `within` (device pixels). Slow: not for the thread of the interface.
/// `own`: gets the size that the file has.
/// Errors: Storage (the file cannot be read), Unsupported (no picture that is shown), Invalid (broken, or over a limit).
base::Expected<QImage> readPicture(const QString& path, const QSize& within, QSize* own = nullptr);
/// The same of bytes in memory.
base::Expected<QImage> readPicture(const QByteArray& bytes, const QSize& within, QSize* own = nullptr);

} // namespace ridealong::kit
