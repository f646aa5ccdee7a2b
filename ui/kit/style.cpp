// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Sizes and places. What they look like is in stylepainting.cpp.
#include "kit/style.h"

#include "kit/icons.h"

#include <QAbstractScrollArea>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTabBar>
#include <QToolTip>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ridealong::kit {

namespace {

// A line of one pixel is part of each.
constexpr QMargins kInputMargins{9, 6, 9, 6};
constexpr QMargins kButtonMargins{13, 6, 13, 6};
constexpr QMargins kFieldMargins{5, 5, 5, 5}; ///< of a text or a list to fill in
constexpr QMargins kChipMargins{7, 2, 7, 2};
constexpr int kSteps = 24; ///< width of a spin box's buttons and of a combo box's arrow
constexpr int kMark = 16; ///< side of a check box
constexpr int kScrollBar = 12;
constexpr int kSeparator = 9; ///< of a menu: a line and the room around it

bool isOfComboBox(const QWidget* view) { return view && view->parentWidget() && view->parentWidget()->inherits("QComboBoxPrivateContainer"); }

QSize operator+(const QSize& size, const QMargins& margins) { return size.grownBy(margins); }

} // namespace

Style::Style(const Theme& theme) : QProxyStyle(QStyleFactory::create(u"Fusion"_s)), m_colors(theme.colors()), m_scale(theme.scale()) {}

bool Style::is(const QWidget* widget, const char* property) { return widget && widget->property(property).toBool(); }

