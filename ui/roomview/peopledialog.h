// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"
#include "chat/roomadmin.h"

#include <QDialog>

#include <functional>

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QMenu;
class QPushButton;

namespace ridealong::kit {
class NoticeBar;
class Theme;
} // namespace ridealong::kit

namespace ridealong::roomview {

/// Somebody in a room, and what they are there.
struct Person
{
    chat::Member member;
    chat::MemberRank rank = chat::MemberRank::Ordinary;
    bool self = false;

    bool operator==(const Person&) const = default;
};

/// Who is in a room, those of rank first. What may be done with somebody is in the menu of their row, and in that of the button below; what
/// may not be done is grey there, or absent.
class PeopleDialog : public QDialog
{
    Q_OBJECT
public:
    static constexpr int kMostShown = 1000; ///< the filter finds the others

    using PowersOver = std::function<chat::MemberPowers(const base::UserId&)>;

    /// `powersOver` is asked about one at a time: a room may have tens of thousands.
    PeopleDialog(kit::Theme& theme, const QString& room, PowersOver powersOver, QWidget* parent = nullptr);

    void setPeople(const QList<Person>& people, const chat::RoomPowers& powers);
    void complain(const QString& text, const QString& details); ///< what the server says of what was asked
    /// Of the row that is current; null without one. The caller deletes it.
    QMenu* makeMenu();

signals:
    void kickRequested(const ridealong::base::UserId& user, const QString& reason);
    void banRequested(const ridealong::base::UserId& user, const QString& reason);
    void rankRequested(const ridealong::base::UserId& user, ridealong::chat::MemberRank rank);
    void inviteRequested();
    void directRequested(const ridealong::base::UserId& user); ///< to be written to, between the two

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter();
    void refresh();
    const Person* current() const;
    void fillRanks(QMenu* menu, const Person& person, QList<chat::MemberRank> ranks);
    void askToPutOut(const Person& person, bool ban);
    void popupMenu(const QPoint& at);

    kit::Theme& m_theme;
    QString m_room;
    PowersOver m_powersOver;
    QList<Person> m_people;
    QList<Person> m_shown; ///< of them, as they are shown
    kit::NoticeBar* m_notice;
    QLineEdit* m_filter;
    QListWidget* m_list;
    QLabel* m_count;
    QPushButton* m_invite;
    QPushButton* m_actions;
};

} // namespace ridealong::roomview
