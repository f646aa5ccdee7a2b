// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "roomview/persondelegate.h"

#include "kit/theme.h"

#include <QListWidget>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ridealong::roomview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kSide = 8; // px to the frame
constexpr int kGap = 8; // between two parts of a row
constexpr int kChipSide = 6;

void drawPart(QPainter& painter, const QRect& rect, const QFont& font, const QColor& color, const QString& text)
{
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(
        rect, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
}

} // namespace

PersonDelegate::PersonDelegate(QListWidget& list, Theme& theme) : QStyledItemDelegate(&list), m_theme(theme)
{
    list.setProperty("framed", true);
    list.setItemDelegate(this);
    list.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&theme, &Theme::changed, this, [&list] { list.doItemsLayout(); });
}

QSize PersonDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {0, QFontMetrics(m_theme.font(Theme::Type::Body, true)).height() + 2 * m_theme.rowPaddingV()};
}

void PersonDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
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
    const QColor less = m_theme.color(chosen ? Token::Text : Token::Muted, ground);
    const QFont strong = m_theme.font(Theme::Type::Body, true), small = m_theme.font(Theme::Type::Small);
    QRect room = option.rect.adjusted(kSide, 0, -kSide, 0);
    if (const QString rank = index.data(RankRole).toString(); !rank.isEmpty()) {
        const QFontMetrics metrics(small);
        QRectF chip(0, 0, metrics.horizontalAdvance(rank) + 2 * kChipSide, metrics.height() + 4);
        chip.moveCenter(QRectF(room).center());
        chip.moveRight(room.right());
        painter->setPen(m_theme.color(chosen ? Token::Text : Token::Border, ground));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), Theme::kChipRadius, Theme::kChipRadius);
        drawPart(*painter, chip.toRect().adjusted(kChipSide, 0, 0, 0), small, less, rank);
        room.setRight(int(chip.left()) - kGap);
    }
    const QString name = index.data(Qt::DisplayRole).toString(), more = index.data(MoreRole).toString();
    drawPart(*painter, room, strong, m_theme.color(Token::Text, ground), name);
    room.setLeft(room.left() + QFontMetrics(strong).horizontalAdvance(name) + kGap);
    if (room.width() > 0)
        drawPart(*painter, room, small, less, more);
    painter->restore();
}

} // namespace ridealong::roomview
