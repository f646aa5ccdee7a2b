// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/needserver.h"
#include "servers/ejabberd.h"
#include "servers/inspircd.h"
#include "servers/ngircd.h"
#include "servers/prosody.h"
#include "servers/runrecorder.h"
#include "servers/schemacheck.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

using namespace ridealong::tests;

/// Real bots do real commands and it is known what belongs to what. UPDATE_GOLDEN=1 records all of tests/golden/runs anew, which takes a
/// minute a row; else each row does a few commands to show that the recorder and the bots' run events can be believed.
class TestRunRecordings : public QObject
{
    Q_OBJECT
private slots:
    void theSchemaTellsGoodFromBad_data();
    void theSchemaTellsGoodFromBad();
    void whatIsKeptFitsTheSchema();
    void theSameSeedMakesTheSameWorkload();
    void nobodyIsAskedTwiceAtOnce();
    void truthIsKnownForEveryMessage_data();
    void truthIsKnownForEveryMessage();
    void aServerWithoutTagsGetsALineOfText();
    void runEventsComeBackWithTheConnection();

private:
    static void isPlausible(const QList<RecordedMessage>& messages, qsizetype said);
    static void envelopesSayTheTruth(const QList<RecordedMessage>& messages);
    static void keep(const QByteArray& lines);
};

