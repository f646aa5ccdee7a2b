// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ledgerview/ledgerpanel.h"

#include "kit/emptystate.h"
#include "kit/errortext.h"
#include "kit/icons.h"
#include "kit/tone.h"
#include "ledgerview/celltable.h"
#include "ledgerview/filterbar.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::ledgerview {

using kit::Theme;
using kit::Token;

namespace {

constexpr std::chrono::milliseconds kSoon{1000}; ///< coalesces what comes in a burst
constexpr int kIconSide = 16;
constexpr int kNarrow = 480; ///< below it the button for the file has no words, at the usual size of text

} // namespace

LedgerPanel::LedgerPanel(Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_clock(clock),
      m_runs(clock),
      m_commands(clock),
      m_pages(new QTabBar(this)),
      m_export(new QToolButton(this)),
      m_menu(new QToolButton(this)),
      m_filter(new FilterBar(theme, clock, this)),
      m_commandTable(new CellTable(m_commands, theme, this)),
      m_runTable(new CellTable(m_runs, theme, this)),
      m_empty(new kit::EmptyState(theme, this)),
      m_count(new QLabel(this)),
      m_more(new QPushButton(tr("Show more"), this))
{
    setObjectName(u"ledgerPanel"_s);
    setAccessibleName(tr("Ledger"));
    kit::setBackdrop(this, theme, Token::Panel);
    build();
    m_commandTable->setSort(CommandModel::LastAt, false);
    m_runTable->setSort(RunModel::When, false);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, m_runTable->viewport(), qOverload<>(&QWidget::update));
    connect(m_pages, &QTabBar::currentChanged, this, [this] {
        m_note.clear();
        if (reading().isStale)
            read(false);
        present();
    });
    connect(m_filter, &FilterBar::changed, this, &LedgerPanel::filterChanged);
    connect(m_more, &QPushButton::clicked, this, &LedgerPanel::readMore);
    connect(m_export, &QToolButton::clicked, this, &LedgerPanel::exportCsv);
    connect(m_menu, &QToolButton::clicked, this, [this] { showMenu(m_menu->mapToGlobal(QPoint(0, m_menu->height()))); });
    connect(m_empty, &kit::EmptyState::pressed, this, [this] { reading().error ? read(false) : m_filter->clear(); });
    wireTable(m_commandTable);
    wireTable(m_runTable);
    connect(m_runTable, &CellTable::nearEnd, this, &LedgerPanel::readMore);
    connect(&theme, &Theme::changed, this, &LedgerPanel::restyle);
    restyle();
    present();
}

LedgerPanel::~LedgerPanel() = default;

void LedgerPanel::build()
{
    m_pages->setObjectName(u"ledgerPages"_s);
    m_pages->setAccessibleName(tr("Commands or runs"));
    m_pages->addTab(tr("Commands"));
    m_pages->addTab(tr("Runs"));
    m_pages->setExpanding(false);
    m_export->setObjectName(u"ledgerExport"_s);
    m_export->setText(tr("Export CSV …"));
    m_export->setAccessibleName(tr("Export CSV …"));
    m_export->setToolTip(tr("Write what the filters leave to a file"));
    m_export->setAutoRaise(true);
    m_menu->setObjectName(u"ledgerMenu"_s);
    m_menu->setAccessibleName(tr("What can be done with the chosen rows"));
    m_menu->setToolTip(tr("Sort, copy and more"));
    m_menu->setAutoRaise(true);
    for (QToolButton* button : {m_export, m_menu})
        button->setFocusPolicy(Qt::StrongFocus);
    m_commandTable->setObjectName(u"ledgerCommands"_s);
    m_commandTable->setAccessibleName(tr("Commands"));
    m_runTable->setObjectName(u"ledgerRuns"_s);
    m_runTable->setAccessibleName(tr("Runs"));
    m_empty->setObjectName(u"ledgerEmpty"_s);
    m_count->setObjectName(u"ledgerCount"_s);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setWordWrap(true);
    kit::setTone(m_count, m_theme, Token::Muted, Theme::Type::Small);
    m_more->setObjectName(u"ledgerMore"_s);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 8, 0);
    top->setSpacing(4);
    top->addWidget(m_pages);
    top->addStretch(1);
    top->addWidget(m_export);
    top->addWidget(m_menu);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 6, 12, 6);
    foot->setSpacing(8);
    foot->addWidget(m_count, 1);
    foot->addWidget(m_more);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_filter);
    column->addWidget(m_commandTable, 1);
    column->addWidget(m_runTable, 1);
    column->addWidget(m_empty, 1);
    column->addLayout(foot);
}

