// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the style draws itself; the rest is Fusion's, in our palette.
#include "kit/icons.h"
#include "kit/style.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QTabBar>
#include <QTime>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace ridealong::kit {

namespace {

constexpr int kBusyMs = 1400; ///< a piece's way through a bar of which no end is known
constexpr int kFrameMs = 33;
constexpr int kIconSide = 16; ///< of a mark in a menu

struct Line
{
    QColor color = Qt::transparent;
    int width = 1; ///< px, inside of the rectangle
};

void drawBox(QPainter& painter, const QRect& rect, const QColor& fill, const Line& line, int radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(line.color.alpha() ? QPen(line.color, line.width) : QPen(Qt::NoPen));
    const double half = line.color.alpha() ? line.width / 2.0 : 0;
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius - half, radius - half);
    painter.restore();
}

/// A chevron as the icons have them, `size` px wide, in the middle of `rect`.
void drawChevron(QPainter& painter, const QRect& rect, int size, Qt::ArrowType direction, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(QRectF(rect).center());
    painter.rotate(direction == Qt::UpArrow ? 180 : direction == Qt::LeftArrow ? 90 : direction == Qt::RightArrow ? 270 : 0);
    painter.setPen(QPen(color, size / 8.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const double wide = size * 0.34;
    painter.drawPolyline(QPolygonF{{-wide, -wide / 2}, {0, wide / 2}, {wide, -wide / 2}});
    painter.restore();
}

void setWords(QPalette& palette, const QColor& color)
{
    for (const auto role : {QPalette::ButtonText, QPalette::WindowText, QPalette::Text})
        palette.setColor(role, color);
}

/// What a bar or a corner of a view stands on; transparent where something behind the view paints that.
QColor groundOf(const QWidget* widget)
{
    for (const QWidget* around = widget; around; around = around->isWindow() ? nullptr : around->parentWidget())
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(around); area && area->viewport()->autoFillBackground())
            return area->viewport()->palette().color(area->viewport()->backgroundRole());
        else if (area)
            break;
    return Qt::transparent;
}

void drawLine(QPainter& painter, const QRect& around, const QColor& color) { drawBox(painter, around, Qt::transparent, {color, 1}, 0); }

/// The next picture of a busy bar, and only one however often it is painted.
void keepMoving(const QWidget& bar)
{
    const auto name = u"ridealong-busy"_s;
    if (bar.findChild<QTimer*>(name, Qt::FindDirectChildrenOnly))
        return;
    auto* timer = new QTimer(const_cast<QWidget*>(&bar));
    timer->setObjectName(name);
    timer->setSingleShot(true);
    QObject::connect(timer, &QTimer::timeout, &bar, [timer, at = const_cast<QWidget*>(&bar)] {
        timer->setObjectName(QString());
        timer->deleteLater();
        at->update();
    });
    timer->start(kFrameMs);
}

bool isOn(const QStyleOption& option, QStyle::State state) { return (option.state & state) == state; }
bool isHovered(const QStyleOption& option) { return isOn(option, QStyle::State_Enabled | QStyle::State_MouseOver); }

} // namespace

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const QRect& rect = option->rect;
    const QColor words = option->palette.color(isOn(*option, State_Enabled) ? QPalette::Normal : QPalette::Disabled, QPalette::ButtonText);
    switch (element) {
    case PE_FrameFocusRect: // each control shows its own
    case PE_FrameTabBarBase:
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_PanelMenuBar: return;
    case PE_PanelLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0)
            drawInput(*option, *painter);
        else if (widget && widget->parentWidget() && qobject_cast<const QAbstractItemView*>(widget->parentWidget()->parentWidget()))
            painter->fillRect(rect, option->palette.base()); // lies over the words that it changes
        return;
    case PE_Frame: drawFrame(*option, *painter, widget); return;
    case PE_IndicatorCheckBox: drawMark(*option, *painter, Mark::Box); return;
    case PE_IndicatorRadioButton: drawMark(*option, *painter, Mark::Round); return;
    case PE_IndicatorItemViewItemCheck: drawMark(*option, *painter, Mark::Field); return;
    case PE_PanelItemViewItem:
        if (is(widget, "input") && isOn(*option, State_Selected)) {
            drawBox(*painter, rect, color(Token::Selection), {}, Theme::kChipRadius);
            return;
        }
        break;
    case PE_IndicatorArrowUp: drawChevron(*painter, rect, scaled(10), Qt::UpArrow, words); return;
    case PE_IndicatorArrowDown: drawChevron(*painter, rect, scaled(10), Qt::DownArrow, words); return;
    case PE_IndicatorArrowLeft: drawChevron(*painter, rect, scaled(10), Qt::LeftArrow, words); return;
    case PE_IndicatorArrowRight: drawChevron(*painter, rect, scaled(10), Qt::RightArrow, words); return;
    case PE_IndicatorHeaderArrow:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            drawChevron(
                *painter, rect, scaled(10), header->sortIndicator == QStyleOptionHeader::SortUp ? Qt::UpArrow : Qt::DownArrow, color(Token::Muted));
        return;
    case PE_PanelMenu: drawBox(*painter, rect, color(Token::Raised), {color(Token::Border), 1}, 0); return;
    case PE_PanelTipLabel: drawBox(*painter, rect, color(Token::Raised), {color(Token::Border), 1}, 0); return;
    case PE_FrameMenu:
    case PE_FrameDockWidget: drawLine(*painter, rect, color(Token::Border)); return;
    case PE_PanelStatusBar:
        painter->fillRect(rect, color(Token::Window));
        painter->fillRect(QRect(rect.topLeft(), QSize(rect.width(), 1)), color(Token::Border));
        return;
    case PE_PanelScrollAreaCorner: painter->fillRect(rect, groundOf(widget)); return;
    case PE_IndicatorDockWidgetResizeHandle: painter->fillRect(rect, color(isOn(*option, State_MouseOver) ? Token::Accent : Token::Border)); return;
    default: break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const QRect& rect = option->rect;
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            drawPushButton(*button, *painter, widget);
        return;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            QStyleOptionButton label = *button;
            setWords(label.palette,
                color(!isOn(label, State_Enabled) ? Token::Faint
                        : is(widget, "primary")   ? Token::AccentText
                        : is(widget, "danger")    ? Token::Danger
                                                  : Token::Text));
            QProxyStyle::drawControl(element, &label, painter, widget);
        }
        return;
    case CE_TabBarTab:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            drawTab(*tab, *painter, widget);
        return;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            drawMenuItem(*item, *painter, widget);
        return;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            drawMenuBarItem(*item, *painter, widget);
        return;
    case CE_MenuEmptyArea: return;
    case CE_MenuBarEmptyArea: painter->fillRect(rect, color(Token::Window)); return;
    case CE_Header:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            drawHeader(*header, *painter, widget);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        painter->fillRect(rect, color(Token::Raised));
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color(Token::Border));
        return;
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            QStyleOptionHeader label = *header;
            setWords(label.palette, color(Token::Muted));
            label.state &= ~State_On; // not bold where something is selected
            QProxyStyle::drawControl(element, &label, painter, widget);
        }
        return;
    case CE_ProgressBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            drawProgress(*bar, *painter, widget);
        return;
    case CE_DockWidgetTitle:
        if (const auto* dock = qstyleoption_cast<const QStyleOptionDockWidget*>(option))
            drawDockTitle(*dock, *painter, widget);
        return;
    case CE_ComboBoxLabel:
        if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            drawComboText(*box, *painter, widget);
        return;
    case CE_Splitter: painter->fillRect(rect, color(Token::Border)); return;
    default: QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar)
        drawScrollBar(*bar, *painter, widget);
    else if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option); button && control == CC_ToolButton)
        drawToolButton(*button, *painter, widget);
    else if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option); spin && control == CC_SpinBox)
        drawSpinBox(*spin, *painter, widget);
    else if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option); combo && control == CC_ComboBox) {
        if (combo->frame)
            drawInput(*combo, *painter);
        drawChevron(*painter, subControlRect(CC_ComboBox, combo, SC_ComboBoxArrow, widget), scaled(10), Qt::DownArrow,
            color(isOn(*combo, State_Enabled) ? Token::Text : Token::Faint));
    } else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

