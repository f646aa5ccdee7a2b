// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/notifylevel.h"
#include "model/conversationlistmodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::sidebar {

class ConversationDelegate;
class ConversationFilter;
class ConversationList;

/// Accounts and their conversations, under a field that filters them. It only asks: what is in front is set from outside.
class Sidebar : public QWidget
{
    Q_OBJECT
    Q_MOC_INCLUDE(<QMenu>)
public:
    Sidebar(model::ConversationListModel& model, kit::Theme& theme, QWidget* parent = nullptr);
    ~Sidebar() override;

    void setCurrent(const base::ConversationId& id);
    base::ConversationId current() const { return m_current; }
    /// Which messages of a conversation are told; asked whenever it is shown.
    void setNotifyLevels(std::function<chat::NotifyLevel(const base::ConversationId&)> levels);

public slots:
    void focusFilter();
    void selectNext(); ///< these ask for the conversation below, above, below with something unread, and go round at the ends
    void selectPrevious();
    void selectNextUnread();
    void showNotifyMenu(); ///< of the conversation in front, at its row
    void notifyLevelsChanged();

signals:
    void conversationRequested(const ridealong::base::ConversationId& id);
    void switcherRequested();
    void notifyLevelRequested(const ridealong::base::ConversationId& id, ridealong::chat::NotifyLevel level);
    void markReadRequested(const ridealong::base::ConversationId& id);
    void joinRequested(const ridealong::base::AccountId& account);
    void addAccountRequested();
    void accountRequested(const ridealong::base::AccountId& account); ///< its settings
    void conversationMenuOpens(const ridealong::base::ConversationId& id, QMenu* menu); ///< more can be added to it

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    bool filterKey(int key);
    void step(int by, bool unreadOnly);
    void request(const QModelIndex& index);
    void openMenu(const QPoint& at);
    void fillNotifyMenu(QMenu* menu, const model::ConversationRow& row);
    void refresh(); ///< what depends on how many rows there are
    void restyle();
    void placeKeyCap();

    model::ConversationListModel& m_model;
    kit::Theme& m_theme;
    base::ConversationId m_current;
    ConversationFilter* m_filter;
    ConversationDelegate* m_delegate;
    QLineEdit* m_field;
    QToolButton* m_keyCap;
    ConversationList* m_list;
    QLabel* m_nothing;
    QToolButton* m_add;
};

} // namespace ridealong::sidebar
