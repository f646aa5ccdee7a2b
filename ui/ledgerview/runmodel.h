// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "ledgerview/cell.h"

namespace ridealong::ledgerview {

/// Runs in the order they were answered in: whoever asks sorts.
class RunModel : public CellModel
{
    Q_OBJECT
public:
    enum RunColumn { When, Who, Command, Room, Environment, State, Duration, Exit };

    RunModel(base::Clock& clock, QObject* parent = nullptr);

    void setPlaces(PlaceOf places) { m_places = std::move(places); }
    void setNames(NameOfBot names) { m_names = std::move(names); }
    void setRuns(const QList<chat::RunRecord>& runs);
    /// A further page. What is there already (runs were added meanwhile, and pages moved) is left out.
    void append(const QList<chat::RunRecord>& runs);
    const QList<chat::RunRecord>& runs() const { return m_runs; }
    const chat::RunRecord* find(const base::RunId& run) const;
    bool hasOpen() const; ///< one goes on

    static chat::LedgerOrder orderOf(int column);

    const QList<Column>& columns() const override { return m_columns; }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_runs.size()); }
    Cell cell(int row, int column) const override;
    Card card(int row) const override;
    QString environment(int row) const override;
    QString key(int row) const override;
    QString toolTip(int row, int column) const override;
    QString spoken(int row) const override;

private:
    Place placeOf(const base::ConversationId& id) const;
    Cell stateCell(const chat::RunReport& report) const;

    base::Clock& m_clock;
    QList<Column> m_columns;
    QList<chat::RunRecord> m_runs;
    PlaceOf m_places;
    NameOfBot m_names;
};

} // namespace ridealong::ledgerview
