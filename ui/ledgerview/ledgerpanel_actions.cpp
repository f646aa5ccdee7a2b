// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What can be done with rows: opened, copied, written to a file.
#include "chat/ledgercsv.h"
#include "kit/errortext.h"
#include "kit/icons.h"
#include "kit/messagedocument.h"
#include "ledgerview/celltable.h"
#include "ledgerview/filterbar.h"
#include "ledgerview/ledgerpanel.h"

#include <QActionGroup>
#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace ridealong::ledgerview {

namespace {

template <typename Records> base::Async<QByteArray> written(const Records& records)
{
    base::Promise<QByteArray> promise;
    QThreadPool::globalInstance()->start([promise, records] { promise.answer(chat::toCsv(records)); });
    return promise.async();
}

template <typename Record> QList<Record> picked(const QList<Record>& records, const QList<int>& rows)
{
    QList<Record> some;
    for (const int row : rows)
        some.append(records[row]);
    return some;
}

} // namespace

void LedgerPanel::activate(int row)
{
    if (row < 0 || row >= table()->model()->rowCount())
        return;
    if (page() == Page::Runs) {
        const base::RunId run = m_runs.runs()[row].report.run; // the rows may be others once we have asked
        return emit runRequested(run);
    }
    const chat::CommandRecord command = m_commands.commands()[row];
    m_pages->setFocus(Qt::OtherFocusReason); // the list that has it goes
    setPage(Page::Runs);
    m_filter->setCommand(command, m_names ? m_names(command.account, command.bot) : command.bot.text());
    m_runTable->setFocus(Qt::OtherFocusReason);
}

void LedgerPanel::showMenu(const QPoint& globalPos)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"ledgerRowMenu"_s);
    fillMenu(*menu);
    menu->popup(globalPos);
}

void LedgerPanel::fillMenu(QMenu& menu)
{
    const int row = table()->currentIndex().row();
    const bool any = row >= 0 && row < table()->model()->rowCount();
    if (any && page() == Page::Runs) {
        const chat::RunRecord record = m_runs.runs()[row];
        const chat::RunReport& report = record.report;
        QAction* show
            = menu.addAction(kit::icon(u"console"_s, m_theme), tr("Show in the console"), this, [this, run = report.run] { emit runRequested(run); });
        show->setShortcut(Qt::Key_Return);
        menu.addAction(kit::icon(u"chat"_s, m_theme), tr("Show where it was asked"), this,
            [this, conversation = report.conversation, cause = report.cause] { emit contextRequested(conversation, cause); });
        menu.addAction(kit::icon(u"edit"_s, m_theme), tr("Write it again"), this,
            [this, conversation = report.conversation, text = report.bot.text() + u' ' + report.command] {
                emit draftRequested(conversation, text);
            });
        if (!m_filter->isOfCommand())
            menu.addAction(kit::icon(u"filter"_s, m_theme), tr("Only runs of this command"), this, [this, record] {
                chat::CommandRecord command{record.report.conversation.account(), record.report.bot, record.kind};
                m_filter->setCommand(command, m_names ? m_names(command.account, command.bot) : command.bot.text());
            });
        menu.addSeparator();
        menu.addAction(tr("Copy the command"), this, [this, text = report.command] { copyText(text); });
    } else if (any) {
        QAction* show = menu.addAction(kit::icon(u"filter"_s, m_theme), tr("Show its runs"), this, [this, row] { activate(row); });
        show->setShortcut(Qt::Key_Return);
        menu.addSeparator();
        menu.addAction(tr("Copy the command"), this, [this, text = m_commands.commands()[row].lastCommand] { copyText(text); });
    }
    if (any) {
        QAction* copy = menu.addAction(kit::icon(u"copy"_s, m_theme), tr("Copy the chosen rows"), this, [this] { copyRows(false); });
        copy->setShortcut(QKeySequence::Copy);
        menu.addAction(tr("Copy the chosen rows as CSV"), this, [this] { copyRows(true); });
        menu.addSeparator();
    }
    fillSortMenu(*menu.addMenu(tr("Sort by")));
    QAction* file = menu.addAction(kit::icon(u"download"_s, m_theme), tr("Export CSV …"), this, &LedgerPanel::exportCsv);
    file->setEnabled(any && !m_isExporting);
}

void LedgerPanel::fillSortMenu(QMenu& menu)
{
    const bool runs = page() == Page::Runs;
    const QList<Column>& columns = runs ? m_runs.columns() : m_commands.columns();
    const int sorted = table()->sortColumn();
    auto* group = new QActionGroup(&menu);
    for (int column = 0; column < columns.size(); ++column) {
        QAction* action
            = menu.addAction(columns[column].title, this, [this, column, first = !columns[column].descendsFirst] { sortBy(column, first); });
        action->setCheckable(true);
        action->setChecked(column == sorted);
        group->addAction(action);
    }
    menu.addSeparator();
    menu.addAction(tr("The other way round"), this, [this, sorted] { sortBy(sorted, !table()->isAscending()); });
}

void LedgerPanel::copyText(const QString& text) { QGuiApplication::clipboard()->setText(text); }

/// As a table that a spreadsheet takes (tabs), and beside it as CSV for whoever asks for that; or as the text of CSV.
void LedgerPanel::copyRows(bool asCsv)
{
    const QList<int> rows = table()->chosenRows();
    if (rows.isEmpty())
        return;
    const auto made = [&](const chat::CsvOptions& options) {
        return page() == Page::Runs ? chat::toCsv(picked(m_runs.runs(), rows), options) : chat::toCsv(picked(m_commands.commands(), rows), options);
    };
    auto* copied = new QMimeData;
    const QByteArray csv = made({});
    copied->setText(QString::fromUtf8(asCsv ? csv : made({.separator = '\t'})));
    copied->setData(u"text/csv"_s, csv);
    QGuiApplication::clipboard()->setMimeData(copied); // owns it
}

// ---- to a file ----

/// All that the filters leave, not only what is listed.
void LedgerPanel::exportCsv()
{
    if (m_isExporting || !m_askRuns || table()->model()->rowCount() == 0)
        return;
    m_isExporting = true;
    m_note.clear();
    const QString day = QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).toString(u"yyyy-MM-dd"_s);
    if (page() == Page::Commands) {
        handOver(u"commands-%1.csv"_s.arg(day), m_commands.commands());
    } else {
        chat::LedgerQuery all = query();
        all.limit = kMostExported;
        m_askRuns(all).then(this, [this, day](const base::Expected<QList<chat::RunRecord>>& runs) {
            if (runs)
                return handOver(u"runs-%1.csv"_s.arg(day), *runs);
            m_isExporting = false;
            m_note = kit::errorText(runs.error());
            present();
        });
    }
    present();
}

template <typename Records> void LedgerPanel::handOver(const QString& name, const Records& records)
{
    written(records).then(this, [this, name, isCut = records.size() >= kMostExported](const base::Expected<QByteArray>& csv) {
        m_isExporting = false;
        if (isCut)
            m_note = tr("The file has the first %1 runs. Narrow the filter to have those behind.").arg(QLocale().toString(kMostExported));
        present();
        if (csv)
            emit saveRequested(name, *csv);
    });
}

} // namespace ridealong::ledgerview
