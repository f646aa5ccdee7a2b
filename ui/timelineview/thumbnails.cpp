// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/thumbnails.h"

#include "kit/picture.h"

using namespace Qt::StringLiterals;

namespace ridealong::timelineview {

namespace {

constexpr int kMaxKilobytes = 64 << 10;

} // namespace

Thumbnails::Thumbnails(QObject* parent) : QObject(parent), m_images(kMaxKilobytes), m_worker(u"thumbnails"_s) {}

QImage Thumbnails::get(const QString& path, const QSize& size)
{
    const QString key = u"%1/%2/%3"_s.arg(size.width()).arg(size.height()).arg(path);
    if (const QImage* known = m_images.object(key))
        return *known;
    if (m_asked.contains(key) || m_broken.contains(path))
        return {};
    m_asked.insert(key);
    m_worker.run([path, size] { return kit::readPicture(path, size); }).then(this, [this, key, path](const base::Expected<QImage>& image) {
        m_asked.remove(key);
        if (image)
            m_images.insert(key, new QImage(*image), std::max(1, int(image->sizeInBytes() >> 10)));
        else
            m_broken.insert(path);
        emit ready(path);
    });
    return {};
}

} // namespace ridealong::timelineview