void LedgerPanel::wireTable(CellTable* table)
{
    table->installEventFilter(this);
    m_filter->field()->installEventFilter(this);
    connect(table, &CellTable::rowActivated, this, &LedgerPanel::activate);
    connect(table, &CellTable::sortRequested, this, &LedgerPanel::sortBy);
    connect(table, &QWidget::customContextMenuRequested, this, [this, table](const QPoint& pos) {
        const QRect current = table->visualRect(table->currentIndex());
        const bool byPointer = table->indexAt(pos).isValid() || !current.isValid();
        showMenu(table->viewport()->mapToGlobal(byPointer ? pos : current.bottomLeft() + QPoint(24, 0)));
    });
}

void LedgerPanel::restyle()
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_pages, m_export, m_menu, m_more})
        widget->setFont(m_theme.font());
    const int side = int(kIconSide * m_theme.scale());
    for (QToolButton* button : {m_export, m_menu})
        button->setIconSize({side, side});
    m_export->setIcon(kit::icon(u"download"_s, m_theme));
    m_menu->setIcon(kit::icon(u"more"_s, m_theme));
}

void LedgerPanel::setSources(AskRuns runs, AskCommands commands)
{
    m_askRuns = std::move(runs);
    m_askCommands = std::move(commands);
    filterChanged();
}

void LedgerPanel::setPlaces(PlaceOf places) { m_runs.setPlaces(std::move(places)); }

void LedgerPanel::setNames(NameOfBot names)
{
    m_names = names;
    m_runs.setNames(names);
    m_commands.setNames(std::move(names));
}

void LedgerPanel::setHere(const base::ConversationId& conversation, const QString& name) { m_filter->setHere(conversation, name); }

LedgerPanel::Page LedgerPanel::page() const { return Page(m_pages->currentIndex()); }

void LedgerPanel::setPage(Page page) { m_pages->setCurrentIndex(int(page)); }

void LedgerPanel::focusList()
{
    if (table()->isVisible())
        table()->setFocus(Qt::ShortcutFocusReason);
    else
        m_filter->field()->setFocus(Qt::ShortcutFocusReason);
}

// ---- reading ----

chat::LedgerQuery LedgerPanel::query() const
{
    chat::LedgerQuery query = m_filter->query();
    query.limit = kPage;
    if (page() == Page::Commands)
        return query;
    query.order = RunModel::orderOf(m_runTable->sortColumn());
    query.ascending = m_runTable->isAscending();
    return query;
}

void LedgerPanel::filterChanged()
{
    m_note.clear();
    m_runReading.isStale = m_commandReading.isStale = true;
    read(false);
}

void LedgerPanel::noteChanged()
{
    m_runReading.isStale = m_commandReading.isStale = true;
    if (!isVisible() || std::exchange(m_isSoon, true))
        return;
    m_clock.after(kSoon, this, [this] {
        m_isSoon = false;
        if (reading().isStale)
            read(true);
    });
}

/// What is not in view is read when it comes into view.
void LedgerPanel::read(bool keepsPlace)
{
    if (!isVisible() || !m_askRuns || !m_askCommands)
        return;
    page() == Page::Runs ? readRuns(keepsPlace) : readCommands(keepsPlace);
    present();
}

/// Whether this is the answer that is waited for, and has rows.
template <typename Answer> bool LedgerPanel::take(Reading& reading, int number, const Answer& answer)
{
    if (number != reading.asked)
        return false; // something else was asked meanwhile
    reading.isAsking = false;
    reading.isRead = true;
    reading.error = answer ? std::nullopt : std::optional(answer.error());
    return bool(answer);
}

void LedgerPanel::readRuns(bool keepsPlace)
{
    chat::LedgerQuery query = this->query();
    if (keepsPlace)
        query.limit = std::clamp(m_runs.rowCount(), kPage, kMostRows);
    m_runReading.isAsking = true;
    m_runReading.isStale = false;
    m_askRuns(query).then(
        this, [this, keepsPlace, limit = query.limit, number = ++m_runReading.asked](const base::Expected<QList<chat::RunRecord>>& answer) {
            if (take(m_runReading, number, answer)) {
                m_runReading.hasMore = answer->size() >= limit;
                if (keepsPlace)
                    m_runTable->keepingPlace([&] { m_runs.setRuns(*answer); });
                else
                    m_runTable->startingAnew([&] { m_runs.setRuns(*answer); });
            }
            present();
        });
}

