// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/linereader.h"

#include <QElapsedTimer>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMax = 8;

/// All lines there are now; "!" for an error, after which there is nothing.
QByteArrayList drain(net::LineReader& reader)
{
    QByteArrayList lines;
    for (;;) {
        const auto line = reader.next();
        if (!line)
            return lines << "!";
        if (!*line)
            return lines;
        lines << **line;
    }
}

QByteArrayList read(const QByteArray& bytes, qsizetype atOnce)
{
    net::LineReader reader(kMax);
    QByteArrayList lines;
    for (qsizetype at = 0; at < bytes.size(); at += atOnce) {
        reader.append(bytes.mid(at, atOnce));
        lines += drain(reader);
        if (!lines.isEmpty() && lines.back() == "!")
            break;
    }
    return lines;
}

} // namespace

class TestLineReader : public QObject
{
    Q_OBJECT
private slots:
    void cutsTheSameHoweverTheBytesCome_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArrayList>("lines");
        const auto row = [](const char* name, const QByteArray& bytes, const QByteArrayList& lines) { QTest::newRow(name) << bytes << lines; };
        row("nothing", "", {});
        row("a line", "abc\r\n", {"abc"});
        row("only LF", "abc\ndef\n", {"abc", "def"});
        row("unfinished", "abc\r\nde", {"abc"});
        row("empty lines", "\r\n\n\r\nabc\r\n\n", {"abc"});
        row("a CR inside", "a\rb\r\n", {"a\rb"});
        row("two CR", "a\r\r\n", {"a\r"});
        row("NUL", QByteArray("a\0b\n", 4), {QByteArray("a\0b", 3)});
        row("the longest", "12345678\r\n12345678\n", {"12345678", "12345678"});
        row("one too long", "1\n123456789\n", {"1", "!"});
        row("one too long, CR", "123456789\r\n", {"!"});
        row("endless", QByteArray(kMax + 2, 'x'), {"!"});
        row("one too long without an end", "123456789", {"!"});
        row("the longest without an end", "12345678\r", {});
    }
    void cutsTheSameHoweverTheBytesCome()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArrayList, lines);
        for (qsizetype atOnce = 1; atOnce <= std::max<qsizetype>(1, bytes.size()); ++atOnce)
            QCOMPARE(read(bytes, atOnce), lines);
    }

    void knowsWhetherSomethingIsLeft()
    {
        net::LineReader reader(kMax);
        QVERIFY(reader.isDrained());
        reader.append("a\nb\n");
        QCOMPARE(*reader.next().value(), "a");
        QVERIFY(!reader.isDrained());
        QCOMPARE(*reader.next().value(), "b");
        QVERIFY(reader.isDrained());
        reader.append("c");
        QVERIFY(!reader.next().value());
        QVERIFY(!reader.isDrained());
    }

    void isFast()
    {
        constexpr int kLines = 100'000;
        const auto bytes = QByteArray(":nick!user@host.example PRIVMSG #channel :some words as people say them\r\n").repeated(kLines);
        constexpr qsizetype kChunk = 32 << 10;
        net::LineReader reader(512);
        int count = 0;
        QElapsedTimer timer;
        timer.start();
        for (qsizetype at = 0; at < bytes.size(); at += kChunk) {
            reader.append(bytes.mid(at, kChunk));
            for (auto line = reader.next(); line && *line; line = reader.next())
                ++count;
        }
        qInfo("%d lines, %.1f MB, in %lld ms", kLines, double(bytes.size()) / 1e6, static_cast<long long>(timer.elapsed()));
        QCOMPARE(count, kLines);
    }
};

QTEST_GUILESS_MAIN(TestLineReader)
#include "tst_linereader.moc"
