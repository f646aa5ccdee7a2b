// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/handover.h"
#include "console/ansitext.h"
#include "support/formatcorpus.h"

#include <QBuffer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace ridealong::console;
using tests::storedOutput;

namespace {

constexpr qint64 kMorning = 1'795'770'000'000; // 2026-11-27

using Writer = base::Status (*)(QIODevice&, const QList<HandoverRun>&, const HandoverOptions&);

HandoverOptions options()
{
    HandoverOptions options;
    options.words = {.title = u"Night shift"_s,
        .sender = u"Asked by"_s,
        .room = u"Room"_s,
        .environment = u"Environment"_s,
        .started = u"Started"_s,
        .duration = u"Took"_s,
        .state = u"State"_s,
        .exitCode = u"exit"_s,
        .noOutput = u"No output."_s,
        .omitted = u"%1 bytes are left out."_s,
        .missing = u"output is missing"_s,
        .castTimes = u"Times within a run\n[0, \"o\", \"are\"] not known."_s,
        .stateOf = {},
        .durationOf = {}};
    return options;
}

HandoverRun made(const QString& command, const QByteArray& output, qint64 startedAtMs = kMorning)
{
    HandoverRun run;
    run.run.report.command = command;
    run.run.report.senderName = u"Ana"_s;
    run.run.report.state = chat::RunState::Succeeded;
    run.run.report.startedAtMs = startedAtMs;
    run.run.report.endedAtMs = startedAtMs + 2'000;
    run.run.lines = storedOutput(output);
    run.room = u"#ops"_s;
    return run;
}

QByteArray written(Writer writer, const QList<HandoverRun>& runs, const HandoverOptions& how = options())
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!writer(buffer, runs, how))
        return "failed";
    return buffer.data();
}

/// A shift with everything in it that could break out.
QList<HandoverRun> shift()
{
    HandoverRun deploy = made(u"deploy `api` --tag v2\x1b[31m"_s,
        "\x1b[1mstart\x1b[0m\n\x1b[32mok\x1b[0m  \x1b[38;5;208mcache\x1b[0m \x1b[38;2;1;2;3mrgb\x1b[0m\n```\n# not a heading\n\\ \"quoted\" "
        "\xe2\x80\xa8 end\n"
        "\x1b]8;;https://example.org/a\x1b\\a link\x1b]8;;\x1b\\\n");
    deploy.run.report.environment = u"production *hot*"_s;
    deploy.context = {{u"Ana <b>"_s, kMorning - 60'000, u"is it *safe*?\n# heading\n- list\n1. one\n> quote\n===\n<script>"_s},
        {u"Ben"_s, kMorning - 30'000, u"yes"_s}};
    HandoverRun failed = made(u"migrate\n  start `vmax1`\n```\ndone"_s, {}, kMorning + 3'600'000);
    failed.run.report.state = chat::RunState::Failed;
    failed.run.report.exitCode = 3;
    failed.run.report.senderName = u"Eve\n## forged\u202e"_s;
    HandoverRun open = made(u"watch"_s, "tick\n", kMorning + 3'601'000);
    open.run.report.state = chat::RunState::Running;
    open.run.report.endedAtMs = 0;
    open.run.report.omittedBytes = 77;
    return {deploy, failed, open};
}

struct Event
{
    double interval = 0;
    QString code;
    QString data;
};

/// Every line of a recording, read by a JSON parser of its own; comments left out.
QList<Event> eventsOf(const QByteArray& cast, QJsonObject* header = nullptr)
{
    QList<Event> events;
    const auto lines = cast.split('\n');
    if (header)
        *header = QJsonDocument::fromJson(lines.first()).object();
    for (const QByteArray& line : lines.sliced(1)) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const auto array = QJsonDocument::fromJson(line).array();
        if (array.size() != 3 || !array[0].isDouble() || !array[1].isString() || !array[2].isString())
            return {};
        events << Event{array[0].toDouble(), array[1].toString(), array[2].toString()};
    }
    return events;
}

/// Takes so much and no more.
class FullDevice : public QIODevice
{
public:
    explicit FullDevice(qint64 room) : m_room(room) { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }
    qint64 longest() const { return m_longest; }

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char*, qint64 size) override
    {
        m_longest = std::max(m_longest, size);
        if (size > m_room)
            return -1;
        m_room -= size;
        return size;
    }

private:
    qint64 m_room;
    qint64 m_longest = 0;
};

} // namespace

