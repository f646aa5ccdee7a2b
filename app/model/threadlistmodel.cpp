// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "model/threadlistmodel.h"

namespace ridealong::model {

using namespace Qt::StringLiterals;

int ThreadListModel::unread() const
{
    return int(std::count_if(rows().cbegin(), rows().cend(), [](const auto& thread) { return thread.unread > 0; }));
}

int ThreadListModel::rowOf(const base::ConversationId& conversation, const base::MessageId& root) const
{
    for (int at = 0; at < rowCount(); ++at)
        if (row(at).root.id == root && row(at).conversation == conversation)
            return at;
    return -1;
}

QVariant ThreadListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const chat::ThreadOverview& thread = row(index.row());
    // All at once: what somebody wrote may have a "%1" of its own.
    const QString text
        = u"%1: %2, %3 replies"_s.arg(thread.root.senderName, thread.root.text.left(200).simplified(), QString::number(thread.replies));
    return thread.unread > 0 ? u"%1, %2 unread"_s.arg(text, QString::number(thread.unread)) : text;
}

} // namespace ridealong::model
