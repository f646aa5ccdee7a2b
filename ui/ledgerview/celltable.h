// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledgerview/celldelegate.h"

#include <QHeaderView>
#include <QTreeView>

namespace ridealong::ledgerview {

/// A table whose columns leave, one after the other, when it gets narrow; then its rows become cards. It stays at the rows that are chosen
/// when they are read anew.
class CellTable : public QTreeView
{
    Q_OBJECT
public:
    CellTable(CellModel& model, kit::Theme& theme, QWidget* parent = nullptr);

    bool isCards() const { return m_isCards; }
    QList<int> chosenRows() const; ///< from the top to the bottom
    void setSort(int column, bool ascending); ///< what is shown of it; nothing is sorted
    int sortColumn() const { return m_sortColumn; }
    bool isAscending() const { return m_isAscending; }

    /// Around a change of all rows: the same ones are chosen afterwards, and the view stands where it stood.
    template <typename Change> void keepingPlace(Change change)
    {
        const Remembered remembered = remember();
        change();
        recall(remembered);
    }

    /// Around a change to other rows: the first one is chosen.
    template <typename Change> void startingAnew(Change change)
    {
        change();
        recall({});
    }

signals:
    void rowActivated(int row); ///< Enter, or a double click
    void sortRequested(int column, bool ascending);
    void nearEnd(); ///< further rows will be wanted

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    struct Remembered
    {
        QStringList chosen;
        QString current;
        int currentRow = 0;
        int scrolled = 0;
    };
    Remembered remember() const;
    void recall(const Remembered& remembered);
    void restyle();
    void measure();
    void fit();
    void setCards(bool cards);
    void tellNearEnd();

    CellModel& m_model;
    kit::Theme& m_theme;
    CellDelegate* m_delegate;
    QList<int> m_widths; ///< that the columns want
    bool m_isCards = false;
    int m_sortColumn = 0; ///< not the header's: a click turns its arrow before we are asked
    bool m_isAscending = true;
};

} // namespace ridealong::ledgerview
