// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/waitpage.h"

#include "kit/tone.h"

#include <QAccessible>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using kit::Theme;
using kit::Token;

WaitPage::WaitPage(Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_what(new QLabel(this)),
      m_state(new QLabel(this)),
      m_long(new QLabel(tr("This takes longer than usual. You can go on waiting, or go back and look at the address."), this)),
      m_bar(new QProgressBar(this))
{
    for (QLabel* label : {m_what, m_state, m_long}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_state->setObjectName(u"waitState"_s);
    kit::setTone(m_what, theme, Token::Text, Theme::Type::Header, true);
    kit::setTone(m_state, theme, Token::Text);
    kit::setTone(m_long, theme, Token::Muted);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(4);
    m_bar->setAccessibleName(tr("On its way"));
    m_timer.setSingleShot(true);
    m_timer.setInterval(kLongMs);
    connect(&m_timer, &QTimer::timeout, m_long, &QWidget::show);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_what);
    column->addWidget(m_bar);
    column->addWidget(m_state);
    column->addWidget(m_long);
    column->addStretch(1);
}

void WaitPage::begin(const QString& what, const QString& state)
{
    m_what->setText(what);
    m_long->hide();
    m_timer.start();
    setState(state);
}

void WaitPage::setState(const QString& state, bool moving)
{
    if (state != m_state->text()) {
        m_state->setText(state);
        setAccessibleName(u"%1 %2"_s.arg(m_what->text(), state));
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
    // A bar that runs says "work is being done"; one that stands still says "waiting", and where motion is not wanted always does.
    m_bar->setRange(0, moving && m_theme.motionMs() > 0 ? 0 : 1);
    m_bar->setValue(0);
    if (!moving) {
        m_timer.stop();
        m_long->hide();
    }
}

QString WaitPage::state() const { return m_state->text(); }

} // namespace ridealong::accountdialogs
