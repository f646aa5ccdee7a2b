// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QKeySequence>
#include <QString>
#include <QWidget>

#include <functional>

namespace ridealong::tour {

/// Plays a person at the keyboard and takes the pictures. Everything goes through real key and mouse events.
class Stage
{
public:
    Stage(QWidget& window, QString folder, std::function<void(const QString& theme)> setTheme);

    /// "NN-what-dark.png" and "NN-what-light.png" of the window and all that floats over it.
    void picture(const QString& what);
    /// One picture in the theme that is in force: "NN-what.png".
    void single(const QString& what);

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString& text); ///< into whatever has the focus
    void click(QWidget* widget);
    void bring(QWidget& window); ///< what a window manager does with a new window

    /// Waits for the program, not for the clock; prints what it waited for when it does not come, and remembers the failure.
    bool waitFor(const QString& what, const std::function<bool()>& condition, int timeoutMs = 30'000);
    void settle(); ///< until nothing more is painted

    int failures() const { return m_failures; }
    int pictures() const { return m_pictures; }

private:
    void save(const QString& name);

    QWidget& m_window;
    QDir m_folder;
    std::function<void(const QString&)> m_setTheme;
    int m_number = 0;
    int m_pictures = 0;
    int m_failures = 0;
};

} // namespace ridealong::tour
