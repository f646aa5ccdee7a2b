// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/consoleview.h"

#include "consoleview/bodyfield.h"
#include "consoleview/consoleaccessible.h"
#include "kit/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QDesktopServices>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QScrollBar>
#include <QToolButton>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using console::ConsoleChange;

bool RunFilter::accepts(const chat::RunReport& report) const
{
    using chat::RunState;
    if (!conversation.isEmpty() && report.conversation != conversation)
        return false;
    if (!sender.isEmpty() && report.sender != sender)
        return false;
    if (!run.isEmpty() && report.run != run)
        return false;
    if (openOnly && chat::isFinal(report.state))
        return false;
    return !failedOnly || report.state == RunState::Failed || report.state == RunState::Error || report.state == RunState::Denied
        || report.state == RunState::NoReply;
}

ConsoleView::ConsoleView(console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : VirtualView(theme, parent),
      m_console(console),
      m_clock(clock),
      m_highlighter(theme),
      m_jump(new QToolButton(this))
{
    installConsoleAccessibility();
    setObjectName(u"consoleView"_s);
    setAccessibleName(tr("Console"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    m_jump->setObjectName(u"jumpToNewest"_s);
    m_jump->setProperty("framed", true);
    m_jump->setText(tr("Jump to newest"));
    m_jump->setToolTip(tr("Jump to newest (End)"));
    m_jump->setFocusPolicy(Qt::NoFocus);
    m_jump->hide();
    connect(m_jump, &QToolButton::clicked, this, &VirtualView::scrollToEnd);
    connect(this, &VirtualView::followingChanged, this, &ConsoleView::updateJumpButton);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &ConsoleView::updateJumpButton);
    connect(&m_console, &console::Console::changed, this, &ConsoleView::onChanged);
    connect(&m_highlighter, &Highlighter::ready, viewport(), qOverload<>(&QWidget::update));
    connect(&theme, &kit::Theme::changed, this, [this] {
        updateMetrics();
        itemsRestyled();
    });
    updateMetrics();
    rebuild();
}

void ConsoleView::setFilter(const RunFilter& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    rebuild();
}

void ConsoleView::rebuild()
{
    const auto current = currentRun();
    for (const Block& block : m_blocks)
        m_seen.insert(block.run, {block.run, block.folded, block.view, block.zoom, block.shownAs});
    QHash<base::RunId, Block> known;
    for (auto& block : m_blocks)
        known.insert(block.run, block);
    m_blocks.clear();
    for (const auto& run : m_console.runs()) {
        const auto* held = m_console.find(run);
        if (held && m_filter.accepts(held->report))
            m_blocks.push_back(known.value(run, m_seen.value(run, Block{.run = run})));
    }
    clearSelection();
    reindex();
    for (int item = 0; item < blockCount(); ++item)
        if (m_blocks[size_t(item)].keptSerial != m_filterSerial)
            refilter(item);
    m_hovered = {};
    m_pressed = {};
    if (indexOf(current) != m_current)
        m_cursor = -1;
    m_current = indexOf(current);
    itemsReset(blockCount());
    viewport()->update();
    emit blockCountChanged();
}

void ConsoleView::reindex()
{
    m_index.clear();
    for (int i = 0; i < blockCount(); ++i)
        m_index.insert(m_blocks[size_t(i)].run, i);
    if (!m_hits.empty())
        markHits();
}

void ConsoleView::onChanged(const ConsoleChange& change)
{
    const int item = indexOf(change.run);
    const auto* run = m_console.find(change.run);
    if (!run) {
        m_seen.remove(change.run);
        if (m_field && m_field->run() == change.run)
            closeField();
        m_hosts.remove(change.run);
        if (item >= 0)
            removeBlock(item);
        return;
    }
    if (item < 0) {
        if (m_filter.accepts(run->report))
            insertBlock(change.run);
        return;
    }
    // "Open only" must not take a run away from under the eyes of who watches it end; the next setFilter does.
    auto& block = m_blocks[size_t(item)];
    if (change.kind == ConsoleChange::Kind::Format) {
        retire(std::move(block.body));
        block.bodyFormat.reset();
        m_highlighter.forget(run->lines.get());
        if (m_selectionAnchor.item == item || m_selectionCaret.item == item)
            clearSelection();
        if (item == m_current)
            m_cursor = -1;
        compareWithLastTime(change.run);
    }
    if (change.kind == ConsoleChange::Kind::Output)
        outdate(item);
    if (change.kind != ConsoleChange::Kind::Report)
        refilter(item);
    itemGrew(item);
    if (!m_hits.empty())
        markHits();
    updateSidewaysRange();
    viewport()->update();
    tick();
    if (change.kind == ConsoleChange::Kind::Report && QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::NameChanged);
        event.setChild(item);
        QAccessible::updateAccessibility(&event);
    }
}

void ConsoleView::insertBlock(const base::RunId& run)
{
    // The console keeps its order by start time; the shown ones are a part of it in the same order.
    const auto& order = m_console.runs();
    int at = blockCount();
    if (!order.empty() && order.back() != run) {
        const auto self = std::find(order.begin(), order.end(), run);
        for (auto next = self == order.end() ? self : self + 1; next != order.end(); ++next) {
            if (const int shown = indexOf(*next); shown >= 0) {
                at = shown;
                break;
            }
        }
    }
    m_blocks.insert(m_blocks.begin() + at, Block{.run = run});
    reindex();
    refilter(at);
    for (auto* place : {&m_selectionAnchor, &m_selectionCaret})
        if (place->item >= at)
            ++place->item;
    if (m_current >= at)
        ++m_current;
    itemsInserted(at, 1);
    viewport()->update();
    tick();
    emit blockCountChanged();
}

void ConsoleView::removeBlock(int item)
{
    clearSelection();
    m_hovered = {};
    m_pressed = {};
    if (m_current == item)
        m_cursor = -1;
    if (m_blocks[size_t(item)].isGivenUp)
        m_blocks[size_t(item)].isGivenUp->store(true);
    retire(std::move(m_blocks[size_t(item)].body));
    m_blocks.erase(m_blocks.begin() + item);
    reindex();
    if (m_current == item)
        m_current = -1;
    else if (m_current > item)
        --m_current;
    itemsRemoved(item, 1);
    viewport()->update();
    emit blockCountChanged();
}

const console::Run* ConsoleView::runOf(int item) const
{
    return item >= 0 && item < blockCount() ? m_console.find(m_blocks[size_t(item)].run) : nullptr;
}

BlockLayout ConsoleView::layoutOf(int item) const
{
    const auto* run = runOf(item);
    if (!run)
        return {};
    return layoutBlock(m_blocks[size_t(item)], *run, typeOf(item).metrics, int(notesOf(item).size()));
}

int ConsoleView::measureItem(int item, int)
{
    if (runOf(item))
        ensureBody(item);
    return std::max(1, layoutOf(item).height);
}

int ConsoleView::estimateItem(int item, int)
{
    // Counting rows is what costs least, so the guess is exact as soon as there is a body; none is made for it.
    const auto* run = runOf(item);
    if (!run || m_blocks[size_t(item)].folded)
        return m_metrics.headerHeight + 2 * Metrics::kGap;
    return std::max(1, layoutOf(item).height);
}

base::RunId ConsoleView::currentRun() const { return m_current >= 0 && m_current < blockCount() ? m_blocks[size_t(m_current)].run : base::RunId(); }

void ConsoleView::setCurrent(int item)
{
    if (m_current == item)
        return;
    m_current = item;
    m_cursor = -1;
    viewport()->update();
    emit currentRunChanged(currentRun());
    if (QAccessible::isActive() && item >= 0) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(item);
        QAccessible::updateAccessibility(&event);
    }
}

