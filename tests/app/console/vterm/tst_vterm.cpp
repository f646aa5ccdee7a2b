// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What our parser makes of output is what a terminal shows: compared with libvterm, cell by cell of text, on output as programs that
// print lines write it, progress bars included. Full-screen programs are another matter.
#include "console/ingest.h"
#include "console/width.h"

#include <QRandomGenerator>
#include <QTest>

#include <vterm.h>

using namespace ridealong;
using namespace ridealong::console;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRows = kTailRows; // what can be rewritten, there and here
constexpr uint32_t kOtherHalf = ~0u; // of a wide character, when something else took its first
constexpr int kColumns = 400; // no line is so long: theirs would break there, ours would not

/// The terminal as a list of lines: what left it at the top, then what stands on it.
class Reference
{
public:
    Reference() : m_terminal(vterm_new(kRows, kColumns)), m_screen(vterm_obtain_screen(m_terminal))
    {
        vterm_set_utf8(m_terminal, 1);
        static const VTermScreenCallbacks callbacks = [] {
            VTermScreenCallbacks all{};
            all.sb_pushline = [](int columns, const VTermScreenCell* cells, void* self) {
                static_cast<Reference*>(self)->m_gone.append(textOf(cells, columns));
                return 1;
            };
            return all;
        }();
        vterm_screen_set_callbacks(m_screen, &callbacks, this);
        vterm_screen_reset(m_screen, 1);
    }
    ~Reference() { vterm_free(m_terminal); }
    Q_DISABLE_COPY_MOVE(Reference)

    void feed(const QByteArray& bytes) { vterm_input_write(m_terminal, bytes.data(), size_t(bytes.size())); }
    QStringList lines() const
    {
        QStringList all = m_gone;
        for (int row = 0; row < kRows; ++row) {
            std::vector<VTermScreenCell> cells(kColumns);
            for (int column = 0; column < kColumns; ++column)
                vterm_screen_get_cell(m_screen, {row, column}, &cells[size_t(column)]);
            all.append(textOf(cells.data(), kColumns));
        }
        return all;
    }

private:
    /// Where something else took one half of a wide character, libvterm leaves the other; as terminals show it, and we, it is a blank.
    static QString textOf(const VTermScreenCell* cells, int columns)
    {
        QString text;
        for (int column = 0; column < columns; column += std::max<int>(1, cells[column].width)) {
            const VTermScreenCell& cell = cells[column];
            const uint32_t first = cell.chars[0];
            const int width = first == 0 || first == kOtherHalf ? 0 : columnsOf(first, 0);
            if (width == 0 || width > cell.width) {
                text += QString(std::max<int>(1, cell.width), u' ');
                continue;
            }
            for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; ++i)
                text += QString::fromUcs4(reinterpret_cast<const char32_t*>(&cell.chars[i]), 1);
            if (width < cell.width)
                text += u' ';
        }
        return text;
    }

    VTerm* m_terminal;
    VTermScreen* m_screen;
    QStringList m_gone;
};

/// Ours keeps a tab as it came; a terminal moves.
QString withoutTabs(const QString& text)
{
    QString out;
    int column = 0;
    for (const auto& code : text.toUcs4()) {
        const auto c = static_cast<char32_t>(code);
        const int width = c == U'\t' ? kTabColumns - column % kTabColumns : columnsOf(c, 0);
        out += c == U'\t' ? QString(width, u' ') : QString::fromUcs4(&c, 1);
        column += width;
    }
    return out;
}

QStringList ours(const QByteArray& bytes)
{
    auto store = std::make_shared<LineStore>();
    Ingest ingest(store);
    ingest.feed(bytes);
    QStringList all;
    for (qint64 line = 0; line < store->lineCount(); ++line) {
        const bool isCommitted = line < store->committedCount();
        const QByteArray text = isCommitted ? store->line(line).text.toByteArray() : store->tailLine(line).text;
        all.append(withoutTabs(QString::fromUtf8(text)));
    }
    return all;
}

QStringList theirs(const QByteArray& bytes)
{
    Reference reference;
    reference.feed(bytes);
    return reference.lines();
}

