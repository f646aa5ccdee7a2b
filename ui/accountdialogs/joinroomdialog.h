// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountdialogs/accountservice.h"

#include <QDialog>

class QComboBox;
class QPushButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::accountdialogs {

class RoomPicker;

/// Joins a room of an account that has rooms.
class JoinRoomDialog : public QDialog
{
    Q_OBJECT
public:
    /// `account` is chosen first; without rooms there, the first account that has some.
    JoinRoomDialog(AccountService& service, kit::Theme& theme, const base::AccountId& account, QWidget* parent = nullptr);

    RoomPicker* picker() const { return m_picker; }
    base::AccountId account() const;

    void reject() override; ///< while joining: stops that, and stays

signals:
    void joined(const ridealong::base::ConversationId& room);
    void addAccountRequested();

private:
    void refresh();

    AccountService& m_service;
    QComboBox* m_accounts;
    RoomPicker* m_picker;
    QPushButton* m_cancel;
    QPushButton* m_join;
};

} // namespace ridealong::accountdialogs
