// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "preferences/shortcutspage.h"

#include "kit/clearbutton.h"
#include "kit/theme.h"
#include "kit/tone.h"
#include "preferences/shortcuttable.h"

#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::preferences {

ShortcutsPage::ShortcutsPage(kit::ActionRegistry& registry, kit::Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_registry(registry),
      m_filter(new QLineEdit(this)),
      m_table(new ShortcutTable(registry, theme, this)),
      m_keys(new QKeySequenceEdit(this)),
      m_default(new QPushButton(tr("Default"), this)),
      m_remove(new QPushButton(tr("None"), this)),
      m_takeOver(new QPushButton(tr("Take it over"), this)),
      m_problem(new QLabel(this))
{
    m_filter->setPlaceholderText(tr("Filter by name or key"));
    kit::addClearButton(m_filter, theme);
    m_keys->setAccessibleName(tr("New shortcut"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    kit::setTone(m_problem, theme, kit::Token::Danger, kit::Theme::Type::Small);
    auto* label = new QLabel(tr("New keys"), this);
    label->setBuddy(m_keys);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_keys, 1);
    row->addWidget(m_takeOver);
    row->addWidget(m_remove);
    row->addWidget(m_default);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addWidget(m_filter);
    column->addWidget(m_table, 1);
    column->addLayout(row);
    column->addWidget(m_problem);
    connect(m_filter, &QLineEdit::textChanged, m_table, &ShortcutTable::setFilter);
    connect(m_table, &QTreeWidget::currentItemChanged, this, &ShortcutsPage::showCurrent);
    connect(m_keys, &QKeySequenceEdit::editingFinished, this, [this] {
        if (!m_keys->keySequence().isEmpty())
            tryShortcut(m_keys->keySequence());
    });
    connect(m_remove, &QPushButton::clicked, this, [this] { tryShortcut({}); });
    connect(m_default, &QPushButton::clicked, this, [this] { tryShortcut(m_registry.defaultShortcut(m_table->currentAction())); });
    connect(m_takeOver, &QPushButton::clicked, this, &ShortcutsPage::takeOver);
    showCurrent();
}

QString ShortcutsPage::problem() const { return m_problem->text(); }

void ShortcutsPage::showCurrent()
{
    const auto* action = m_registry.find(m_table->currentAction());
    m_conflict.clear();
    m_problem->clear();
    m_takeOver->hide();
    m_keys->setEnabled(action);
    m_default->setEnabled(action);
    m_remove->setEnabled(action);
    const QSignalBlocker quiet(m_keys);
    m_keys->setKeySequence(action ? action->shortcut() : QKeySequence());
}

bool ShortcutsPage::tryShortcut(const QKeySequence& keys)
{
    const auto id = m_table->currentAction();
    if (!m_registry.find(id))
        return false;
    const auto holder = m_registry.setShortcut(id, keys);
    if (holder.isEmpty()) {
        showCurrent();
        emit shortcutChanged(id, keys);
        return true;
    }
    m_conflict = holder;
    const auto* other = m_registry.find(holder);
    m_problem->setText(tr("%1 already belongs to “%2”. Nothing was changed.")
                           .arg(keys.toString(QKeySequence::NativeText), other ? withoutMnemonic(other->text()) : holder));
    const QSignalBlocker quiet(m_keys);
    m_keys->setKeySequence(keys);
    m_takeOver->show();
    return false;
}

void ShortcutsPage::takeOver()
{
    const auto keys = m_keys->keySequence();
    const auto loser = m_conflict;
    if (loser.isEmpty() || !m_registry.setShortcut(loser, {}).isEmpty())
        return;
    emit shortcutChanged(loser, {});
    tryShortcut(keys);
}

} // namespace ridealong::preferences
