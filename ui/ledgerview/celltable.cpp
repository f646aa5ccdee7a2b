// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ledgerview/celltable.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSet>

namespace ridealong::ledgerview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kRowsMeasured = 100; ///< that decide how wide a column is
constexpr int kMostWidth = 200; ///< of a column, at the usual size of text

} // namespace

CellTable::CellTable(CellModel& model, Theme& theme, QWidget* parent)
    : QTreeView(parent),
      m_model(model),
      m_theme(theme),
      m_delegate(new CellDelegate(model, theme, this))
{
    setModel(&model);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(0);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setMouseTracking(true);
    header()->setSectionsClickable(true);
    header()->setSectionsMovable(false);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(QHeaderView::Fixed);
    header()->setMinimumSectionSize(1);
    header()->setHighlightSections(false);
    header()->setSortIndicatorShown(true);
    connect(header(), &QHeaderView::sectionClicked, this, [this](int section) {
        const bool again = section == sortColumn();
        emit sortRequested(section, again ? !isAscending() : !m_model.columns()[section].descendsFirst);
    });
    connect(this, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) { emit rowActivated(index.row()); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &CellTable::tellNearEnd);
    const auto changed = [this] {
        measure();
        fit();
    };
    connect(&model, &QAbstractItemModel::modelReset, this, changed);
    connect(&model, &QAbstractItemModel::rowsInserted, this, changed);
    connect(&theme, &Theme::changed, this, &CellTable::restyle);
    restyle();
}

void CellTable::setSort(int column, bool ascending)
{
    m_sortColumn = column;
    m_isAscending = ascending;
    const QSignalBlocker quiet(header());
    header()->setSortIndicator(column, ascending ? Qt::AscendingOrder : Qt::DescendingOrder);
    header()->viewport()->update();
}

QList<int> CellTable::chosenRows() const
{
    QList<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

CellTable::Remembered CellTable::remember() const
{
    Remembered remembered;
    for (const int row : chosenRows())
        remembered.chosen += m_model.key(row);
    if (currentIndex().isValid()) {
        remembered.currentRow = currentIndex().row();
        remembered.current = m_model.key(remembered.currentRow);
    }
    remembered.scrolled = verticalScrollBar()->value();
    return remembered;
}

void CellTable::recall(const Remembered& remembered)
{
    const int rows = m_model.rowCount();
    if (rows == 0)
        return;
    const QSet<QString> chosen(remembered.chosen.begin(), remembered.chosen.end());
    QItemSelection selection;
    int current = -1;
    for (int row = 0; row < rows; ++row) {
        const QString key = m_model.key(row);
        if (chosen.contains(key))
            selection.select(m_model.index(row, 0), m_model.index(row, m_model.columnCount() - 1));
        if (key == remembered.current)
            current = row;
    }
    const QModelIndex index = m_model.index(current >= 0 ? current : std::min(remembered.currentRow, rows - 1), 0);
    if (selection.isEmpty())
        setCurrentIndex(index);
    else {
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    }
    verticalScrollBar()->setValue(remembered.scrolled);
}

// ---- how wide ----

void CellTable::restyle()
{
    header()->setFont(m_theme.font(Theme::Type::Small, true));
    QPalette words = header()->palette();
    words.setColor(QPalette::ButtonText, m_theme.color(Token::Muted));
    header()->setPalette(words);
    measure();
    fit();
    doItemsLayout();
}

void CellTable::measure()
{
    const QList<Column>& columns = m_model.columns();
    const int most = int(kMostWidth * m_theme.scale());
    m_widths.clear();
    for (int column = 0; column < columns.size(); ++column) {
        const int head = m_delegate->headerWidthOf(columns[column]);
        int width = head;
        for (int row = 0; row < std::min(kRowsMeasured, m_model.rowCount()); ++row)
            width = std::max(width, m_delegate->widthOf(m_model.cell(row, column)));
        const int elasticFrom = int(columns[column].elasticFrom * m_theme.scale());
        m_widths.append(elasticFrom > 0 ? elasticFrom : std::min(width, std::max(most, head)));
    }
}

void CellTable::fit()
{
    const QList<Column>& columns = m_model.columns();
    const int room = viewport()->width();
    QList<int> leaving;
    int wanted = 0;
    for (int column = 0; column < columns.size(); ++column) {
        wanted += m_widths[column];
        if (columns[column].leaves > 0)
            leaving.append(column);
    }
    std::sort(leaving.begin(), leaving.end(), [&](int a, int b) { return columns[a].leaves < columns[b].leaves; });
    QSet<int> gone;
    for (const int column : leaving) {
        if (wanted <= room)
            break;
        gone.insert(column);
        wanted -= m_widths[column];
    }
    setCards(wanted > room);
    for (int column = 0; column < columns.size(); ++column) {
        const bool stretches = m_isCards ? column == 0 : columns[column].elasticFrom > 0;
        header()->setSectionHidden(column, m_isCards ? column != 0 : gone.contains(column));
        header()->setSectionResizeMode(column, stretches ? QHeaderView::Stretch : QHeaderView::Fixed);
        if (!stretches)
            header()->resizeSection(column, m_widths[column]);
    }
}

void CellTable::setCards(bool cards)
{
    if (std::exchange(m_isCards, cards) == cards)
        return;
    m_model.setIsCards(cards);
    m_delegate->setIsCards(cards);
    header()->setVisible(!cards);
    scheduleDelayedItemsLayout();
}

void CellTable::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    fit();
    tellNearEnd();
}

void CellTable::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QTreeView::drawRow(painter, option, index);
    if (m_isCards || index.row() != currentIndex().row() || !hasFocus())
        return; // a card has a frame of its own
    painter->save();
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(m_theme.color(Token::Accent), 2));
    painter->drawRect(QRect(0, option.rect.top(), viewport()->width(), option.rect.height()).adjusted(1, 1, -1, -1));
    painter->restore();
}

// ---- keys ----

void CellTable::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentIndex().isValid())
            emit rowActivated(currentIndex().row());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void CellTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_isCards && current.isValid())
        viewport()->update(); // the frame goes through all columns
    if (current.isValid() && current.row() + 5 >= m_model.rowCount())
        emit nearEnd();
}

void CellTable::tellNearEnd()
{
    const auto* bar = verticalScrollBar();
    if (isVisible() && bar->maximum() > 0 && bar->maximum() - bar->value() < viewport()->height())
        emit nearEnd();
}

} // namespace ridealong::ledgerview
