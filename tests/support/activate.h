// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QTest>
#include <QWidget>

namespace ridealong::tests {

/// Shows a window, makes it the one that has the keys, and waits until it is. Without a window manager nobody else does.
inline void activate(QWidget& window)
{
    window.show();
    window.activateWindow();
    // Deprecated from Qt 6.5 on, but what is to be used instead does not give a dialog the keys on the offscreen platform.
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    QApplication::setActiveWindow(&window);
    QT_WARNING_POP
    if (!QTest::qWaitForWindowActive(&window))
        qWarning("a window never became active");
}

} // namespace ridealong::tests
