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
        QTest::addColumn<QString>("learnedFrom");
        const QString folder = qEnvironmentVariable("RIDEALONG_RECORDINGS", QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/runs"));
        for (const QFileInfo& file : QDir(folder).entryInfoList({u"*-plain-*.jsonl"_s, u"*-envelope-*.jsonl"_s}, QDir::Files, QDir::Name)) {
            QTest::addRow("%s", qPrintable(file.completeBaseName())) << file.filePath() << false << QString();
            if (file.fileName().contains(u"-plain-1"_s))
                QTest::addRow("%s, with links", qPrintable(file.completeBaseName())) << file.filePath() << true << QString();
        }
        for (const auto& [of, from] : {std::pair("inspircd-plain-1", "inspircd-plain-2"), std::pair("inspircd-plain-2", "inspircd-plain-3"),
                 std::pair("inspircd-plain-3", "inspircd-plain-1"), std::pair("prosody-plain-1", "inspircd-plain-2"),
                 std::pair("ejabberd-plain-1", "inspircd-plain-3")})
            QTest::addRow("%s, learned", of) << folder + u'/' + QLatin1StringView(of) + u".jsonl"_s << false
                                             << folder + u'/' + QLatin1StringView(from) + u".jsonl"_s;
    }
    void areGrouped()
    {
        QFETCH(QString, learnedFrom);
        QFETCH(QString, path);
        QFETCH(bool, withLinks);
        RunReplay replay(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots"));
        if (!learnedFrom.isEmpty()) { // yesterday
            if (!m_learned.contains(learnedFrom)) {
                RunReplay before(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots"));
                before.play(readRecording(learnedFrom, false));
                m_learned.insert(learnedFrom, before.habits.takeChanged());
            }
            for (const auto& [key, json] : m_learned[learnedFrom].asKeyValueRange())
                replay.habits.load(key, json);
        }
        const Grouping found = replay.play(readRecording(path, withLinks));
        if (qEnvironmentVariableIsSet("RIDEALONG_MISTAKES"))
            for (const QString& mistake : found.mistakes)
                qInfo().noquote() << mistake;
        if (!withLinks && learnedFrom.isEmpty())
            m_learned.insert(path, replay.habits.takeChanged());
        qInfo() << found.commands << "commands," << found.belonging << "messages, precision" << found.precision() << "recall" << found.recall();
        QVERIFY(found.commands >= 120);
        // `./dev bench runs` holds rooms that nobody has seen yet against the same goal.
        const double least = path.contains(u"-envelope-"_s) ? 1.0 : 0.98;
        QVERIFY(found.precision() >= least);
        QVERIFY(found.recall() >= least);
    }

private:
    QHash<QString, QHash<QString, QByteArray>> m_learned; ///< by recording
};

QTEST_GUILESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
