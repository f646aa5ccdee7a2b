// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/consoleview.h"
#include "kit/theme.h"
#include "samples.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using console::Format;

namespace ridealong::tests {

/// One run in a view, and what a person does with it.
struct FormatStage
{
    FakeClock clock;
    kit::Theme theme;
    console::Console console;
    Samples samples{console, clock};
    consoleview::ConsoleView view{console, theme, clock};
    base::RunId run;

    FormatStage()
    {
        view.resize(700, 500);
        view.show();
        view.activateWindow();
        view.setFocus();
        [&] { QTRY_VERIFY(view.hasFocus()); }();
    }
    /// Shown as what is `wanted`, whatever it was taken for; Text: as that.
    base::RunId show(const QByteArray& output, Format wanted, const QString& command = u"report"_s)
    {
        bool isFoundOut = false;
        const auto watch = QObject::connect(&console, &console::Console::changed, &view,
            [&](const console::ConsoleChange& change) { isFoundOut = isFoundOut || change.kind == console::ConsoleChange::Kind::Format; });
        run = samples.add(samples.report(command, command, chat::RunState::Succeeded), output);
        [&] { QTRY_VERIFY(isFoundOut); }();
        QObject::disconnect(watch);
        if (wanted != Format::Text && view.shownFormat(run) != wanted)
            view.showAs(run, wanted);
        view.showRun(run);
        (void)view.grab();
        return run;
    }
    template <typename Body> const Body* body() const { return dynamic_cast<const Body*>(view.bodyOf(run)); }
    qint64 rows() const { return view.bodyOf(run)->lastUnit() + 1; }
    QString textAt(qint64 unit) const { return QString::fromUtf8(view.bodyOf(run)->text(unit)); }
    QString said() const { return view.accessibleRowOf(0); }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, Qt::Key(key), modifiers); }
    /// In row `row` of the body, so many characters from the left edge of its text.
    void click(qint64 row, double column)
    {
        (void)view.grab();
        const auto place = view.placeOfBody(run, row, column);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, place);
    }
};

} // namespace ridealong::tests
