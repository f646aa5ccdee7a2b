// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/rowpainter.h"

#include <QPainter>
#include <QStyleOptionViewItem>

namespace ridealong::kit {

namespace {

constexpr int kGap = 8; ///< between two pieces of a line
constexpr int kBarLeft = 8;
constexpr int kBarWidth = 3;

} // namespace

RowPainter::RowPainter(QPainter& painter, const Theme& theme, const QStyleOptionViewItem& option)
    : m_painter(painter),
      m_theme(theme),
      m_row(option.rect),
      m_selected(option.state & QStyle::State_Selected),
      m_focused(option.state & QStyle::State_HasFocus)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_selected || option.state & QStyle::State_MouseOver)
        painter.fillRect(m_row, theme.color(m_selected ? Token::Selection : Token::Raised));
}

RowPainter::~RowPainter()
{
    if (m_focused) {
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_theme.color(Token::Accent), 2));
        m_painter.drawRect(m_row.adjusted(1, 1, -1, -1));
    }
    m_painter.restore();
}

void RowPainter::drawBar(const QString& environment)
{
    if (environment.isEmpty())
        return;
    const int padding = m_theme.rowPaddingV();
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.environment(environment));
    m_painter.drawRoundedRect(QRectF(kBarLeft, m_row.top() + padding, kBarWidth, m_row.height() - 2 * padding), kBarWidth / 2.0, kBarWidth / 2.0);
}

void RowPainter::nextLine(int height)
{
    const int top = std::exchange(m_begun, true) ? m_line.bottom() + 1 + kBetween : m_row.top() + m_theme.rowPaddingV();
    m_line = QRect(m_row.left() + kTextLeft, top, textWidth(m_row.width()), height);
}

void RowPainter::left(const QString& text, const QFont& font, Token token, int most)
{
    if (m_line.width() <= 0 || text.isEmpty())
        return;
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, std::min(most, m_line.width()));
    m_painter.setFont(font);
    m_painter.setPen(color(token));
    m_painter.drawText(m_line, Qt::AlignVCenter | Qt::TextSingleLine, shown);
    m_line.setLeft(m_line.left() + metrics.horizontalAdvance(shown) + kGap);
}

void RowPainter::right(const QString& text, const QFont& font, Token token)
{
    m_painter.setFont(font);
    m_painter.setPen(color(token));
    m_painter.drawText(m_line, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, text);
    m_line.setRight(m_line.right() - QFontMetrics(font).horizontalAdvance(text) - kGap);
}

} // namespace ridealong::kit
