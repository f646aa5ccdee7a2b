// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "kit/theme.h"
#include "window/mainwindow.h"
#include "window/wiring.h"
#include "workspace/workspace.h"

#include <QTranslator>

namespace ridealong::window {

/// Everything that `ridealong` is, so that the tour and the benchmarks start the very same thing.
class Application
{
public:
    explicit Application(const QString& profileFolder);

    /// Shows the window at once and opens the profile behind it. `opened` is called when it is there, or with why not.
    void start(std::function<void(const base::Expected<workspace::OpenReport>&)> opened);

    MainWindow& mainWindow() { return *m_window; }
    workspace::Workspace& workspace() { return m_workspace; }
    kit::Theme& theme() { return m_theme; }
    Wiring& wiring() { return *m_wiring; }

private:
    QTranslator m_words;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    workspace::Workspace m_workspace;
    kit::Theme m_theme;
    std::unique_ptr<MainWindow> m_window;
    Wiring* m_wiring = nullptr; ///< a child of the window
};

} // namespace ridealong::window
