// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "formview/resulttable.h"

#include "formview/resulttext.h"
#include "formview/words.h"
#include "kit/theme.h"

#include <QAbstractTableModel>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <numeric>

namespace ridealong::formview {

using namespace Qt::StringLiterals;
using kit::Theme;

namespace {

constexpr int kMaxColumnWidth = 320;
constexpr int kRowsMeasured = 100; ///< that decide how wide a column is
constexpr int kRowsShown = 12; ///< then it scrolls

} // namespace

class ResultTable::Model final : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setTable(const chat::FormTable& table)
    {
        beginResetModel();
        m_table = table;
        endResetModel();
    }
    const chat::FormTable& table() const { return m_table; }
    int rowCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : int(m_table.rows.size()); }
    int columnCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : int(m_table.columns.size()); }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const QString cell = safeText(m_table.rows.value(index.row()).value(index.column()));
        if (role == Qt::DisplayRole)
            return cell.simplified();
        if (role == Qt::ToolTipRole && !cell.isEmpty())
            return u"<p style='white-space: pre-wrap'>"_s + cell.left(1000).toHtmlEscaped() + u"</p>"_s;
        if (role == Qt::AccessibleDescriptionRole)
            return headerData(index.column(), Qt::Horizontal, Qt::DisplayRole);
        return {};
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
            return labelOf(m_table.columns.value(section));
        if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
            return int(Qt::AlignLeft | Qt::AlignVCenter);
        return {};
    }

private:
    chat::FormTable m_table;
};

ResultTable::ResultTable(Theme& theme, QWidget* parent) : QTableView(parent), m_theme(theme), m_model(new Model(this))
{
    setObjectName(u"resultTable"_s);
    setModel(m_model);
    setProperty("framed", true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setWordWrap(false);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    connect(&theme, &Theme::changed, this, &ResultTable::fit);
}

void ResultTable::setTable(const chat::FormTable& table)
{
    m_model->setTable(table);
    setAccessibleName(table.title.isEmpty() ? tr("Result") : safeText(table.title).simplified());
    fit();
}

void ResultTable::fit()
{
    setFont(m_theme.font());
    horizontalHeader()->setFont(m_theme.font(Theme::Type::Small, true));
    const int row = QFontMetrics(font()).height() + 2 * m_theme.rowPaddingV();
    verticalHeader()->setDefaultSectionSize(row);
    horizontalHeader()->setResizeContentsPrecision(kRowsMeasured);
    resizeColumnsToContents();
    const int most = int(kMaxColumnWidth * m_theme.scale());
    for (int column = 0; column < m_model->columnCount({}) - 1; ++column) // the last one takes what is left
        setColumnWidth(column, std::min(most, columnWidth(column) + m_theme.rowPaddingH()));
    const int shown = std::clamp(m_model->rowCount({}), 1, kRowsShown);
    setFixedHeight(horizontalHeader()->sizeHint().height() + row * shown + 2 * frameWidth() + 14); // room for the bar that scrolls sideways
}

QString ResultTable::chosenText() const
{
    QList<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty()) {
        rows.resize(m_model->table().rows.size());
        std::iota(rows.begin(), rows.end(), 0);
    }
    return asText(m_model->table(), rows);
}

void ResultTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(chosenText());
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace ridealong::formview
