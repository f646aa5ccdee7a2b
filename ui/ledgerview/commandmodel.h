// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "ledgerview/cell.h"

namespace ridealong::ledgerview {

/// What is known of each command, sorted here: all of it is there.
class CommandModel : public CellModel
{
    Q_OBJECT
public:
    enum CommandColumn { Command, Bot, Runs, Success, Typical, LastBy, LastAt, LastState };

    CommandModel(base::Clock& clock, QObject* parent = nullptr);

    void setNames(NameOfBot names) { m_names = std::move(names); }
    void setCommands(const QList<chat::CommandRecord>& commands);
    void sortBy(int column, bool ascending);
    const QList<chat::CommandRecord>& commands() const { return m_commands; }

    const QList<Column>& columns() const override { return m_columns; }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_commands.size()); }
    Cell cell(int row, int column) const override;
    Card card(int row) const override;
    QString environment(int) const override { return {}; }
    QString key(int row) const override;
    QString toolTip(int row, int column) const override;
    QString spoken(int row) const override;

private:
    void order();
    QString nameOf(const chat::CommandRecord& command) const;

    base::Clock& m_clock;
    QList<Column> m_columns;
    QList<chat::CommandRecord> m_commands;
    NameOfBot m_names;
    int m_column = LastAt;
    bool m_ascending = false;
};

} // namespace ridealong::ledgerview