/// Blanks at the end of a line and empty lines at the end of all are not seen.
QStringList seen(QStringList lines)
{
    for (QString& line : lines)
        while (line.endsWith(u' '))
            line.chop(1);
    while (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

/// What a program writes that prints lines and sometimes rewrites the last ones.
QByteArray output(QRandomGenerator& random, int pieces)
{
    static const QByteArrayList kWords{"copied", "lun 0114", "caf\xc3\xa9", "\xd0\xb4\xd0\xb0", "e\xcc\x81", "100 %", "[####    ]", "ok",
        "\xe6\x97\xa5\xe6\x9c\xac", "\xf0\x9f\x9a\x80"};
    constexpr int kNarrowWords = 8; // the first
    QByteArray bytes;
    // Moving half of a wide character to the other half of another, libvterm takes the two for one. Nobody prints that.
    const bool isWide = random.bounded(2) == 0;
    const auto number = [&](int most) { return QByteArray::number(random.bounded(1, most + 1)); };
    for (int i = 0; i < pieces; ++i) {
        switch (random.bounded(24)) {
        case 0: bytes += '\r'; break;
        case 1: bytes += "\b"; break;
        case 2: bytes += '\t'; break;
        case 3: bytes += "\x1b[K"; break;
        case 4: bytes += "\x1b[1K"; break;
        case 5: bytes += "\x1b[2K"; break;
        case 6: bytes += "\x1b[" + number(5) + 'A'; break;
        case 7: bytes += "\x1b[" + number(8) + 'C'; break;
        case 8: bytes += "\x1b[" + number(8) + 'D'; break;
        case 9: bytes += "\x1b[" + number(60) + 'G'; break;
        case 10: bytes += isWide ? QByteArray() : "\x1b[" + number(4) + 'P'; break;
        case 11: bytes += isWide ? QByteArray() : "\x1b[" + number(4) + '@'; break;
        case 12: bytes += "\x1b[" + number(6) + 'X'; break;
        case 13: bytes += "\x1b[" + number(3) + 'B'; break;
        case 14: bytes += "\x1b[3" + QByteArray::number(random.bounded(8)) + 'm'; break;
        case 15: bytes += "\x1b[J"; break;
        case 16:
        case 17: bytes += "\r\n"; break;
        default: bytes += kWords[random.bounded(isWide ? int(kWords.size()) : kNarrowWords)] + ' ';
        }
        if (i % 12 == 11) // no line comes to where theirs would break
            bytes += "\r\n";
    }
    return bytes;
}

} // namespace

class TestVterm : public QObject
{
    Q_OBJECT
private slots:
    void showsWhatATerminalShows_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("lines") << QByteArray("one\r\ntwo\r\n\r\nthree");
        QTest::newRow("a progress in one row") << QByteArray("get 1 %\rget 10 %\rget 100 %\r\ndone\r\n");
        QTest::newRow("shorter, erased") << QByteArray("a long line\rshort\x1b[K\r\n");
        QTest::newRow("shorter, not erased") << QByteArray("a long line\rshort\r\n");
        QTest::newRow("several rows, as docker has them")
            << QByteArray("a: wait\r\nb: wait\r\n\x1b[2A\x1b[2Ka: 50 %\r\x1b[1B\x1b[2Kb: 20 %\r\x1b[1B\x1b[2A\x1b[2Ka: done\r\x1b[2Bend\r\n");
        QTest::newRow("npm: back to the column") << QByteArray("idle\x1b[1G\x1b[0Kfetch\x1b[1G\x1b[0K\r\nadded 3\r\n");
        QTest::newRow("tabs") << QByteArray("a\tb\tc\r\nab\rX\tY\r\n");
        QTest::newRow("wide") << QByteArray("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\rx\r\n\xe6\x97\xa5\xe6\x9c\xac\x1b[2Gx\r\n");
        QTest::newRow("marks") << QByteArray("e\xcc\x81t\xc3\xa9\b\bx\r\n");
        QTest::newRow("insert and delete") << QByteArray("abcdef\x1b[3G\x1b[2@XY\x1b[2P\r\n");
        QTest::newRow("save and restore") << QByteArray("abc\x1b"
                                                        "7def\r\nsecond\x1b"
                                                        "8XY\x1b[B\r\n");
        QTest::newRow("more than a screen") << QByteArray("line\r\n").repeated(200);
    }
    void showsWhatATerminalShows()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(seen(ours(bytes)), seen(theirs(bytes)));
    }

    void agreesOnAnyOutputOfLines()
    {
        const int seeds = qEnvironmentVariableIntValue("RIDEALONG_SEEDS");
        for (quint32 seed = 1; seed <= quint32(seeds > 0 ? seeds : 1'000); ++seed) {
            QRandomGenerator random(seed);
            const QByteArray bytes = output(random, 4 + int(seed % 160));
            const QStringList mine = seen(ours(bytes)), reference = seen(theirs(bytes));
            for (qsizetype i = 0; i < std::max(mine.size(), reference.size()); ++i)
                if (mine.value(i) != reference.value(i))
                    QFAIL(qPrintable(u"seed %1, line %2\n  ours   %3\n  theirs %4\n  of %5"_s.arg(seed).arg(i).arg(
                        mine.value(i), reference.value(i), QString::fromLatin1(bytes.toPercentEncoding(" []#%;")))));
        }
    }
};

QTEST_GUILESS_MAIN(TestVterm)
#include "tst_vterm.moc"
