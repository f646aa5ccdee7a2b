// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/consoleaccessible.h"

#include "consoleview/consoleview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

namespace ridealong::consoleview {
namespace {

/// One run: "disk, succeeded, 12 lines". Its description is the row where the keyboard is, never all of the output.
class BlockAccessible : public QAccessibleInterface
{
public:
    BlockAccessible(ConsoleView* view, int item) : m_view(view), m_item(item) {}

    bool isValid() const override { return m_view && m_item < m_view->blockCount(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_view && m_view->window() ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QString text(QAccessible::Text which) const override
    {
        if (!isValid())
            return {};
        if (which == QAccessible::Description)
            return m_view->accessibleRowOf(m_item);
        return which == QAccessible::Name ? m_view->accessibleNameOf(m_item) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect shown = m_view->rectOf(m_item) & m_view->viewport()->rect();
        return {m_view->viewport()->mapToGlobal(shown.topLeft()), shown.size()};
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const bool current = m_view->currentRun() == m_view->runAt(m_item);
        state.focusable = state.selectable = state.expandable = true;
        state.selected = current;
        state.focused = current && m_view->hasFocus();
        state.offscreen = !m_view->rectOf(m_item).intersects(m_view->viewport()->rect());
        const bool folded = m_view->isFolded(m_view->runAt(m_item));
        state.collapsed = folded;
        state.expanded = !folded;
        return state;
    }
    int item() const { return m_item; }

private:
    QPointer<ConsoleView> m_view;
    int m_item;
};

class ListAccessible : public QAccessibleWidget
{
public:
    explicit ListAccessible(ConsoleView* view) : QAccessibleWidget(view, QAccessible::List) {}
    ~ListAccessible() override
    {
        for (const auto id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return view()->blockCount(); }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        auto& id = m_children[index];
        if (!id)
            id = QAccessible::registerAccessibleInterface(new BlockAccessible(view(), index));
        return QAccessible::accessibleInterface(id);
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int index = 0; index < childCount(); ++index)
            if (auto* block = child(index); block && block->rect().contains(x, y))
                return block;
        return nullptr;
    }
    int indexOfChild(const QAccessibleInterface* other) const override
    {
        const auto* block = dynamic_cast<const BlockAccessible*>(other);
        return block ? block->item() : -1;
    }
    QAccessibleInterface* focusChild() const override
    {
        for (int index = 0; index < childCount(); ++index)
            if (view()->runAt(index) == view()->currentRun())
                return child(index);
        return nullptr;
    }

private:
    ConsoleView* view() const { return static_cast<ConsoleView*>(widget()); }

    mutable QHash<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object)
{
    auto* view = qobject_cast<ConsoleView*>(object);
    return view ? new ListAccessible(view) : nullptr;
}

} // namespace

void installConsoleAccessibility()
{
    QAccessible::installFactory(makeAccessible); // a factory that is known already is not added again
}

} // namespace ridealong::consoleview
