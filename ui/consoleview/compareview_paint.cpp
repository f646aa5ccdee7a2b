// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How a comparison looks: numbers, signs, texts in their colours, changed words on a ground of their own.
#include "consoleview/compareview.h"
#include "consoleview/readline.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Theme;
using kit::Token;
using Kind = console::Comparison::Kind;

namespace {

constexpr double kRowTint = 0.10; ///< how much of a colour the ground of a row takes
constexpr double kWordTint = 0.28; ///< and that of a changed word
constexpr double kHatch = 0.3;
constexpr int kPadding = 8;
constexpr int kBarWidth = 3; ///< beside the current change

Token tokenOf(Kind kind)
{
    switch (kind) {
    case Kind::Removed: return Token::Danger;
    case Kind::Added: return Token::Success;
    case Kind::Changed: return Token::Warning;
    case Kind::Same: break;
    }
    return Token::Faint;
}

QString signOf(Kind kind)
{
    switch (kind) {
    case Kind::Removed: return u"−"_s;
    case Kind::Added: return u"+"_s;
    case Kind::Changed: return u"~"_s;
    case Kind::Same: break;
    }
    return {};
}

/// What can be in sight of a line: one that is not ASCII is looked at from its beginning, so not all of it.
QByteArrayView inSight(const console::Line& line, int columns)
{
    constexpr qsizetype kBytesPerColumn = 8;
    const qsizetype most = qsizetype(columns + 8) * kBytesPerColumn;
    const bool isCheap = !(line.flags & (console::Line::NonAscii | console::Line::Tabs));
    if (isCheap || line.text.size() <= most)
        return line.text;
    qsizetype end = most;
    while (end > 0 && (quint8(line.text[end]) & 0xc0) == 0x80)
        --end;
    return line.text.first(end);
}

} // namespace

struct CompareView::Places
{
    int gutter = 0; ///< width
    int half = 0; ///< width of the left side; the right one takes the rest
    QRect sideOf(Side side, const QRect& row) const
    {
        return side == Side::Left ? QRect(row.left(), row.top(), half, row.height())
                                  : QRect(row.left() + half + 1, row.top(), row.width() - half - 1, row.height());
    }
};

CompareView::Places CompareView::places() const
{
    Places places;
    places.half = (viewport()->width() - 1) / 2;
    places.gutter = int((m_digits + 2) * m_grid.cellWidth()) + 2 * kPadding;
    return places;
}

int CompareView::textColumns() const
{
    const Places at = places();
    return std::max(1, int((at.half - at.gutter - kPadding) / m_grid.cellWidth()));
}

void CompareView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.color(Token::Inset));
    m_paintedRows = 0;
    const Places at = places();
    const qint64 first = firstShown();
    const qint64 end = std::min(m_rows.count(), (verticalScrollBar()->value() + qint64(viewport()->height())) / m_grid.rowHeight() + 1);
    if (m_left && m_right)
        for (const Side side : {Side::Left, Side::Right})
            paintSide(painter, at, side, first, end);
    painter.fillRect(QRect(at.half, 0, 1, viewport()->height()), m_theme.color(Token::Border));
    const int change = currentChange();
    for (qint64 shown = first; shown < end; ++shown) {
        ++m_paintedRows;
        const auto row = m_rows.at(shown);
        const QRect rect = rectOf(shown);
        if (row.folded > 0)
            paintFold(painter, rect, row.folded);
        if (change >= 0 && row.row >= m_rows.changes()[size_t(change)].first && row.row <= m_rows.changes()[size_t(change)].last)
            painter.fillRect(QRect(0, rect.top(), kBarWidth, rect.height()), m_theme.color(Token::Accent));
        if (shown == m_current && hasFocus()) {
            painter.setPen(m_theme.color(Token::Accent));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(rect.adjusted(0, 0, -1, -1));
        }
    }
}

void CompareView::paintSide(QPainter& painter, const Places& at, Side side, qint64 first, qint64 end)
{
    const QRect all = at.sideOf(side, viewport()->rect());
    painter.save();
    for (qint64 shown = first; shown < end; ++shown) {
        const auto row = m_rows.at(shown);
        if (row.folded > 0)
            continue;
        const Row& compared = m_rows.comparison()->rows[size_t(row.row)];
        const QRect half = at.sideOf(side, rectOf(shown));
        paintGround(painter, half, compared, side);
        paintNumber(painter, QRect(half.left(), half.top(), at.gutter, half.height()), compared, side);
    }
    painter.setClipRect(all.adjusted(at.gutter, 0, 0, 0));
    for (qint64 shown = first; shown < end; ++shown) {
        const auto row = m_rows.at(shown);
        if (row.folded == 0)
            paintText(painter, at.sideOf(side, rectOf(shown)).adjusted(at.gutter, 0, 0, 0), m_rows.comparison()->rows[size_t(row.row)], side);
    }
    m_grid.flush(painter);
    painter.restore();
}

