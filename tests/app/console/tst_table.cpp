// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/table.h"
#include "console/tableshape.h"
#include "support/formatcorpus.h"

#include <QTest>

using namespace ridealong;
using namespace ridealong::console;
using namespace ridealong::tests;
using namespace Qt::StringLiterals;

namespace {

using Rows = QList<QStringList>;

Table tableOf(const QByteArray& bytes) { return parseTable(*storedOutput(bytes)); }

Table tableOfFile(const char* name)
{
    QFile file(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/format/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? tableOf(file.readAll()) : Table();
}

QStringList words(const char* text) { return QString::fromUtf8(text).split(u'|'); }

} // namespace

class TableTest : public QObject
{
    Q_OBJECT
private slots:
    void takesEveryTableOfTheCorpusApart()
    {
        int tables = 0;
        for (const CorpusFile& file : formatCorpus(QStringLiteral(RIDEALONG_SOURCE_DIR))) {
            const auto store = storedOutput(file.bytes);
            const FormatSpan span = detectSpan(*store);
            const Table table = parseTable(*store);
            QVERIFY2(span.format != Format::Table || !table.rows.isEmpty(), qPrintable(file.name));
            QVERIFY2(table.numeric.size() == table.columns.size(), qPrintable(file.name));
            for (const QStringList& row : table.rows)
                QVERIFY2(row.size() == table.columns.size(), qPrintable(file.name));
            if (span.format != Format::Table)
                continue;
            ++tables;
            QVERIFY2(table.firstLine == span.firstLine && table.lastLine == span.lastLine, qPrintable(file.name));
        }
        QVERIFY(tables > 80);
    }

    void readsSeparatedValues()
    {
        const Table csv = tableOf("name,size,unit\na,1,x\n\"b, c\",22,\"y\"\"z\"\n");
        QCOMPARE(csv.columns, words("name|size|unit"));
        QCOMPARE(csv.rows, (Rows{words("a|1|x"), words("b, c|22|y\"z")}));
        QCOMPARE(csv.numeric, (QList<bool>{false, true, false}));
        const Table lines = tableOf("id,note,x\n1,\"one\n\ntwo\",y\n2,,z\n");
        QCOMPARE(lines.rows, (Rows{words("1|one\n\ntwo|y"), words("2||z")}));
        QCOMPARE(tableOf("a\tb\n1\t2\n").numeric, (QList<bool>{true, true}));
        QCOMPARE(tableOf("a;b\n1,5;2\n").rows, (Rows{words("1,5|2")}));
        // No heading, no table: du, numstat.
        QVERIFY(tableOf("4.0K\t./a\n8.0K\t./b\n").columns.isEmpty());
        QVERIFY(tableOf("Hello, you\nand, me\n").columns.isEmpty());
    }

    void readsMarkdown()
    {
        QCOMPARE(tableOf("| a | b |\n|---|:-:|\n| x\\|y | 2 % |\n").rows, (Rows{{u"x|y"_s, u"2 %"_s}}));
        QCOMPARE(tableOf("a | b\n--|--\n1 | 2\n").rows, (Rows{words("1|2")}));
        QVERIFY(tableOf("| a | b |\n|---|\n| 1 | 2 |\n").columns.isEmpty());
    }

    void readsAlignedColumns()
    {
        const Table pods = tableOf("NAME    READY  AGE\nweb-1   1/1    5d\ndb      0/1    12h\n");
        QCOMPARE(pods.columns, words("NAME|READY|AGE"));
        QCOMPARE(pods.rows, (Rows{words("web-1|1/1|5d"), words("db|0/1|12h")}));
        // Headings of two words above short cells, cells of several words below one heading, a column that is empty.
        const Table docker = tableOfFile("docker-ps.table");
        QCOMPARE(docker.columns, words("CONTAINER ID|IMAGE|COMMAND|CREATED|STATUS|PORTS|NAMES"));
        QCOMPARE(docker.rows[2], words("a2f9dc4ee017|redis:7-alpine|\"docker-entrypoint.s…\"|3 days ago|Exited (137) 2 hours ago||shop-cache-1"));
        QCOMPARE(tableOfFile("kubectl-get-events.table").columns, words("LAST SEEN|TYPE|REASON|OBJECT|MESSAGE"));
        QCOMPARE(tableOfFile("df.table").columns.last(), u"Mounted on"_s);
        QCOMPARE(tableOfFile("free.table").rows[1], words("Swap:|0B|0B|0B|||"));
        QCOMPARE(tableOfFile("ps-aux.table").rows[2].last(), u"/usr/bin/dbus-daemon --system"_s);
    }

