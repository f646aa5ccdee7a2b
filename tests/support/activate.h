// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>
#include <QWidget>

namespace ridealong::tests {

/// Shows a window, makes it the one that has the keys, and waits until it is. Without a window manager nobody else does.
inline void activate(QWidget& window)
{
    window.show();
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window))
        qWarning("a window never became active");
}

} // namespace ridealong::tests
