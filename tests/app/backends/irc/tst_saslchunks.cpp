// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/saslchunks.h"

#include "sasl/mechanism.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::irc;

class SaslChunksTest : public QObject
{
    Q_OBJECT

private slots:
    void chunksAreOf400()
    {
        QCOMPARE(saslChunks({}), QList<QByteArray>({"+"}));
        QCOMPARE(saslChunks("a"), QList<QByteArray>({"YQ=="}));
        const auto sizes = [](qsizetype bytes) {
            QList<qsizetype> list;
            for (const QByteArray& chunk : saslChunks(QByteArray(bytes, 'x')))
                list.append(chunk.size());
            return list;
        };
        QCOMPARE(sizes(297), QList<qsizetype>({396}));
        QCOMPARE(sizes(300), QList<qsizetype>({400, 1}));
        QCOMPARE(sizes(301), QList<qsizetype>({400, 4}));
        QCOMPARE(sizes(600), QList<qsizetype>({400, 400, 1}));
    }

    void reassemblyUndoesChunks()
    {
        for (const qsizetype size :
            {qsizetype(0), qsizetype(1), qsizetype(297), qsizetype(299), qsizetype(300), qsizetype(301), qsizetype(600), sasl::kMaxChallengeBytes}) {
            const QByteArray bytes(size, 'x');
            const auto chunks = saslChunks(bytes);
            SaslReassembly reassembly;
            for (qsizetype i = 0; i < chunks.size(); ++i) {
                const auto got = reassembly.take(chunks[i]);
                QVERIFY(got);
                QCOMPARE(got->has_value(), i + 1 == chunks.size());
                if (got->has_value())
                    QCOMPARE(**got, bytes);
            }
        }
    }

    void reassemblyRefusesWhatIsNoChallenge()
    {
        const QByteArray full(400, 'A');
        for (const QByteArray& bad : {QByteArray(), QByteArray(401, 'A'), QByteArray("!"), QByteArray("YQ==YQ=="), QByteArray("\xFF\xFE"),
                 QByteArray("a b"), QByteArray("YQ\0=", 4), QByteArray(1 << 20, 'A')}) {
            SaslReassembly reassembly;
            QVERIFY(reassembly.take(full));
            const auto got = reassembly.take(bad);
            QVERIFY(!got);
            QCOMPARE(toString(got.error().kind), u"Protocol"_s);
            QVERIFY(**reassembly.take("YQ==") == "a"); // nothing is left of it
        }
        SaslReassembly reassembly;
        int taken = 0;
        while (reassembly.take(full))
            ++taken;
        QCOMPARE(taken, int((sasl::kMaxChallengeBytes + 2) / 3 * 4 / 400));
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::SaslChunksTest)
#include "tst_saslchunks.moc"
