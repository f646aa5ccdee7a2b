// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QObject>

#include <memory>

class QAction;
class QMenu;
class QSystemTrayIcon;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::window {

/// The program's mark, with what there is to see: a number for mentions, a dot for anything unread.
QIcon trayIcon(const kit::Theme& theme, int unread, int mentions);

/// The icon in the desktop's tray, where there is one, and its menu.
class Tray : public QObject
{
    Q_OBJECT
public:
    explicit Tray(kit::Theme& theme, QObject* parent = nullptr);
    ~Tray() override;

    /// The desktop has a tray now. Asks the desktop: not before the window is painted.
    static bool isThere();
    void show();
    bool isShown() const; ///< and the desktop still has a tray

    void setCounts(int unread, int mentions);
    void setQuietUntil(const QString& time); ///< "15:04"; empty: not quiet
    /// A message of the tray's own, for desktops without notifications.
    void showMessage(const QString& title, const QString& body);
    QMenu* menu() const { return m_menu.get(); }
    const QSystemTrayIcon& icon() const { return *m_icon; }

signals:
    void openRequested();
    void quietRequested(bool quiet);
    void quitRequested();
    void messageClicked();

private:
    void redraw(); ///< six pictures
    void describe();

    kit::Theme& m_theme;
    std::unique_ptr<QMenu> m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon; ///< before its menu goes, it goes
    QAction* m_quiet;
    int m_unread = 0;
    int m_mentions = 0;
};

} // namespace ridealong::window
