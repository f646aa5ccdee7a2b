// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/filepainter.h"

#include "kit/durations.h"
#include "kit/errortext.h"
#include "kit/icons.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;
using ridealong::kit::Theme;
using ridealong::kit::Token;
using Place = ridealong::chat::FileState::Place;

namespace ridealong::timelineview {
namespace {

constexpr int kCardWidth = 360;
constexpr int kPadding = 10;
constexpr int kPictureWidth = 400;
constexpr int kPictureHeight = 280;
constexpr int kSmallestSide = 40; ///< of a picture's place: a strip of one pixel can still be pressed

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TimelineView)
};

QRectF crisp(const QRect& rect) { return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5); }

bool isMoving(const FileLook& look) { return look.sending || look.state.place == Place::Coming; }

/// In the few words that a card has room for; what a press does about it stands beside them.
QString failureWords(const base::Error& why)
{
    switch (why.kind) {
    case base::ErrorKind::Offline: return Words::tr("no connection");
    case base::ErrorKind::NotFound: return Words::tr("no longer on the server");
    case base::ErrorKind::Storage: return Words::tr("cannot be stored here");
    case base::ErrorKind::Invalid: return Words::tr("not what was announced");
    default: return kit::errorText(why);
    }
}

/// 0 … 1; below 0: nobody knows how large it is.
double share(const FileLook& look) { return look.file.bytes > 0 ? std::clamp(double(look.state.bytes) / double(look.file.bytes), 0.0, 1.0) : -1; }

QString actionIcon(const FileLook& look)
{
    if (look.sending)
        return {}; // the message has what can be done about it
    if (isMoving(look))
        return u"close"_s;
    return look.state.place == Place::Failed ? u"retry"_s : look.file.id.isEmpty() ? QString() : u"download"_s;
}

void progress(QPainter& painter, const QRectF& line, const Theme& theme, const FileLook& look)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Border));
    painter.drawRoundedRect(line, line.height() / 2, line.height() / 2);
    painter.setBrush(theme.color(Token::Accent));
    const double done = std::max(0.0, share(look));
    painter.drawRoundedRect(
        QRectF(line.left(), line.top(), std::max(line.height(), line.width() * done), line.height()), line.height() / 2, line.height() / 2);
}

} // namespace

QSize cardSize(const Theme& theme, int room)
{
    const int height = QFontMetrics(theme.font()).height() + QFontMetrics(theme.font(Theme::Type::Small)).height() + 2 * kPadding - 2;
    return {std::min(room, int(kCardWidth * std::max(1.0, theme.scale()))), height};
}

QSize pictureBox(const QSize& pixels, const Theme& theme, int room)
{
    const double scale = std::max(1.0, theme.scale());
    const QSize most(std::min(room, int(kPictureWidth * scale)), int(kPictureHeight * scale));
    const QSize fitted = pixels.width() > most.width() || pixels.height() > most.height() ? pixels.scaled(most, Qt::KeepAspectRatio) : pixels;
    return fitted.expandedTo({std::min(room, kSmallestSide), kSmallestSide});
}

QString fileWords(const FileLook& look)
{
    const QString size = look.file.bytes >= 0 ? kit::bytesText(look.file.bytes) : Words::tr("size not known");
    if (isMoving(look)) {
        const QString some
            = look.file.bytes > 0 ? Words::tr("%1 of %2").arg(kit::bytesText(look.state.bytes), size) : kit::bytesText(look.state.bytes);
        return look.sending ? Words::tr("sending · %1").arg(some) : Words::tr("loading · %1").arg(some);
    }
    if (look.state.place == Place::Failed)
        return look.state.why ? failureWords(*look.state.why) : Words::tr("could not be loaded");
    return look.broken ? Words::tr("%1 · cannot be shown").arg(size) : size;
}

QString spokenFile(const FileLook& look)
{
    const QString words = fileWords(look);
    if (isMoving(look) || look.state.place == Place::Failed || look.broken)
        return words;
    return look.state.place == Place::Here ? Words::tr("%1, loaded").arg(words) : Words::tr("%1, not loaded").arg(words);
}

