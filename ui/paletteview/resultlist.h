// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "palette/palette.h"

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::paletteview {

/// What rows need besides the candidates.
struct RowContext
{
    QString self; ///< name of the user, as Usage::lastBy has it
    QString environment; ///< of the conversation
    QHash<base::AccountId, QString> accounts; ///< names
};

/// The candidates as values: specs are copied, because those of the palette may change under us.
class ResultModel : public QAbstractListModel
{
public:
    struct Row
    {
        chat::CommandSpec spec;
        std::vector<int> matched;
        palette::Usage usage;
    };
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<Row> rows);
    const Row* row(int index) const { return index >= 0 && index < int(m_rows.size()) ? &m_rows[size_t(index)] : nullptr; }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<Row> m_rows;
};

class ResultDelegate : public QStyledItemDelegate
{
public:
    ResultDelegate(kit::Theme& theme, base::Clock& clock, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme), m_clock(clock) {}

    void setContext(const RowContext& context) { m_context = context; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    kit::Theme& m_theme;
    base::Clock& m_clock;
    RowContext m_context;
};

} // namespace ridealong::paletteview