class HandoverTest : public QObject
{
    Q_OBJECT

private slots:
    void matchesGoldenFiles_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("actual");
        QTest::newRow("markdown") << u"shift.md"_s << written(writeMarkdown, shift());
        QTest::newRow("asciicast") << u"shift.cast"_s << written(writeAsciicast, shift());
        QTest::newRow("ansi") << u"shift.ansi"_s << written(writeAnsi, shift());
    }
    void matchesGoldenFiles()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, actual);
        QFile expected(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/handover/") + file);
        if (qEnvironmentVariableIsSet("UPDATE_GOLDEN")) {
            QVERIFY(expected.open(QIODevice::WriteOnly));
            expected.write(actual);
            return;
        }
        QVERIFY(expected.open(QIODevice::ReadOnly));
        QCOMPARE(actual, expected.readAll());
    }

    void fencesLongerThanAnyInside()
    {
        const QByteArray text = written(writeMarkdown, {made(u"x"_s, "a\n``````\nb\n")});
        QCOMPARE(text.count("\n```````"), 2);
        // A long line comes in pieces: a fence that goes over their edge counts as a whole.
        const QByteArray long65k = QByteArray(65'530, 'x') + QByteArray(20, '`') + '\n';
        QVERIFY(storedOutput(long65k)->lineCount() > 1);
        QVERIFY(written(writeMarkdown, {made(u"x"_s, long65k)}).contains('\n' + QByteArray(21, '`') + "text\n"));
    }

    void writesLongLinesAsOne()
    {
        const QByteArray line(200'000, 'y');
        for (const Writer writer : {writeMarkdown, writeAnsi})
            QVERIFY(written(writer, {made(u"x"_s, line + '\n')}).contains('\n' + line + '\n'));
    }

    void holdsCommandsInTheirHeading()
    {
        const auto heading = [](const QString& command) {
            const QByteArray text = written(writeMarkdown, {made(command, "o\n")});
            const auto begin = text.indexOf("\n## ") + 1;
            return text.mid(begin, text.indexOf('\n', begin) - begin);
        };
        QCOMPARE(heading(u"ls"_s), "## `ls`");
        QCOMPARE(heading(u"a `b` c"_s), "## ``a `b` c``");
        QCOMPARE(heading(u"`b``"_s), "## ``` `b`` ```");
        QCOMPARE(heading(u"\nfirst\n# second"_s), "## `first` \xe2\x80\xa6");
        QCOMPARE(heading({}), "## \\$");
    }

    void recordsWhatPlayersRead()
    {
        QJsonObject header;
        const auto events = eventsOf(written(writeAsciicast, shift()), &header);
        QCOMPARE(header[u"version"].toInt(), 3);
        QCOMPARE(header[u"term"].toObject()[u"cols"].toInt(), kMinCastColumns);
        QCOMPARE(header[u"term"].toObject()[u"rows"].toInt(), kCastRows);
        QCOMPARE(header[u"timestamp"].toInteger(), kMorning / 1000);
        QCOMPARE(header[u"title"].toString(), u"Night shift"_s);
        QVERIFY(!events.isEmpty());
        int markers = 0;
        for (const Event& event : events) {
            QVERIFY(event.interval >= 0);
            QVERIFY((QStringList{u"o"_s, u"m"_s}).contains(event.code));
            markers += event.code == u"m"_s;
        }
        QCOMPARE(markers, 3);
    }

    void endsWithTheExitStatus()
    {
        HandoverRun run = made(u"false"_s, "no\n");
        run.run.report.exitCode = 1;
        QJsonObject header;
        const auto events = eventsOf(written(writeAsciicast, {run}), &header);
        QCOMPARE(header[u"command"].toString(), u"false"_s);
        QCOMPARE(events.last().code, u"x"_s);
        QCOMPARE(events.last().data, u"1"_s);
    }

    void spreadsLinesOverTheTimeItTook()
    {
        QJsonObject header;
        const auto events = eventsOf(written(writeAsciicast, {made(u"count"_s, "1\n2\n3\n4\n")}), &header);
        QCOMPARE(events.size(), 6); // marker, command, four lines
        for (const Event& event : events.sliced(2))
            QCOMPARE(event.interval, 0.5);
        QCOMPARE(events.last().data, u"4\r\n"_s);
    }

    void keepsTimeGoingForward()
    {
        auto later = made(u"later"_s, "b\n", kMorning + 1'000); // begins while the other one goes on
        auto unknown = made(u"unknown"_s, "c\n", 0);
        unknown.run.report.endedAtMs = 0;
        double total = 0;
        for (const Event& event : eventsOf(written(writeAsciicast, {later, made(u"first"_s, "a\n"), unknown}))) {
            QVERIFY(event.interval >= 0);
            total += event.interval;
        }
        QCOMPARE(total, 4.0);
    }

    void makesFewEventsOfManyLines()
    {
        const auto events = eventsOf(written(writeAsciicast, {made(u"x"_s, QByteArray("line\n").repeated(100'000))}));
        QVERIFY(events.size() > 500);
        QVERIFY(events.size() <= kMaxCastEvents + 3);
        QString all;
        for (const Event& event : events)
            if (event.code == u"o"_s)
                all += event.data;
        QCOMPARE(all.count(u"line\r\n"_s), 100'000);
    }

    void keepsWidthWithinLimits()
    {
        const auto columns = [](int width) {
            QJsonObject header;
            (void)eventsOf(written(writeAsciicast, {made(u"x"_s, QByteArray(width, 'x') + '\n')}), &header);
            return header[u"term"].toObject()[u"cols"].toInt();
        };
        QCOMPARE(columns(0), kMinCastColumns);
        QCOMPARE(columns(kMinCastColumns + 1), kMinCastColumns + 1);
        QCOMPARE(columns(kMaxCastColumns), kMaxCastColumns);
        QCOMPARE(columns(kMaxCastColumns + 1), kMaxCastColumns);
    }

    /// What is written for a terminal is, read by ours, what was there.
    void makesTheSameColoursAgain()
    {
        const QByteArray output = "\x1b[1;31mred\x1b[0m \x1b[4:3;38;5;200mcurly\x1b[0m \x1b[7;48;2;9;8;7minverse\x1b[m plain\n"
                                  "\x1b]8;;https://example.org/x\x1b\\link\x1b]8;;\x1b\\ \x1b[2;3;9mfaint\n";
        const auto first = storedOutput(output);
        QByteArray again;
        for (qint64 i = 0; i < first->lineCount(); ++i) {
            appendAnsi(again, *first, first->line(i));
            again += '\n';
        }
        const auto second = storedOutput(again);
        QCOMPARE(second->lineCount(), first->lineCount());
        for (qint64 i = 0; i < first->lineCount(); ++i) {
            const Line was = first->line(i);
            const Line is = second->line(i);
            QCOMPARE(is.text.toByteArray(), was.text.toByteArray());
            const auto styleAt = [](const LineStore& store, const Line& line, int byte) {
                Style style;
                for (const StyleRun& run : line.runs)
                    if (run.byte <= byte)
                        style = store.style(run.style);
                const QString link = store.link(style.link);
                style.link = 0;
                return std::pair(style, link);
            };
            for (int byte = 0; byte < was.text.size(); ++byte)
                QVERIFY2(styleAt(*first, was, byte) == styleAt(*second, is, byte), qPrintable(QString::number(byte)));
        }
    }

    void letsNoNameMoveTheCursor()
    {
        HandoverRun run = made(u"a\x1b[2J\r\nb\u009b31m"_s, "ok\n");
        run.run.report.senderName = u"E\x07ve\x1b]0;t\x07"_s;
        run.context = {{u"x\x1b[A"_s, kMorning, u"y\x1b[A\nz"_s}};
        QByteArray text = written(writeAnsi, {run});
        for (const char* own : {"\x1b[0m", "\x1b[1m", "\x1b[2m"})
            text.replace(own, "");
        for (const char c : text)
            QVERIFY(quint8(c) >= 0x20 || c == '\n');
        QVERIFY(!text.contains("\xc2\x9b"));
    }

    void cutsOutputAtTheLimit()
    {
        HandoverOptions how = options();
        const auto run = made(u"x"_s, "12345\n12345\n12345\n");
        for (const auto& [limit, lines] : {std::pair(18, 3), std::pair(17, 2), std::pair(12, 2), std::pair(5, 0), std::pair(0, 0)}) {
            how.maxOutputBytes = limit;
            for (const Writer writer : {writeMarkdown, writeAsciicast, writeAnsi}) {
                const QByteArray text = written(writer, {run}, how);
                QCOMPARE(text.count("12345"), lines);
                QCOMPARE(text.contains(QByteArray::number((3 - lines) * 6) + " bytes are left out."), lines < 3);
            }
        }
    }

    void takesNoMoreRunsThanItCan()
    {
        const auto isWritten = [](int count) {
            QBuffer buffer;
            buffer.open(QIODevice::WriteOnly);
            const auto status = writeMarkdown(buffer, QList<HandoverRun>(count, HandoverRun()), options());
            return status.hasValue();
        };
        QVERIFY(!isWritten(0));
        QVERIFY(isWritten(kMaxHandoverRuns));
        QVERIFY(!isWritten(kMaxHandoverRuns + 1));
    }

    void keepsTheLastOfWhatWasSaid()
    {
        for (const int said : {kMaxHandoverContext, kMaxHandoverContext + 1}) {
            HandoverRun run = made(u"x"_s, "o\n");
            for (int i = 0; i < said; ++i)
                run.context << HandoverContext{u"Ana"_s, kMorning, u"say%1."_s.arg(i)};
            const QByteArray text = written(writeMarkdown, {run});
            QCOMPARE(text.count("say"), kMaxHandoverContext);
            QCOMPARE(text.contains("say0."), said == kMaxHandoverContext);
        }
    }

    void writesPieceByPieceAndSaysWhenTheDiskIsFull()
    {
        const auto run = made(u"x"_s, QByteArray("0123456789abcdef\n").repeated(60'000)); // a megabyte
        for (const Writer writer : {writeMarkdown, writeAsciicast, writeAnsi}) {
            FullDevice roomy(10 << 20);
            QVERIFY(writer(roomy, {run}, options()));
            QVERIFY(roomy.longest() < 3 * kHandoverPieceBytes);
            FullDevice full(500'000);
            const auto status = writer(full, {run}, options());
            QVERIFY(!status);
            QVERIFY(status.error().kind == base::ErrorKind::Storage);
        }
    }
};

QTEST_GUILESS_MAIN(HandoverTest)
#include "tst_handover.moc"
