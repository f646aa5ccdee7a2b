// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/application.h"

#include "kit/errortext.h"

#include <QApplication>
#include <QLocale>

namespace ridealong::window {

using namespace Qt::StringLiterals;

Application::Application(const QString& profileFolder) : m_workspace({profileFolder, false}, m_clock, m_random)
{
    m_workspace.prepare(); // on its own thread, while the window is made here
    if (m_words.load(QLocale(), u"ridealong"_s, u"_"_s, u":/translations"_s) || m_words.load(u":/translations/ridealong_en.qm"_s))
        QCoreApplication::installTranslator(&m_words);
    m_theme.applyTo(*qApp); // before the first widget
    m_window = std::make_unique<MainWindow>(m_workspace, m_theme, m_clock);
    m_wiring = new Wiring(*m_window, m_workspace, m_theme, m_clock);
}

void Application::start(std::function<void(const base::Expected<workspace::OpenReport>&)> opened)
{
    m_workspace.loadSettings();
    m_wiring->takeSettings();
    m_window->restoreLayout();
    m_window->show();
    m_workspace.open().then(m_window.get(), [this, opened = std::move(opened)](base::Expected<workspace::OpenReport> report) {
        if (report) {
            m_wiring->begin(*report);
            m_workspace.ensureLocalAccount().ignore();
        } else if (report.error().kind == base::ErrorKind::Denied) {
            m_window->showNotice(
                QCoreApplication::translate("Application",
                    "Another program has this profile open, so nothing can be shown or sent here. Close it, then start Ridealong again."),
                report.error().detail);
        } else {
            m_window->showNotice(kit::errorText(report.error()), report.error().detail);
        }
        if (opened)
            opened(report);
    });
}

} // namespace ridealong::window