void CompareView::paintGround(QPainter& painter, const QRect& half, const Row& row, Side side) const
{
    if (row.kind == Kind::Same)
        return;
    const bool isThere = (side == Side::Left ? row.left : row.right) >= 0;
    const QColor inset = m_theme.color(Token::Inset);
    if (isThere) {
        painter.fillRect(half, blend(inset, m_theme.color(tokenOf(row.kind)), kRowTint));
        return;
    }
    // Hatched: nothing is here, not even an empty line.
    painter.fillRect(half, m_theme.color(Token::Panel));
    painter.fillRect(half, QBrush(blend(m_theme.color(Token::Panel), m_theme.color(Token::Faint), kHatch), Qt::BDiagPattern));
}

void CompareView::paintNumber(QPainter& painter, const QRect& gutter, const Row& row, Side side) const
{
    const qint32 line = side == Side::Left ? row.left : row.right;
    if (line < 0)
        return;
    painter.setFont(m_theme.mono());
    painter.setPen(m_theme.color(row.kind == Kind::Same ? Token::Faint : Token::Muted));
    const int cell = int(m_grid.cellWidth());
    const QRect number = gutter.adjusted(kPadding, 0, -kPadding - 2 * cell, 0);
    painter.drawText(number, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, QString::number(line + 1));
    painter.setPen(m_theme.color(tokenOf(row.kind)));
    painter.drawText(QRect(number.right() + 1 + cell / 2, gutter.top(), 2 * cell, gutter.height()),
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, signOf(row.kind));
}

void CompareView::paintText(QPainter& painter, const QRect& text, const Row& row, Side side)
{
    const qint32 index = side == Side::Left ? row.left : row.right;
    if (index < 0)
        return;
    const auto& store = side == Side::Left ? *m_left : *m_right;
    const ReadLine line(store, index);
    const int from = horizontalScrollBar()->value();
    const int to = from + int(text.width() / m_grid.cellWidth()) + 2;
    if (line->flags & console::Line::Truncated) {
        painter.setFont(m_theme.font(Theme::Type::Small));
        painter.setPen(m_theme.color(Token::Warning));
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, tr("output is missing here"));
        return;
    }
    const QByteArrayView shown = inSight(*line, to);
    const LineGrid grid = shown.size() == line->text.size() ? LineGrid(*line) : LineGrid(shown, false);
    const auto& comparison = *m_rows.comparison();
    const auto marks = side == Side::Left ? comparison.leftMarks(row) : comparison.rightMarks(row);
    const QColor ground = blend(m_theme.color(Token::Inset), m_theme.color(tokenOf(row.kind)), kWordTint);
    for (const auto& mark : marks) {
        // The line may be shorter by now.
        const int begin = std::min(int(mark.byte), int(shown.size()));
        const int end = std::min(int(mark.byte + mark.length), int(shown.size()));
        const int firstColumn = std::clamp(grid.columnOfByte(begin), from, to);
        const int lastColumn = std::clamp(grid.columnOfByte(end), from, to);
        painter.fillRect(QRectF(text.left() + (firstColumn - from) * m_grid.cellWidth(), text.top(), (lastColumn - firstColumn) * m_grid.cellWidth(),
                             text.height()),
            ground);
    }
    const auto shaping = line->flags & console::Line::Complex ? TextGrid::Shaping::Whole : TextGrid::Shaping::Runs;
    m_grid.paint(painter, text.topLeft(), shown, grid, styleSpans(store, *line, m_theme), from, to, shaping);
}

void CompareView::paintFold(QPainter& painter, const QRect& rect, qint64 folded) const
{
    painter.fillRect(rect, m_theme.color(Token::Raised));
    painter.setPen(m_theme.color(Token::Border));
    painter.drawLine(rect.topLeft(), rect.topRight());
    painter.drawLine(rect.bottomLeft(), rect.bottomRight());
    painter.setFont(m_theme.font(Theme::Type::Small));
    painter.setPen(m_theme.color(Token::Muted));
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, tr("… %Ln equal line(s)", nullptr, int(folded)));
}

} // namespace ridealong::consoleview
