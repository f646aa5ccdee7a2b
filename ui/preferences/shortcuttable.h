// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/actions.h"

#include <QTreeWidget>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::preferences {

/// All actions by group with their keys, from the registry and from nowhere else. Filters as one types.
class ShortcutTable : public QTreeWidget
{
    Q_OBJECT
public:
    ShortcutTable(kit::ActionRegistry& registry, kit::Theme& theme, QWidget* parent = nullptr);

    void setFilter(const QString& filter); ///< matches text, group and keys
    QString currentAction() const; ///< id; empty on a group
    void setCurrentAction(const QString& id);
    int shownCount() const; ///< actions that pass the filter

private:
    void rebuild();

    kit::ActionRegistry& m_registry;
    kit::Theme& m_theme;
    QString m_filter;
};

/// "Open the palette" for "&Open the palette".
QString withoutMnemonic(const QString& text);

} // namespace ridealong::preferences
