// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ledgerview/runmodel.h"

#include "kit/durations.h"
#include "kit/messagedocument.h"
#include "kit/moments.h"
#include "kit/runwords.h"

#include <QDateTime>
#include <QLocale>
#include <QSet>

using namespace Qt::StringLiterals;

namespace ridealong::ledgerview {

using kit::Token;

namespace {

QString keyOf(const chat::RunReport& report) { return report.conversation.account().text() + u'\n' + report.run.text(); }

/// Nothing is expected any more, or nobody knows: no clock runs for it.
bool isOpen(const chat::RunReport& report)
{
    return !chat::isFinal(report.state) && report.state != chat::RunState::NoReply && report.state != chat::RunState::Unknown;
}

} // namespace

RunModel::RunModel(base::Clock& clock, QObject* parent)
    : CellModel(parent),
      m_clock(clock),
      m_columns{{tr("Started"), false, 0, 0, true}, {tr("Who")}, {tr("Command"), false, 230}, {tr("Room"), false, 0, 3},
          {tr("Environment"), false, 0, 1}, {tr("State")}, {tr("Duration"), true, 0, 0, true}, {tr("Exit"), true, 0, 2, true}}
{}

chat::LedgerOrder RunModel::orderOf(int column)
{
    using Order = chat::LedgerOrder;
    switch (column) {
    case Who: return Order::Sender;
    case Command: return Order::Command;
    case Room: return Order::Conversation;
    case Environment: return Order::Environment;
    case State: return Order::State;
    case Duration: return Order::Duration;
    case Exit: return Order::ExitCode;
    default: return Order::Started;
    }
}

void RunModel::setRuns(const QList<chat::RunRecord>& runs)
{
    beginResetModel();
    m_runs = runs;
    endResetModel();
}

void RunModel::append(const QList<chat::RunRecord>& runs)
{
    QSet<QString> known;
    for (const chat::RunRecord& record : std::as_const(m_runs))
        known.insert(keyOf(record.report));
    QList<chat::RunRecord> added;
    for (const chat::RunRecord& record : runs)
        if (!known.contains(keyOf(record.report)))
            added.append(record);
    if (added.isEmpty())
        return;
    beginInsertRows({}, int(m_runs.size()), int(m_runs.size() + added.size()) - 1);
    m_runs += added;
    endInsertRows();
}

const chat::RunRecord* RunModel::find(const base::RunId& run) const
{
    const auto found = std::find_if(m_runs.cbegin(), m_runs.cend(), [&](const chat::RunRecord& record) { return record.report.run == run; });
    return found == m_runs.cend() ? nullptr : &*found;
}

bool RunModel::hasOpen() const
{
    return std::any_of(m_runs.cbegin(), m_runs.cend(), [](const chat::RunRecord& record) { return isOpen(record.report); });
}

Place RunModel::placeOf(const base::ConversationId& id) const { return m_places ? m_places(id) : Place{id.key(), {}}; }

Cell RunModel::stateCell(const chat::RunReport& report) const
{
    return {kit::stateWord(report), kit::stateToken(report), false, false, report.state};
}

Cell RunModel::cell(int row, int column) const
{
    const chat::RunReport& report = m_runs[row].report;
    switch (column) {
    case When: return {kit::momentText(report.startedAtMs, m_clock.nowMs()), Token::Muted};
    case Who: return {kit::safeName(report.senderName)};
    case Command: return {oneLine(report.command), Token::Text, false, true};
    case Room: return {kit::safeName(placeOf(report.conversation).name), Token::Muted};
    case Environment: return {kit::safeName(environment(row)), Token::Muted};
    case State: return stateCell(report);
    case Duration:
        if (report.endedAtMs <= 0 && !isOpen(report))
            return {u"–"_s, Token::Faint};
        return {kit::elapsedText(kit::elapsedMs(report, m_clock.nowMs()))};
    case Exit: return report.exitCode ? Cell{QString::number(*report.exitCode), *report.exitCode == 0 ? Token::Muted : Token::Danger} : Cell{};
    default: return {};
    }
}

Card RunModel::card(int row) const
{
    Cell when = cell(row, When);
    when.token = Token::Faint;
    Cell who = cell(row, Who);
    who.token = Token::Muted;
    Cell state = cell(row, State);
    if (const auto exit = m_runs[row].report.exitCode; exit && *exit != 0)
        state.text = tr("%1 · exit %2").arg(state.text).arg(*exit);
    Cell took = cell(row, Duration);
    took.token = Token::Muted;
    return {cell(row, Command), took, {state, who, cell(row, Room)}, when};
}

QString RunModel::environment(int row) const
{
    const chat::RunReport& report = m_runs[row].report;
    return report.environment.isEmpty() ? placeOf(report.conversation).environment : report.environment;
}

QString RunModel::key(int row) const { return keyOf(m_runs[row].report); }

QString RunModel::toolTip(int row, int column) const
{
    const chat::RunReport& report = m_runs[row].report;
    switch (column) {
    case When: {
        QString tip = QLocale().toString(QDateTime::fromMSecsSinceEpoch(report.startedAtMs), QLocale::LongFormat);
        if (report.confidence)
            tip += u'\n' + tr("As seen by this program. Its output is its own with %1 %.").arg(*report.confidence);
        return tip;
    }
    case Command: return report.command.left(1000);
    case State: return report.detail.left(1000);
    case Room:
        return m_names ? tr("%1, asked of %2").arg(cell(row, Room).text, kit::safeName(m_names(report.conversation.account(), report.bot)))
                       : QString();
    default: return {};
    }
}

QString RunModel::spoken(int row) const
{
    QStringList words{cell(row, Command).text, cell(row, State).text};
    if (const QString exit = cell(row, Exit).text; !exit.isEmpty())
        words += tr("exit %1").arg(exit);
    words += {cell(row, Who).text, cell(row, When).text, cell(row, Room).text};
    if (const QString where = cell(row, Environment).text; !where.isEmpty())
        words += where;
    if (cell(row, Duration).token != Token::Faint)
        words += cell(row, Duration).text;
    return words.join(u", "_s);
}

} // namespace ridealong::ledgerview
