// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What keys and the mouse do to a tree.
#include "consoleview/tablebody.h"
#include "consoleview/treebody.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using console::Format;
using console::ValueKind;
using console::ValueNode;
using console::ValueTree;

namespace {

constexpr quint32 kMaxShownBytes = 16 * 1024; ///< of a value that is shown whole
constexpr int kLookedAt = 20; ///< of an array, to guess whether it is a table

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TreeBody)
};

bool isFlat(const ValueTree& tree, quint32 id)
{
    if (tree[id].kind != ValueKind::Object || tree[id].children == 0)
        return false;
    for (quint32 child = id + 1; child < tree[id].next; child = tree[child].next)
        if (tree[child].isContainer() && tree[child].children > 0)
            return false;
    return true;
}

bool isTable(const ValueTree& tree, quint32 array)
{
    if (tree[array].kind != ValueKind::Array || tree[array].children == 0)
        return false;
    int looked = 0;
    for (quint32 child = array + 1; child < tree[array].next && looked < kLookedAt; child = tree[child].next, ++looked)
        if (!isFlat(tree, child))
            return false;
    return true;
}

} // namespace

/// Other nodes are open. What concerns many is worked out elsewhere.
void TreeBody::change(quint32 node, std::function<void(Open&)> change, BodyHost& host)
{
    const int serial = ++m_changing;
    const ValueNode& changed = (*m_tree)[node];
    if (changed.next - node <= kMaxSyncNodes) {
        change(m_open);
        const auto begin = std::lower_bound(m_rows.begin(), m_rows.end(), node);
        const auto end = std::lower_bound(begin, m_rows.end(), changed.next);
        std::vector<quint32> rows;
        collect(*m_tree, m_open, node, changed.next, rows);
        const auto at = m_rows.erase(begin, end);
        m_rows.insert(at, rows.begin(), rows.end());
        host.rowsChanged();
        return;
    }
    host.work([self = std::static_pointer_cast<TreeBody>(shared_from_this()), open = m_open, change = std::move(change), serial,
                  &host]() mutable -> std::function<void()> {
        change(open);
        auto rows = std::make_shared<std::vector<quint32>>();
        collect(*self->m_tree, open, self->firstShown(), self->m_tree->count(), *rows);
        return [self, rows, open = std::make_shared<Open>(std::move(open)), serial, &host] {
            if (serial != self->m_changing)
                return;
            self->m_open.swap(*open);
            self->m_rows.swap(*rows);
            host.rowsChanged();
        };
    });
}

void TreeBody::setOpen(qint64 unit, bool open, bool all, BodyHost& host)
{
    const quint32 id = nodeOf(unit);
    if (!(*m_tree)[id].isContainer())
        return;
    change(
        id,
        [tree = m_tree, id, open, all](Open& opened) {
            opened[id] = open;
            for (quint32 below = id + 1; all && below < (*tree)[id].next; ++below)
                opened[below] = open && (*tree)[below].isContainer();
        },
        host);
}

/// All of the tree: open down to that level, folded below. The keyboard stays with what holds its node.
void TreeBody::openTo(int level, qint64 unit, BodyHost& host)
{
    const quint32 at = unit >= 0 && unit <= lastUnit() ? nodeOf(unit) : 0;
    change(
        0,
        [tree = m_tree, level](Open& opened) {
            std::vector<quint8> depths(tree->count(), 0);
            const int most = level + ((*tree)[0].isDocuments ? 1 : 0);
            for (quint32 id = 0; id < tree->count(); ++id) {
                depths[id] = (*tree)[id].keyLength == ValueNode::kIsRoot ? 0 : quint8(depths[(*tree)[id].parent] + 1);
                opened[id] = (*tree)[id].isContainer() && depths[id] < most;
            }
        },
        host);
    if ((*m_tree)[0].isDocuments && !m_rows.empty() && m_rows.front() == 0)
        m_rows.erase(m_rows.begin()); // that list is nobody's
    if (unit >= 0)
        host.setCursor(rowOfNode(at));
}

bool TreeBody::click(const Spot& spot, Qt::KeyboardModifiers modifiers, BodyHost& host)
{
    if ((spot.part != FoldPart && spot.part != NotePart) || spot.unit < 0 || spot.unit > lastUnit())
        return false;
    setOpen(spot.unit, !isOpen(spot.unit), modifiers & Qt::ShiftModifier, host);
    host.setCursor(spot.unit);
    return true;
}

qint64 TreeBody::parentRow(qint64 unit) const
{
    const ValueNode& node = (*m_tree)[nodeOf(unit)];
    if (node.keyLength == ValueNode::kIsRoot || (*m_tree)[node.parent].isDocuments)
        return -1;
    return rowOfNode(node.parent);
}