    void keepsColumnsThatFiguresGrewOutOf()
    {
        const Table memory = tableOfFile("vmstat.table");
        QCOMPARE(memory.columns.size(), 17);
        QCOMPARE(memory.rows[0][5], u"10773620"_s);
        const Table processes = tableOfFile("ps-custom.table");
        QCOMPARE(processes.columns, words("PID|PPID|USER|%CPU|%MEM|RSS|STAT|COMMAND"));
        QCOMPARE(processes.rows[0], words("900|859|root|72.0|2.8|699716|RNl|shop-people"));
    }

    void alignsByDisplayColumns()
    {
        const Table cities = tableOf("CITY    SKY        T\n東京    雨         12\nZürich  ❄ snow     -3\nOslo    😀 clear   -8\n");
        QCOMPARE(cities.rows, (Rows{words("東京|雨|12"), words("Zürich|❄ snow|-3"), words("Oslo|😀 clear|-8")}));
    }

    void readsPowerShell()
    {
        const Table process = tableOfFile("ps-process.table");
        QCOMPARE(process.columns, words("Handles|NPM(K)|PM(K)|WS(K)|CPU(s)|Id|SI|ProcessName"));
        QCOMPARE(process.rows[3], words("0|0|0|24||0|0|Idle"));
        QCOMPARE(process.rows[4][0], u"1272"_s);
        QCOMPARE(process.numeric, (QList<bool>{true, true, true, true, true, true, true, false}));
        const Table items = tableOfFile("ps-childitem.table");
        QCOMPARE(items.title, u"Directory: C:\\Shop\\Logs"_s);
        QCOMPARE(items.rows[0], words("d-----|2/15/2026     08:29||Archive"));
        QCOMPARE(items.rows[2][2], u"118014"_s);
        const Table list = tableOfFile("ps-format-list.table");
        QCOMPARE(list.columns, words("Name|DependentServices|NoOfDependentServices"));
        QCOMPARE(list.rows[2], words("NlaSvc|{netprofm, NcaSvc}|2"));
        // A wrapped cell is one cell, a list's as well; a block may lack a name, or have one of its own.
        QCOMPARE(tableOf("Name Description Zone\n---- ----------- ----\nweb  answers the x\n     people\ndb   keeps       y\n").rows,
            (Rows{words("web|answers the people|x"), words("db|keeps|y")}));
        QCOMPARE(tableOf("Name : a\nText : one\n       two\n\nName : b\nSize : 3\n").rows, (Rows{words("a|one two|"), words("b||3")}));
        // Get-ChildItem -Recurse: the same heading again.
        const Table groups = tableOf("\n    Directory: C:\\A\n\nMode   Name\n----   ----\n-a---- x\n\n\n    Directory: C:\\B\n\nMode   Name\n----   "
                                     "----\n-a---- y\nd----- z\n\n");
        QCOMPARE(groups.rows, (Rows{words("-a----|x"), words("-a----|y"), words("d-----|z")}));
        QCOMPARE(groups.title, u"Directory: C:\\A"_s);
    }

    void readsWhatDatabasesDraw()
    {
        const Table orders = tableOfFile("psql-orders.table");
        QCOMPARE(orders.columns, words("id|customer|total|state|placed|note"));
        QCOMPARE(orders.rows[1].last(), u"two\nlines"_s);
        QCOMPARE(orders.rows[2][1], u"田中"_s);
        QCOMPARE(orders.footer, QStringList{u"(3 rows)"_s});
        const Table described = tableOfFile("psql-describe.table");
        QCOMPARE(described.title, u"Table \"public.orders\""_s);
        QCOMPARE(described.footer.first(), u"Indexes:"_s);
        QCOMPARE(tableOfFile("psql-expanded.table").rows[1], words("2|Björn|1999.99"));
        QCOMPARE(tableOfFile("mysql-items.table").rows[2], words("3|washer, flat|0.03"));
        QCOMPARE(tableOfFile("mysql-vertical.table").columns, words("id|name|price"));
        QCOMPARE(tableOfFile("sqlite-box.table").rows[0], words("web-1|0.42|16|debian"));
        // A bar within a cell.
        QCOMPARE(tableOf("+---+-----+\n| a | b   |\n+---+-----+\n| 1 | x|y |\n+---+-----+\n").rows, (Rows{{u"1"_s, u"x|y"_s}}));
    }

