// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Which lines of a run are shown, and what is said of the others.
#include "consoleview/consoleview.h"

namespace ridealong::consoleview {

void ConsoleView::setLineFilter(const std::optional<console::Console::LineFilter>& filter)
{
    if (m_lineFilter == filter)
        return;
    m_lineFilter = filter;
    ++m_filterSerial;
    clearSelection();
    for (int item = 0; item < blockCount(); ++item) {
        Block& block = m_blocks[size_t(item)];
        block.filtered = filter.has_value();
        if (!filter)
            block.kept.reset(); // else what it was is shown until it is known what it will be
        refilter(item);
    }
    itemsRestyled();
    markHits();
}

void ConsoleView::refilter(int item)
{
    if (!m_lineFilter)
        return;
    Block& block = m_blocks[size_t(item)];
    block.filtered = true;
    if (std::exchange(block.reading, true)) {
        block.readAgain = true;
        return;
    }
    const auto before = block.keptSerial == m_filterSerial ? block.kept : nullptr;
    m_console.filter(block.run, *m_lineFilter, before)
        .then(this, [this, run = block.run, serial = m_filterSerial](const base::Expected<std::shared_ptr<const console::KeptLines>>& kept) {
            const int at = indexOf(run);
            if (at < 0)
                return;
            Block& its = m_blocks[size_t(at)];
            its.reading = false;
            const bool isStale = std::exchange(its.readAgain, false) || serial != m_filterSerial;
            if (kept && serial == m_filterSerial) {
                its.kept = *kept;
                its.keptSerial = serial;
                itemGrew(at);
                markHits();
                viewport()->update();
            }
            if (isStale)
                refilter(at);
        });
}

QList<Note> ConsoleView::notesOf(int item) const
{
    const console::Run& run = *runOf(item);
    QList<Note> all = notes(run.report, run.lines ? run.lines->lineCount() : 0, m_clock.nowMs());
    if (run.usedWholeScreen)
        all.prepend({tr("A full-screen program ran; what it drew last is above."), kit::Token::Muted, {}});
    const Block& block = m_blocks[size_t(item)];
    if (!block.sinceLastTime.isEmpty())
        all.append({block.sinceLastTime, kit::Token::Muted, {{tr("Compare"), RunAction::Compare}}});
    if (!block.filtered && run.lines && block.view == BodyView::Formatted && block.bodyFormat == formatOf(block, run)) {
        if (!block.bodyNote.isEmpty())
            all.prepend({block.bodyNote, kit::Token::Muted, {}});
        const QStringList said = block.body ? block.body->notes() : QStringList();
        for (auto text = said.rbegin(); text != said.rend(); ++text)
            all.prepend({*text, kit::Token::Muted, {}});
    }
    if (!block.filtered || !block.kept || block.kept->readLines() == 0)
        return all;
    const qint64 shown = block.kept->count(), passed = block.kept->total(), lines = block.kept->readLines();
    QString text = shown < passed ? tr("The newest %L1 of %L2 lines that pass the filter, of %L3.").arg(shown).arg(passed).arg(lines)
                                  : tr("%L1 of %L2 lines pass the filter.").arg(shown).arg(lines);
    if (!block.kept->isWhole())
        text += u' ' + tr("The rest took too long to look through.");
    else if (shown == 0) { // the header alone, so that many runs can be looked over; what asks for something stays
        all.removeIf([](const Note& note) { return note.links.isEmpty(); });
        return all;
    }
    all.prepend({text, kit::Token::Muted, {}});
    return all;
}

} // namespace ridealong::consoleview
