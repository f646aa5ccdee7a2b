// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the menu of a run has of other runs: comparing, handing over, and what belongs to which.
#include "console/compare.h"
#include "console/samecommand.h"
#include "consoleview/consoleview.h"
#include "kit/fitting.h"

#include <QMenu>

namespace ridealong::consoleview {

namespace {

constexpr int kNeighbours = 6; ///< of the same conversation, before and after, that are offered
constexpr qsizetype kMaxCommandChars = 48;

} // namespace

void ConsoleView::fillComparing(QMenu& menu, int item)
{
    const base::RunId run = runAt(item);
    auto* compare = menu.addAction(tr("Compare with the last time…"), this, [this, run] { emit compareRequested(run); });
    compare->setShortcut(Qt::Key_X);
    auto* over = menu.addAction(tr("&Hand over all that is shown…"), this, &ConsoleView::handOver);
    over->setShortcut(Qt::Key_H);
}

/// What a command said is often of interest for what is new in it. Numbers change always, and so do not count.
void ConsoleView::compareWithLastTime(const base::RunId& run)
{
    constexpr qint64 kTooShort = 2; ///< lines; those are compared at a glance
    const console::Run* now = m_console.find(run);
    const console::Run* before = m_console.find(console::runBefore(m_console, run));
    if (!before || !chat::isFinal(before->report.state) || now->lines->lineCount() <= kTooShort)
        return;
    console::compareBeside(before->lines, now->lines, {.whitespace = true, .numbers = true})
        .then(this, [this, run](const base::Expected<std::shared_ptr<const console::Comparison>>& compared) {
            const int item = indexOf(run);
            if (item < 0 || !compared || (*compared)->isTooLarge)
                return;
            const console::Comparison& found = **compared;
            m_blocks[size_t(item)].sinceLastTime = found.isEqual()
                ? tr("The same as last time.")
                : tr("Since last time: %1 changed, %2 new, %3 gone.").arg(found.changed).arg(found.added).arg(found.removed);
            itemGrew(item);
        });
}

void ConsoleView::handOver()
{
    QList<base::RunId> runs;
    for (const Block& block : m_blocks)
        runs += block.run;
    if (!runs.isEmpty())
        emit handOverRequested(runs);
}

/// Which words belong to which command is worked out where bots do not say it, and can be put right by hand.
void ConsoleView::fillGrouping(QMenu& menu, int item)
{
    const console::Run* held = runOf(item);
    const base::RunId run = held->report.run;
    const auto nameOf = [](const chat::RunReport& report) {
        QString command = report.command.simplified();
        if (command.size() > kMaxCommandChars)
            command = command.left(kMaxCommandChars - 1) + u'…';
        return tr("%1 · %2").arg(command.replace(u'&', QStringLiteral("&&")), report.senderName);
    };
    // The nearest ones: what is mixed up was said at about the same time.
    QList<const chat::RunReport*> others;
    const auto& runs = m_console.runs();
    const auto at = std::find(runs.begin(), runs.end(), run);
    const auto consider = [&](const base::RunId& id) {
        const console::Run* other = m_console.find(id);
        if (other && id != run && other->report.confidence && other->report.conversation == held->report.conversation)
            others += &other->report;
        return others.size() < kNeighbours;
    };
    for (auto before = at, after = at; others.size() < kNeighbours && (before != runs.begin() || (after != runs.end() && after + 1 != runs.end()));) {
        if (before != runs.begin() && !consider(*--before))
            break;
        if (after != runs.end() && after + 1 != runs.end() && !consider(*++after))
            break;
    }

    auto* grouping = menu.addMenu(tr("&Grouping"));
    const bool isText = bodyView(run) == BodyView::Raw || formatWord(shownFormat(run)).isEmpty();
    const qint64 pointed = m_hovered.item == item && m_hovered.place ? m_hovered.place->line : -1;
    auto* line = grouping->addMenu(tr("This line belongs to"));
    line->setEnabled(isText && pointed >= 0 && !isFolded(run));
    auto* all = grouping->addMenu(tr("All of it belongs to"));
    all->setEnabled(!others.isEmpty());
    for (const chat::RunReport* other : std::as_const(others)) {
        const base::RunId into = other->run;
        connect(all->addAction(nameOf(*other)), &QAction::triggered, this, [this, run, into] { emit joinRequested(run, into); });
        if (pointed >= 0)
            connect(line->addAction(nameOf(*other)), &QAction::triggered, this,
                [this, run, into, at = pointed] { emit lineMoveRequested(run, at, into); });
    }
    if (!others.isEmpty())
        line->addSeparator();
    if (pointed >= 0)
        connect(line->addAction(tr("No command")), &QAction::triggered, this, [this, run, at = pointed] { emit lineMoveRequested(run, at, {}); });
}

} // namespace ridealong::consoleview
