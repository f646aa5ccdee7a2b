// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/rowdelegate.h"

#include "kit/theme.h"

#include <QListWidget>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kSide = 8; ///< px to the frame
constexpr int kGap = 8; ///< between two parts of a row
constexpr int kLeading = 2; ///< between the two lines
constexpr qreal kDot = 4; ///< radius

void drawPart(
    QPainter& painter, const QRect& rect, const QFont& font, const QColor& color, const QString& text, Qt::Alignment alignment = Qt::AlignLeft)
{
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
}

} // namespace

RowDelegate::RowDelegate(QListWidget& list, Theme& theme, Lines lines) : QStyledItemDelegate(&list), m_theme(theme), m_lines(lines)
{
    list.setProperty("framed", true);
    list.setItemDelegate(this);
    list.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&theme, &Theme::changed, this, [&list] { list.doItemsLayout(); });
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    int height = QFontMetrics(m_theme.font(Theme::Type::Body, true)).height() + m_theme.rowPaddingV();
    if (m_lines == Lines::Two)
        height += QFontMetrics(m_theme.font(Theme::Type::Small)).height() + kLeading + m_theme.rowPaddingV() / 2;
    return {0, height};
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool chosen = option.state & QStyle::State_Selected;
    const Token ground = chosen ? Token::Selection : Token::Panel;
    if (chosen) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(Token::Selection));
        painter->drawRoundedRect(option.rect, Theme::kChipRadius, Theme::kChipRadius);
    }
    const bool enabled = option.state & QStyle::State_Enabled;
    const QColor ink = m_theme.color(enabled ? Token::Text : Token::Faint, ground);
    const QColor less = m_theme.color(chosen ? Token::Text : enabled ? Token::Muted : Token::Faint, ground);
    const QFont strong = m_theme.font(Theme::Type::Body, true), small = m_theme.font(Theme::Type::Small);
    QRect room = option.rect.adjusted(kSide, 0, -kSide, 0);
    if (const QVariant dot = index.data(DotRole); dot.isValid()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(Token(dot.toInt()), ground));
        painter->drawEllipse(QPointF(room.left() + kDot, room.center().y() + 0.5), kDot, kDot);
        room.setLeft(room.left() + int(2 * kDot) + kGap);
    }
    if (const QString trailing = index.data(TrailingRole).toString(); !trailing.isEmpty()) {
        drawPart(*painter, room, small, less, trailing, Qt::AlignRight);
        room.setRight(room.right() - QFontMetrics(small).horizontalAdvance(trailing) - kGap);
    }
    const QString name = index.data(Qt::DisplayRole).toString();
    const QString more = index.data(MoreRole).toString();
    if (m_lines == Lines::Two) {
        const int nameHeight = QFontMetrics(strong).height(), moreHeight = QFontMetrics(small).height();
        const int top = room.top() + (room.height() - nameHeight - kLeading - moreHeight) / 2;
        drawPart(*painter, {room.left(), top, room.width(), nameHeight}, strong, ink, name);
        drawPart(*painter, {room.left(), top + nameHeight + kLeading, room.width(), moreHeight}, small, less, more);
    } else {
        drawPart(*painter, room, strong, ink, name);
        room.setLeft(room.left() + QFontMetrics(strong).horizontalAdvance(name) + kGap);
        if (room.width() > 0)
            drawPart(*painter, room, small, less, more);
    }
    painter->restore();
}

} // namespace ridealong::accountdialogs
