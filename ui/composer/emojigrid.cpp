// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/emojigrid.h"

#include "kit/theme.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::composer {

using kit::Theme;
using kit::Token;

namespace {

struct Emoji
{
    const char16_t* text;
    const char* name;
};

constexpr Emoji kEmoji[] = {
    {u"👍", QT_TRANSLATE_NOOP("Emoji", "thumbs up")},
    {u"👎", QT_TRANSLATE_NOOP("Emoji", "thumbs down")},
    {u"👀", QT_TRANSLATE_NOOP("Emoji", "eyes")},
    {u"✅", QT_TRANSLATE_NOOP("Emoji", "check")},
    {u"❌", QT_TRANSLATE_NOOP("Emoji", "cross")},
    {u"⚠️", QT_TRANSLATE_NOOP("Emoji", "warning")},
    {u"🚀", QT_TRANSLATE_NOOP("Emoji", "rocket")},
    {u"🎉", QT_TRANSLATE_NOOP("Emoji", "party")},
    {u"🙂", QT_TRANSLATE_NOOP("Emoji", "smile")},
    {u"😀", QT_TRANSLATE_NOOP("Emoji", "grin")},
    {u"😂", QT_TRANSLATE_NOOP("Emoji", "joy")},
    {u"😉", QT_TRANSLATE_NOOP("Emoji", "wink")},
    {u"😍", QT_TRANSLATE_NOOP("Emoji", "heart eyes")},
    {u"🤔", QT_TRANSLATE_NOOP("Emoji", "thinking")},
    {u"😬", QT_TRANSLATE_NOOP("Emoji", "grimace")},
    {u"😅", QT_TRANSLATE_NOOP("Emoji", "sweat")},
    {u"😢", QT_TRANSLATE_NOOP("Emoji", "sad")},
    {u"😱", QT_TRANSLATE_NOOP("Emoji", "scream")},
    {u"😴", QT_TRANSLATE_NOOP("Emoji", "sleep")},
    {u"🤷", QT_TRANSLATE_NOOP("Emoji", "shrug")},
    {u"🙏", QT_TRANSLATE_NOOP("Emoji", "thanks")},
    {u"👏", QT_TRANSLATE_NOOP("Emoji", "clap")},
    {u"💪", QT_TRANSLATE_NOOP("Emoji", "strong")},
    {u"👋", QT_TRANSLATE_NOOP("Emoji", "wave")},
    {u"❤️", QT_TRANSLATE_NOOP("Emoji", "heart")},
    {u"🔥", QT_TRANSLATE_NOOP("Emoji", "fire")},
    {u"💡", QT_TRANSLATE_NOOP("Emoji", "idea")},
    {u"🐛", QT_TRANSLATE_NOOP("Emoji", "bug")},
    {u"🔧", QT_TRANSLATE_NOOP("Emoji", "wrench")},
    {u"📈", QT_TRANSLATE_NOOP("Emoji", "rising")},
    {u"📉", QT_TRANSLATE_NOOP("Emoji", "falling")},
    {u"⏳", QT_TRANSLATE_NOOP("Emoji", "waiting")},
    {u"☕", QT_TRANSLATE_NOOP("Emoji", "coffee")},
    {u"🍕", QT_TRANSLATE_NOOP("Emoji", "pizza")},
    {u"🔒", QT_TRANSLATE_NOOP("Emoji", "locked")},
    {u"🔁", QT_TRANSLATE_NOOP("Emoji", "again")},
    {u"🛑", QT_TRANSLATE_NOOP("Emoji", "stop")},
    {u"🟢", QT_TRANSLATE_NOOP("Emoji", "green")},
    {u"🟡", QT_TRANSLATE_NOOP("Emoji", "yellow")},
    {u"🔴", QT_TRANSLATE_NOOP("Emoji", "red")},
};

} // namespace

EmojiGrid::EmojiGrid(Theme& theme, QWidget* parent) : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint), m_theme(theme)
{
    setObjectName(u"emojiGrid"_s);
    setAccessibleName(tr("Emoji"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(8, 8, 8, 8);
    grid->setSpacing(2);
    int at = 0;
    for (const Emoji& emoji : kEmoji) {
        auto* button = new QToolButton(this);
        const QString text = QString::fromUtf16(emoji.text);
        const QString name = QCoreApplication::translate("Emoji", emoji.name);
        button->setText(text);
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->installEventFilter(this);
        connect(button, &QToolButton::clicked, this, [this, text] {
            hide();
            emit picked(text);
        });
        grid->addWidget(button, at / kColumns, at % kColumns);
        m_buttons << button;
        ++at;
    }
    connect(&theme, &Theme::changed, this, &EmojiGrid::restyle);
    restyle();
}

void EmojiGrid::restyle()
{
    const QFont font = m_theme.font(Theme::Type::Header);
    const int side = QFontMetrics(font).height() + 12;
    for (auto* button : m_buttons) {
        button->setFont(font);
        button->setFixedSize(side, side);
    }
    update();
}

void EmojiGrid::popUpOver(const QWidget* button)
{
    adjustSize();
    QPoint at = button->mapToGlobal(QPoint(0, -height() - 4));
    if (const auto* screen = button->screen()) {
        const QRect room = screen->availableGeometry();
        at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())));
        if (at.y() < room.top())
            at.setY(button->mapToGlobal(QPoint(0, button->height() + 4)).y());
    }
    move(at);
    show();
    m_buttons.first()->setFocus(Qt::PopupFocusReason);
}

bool EmojiGrid::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto here = m_buttons.indexOf(static_cast<QToolButton*>(watched));
        qsizetype to = here;
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Left: to = here - 1; break;
        case Qt::Key_Right: to = here + 1; break;
        case Qt::Key_Up: to = here - kColumns; break;
        case Qt::Key_Down: to = here + kColumns; break;
        case Qt::Key_Return:
        case Qt::Key_Enter: m_buttons[here]->click(); return true;
        default: return QFrame::eventFilter(watched, event);
        }
        if (to >= 0 && to < m_buttons.size())
            m_buttons[to]->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void EmojiGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Raised));
    painter.setPen(m_theme.color(Token::Border));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace ridealong::composer
