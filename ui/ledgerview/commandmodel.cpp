// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ledgerview/commandmodel.h"

#include "kit/durations.h"
#include "kit/messagedocument.h"
#include "kit/moments.h"
#include "kit/runwords.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ridealong::ledgerview {

using chat::CommandRecord;
using kit::Token;

namespace {

constexpr int kPoorPercent = 50; ///< a command that fails more often than not

QString shownKind(const CommandRecord& command) { return oneLine(command.kind.isEmpty() ? command.lastCommand : command.kind); }

} // namespace

CommandModel::CommandModel(base::Clock& clock, QObject* parent)
    : CellModel(parent),
      m_clock(clock),
      m_columns{{tr("Command"), false, 150}, {tr("Bot"), false, 0, 2}, {tr("Runs"), true, 0, 0, true}, {tr("Succeeded"), true, 0, 0, true},
          {tr("Takes"), true, 0, 0, true}, {tr("Last by"), false, 0, 3}, {tr("Last run"), false, 0, 0, true}, {tr("Last state"), false, 0, 1}}
{}

void CommandModel::setCommands(const QList<CommandRecord>& commands)
{
    beginResetModel();
    m_commands = commands;
    order();
    endResetModel();
}

void CommandModel::sortBy(int column, bool ascending)
{
    m_column = column;
    m_ascending = ascending;
    beginResetModel();
    order();
    endResetModel();
}

/// Whatever it is sorted by, those that are equal have the one that was used last first.
void CommandModel::order()
{
    const auto byNumber = [&](auto number) {
        std::stable_sort(m_commands.begin(), m_commands.end(),
            [&](const CommandRecord& a, const CommandRecord& b) { return m_ascending ? number(a) < number(b) : number(b) < number(a); });
    };
    const auto byText = [&](auto text) {
        std::vector<std::pair<QString, qsizetype>> keys; // made once, not in each comparison
        for (qsizetype i = 0; i < m_commands.size(); ++i)
            keys.emplace_back(text(m_commands[i]), i);
        std::stable_sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
            const int compared = a.first.compare(b.first, Qt::CaseInsensitive);
            return m_ascending ? compared < 0 : compared > 0;
        });
        QList<CommandRecord> sorted;
        for (const auto& [key, at] : keys)
            sorted.append(m_commands[at]);
        m_commands = std::move(sorted);
    };
    std::stable_sort(m_commands.begin(), m_commands.end(), [](const CommandRecord& a, const CommandRecord& b) { return a.lastAtMs > b.lastAtMs; });
    switch (m_column) {
    case Command: return byText([](const CommandRecord& command) { return shownKind(command); });
    case Bot: return byText([this](const CommandRecord& command) { return nameOf(command); });
    case Runs: return byNumber([](const CommandRecord& command) { return command.runs; });
    case Success: return byNumber([](const CommandRecord& command) { return command.successPercent().value_or(-1); });
    case Typical: return byNumber([](const CommandRecord& command) { return command.succeeded > 0 ? command.typicalMs : -1; });
    case LastBy: return byText([](const CommandRecord& command) { return command.lastBy; });
    case LastState: return byNumber([](const CommandRecord& command) { return int(command.lastState); });
    default: return byNumber([](const CommandRecord& command) { return command.lastAtMs; });
    }
}

QString CommandModel::nameOf(const CommandRecord& command) const
{
    return kit::safeName(m_names ? m_names(command.account, command.bot) : command.bot.text());
}

Cell CommandModel::cell(int row, int column) const
{
    const CommandRecord& command = m_commands[row];
    chat::RunReport last;
    last.state = command.lastState;
    switch (column) {
    case Command: return {shownKind(command), Token::Text, false, true};
    case Bot: return {nameOf(command), Token::Muted};
    case Runs: return {QLocale().toString(command.runs)};
    case Success: {
        const auto percent = command.successPercent();
        if (!percent)
            return {u"–"_s, Token::Faint};
        return {tr("%1 %").arg(*percent), *percent < kPoorPercent ? Token::Danger : Token::Text, false, false, {}, percent};
    }
    case Typical: return command.succeeded > 0 ? Cell{kit::elapsedText(command.typicalMs)} : Cell{u"–"_s, Token::Faint};
    case LastBy: return {kit::safeName(command.lastBy)};
    case LastAt: return {kit::momentText(command.lastAtMs, m_clock.nowMs()), Token::Muted};
    case LastState: return {kit::stateWord(last), kit::stateToken(last), false, false, command.lastState};
    default: return {};
    }
}

Card CommandModel::card(int row) const
{
    Cell runs = cell(row, Runs);
    runs.text = tr("%n run(s)", nullptr, m_commands[row].runs);
    if (m_commands[row].succeeded > 0)
        runs.text = tr("%1 · %2", "how many runs, how long one takes").arg(runs.text, cell(row, Typical).text);
    runs.token = Token::Muted;
    Cell state = cell(row, LastState);
    state.text = cell(row, LastBy).text;
    state.token = Token::Muted;
    Cell when = cell(row, LastAt);
    when.token = Token::Faint;
    return {cell(row, Command), runs, {cell(row, Success), state}, when};
}

QString CommandModel::key(int row) const
{
    const CommandRecord& command = m_commands[row];
    return command.account.text() + u'\n' + command.bot.text() + u'\n' + command.kind;
}

QString CommandModel::toolTip(int row, int column) const
{
    const CommandRecord& command = m_commands[row];
    switch (column) {
    case Command: return tr("Last given as: %1").arg(command.lastCommand.left(1000));
    case Success:
        return command.ended > 0 ? tr("%1 of %n that ended", nullptr, command.ended).arg(QLocale().toString(command.succeeded))
                                 : tr("Of none of its runs the end is known.");
    case Typical: return command.succeeded > 0 ? tr("Half of those that succeeded lately took no longer.") : QString();
    case LastAt:
        return tr("%1, by %2").arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(command.lastAtMs), QLocale::LongFormat), cell(row, LastBy).text);
    default: return {};
    }
}

QString CommandModel::spoken(int row) const
{
    const CommandRecord& command = m_commands[row];
    QStringList words{cell(row, Command).text, nameOf(command), tr("%n run(s)", nullptr, command.runs)};
    if (command.successPercent())
        words += tr("%1 succeeded").arg(cell(row, Success).text);
    if (command.succeeded > 0)
        words += tr("takes %1").arg(cell(row, Typical).text);
    words += tr("last by %1, %2, %3").arg(cell(row, LastBy).text, cell(row, LastAt).text, cell(row, LastState).text);
    return words.join(u", "_s);
}

} // namespace ridealong::ledgerview
