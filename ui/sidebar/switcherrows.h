// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/conversationlistmodel.h"

#include <QStyledItemDelegate>

#include <vector>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::sidebar {

/// Where the letters of `query` stand in `name`, without regard to case: in one piece where they do, else one after the
/// other; empty when they do not.
std::vector<int> matchedLetters(const QString& query, const QString& name);

/// The conversations on offer, as values: those of the model may change under us.
class SwitcherRows : public QAbstractListModel
{
    Q_OBJECT
public:
    struct Row
    {
        model::ConversationRow row;
        QString account;
        std::vector<int> matched; ///< in shownName
    };
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<Row> rows);
    const Row* row(int at) const { return at >= 0 && at < int(m_rows.size()) ? &m_rows[size_t(at)] : nullptr; }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<Row> m_rows;
};

class SwitcherDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    SwitcherDelegate(kit::Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    kit::Theme& m_theme;
};

} // namespace ridealong::sidebar
