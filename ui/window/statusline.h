// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"

#include <QStatusBar>

class QLabel;
class QToolButton;

namespace ridealong::base {
class Clock;
}
namespace ridealong::kit {
class Theme;
}

namespace ridealong::window {

struct AccountState
{
    QString name;
    chat::ConnectionStatus status;
    bool away = false;
};

/// The bottom line: how each account stands, whether we are away, what waits to be sent, where the time is from.
class StatusLine : public QStatusBar
{
    Q_OBJECT
public:
    StatusLine(kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);

    void setAccounts(const QList<AccountState>& accounts);
    void setOutbox(int waiting, int needingTheUser);

signals:
    void backRequested();
    void outboxRequested();

private:
    void refresh();
    void tick();

    kit::Theme& m_theme;
    base::Clock& m_clock;
    QList<AccountState> m_accounts;
    int m_waiting = 0;
    int m_needing = 0;
    QLabel* m_connection;
    QToolButton* m_back; ///< shown while an account is away
    QToolButton* m_outbox;
    QLabel* m_time;
};

} // namespace ridealong::window
