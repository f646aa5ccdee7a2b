// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"
#include "preferences/notificationspage.h"
#include "preferences/writingpage.h"

#include <QDialog>
#include <QKeySequence>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QTabWidget;

namespace ridealong::kit {
class ActionRegistry;
}

namespace ridealong::preferences {

class ShortcutsPage;

/// What the settings show of the Local workspace.
struct LocalWorkspace
{
    QString userName;
    QString scriptsFolder;
    int outputDays = 0; ///< 0: for ever
    int outputMegabytes = 0; ///< 0: no limit
};

/// Everything works at once; there is no OK to forget. Storing is the wiring's, told by the signals.
class PreferencesDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Page { Appearance, Writing, Notifications, Shortcuts, Local };

    PreferencesDialog(kit::Theme& theme, kit::ActionRegistry& registry, const LocalWorkspace& local, QWidget* parent = nullptr);

    void showPage(Page page);
    ShortcutsPage* shortcuts() const { return m_shortcuts; }
    NotificationsPage* notifications() const { return m_notifications; }
    WritingPage* writing() const { return m_writing; }

signals:
    void appearanceChanged(); ///< theme, density or scale; the Theme has them
    void shortcutChanged(const QString& id, const QKeySequence& keys);
    void userNameChanged(const QString& name);
    void outputLimitsChanged(int days, int megabytes);
    void openScriptsFolderRequested();

private:
    QWidget* makeAppearance();
    QWidget* makeLocal(const LocalWorkspace& local);

    kit::Theme& m_theme;
    QTabWidget* m_tabs;
    WritingPage* m_writing;
    NotificationsPage* m_notifications;
    ShortcutsPage* m_shortcuts;
};

} // namespace ridealong::preferences