void ConsoleView::bringIntoView(int item)
{
    const auto rect = itemRect(item);
    if (rect.top() < 0 || rect.height() > viewport()->height())
        scrollToItem(item);
    else if (rect.bottom() > viewport()->height())
        scrollToItem(item, rect.height() - viewport()->height());
}

bool ConsoleView::showRun(const base::RunId& run)
{
    const int item = indexOf(run);
    if (item < 0)
        return false;
    setFolded(run, false);
    setCurrent(item);
    bringIntoView(item);
    return true;
}

bool ConsoleView::isFolded(const base::RunId& run) const
{
    const int item = indexOf(run);
    return item >= 0 && m_blocks[size_t(item)].folded;
}

void ConsoleView::setFolded(const base::RunId& run, bool folded)
{
    const int item = indexOf(run);
    if (item < 0 || m_blocks[size_t(item)].folded == folded)
        return;
    m_blocks[size_t(item)].folded = folded;
    // Folding what reaches over the top edge must leave its header in view, not what happens to come after it.
    const bool above = itemRect(item).top() < 0;
    itemChanged(item);
    if (folded && above)
        scrollToItem(item);
    updateSidewaysRange();
    viewport()->update();
}

void ConsoleView::toggleFold(int item)
{
    if (item >= 0 && item < blockCount())
        setFolded(m_blocks[size_t(item)].run, !m_blocks[size_t(item)].folded);
}

