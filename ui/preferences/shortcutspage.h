// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QKeySequence;

namespace ridealong::kit {
class ActionRegistry;
class Theme;
} // namespace ridealong::kit

namespace ridealong::preferences {

class ShortcutTable;

/// The table and one editor for the chosen action. A conflict is said and nothing is changed until the user decides.
class ShortcutsPage : public QWidget
{
    Q_OBJECT
public:
    ShortcutsPage(kit::ActionRegistry& registry, kit::Theme& theme, QWidget* parent = nullptr);

    ShortcutTable* table() const { return m_table; }
    /// As the editor does it. True when it was set.
    bool tryShortcut(const QKeySequence& keys);
    QString problem() const;

signals:
    void shortcutChanged(const QString& id, const QKeySequence& keys);

private:
    void showCurrent();
    void takeOver();

    kit::ActionRegistry& m_registry;
    QLineEdit* m_filter;
    ShortcutTable* m_table;
    QKeySequenceEdit* m_keys;
    QPushButton* m_default;
    QPushButton* m_remove;
    QPushButton* m_takeOver;
    QLabel* m_problem;
    QString m_conflict; ///< id of the action that has the wanted keys
};

} // namespace ridealong::preferences
