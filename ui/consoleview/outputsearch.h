// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"

#include <QObject>
#include <QTimer>

class QLineEdit;

namespace ridealong::consoleview {

class ConsoleView;
class SearchRow;

/// Looks for what stands in a line in all that a view shows, marks the hits there and goes from one to the next.
class OutputSearch : public QObject
{
    Q_OBJECT
public:
    /// All of them outlive it, or die with it.
    OutputSearch(console::Console& console, ConsoleView& view, QLineEdit& line, SearchRow& row, QObject* parent);

    void again(); ///< what the view shows is something else now
    void next();
    void previous();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool takesKey(const QKeyEvent& key);
    void look(bool anew);
    void showHit(int at);
    void markHit(int at);
    void showRow();

    console::Console& m_console;
    ConsoleView& m_view;
    QLineEdit& m_line;
    SearchRow& m_row;
    std::vector<console::Console::Hit> m_hits;
    qint64 m_total = 0; ///< of which m_hits are the last
    int m_current = -1;
    QTimer m_later; ///< looks again
    bool m_isLooking = false;
    int m_serial = 0; ///< an answer to an older question is dropped
};

} // namespace ridealong::consoleview
