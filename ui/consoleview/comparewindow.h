// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "console/compare.h"
#include "console/console.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QStackedLayout;
class QToolButton;

namespace ridealong::kit {
class EmptyState;
class Theme;
} // namespace ridealong::kit

namespace ridealong::consoleview {

class CompareSide;
class CompareView;

/// Two runs side by side in a window of its own: what is another line, what is another word. A run that still grows is compared again.
class CompareWindow : public QWidget
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kBetween{1'000}; ///< two comparisons of runs that grow, at least; so the runs to choose from

    /// Of runs that the console knows; it closes when one of them is forgotten. `before` stands on the left. It closes when its parent's window does.
    CompareWindow(
        const base::RunId& before, const base::RunId& after, console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent);

    base::RunId leftRun() const;
    base::RunId rightRun() const;
    CompareView* view() const { return m_view; }
    int comparisons() const { return m_serial; } ///< begun so far

signals:
    void compared(); ///< what is shown is new

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeTools();
    QWidget* toolRow();
    void changed(const console::ConsoleChange& change);
    void choose(CompareSide* side, const base::RunId& run);
    void compareAnew(); ///< something else is asked
    void compareSoon(); ///< the same of what there is now
    void compareNow();
    void take(const std::shared_ptr<const console::LineStore>& left, const std::shared_ptr<const console::LineStore>& right,
        const std::shared_ptr<const console::Comparison>& comparison);
    void showState();
    void showPlace();
    void showTitle();
    void renewFacts();
    void renewChoices();
    void renewChoicesSoon();
    void tick();
    bool isOpen() const; ///< either run goes on
    void copyDiff();
    console::Disregard disregard() const;
    QString nameOf(const base::RunId& run) const;

    console::Console& m_console;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    CompareSide* m_left;
    CompareSide* m_right;
    QCheckBox* m_whitespace;
    QCheckBox* m_numbers;
    QCheckBox* m_fold;
    QLabel* m_summary;
    QLabel* m_place;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_copy;
    CompareView* m_view;
    kit::EmptyState* m_empty;
    QStackedLayout* m_pages;

    std::shared_ptr<const console::Comparison> m_comparison;
    std::shared_ptr<const console::LineStore> m_leftLines; ///< that were compared
    std::shared_ptr<const console::LineStore> m_rightLines;
    int m_serial = 0; ///< an answer to an older question is dropped
    std::chrono::nanoseconds m_lastBegin{};
    bool m_isComparing = false;
    bool m_isDue = false; ///< the clock will call
    bool m_isStale = false;
    bool m_isFirst = true; ///< of these runs
    bool m_isTicking = false;
    bool m_areChoicesDue = false;
};

} // namespace ridealong::consoleview
