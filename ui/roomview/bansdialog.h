// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/roomadmin.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace ridealong::kit {
class NoticeBar;
class Theme;
} // namespace ridealong::kit

namespace ridealong::roomview {

/// Who is not let into a room, and why; each can be let in again.
class BansDialog : public QDialog
{
    Q_OBJECT
public:
    BansDialog(kit::Theme& theme, const QString& room, QWidget* parent = nullptr);

    void setBans(const base::Expected<QList<chat::Ban>>& bans);
    void complain(const QString& text, const QString& details);

signals:
    void unbanRequested(const QString& who);

private:
    QString m_room;
    kit::NoticeBar* m_notice;
    QListWidget* m_list;
    QLabel* m_note; ///< instead of the list
    QPushButton* m_unban;
};

} // namespace ridealong::roomview
