// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountdialogs/accountservice.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace ridealong::base {
class Clock;
}
namespace ridealong::kit {
class EmptyState;
class NoticeBar;
class Theme;
} // namespace ridealong::kit

namespace ridealong::accountdialogs {

/// All accounts: how each stands, and what can be done with it.
class AccountsDialog : public QDialog
{
    Q_OBJECT
public:
    AccountsDialog(AccountService& service, kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);
    ~AccountsDialog() override;

    void setCurrent(const base::AccountId& account);
    base::AccountId current() const;
    bool isAsking() const; ///< whether to remove it
    QString details() const; ///< as shown of the current account

    void reject() override; ///< while asking: keeps the account, and stays

signals:
    void addRequested();
    void editRequested(const ridealong::base::AccountId& account);
    void certificateRequested(const ridealong::base::AccountId& account);
    void joinRequested(const ridealong::base::AccountId& account);

private:
    QWidget* makePane();
    QWidget* makeQuestion();
    void refresh(); ///< after something changed: the same account stays in front
    void present();
    void ask();
    void removeNow();
    void revoke();
    void toggleConnection();

    AccountService& m_service;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    QList<AccountView> m_accounts;
    base::AccountId m_asked; ///< about to be removed
    QTimer m_tick;

    QListWidget* m_list;
    QStackedWidget* m_right;
    kit::EmptyState* m_empty;
    kit::NoticeBar* m_notice;
    QLabel* m_name;
    QLabel* m_state;
    QLabel* m_problem;
    QLabel* m_details;
    QWidget* m_exception;
    QLabel* m_asking;
    QLabel* m_question;
    QPushButton* m_connection;
    QPushButton* m_certificate;
    QPushButton* m_join;
    QPushButton* m_keep;
    QPushButton* m_remove;
};

} // namespace ridealong::accountdialogs
