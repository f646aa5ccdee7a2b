// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/chooser.h"

#include "kit/card.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QApplication>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::kit {
namespace {

constexpr int kMinWidth = 200;
constexpr int kMargin = 24;

/// Keeps clicks to itself: beside it they dismiss.
class Card : public QFrame
{
public:
    Card(Theme& theme, QWidget* parent) : QFrame(parent), m_theme(theme) {}

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        drawCard(painter, rect(), m_theme);
    }
    void mousePressEvent(QMouseEvent* event) override { event->accept(); }

private:
    Theme& m_theme;
};

} // namespace

Chooser::Chooser(Theme& theme, int maxWidth, QWidget* window)
    : QWidget(window),
      m_theme(theme),
      m_card(new Card(theme, this)),
      m_query(new QLineEdit(m_card)),
      m_list(new QListView(m_card)),
      m_nothing(new QLabel(m_card)),
      m_maxWidth(maxWidth)
{
    m_query->setFrame(false); // the card is its frame
    m_list->setFocusPolicy(Qt::NoFocus); // arrows in the field move it
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(kSide, 16, kSide, 16);
    setTone(m_query, theme, Token::Text, Theme::Type::Header);
    setTone(m_nothing, theme, Token::Muted);
    setBackdrop(m_list, theme, Token::Raised);
}

void Chooser::ready()
{
    m_query->installEventFilter(this);
    if (parentWidget())
        parentWidget()->installEventFilter(this);
    connect(&m_theme, &Theme::changed, this, &Chooser::restyle); // behind all of the card's tones, whose fonts are measured here
    hide();
}

void Chooser::appear()
{
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    show();
    raise();
    place();
    m_query->setFocus(Qt::ShortcutFocusReason);
}

void Chooser::dismiss()
{
    if (!isVisible())
        return;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    emit closed();
}

void Chooser::place()
{
    if (!parentWidget())
        return;
    setGeometry(parentWidget()->rect());
    fit(this->height() - 2 * kMargin);
    const int width = std::max(kMinWidth, std::min(m_maxWidth * std::max(100, int(m_theme.scale() * 100)) / 100, this->width() - 2 * kMargin));
    m_card->setFixedWidth(width);
    const int height = m_card->sizeHint().height();
    const int top = std::clamp(this->height() / 10, 8, std::max(8, this->height() - height - 8));
    m_card->setGeometry((this->width() - width) / 2, top, width, std::min(height, this->height() - 16));
}

void Chooser::restyle()
{
    place();
    update();
}

QWidget* Chooser::makeRule()
{
    auto* rule = new QWidget(m_card);
    rule->setFixedHeight(1);
    setBackdrop(rule, m_theme, Token::Border);
    return rule;
}

bool Chooser::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void Chooser::mousePressEvent(QMouseEvent*)
{
    dismiss(); // beside the card
}

void Chooser::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QColor shade = m_theme.colors().dark ? QColor(0, 0, 0) : m_theme.color(Token::Text);
    shade.setAlphaF(m_theme.colors().dark ? 0.5F : 0.25F);
    painter.fillRect(rect(), shade);
}

} // namespace ridealong::kit
