// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/format.h"
#include "console/ingest.h"

#include <QDir>
#include <QTest>

using namespace ridealong;
using namespace ridealong::console;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<LineStore> stored(const QByteArray& bytes)
{
    auto store = std::make_shared<LineStore>();
    Ingest ingest(store);
    ingest.feed(bytes);
    ingest.parser.finish();
    return store;
}

QString nameOf(Format format)
{
    static const QString kNames[] = {u"text"_s, u"json"_s, u"yaml"_s, u"table"_s, u"diff"_s, u"log"_s, u"markdown"_s};
    return kNames[int(format)];
}

} // namespace

class FormatTest : public QObject
{
    Q_OBJECT
private slots:
    /// tests/golden/format/NAME.FORMAT: output of real programs.
    void knowsRealOutput_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/format"));
        for (const QString& name : folder.entryList(QDir::Files))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void knowsRealOutput()
    {
        QFETCH(QString, file);
        QFile in(file);
        QVERIFY(in.open(QIODevice::ReadOnly));
        QCOMPARE(nameOf(detectFormat(*stored(in.readAll()))), file.section(u'.', -1));
    }

    void takesProseForText()
    {
        QCOMPARE(nameOf(detectFormat(*stored(""))), u"text"_s);
        QCOMPARE(nameOf(detectFormat(*stored("Hello there\nhow are you\nfine\n"))), u"text"_s);
        QCOMPARE(nameOf(detectFormat(*stored("{ not json }\n"))), u"text"_s);
        QCOMPARE(nameOf(detectFormat(*stored("\x1b[31m{\x1b[0m\"a\":1}\n"))), u"text"_s);
    }

    void takesTablesApart()
    {
        const auto csv = parseTable(*stored("name,size,unit\na,1,x\n\"b, c\",22,\"y\"\"z\"\n"));
        QCOMPARE(csv.columns, (QStringList{u"name"_s, u"size"_s, u"unit"_s}));
        QCOMPARE(csv.rows[1], (QStringList{u"b, c"_s, u"22"_s, u"y\"z"_s}));
        QCOMPARE(csv.numeric, (QList<bool>{false, true, false}));
        const auto markdown = parseTable(*stored("| a | b |\n|---|:-:|\n| x\\|y | 2 % |\n"));
        QCOMPARE(markdown.rows, (QList<QStringList>{{u"x|y"_s, u"2 %"_s}}));
        const auto aligned = parseTable(*stored("NAME    READY  AGE\nweb-1   1/1    5d\ndb      0/1    12h\n"));
        QCOMPARE(aligned.columns, (QStringList{u"NAME"_s, u"READY"_s, u"AGE"_s}));
        QCOMPARE(aligned.rows[1], (QStringList{u"db"_s, u"0/1"_s, u"12h"_s}));
        const auto tabs = parseTable(*stored("a\tb\n1\t2\n"));
        QCOMPARE(tabs.numeric, (QList<bool>{true, true}));
        QVERIFY(parseTable(*stored("just text\n")).columns.isEmpty());
    }
};

QTEST_GUILESS_MAIN(FormatTest)
#include "tst_format.moc"
