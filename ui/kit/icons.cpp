// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/icons.h"

#include "kit/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace ridealong::kit {

QPixmap iconPixmap(const QString& name, const QColor& color, int size, double devicePixelRatio)
{
    const QString key = u"ridealong/%1/%2/%3/%4"_s.arg(name, color.name(QColor::HexArgb)).arg(size).arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(QSize(size, size) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QFile file(u":/icons/"_s + name + u".svg"_s);
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray svg = file.readAll();
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(0, 0, size, size));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon icon(const QString& name, const Theme& theme)
{
    QIcon icon;
    for (const double ratio : {1.0, 2.0}) {
        for (const int size : {16, 20}) {
            icon.addPixmap(iconPixmap(name, theme.color(Token::Muted), size, ratio), QIcon::Normal);
            icon.addPixmap(iconPixmap(name, theme.color(Token::Text), size, ratio), QIcon::Active);
            icon.addPixmap(iconPixmap(name, theme.color(Token::Text), size, ratio), QIcon::Selected);
            icon.addPixmap(iconPixmap(name, theme.color(Token::Faint), size, ratio), QIcon::Disabled);
        }
    }
    return icon;
}

} // namespace ridealong::kit
