// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"
#include "kit/theme.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace ridealong::consoleview {

/// Above one side of a comparison: which run it is, and what is known of it.
class CompareSide : public QWidget
{
    Q_OBJECT
public:
    static constexpr int kMaxChoices = 200; ///< runs to choose from, the newest

    CompareSide(const QString& accessibleName, console::Console& console, kit::Theme& theme, QWidget* parent);

    base::RunId run() const { return m_run; }
    void setRun(const base::RunId& run);
    void renewChoices(qint64 nowMs); ///< runs of the same command first
    void renewFacts(qint64 nowMs);
    bool isChoosing() const; ///< the list is open
    QComboBox* choice() const { return m_choice; }

signals:
    void chosen(const ridealong::base::RunId& run);

private:
    console::Console& m_console;
    kit::Theme& m_theme;
    base::RunId m_run;
    QComboBox* m_choice;
    QLabel* m_state;
    QLabel* m_facts;
};

} // namespace ridealong::consoleview
