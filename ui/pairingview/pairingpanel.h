// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"

#include <QListWidget>
#include <QWidget>

class QLabel;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::pairingview {

/// Who is here in the conversation, and that nobody rides along. It offers nothing it cannot do.
class PairingPanel : public QWidget
{
    Q_OBJECT
public:
    static constexpr int kMaxShown = 1000;

    explicit PairingPanel(kit::Theme& theme, QWidget* parent = nullptr);

    void setConversation(const QString& name, const QList<chat::Member>& members);
    /// As shown, people before bots, those online first: "Ana, online".
    QStringList shownMembers() const;

private:
    void fill(const QList<chat::Member>& members);

    kit::Theme& m_theme;
    QString m_name;
    QList<chat::Member> m_members;
    QLabel* m_state;
    QLabel* m_title;
    QListWidget* m_list;
};

} // namespace ridealong::pairingview