bool TreeBody::key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host)
{
    const bool isFoldable = (*m_tree)[nodeOf(unit)].isContainer() && (*m_tree)[nodeOf(unit)].children > 0;
    const bool all = modifiers == Qt::ShiftModifier;
    if (modifiers != Qt::NoModifier && !all)
        return false;
    switch (key) {
    case Qt::Key_Left:
        if (isFoldable && (isOpen(unit) || all))
            setOpen(unit, false, all, host);
        else if (parentRow(unit) >= 0)
            host.setCursor(parentRow(unit));
        else
            return all; // back to the block
        return true;
    case Qt::Key_Right:
        if (isFoldable && (!isOpen(unit) || all))
            setOpen(unit, true, all, host);
        else if (isFoldable)
            host.setCursor(unit + 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isFoldable)
            setOpen(unit, !isOpen(unit), all, host);
        else
            host.showWhole(wholeOf(nodeOf(unit), kMaxShownBytes));
        return true;
    default: break;
    }
    if (!all && key >= Qt::Key_1 && key <= Qt::Key_9) {
        openTo(key - Qt::Key_0, unit, host);
        return true;
    }
    return false;
}

quint32 TreeBody::tableArray(quint32 id) const
{
    for (;; id = (*m_tree)[id].parent) {
        if (isTable(*m_tree, id))
            return id;
        if ((*m_tree)[id].keyLength == ValueNode::kIsRoot)
            return m_tree->count();
    }
}

QList<BodyAction> TreeBody::actions(const Spot& spot)
{
    QList<BodyAction> list;
    const qint64 unit = spot.unit <= lastUnit() ? spot.unit : -1;
    const quint32 id = unit >= 0 ? nodeOf(unit) : firstShown();
    if (unit >= 0) {
        list << BodyAction{
            Words::tr("Copy the path %1").arg(pathOf(id).left(60)), Qt::Key_J, [this, id](BodyHost& host) { host.copyText(pathOf(id)); }};
        list << BodyAction{Words::tr("Copy the value"), Qt::Key_L, [this, id](BodyHost& host) {
                               host.work([self = std::static_pointer_cast<TreeBody>(shared_from_this()), id, &host]() -> std::function<void()> {
                                   return [text = self->wholeOf(id), &host] { host.copyText(text); };
                               });
                           }};
    }
    const int everything = console::kMaxTreeDepth + 1;
    list << BodyAction{Words::tr("Open all"), Qt::Key_E, [this, unit](BodyHost& host) { openTo(everything, unit, host); }};
    for (int level = 1; level <= 3; ++level)
        list << BodyAction{
            Words::tr("Open to level %1").arg(level), Qt::Key_0 + level, [this, unit, level](BodyHost& host) { openTo(level, unit, host); }};
    if (const quint32 array = tableArray(id); array < m_tree->count())
        list << BodyAction{Words::tr("Show the list as a table"), Qt::Key_B, [this, array](BodyHost& host) {
                               host.show(Format::Table, [tree = m_tree, text = m_text, array]() -> MadeBody {
                                   return {std::make_shared<TableBody>(tableOf(*tree, array, text))};
                               });
                           }};
    return list;
}

console::Table tableOf(const ValueTree& tree, quint32 array, const console::OutputText& text)
{
    console::Table table;
    QHash<QString, int> columns;
    QList<bool> hasNumbers;
    for (quint32 item = array + 1; item < tree[array].next && table.rows.size() < console::kMaxTableRows; item = tree[item].next) {
        QStringList row;
        for (quint32 child = item + 1; child < tree[item].next; child = tree[child].next) {
            const ValueNode& value = tree[child];
            if (!value.isKeyed())
                continue;
            const QString key = console::keyText(text.piece(value.key, value.key + value.keyLength));
            auto column = columns.constFind(key);
            if (column == columns.cend()) {
                if (table.columns.size() >= console::kMaxTableColumns)
                    continue;
                column = columns.insert(key, int(table.columns.size()));
                table.columns << key;
                table.numeric << true;
                hasNumbers << false;
            }
            while (row.size() <= *column)
                row << QString();
            row[*column] = value.kind == ValueKind::Null ? QString() : console::valueText(value, text.piece(value.begin, value.end));
            table.numeric[*column] = table.numeric[*column] && (value.kind == ValueKind::Number || value.kind == ValueKind::Null);
            hasNumbers[*column] = hasNumbers[*column] || value.kind == ValueKind::Number;
        }
        table.rows << row;
    }
    for (int column = 0; column < table.columns.size(); ++column)
        table.numeric[column] = table.numeric[column] && hasNumbers[column];
    return table;
}

console::Table tableOfTree(const BodySource& source)
{
    const console::OutputText text(source.lines);
    if (text.size() > console::kMaxTreeBytes)
        return {};
    const QByteArray all = text.all();
    auto read = ValueTree::readJson(all, source.isGivenUp.get());
    if (read.problem == ValueTree::Problem::Broken && source.format == Format::Yaml)
        read = ValueTree::readYaml(all, source.isGivenUp.get());
    for (quint32 id = 0; id < read.tree.count(); ++id)
        if (isTable(read.tree, id))
            return tableOf(read.tree, id, text);
    return {};
}

} // namespace ridealong::consoleview