void LedgerPanel::readCommands(bool keepsPlace)
{
    m_commandReading.isAsking = true;
    m_commandReading.isStale = false;
    m_askCommands(query()).then(
        this, [this, keepsPlace, number = ++m_commandReading.asked](const base::Expected<QList<chat::CommandRecord>>& answer) {
            if (take(m_commandReading, number, answer)) {
                if (keepsPlace)
                    m_commandTable->keepingPlace([&] { m_commands.setCommands(*answer); });
                else
                    m_commandTable->startingAnew([&] { m_commands.setCommands(*answer); });
            }
            present();
        });
}

void LedgerPanel::readMore()
{
    if (page() != Page::Runs || m_runReading.isAsking || !m_runReading.hasMore || m_runs.rowCount() >= kMostRows)
        return;
    chat::LedgerQuery query = this->query();
    query.offset = m_runs.rowCount();
    m_runReading.isAsking = true;
    m_askRuns(query).then(this, [this, number = ++m_runReading.asked](const base::Expected<QList<chat::RunRecord>>& answer) {
        if (take(m_runReading, number, answer)) {
            m_runReading.hasMore = answer->size() >= kPage;
            m_runs.append(*answer);
        }
        present();
    });
    present();
}

void LedgerPanel::sortBy(int column, bool ascending)
{
    table()->setSort(column, ascending);
    if (page() == Page::Runs)
        return read(false);
    m_commandTable->startingAnew([&] { m_commands.sortBy(column, ascending); });
}

// ---- what there is to say ----

void LedgerPanel::present()
{
    const bool runs = page() == Page::Runs;
    const bool any = table()->model()->rowCount() > 0;
    const bool failed = reading().error && !any;
    m_commandTable->setVisible(!runs && any && !failed);
    m_runTable->setVisible(runs && any && !failed);
    m_empty->setVisible(!any || failed);
    if (!any || failed)
        presentEmpty();
    m_count->setText(countText());
    m_more->setVisible(runs && any && m_runReading.hasMore && m_runs.rowCount() < kMostRows);
    m_more->setEnabled(!m_runReading.isAsking);
    m_export->setEnabled(any && !m_isExporting);
    const bool ticks = runs && isVisible() && m_runs.hasOpen();
    if (ticks != m_tick.isActive())
        ticks ? m_tick.start() : m_tick.stop();
}

void LedgerPanel::presentEmpty()
{
    if (reading().error)
        return m_empty->set(kit::errorText(*reading().error), tr("Try again"));
    if (!reading().isRead)
        return m_empty->set(tr("Reading the ledger …"));
    if (!m_filter->isNone())
        return m_empty->set(
            page() == Page::Runs ? tr("No run is left by these filters.") : tr("No command is left by these filters."), tr("Take the filters away"));
    m_empty->set(page() == Page::Runs
            ? tr("Everybody's runs will be listed here, as far as this program saw them: who ran what, where and when, how it ended and how long it "
                 "took.")
            : tr("Each command will be listed here once it was run: how often, how often it succeeded, how long it takes, and who ran it last."));
}

QString LedgerPanel::countText()
{
    const Reading& now = reading();
    const int rows = table()->model()->rowCount();
    if (m_isExporting)
        return tr("Preparing the file …");
    if (!m_note.isEmpty())
        return m_note;
    if (rows == 0)
        return {};
    if (now.error)
        return kit::errorText(*now.error);
    if (page() == Page::Commands)
        return tr("%n command(s), as seen by this program", nullptr, rows);
    if (!now.hasMore)
        return tr("%n run(s), as seen by this program", nullptr, rows);
    if (rows >= kMostRows)
        return tr("The first %1 runs. A filter, or a file, has those behind.").arg(QLocale().toString(rows));
    return tr("The first %1 runs").arg(QLocale().toString(rows));
}

// ---- events ----

void LedgerPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (reading().isStale)
        read(reading().isRead);
    present();
}

void LedgerPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

void LedgerPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_export->setToolButtonStyle(width() < kNarrow * m_theme.scale() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

bool LedgerPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // while the focus is in here it is ours, whatever the window uses it for
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (watched == m_filter->field() && key->key() == Qt::Key_Down && table()->isVisible()) {
        focusList();
        return true;
    }
    if (watched == table() && key->key() == Qt::Key_Up && key->modifiers() == Qt::NoModifier && table()->currentIndex().row() <= 0) {
        m_filter->field()->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (watched == table() && key->matches(QKeySequence::Copy)) {
        copyRows(false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LedgerPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return emit closeRequested();
    QWidget::keyPressEvent(event);
}

} // namespace ridealong::ledgerview