// ---- what one writes in, chooses in and ticks ----

void Style::drawInput(const QStyleOption& option, QPainter& painter) const
{
    const bool focused = isOn(option, State_HasFocus);
    drawBox(painter, option.rect, color(Token::Inset), {color(focused ? Token::Accent : Token::Border), focused ? 2 : 1}, Theme::kCardRadius);
}

void Style::drawFrame(const QStyleOption& option, QPainter& painter, const QWidget* widget) const
{
    if (is(widget, "chip")) {
        drawBox(painter, option.rect, Qt::transparent, {option.palette.color(QPalette::WindowText), 1}, Theme::kChipRadius);
    } else if (is(widget, "input")) {
        drawInput(option, painter);
    } else if (is(widget, "framed")) {
        const bool focused = isOn(option, State_HasFocus);
        const bool list = widget->inherits("QListView");
        drawBox(painter, option.rect, list ? option.palette.color(QPalette::Base) : Qt::transparent,
            {color(focused ? Token::Accent : Token::Border), focused && list ? 2 : 1}, list ? Theme::kCardRadius : 0);
    } else if (!qobject_cast<const QAbstractScrollArea*>(widget)) {
        drawLine(painter, option.rect, color(Token::Border));
    }
}

void Style::drawMark(const QStyleOption& option, QPainter& painter, Mark mark) const
{
    const bool ticked = isOn(option, State_On);
    const bool enabled = isOn(option, State_Enabled);
    const bool inField = mark == Mark::Field;
    const bool focused = !inField && isOn(option, State_HasFocus);
    const Token ground = !enabled ? Token::Window : ticked ? Token::Accent : inField ? Token::Panel : Token::Inset;
    Token line = !enabled ? Token::Border : ticked ? Token::Accent : Token::Faint;
    if (!inField && isHovered(option))
        line = Token::Text;
    if (focused)
        line = ticked ? Token::Text : Token::Accent;
    const double side = option.rect.width();
    drawBox(painter, option.rect, color(ground), {color(line), focused ? 2 : 1}, mark == Mark::Round ? int(side / 2) : Theme::kChipRadius);
    if (!ticked && !isOn(option, State_NoChange))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(option.rect.topLeft());
    painter.setPen(QPen(color(!enabled   ? Token::Faint
                                : ticked ? Token::AccentText
                                         : Token::Text),
        side / 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    if (!ticked)
        painter.drawPolyline(QPolygonF{{side * 0.3, side * 0.5}, {side * 0.7, side * 0.5}});
    else if (mark == Mark::Round)
        painter.drawEllipse(QPointF(side / 2, side / 2), side / 10, side / 10);
    else
        painter.drawPolyline(QPolygonF{{side * 0.28, side * 0.52}, {side * 0.44, side * 0.68}, {side * 0.73, side * 0.34}});
    painter.restore();
}

void Style::drawComboText(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget) const
{
    if (option.editable)
        return;
    QRect room = subControlRect(CC_ComboBox, &option, SC_ComboBoxEditField, widget);
    if (!option.currentIcon.isNull()) {
        const QRect at = alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter, option.iconSize, room);
        option.currentIcon.paint(&painter, at, Qt::AlignCenter, isOn(option, State_Enabled) ? QIcon::Normal : QIcon::Disabled);
        room = visualRect(option.direction, room, room.adjusted(option.iconSize.width() + 6, 0, 0, 0));
    }
    room = visualRect(option.direction, room, room.adjusted(2, 0, 0, 0)); // as far from the edge as the words of a line edit
    painter.setPen(
        isOn(option, State_Enabled) ? option.palette.color(QPalette::ButtonText) : color(Token::Faint)); // a placeholder has a colour of its own
    painter.drawText(room, int(visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)) | Qt::TextSingleLine,
        option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, room.width()));
}

