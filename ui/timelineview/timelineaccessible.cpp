// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/timelineaccessible.h"

#include "timelineview/filepainter.h"
#include "timelineview/statewords.h"
#include "timelineview/timelineview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QDateTime>
#include <QPointer>

#include <map>

using namespace Qt::StringLiterals;

namespace ridealong::timelineview {
namespace {

/// The row with this number, whatever stands there now.
class RowAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    RowAccessible(TimelineView* view, int row) : m_view(view), m_row(row) {}

    bool isValid() const override { return m_view && m_view->model() && m_row < m_view->model()->rowCount(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    int row() const { return m_row; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        const auto& content = m_view->model()->row(m_row);
        if (content.kind != model::TimelineRow::Kind::Message) {
            const QString action = gapAction(content);
            const QString words = lineWords(content, QDateTime::fromMSecsSinceEpoch(m_view->nowMs()).date());
            return kind == QAccessible::Name ? words : kind == QAccessible::Description ? action : QString();
        }
        if (kind == QAccessible::Name)
            return m_view->model()->data(m_view->model()->index(m_row), Qt::DisplayRole).toString();
        if (kind != QAccessible::Description)
            return {};
        QStringList parts;
        bool sending = false; // which their words say already
        for (const FileLook& look : m_view->fileLooks(content)) {
            sending = sending || look.sending;
            parts += TimelineView::tr("File %1, %2").arg(chat::safeFileName(look.file.name), content.pending ? fileWords(look) : spokenFile(look));
        }
        if (content.run)
            parts += runWords(*content.run, m_view->nowMs()).text;
        else if (content.pending && !sending)
            parts += pendingWords(*content.pending).text;
        parts.removeAll(QString());
        return parts.join(u". "_s);
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect rect = m_view->rowRect(m_row);
        return {m_view->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.readOnly = true;
        state.invalid = !isValid();
        state.focused = isValid() && m_view->hasFocus() && m_view->currentRow() == m_row;
        state.selected = state.focused;
        state.invisible = isValid() && !m_view->viewport()->rect().intersects(m_view->rowRect(m_row));
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString& name) override
    {
        if (!isValid())
            return;
        m_view->setCurrentRow(m_row);
        if (name == pressAction())
            m_view->activateRow(m_row);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<TimelineView> m_view;
    int m_row;
};

/// The rows in view come first, then the view's own widgets.
class ListAccessible : public QAccessibleWidget
{
public:
    explicit ListAccessible(TimelineView* view) : QAccessibleWidget(view, QAccessible::List) {}
    ~ListAccessible() override
    {
        for (const auto& [row, id] : m_rows)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return rowsInView() + QAccessibleWidget::childCount(); }
    QAccessibleInterface* child(int index) const override
    {
        const int rows = rowsInView();
        if (index < 0)
            return nullptr;
        return index < rows ? ofRow(view()->firstVisibleRow() + index) : QAccessibleWidget::child(index - rows);
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        if (const auto* row = dynamic_cast<const RowAccessible*>(child)) {
            const int at = row->row() - view()->firstVisibleRow();
            return at >= 0 && at < rowsInView() ? at : -1;
        }
        const int at = QAccessibleWidget::indexOfChild(child);
        return at < 0 ? -1 : at + rowsInView();
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        const int row = view()->rowAt(view()->viewport()->mapFromGlobal(QPoint(x, y)));
        return row >= 0 ? ofRow(row) : QAccessibleWidget::childAt(x, y);
    }
    QAccessibleInterface* focusChild() const override
    {
        return view()->hasFocus() && view()->currentRow() >= 0 ? ofRow(view()->currentRow()) : QAccessibleWidget::focusChild();
    }

private:
    TimelineView* view() const { return static_cast<TimelineView*>(widget()); }
    int rowsInView() const { return view()->firstVisibleRow() < 0 ? 0 : view()->lastVisibleRow() - view()->firstVisibleRow() + 1; }
    QAccessibleInterface* ofRow(int row) const
    {
        const auto known = m_rows.find(row);
        if (known != m_rows.end())
            return QAccessible::accessibleInterface(known->second);
        auto* made = new RowAccessible(view(), row);
        m_rows[row] = QAccessible::registerAccessibleInterface(made);
        return made;
    }

    mutable std::map<int, QAccessible::Id> m_rows;
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* view = qobject_cast<TimelineView*>(object);
    return view ? new ListAccessible(view) : nullptr;
}

} // namespace

void installTimelineAccessibility()
{
    QAccessible::installFactory(make); // a factory that is there already is not added again
}

} // namespace ridealong::timelineview
