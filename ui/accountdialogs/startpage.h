// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountdialogs/accountservice.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::accountdialogs {

/// Which kind of server, and where it is.
class StartPage : public QWidget
{
    Q_OBJECT
public:
    StartPage(AccountService& service, kit::Theme& theme, QWidget* parent = nullptr);

    const chat::BackendDescriptor* kind() const; ///< null when there is none at all
    void setKind(const QString& id);
    QString address() const; ///< empty for a kind that is not looked up
    void setAddress(const QString& address);
    bool needsAddress() const;
    void focusFirst();
    void focusAddress();

signals:
    void changed();
    void submitted(); ///< Enter, or a double click on a kind that needs no address

private:
    void kindChanged();

    AccountService& m_service;
    QListWidget* m_kinds;
    QLabel* m_label;
    QLineEdit* m_address;
    QLabel* m_hint;
};

} // namespace ridealong::accountdialogs
