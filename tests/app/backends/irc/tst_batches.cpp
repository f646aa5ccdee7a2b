// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/batches.h"

#include <QTest>

namespace ridealong::tests {

using namespace irc;

/// What comes out of Batches.
struct Out
{
    std::vector<Line> lines;
    std::vector<Batch> batches;
    Batches in{[this](const Line& line) { lines.push_back(line); }, [this](const Batch& batch) { batches.push_back(batch); }};

    void say(const QByteArray& line) { in.take(*parseLine(line)); }
};

class BatchesTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsWhatIsNeededWhole()
    {
        Out out;
        out.say(":s BATCH +1 chathistory #ops");
        out.say("@batch=1 :bob!b@h PRIVMSG #ops :one");
        out.say(":bob!b@h PRIVMSG #ops :between");
        out.say(":s BATCH -1");
        QCOMPARE(out.lines.size(), size_t(1));
        QCOMPARE(out.batches.size(), size_t(1));
        QCOMPARE(out.batches[0].lines.size(), size_t(1));
    }

    void putsOneIntoAnother()
    {
        Out out;
        out.say(":s BATCH +o chathistory #ops");
        out.say("@batch=o :bob!b@h PRIVMSG #ops :one");
        out.say("@batch=o :s BATCH +i draft/multiline #ops");
        out.say("@batch=i :bob!b@h PRIVMSG #ops :two");
        out.say(":s BATCH -i");
        out.say("@batch=o :bob!b@h PRIVMSG #ops :three");
        out.say(":s BATCH -o");
        QCOMPARE(out.batches.size(), size_t(1));
        QCOMPARE(out.batches[0].inner.size(), size_t(1));
        QCOMPARE(out.batches[0].inner[0].at, size_t(1));
    }

    void oddOnesDoNoHarm()
    {
        Out out;
        for (const char* line : {":s BATCH", ":s BATCH +", ":s BATCH -", ":s BATCH x", ":s BATCH -never", "@batch=never :b!b@h PRIVMSG #ops :x",
                 ":s BATCH +self chathistory #ops", "@batch=self :s BATCH -self", ":s BATCH -self"})
            out.say(line);
        QCOMPARE(out.batches.size(), size_t(1)); // the one that was whole
        // The same name again does not take what the first has.
        out.say(":s BATCH +1 chathistory #ops");
        out.say("@batch=1 :bob!b@h PRIVMSG #ops :one");
        out.say(":s BATCH +1 chathistory #other");
        out.say(":s BATCH -1");
        QCOMPARE(out.batches.back().parameters, QStringList(QStringLiteral("#ops")));
        QCOMPARE(out.batches.back().lines.size(), size_t(1));
    }

    void opensOnlySoMany()
    {
        Out out;
        for (qsizetype i = 0; i < kMaxOpenBatches; ++i)
            out.say(":s BATCH +" + QByteArray::number(i) + " chathistory #ops");
        out.say("@batch=" + QByteArray::number(kMaxOpenBatches - 1) + " :b!b@h PRIVMSG #ops :kept");
        QVERIFY(out.lines.empty());
        out.say(":s BATCH +more chathistory #ops");
        out.say("@batch=more :b!b@h PRIVMSG #ops :by itself"); // not lost
        QCOMPARE(out.lines.size(), size_t(1));
        out.say(":s BATCH -0");
        out.say(":s BATCH +again chathistory #ops");
        out.say("@batch=again :b!b@h PRIVMSG #ops :kept");
        QCOMPARE(out.lines.size(), size_t(1));
    }

    void holdsOnlySoManyLines()
    {
        Out out;
        out.say(":s BATCH +1 chathistory #ops");
        const Line line = *parseLine("@batch=1 :b!b@h PRIVMSG #ops :x");
        for (qsizetype i = 0; i < kMaxBatchLines; ++i)
            out.in.take(line);
        QVERIFY(out.lines.empty());
        out.in.take(line);
        QCOMPARE(out.lines.size(), size_t(1)); // not lost
        out.say(":s BATCH -1");
        QCOMPARE(qsizetype(out.batches[0].lines.size()), kMaxBatchLines);
    }

    void holdsOnlySoManyBytes()
    {
        Out out;
        const Line line = *parseLine("@batch=1 :b!b@h PRIVMSG #ops :" + QByteArray(8000, 'x'));
        const qsizetype most = kMaxBatchBytes / bytesOf(line);
        QVERIFY(most < kMaxBatchLines);
        for (int round = 0; round < 2; ++round) { // what is closed counts no more
            out.lines.clear();
            out.say(":s BATCH +1 chathistory #ops");
            for (qsizetype i = 0; i < most; ++i)
                out.in.take(line);
            QVERIFY(out.lines.empty());
            out.in.take(line);
            QCOMPARE(out.lines.size(), size_t(1));
            out.say(":s BATCH -1");
            QCOMPARE(qsizetype(out.batches.back().lines.size()), most);
        }
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::BatchesTest)
#include "tst_batches.moc"
