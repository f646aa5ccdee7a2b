// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/commandeditor.h"
#include "consoleview/consolepanel.h"
#include "kit/confirmbar.h"
#include "kit/theme.h"
#include "samples.h"

namespace ridealong::tests {

/// The console as it is docked, on a console that the test fills.
struct PanelStage
{
    FakeClock clock;
    kit::Theme theme;
    console::Console console;
    Samples samples{console, clock};
    consoleview::ConsolePanel panel{console, theme, clock};

    explicit PanelStage(const QString& environment = {})
    {
        panel.setContext({samples.room, QStringLiteral("#ops"), environment, base::UserId(QStringLiteral("ana"))});
        panel.resize(700, 600);
        panel.show();
        panel.activateWindow();
    }
    consoleview::CommandEditor* editor() { return panel.commandLine()->editor(); }
    kit::ConfirmBar* confirm() { return panel.commandLine()->findChild<kit::ConfirmBar*>(); }
};

/// Hay, and a needle in one of them.
inline QByteArray thousandLines(int needle)
{
    QByteArray lines;
    for (int i = 0; i < 1000; ++i)
        lines += i == needle ? "the needle\n" : "hay\n";
    return lines;
}

} // namespace ridealong::tests
