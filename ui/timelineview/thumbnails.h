// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"

#include <QCache>
#include <QImage>
#include <QSet>

namespace ridealong::timelineview {

/// Small versions of picture files, decoded on a worker, kept while there is room.
class Thumbnails : public QObject
{
    Q_OBJECT
public:
    explicit Thumbnails(QObject* parent = nullptr);

    /// The picture in the file, not larger than `size` (device pixels); null until `ready` was told, or for ever when it is none.
    QImage get(const QString& path, const QSize& size);
    /// It cannot be shown: broken, too large, no picture.
    bool isBroken(const QString& path) const { return m_broken.contains(path); }

signals:
    void ready(const QString& path);

private:
    QCache<QString, QImage> m_images; ///< cost: kB
    QSet<QString> m_asked;
    QSet<QString> m_broken;
    base::Worker m_worker;
};

} // namespace ridealong::timelineview
