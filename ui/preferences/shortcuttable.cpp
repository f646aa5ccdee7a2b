// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "preferences/shortcuttable.h"

#include "kit/theme.h"
#include "kit/tone.h"

#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace ridealong::preferences {

namespace {

constexpr int kIdRole = Qt::UserRole;

}

QString withoutMnemonic(const QString& text)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'&' && i + 1 < text.size())
            ++i; // "&&" is one '&'
        result += text[i];
    }
    return result;
}

ShortcutTable::ShortcutTable(kit::ActionRegistry& registry, kit::Theme& theme, QWidget* parent)
    : QTreeWidget(parent),
      m_registry(registry),
      m_theme(theme)
{
    setObjectName(u"shortcutTable"_s);
    setAccessibleName(tr("Shortcuts"));
    setColumnCount(2);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setFrameShape(QFrame::NoFrame);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    kit::setBackdrop(this, theme, kit::Token::Panel);
    connect(&registry, &kit::ActionRegistry::shortcutsChanged, this, &ShortcutTable::rebuild);
    connect(&theme, &kit::Theme::changed, this, &ShortcutTable::rebuild);
    rebuild();
}

void ShortcutTable::setFilter(const QString& filter)
{
    m_filter = filter.trimmed();
    rebuild();
}

QString ShortcutTable::currentAction() const { return currentItem() ? currentItem()->data(0, kIdRole).toString() : QString(); }

void ShortcutTable::setCurrentAction(const QString& id)
{
    for (int group = 0; group < topLevelItemCount(); ++group)
        for (int row = 0; row < topLevelItem(group)->childCount(); ++row)
            if (auto* item = topLevelItem(group)->child(row); item->data(0, kIdRole).toString() == id)
                setCurrentItem(item);
}

int ShortcutTable::shownCount() const
{
    int count = 0;
    for (int group = 0; group < topLevelItemCount(); ++group)
        count += topLevelItem(group)->childCount();
    return count;
}

void ShortcutTable::rebuild()
{
    const auto current = currentAction();
    const QSignalBlocker quiet(this);
    clear();
    QHash<QString, QTreeWidgetItem*> groups;
    for (const auto& spec : m_registry.specs()) {
        const auto* action = m_registry.find(spec.id);
        const QString keys = action ? action->shortcut().toString(QKeySequence::NativeText) : QString();
        const QString text = withoutMnemonic(spec.text);
        const bool matches = m_filter.isEmpty() || text.contains(m_filter, Qt::CaseInsensitive) || spec.group.contains(m_filter, Qt::CaseInsensitive)
            || keys.contains(m_filter, Qt::CaseInsensitive);
        if (!matches)
            continue;
        auto*& group = groups[spec.group];
        if (!group) {
            group = new QTreeWidgetItem(this, {spec.group});
            group->setFlags(Qt::ItemIsEnabled);
            group->setFont(0, m_theme.font(kit::Theme::Type::Small, true));
            group->setForeground(0, m_theme.color(kit::Token::Muted));
            group->setFirstColumnSpanned(true);
        }
        auto* item = new QTreeWidgetItem(group, {text, keys.isEmpty() ? u"–"_s : keys});
        item->setData(0, kIdRole, spec.id);
        item->setFont(0, m_theme.font());
        item->setFont(1, m_theme.font());
        item->setForeground(0, m_theme.color(kit::Token::Text));
        const bool changed = action && action->shortcut() != m_registry.defaultShortcut(spec.id);
        item->setForeground(1, m_theme.color(changed ? kit::Token::Accent : kit::Token::Muted));
        item->setToolTip(
            1, changed ? tr("Changed; it was %1").arg(m_registry.defaultShortcut(spec.id).toString(QKeySequence::NativeText)) : QString());
        const QSize size(0, QFontMetrics(m_theme.font()).height() + m_theme.rowPaddingV());
        item->setSizeHint(0, size);
        group->setSizeHint(0, size);
    }
    expandAll();
    setCurrentAction(current);
    if (!currentItem() && topLevelItemCount() > 0)
        setCurrentItem(topLevelItem(0)->child(0));
}

} // namespace ridealong::preferences