void Style::drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter, const QWidget* widget) const
{
    if (option.frame)
        drawInput(option, painter);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    for (const SubControl part : {SC_SpinBoxUp, SC_SpinBoxDown}) {
        const QRect rect = subControlRect(CC_SpinBox, &option, part, widget);
        const bool possible = isOn(option, State_Enabled)
            && (option.stepEnabled & (part == SC_SpinBoxUp ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled));
        if (possible && option.activeSubControls == part && isHovered(option))
            drawBox(painter, visualRect(option.direction, rect, rect.adjusted(0, 1, -2, -1)), color(Token::Raised), {}, Theme::kChipRadius);
        drawChevron(painter, rect, scaled(10), part == SC_SpinBoxUp ? Qt::UpArrow : Qt::DownArrow, color(possible ? Token::Text : Token::Faint));
    }
}

// ---- buttons ----

void Style::drawPushButton(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget) const
{
    const bool enabled = isOn(option, State_Enabled);
    const bool focused = isOn(option, State_HasFocus) && enabled;
    const bool primary = is(widget, "primary") && enabled;
    const bool danger = is(widget, "danger") && enabled;
    const bool pressed = option.state & (State_Sunken | State_On);
    const Token ground = primary ? Token::Accent : pressed || (danger && isHovered(option)) ? Token::Inset : Token::Raised;
    Token line = primary ? Token::Accent : danger ? Token::Danger : isHovered(option) ? Token::Faint : Token::Border;
    if (focused)
        line = primary ? Token::Text : Token::Accent;
    drawBox(painter, option.rect, color(ground), {color(line), focused ? 2 : 1}, Theme::kCardRadius);
    if (option.features & QStyleOptionButton::HasMenu)
        drawChevron(painter, visualRect(option.direction, option.rect, {option.rect.right() - 20, option.rect.top(), 14, option.rect.height()}),
            scaled(10), Qt::DownArrow, color(enabled ? Token::Muted : Token::Faint));
}

