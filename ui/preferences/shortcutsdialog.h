// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QLineEdit;

namespace ridealong::kit {
class ActionRegistry;
class Theme;
} // namespace ridealong::kit

namespace ridealong::preferences {

class ShortcutTable;

/// F1: every action with its keys, by group, with a field that filters.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT
public:
    ShortcutsDialog(kit::ActionRegistry& registry, kit::Theme& theme, QWidget* parent = nullptr);

    ShortcutTable* table() const { return m_table; }

signals:
    void changeRequested(); ///< open the settings at the shortcuts

private:
    QLineEdit* m_filter;
    ShortcutTable* m_table;
};

} // namespace ridealong::preferences
