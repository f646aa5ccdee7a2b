// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consolescene.h"

#include "consoleview/consolepanel.h"
#include "consoleview/runwindow.h"
#include "stage.h"

#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ridealong::tour {

namespace {

/// Whether a search below this widget has hits.
bool hasHits(const QWidget& widget) { return widget.findChild<QLabel*>(u"searchPlace"_s)->text().contains(u" of "_s); }

} // namespace

void findInOutput(Stage& stage, consoleview::ConsolePanel& console)
{
    stage.press(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"bright"_s);
    stage.press(Qt::Key_W, Qt::AltModifier);
    stage.waitFor(u"hits in the output"_s, [&] { return hasHits(console); });
    stage.press(Qt::Key_Return, Qt::ShiftModifier);
    stage.picture(u"console-search"_s);
    stage.press(Qt::Key_W, Qt::AltModifier);
    stage.press(Qt::Key_Escape);

    stage.press(Qt::Key_P); // it stays in view, whatever comes
    stage.press(Qt::Key_Up);
    stage.press(Qt::Key_Up);
    stage.press(Qt::Key_Up);
    stage.press(Qt::Key_P);
    stage.press(Qt::Key_End);
    stage.picture(u"console-pinned"_s);
    for (auto* cross : console.findChildren<QToolButton*>(u"unpin"_s))
        cross->click();
    stage.press(Qt::Key_Down);
    stage.press(Qt::Key_Down);
    stage.press(Qt::Key_Down);

    stage.press(Qt::Key_O);
    auto* one = console.findChild<consoleview::RunWindow*>();
    if (!stage.waitFor(u"the run's window"_s, [&] { return one && one->isVisible(); }))
        return;
    one->move(console.window()->mapToGlobal(QPoint(300, 140)));
    stage.bring(*one);
    stage.press(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"faint"_s);
    stage.waitFor(u"hits in the window"_s, [&] { return hasHits(*one); });
    stage.picture(u"run-window"_s);
    stage.press(Qt::Key_Escape); // out of the search
    stage.press(Qt::Key_Escape); // and the window is closed

    stage.press(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"free"_s);
    stage.press(Qt::Key_L, Qt::AltModifier);
    console.findChild<QToolButton*>(u"searchAround"_s)->menu()->actions().at(1)->trigger();
    stage.waitFor(u"hits in the output"_s, [&] { return hasHits(console); });
    stage.picture(u"console-filter"_s);
    stage.press(Qt::Key_L, Qt::AltModifier);
    stage.press(Qt::Key_Escape);
}

bool writeCountingScript(const QString& folder)
{
    const QByteArray text = "#!/bin/sh\n#\n# Description:\n#   Counts.\n# Commands:\n#   count <to> - Count so far\n# Arguments:\n"
                            "#   to: integer 1-10000000\n# Risk: safe\nseq -f '%.0f  INFO  block copied and verified' 1 \"$1\"\n";
    QFile script(folder + u"/count"_s);
    return script.open(QIODevice::WriteOnly) && script.write(text) == text.size()
        && script.setPermissions(script.permissions() | QFile::ExeOwner | QFile::ExeUser);
}

void turnPages(Stage& stage)
{
    stage.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Plus, Qt::Key_Plus, Qt::Key_Plus, Qt::Key_End, Qt::Key_PageUp})
        stage.press(key);
    stage.picture(u"console-million"_s);
    stage.press(Qt::Key_Left); // folded
    stage.press(Qt::Key_Up);
    stage.picture(u"console-folded"_s);
    stage.press(Qt::Key_End);
}

} // namespace ridealong::tour
