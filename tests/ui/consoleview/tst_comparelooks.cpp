// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A comparison as people see it. With RIDEALONG_SHOTS=folder the pictures are kept.
#include "consoleview/comparewindow.h"
#include "consoleview/compareview.h"
#include "kit/theme.h"
#include "samples.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;

class CompareLooksTest : public QObject
{
    Q_OBJECT

    static QByteArray status(bool isAfter)
    {
        QByteArray text = "\x1b[1mNAME            READY  STATUS   RESTARTS  AGE\x1b[0m\n";
        for (int i = 0; i < 60; ++i)
            text += "api-" + QByteArray::number(100 + i) + "         1/1    \x1b[32mRunning\x1b[0m  0         4d\n";
        text += isAfter ? "web-7           0/1    \x1b[31mCrashLoopBackOff\x1b[0m  14  4d\n"
                        : "web-7           1/1    \x1b[32mRunning\x1b[0m  2         4d\n";
        text += "cache-0         1/1    \x1b[32mRunning\x1b[0m  0         9d\n";
        if (!isAfter)
            text += "batch-3         1/1    \x1b[33mTerminating\x1b[0m  0     2h\n";
        text += "日本語 café      1/1    \x1b[32mRunning\x1b[0m  0         9d\n";
        for (int i = 0; i < 9; ++i)
            text += "db-" + QByteArray::number(i) + "            1/1    \x1b[32mRunning\x1b[0m  0         9d\n";
        if (isAfter)
            text += "job-a           0/1    \x1b[36mPending\x1b[0m  0         1s\njob-b           0/1    \x1b[36mPending\x1b[0m  0         1s\n";
        text += "node pool: 5 of 5 ready, checked at 09:4" + QByteArray(isAfter ? "3" : "1") + ":12, \x1b[7minverse\x1b[0m\n";
        return text;
    }

private slots:
    void isReadable_data() { tests::addLooks({tests::kContrast, tests::kDouble}); }
    void isReadable()
    {
        QFETCH(tests::Look, look);
        tests::FakeClock clock;
        kit::Theme theme;
        look.dress(theme);
        console::Console console;
        tests::Samples samples(console, clock);
        auto before = samples.report(u"before"_s, u"kubectl get pods --all-namespaces"_s, RunState::Succeeded, 9'000);
        auto after = samples.report(u"after"_s, u"kubectl get pods --all-namespaces"_s, RunState::Failed, 90);
        after.senderName = u"Ben"_s;
        after.exitCode = 2;
        after.environment = u"production"_s;
        samples.add(samples.report(u"other"_s, u"uptime"_s, RunState::Succeeded, 10'000), "up\n");
        samples.add(before, status(false));
        samples.add(after, status(true));
        const QString name = u"compare-"_s + QString::fromLatin1(look.name);
        {
            consoleview::CompareWindow window(before.run, after.run, console, theme, clock, nullptr);
            window.setAttribute(Qt::WA_DeleteOnClose, false);
            QSignalSpy compared(&window, &consoleview::CompareWindow::compared);
            window.show();
            window.activateWindow();
            QTRY_COMPARE(compared.size(), 1);
            QCoreApplication::processEvents(); // labels take the room they need
            const auto picture = window.grab();
            QVERIFY(tests::colorsOf(picture.toImage()) > 30);
            tests::keepShot(picture, name);
        }
        consoleview::CompareWindow equal(before.run, before.run, console, theme, clock, nullptr);
        equal.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy compared(&equal, &consoleview::CompareWindow::compared);
        equal.show();
        equal.resize(700 * std::max(1.0, look.scale), 300);
        QTRY_COMPARE(compared.size(), 1);
        QCoreApplication::processEvents();
        tests::keepShot(equal.grab(), name + u"-equal"_s);
    }
};

QTEST_MAIN(CompareLooksTest)
#include "tst_comparelooks.moc"
