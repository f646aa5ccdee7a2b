// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"

#include <QWidget>

#include <optional>

class QActionGroup;
class QLabel;
class QToolButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

/// Below the search line while something is searched for or filtered: how it is to match, which lines are shown, how much was found, where one is.
class SearchRow : public QWidget
{
    Q_OBJECT
public:
    explicit SearchRow(kit::Theme& theme, QWidget* parent = nullptr);

    /// The pattern with what is chosen here.
    console::Console::SearchQuery query(const QString& pattern) const;
    /// What of it says which lines are shown; none: all.
    std::optional<console::Console::LineFilter> filter(const QString& pattern) const;
    bool hasLevel() const;
    void resetLevel();
    void showPlace(qint64 at, qint64 total); ///< `at` from 1; both 0: nothing was found; below 0: nothing was looked for
    void showProblem(const QString& detail); ///< of a regular expression
    /// Alt+C, Alt+W, Alt+R and Alt+L, pressed in the search line.
    bool takesKey(int key, Qt::KeyboardModifiers modifiers) const { return modifiers == Qt::AltModifier && optionOf(key); }
    void toggle(int key);
    QSize minimumSizeHint() const override { return {0, QWidget::minimumSizeHint().height()}; } ///< the dock stays as narrow as it was

signals:
    void optionsChanged();
    void nextRequested();
    void previousRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QToolButton* optionOf(int key) const;
    void makeChoices();
    void fit();

    kit::Theme& m_theme;
    QToolButton* m_case;
    QToolButton* m_word;
    QToolButton* m_regex;
    QToolButton* m_only; ///< lines that match
    QToolButton* m_around;
    QToolButton* m_level;
    QActionGroup* m_arounds;
    QActionGroup* m_levels;
    QLabel* m_place;
    QToolButton* m_previous;
    QToolButton* m_next;
};

} // namespace ridealong::consoleview
