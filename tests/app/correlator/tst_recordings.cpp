// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What real bots said to four people at once on real servers, grouped: with and without the links that our own adapters make.
#include "support/runrecording.h"

#include <QDir>
#include <QTest>

using namespace ridealong;
using namespace ridealong::tests;
using namespace Qt::StringLiterals;

class TestRecordings : public QObject
{
    Q_OBJECT
private slots:
    void areGrouped_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("withLinks");
        const QString folder = qEnvironmentVariable("RIDEALONG_RECORDINGS", QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/runs"));
        for (const QFileInfo& file : QDir(folder).entryInfoList({u"*-plain-*.jsonl"_s, u"*-envelope-*.jsonl"_s}, QDir::Files, QDir::Name)) {
            QTest::addRow("%s", qPrintable(file.completeBaseName())) << file.filePath() << false;
            if (file.fileName().contains(u"-plain-"_s))
                QTest::addRow("%s, with links", qPrintable(file.completeBaseName())) << file.filePath() << true;
        }
    }
    void areGrouped()
    {
        QFETCH(QString, path);
        QFETCH(bool, withLinks);
        RunReplay replay(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots"));
        const Grouping found = replay.play(readRecording(path, withLinks));
        for (const QString& mistake : found.mistakes)
            qInfo().noquote() << mistake;
        qInfo() << found.commands << "commands," << found.belonging << "messages, precision" << found.precision() << "recall" << found.recall();
        QVERIFY(found.commands >= 190);
        const double least = path.contains(u"-envelope-"_s) ? 1.0 : 0.98;
        QVERIFY(found.precision() >= least);
        QVERIFY(found.recall() >= least);
    }
};

QTEST_GUILESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
