// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What is done with a run in the whole program: again, compared, handed over.
#include "consoleview/comparewindow.h"
#include "consoleview/consolepanel.h"
#include "day.h"

#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QTemporaryDir>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::Day;

class TestRunAgain : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private slots:
    void initTestCase()
    {
        tests::useAHubOfItsOwn(m_folder);
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    }

    void aRunIsAgainADraftThatSaysWhatDiffers()
    {
        Day day(m_folder.filePath(u"profile"_s));
        QTRY_VERIFY_WITH_TIMEOUT(day.isReady(), 30'000);
        QTRY_VERIFY(!day.program.workspace().palette().commands().empty());
        auto* console = day.window().console();
        const auto runOnce = [&](int runs) {
            emit console->runRequested(u"host"_s);
            QTRY_VERIFY_WITH_TIMEOUT(
                int(day.program.workspace().console().runs().size()) == runs && day.newestRun()->report.state == chat::RunState::Succeeded, 30'000);
        };
        runOnce(1);
        const base::RunId run = day.newestRun()->report.run;
        emit console->rerunRequested(run);
        QCOMPARE(console->text(), u"runner host"_s);
        auto* label = console->findChild<QLabel*>(u"riskLabel"_s);
        QVERIFY2(label->text().startsWith(u"as before"_s), qPrintable(label->text()));
        console->setText(u"runner hosts --all"_s);
        QVERIFY2(label->text().startsWith(u"host → hosts --all"_s), qPrintable(label->text()));
        console->setText({});
        console->setText(u"runner host"_s);
        QVERIFY(!label->text().contains(u"as before"_s)); // it is one like any other now
        console->setText({});

        runOnce(2);
        emit console->view()->compareRequested(day.newestRun()->report.run);
        QTRY_VERIFY(console->findChild<consoleview::CompareWindow*>());
        QCOMPARE(console->findChild<consoleview::CompareWindow*>()->leftRun(), run);

        emit console->handOverRequested({run, day.newestRun()->report.run});
        QTRY_VERIFY(day.window().findChild<QFileDialog*>());
        const QString path = m_folder.filePath(u"shift.md"_s);
        emit day.window().findChild<QFileDialog*>()->fileSelected(path);
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.count("host") >= 2);
        QVERIFY(text.contains("ana"));
    }
};

QTEST_MAIN(TestRunAgain)
#include "tst_runagain.moc"
