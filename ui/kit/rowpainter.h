// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

#include <QRect>

class QPainter;
class QStyleOptionViewItem;

namespace ridealong::kit {

/// Paints one row of a list whose rows have several lines: its ground, the bar of an environment, lines of text that are filled from
/// both sides, and last, when it goes, the frame of the focus.
class RowPainter
{
public:
    static constexpr int kTextLeft = 20;
    static constexpr int kTextRight = 12;
    static constexpr int kBetween = 2; ///< two lines

    RowPainter(QPainter& painter, const Theme& theme, const QStyleOptionViewItem& option);
    ~RowPainter();
    Q_DISABLE_COPY_MOVE(RowPainter)

    /// How wide a line of text is in a row that is `rowWidth` wide.
    static int textWidth(int rowWidth) { return rowWidth - kTextLeft - kTextRight; }

    bool isSelected() const { return m_selected; }
    QColor color(Token token) const { return m_selected ? m_theme.color(token, Token::Selection) : m_theme.color(token); }
    /// Nothing for no environment.
    void drawBar(const QString& environment);

    /// Goes to the line below, the first time to the first.
    void nextLine(int height);
    QPoint corner() const { return m_line.topLeft(); } ///< of the line, where its next piece on the left begins
    /// A piece behind those on the left, elided to what is left of the line and to `most` pixels.
    void left(const QString& text, const QFont& font, Token token, int most = QWIDGETSIZE_MAX);
    /// A piece before those on the right, whole.
    void right(const QString& text, const QFont& font, Token token);
    int room() const { return m_line.width(); } ///< what is left of the line
    void skip(int width) { m_line.setLeft(m_line.left() + width); } ///< something else was drawn at corner()

private:
    QPainter& m_painter;
    const Theme& m_theme;
    QRect m_row;
    QRect m_line;
    bool m_selected;
    bool m_focused;
    bool m_begun = false;
};

} // namespace ridealong::kit
