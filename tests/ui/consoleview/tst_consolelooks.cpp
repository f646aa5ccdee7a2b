// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The console as people see it, in both themes and at 200 %. With RIDEALONG_SHOTS=folder the pictures are kept.
#include "consoleview/consolepanel.h"
#include "kit/theme.h"
#include "samples.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;

class ConsoleLooksTest : public QObject
{
    Q_OBJECT

    static void fill(console::Console& console, tests::Samples& samples)
    {
        auto failed = samples.report(u"deploy"_s, u"deploy status api"_s, RunState::Failed, 9000);
        failed.senderName = u"Mina"_s;
        failed.exitCode = 2;
        samples.add(failed, "checking api\nerror: 2 of 5 replicas unavailable\n");
        samples.add(samples.report(u"json"_s, u"report host vmax1 --json"_s, RunState::Succeeded, 5000), tests::kJsonSample);
        samples.add(samples.report(u"diff"_s, u"git diff app.conf"_s, RunState::Succeeded, 4000), tests::kDiffSample);
        samples.add(samples.report(u"log"_s, u"log tail api"_s, RunState::Succeeded, 3000), tests::kLogSample);
        auto migrate = samples.report(u"migrate"_s, u"migrate start vmax1"_s, RunState::Running, 2467);
        migrate.environment = u"production"_s;
        migrate.progress = chat::Progress{chat::Progress::State::Normal, 62, {}};
        samples.add(migrate, tests::kAnsiSample);
        samples.add(samples.report(u"table"_s, u"lun list vmax1 --state copying"_s, RunState::Succeeded, 100), tests::kTableSample);
        auto approval = samples.report(u"approve"_s, u"array drain vmax2"_s, RunState::AwaitingApproval, 90);
        approval.senderName = u"Ben"_s;
        approval.environment = u"production"_s;
        samples.add(approval);
        auto silent = samples.report(u"silent"_s, u"array health vmax7"_s, RunState::NoReply, 48);
        silent.senderName = u"Ben"_s;
        samples.add(silent);
        for (const auto* id : {"table", "json", "diff", "log"})
            QTRY_VERIFY(console.find(base::RunId(QString::fromLatin1(id)))->format != console::Format::Text);
    }

    static void shoot(const tests::Look& look)
    {
        const QString name = u"console-"_s + QString::fromLatin1(look.name);
        tests::FakeClock clock;
        kit::Theme theme;
        look.dress(theme);
        console::Console console;
        tests::Samples samples(console, clock);
        consoleview::ConsolePanel panel(console, theme, clock);
        panel.setContext({samples.room, u"#storage-migration"_s, u"production"_s, base::UserId(u"ana"_s)});
        panel.resize(QSize(600, 860) * std::max(1.0, look.scale * 0.8));
        panel.show();
        const auto empty = panel.grab();
        QVERIFY(tests::colorsOf(empty.toImage()) > 3);
        tests::keepShot(empty, name + u"-empty"_s);
        fill(console, samples);
        panel.setText(u"hubot migrate pause"_s);
        panel.setHint({u"‹array›"_s, true, chat::Risk::Mutates, u"production"_s, {}});
        QTRY_VERIFY(!panel.view()->grab().isNull());
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents(); // highlighting comes in idle slices
        tests::keepShot(panel.grab(), name + u"-end"_s);
        QVERIFY(panel.view()->showRun(base::RunId(u"json"_s)));
        (void)panel.grab();
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        const auto full = panel.grab();
        QVERIFY(tests::colorsOf(full.toImage()) > 30);
        tests::keepShot(full, name + u"-formats"_s);
        panel.commandLine()->submit();
        tests::keepShot(panel.grab(), name + u"-confirm"_s);
    }

private slots:
    void isReadableInTheDark() { shoot(tests::kDark); }
    void isReadableInTheLight() { shoot(tests::kLight); }
    void isReadableAtTwiceTheSize() { shoot({"200", kit::ThemeChoice::Dark, 2}); }
};

QTEST_MAIN(ConsoleLooksTest)
#include "tst_consolelooks.moc"
