// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/offerbar.h"

#include "kit/tone.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace ridealong::window {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kEdge = 3; ///< the bar of colour at the left
constexpr qsizetype kMaxDetails = 500; ///< in the words of a stranger

} // namespace

OfferBar::OfferBar(Theme& theme, QWidget* parent)
    : QFrame(parent),
      m_theme(theme),
      m_text(new QLabel(this)),
      m_details(new QLabel(this)),
      m_row(new QHBoxLayout(this))
{
    for (QLabel* label : {m_text, m_details}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    kit::setTone(m_text, theme, Token::Text);
    kit::setTone(m_details, theme, Token::Muted, Theme::Type::Small);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_text);
    words->addWidget(m_details);
    m_row->setContentsMargins(kEdge + 13, 8, 12, 8);
    m_row->setSpacing(8);
    m_row->addLayout(words, 1);
    connect(&theme, &Theme::changed, this, [this] { update(); });
    hide();
}

void OfferBar::setOffer(const Offer& offer)
{
    if (offer == m_offer)
        return;
    const bool isNews = offer.text != m_offer.text;
    m_offer = offer;
    m_text->setText(offer.text);
    m_details->setText(offer.details.left(kMaxDetails));
    m_details->setVisible(!offer.details.isEmpty());
    for (QPushButton* button : std::exchange(m_buttons, {}))
        button->deleteLater();
    for (qsizetype i = 0; i < offer.answers.size(); ++i) {
        auto* button = new QPushButton(offer.answers[i], this);
        button->setAutoDefault(false);
        button->setProperty("primary", i == 0);
        m_row->addWidget(button, 0, Qt::AlignVCenter);
        connect(button, &QPushButton::clicked, this, [this, i] { emit answered(int(i)); });
        m_buttons.append(button);
    }
    setAccessibleName(offer.text);
    setVisible(!offer.text.isEmpty());
    if (isNews && isVisible()) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void OfferBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Inset));
    painter.fillRect(QRect(0, 0, kEdge, height()), m_theme.color(Token::Accent));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Border));
}

} // namespace ridealong::window
