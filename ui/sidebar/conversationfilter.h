// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/notifylevel.h"
#include "model/conversationlistmodel.h"

#include <QSortFilterProxyModel>

namespace ridealong::sidebar {

/// The conversations whose names hold what is typed, each under its account; accounts without any are left out then.
class ConversationFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit ConversationFilter(model::ConversationListModel& model, QObject* parent = nullptr);

    void setWords(const QString& words);
    const QString& words() const { return m_words; }

    const model::ConversationRow* row(const QModelIndex& index) const; ///< null: none
    const model::ConversationRow* row(int at) const { return row(index(at, 0)); }
    /// The first direct chat below the rooms of its account: a heading stands over it.
    bool startsDirect(const QModelIndex& index) const;
    using LevelOf = std::function<chat::NotifyLevel(const base::ConversationId&)>;
    void setLevels(LevelOf levels) { m_levels = std::move(levels); }
    /// Which of its messages are told; Mentions while nobody said.
    chat::NotifyLevel level(const model::ConversationRow& row) const;
    bool isMuted(const model::ConversationRow& row) const { return level(row) == chat::NotifyLevel::Nothing; }
    QModelIndex indexOf(const base::ConversationId& id) const;
    QModelIndex firstConversation() const;

    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;

private:
    bool matches(const model::ConversationRow& row) const;
    void refilter();

    model::ConversationListModel& m_model;
    QString m_words;
    LevelOf m_levels;
};

} // namespace ridealong::sidebar
