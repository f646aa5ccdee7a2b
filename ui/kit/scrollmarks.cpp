// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/scrollmarks.h"

#include "kit/theme.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace ridealong::kit {

namespace {

constexpr int kTick = 2; ///< px

} // namespace

ScrollMarks::ScrollMarks(QScrollBar& bar, Theme& theme) : QWidget(&bar), m_bar(bar), m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    bar.installEventFilter(this);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void ScrollMarks::setShares(const std::vector<double>& shares)
{
    if (m_shares == shares)
        return;
    m_shares = shares;
    place();
}

void ScrollMarks::place()
{
    setGeometry(m_bar.rect());
    std::vector<int> ticks;
    for (const double share : m_shares)
        ticks.push_back(int(std::clamp(share, 0.0, 1.0) * std::max(0, height() - kTick)));
    std::sort(ticks.begin(), ticks.end());
    ticks.erase(std::unique(ticks.begin(), ticks.end()), ticks.end());
    setVisible(!ticks.empty());
    if (m_ticks == ticks)
        return;
    m_ticks = std::move(ticks);
    update();
}

bool ScrollMarks::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_bar && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void ScrollMarks::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor color = m_theme.color(Token::Warning);
    for (const int tick : m_ticks)
        painter.fillRect(2, tick, width() - 4, kTick, color);
}

} // namespace ridealong::kit