namespace {

constexpr int kMaxRecordingBytes = 400'000;

bool isUpdating() { return qEnvironmentVariableIsSet("UPDATE_GOLDEN"); }

/// With envelopes a recording is three times as large.
RunWorkload::Options sizeOfIt(bool envelope)
{
    if (!isUpdating())
        return {.commands = 30, .spanMs = 4'000, .talk = 8};
    return envelope ? RunWorkload::Options{.commands = 120, .spanMs = 33'000, .talk = 36} : RunWorkload::Options{};
}

QJsonObject schema()
{
    QFile file(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/schema/run-event.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

void TestRunRecordings::theSchemaTellsGoodFromBad_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("offence");
    const QByteArray least = R"("taskName":"migrate.start","seq":0)";
    QTest::newRow("started") << QByteArray("started") << least << QString();
    QTest::newRow("output") << QByteArray("output") << least + R"(,"bundle":{"text/plain":"a"},"stream":"stderr","unknown":1)" << QString();
    QTest::newRow("progress") << QByteArray("progress") << least + R"(,"progress":{"state":"normal","percent":100})" << QString();
    QTest::newRow("approval") << QByteArray("approval") << least + R"(,"approval":{"state":"pending","replies":[{"label":"Yes","text":"y"}]})"
                              << QString();
    QTest::newRow("finished") << QByteArray("finished") << least + R"(,"outcome":"denied","durationMs":0,"exitCode":-1)" << QString();
    QTest::newRow("unknown type") << QByteArray("exploded") << least << QStringLiteral("$.type is none of the values");
    QTest::newRow("no task") << QByteArray("started") << QByteArray(R"("seq":0)") << QStringLiteral("$.data has no taskName");
    QTest::newRow("negative number") << QByteArray("started") << QByteArray(R"("taskName":"x","seq":-1)")
                                     << QStringLiteral("$.data.seq is too small");
    QTest::newRow("half number") << QByteArray("started") << QByteArray(R"("taskName":"x","seq":0.5)") << QStringLiteral("$.data.seq is no integer");
    QTest::newRow("end without outcome") << QByteArray("finished") << least << QStringLiteral("$.data has no outcome");
    QTest::newRow("output without bundle") << QByteArray("output") << least << QStringLiteral("$.data has no bundle");
    QTest::newRow("no media type") << QByteArray("output") << least + R"(,"bundle":{"text":"a"})"
                                   << QStringLiteral("$.data.bundle.text looks otherwise");
    QTest::newRow("over the end") << QByteArray("progress") << least + R"(,"progress":{"state":"normal","percent":101})"
                                  << QStringLiteral("$.data.progress.percent is too large");
    QTest::newRow("more in a cause") << QByteArray("started") << least + R"(,"cause":{"password":"x"})"
                                     << QStringLiteral("$.data.cause.password is not foreseen");
}

void TestRunRecordings::theSchemaTellsGoodFromBad()
{
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, data);
    QFETCH(const QString, offence);
    const QByteArray json
        = R"({"specversion":"1.0","id":"8b9a0b45-2","source":"//hubot/storage","subject":"8b9a0b45","time":"2026-11-23T09:00:02Z","type":"dev.ridealong.run.)"
        + type + R"(.v1","data":{)" + data + "}}";
    QJsonParseError error;
    const QJsonDocument event = QJsonDocument::fromJson(json, &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    QVERIFY(!schema().isEmpty());
    QCOMPARE(schemaOffence(schema(), event.object()), offence);
    QJsonObject shortRun = event.object();
    shortRun.insert(QStringLiteral("subject"), QStringLiteral("12345"));
    QVERIFY(!schemaOffence(schema(), shortRun).isEmpty());
}

void TestRunRecordings::whatIsKeptFitsTheSchema()
{
    int events = 0;
    const QDir folder(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/runs"));
    for (const QFileInfo& entry : folder.entryInfoList({QStringLiteral("*.jsonl")})) {
        QFile file(entry.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(file.size() <= kMaxRecordingBytes, qPrintable(entry.fileName()));
        while (!file.atEnd()) {
            const QByteArray line = file.readLine();
            const QJsonObject message = QJsonDocument::fromJson(line).object();
            QVERIFY2(!message.isEmpty(), line.constData());
            if (!message.contains(QLatin1String("envelope")))
                continue;
            ++events;
            const QByteArray event = QByteArray::fromBase64(message.value(QLatin1String("envelope")).toString().toLatin1());
            const QString offence = schemaOffence(schema(), QJsonDocument::fromJson(event).object());
            QVERIFY2(offence.isEmpty(), qPrintable(entry.fileName() + u' ' + offence));
        }
    }
    QVERIFY(events > 1000);
}

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
    QTest::addColumn<bool>("envelope");
    QTest::addColumn<quint32>("seed");
    const auto row = [](const char* server, bool envelope, quint32 seed) {
        QTest::addRow("%s-%s-%u", server, envelope ? "envelope" : "plain", seed) << QString::fromLatin1(server) << envelope << seed;
    };
    for (const char* server : {"inspircd", "prosody", "ejabberd"}) {
        row(server, false, 1);
        row(server, true, 1);
    }
    if (isUpdating()) {
        row("inspircd", false, 2);
        row("inspircd", false, 3);
        row("inspircd", true, 2);
    }
}

void TestRunRecordings::truthIsKnownForEveryMessage()
{
    QFETCH(const QString, server);
    QFETCH(const bool, envelope);
    QFETCH(const quint32, seed);
    const Certificates certificates;
    std::unique_ptr<TestServer> running;
    std::unique_ptr<RunRoom> room;
    std::unique_ptr<HubotBot> hubot;
    std::unique_ptr<ErrbotBot> errbot;
    const HubotBot::Options asHubot{.workload = true, .runEvents = envelope};
    const ErrbotBot::Options asErrbot{.workload = true, .runEvents = envelope};
    if (server == u"inspircd") {
        auto irc = std::make_unique<InspIrcd>(certificates);
        NEED(*irc);
        START(*irc);
        const BotPlace place{.port = irc->plainPort()};
        room = std::make_unique<IrcRunRoom>(irc->plainPort(), place.channel.toUtf8());
        hubot = std::make_unique<HubotBot>(place, asHubot);
        errbot = std::make_unique<ErrbotBot>(place, asErrbot);
        running = std::move(irc);
    } else {
        std::unique_ptr<XmppServer> xmpp;
        if (server == u"prosody")
            xmpp = std::make_unique<Prosody>(certificates);
        else
            xmpp = std::make_unique<Ejabberd>(certificates);
        NEED(*xmpp);
        START(*xmpp);
        for (const QString& name : RunWorkload::people() + QStringList{QStringLiteral("watcher"), QStringLiteral("hubot"), QStringLiteral("errbot")})
            QVERIFY2(xmpp->addUser(name, QStringLiteral("pw-") + name), qPrintable(xmpp->error()));
        QVERIFY2(xmpp->makeRoom(QStringLiteral("ops")), qPrintable(xmpp->error()));
        room = std::make_unique<XmppRunRoom>(*xmpp);
        hubot = std::make_unique<HubotBot>(XmppSeat(*xmpp, QStringLiteral("hubot"), QStringLiteral("pw-hubot")), asHubot);
        errbot = std::make_unique<ErrbotBot>(XmppSeat(*xmpp, QStringLiteral("errbot"), QStringLiteral("pw-errbot")), asErrbot);
        running = std::move(xmpp);
    }
    NEED(*hubot);
    NEED(*errbot);
    RunRecorder recorder(*room, *hubot, *errbot);
    QVERIFY2(recorder.record(RunWorkload::make(seed, sizeOfIt(envelope))), qPrintable(recorder.error()));
    isPlausible(recorder.messages(), sizeOfIt(envelope).commands);
    if (QTest::currentTestFailed())
        return;
    if (envelope)
        envelopesSayTheTruth(recorder.messages());
    if (isUpdating() && !QTest::currentTestFailed())
        keep(recorder.lines());
}

void TestRunRecordings::isPlausible(const QList<RecordedMessage>& messages, qsizetype said)
{
    QSet<QString> commands;
    qsizetype answers = 0;
    for (const RecordedMessage& message : messages) {
        if (message.isCommand)
            commands.insert(message.truth);
        if (!message.isBot || message.truth.isEmpty())
            continue;
        ++answers;
        QVERIFY2(commands.contains(message.truth), qPrintable(message.seen.text)); // nothing is answered before it was said
    }
    QCOMPARE(commands.size(), said);
    QVERIFY(answers > commands.size() / 2);
}

/// What the bots tell beside their texts, against what they wrote down where nobody sees it.
void TestRunRecordings::envelopesSayTheTruth(const QList<RecordedMessage>& messages)
{
    QHash<QString, QString> subjects; // of runs
    QHash<QString, const RecordedMessage*> commands;
    QHash<QString, int> numbers;
    QSet<QString> finished;
    for (const RecordedMessage& message : messages) {
        if (message.isCommand)
            commands.insert(message.truth, &message);
        if (!message.isBot)
            continue;
        const QByteArray where = message.truth.toUtf8() + ' ' + message.seen.from.toUtf8() + ": " + message.seen.text.toUtf8();
        QVERIFY2(message.truth.isEmpty() == message.seen.envelope.isEmpty(), where.constData());
        if (message.truth.isEmpty())
            continue;
        const QJsonObject event = QJsonDocument::fromJson(message.seen.envelope).object();
        const QString subject = event.value(QLatin1String("subject")).toString();
        const QJsonObject data = event.value(QLatin1String("data")).toObject();
        const QJsonObject cause = data.value(QLatin1String("cause")).toObject();
        const QString offence = schemaOffence(schema(), event);
        QVERIFY2(offence.isEmpty(), qPrintable(offence));
        const RecordedMessage& command = *commands.value(message.truth);
        // Two bots may answer one command: each has a run of its own.
        const QString run = message.truth + u' ' + message.seen.from;
        if (!subjects.contains(run))
            subjects.insert(run, subject);
        QCOMPARE(subject, subjects.value(run));
        QVERIFY(subject.size() >= 6);
        QCOMPARE(cause.value(QLatin1String("user")).toString(), command.seen.from);
        QCOMPARE(cause.value(QLatin1String("command")).toString(), command.seen.text);
        QCOMPARE(cause.value(QLatin1String("message")).toString(), command.seen.id);
        QVERIFY(!cause.value(QLatin1String("room")).toString().isEmpty());
        QVERIFY2(data.value(QLatin1String("seq")).toInt() >= numbers.value(subject),
            where.constData()); // threads may overtake each other on their way, numbers do not repeat
        numbers.insert(subject, data.value(QLatin1String("seq")).toInt());
        if (event.value(QLatin1String("type")) == QLatin1String("dev.ridealong.run.finished.v1")) {
            finished.insert(message.truth);
            if (command.seen.text.contains(QLatin1String("flaky")) || command.seen.text.startsWith(QLatin1String("!fail")))
                QCOMPARE(data.value(QLatin1String("outcome")).toString(), QStringLiteral("error"));
            if (command.seen.text.startsWith(QLatin1String("!nosuch")) || command.seen.text.endsWith(QLatin1String("nowhere")))
                QCOMPARE(data.value(QLatin1String("outcome")).toString(), QStringLiteral("failure"));
        }
    }
    for (const RecordedMessage* command : std::as_const(commands)) {
        if (!command->seen.text.contains(QLatin1String("frobnicate"))) // which nobody knows
            QVERIFY2(finished.contains(command->truth), qPrintable(command->seen.text));
    }
}

/// ngIRCd has no tags. What is said of a run is then read by everybody, and so it is short.
void TestRunRecordings::aServerWithoutTagsGetsALineOfText()
{
    const Certificates certificates;
    NgIrcd server(certificates);
    NEED(server);
    START(server);
    const BotPlace place{.port = server.plainPort()};
    HubotBot hubot(place, {.workload = true, .runEvents = true});
    ErrbotBot errbot(place, {.workload = true, .runEvents = true});
    NEED(hubot);
    NEED(errbot);
    START(hubot);
    START(errbot);
    RawIrc ana;
    QVERIFY(ana.connectPlain(server.plainPort()) && ana.registerAs("ana") && ana.join("#ops"));
    ana.say("PRIVMSG #ops :hubot ping");
    QVERIFY2(ana.expect("PRIVMSG #ops").endsWith(":ana: PONG"), qPrintable(ana.error()));
    const QByteArray running = ana.expect("PRIVMSG #ops");
    const QRegularExpression line(QStringLiteral(R"(:\[run:(\w+) (\w+) (\w+)(?: [\d.]+s)?\]\s*$)"));
    const QRegularExpressionMatch first = line.match(QString::fromUtf8(running));
    QCOMPARE(first.captured(2), QStringLiteral("ping"));
    QCOMPARE(first.captured(3), QStringLiteral("running"));
    const QRegularExpressionMatch end = line.match(QString::fromUtf8(ana.expect("[run:" + first.captured(1).toUtf8())));
    QCOMPARE(end.captured(3), QStringLiteral("success"));
    ana.say("PRIVMSG #ops :hubot flaky api");
    QVERIFY2(ana.expect("[run:").contains(" flaky error "), qPrintable(ana.error()));
    ana.say("PRIVMSG #ops :!fail api");
    QVERIFY2(!ana.expect("Computer says nooo").isEmpty(), qPrintable(ana.error()));
    QVERIFY2(!ana.expect(" fail error ").isEmpty(), qPrintable(ana.error()));
}

/// Errbot takes its plug-ins down and up again then, and what they have wrapped must be what it was.
void TestRunRecordings::runEventsComeBackWithTheConnection()
{
    const Certificates certificates;
    InspIrcd server(certificates);
    NEED(server);
    START(server);
    const BotPlace place{.port = server.plainPort()};
    HubotBot hubot(place, {.workload = true, .runEvents = true});
    ErrbotBot errbot(place, {.runEvents = true});
    NEED(hubot);
    NEED(errbot);
    START(hubot);
    START(errbot);
    for (int time = 0; time < 3; ++time) {
        if (time > 0)
            QVERIFY2(server.restart(), qPrintable(server.error()));
        RawIrc ana;
        QVERIFY(ana.connectPlain(server.plainPort()));
        ana.say("CAP REQ :message-tags");
        ana.say("CAP END");
        QVERIFY(ana.registerAs("ana") && ana.join("#ops"));
        const auto areThere = [&ana] {
            ana.say("NAMES #ops");
            const QByteArray names = ana.expect(" 353 ");
            return names.contains("hubot") && names.contains("errbot");
        };
        QTRY_VERIFY_WITH_TIMEOUT(areThere(), 40'000);
        const auto isTagged = [&ana](const QByteArray& command, const QByteArray& answer) {
            ana.say("PRIVMSG #ops :" + command);
            return ana.expect(answer).contains("+ridealong.dev/run=");
        };
        // They are there before they know that the server takes tags.
        QTRY_VERIFY_WITH_TIMEOUT(isTagged("!say well", " :well"), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(isTagged("hubot ping", " :ana: PONG"), 20'000);
        ana.say("PRIVMSG #ops :!say once");
        QVERIFY2(!ana.expect(" :once").isEmpty(), qPrintable(ana.error()));
        ana.say("PRIVMSG #ops :!say end");
        for (QByteArray line = ana.expect("PRIVMSG #ops"); !line.contains(" :end"); line = ana.expect("PRIVMSG #ops"))
            QVERIFY2(!line.isEmpty() && !line.contains(" :once"), line.constData());
    }
}

void TestRunRecordings::keep(const QByteArray& lines)
{
    QVERIFY2(lines.size() <= kMaxRecordingBytes, qPrintable(QString::number(lines.size())));
    QFile file(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/runs/%1.jsonl").arg(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(lines), lines.size());
}

QTEST_GUILESS_MAIN(TestRunRecordings)
#include "tst_runrecordings.moc"
