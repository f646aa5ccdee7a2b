// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/style.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QStyleOptionSlider>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace ridealong::kit;

namespace {

QColor at(QWidget& widget, QPoint place) { return widget.grab().toImage().pixelColor(place); }
QColor middleOfLeftEdge(QWidget& widget) { return at(widget, {0, widget.height() / 2}); }
QColor middleOfTopEdge(QWidget& widget) { return at(widget, {widget.width() / 2, 0}); }

} // namespace

class TestStyle : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_theme = std::make_unique<Theme>();
        m_theme->setChoice(ThemeChoice::Dark);
        m_theme->applyTo(*qApp);
    }
    void noSheetIsMatchedAgainstAnyWidget() { QVERIFY(qApp->styleSheet().isEmpty()); }

    void aFieldHasItsGroundAndARingOfFocus()
    {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* line = new QLineEdit(u"x"_s);
        auto* combo = new QComboBox;
        auto* spin = new QSpinBox;
        auto* text = new QPlainTextEdit;
        text->setProperty("input", true);
        for (QWidget* one : std::initializer_list<QWidget*>{line, combo, spin, text})
            column->addWidget(one);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        for (QWidget* one : std::initializer_list<QWidget*>{line, combo, spin, text}) {
            window.setFocus();
            QCOMPARE(middleOfTopEdge(*one), m_theme->color(Token::Border));
            QCOMPARE(at(*one, {4, 4}), m_theme->color(Token::Inset));
            one->setFocus();
            QCOMPARE(middleOfTopEdge(*one), m_theme->color(Token::Accent));
            QCOMPARE(at(*one, {one->width() / 2, 1}), m_theme->color(Token::Accent)); // two pixels
        }
        QCOMPARE(line->height(), combo->height()); // they stand in one line in forms
        QCOMPARE(line->height(), spin->height());
    }
    void aLineWithoutFrameIsAsItsParentPaintsIt()
    {
        QWidget window;
        QPalette red;
        red.setColor(QPalette::Window, Qt::red);
        window.setPalette(red);
        auto* line = new QLineEdit(&window);
        line->setFrame(false);
        line->resize(100, 20);
        window.resize(200, 100);
        QCOMPARE(at(window, {50, 10}), QColor(Qt::red));
        QCOMPARE(line->style()->sizeFromContents(QStyle::CT_LineEdit, nullptr, {10, 10}, line), QSize(28, 22)); // no option: the usual frame
        QVERIFY(line->sizeHint().height() < QLineEdit().sizeHint().height());
    }
    void buttonsSayHowMuchTheyMatter()
    {
        QPushButton button(u"Send"_s);
        button.resize(button.sizeHint());
        QVERIFY(button.font().weight() < QFont::DemiBold);
        QCOMPARE(middleOfLeftEdge(button), m_theme->color(Token::Border));
        button.setProperty("primary", true);
        button.style()->polish(&button);
        QCOMPARE(button.font().weight(), QFont::DemiBold);
        QCOMPARE(at(button, {3, button.height() / 2}), m_theme->color(Token::Accent));
        button.setProperty("primary", false);
        button.setProperty("danger", true);
        button.style()->polish(&button);
        QCOMPARE(button.font().weight(), QFont::DemiBold);
        QCOMPARE(middleOfLeftEdge(button), m_theme->color(Token::Danger));
        button.setProperty("danger", false);
        button.style()->polish(&button);
        QVERIFY(button.font().weight() < QFont::DemiBold);
    }
    void aBarIsAllGrooveAndItsHandleIsNeverTooSmallToHold()
    {
        for (const Qt::Orientation orientation : {Qt::Horizontal, Qt::Vertical}) {
            for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
                QScrollBar bar(orientation);
                bar.setLayoutDirection(direction);
                bar.resize(orientation == Qt::Horizontal ? QSize(300, 12) : QSize(12, 300));
                bar.setRange(0, 1'000'000'000);
                bar.setPageStep(10);
                const auto part = [&bar](QStyle::SubControl which) {
                    QStyleOptionSlider option;
                    option.initFrom(&bar);
                    option.subControls = QStyle::SC_All;
                    option.orientation = bar.orientation();
                    option.maximum = bar.maximum();
                    option.pageStep = bar.pageStep();
                    option.sliderPosition = option.sliderValue = bar.value();
                    option.upsideDown = bar.orientation() == Qt::Horizontal && bar.layoutDirection() == Qt::RightToLeft;
                    return bar.style()->subControlRect(QStyle::CC_ScrollBar, &option, which, &bar);
                };
                for (const int value : {0, 500'000'000, 1'000'000'000}) {
                    bar.setValue(value);
                    const QRect handle = part(QStyle::SC_ScrollBarSlider);
                    QCOMPARE(orientation == Qt::Horizontal ? handle.width() : handle.height(), 32);
                    QVERIFY(bar.rect().contains(handle));
                    QVERIFY(part(QStyle::SC_ScrollBarAddLine).isEmpty() && part(QStyle::SC_ScrollBarSubLine).isEmpty());
                    QCOMPARE(part(QStyle::SC_ScrollBarSubPage).united(handle).united(part(QStyle::SC_ScrollBarAddPage)), bar.rect());
                }
            }
        }
        QScrollBar none(Qt::Vertical); // nothing to scroll: no handle
        none.resize(12, 100);
        none.setRange(0, 0);
        QCOMPARE(at(none, {6, 50}), m_theme->color(Token::Window));
    }
    void aBarOfAListStandsOnTheGroundOfTheList()
    {
        QListWidget list;
        for (int i = 0; i < 100; ++i)
            list.addItem(QString::number(i));
        QPalette palette;
        palette.setColor(QPalette::Base, Qt::darkGreen);
        list.setPalette(palette);
        list.resize(200, 100);
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        QCOMPARE(at(list, {list.width() - 1, list.height() / 2}), QColor(Qt::darkGreen));
    }
    void aMenuHasRoomForWordsAndKeys()
    {
        QMenu menu;
        QAction* plain = menu.addAction(u"Join or create a room"_s);
        const int without = menu.sizeHint().width();
        plain->setShortcut(Qt::CTRL | Qt::Key_J);
        plain->setShortcutVisibleInContextMenu(true);
        QVERIFY(menu.sizeHint().width() >= without + menu.fontMetrics().horizontalAdvance(u"Ctrl+J"_s));
        const int one = menu.actionGeometry(plain).height();
        QAction* line = menu.addSeparator();
        menu.addAction(u"Leave"_s);
        menu.sizeHint(); // places all
        QVERIFY(menu.actionGeometry(line).height() < one / 2);
        QCOMPARE(menu.actionGeometry(plain).left(), 5); // a frame of one pixel, and room for the rounded selection
    }
    void whatIsThereFollowsAnotherTheme()
    {
        QPlainTextEdit text;
        text.setProperty("input", true);
        QLineEdit line;
        QPushButton primary(u"Send"_s);
        primary.setProperty("primary", true);
        QPlainTextEdit neverShown;
        for (QWidget* one : std::initializer_list<QWidget*>{&text, &line, &primary}) {
            one->ensurePolished();
            one->resize(one->sizeHint());
        }
        const int before = line.sizeHint().height();
        m_theme->setChoice(ThemeChoice::Light);
        QCOMPARE(text.viewport()->palette().color(QPalette::Base), m_theme->color(Token::Inset));
        QTRY_COMPARE(at(neverShown, {9, 9}), m_theme->color(Token::Panel)); // a palette comes as an event
        QCOMPARE(at(line, {4, 4}), m_theme->color(Token::Inset));
        QCOMPARE(at(primary, {3, primary.height() / 2}), m_theme->color(Token::Accent));
        QCOMPARE(QToolTip::palette().color(QPalette::ToolTipBase), m_theme->color(Token::Raised));
        m_theme->setScale(2);
        QTRY_VERIFY(line.sizeHint().height() > before + 10);
        QCOMPARE(primary.font().weight(), QFont::DemiBold);
        QCOMPARE(primary.font().pointSizeF(), m_theme->font().pointSizeF()); // only the weight is its own
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestStyle)
#include "tst_style.moc"
