// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDate>
#include <QDialog>

class QCalendarWidget;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::timelineview {

/// Which day to go to.
class DateDialog : public QDialog
{
    Q_OBJECT
public:
    /// `today` is the last day there is, `shown` the one that is in view now.
    DateDialog(kit::Theme& theme, const QString& where, const QDate& today, const QDate& shown, QWidget* parent = nullptr);

    QCalendarWidget* calendar() const { return m_calendar; }

signals:
    void chosen(const QDate& day);

private:
    void choose(const QDate& day);
    void dress();

    kit::Theme& m_theme;
    QCalendarWidget* m_calendar;
};

} // namespace ridealong::timelineview
