// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/ledgercsv.h"

#include <QFile>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using chat::RunState;

namespace {

chat::RunRecord run(const QString& command)
{
    chat::RunRecord made;
    made.kind = u"deploy staging"_s;
    chat::RunReport& report = made.report;
    report.run = base::RunId(u"r1"_s);
    report.conversation = {base::AccountId(u"irc-1"_s), u"#ops"_s};
    report.cause = base::MessageId(u"m1"_s);
    report.sender = base::UserId(u"ana"_s);
    report.senderName = u"Ana Łopez"_s;
    report.bot = base::UserId(u"hubot"_s);
    report.command = command;
    report.environment = u"staging"_s;
    report.state = RunState::Failed;
    report.exitCode = -9;
    report.detail = u"killed by signal 9"_s;
    report.confidence = 92;
    report.startedAtMs = 1'700'000'000'123;
    report.endedAtMs = 1'700'000'042'500;
    report.outputBytes = 2048;
    return made;
}

chat::CommandRecord command(const QString& kind)
{
    chat::CommandRecord made;
    made.account = base::AccountId(u"irc-1"_s);
    made.bot = base::UserId(u"hubot"_s);
    made.kind = kind;
    made.lastCommand = kind + u" now"_s;
    made.lastBy = u"Ana"_s;
    made.lastAtMs = 1'700'000'000'000;
    made.lastState = RunState::Succeeded;
    made.runs = 12;
    made.ended = 11;
    made.succeeded = 10;
    made.typicalMs = 41'500;
    return made;
}

/// A reader by the letter of RFC 4180, so that what is written is not only compared with itself.
QList<QStringList> readBack(const QByteArray& csv, char separator = ',')
{
    QList<QStringList> rows;
    QStringList row;
    QByteArray cell;
    bool quoted = false;
    for (qsizetype i = 0; i < csv.size(); ++i) {
        const char c = csv[i];
        if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
            cell += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == separator) {
            row += QString::fromUtf8(std::exchange(cell, {}));
        } else if (!quoted && c == '\r' && csv.mid(i, 2) == "\r\n") {
            row += QString::fromUtf8(std::exchange(cell, {}));
            rows += std::exchange(row, {});
            ++i;
        } else {
            cell += c;
        }
    }
    return rows;
}

void compareGolden(const QByteArray& made, const QString& name)
{
    QFile file(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/ledger/%1.csv").arg(name));
    if (qEnvironmentVariableIsSet("UPDATE_GOLDEN")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(made), made.size());
        return;
    }
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    QCOMPARE(made, file.readAll());
}

} // namespace

class TestLedgerCsv : public QObject
{
    Q_OBJECT
private slots:
    void runsAreWrittenAsTheyAlwaysWere()
    {
        chat::RunRecord open = run(u"deploy staging"_s);
        open.report.run = base::RunId(u"r2"_s);
        open.report.state = RunState::Running;
        open.report.endedAtMs = 0;
        open.report.exitCode.reset();
        open.report.confidence.reset();
        open.report.detail.clear();
        compareGolden(
            chat::toCsv({run(u"deploy staging --note \"now, or never\""_s), open, run(u"two\nlines; and = inside"_s), run(u"=1+1"_s)}), u"runs"_s);
    }

    void commandsAreWrittenAsTheyAlwaysWere()
    {
        chat::CommandRecord silent = command(u"think"_s);
        silent.ended = silent.succeeded = 0;
        silent.typicalMs = 0;
        silent.lastState = RunState::NoReply;
        compareGolden(chat::toCsv({command(u"deploy, then \"test\""_s), silent}), u"commands"_s);
    }

    void nothingIsARowOfNames()
    {
        const QByteArray csv = chat::toCsv(QList<chat::RunRecord>());
        QCOMPARE(csv.count("\r\n"), 1);
        QVERIFY(csv.startsWith("started,ended,duration_ms,") && csv.endsWith("\r\n"));
        QCOMPARE(readBack(chat::toCsv(QList<chat::CommandRecord>())).size(), 1);
    }

    void everythingComesBack_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("quotes") << u"say \"hello\", \"\""_s;
        QTest::newRow("only quotes") << u"\"\"\""_s;
        QTest::newRow("line ends") << u"one\r\ntwo\rthree\n"_s;
        QTest::newRow("spaces") << u"  kept  "_s;
        QTest::newRow("separators") << u"a,b;c\td"_s;
        QTest::newRow("beyond the BMP") << u"ship it \U0001F680 grüße"_s;
        QTest::newRow("empty") << QString();
        QTest::newRow("long") << QString(100'000, u'x');
    }
    void everythingComesBack()
    {
        QFETCH(QString, text);
        for (const char separator : {',', '\t'}) {
            const auto rows = readBack(chat::toCsv({run(text), run(u"next"_s)}, {.separator = separator}), separator);
            QCOMPARE(rows.size(), 3);
            QCOMPARE(rows[1].size(), rows[0].size());
            const qsizetype at = rows[0].indexOf(u"command"_s);
            QCOMPARE(rows[1][at], text);
            QCOMPARE(rows[2][at], u"next"_s);
            QCOMPARE(rows[1][rows[0].indexOf(u"exit_code"_s)], u"-9"_s); // a number of ours needs no guard
        }
    }

    void noSpreadsheetRunsWhatSomebodyWrote_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"=HYPERLINK(\"http://evil\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
            QTest::newRow(text) << QString::fromUtf8(text);
        QTest::newRow("full width") << u"\uFF1D1+1"_s;
    }
    void noSpreadsheetRunsWhatSomebodyWrote()
    {
        QFETCH(QString, text);
        chat::RunRecord hostile = run(text);
        hostile.report.senderName = text;
        hostile.report.detail = text;
        hostile.report.bot = base::UserId(text);
        const auto guarded = readBack(chat::toCsv({hostile}));
        const auto plain = readBack(chat::toCsv({hostile}, {.guardsFormulas = false}));
        for (const QString& column : {u"command"_s, u"who"_s, u"detail"_s, u"bot"_s}) {
            const qsizetype at = guarded[0].indexOf(column);
            QCOMPARE(guarded[1][at], u'\'' + text);
            QCOMPARE(plain[1][at], text);
        }
    }

    void whatMakesNoTextIsLeftOut()
    {
        const QByteArray csv = chat::toCsv({run(u"a\0b"_s + QChar(0xD800))});
        QVERIFY(!csv.contains('\0'));
        QVERIFY(QString::fromUtf8(csv).toUtf8() == csv);
    }

    void aClockThatWentBackIsNoDuration()
    {
        chat::RunRecord odd = run(u"deploy"_s);
        odd.report.endedAtMs = odd.report.startedAtMs - 5000;
        const auto rows = readBack(chat::toCsv({odd}));
        QCOMPARE(rows[1][rows[0].indexOf(u"duration_ms"_s)], u"0"_s);
    }
};

QTEST_GUILESS_MAIN(TestLedgerCsv)
#include "tst_ledgercsv.moc"
