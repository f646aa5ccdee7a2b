// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/icons.h"

#include "kit/style.h"
#include "kit/theme.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
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

namespace {

/// Draws at the size, the resolution and in the mode that are asked for, and only then: most icons of a window are never seen. Colours are
/// those of the application's style at that time, for some widgets keep what they once asked for.
class Engine final : public QIconEngine
{
public:
    Engine(QString name, const ThemeColors& colors) : m_name(std::move(name)), m_colors(colors) {}

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        const auto* style = qobject_cast<const Style*>(QApplication::style());
        const Token token = mode == QIcon::Normal ? Token::Muted : mode == QIcon::Disabled ? Token::Faint : Token::Text;
        return iconPixmap(m_name, (style ? style->colors() : m_colors)[token], qRound(std::min(size.width(), size.height()) / scale), scale);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override { return scaledPixmap(size, mode, state, 1); }
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }
    QIconEngine* clone() const override { return new Engine(*this); }

private:
    QString m_name;
    ThemeColors m_colors; ///< where the style is not ours
};

} // namespace

QIcon icon(const QString& name, const ThemeColors& colors) { return QIcon(new Engine(name, colors)); }
QIcon icon(const QString& name, const Theme& theme) { return icon(name, theme.colors()); }

} // namespace ridealong::kit
