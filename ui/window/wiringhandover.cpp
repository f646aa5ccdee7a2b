// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What a shift did, for the next one: the runs that the console shows, with what was said before each.
#include "consoleview/consolepanel.h"
#include "consoleview/savehandover.h"
#include "window/mainwindow.h"
#include "window/wiring.h"

#include <QFileDialog>
#include <QStandardPaths>

namespace ridealong::window {

using namespace Qt::StringLiterals;

namespace {

constexpr int kContextMessages = 5; ///< said before a run
constexpr consoleview::HandoverFormat kFormats[]
    = {consoleview::HandoverFormat::Markdown, consoleview::HandoverFormat::Asciicast, consoleview::HandoverFormat::Ansi};

} // namespace

void Wiring::wireHandOver()
{
    connect(m_window.console(), &consoleview::ConsolePanel::handOverRequested, this, [this](const QList<base::RunId>& runs) {
        const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
        auto* dialog = new QFileDialog(&m_window, tr("Hand over %n run(s)", nullptr, int(runs.size())), folder);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        QStringList filters;
        for (const auto format : kFormats)
            filters += consoleview::handoverFilter(format);
        dialog->setNameFilters(filters);
        dialog->setDefaultSuffix(u"md"_s);
        connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString& filter) {
            const qsizetype at = std::max<qsizetype>(0, filters.indexOf(filter));
            dialog->setDefaultSuffix(consoleview::handoverSuffix(kFormats[at]).sliced(1));
        });
        dialog->selectFile(tr("handover-%1.md").arg(QDate::currentDate().toString(Qt::ISODate)));
        connect(dialog, &QFileDialog::fileSelected, this, [this, runs](const QString& path) { handOver(runs, path); });
        dialog->open();
    });
}

/// Asks for what was said before each run, then writes.
void Wiring::handOver(const QList<base::RunId>& ids, const QString& path)
{
    auto runs = std::make_shared<QList<console::HandoverRun>>();
    for (const base::RunId& id : ids.last(std::min<qsizetype>(ids.size(), console::kMaxHandoverRuns)))
        if (const console::Run* run = m_workspace.console().find(id))
            runs->append({*run, nameOf(run->report.conversation), {}});
    auto open = std::make_shared<qsizetype>(runs->size());
    const auto write = [this, runs, path] {
        auto format = consoleview::HandoverFormat::Markdown;
        for (const auto one : kFormats)
            if (path.endsWith(consoleview::handoverSuffix(one), Qt::CaseInsensitive))
                format = one;
        const auto options
            = consoleview::handoverOptions(tr("What was run until %1").arg(QLocale().toString(QDateTime::currentDateTime(), QLocale::ShortFormat)));
        consoleview::saveHandover(*runs, format, options, path).then(this, [this, path](const base::Status& written) {
            if (written)
                m_window.showNotice(tr("Handed over: %1").arg(path));
            else
                complain(written.error());
        });
    };
    if (*open == 0)
        return;
    for (qsizetype i = 0; i < runs->size(); ++i) {
        const chat::RunReport& report = (*runs)[i].run.report;
        m_workspace.messagesBefore(report.conversation, report.cause, kContextMessages)
            .then(this, [runs, open, write, i](const base::Expected<QList<chat::Message>>& said) {
                if (said)
                    for (const chat::Message& message : *said)
                        if (!message.system && !message.deleted)
                            (*runs)[i].context.append({message.senderName, message.timeMs, message.text});
                if (--*open == 0)
                    write();
            });
    }
}

} // namespace ridealong::window
