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
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    QApplication::setActiveWindow(&window); // the platform's answer alone does not give a dialog the keys there
#endif
    if (!QTest::qWaitForWindowActive(&window))
        qWarning("a window never became active");
}

} // namespace ridealong::tests
