// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/difflines.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong::console;
using Kind = DiffLine::Kind;

namespace {

Diff read(const QByteArray& text)
{
    DiffReader reader;
    for (const QByteArray& line : text.split('\n'))
        reader.add(line);
    return reader.finish();
}

/// "m" meta, "@" hunk, "-", "+", " " context, "\\" remark, "o" other.
QByteArray kinds(const Diff& diff)
{
    QByteArray all;
    for (const DiffLine& line : diff.lines)
        all += "om@ -+\\"[int(line.kind)];
    return all;
}

QStringList words(const QByteArray& line, const std::vector<ByteRange>& ranges)
{
    QStringList all;
    for (const ByteRange& range : ranges)
        all << QString::fromUtf8(line.mid(range.begin, range.end - range.begin));
    return all;
}

} // namespace

class DiffLinesTest : public QObject
{
    Q_OBJECT

private slots:
    void numbersTheLinesOfBothSides()
    {
        const auto diff = read("intro\ndiff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -3,3 +3,4 @@ fn\n a\n-b\n+B\n+c\n d\n");
        QCOMPARE(kinds(diff), "ommmm@ -++ o"_ba);
        QCOMPARE(diff.files.size(), size_t(1));
        QCOMPARE(diff.files[0].name, u"x"_s);
        QCOMPARE(diff.files[0].added, 2);
        QCOMPARE(diff.files[0].removed, 1);
        QCOMPARE(diff.lines[6].oldNumber, 3U);
        QCOMPARE(diff.lines[7].oldNumber, 4U);
        QCOMPARE(diff.lines[7].newNumber, 0U);
        QCOMPARE(diff.lines[9].newNumber, 5U);
        QCOMPARE(diff.lines[10].newNumber, 6U);
        QCOMPARE(diff.lines[7].partner, 1);
        QCOMPARE(diff.lines[8].partner, -1);
        QCOMPARE(diff.lines[9].partner, 0);
    }
    void takesDashesWithinAHunkForLines()
    {
        const auto diff = read("--- a\n+++ b\n@@ -1,2 +1,2 @@\n--- sql comment\n+++ x\n same\n--- c\n+++ d\n@@ -1 +1 @@\n-1\n+2\n");
        QCOMPARE(kinds(diff), "mm@-+ mm@-+o"_ba);
        QCOMPARE(diff.files.size(), size_t(2));
        QCOMPARE(diff.files[1].name, u"d"_s);
        QCOMPARE(diff.files[1].oldName, u"c"_s);
    }
    void knowsNewDeletedRenamedAndBinary()
    {
        const auto diff = read("diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n"
                               "diff --git a/o b/p\nsimilarity index 100%\nrename from o\nrename to p\n"
                               "diff --git a/i.png b/i.png\nBinary files a/i.png and b/i.png differ\n"
                               "diff --git a/g b/g\ndeleted file mode 100644\n--- a/g\n+++ /dev/null\n@@ -1 +0,0 @@\n-x");
        QCOMPARE(diff.files.size(), size_t(4));
        QVERIFY(diff.files[0].isNew && diff.files[0].name == u"n"_s && diff.files[0].oldName.isEmpty());
        QVERIFY(diff.files[1].oldName == u"o"_s && diff.files[1].name == u"p"_s);
        QVERIFY(diff.files[2].isBinary && diff.files[2].name == u"i.png"_s);
        QVERIFY(diff.files[3].isDeleted && diff.files[3].name == u"g"_s);
    }
    void survivesWhatIsNoDiff()
    {
        QVERIFY(read("").files.empty());
        QVERIFY(read("@@ -1 +1 @@\n-a").files.empty());
        const auto cut = read("--- a\n+++ b\n@@ -1,99999999999 +1 @@\n-a\n@@ -1,5 +1,5 @@\n-a");
        QCOMPARE(kinds(cut), "mmmm@-"_ba);
        QCOMPARE(kinds(read("--- a\n+++ b\n@@ -1,2 +1,2 @@\nwhat is this")), "mm@m"_ba);
    }
    void marksChangedWords()
    {
        const QByteArray before = "timeout = 30 # seconds", after = "timeout = 45 # seconds";
        const auto changes = wordChanges(before, after);
        QCOMPARE(words(before, changes.before), QStringList{u"30"_s});
        QCOMPARE(words(after, changes.after), QStringList{u"45"_s});
        const QByteArray old = "call(one, two)", now = "call(one, three, two)";
        QVERIFY(wordChanges(old, now).before.empty());
        QCOMPARE(words(now, wordChanges(old, now).after).join(u'|'), u"three, "_s);
        QVERIFY(wordChanges("abc def ghi", "xyz uvw rst").before.empty()); // nothing in common: all of it is another
        QVERIFY(wordChanges("", "").after.empty());
    }
    void comparesOnlySoManyWords()
    {
        const auto many
            = [](int words, char c) { return "same same same same " + QByteArray(QByteArray(1, c) + ".").repeated(words / 2) + " end end end"; };
        const auto within = wordChanges(many(kMaxDiffWords, 'a'), many(kMaxDiffWords, 'b'));
        QVERIFY(within.before.size() > 1 || within.before.empty()); // the points are the same
        const auto beyond = wordChanges("same " + many(kMaxDiffWords + 2, 'a').repeated(1), "same " + many(kMaxDiffWords + 2, 'b'));
        QVERIFY(beyond.before.size() <= 1); // as one piece
    }
};

QTEST_APPLESS_MAIN(DiffLinesTest)
#include "tst_difflines.moc"
