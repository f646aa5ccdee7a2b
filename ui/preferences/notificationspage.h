// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTime>
#include <QWidget>

#include <array>

class QCheckBox;
class QTimeEdit;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::preferences {

/// What can be said about being told of messages.
struct NotificationChoices
{
    bool on = true;
    bool showText = true;
    bool quiet = false;
    QTime quietFrom{22, 0};
    QTime quietTo{7, 0};
    int quietDays = 0b1111111; ///< bit 0 is Monday
    bool keepInTray = false;

    bool operator==(const NotificationChoices&) const = default;
};

/// Everything works at once.
class NotificationsPage : public QWidget
{
    Q_OBJECT
public:
    explicit NotificationsPage(kit::Theme& theme, QWidget* parent = nullptr);

    void setChoices(const NotificationChoices& choices, bool hasTray);
    NotificationChoices choices() const;

signals:
    void choicesChanged(const ridealong::preferences::NotificationChoices& choices); ///< by the user

private:
    void refresh(); ///< what makes no sense now is greyed
    void tell();

    QCheckBox* m_on;
    QCheckBox* m_text;
    QCheckBox* m_quiet;
    QTimeEdit* m_from;
    QTimeEdit* m_to;
    std::array<QCheckBox*, 7> m_days{};
    QCheckBox* m_tray;
    bool m_setting = false;
};

} // namespace ridealong::preferences
