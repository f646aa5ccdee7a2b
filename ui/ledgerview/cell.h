// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/ledger.h"
#include "kit/theme.h"

#include <QAbstractTableModel>
#include <QList>

#include <functional>
#include <optional>

namespace ridealong::ledgerview {

/// What is shown of the conversation that a run was in.
struct Place
{
    QString name;
    QString environment;
};
using PlaceOf = std::function<Place(const base::ConversationId&)>;
using NameOfBot = std::function<QString(const base::AccountId&, const base::UserId&)>;

/// One piece of a row as it is drawn.
struct Cell
{
    QString text;
    kit::Token token = kit::Token::Text;
    bool strong = false;
    bool mono = false;
    std::optional<chat::RunState> state = {}; ///< its sign stands before the text
    std::optional<int> percent = {}; ///< its bar stands before the text
};

/// A row where there is no room for columns: two lines, filled from both sides.
struct Card
{
    Cell title;
    Cell titleEnd;
    QList<Cell> foot;
    Cell footEnd;
};

struct Column
{
    QString title;
    bool isNumber = false; ///< stands on the right
    int elasticFrom = 0; ///< takes what the others leave, so many pixels or more at the usual size of text; 0: is as wide as what is in it
    int leaves = 0; ///< when there is no room: 1 first, then 2 …; 0 stays
    bool descendsFirst = false; ///< what is sorted by it has the largest on top at first
};

/// A table whose cells can be drawn in columns and as cards.
class CellModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    virtual const QList<Column>& columns() const = 0;
    virtual Cell cell(int row, int column) const = 0;
    virtual Card card(int row) const = 0;
    virtual QString environment(int row) const = 0; ///< whose bar stands at its left edge
    virtual QString key(int row) const = 0; ///< by which it is found again
    virtual QString toolTip(int row, int column) const = 0;
    virtual QString spoken(int row) const = 0; ///< all of it, in one sentence

    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(columns().size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setIsCards(bool cards) { m_isCards = cards; } ///< a row is spoken as a whole then
private:
    bool m_isCards = false;
};

/// Text of strangers on one line of the screen: bounded, without what turns its direction.
QString oneLine(const QString& text);

} // namespace ridealong::ledgerview
