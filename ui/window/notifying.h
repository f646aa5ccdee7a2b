// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"
#include "notify/desktopnotices.h"
#include "notify/notifier.h"

#include <QSet>
#include <QTimer>

#include <optional>

namespace ridealong::workspace {
class Workspace;
}

namespace ridealong::window {

class MainWindow;
class Tray;

/// What is told while nobody looks: it puts notices into words, shows them by the desktop or the tray, and says what was
/// clicked.
class Notifying : public QObject
{
    Q_OBJECT
public:
    Notifying(MainWindow& window, workspace::Workspace& workspace, kit::Theme& theme, base::Clock& clock);
    ~Notifying() override;

    void takeSettings(); ///< now, and whenever one of them changes
    void begin(); ///< the profile is open and the window painted: the tray
    void setCurrent(const base::ConversationId& conversation);

    chat::NotifyLevel level(const base::ConversationId& conversation) const;
    void setLevel(const base::ConversationId& conversation, chat::NotifyLevel level);
    bool isQuiet() const; ///< for an hour
    void setQuiet(bool quiet);
    bool hasTray() const;

signals:
    void messageRequested(
        const ridealong::base::ConversationId& conversation, const ridealong::base::MessageId& thread, const ridealong::base::MessageId& message);
    void levelsChanged();
    void quietChanged(bool quiet);

private:
    void watchAccounts();
    void present(const notify::Notice& notice);
    void open(const QString& key);
    void updateFocus();
    void updateTray();
    notify::Popup popupOf(const notify::Notice& notice) const;
    QString plainText(const QString& markdown) const;

    MainWindow& m_window;
    workspace::Workspace& m_workspace;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    notify::Notifier m_notifier;
    notify::DesktopNotices m_notices;
    Tray* m_tray = nullptr; ///< none before begin(), and where the desktop has none
    base::ConversationId m_current;
    QSet<base::AccountId> m_connected;
    QHash<QString, notify::Notice> m_told; ///< by the popup's key
    QString m_trayKey; ///< of the tray's last message
    QHash<base::ConversationId, chat::NotifyLevel> m_levels; ///< as the settings have them: asked for with every message and row
    qint64 m_quietUntilMs = 0;
    QTimer m_count; ///< coalesces: a thousand changed rooms are one new icon
};

} // namespace ridealong::window
