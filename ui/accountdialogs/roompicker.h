// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountdialogs/accountservice.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QTimer;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::accountdialogs {

/// A room of one account to join: by its name, or from the list that the server gives.
class RoomPicker : public QWidget
{
    Q_OBJECT
public:
    static constexpr int kMostRooms = 500; ///< asked for at once; what is written narrows it down

    RoomPicker(AccountService& service, kit::Theme& theme, QWidget* parent = nullptr);

    /// Empties everything and asks for the rooms there.
    void setAccount(const base::AccountId& account);
    const base::AccountId& account() const { return m_account; }
    QString name() const; ///< what would be joined: as written, else the marked row
    bool isJoining() const { return bool(m_joining); }
    int shownRooms() const;
    QString note() const;

public slots:
    void join(); ///< nothing when there is no name or it is on its way
    void cancel(); ///< forgets the one on its way; its answer, should it come, opens nothing
    void focusName();

signals:
    void changed(); ///< the name, or whether it is joining
    void joined(const ridealong::base::ConversationId& room);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void ask();
    void show(const base::Expected<QList<chat::RoomInfo>>& rooms);
    void filter();
    void say(const QString& note, bool problem = false);

    AccountService& m_service;
    kit::Theme& m_theme;
    base::AccountId m_account;
    QLineEdit* m_name;
    QListWidget* m_list;
    QLabel* m_note;
    QTimer* m_pause; ///< so that a word is asked for and not each of its letters
    QList<chat::RoomInfo> m_rooms;
    bool m_complete = false; ///< m_rooms are all that the server has for m_asked
    QString m_asked;
    std::unique_ptr<QObject> m_listing; ///< the context of the answers we still want
    std::unique_ptr<QObject> m_joining;
};

} // namespace ridealong::accountdialogs
