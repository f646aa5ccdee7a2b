// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QPixmap>
#include <QString>

namespace ridealong::tests {

/// Keeps a picture for human eyes in the folder RIDEALONG_SHOTS names; without it nothing is written.
inline void keepShot(const QPixmap& picture, const QString& name)
{
    const auto folder = qEnvironmentVariable("RIDEALONG_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    picture.save(folder + u'/' + name + QStringLiteral(".png"));
}

/// How many different colours a picture has, up to a few: 1 is a blank one.
inline int colorsOf(const QImage& image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height() && colors.size() < 64; y += 2)
        for (int x = 0; x < image.width() && colors.size() < 64; x += 2)
            colors.insert(image.pixel(x, y));
    return int(colors.size());
}

} // namespace ridealong::tests