void paintCard(QPainter& painter, const QRect& rect, const Theme& theme, const FileLook& look, double ratio)
{
    painter.setPen(theme.color(look.hovered ? Token::Accent : Token::Border));
    painter.setBrush(theme.color(Token::Inset));
    painter.drawRoundedRect(crisp(rect), Theme::kCardRadius, Theme::kCardRadius);

    const QFontMetrics body(theme.font());
    const QFontMetrics small(theme.font(Theme::Type::Small));
    const int icon = body.height();
    const QRect inside = rect.adjusted(kPadding, kPadding - 1, -kPadding, -kPadding + 1);
    painter.drawPixmap(inside.left(), inside.center().y() - icon / 2 + 1, kit::iconPixmap(u"file"_s, theme.color(Token::Muted), icon, ratio));
    const QString action = actionIcon(look);
    if (!action.isEmpty())
        painter.drawPixmap(inside.right() - icon, inside.center().y() - icon / 2 + 1,
            kit::iconPixmap(action, theme.color(look.hovered ? Token::Text : Token::Muted), icon, ratio));
    const QRect words = inside.adjusted(icon + 10, 0, action.isEmpty() ? 0 : -icon - 10, 0);
    painter.setFont(theme.font());
    painter.setPen(theme.color(Token::Text, Token::Inset));
    painter.drawText(QRect(words.left(), words.top(), words.width(), body.height()), Qt::AlignLeft | Qt::AlignVCenter,
        body.elidedText(chat::safeFileName(look.file.name), Qt::ElideMiddle, words.width())); // what it ends with says what it is
    const bool failed = look.state.place == Place::Failed;
    painter.setFont(theme.font(Theme::Type::Small));
    painter.setPen(theme.color(failed ? Token::Danger : Token::Muted, Token::Inset));
    painter.drawText(QRect(words.left(), words.bottom() - small.height() + 1, words.width(), small.height()), Qt::AlignLeft | Qt::AlignVCenter,
        small.elidedText(fileWords(look), Qt::ElideRight, words.width()));
    if (isMoving(look))
        progress(painter, QRectF(rect.left() + kPadding, rect.bottom() - 4, rect.width() - 2 * kPadding, 2), theme, look);
}

void paintPicture(QPainter& painter, const QRect& rect, const Theme& theme, const FileLook& look, double ratio)
{
    QPainterPath shape;
    shape.addRoundedRect(crisp(rect), Theme::kCardRadius, Theme::kCardRadius);
    painter.fillPath(shape, theme.color(Token::Inset));
    if (!look.picture.isNull()) {
        painter.save();
        painter.setClipPath(shape, Qt::IntersectClip);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        const QSize size = look.picture.size().scaled(rect.size(), Qt::KeepAspectRatio).boundedTo(look.picture.size());
        painter.drawImage(QRect(rect.center() - QPoint(size.width() / 2, size.height() / 2), size), look.picture);
        painter.restore();
    } else {
        const QFontMetrics small(theme.font(Theme::Type::Small));
        const int icon = QFontMetrics(theme.font()).height();
        const bool failed = look.state.place == Place::Failed || look.broken;
        QRect middle(rect.left() + 6, rect.center().y() - (icon + small.height() + 4) / 2, rect.width() - 12, icon + small.height() + 4);
        painter.drawPixmap(middle.center().x() - icon / 2, middle.top(),
            kit::iconPixmap(failed ? u"warning"_s : u"file"_s, theme.color(failed ? Token::Warning : Token::Muted), icon, ratio));
        painter.setFont(theme.font(Theme::Type::Small));
        painter.setPen(theme.color(Token::Muted, Token::Inset));
        if (middle.height() <= rect.height())
            painter.drawText(QRect(middle.left(), middle.bottom() - small.height() + 1, middle.width(), small.height()), Qt::AlignCenter,
                small.elidedText(fileWords(look), Qt::ElideRight, middle.width()));
    }
    painter.setPen(theme.color(look.hovered ? Token::Accent : Token::Border));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);
    if (isMoving(look))
        progress(painter, QRectF(rect.left() + 8, rect.bottom() - 9, rect.width() - 16, 3), theme, look);
}

} // namespace ridealong::timelineview
