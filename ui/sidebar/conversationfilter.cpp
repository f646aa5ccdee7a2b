// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sidebar/conversationfilter.h"

#include "sidebar/rowwords.h"

namespace ridealong::sidebar {

using Kind = model::ConversationRow::Kind;

ConversationFilter::ConversationFilter(model::ConversationListModel& model, QObject* parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSourceModel(&model);
    // Whether an account is shown hangs on the rows below it, which a proxy does not look at again by itself.
    connect(&model, &QAbstractItemModel::rowsInserted, this, &ConversationFilter::refilter);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &ConversationFilter::refilter);
    connect(&model, &QAbstractItemModel::dataChanged, this, &ConversationFilter::refilter);
}

void ConversationFilter::setWords(const QString& words)
{
    const QString trimmed = words.trimmed();
    if (m_words == trimmed)
        return;
    m_words = trimmed;
    invalidateFilter();
}

void ConversationFilter::refilter()
{
    if (!m_words.isEmpty())
        invalidateFilter();
}

const model::ConversationRow* ConversationFilter::row(const QModelIndex& index) const
{
    const QModelIndex source = mapToSource(index);
    return source.isValid() ? &m_model.row(source.row()) : nullptr;
}

chat::NotifyLevel ConversationFilter::level(const model::ConversationRow& row) const
{
    return m_levels && row.kind == Kind::Conversation ? m_levels(row.conversation.id) : chat::NotifyLevel::Mentions;
}

bool ConversationFilter::startsDirect(const QModelIndex& index) const
{
    const auto* here = row(index);
    if (!here || here->kind != Kind::Conversation || here->conversation.kind != chat::ConversationKind::Direct)
        return false;
    const auto* above = row(index.row() - 1);
    return above && above->kind == Kind::Conversation && above->conversation.kind == chat::ConversationKind::Room;
}

QModelIndex ConversationFilter::indexOf(const base::ConversationId& id) const
{
    const int at = m_model.rowOf(id);
    return at < 0 ? QModelIndex() : mapFromSource(m_model.index(at));
}

QModelIndex ConversationFilter::firstConversation() const
{
    for (int at = 0; at < rowCount(); ++at)
        if (row(at)->kind == Kind::Conversation)
            return index(at, 0);
    return {};
}

QVariant ConversationFilter::data(const QModelIndex& index, int role) const
{
    const auto* here = row(index);
    if (!here)
        return {};
    switch (role) {
    case Qt::DisplayRole: return here->kind == Kind::Account ? here->accountName : shownName(here->conversation);
    case Qt::AccessibleTextRole: return spokenRow(*here, isMuted(*here));
    case Qt::ToolTipRole: return toolTipOf(*here, isMuted(*here));
    default: return {};
    }
}

Qt::ItemFlags ConversationFilter::flags(const QModelIndex& index) const
{
    const auto* here = row(index);
    if (!here)
        return Qt::NoItemFlags;
    return here->kind == Kind::Account ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

bool ConversationFilter::matches(const model::ConversationRow& row) const { return row.conversation.name.contains(m_words, Qt::CaseInsensitive); }

bool ConversationFilter::filterAcceptsRow(int sourceRow, const QModelIndex&) const
{
    if (m_words.isEmpty())
        return true;
    const auto& here = m_model.row(sourceRow);
    if (here.kind == Kind::Conversation)
        return matches(here);
    for (int below = sourceRow + 1; below < m_model.rowCount() && m_model.row(below).kind == Kind::Conversation; ++below)
        if (matches(m_model.row(below)))
            return true;
    return false;
}

} // namespace ridealong::sidebar
