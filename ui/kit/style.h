// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

#include <QProxyStyle>
#include <QStyleOption>

namespace ridealong::kit {

/// What a palette cannot say: docks, tabs, scroll bars, menus, tool tips, inputs, buttons, the focus ring. Fusion does the rest. A style
/// instead of a style sheet, because a sheet keeps 6 kB of rules for every part of every widget and is matched against each of them at start.
///
/// Widgets say what they are by a dynamic property, set before they are shown:
/// `primary` (QPushButton) is the accent one, `danger` the one that destroys; `input` (a text or a list) is a field to fill in;
/// `framed` (list, table, QToolButton) has a border of its own; `chip` (QLabel) has one in the colour of its words.
class Style final : public QProxyStyle
{
    Q_OBJECT
public:
    /// Colours and sizes are taken now: a theme that changes makes a new style.
    explicit Style(const Theme& theme);

    const ThemeColors& colors() const { return m_colors; }

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* more) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents, const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const override;
    QIcon standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const override;

private:
    static bool is(const QWidget* widget, const char* property);
    QColor color(Token token) const { return m_colors[token]; }
    int scaled(int pixels) const;
    QRect scrollBarPart(const QStyleOptionSlider& bar, SubControl part) const;

    void drawInput(const QStyleOption& option, QPainter& painter) const;
    enum class Mark { Box, Field, Round }; ///< a check box, one in a list to fill in, a radio button
    void drawMark(const QStyleOption& option, QPainter& painter, Mark mark) const;
    void drawFrame(const QStyleOption& option, QPainter& painter, const QWidget* widget) const;
    void drawPushButton(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget) const;
    void drawHeader(const QStyleOptionHeader& option, QPainter& painter, const QWidget* widget) const;
    void drawTab(const QStyleOptionTab& option, QPainter& painter, const QWidget* widget) const;
    void drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget) const;
    void drawMenuBarItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget) const;
    void drawProgress(const QStyleOptionProgressBar& option, QPainter& painter, const QWidget* widget) const;
    void drawDockTitle(const QStyleOptionDockWidget& option, QPainter& painter, const QWidget* widget) const;
    void drawComboText(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget) const;
    void drawScrollBar(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const;
    void drawToolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget) const;
    void drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter, const QWidget* widget) const;

    ThemeColors m_colors;
    double m_scale;
};

} // namespace ridealong::kit
