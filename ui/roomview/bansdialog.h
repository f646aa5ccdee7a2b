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

struct BanWords
{
    QString title;
    QString none; ///< nobody is in the list
    QString undo; ///< the button
};
BanWords bannedFrom(const QString& room);
BanWords blockedBy(const QString& account);

/// Who is not let in, and why, be it by a room or by us; each can be let in again.
class BansDialog : public QDialog
{
    Q_OBJECT
public:
    BansDialog(kit::Theme& theme, BanWords words, QWidget* parent = nullptr);

    void setBans(const base::Expected<QList<chat::Ban>>& bans);
    void complain(const QString& text, const QString& details);

signals:
    void unbanRequested(const QString& who);

private:
    BanWords m_words;
    kit::NoticeBar* m_notice;
    QListWidget* m_list;
    QLabel* m_note; ///< instead of the list
    QPushButton* m_unban;
};

} // namespace ridealong::roomview
