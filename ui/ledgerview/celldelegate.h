// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledgerview/cell.h"

#include <QStyledItemDelegate>

namespace ridealong::ledgerview {

/// Draws the cells of a CellModel, or its rows as cards.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    CellDelegate(const CellModel& model, kit::Theme& theme, QObject* parent = nullptr);

    void setIsCards(bool cards) { m_isCards = cards; }

    /// How wide a cell is drawn, with the room around it.
    int widthOf(const Cell& cell) const;
    int headerWidthOf(const Column& column) const;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QFont fontOf(const Cell& cell, kit::Theme::Type type) const;
    int signWidth(const Cell& cell, const QFont& font) const;
    void paintCell(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintCard(QPainter& painter, const QStyleOptionViewItem& option, int row) const;
    void drawSign(QPainter& painter, const QRect& rect, const Cell& cell, bool selected) const;
    QColor color(kit::Token token, bool selected) const;

    const CellModel& m_model;
    kit::Theme& m_theme;
    bool m_isCards = false;
};

} // namespace ridealong::ledgerview
