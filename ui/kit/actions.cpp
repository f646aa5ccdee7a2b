// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/actions.h"

#include <QWidget>

namespace ridealong::kit {

QAction* ActionRegistry::add(const ActionSpec& spec, QWidget* window)
{
    Q_ASSERT_X(!m_actions.contains(spec.id), "ActionRegistry", qPrintable(spec.id));
    auto* action = new QAction(spec.text, this);
    action->setObjectName(spec.id);
    action->setShortcut(spec.shortcut);
    action->setShortcutContext(Qt::WindowShortcut);
    m_specs.append(spec);
    m_actions.insert(spec.id, action);
    if (window)
        window->addAction(action);
    return action;
}

QAction* ActionRegistry::find(const QString& id) const { return m_actions.value(id); }

QString ActionRegistry::setShortcut(const QString& id, const QKeySequence& shortcut)
{
    QAction* action = find(id);
    if (!action)
        return {};
    if (!shortcut.isEmpty()) {
        for (const auto& spec : m_specs)
            if (spec.id != id && m_actions.value(spec.id)->shortcut() == shortcut)
                return spec.id;
    }
    action->setShortcut(shortcut);
    emit shortcutsChanged();
    return {};
}

QKeySequence ActionRegistry::defaultShortcut(const QString& id) const
{
    for (const auto& spec : m_specs)
        if (spec.id == id)
            return spec.shortcut;
    return {};
}

} // namespace ridealong::kit
