// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "console/console.h"

#include <QWidget>

class QLineEdit;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

class ConsoleView;

/// One run in a window of its own, with its own search: on another screen it stays in sight whatever happens in the rooms.
class RunWindow : public QWidget
{
    Q_OBJECT
public:
    /// Of a run that the console knows. It closes when its parent's window does.
    RunWindow(const base::RunId& run, console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent);

    base::RunId run() const { return m_run; }
    ConsoleView* view() const { return m_view; }

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showTitle();

    base::RunId m_run;
    console::Console& m_console;
    QLineEdit* m_search;
    ConsoleView* m_view;
};

} // namespace ridealong::consoleview