void Style::drawToolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget) const
{
    const bool pressed = option.state & (State_Sunken | State_On);
    const bool hovered = isHovered(option);
    const bool focused = isOn(option, State_HasFocus);
    const bool framed = is(widget, "framed");
    const QWidget* around = widget ? widget->parentWidget() : nullptr;
    if (qobject_cast<const QTabBar*>(around))
        painter.fillRect(option.rect, color(Token::Window)); // it lies on a tab
    const bool head = around && around->objectName() == "qt_calendar_navigationbar"_L1;
    const QColor ground = pressed ? color(Token::Selection)
        : hovered                 ? color(Token::Raised)
        : framed                  ? color(Token::Window)
                                  : QColor(Qt::transparent);
    const QColor line = focused ? color(Token::Accent) : hovered || framed ? color(Token::Border) : QColor(Qt::transparent);
    drawBox(painter, option.rect, ground, {line, focused ? 2 : 1}, Theme::kChipRadius);
    QStyleOptionToolButton label = option;
    label.rect.adjust(4, 4, -4, -4);
    label.state &= ~(State_Sunken | State_On); // the words stay where they are
    setWords(label.palette, color(!isOn(option, State_Enabled) ? Token::Faint : pressed || hovered || head ? Token::Text : Token::Muted));
    proxy()->drawControl(CE_ToolButtonLabel, &label, &painter, widget);
}

// ---- menus, tabs, docks ----

void Style::drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget) const
{
    const QRect& rect = option.rect;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(rect.left() + 8, rect.center().y(), rect.width() - 16, 1), color(Token::Border));
        return;
    }
    const bool enabled = isOn(option, State_Enabled);
    if (enabled && isOn(option, State_Selected))
        drawBox(painter, rect, color(Token::Selection), {}, Theme::kChipRadius);
    const auto place = [&](const QRect& at) { return visualRect(option.direction, rect, at); };
    int left = rect.left() + 12;
    if (option.menuHasCheckableItems) {
        const int side = scaled(kIconSide);
        if (option.checked)
            painter.drawPixmap(place({left, rect.center().y() - side / 2 + 1, side, side}),
                iconPixmap(u"check"_s, color(enabled ? Token::Text : Token::Faint), side, painter.device()->devicePixelRatio()));
        left += side + 8;
    }
    if (option.maxIconWidth > 0) {
        const int side = pixelMetric(PM_SmallIconSize, &option, widget);
        option.icon.paint(&painter, place({left + (option.maxIconWidth - side) / 2, rect.center().y() - side / 2, side, side}), Qt::AlignCenter,
            !enabled                           ? QIcon::Disabled
                : isOn(option, State_Selected) ? QIcon::Active
                                               : QIcon::Normal);
        left += option.maxIconWidth + 8;
    }
    const qsizetype tab = option.text.indexOf(u'\t');
    const int flags = Qt::TextShowMnemonic | Qt::TextSingleLine | Qt::TextDontClip | Qt::AlignVCenter
        | (styleHint(SH_UnderlineShortcut, &option, widget, nullptr) ? 0 : Qt::TextHideMnemonic);
    painter.setFont(option.font);
    painter.setPen(color(enabled ? Token::Text : Token::Faint));
    painter.drawText(place({left, rect.top(), rect.right() - left, rect.height()}), flags | int(visualAlignment(option.direction, Qt::AlignLeft)),
        option.text.left(tab));
    if (tab >= 0) {
        painter.setPen(color(enabled ? Token::Muted : Token::Faint));
        painter.drawText(
            place(rect.adjusted(0, 0, -12, 0)), flags | int(visualAlignment(option.direction, Qt::AlignRight)), option.text.mid(tab + 1));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        drawChevron(painter, place({rect.right() - 20, rect.top(), 14, rect.height()}), scaled(10),
            option.direction == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow, color(Token::Muted));
}

