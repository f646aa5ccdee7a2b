// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

/// Below the search line while something is searched for: how it is to match, how much was found, where one is.
class SearchRow : public QWidget
{
    Q_OBJECT
public:
    explicit SearchRow(kit::Theme& theme, QWidget* parent = nullptr);

    /// The pattern with what is chosen here.
    console::Console::SearchQuery query(const QString& pattern) const;
    void showPlace(qint64 at, qint64 total); ///< `at` from 1; both 0: nothing was found
    void showProblem(const QString& detail); ///< of a regular expression
    /// Alt+C, Alt+W and Alt+R, pressed in the search line.
    bool takesKey(int key, Qt::KeyboardModifiers modifiers) const { return modifiers == Qt::AltModifier && optionOf(key); }
    void toggle(int key);

signals:
    void optionsChanged();
    void nextRequested();
    void previousRequested();

private:
    QToolButton* optionOf(int key) const;

    kit::Theme& m_theme;
    QToolButton* m_case;
    QToolButton* m_word;
    QToolButton* m_regex;
    QLabel* m_place;
    QToolButton* m_previous;
    QToolButton* m_next;
};

} // namespace ridealong::consoleview