BodyView ConsoleView::bodyView(const base::RunId& run) const
{
    const int item = indexOf(run);
    return item < 0 ? BodyView::Raw : m_blocks[size_t(item)].view;
}

void ConsoleView::setBodyView(const base::RunId& run, BodyView view)
{
    const int item = indexOf(run);
    if (item < 0 || m_blocks[size_t(item)].view == view)
        return;
    m_blocks[size_t(item)].view = view;
    bodyReplaced(item);
}

void ConsoleView::setHits(std::vector<console::Console::Hit> hits, int current)
{
    m_hits = std::move(hits);
    m_currentHit = current;
    m_hitsOfRun.clear();
    for (int i = 0; i < int(m_hits.size()); ++i)
        m_hitsOfRun[m_hits[size_t(i)].run].push_back(i);
    for (auto& list : m_hitsOfRun)
        std::stable_sort(list.begin(), list.end(), [this](int a, int b) { return m_hits[size_t(a)].line < m_hits[size_t(b)].line; });
    markHits();
    viewport()->update();
}

/// Blocks come, go and move: the marks are placed anew with them. Within a block a share of its lines is near enough for a tick.
void ConsoleView::markHits()
{
    std::vector<Mark> marks;
    for (const console::Console::Hit& hit : m_hits) {
        const int item = indexOf(hit.run);
        if (item < 0)
            continue;
        marks.push_back({item, hit.line < 0 ? 0 : bodyOf(item).shareBefore(hit.line)});
    }
    setMarks(std::move(marks));
}

void ConsoleView::revealHit(const console::Console::Hit& hit)
{
    const int item = indexOf(hit.run);
    if (item < 0)
        return;
    setFolded(hit.run, false);
    setCurrent(item);
    if (hit.line < 0) { // in the command
        bringIntoView(item);
        return;
    }
    ensureBody(item);
    m_awaitedHit.reset();
    if (m_blocks[size_t(item)].isMaking)
        m_awaitedHit = hit; // what is shown then has other places
    // What hides it opens; where lines have no place of their own the text has one.
    if (const auto place = bodyOf(item).reveal(hit.line, hit.byte)) {
        itemGrew(item);
        ensurePlaceVisible({item, place->first, place->second});
        viewport()->update();
        return;
    }
    setBodyView(hit.run, BodyView::Raw);
    ensurePlaceVisible({item, hit.line, hit.byte});
}

void ConsoleView::perform(RunAction action, const base::RunId& run)
{
    switch (action) {
    case RunAction::None: break;
    case RunAction::Cancel: emit cancelRequested(run); break;
    case RunAction::Rerun: emit rerunRequested(run); break;
    case RunAction::Context: emit contextRequested(run); break;
    case RunAction::Approve: emit decideRequested(run, true); break;
    case RunAction::Deny: emit decideRequested(run, false); break;
    case RunAction::Compare: emit compareRequested(run); break;
    }
}

void ConsoleView::openLink(const QString& link)
{
    const QUrl url(link, QUrl::StrictMode);
    // Output is hostile: no file:, no handlers of other schemes.
    if (url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1))
        QDesktopServices::openUrl(url);
}

void ConsoleView::tick()
{
    if (m_ticking || !isVisible())
        return;
    const bool open = std::any_of(m_blocks.begin(), m_blocks.end(), [this](const Block& block) {
        const auto* run = m_console.find(block.run);
        return run && !chat::isFinal(run->report.state);
    });
    if (!open)
        return;
    m_ticking = true;
    m_clock.after(std::chrono::seconds(1), this, [this] {
        m_ticking = false;
        viewport()->update();
        tick();
    });
}

QString ConsoleView::accessibleNameOf(int item) const
{
    const auto* run = runOf(item);
    return run ? consoleview::accessibleName(run->report, run->lines ? run->lines->lineCount() : 0) : QString();
}

void ConsoleView::updateJumpButton()
{
    m_jump->setVisible(!isFollowing() && verticalScrollBar()->maximum() > 0);
    m_jump->adjustSize();
    const auto area = viewport()->geometry();
    m_jump->move(area.center().x() - m_jump->width() / 2, area.bottom() - m_jump->height() - 12);
    m_jump->raise();
}

} // namespace ridealong::consoleview
