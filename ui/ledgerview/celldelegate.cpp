// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ledgerview/celldelegate.h"

#include "kit/rowpainter.h"
#include "kit/stateicon.h"

#include <QPainter>

namespace ridealong::ledgerview {

using kit::RowPainter;
using kit::Theme;
using kit::Token;

namespace {

constexpr int kSide = 12; ///< as the words of a header stand from its edge
constexpr int kGap = 8; ///< between two pieces
constexpr double kBarEms = 3.2; ///< length of a share's bar, in widths of an M

} // namespace

CellDelegate::CellDelegate(const CellModel& model, Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_model(model), m_theme(theme) {}

QFont CellDelegate::fontOf(const Cell& cell, Theme::Type type) const { return cell.mono ? m_theme.mono(type) : m_theme.font(type, cell.strong); }

QColor CellDelegate::color(Token token, bool selected) const { return selected ? m_theme.color(token, Token::Selection) : m_theme.color(token); }

int CellDelegate::signWidth(const Cell& cell, const QFont& font) const
{
    const QFontMetrics metrics(font);
    if (cell.percent)
        return int(kBarEms * metrics.height() * 0.8) + kGap;
    return cell.state ? metrics.ascent() + kGap - 2 : 0;
}

int CellDelegate::widthOf(const Cell& cell) const
{
    const QFont font = fontOf(cell, Theme::Type::Body);
    return signWidth(cell, font) + QFontMetrics(font).horizontalAdvance(cell.text) + 2 * kSide + 1;
}

int CellDelegate::headerWidthOf(const Column& column) const
{
    return QFontMetrics(m_theme.font(Theme::Type::Small, true)).horizontalAdvance(column.title) + 2 * kSide + 16; // and the arrow
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    const int body = std::max(QFontMetrics(m_theme.font()).height(), QFontMetrics(m_theme.mono()).height());
    const int one = body + 2 * m_theme.rowPaddingV() - 2;
    if (!m_isCards)
        return {0, one};
    return {0, body + QFontMetrics(m_theme.font(Theme::Type::Small)).height() + RowPainter::kBetween + 2 * m_theme.rowPaddingV()};
}

/// In `rect`: the state's sign, or the bar of a share.
void CellDelegate::drawSign(QPainter& painter, const QRect& rect, const Cell& cell, bool selected) const
{
    if (cell.state) {
        chat::RunReport report;
        report.state = *cell.state;
        const int side = std::min(rect.width(), rect.height());
        kit::paintStateIcon(painter, QRectF(rect.left(), rect.center().y() - side / 2.0 + 0.5, side, side), report, color(cell.token, selected));
        return;
    }
    constexpr int kThick = 4;
    QRectF groove(rect.left(), rect.center().y() - kThick / 2 + 0.5, rect.width(), kThick);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Token::Border));
    painter.drawRoundedRect(groove, kThick / 2.0, kThick / 2.0);
    groove.setWidth(groove.width() * cell.percent.value_or(0) / 100);
    painter.setBrush(cell.token == Token::Danger ? m_theme.color(Token::Danger) : m_theme.color(Token::Success));
    if (groove.width() > 0)
        painter.drawRoundedRect(groove, kThick / 2.0, kThick / 2.0);
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (!index.isValid() || index.row() >= m_model.rowCount())
        return;
    if (m_isCards)
        paintCard(*painter, option, index.row());
    else
        paintCell(*painter, option, index);
}

void CellDelegate::paintCell(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Column& column = m_model.columns()[index.column()];
    const Cell cell = m_model.cell(index.row(), index.column());
    const bool selected = option.state & QStyle::State_Selected;
    painter.save();
    if (selected || option.state & QStyle::State_MouseOver)
        painter.fillRect(option.rect, m_theme.color(selected ? Token::Selection : Token::Raised));
    if (index.column() == 0)
        if (const QString environment = m_model.environment(index.row()); !environment.isEmpty())
            painter.fillRect(QRect(option.rect.left() + 3, option.rect.top() + 4, 3, option.rect.height() - 8), m_theme.environment(environment));
    QRect room = option.rect.adjusted(kSide, 0, -kSide, 0);
    const QFont font = fontOf(cell, Theme::Type::Body);
    const QFontMetrics metrics(font);
    if (const int sign = signWidth(cell, font); sign > 0) {
        const int width = sign - (cell.state ? kGap - 2 : kGap);
        drawSign(painter, {room.left(), option.rect.top(), width, option.rect.height()}, cell, selected);
        room.setLeft(room.left() + sign);
    }
    painter.setFont(font);
    painter.setPen(color(cell.token, selected));
    painter.drawText(room, int(Qt::AlignVCenter | (column.isNumber ? Qt::AlignRight : Qt::AlignLeft)) | Qt::TextSingleLine,
        metrics.elidedText(cell.text, Qt::ElideRight, room.width()));
    painter.restore();
}

void CellDelegate::paintCard(QPainter& painter, const QStyleOptionViewItem& option, int row) const
{
    const Card card = m_model.card(row);
    RowPainter line(painter, m_theme, option);
    line.drawBar(m_model.environment(row));
    const QFont title = fontOf(card.title, Theme::Type::Body);
    const QFont small = m_theme.font(Theme::Type::Small);
    const bool selected = line.isSelected();
    line.nextLine(std::max(QFontMetrics(m_theme.font()).height(), QFontMetrics(title).height()));
    line.right(card.titleEnd.text, small, card.titleEnd.token);
    line.left(card.title.text, title, card.title.token);
    line.nextLine(QFontMetrics(small).height());
    line.right(card.footEnd.text, small, card.footEnd.token);
    for (const Cell& cell : card.foot) {
        if (const int sign = signWidth(cell, small); sign > 0 && line.room() > sign) {
            const int width = sign - (cell.state ? kGap - 2 : kGap);
            painter.save();
            drawSign(painter, {line.corner(), QSize(width, QFontMetrics(small).height())}, cell, selected);
            painter.restore();
            line.skip(sign);
        }
        line.left(cell.text, small, cell.token);
    }
}

} // namespace ridealong::ledgerview
