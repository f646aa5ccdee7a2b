// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "console/console.h"

#include <QWidget>

class QVBoxLayout;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

class PinnedRun;

/// Runs that stay in view above all others, a line each, whatever is filtered or scrolled away. Hidden while there is none.
class PinnedRuns : public QWidget
{
    Q_OBJECT
public:
    static constexpr int kMost = 5; ///< the first that was pinned makes way

    PinnedRuns(console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);

    /// In the order they were pinned. One that the console does not know (yet) has no line.
    void setRuns(const QList<base::RunId>& runs);
    const QList<base::RunId>& runs() const { return m_runs; }
    void toggle(const base::RunId& run);

signals:
    void changed(); ///< runs(), by a person
    void runRequested(const ridealong::base::RunId& run);

private:
    void rebuild();
    void tick();

    console::Console& m_console;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    QVBoxLayout* m_column;
    QList<base::RunId> m_runs;
    std::vector<PinnedRun*> m_lines; ///< children
    bool m_ticking = false;
};

} // namespace ridealong::consoleview
