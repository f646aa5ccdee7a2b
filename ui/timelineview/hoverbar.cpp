// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/hoverbar.h"

#include "kit/card.h"
#include "kit/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;
using ridealong::kit::Token;

namespace ridealong::timelineview {

HoverBar::HoverBar(kit::Theme& theme, QWidget* parent) : QFrame(parent), m_theme(theme)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    auto* react = add(u"react"_s, tr("React"));
    connect(react, &QToolButton::clicked, this, [this, react] { emit reactPressed(react->mapToGlobal(QPoint(0, react->height()))); });
    connect(add(u"reply"_s, tr("Reply (R)")), &QToolButton::clicked, this, &HoverBar::replyPressed);
    connect(add(u"threads"_s, tr("Open thread (T)")), &QToolButton::clicked, this, &HoverBar::threadPressed);
    m_edit = add(u"edit"_s, tr("Edit (E)"));
    connect(m_edit, &QToolButton::clicked, this, &HoverBar::editPressed);
    auto* more = add(u"more"_s, tr("More"));
    connect(more, &QToolButton::clicked, this, [this, more] { emit morePressed(more->mapToGlobal(QPoint(0, more->height()))); });
    connect(&theme, &kit::Theme::changed, this, &HoverBar::dress);
    setCursor(Qt::ArrowCursor);
    dress();
    hide();
}

QToolButton* HoverBar::add(const QString& icon, const QString& words)
{
    auto* button = new QToolButton(this);
    button->setToolTip(words);
    button->setAccessibleName(words);
    button->setFocusPolicy(Qt::NoFocus); // keys do the same from the row itself
    layout()->addWidget(button);
    m_buttons.append({button, icon});
    return button;
}

void HoverBar::dress()
{
    for (const auto& [button, name] : m_buttons) {
        button->setIcon(kit::icon(name, m_theme));
        button->setIconSize(QSize(16, 16) * m_theme.scale());
    }
}

void HoverBar::showAt(const QRect& row, bool mine)
{
    m_edit->setVisible(mine);
    layout()->activate();
    const QSize size = sizeHint();
    // Half above the row, as long as it stays in the view: it covers no words of a short message.
    const int top = std::max(2, row.top() - size.height() / 2 + 4);
    setGeometry(QRect(QPoint(row.right() - size.width() - 12, top), size));
    show();
    raise();
}

void HoverBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Panel));
    kit::drawCard(painter, rect(), m_theme);
}

} // namespace ridealong::timelineview
