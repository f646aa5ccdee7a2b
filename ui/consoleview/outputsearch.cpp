// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/outputsearch.h"

#include "consoleview/consoleview.h"
#include "consoleview/searchrow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>

namespace ridealong::consoleview {

namespace {

constexpr int kLookAgainMs = 300; ///< after more came; a flood is not searched for each piece of it
constexpr int kPauses = 4; ///< as long as the last search took: it is read by the thread that searches it

} // namespace

OutputSearch::OutputSearch(console::Console& console, ConsoleView& view, QLineEdit& line, SearchRow& row, QObject* parent)
    : QObject(parent),
      m_console(console),
      m_view(view),
      m_line(line),
      m_row(row)
{
    m_line.installEventFilter(this);
    m_row.hide();
    connect(&m_line, &QLineEdit::textChanged, this, &OutputSearch::again);
    connect(&m_row, &SearchRow::optionsChanged, this, &OutputSearch::again);
    connect(&m_row, &SearchRow::nextRequested, this, &OutputSearch::next);
    connect(&m_row, &SearchRow::previousRequested, this, &OutputSearch::previous);
    m_later.setSingleShot(true);
    m_later.setInterval(kLookAgainMs);
    connect(&m_later, &QTimer::timeout, this, [this] { m_isLooking ? m_later.start() : look(false); });
    connect(&console, &console::Console::changed, this, [this](const console::ConsoleChange& change) {
        if (change.kind != console::ConsoleChange::Kind::Report && !m_line.text().isEmpty() && !m_later.isActive())
            m_later.start();
    });
}

void OutputSearch::again()
{
    m_hits.clear();
    m_total = 0;
    m_current = -1;
    showRow();
    m_view.setLineFilter(m_row.filter(m_line.text()));
    look(true);
}

/// `anew`: goes to the newest hit; else more output came, and one stays where one is.
void OutputSearch::look(bool anew)
{
    m_later.stop();
    m_isLooking = false;
    const int serial = ++m_serial;
    console::Console::SearchQuery query = m_row.query(m_line.text());
    query.commands = true;
    for (int item = 0; item < m_view.blockCount(); ++item)
        query.runs += m_view.runAt(item);
    if (query.pattern.isEmpty() || query.runs.isEmpty())
        return showHit(-1);
    m_isLooking = true;
    QElapsedTimer time;
    time.start();
    m_console.search(query).then(this, [this, serial, anew, time](const base::Expected<console::Console::SearchResult>& answer) {
        if (serial != m_serial)
            return;
        m_isLooking = false;
        m_later.setInterval(std::max<int>(kLookAgainMs, int(time.elapsed()) * kPauses));
        const auto here = anew || m_current < 0 ? std::nullopt : std::optional(m_hits[size_t(m_current)]);
        if (answer) {
            m_hits = answer->hits;
            m_total = answer->total;
        }
        if (anew)
            showHit(int(m_hits.size()) - 1); // the newest; earlier ones are a key away
        else
            markHit(here ? int(std::find(m_hits.begin(), m_hits.end(), *here) - m_hits.begin()) : -1);
        if (!answer)
            m_row.showProblem(answer.error().detail);
    });
}

void OutputSearch::showHit(int at)
{
    markHit(at);
    if (m_current >= 0)
        m_view.revealHit(m_hits[size_t(m_current)]);
}

void OutputSearch::markHit(int at)
{
    m_current = at < int(m_hits.size()) ? at : -1; // older than what is kept
    m_view.setHits(m_hits, m_current);
    const qint64 place = m_current < 0 ? 0 : m_total - qint64(m_hits.size()) + m_current + 1;
    m_row.showPlace(m_line.text().isEmpty() ? -1 : place, m_total);
}

/// While there is something to choose there, or somebody is about to.
void OutputSearch::showRow()
{
    const QWidget* focused = QApplication::focusWidget();
    m_row.setVisible(!m_line.text().isEmpty() || m_row.hasLevel() || focused == &m_line || (focused && m_row.isAncestorOf(focused)));
}

void OutputSearch::next()
{
    if (!m_hits.empty())
        showHit(m_current < 0 ? 0 : (m_current + 1) % int(m_hits.size()));
}

void OutputSearch::previous()
{
    if (!m_hits.empty())
        showHit(m_current <= 0 ? int(m_hits.size()) - 1 : m_current - 1);
}

bool OutputSearch::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_line && event->type() == QEvent::ShortcutOverride) {
        // Some of these letters belong to menus elsewhere.
        const auto* key = static_cast<QKeyEvent*>(event);
        if (m_row.takesKey(key->key(), key->modifiers())) {
            event->accept();
            return true;
        }
    }
    if (watched == &m_line && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        QTimer::singleShot(0, this, &OutputSearch::showRow); // once it is known who has it next
    if (watched == &m_line && event->type() == QEvent::KeyPress && takesKey(*static_cast<QKeyEvent*>(event)))
        return true;
    return QObject::eventFilter(watched, event);
}

bool OutputSearch::takesKey(const QKeyEvent& key)
{
    if (m_row.takesKey(key.key(), key.modifiers())) {
        m_row.toggle(key.key());
        return true;
    }
    switch (key.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: key.modifiers() & Qt::ShiftModifier ? previous() : next(); return true;
    case Qt::Key_Down: next(); return true;
    case Qt::Key_Up: previous(); return true;
    case Qt::Key_Escape:
        m_view.setFocus();
        m_row.resetLevel();
        m_line.clear();
        again();
        return true;
    default: return false;
    }
}

} // namespace ridealong::consoleview
