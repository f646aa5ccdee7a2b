// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/needserver.h"
#include "servers/ejabberd.h"
#include "servers/inspircd.h"
#include "servers/prosody.h"
#include "servers/runrecorder.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

using namespace ridealong::tests;

/// Real bots do real commands and it is known what belongs to what. UPDATE_GOLDEN=1 records all of tests/golden/runs anew, which takes a
/// minute a row; else each row does a few commands to show that the recorder and the bots' run events can be believed.
class TestRunRecordings : public QObject
{
    Q_OBJECT
private slots:
    void theSameSeedMakesTheSameWorkload();
    void nobodyIsAskedTwiceAtOnce();
    void truthIsKnownForEveryMessage_data();
    void truthIsKnownForEveryMessage();
};

namespace {

constexpr int kMaxRecordingBytes = 400'000;

bool isUpdating() { return qEnvironmentVariableIsSet("UPDATE_GOLDEN"); }

RunWorkload::Options sizeOfIt() { return isUpdating() ? RunWorkload::Options{} : RunWorkload::Options{.commands = 30, .spanMs = 4'000, .talk = 8}; }

} // namespace

void TestRunRecordings::theSameSeedMakesTheSameWorkload()
{
    const auto texts = [](quint32 seed) {
        QStringList said;
        for (const WorkloadStep& step : RunWorkload::make(seed))
            said += QStringLiteral("%1 %2 %3 %4").arg(step.atMs).arg(step.person).arg(step.run, step.text);
        return said;
    };
    QCOMPARE(texts(1), texts(1));
    QVERIFY(texts(1) != texts(2));
}

void TestRunRecordings::nobodyIsAskedTwiceAtOnce()
{
    for (quint32 seed = 0; seed < 50; ++seed) {
        QHash<int, QString> asked;
        int commands = 0;
        for (const WorkloadStep& step : RunWorkload::make(seed)) {
            commands += int(step.isCommand);
            if (step.isCommand && step.text.contains(QLatin1String("db.migrate")) && !step.text.endsWith(QLatin1String("nowhere"))) {
                QVERIFY2(!asked.contains(step.person), qPrintable(step.text));
                asked.insert(step.person, step.run);
            } else if (!step.isCommand && !step.run.isEmpty()) {
                QCOMPARE(asked.take(step.person), step.run);
            }
        }
        QCOMPARE(commands, 200);
        QVERIFY(asked.isEmpty());
    }
}

void TestRunRecordings::truthIsKnownForEveryMessage_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<quint32>("seed");
    QTest::newRow("inspircd-plain-1") << QStringLiteral("inspircd") << 1U;
    if (isUpdating()) {
        QTest::newRow("inspircd-plain-2") << QStringLiteral("inspircd") << 2U;
        QTest::newRow("inspircd-plain-3") << QStringLiteral("inspircd") << 3U;
    }
}

void TestRunRecordings::truthIsKnownForEveryMessage()
{
    QFETCH(const QString, server);
    QFETCH(const quint32, seed);
    const Certificates certificates;
    InspIrcd irc(certificates);
    NEED(irc);
    START(irc);
    const BotPlace place{.port = irc.plainPort()};
    HubotBot hubot(place, {.workload = true});
    ErrbotBot errbot(place, {.workload = true});
    NEED(hubot);
    NEED(errbot);
    IrcRunRoom room(irc.plainPort(), place.channel.toUtf8());
    RunRecorder recorder(room, hubot, errbot);
    QVERIFY2(recorder.record(RunWorkload::make(seed, sizeOfIt())), qPrintable(recorder.error()));

    QSet<QString> commands;
    int answers = 0;
    for (const RecordedMessage& message : recorder.messages()) {
        if (message.isCommand)
            commands.insert(message.truth);
        answers += int(message.isBot && !message.truth.isEmpty());
        if (message.isBot && !message.truth.isEmpty())
            QVERIFY2(commands.contains(message.truth), qPrintable(message.seen.text)); // nothing is answered before it was said
    }
    QCOMPARE(commands.size(), sizeOfIt().commands);
    QVERIFY(answers > commands.size());
    if (!isUpdating())
        return;
    const QByteArray lines = recorder.lines();
    QVERIFY2(lines.size() <= kMaxRecordingBytes, qPrintable(QString::number(lines.size())));
    QFile file(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/runs/%1.jsonl").arg(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(lines), lines.size());
}

QTEST_GUILESS_MAIN(TestRunRecordings)
#include "tst_runrecordings.moc"
