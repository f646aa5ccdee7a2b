// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/runwindow.h"

#include "consoleview/consoleview.h"
#include "consoleview/outputsearch.h"
#include "consoleview/runwords.h"
#include "consoleview/searchrow.h"
#include "kit/clearbutton.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

RunWindow::RunWindow(const base::RunId& run, console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent, Qt::Window),
      m_run(run),
      m_console(console),
      m_search(new QLineEdit(this)),
      m_view(new ConsoleView(console, theme, clock, this))
{
    setObjectName(u"runWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    kit::setBackdrop(this, theme, kit::Token::Panel);
    m_view->setFilter({.run = run});
    m_search->setObjectName(u"runSearch"_s);
    m_search->setPlaceholderText(tr("Search this run"));
    kit::addClearButton(m_search, theme);
    auto* row = new SearchRow(theme, this);
    new OutputSearch(console, *m_view, *m_search, *row, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(12, 8, 12, 4);
    line->addWidget(m_search);
    column->addLayout(line);
    column->addWidget(row);
    column->addWidget(m_view, 1);
    connect(&console, &console::Console::changed, this, [this](const console::ConsoleChange& change) {
        if (change.run != m_run)
            return;
        if (!m_console.find(m_run))
            close(); // forgotten
        else if (change.kind == console::ConsoleChange::Kind::Report)
            showTitle();
    });
    showTitle();
    resize(QSize(900, 620) * std::max(1.0, theme.scale()));
    m_view->showRun(run); // what its keys are about
    m_view->scrollToEnd(); // and what comes is followed
    m_view->setFocus();
}

/// The state is in the title too: a taskbar shows it.
void RunWindow::showTitle()
{
    if (const console::Run* held = m_console.find(m_run))
        setWindowTitle(u"%1 — %2"_s.arg(held->report.command.left(120), stateWord(held->report)));
}

void RunWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Find)) {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    } else if (event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close)) {
        close();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace ridealong::consoleview
