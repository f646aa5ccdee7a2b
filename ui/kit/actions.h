// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QObject>

namespace ridealong::kit {

/// One action of the program. Menus, shortcuts, F1 and the tour come from the registry and from nowhere else.
struct ActionSpec
{
    QString id; ///< "palette.open"
    QString group; ///< for people: "Go", "Console" …
    QString text; ///< for people, with mnemonic
    QKeySequence shortcut;
    QString icon; ///< name, or empty
};

class ActionRegistry : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// The action, owned by the registry; `window` gets it so that its shortcut works everywhere in it.
    QAction* add(const ActionSpec& spec, QWidget* window);
    QAction* find(const QString& id) const; ///< null when there is none
    const QList<ActionSpec>& specs() const { return m_specs; } ///< in the order they were added

    /// Errors are told by the return: the id of the action that has this shortcut already, empty when it was set.
    QString setShortcut(const QString& id, const QKeySequence& shortcut);
    QKeySequence defaultShortcut(const QString& id) const;

signals:
    void shortcutsChanged();

private:
    QList<ActionSpec> m_specs;
    QHash<QString, QAction*> m_actions;
};

} // namespace ridealong::kit
