// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/threads.h"
#include "model/rowlistmodel.h"

namespace ridealong::model {

/// Threads in the order they were given.
class ThreadListModel : public RowListModel<chat::ThreadOverview>
{
    Q_OBJECT
public:
    using RowListModel::RowListModel;

    void setThreads(const QList<chat::ThreadOverview>& threads) { replaceFrom(0, threads); }
    int unread() const; ///< threads with something unread
    int rowOf(const base::ConversationId& conversation, const base::MessageId& root) const; ///< -1: not there

    QVariant data(const QModelIndex& index, int role) const override; ///< DisplayRole: "Ana: text, 5 replies, 2 unread"
};

} // namespace ridealong::model