    void readsGridsAndBoxes()
    {
        const QByteArray grid = "+---+-------+\n| a | b     |\n+===+=======+\n| 1 | one   |\n|   | two   |\n+---+-------+\n| 2 | three "
                                "|\n+---+-------+\n| 3 |       |\n+---+-------+\n";
        QCOMPARE(tableOf(grid).rows, (Rows{words("1|one\ntwo"), words("2|three"), words("3|")}));
        QCOMPARE(tableOf("┌───┬───┐\n│ a │ b │\n├───┼───┤\n│ 1 │ 2 │\n└───┴───┘\n").rows, (Rows{words("1|2")}));
        const Table titled = tableOfFile("aws-table.table");
        QCOMPARE(titled.title, u"DescribeInstances"_s);
        QCOMPARE(titled.columns, words("InstanceId|State|Type"));
    }

    void knowsNumbers()
    {
        for (const char* cell : {"1", "-3.5", "+2", ".5", "40%", "128Mi", "1,204", "1.999,00", "1,234,567.8", "12m", "3 KB", "0.07%", "12 ms"})
            QVERIFY2(isNumberCell(cell), cell);
        for (const char* cell : {"", "-", "a", "1a", "10.96.0.1", "1.2.3", "1/2", "0x1f", "1-2", "12 x", "--1", "5 days ago"})
            QVERIFY2(!isNumberCell(cell), cell);
    }

    void staysWithinItsLimits()
    {
        const auto csv = [](int rows, int columns) {
            QByteArray bytes;
            for (int row = 0; row <= rows; ++row)
                for (int column = 0; column < columns; ++column)
                    bytes += (row == 0 ? "n" + QByteArray::number(column) : QByteArray("1")) + (column + 1 < columns ? ',' : '\n');
            return bytes;
        };
        QCOMPARE(tableOf(csv(0, 4)).columns.size(), 0);
        QCOMPARE(tableOf(csv(2, kMaxTableColumns)).columns.size(), kMaxTableColumns);
        QCOMPARE(tableOf(csv(2, kMaxTableColumns + 1)).columns.size(), 0);
        const Table full = tableOf(csv(kMaxTableRows, 4));
        QCOMPARE(full.rows.size(), kMaxTableRows);
        QVERIFY(!full.cut);
        const Table over = tableOf(csv(kMaxTableRows + 1, 4));
        QCOMPARE(over.rows.size(), kMaxTableRows);
        QVERIFY(over.cut);
        const int wideRows = int(kMaxTableCells / 100);
        QVERIFY(!tableOf(csv(wideRows, 100)).cut);
        const Table wide = tableOf(csv(wideRows + 1, 100));
        QCOMPARE(wide.rows.size(), wideRows);
        QVERIFY(wide.cut);
    }

    void endsAQuoteThatIsNeverClosed()
    {
        const QByteArray begin = "a,b,c\n1,2,3\n1,2,\"";
        const Table table = tableOf(begin + QByteArray("x,y,z\n").repeated(int(kMaxRecordBytes / 6) + 100));
        QVERIFY(table.rows.size() > 50);
        QVERIFY(table.rows[1].last().size() <= kMaxRecordBytes);
    }

    void readsALineThatCameInPieces()
    {
        const QByteArray cell(100'000, 'x');
        const Table table = tableOf("a,b,c\n1,2,3\n1," + cell + ",3\n4,5,6\n");
        QCOMPARE(table.rows.size(), 3);
        QCOMPARE(table.rows[1][1].size(), cell.size());
        QCOMPARE(table.rows[2], words("4|5|6"));
        const Table last = tableOf("a,b,c\n1,2,3\n1,2," + cell + '\n');
        QCOMPARE(last.rows[1][2].size(), cell.size());
        QCOMPARE(last.lastLine, 3); // its second piece
    }

    void hasNothingToSayOfText()
    {
        for (const char* text : {"", "just text\n", "\n\n", "A B C\n", "NAME\nweb\ndb\n", "----  ----\n", "+---+\n", "| a |\n", "name : x\n"})
            QVERIFY2(tableOf(text).columns.isEmpty(), text);
    }
};

QTEST_GUILESS_MAIN(TableTest)
#include "tst_table.moc"
