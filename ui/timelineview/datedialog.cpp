// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/datedialog.h"

#include "kit/messagedocument.h"
#include "kit/theme.h"

#include <QCalendarWidget>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QTextCharFormat>
#include <QVBoxLayout>

namespace ridealong::timelineview {

using kit::Token;

DateDialog::DateDialog(kit::Theme& theme, const QString& where, const QDate& today, const QDate& shown, QWidget* parent)
    : QDialog(parent),
      m_theme(theme),
      m_calendar(new QCalendarWidget(this))
{
    setObjectName(QStringLiteral("dateDialog"));
    setWindowTitle(tr("Go to a date in %1").arg(kit::safeName(where)));
    m_calendar->setMaximumDate(today);
    m_calendar->setSelectedDate(std::min(shown, today));
    m_calendar->setMinimumSize(QSize(320, 250) * std::max(1.0, theme.scale())); // its own idea leaves the last week half
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setAccessibleName(windowTitle());

    auto* buttons = new QDialogButtonBox(this);
    QPushButton* go = buttons->addButton(tr("Go there"), QDialogButtonBox::AcceptRole);
    go->setProperty("primary", true);
    buttons->addButton(QDialogButtonBox::Cancel)->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_calendar, 1);
    column->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::accepted, this, [this] { choose(m_calendar->selectedDate()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_calendar, &QCalendarWidget::activated, this, &DateDialog::choose);
    connect(&theme, &kit::Theme::changed, this, &DateDialog::dress);
    dress();
    m_calendar->setFocus();
}

void DateDialog::choose(const QDate& day)
{
    emit chosen(day);
    accept();
}

/// The calendar paints days in formats of its own, which no style reaches.
void DateDialog::dress()
{
    QTextCharFormat head;
    head.setForeground(m_theme.color(Token::Muted));
    m_calendar->setHeaderTextFormat(head);
    for (const Qt::DayOfWeek day : {Qt::Saturday, Qt::Sunday}) // else red; and what cannot be chosen has less ink than any format would give
        m_calendar->setWeekdayTextFormat(day, {});
}

} // namespace ridealong::timelineview
