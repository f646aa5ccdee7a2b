// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "model/conversationlistmodel.h"

#include <QHash>

namespace ridealong::model {

using namespace Qt::StringLiterals;

struct ConversationListModel::Data
{
    QList<ConversationRow> accounts; ///< in the order they were added
    QHash<base::ConversationId, ConversationRow> conversations;

    QList<ConversationRow> rows() const
    {
        QList<ConversationRow> made;
        for (const ConversationRow& account : accounts) {
            made.append(account);
            const qsizetype first = made.size();
            for (const ConversationRow& row : conversations)
                if (row.conversation.id.account() == account.account)
                    made.append(row);
            std::sort(made.begin() + first, made.end(), [](const ConversationRow& a, const ConversationRow& b) {
                if (a.conversation.kind != b.conversation.kind)
                    return a.conversation.kind < b.conversation.kind;
                const int order = a.conversation.name.compare(b.conversation.name, Qt::CaseInsensitive);
                return order != 0 ? order < 0 : a.conversation.id < b.conversation.id;
            });
        }
        return made;
    }
};

ConversationListModel::ConversationListModel(QObject* parent) : RowListModel(parent), m_data(std::make_unique<Data>()) {}
ConversationListModel::~ConversationListModel() = default;

int ConversationListModel::rowOf(const base::ConversationId& id) const
{
    for (int i = 0; i < int(rows().size()); ++i)
        if (rows()[i].kind == ConversationRow::Kind::Conversation && rows()[i].conversation.id == id)
            return i;
    return -1;
}

const ConversationRow* ConversationListModel::find(const base::ConversationId& id) const
{
    const int at = rowOf(id);
    return at < 0 ? nullptr : &rows()[at];
}

QVariant ConversationListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const ConversationRow& row = rows()[index.row()];
    if (row.kind == ConversationRow::Kind::Account)
        return row.accountName;
    return row.unread > 0 ? u"%1, %2 unread"_s.arg(row.conversation.name).arg(row.unread) : row.conversation.name;
}

void ConversationListModel::setAccount(const base::AccountId& account, const QString& name, const chat::ConnectionStatus& status)
{
    ConversationRow row;
    row.kind = ConversationRow::Kind::Account;
    row.account = account;
    row.accountName = name;
    row.status = status;
    auto& accounts = m_data->accounts;
    const auto known = std::find_if(accounts.begin(), accounts.end(), [&](const auto& a) { return a.account == account; });
    if (known == accounts.end())
        accounts.append(row);
    else
        *known = row;
    replaceFrom(0, m_data->rows());
}

void ConversationListModel::removeAccount(const base::AccountId& account)
{
    m_data->accounts.removeIf([&](const auto& a) { return a.account == account; });
    m_data->conversations.removeIf([&](const auto& entry) { return entry.key().account() == account; });
    replaceFrom(0, m_data->rows());
}

void ConversationListModel::setConversation(const ConversationRow& row)
{
    if (row.conversation.joined)
        m_data->conversations[row.conversation.id] = row;
    else
        m_data->conversations.remove(row.conversation.id);
    replaceFrom(0, m_data->rows());
}

void ConversationListModel::setUnread(const base::ConversationId& id, int unread, int mentions)
{
    change(id, [&](ConversationRow& row) {
        row.unread = unread;
        row.mentions = mentions;
    });
}

void ConversationListModel::setHasDraft(const base::ConversationId& id, bool hasDraft)
{
    change(id, [&](ConversationRow& row) { row.hasDraft = hasDraft; });
}

void ConversationListModel::change(const base::ConversationId& id, const std::function<void(ConversationRow&)>& edit)
{
    const auto known = m_data->conversations.find(id);
    if (known == m_data->conversations.end())
        return;
    edit(*known);
    changeRow(rowOf(id), [&](ConversationRow& row) { row = *known; });
}

} // namespace ridealong::model