void Style::drawMenuBarItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget) const
{
    painter.fillRect(option.rect, color(Token::Window));
    if (isOn(option, State_Enabled) && option.state & (State_Selected | State_Sunken))
        drawBox(painter, option.rect, color(Token::Selection), {}, Theme::kChipRadius);
    painter.setPen(color(isOn(option, State_Enabled) ? Token::Text : Token::Faint));
    painter.drawText(option.rect,
        Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine
            | (styleHint(SH_UnderlineShortcut, &option, widget, nullptr) ? 0 : Qt::TextHideMnemonic),
        option.text);
}

/// Fusion would ask itself, not us, where the words stand.
void Style::drawHeader(const QStyleOptionHeader& option, QPainter& painter, const QWidget* widget) const
{
    drawControl(CE_HeaderSection, &option, &painter, widget);
    QStyleOptionHeader part = option;
    part.rect = subElementRect(SE_HeaderLabel, &option, widget);
    painter.save();
    painter.setClipRect(part.rect, Qt::IntersectClip);
    drawControl(CE_HeaderLabel, &part, &painter, widget);
    painter.restore();
    if (option.sortIndicator != QStyleOptionHeader::None) {
        part.rect = subElementRect(SE_HeaderArrow, &option, widget);
        drawPrimitive(PE_IndicatorHeaderArrow, &part, &painter, widget);
    }
}

void Style::drawTab(const QStyleOptionTab& option, QPainter& painter, const QWidget* widget) const
{
    const bool selected = isOn(option, State_Selected);
    if (selected)
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2), color(Token::Accent));
    QStyleOptionTab label = option;
    label.rect.adjust(0, 0, 0, -2);
    const bool focused = isOn(option, State_HasFocus | State_Selected);
    const Token words = !isOn(option, State_Enabled) ? Token::Faint
        : focused                                    ? Token::Accent
        : selected || isHovered(option)              ? Token::Text
                                                     : Token::Muted;
    setWords(label.palette, color(words));
    proxy()->drawControl(CE_TabBarTabLabel, &label, &painter, widget);
}

void Style::drawDockTitle(const QStyleOptionDockWidget& option, QPainter& painter, const QWidget* widget) const
{
    painter.fillRect(option.rect, color(Token::Window));
    const QRect room = subElementRect(SE_DockWidgetTitleBarText, &option, widget).adjusted(8, 0, -8, 0);
    painter.setPen(color(Token::Text));
    painter.drawText(room, int(visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)) | Qt::TextSingleLine | Qt::TextHideMnemonic,
        option.fontMetrics.elidedText(option.title, Qt::ElideRight, room.width()));
}

// ---- bars ----

void Style::drawScrollBar(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const
{
    painter.fillRect(option.rect, groundOf(widget));
    if (option.maximum <= option.minimum)
        return;
    const bool across = option.orientation == Qt::Horizontal;
    const QRect handle = subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    const bool held = option.activeSubControls & SC_ScrollBarSlider && option.state & (State_MouseOver | State_Sunken);
    drawBox(painter, across ? handle.adjusted(2, 3, -2, -3) : handle.adjusted(3, 2, -3, -2), color(held ? Token::Muted : Token::Faint), {}, 3);
}

void Style::drawProgress(const QStyleOptionProgressBar& option, QPainter& painter, const QWidget* widget) const
{
    const QRect bar(option.rect.left(), option.rect.center().y() - 1, option.rect.width(), 4);
    drawBox(painter, bar, color(Token::Inset), {}, 2);
    QRect done = bar;
    if (option.maximum > option.minimum) {
        done.setWidth(int(qint64(bar.width()) * (option.progress - option.minimum) / (option.maximum - option.minimum)));
        done = visualRect(option.direction, bar, done);
    } else {
        done.setWidth(bar.width() / 4);
        if (styleHint(SH_Widget_Animation_Duration, &option, widget, nullptr) > 0 && widget) {
            const int along = QTime::currentTime().msecsSinceStartOfDay() % kBusyMs;
            done.moveLeft(bar.left() - done.width() + (bar.width() + done.width()) * along / kBusyMs);
            keepMoving(*widget);
        }
    }
    painter.save();
    painter.setClipRect(bar);
    drawBox(painter, done, color(Token::Accent), {}, 2);
    painter.restore();
}

} // namespace ridealong::kit