int Style::scaled(int pixels) const { return int(std::lround(pixels * m_scale)); }

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    const auto ground = [](QWidget* of, const QColor& color) {
        QPalette palette = of->palette();
        palette.setColor(QPalette::Base, color);
        palette.setColor(QPalette::Window, color);
        of->setPalette(palette);
    };
    if (auto* button = qobject_cast<QPushButton*>(widget)) {
        const bool strong = is(button, "primary") || is(button, "danger");
        if (strong != (button->font().weight() >= QFont::DemiBold)) {
            QFont font;
            font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
            button->setFont(font); // all else is inherited
        }
    } else if (auto* tabs = qobject_cast<QTabBar*>(widget)) {
        tabs->setDrawBase(false);
        tabs->setAttribute(Qt::WA_Hover);
        if (qobject_cast<QMainWindow*>(tabs->parentWidget())) { // names of docks are scrolled, never cut
            tabs->setElideMode(Qt::ElideNone);
            tabs->setUsesScrollButtons(true);
        }
    } else if (auto* frame = qobject_cast<QFrame*>(widget); frame && (is(frame, "input") || is(frame, "framed") || is(frame, "chip"))) {
        frame->setFrameShape(QFrame::StyledPanel); // its margins are asked for anew
        if (is(frame, "input"))
            ground(frame, color(Token::Inset));
        else if (is(frame, "framed"))
            ground(frame, color(Token::Panel));
    } else if (qobject_cast<QScrollBar*>(widget)) {
        widget->setAttribute(Qt::WA_OpaquePaintEvent, false); // stands on what its view stands on
    } else if (widget->objectName() == "qt_calendar_calendarview"_L1) {
        ground(widget, color(Token::Panel)); // days that cannot be chosen too
    } else if (widget->inherits("QComboBoxPrivateContainer")) {
        ground(widget, color(Token::Raised));
    } else if (widget->objectName() == "qt_calendar_navigationbar"_L1) {
        widget->setBackgroundRole(QPalette::Window);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_DockWidgetSeparatorExtent:
    case PM_DefaultFrameWidth:
    case PM_ComboBoxFrameWidth:
    case PM_SpinBoxFrameWidth:
    case PM_MenuPanelWidth: return 1;
    case PM_DockWidgetTitleMargin: return 6;
    case PM_CheckBoxLabelSpacing: return 9; // counted from the last pixel of the box
    case PM_TabBarTabHSpace: return 24;
    case PM_TabBarTabVSpace: return 18;
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
    case PM_MenuBarPanelWidth:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ButtonDefaultIndicator: return 0;
    case PM_TabBarScrollButtonWidth: return 8 + scaled(10);
    case PM_ToolBarExtensionExtent: return scaled(24);
    case PM_ScrollBarExtent: return kScrollBar;
    case PM_ScrollBarSliderMin: return 32;
    case PM_MenuBarVMargin: return 2;
    case PM_MenuBarHMargin:
    case PM_MenuBarItemSpacing:
    case PM_DockWidgetTitleBarButtonMargin:
    case PM_MenuHMargin:
    case PM_MenuVMargin:
    case PM_ToolTipLabelFrameWidth: return 4;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return scaled(kMark);
    case PM_HeaderMargin: return 6;
    case PM_FocusFrameHMargin: // how far words stand from the edge of their cell
        if (is(widget, "framed") && widget->inherits("QTableView"))
            return 11;
        if (isOfComboBox(widget))
            return 8;
        return QProxyStyle::pixelMetric(metric, option, widget);
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* more) const
{
    switch (hint) {
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, more);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents, const QWidget* widget) const
{
    switch (type) {
    case CT_PushButton: {
        const QSize size = contents + kButtonMargins;
        return widget && qobject_cast<const QDialogButtonBox*>(widget->parentWidget()) ? size.expandedTo({scaled(72), 0}) : size;
    }
    case CT_ToolButton: {
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        const int side = button && button->toolButtonStyle == Qt::ToolButtonIconOnly && !button->icon.isNull() ? 4 : 6;
        return contents + QMargins(side, 4, side, 4);
    }
    case CT_LineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth == 0)
            return contents;
        return contents + kInputMargins;
    case CT_ComboBox:
    case CT_SpinBox: return contents + kInputMargins + QMargins(0, 0, scaled(kSteps), 0);
    case CT_MenuBarItem: return contents + QMargins(8, 4, 8, 4);
    case CT_MenuItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (!item)
            break;
        if (item->menuItemType == QStyleOptionMenuItem::Separator)
            return {contents.width(), kSeparator};
        QSize size = contents + QMargins(12, 6, 24, 6);
        if (item->menuHasCheckableItems)
            size.rwidth() += scaled(kMark) + 8;
        if (item->maxIconWidth > 0)
            size.rwidth() += item->maxIconWidth + 8;
        if (item->text.contains(u'\t'))
            size.rwidth() += 24; // between the words and the keys
        return size;
    }
    case CT_HeaderSection: return QProxyStyle::sizeFromContents(type, option, contents, widget) + QMargins(6, 0, 6, 0);
    case CT_ItemViewItem: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return is(widget, "input") || isOfComboBox(widget) ? size + QMargins(4, 4, 4, 4) : size;
    }
    case CT_ProgressBar: return {contents.width(), 4};
    case CT_TabBarTab: return contents;
    default: break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    const QRect& rect = option->rect;
    switch (element) {
    case SE_LineEditContents:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth == 0)
            return rect;
        return rect - kInputMargins;
    case SE_ShapedFrameContents:
        if (is(widget, "chip"))
            return rect - kChipMargins;
        if (is(widget, "input") || (is(widget, "framed") && widget->inherits("QListView")))
            return rect - kFieldMargins;
        if (is(widget, "framed"))
            return rect - QMargins(1, 1, 1, 1);
        if (qobject_cast<const QAbstractScrollArea*>(widget))
            return rect;
        break;
    case SE_TabWidgetTabContents: return subElementRect(SE_TabWidgetTabPane, option, widget);
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
    case SE_ProgressBarLabel: return rect;
    case SE_HeaderLabel: {
        const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
        const int arrow = header && header->sortIndicator != QStyleOptionHeader::None ? 16 : 0;
        return visualRect(option->direction, rect, rect.adjusted(12, 0, -12 - arrow, 0));
    }
    case SE_HeaderArrow: return visualRect(option->direction, rect, {rect.right() - 22, rect.center().y() - 5, 10, 10});
    default: break;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const
{
    const QRect& rect = option->rect;
    const QRect steps{rect.right() - scaled(kSteps), rect.top() + 1, scaled(kSteps), rect.height() - 2};
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar)
        return visualRect(option->direction, rect, scrollBarPart(*bar, part));
    if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option); box && control == CC_ComboBox) {
        switch (part) {
        case SC_ComboBoxEditField:
            return visualRect(option->direction, rect, (rect - kInputMargins).adjusted(0, 0, -scaled(kSteps) + kInputMargins.right() - 1, 0));
        case SC_ComboBoxArrow: return visualRect(option->direction, rect, steps);
        default: return rect;
        }
    }
    if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option); box && control == CC_SpinBox) {
        const bool without = box->buttonSymbols == QAbstractSpinBox::NoButtons;
        switch (part) {
        case SC_SpinBoxUp: return without ? QRect() : visualRect(option->direction, rect, steps.adjusted(0, 0, 0, -steps.height() / 2));
        case SC_SpinBoxDown: return without ? QRect() : visualRect(option->direction, rect, steps.adjusted(0, steps.height() / 2, 0, 0));
        case SC_SpinBoxEditField: {
            const QRect inner = box->frame ? rect - kInputMargins : rect;
            return visualRect(option->direction, rect, without ? inner : QRect(inner.topLeft(), QPoint(steps.left() - 1, inner.bottom())));
        }
        default: return rect;
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

/// A groove as long as the bar, without buttons at its ends. As if it ran from left to right.
QRect Style::scrollBarPart(const QStyleOptionSlider& bar, SubControl part) const
{
    const bool across = bar.orientation == Qt::Horizontal;
    const int length = across ? bar.rect.width() : bar.rect.height();
    int handle = length;
    if (bar.maximum > bar.minimum) {
        const qint64 range = qint64(bar.maximum) - bar.minimum;
        handle = int(std::clamp<qint64>(
            qint64(bar.pageStep) * length / (range + bar.pageStep), std::min(pixelMetric(PM_ScrollBarSliderMin, &bar, nullptr), length), length));
    }
    const int start = sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - handle, bar.upsideDown);
    const auto piece = [&](int from, int to) {
        return across ? QRect(bar.rect.left() + from, bar.rect.top(), to - from, bar.rect.height())
                      : QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), to - from);
    };
    switch (part) {
    case SC_ScrollBarSlider: return piece(start, start + handle);
    case SC_ScrollBarSubPage: return piece(0, start);
    case SC_ScrollBarAddPage: return piece(start + handle, length);
    case SC_ScrollBarGroove: return bar.rect;
    default: return {};
    }
}

QIcon Style::standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const
{
    // Fusion's are pictures: to read the first of them loads every image plugin there is.
    switch (which) {
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_LineEditClearButton: return icon(u"close"_s, m_colors);
    case SP_TitleBarNormalButton: return icon(u"float"_s, m_colors);
    case SP_ToolBarHorizontalExtensionButton: return icon(u"more"_s, m_colors);
    case SP_ArrowLeft: return icon(u"chevron-left"_s, m_colors);
    case SP_ArrowRight: return icon(u"chevron-right"_s, m_colors);
    default: break;
    }
    return QProxyStyle::standardIcon(which, option, widget);
}

} // namespace ridealong::kit
