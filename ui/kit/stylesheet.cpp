// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/stylesheet.h"

#include "kit/theme.h"

using namespace Qt::StringLiterals;

namespace ridealong::kit {

QString styleSheet(const Theme& theme)
{
    QString sheet = uR"(
QMainWindow::separator { background: @border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget::title { background: @window; padding: 6px 12px; text-align: left; }
QTabBar { background: @window; border: none; qproperty-drawBase: 0; }
QMainWindow > QTabBar { qproperty-elideMode: ElideNone; qproperty-usesScrollButtons: true; }
QTabBar::tab { background: transparent; color: @muted; padding: 8px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @accent; }
QTabWidget::pane { border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:vertical { background: @faint; border-radius: 3px; min-height: 32px; margin: 2px 3px; }
QScrollBar::handle:horizontal { background: @faint; border-radius: 3px; min-width: 32px; margin: 3px 2px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: @window; }
QMenuBar { background: @window; color: @text; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @selection; }
QMenu { background: @raised; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; color: @text; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 8px; }
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateTimeEdit { background: @inset; color: @text; border: 1px solid @border; border-radius: 6px; padding: 5px 8px;
    selection-background-color: @selection; selection-color: @text; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateTimeEdit:focus { border: 2px solid @accent; padding: 4px 7px; }
QLineEdit:disabled { color: @faint; }
QPlainTextEdit[input="true"], QListView[input="true"] { background: @inset; color: @text; border: 1px solid @border; border-radius: 6px; padding: 4px;
    selection-background-color: @selection; selection-color: @text; }
QPlainTextEdit[input="true"]:focus, QListView[input="true"]:focus { border: 2px solid @accent; padding: 3px; }
QPlainTextEdit[input="true"]:disabled, QListView[input="true"]:disabled, QComboBox:disabled { color: @faint; }
QListView[input="true"]::item { padding: 4px; border-radius: 4px; }
QListView[input="true"]::indicator { width: @mark; height: @mark; background: @panel; border: 1px solid @faint; border-radius: 4px; }
QListView[input="true"]::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/marks/check-@ink.svg); }
QComboBox::drop-down { border: none; width: @steps; }
QComboBox::down-arrow { image: url(:/icons/marks/down-@pen.svg); width: @arrow; height: @arrow; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: @steps; border: none; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: @steps; border: none; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @raised; }
QAbstractSpinBox::up-arrow { image: url(:/icons/marks/up-@pen.svg); width: @arrow; height: @arrow; }
QAbstractSpinBox::down-arrow { image: url(:/icons/marks/down-@pen.svg); width: @arrow; height: @arrow; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @border; selection-background-color: @selection; selection-color: @text; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton { background: @raised; color: @text; border: 1px solid @border; border-radius: 6px; padding: 5px 12px; }
QPushButton:hover { border-color: @faint; }
QPushButton:pressed { background: @inset; }
QPushButton:focus { border: 2px solid @accent; padding: 4px 11px; }
QPushButton:disabled { color: @faint; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[primary="true"]:disabled { background: @raised; color: @faint; border-color: @border; }
QPushButton[danger="true"] { color: @danger; border-color: @danger; font-weight: 600; }
QPushButton[danger="true"]:hover { background: @inset; border-color: @danger; }
QPushButton[danger="true"]:focus { border-color: @accent; }
QPushButton[danger="true"]:disabled { color: @faint; border-color: @border; }
QToolButton { background: transparent; color: @muted; border: 1px solid transparent; border-radius: 4px; padding: 3px; }
QToolButton:hover { background: @raised; color: @text; border-color: @border; }
QToolButton:pressed, QToolButton:checked { background: @selection; color: @text; }
QToolButton:focus { border: 2px solid @accent; padding: 2px; }
QToolButton::menu-indicator { image: none; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: @mark; height: @mark; background: @inset; border: 1px solid @faint; border-radius: 4px; }
QCheckBox::indicator:hover { border-color: @text; }
QCheckBox::indicator:focus { border: 2px solid @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/marks/check-@ink.svg); }
QCheckBox::indicator:checked:focus { border-color: @text; }
QCheckBox::indicator:disabled { background: @window; border-color: @border; }
QAbstractItemView { outline: none; }
QListView, QTreeView, QTableView { border: none; background: @panel; selection-background-color: @selection; selection-color: @text; }
QTableView[framed="true"] { border: 1px solid @border; }
QTableView[framed="true"]::item { padding: 0 9px; border: none; }
QTableView[framed="true"]::item:selected { background: @selection; color: @text; }
QTableView[framed="true"]:focus { border: 1px solid @accent; }
QHeaderView::section { background: @raised; color: @muted; border: none; border-bottom: 1px solid @border; padding: 6px 12px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: @window; }
QCalendarWidget QToolButton { color: @text; font-weight: 600; }
QCalendarWidget QAbstractItemView { background: @panel; color: @text; border: none; }
QCalendarWidget QAbstractItemView:disabled { color: @faint; }
QStatusBar { background: @window; border-top: 1px solid @border; color: @muted; }
QStatusBar::item { border: none; }
QToolBar { background: @window; border: none; spacing: 4px; }
QSplitter::handle { background: @border; }
QProgressBar { background: @inset; border: none; border-radius: 2px; height: 4px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
)"_s;
    // "@onAccent" before "@accent" would not matter, they share no prefix; order is by length to be safe against future names.
    const std::pair<QString, Token> names[]
        = {{u"@selection"_s, Token::Selection}, {u"@onAccent"_s, Token::AccentText}, {u"@window"_s, Token::Window}, {u"@raised"_s, Token::Raised},
            {u"@border"_s, Token::Border}, {u"@accent"_s, Token::Accent}, {u"@panel"_s, Token::Panel}, {u"@inset"_s, Token::Inset},
            {u"@muted"_s, Token::Muted}, {u"@faint"_s, Token::Faint}, {u"@text"_s, Token::Text}, {u"@danger"_s, Token::Danger}};
    for (const auto& [name, token] : names)
        sheet.replace(name, theme.color(token).name());
    // An image of a style sheet has the colour it was drawn in.
    sheet.replace(u"@ink"_s, theme.color(Token::AccentText).lightness() < 128 ? u"dark"_s : u"light"_s);
    sheet.replace(u"@pen"_s, theme.color(Token::Text).lightness() < 128 ? u"dark"_s : u"light"_s);
    sheet.replace(u"@steps"_s, u"%1px"_s.arg(int(std::lround(24 * theme.scale()))));
    sheet.replace(u"@arrow"_s, u"%1px"_s.arg(int(std::lround(10 * theme.scale()))));
    sheet.replace(u"@mark"_s, u"%1px"_s.arg(int(std::lround(14 * theme.scale()))));
    return sheet;
}

} // namespace ridealong::kit
