// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/association.h"

#include <QTest>

#include <cmath>

using namespace ridealong::correlator;
using namespace ridealong;
using namespace Qt::StringLiterals;

class TestAssociation : public QObject
{
    Q_OBJECT

    using Air = std::vector<Association::InTheAir>;
    static Association::InTheAir given(const QString& command, int number, const QString& signature, qint64 delayMs)
    {
        return {base::RunId(u"%1 %2"_s.arg(command).arg(number)), command, signature, delayMs};
    }

private slots:
    void knowsNothingOfWhatItSawOnce()
    {
        Association association;
        QCOMPARE(association.of(u"audit"_s, u"0 findings"_s).lift, 0.0);
        association.add({given(u"audit"_s, 1, u"0 findings"_s, 1'500)});
        QCOMPARE(association.of(u"audit"_s, u"0 findings"_s).lift, 0.0);
        QCOMPARE(association.of(u"audit"_s, u"0 findings"_s).cover, 0.0);
        QCOMPARE(association.of(u"audit"_s, u"0 findings"_s).cause, 0.0);
    }
    void tellsTheCauseFromWhatWasThereByChance()
    {
        Association association;
        for (int i = 0; i < 40; ++i) {
            Air air;
            if (i % 4 == 0)
                air.push_back(given(u"audit"_s, i, u"0 findings"_s, 1'500)); // always before its shape, seldom else
            if (i % 2 == 0)
                air.push_back(given(u"ping"_s, i, i % 4 == 0 ? u"0 findings"_s : u"pong"_s, 1'000)); // before everything
            if (i % 8 == 0)
                air.push_back(given(u"frobnicate"_s, i, u"0 findings"_s, 900)); // before half of them
            association.add(air);
        }
        const auto strengthOf = [&](const QString& command) {
            const auto strength = association.of(command, u"0 findings"_s);
            return strength.lift + 2 * strength.cover;
        };
        QVERIFY(strengthOf(u"audit"_s) > 1);
        QVERIFY(std::abs(association.of(u"audit"_s, u"0 findings"_s).cover) < 0.1);
        QVERIFY(strengthOf(u"ping"_s) < strengthOf(u"audit"_s) - 0.5);
        QVERIFY(strengthOf(u"frobnicate"_s) < strengthOf(u"audit"_s) - 0.5);
        QVERIFY(association.of(u"frobnicate"_s, u"0 findings"_s).cover < std::log(0.6));
        QVERIFY(association.of(u"audit"_s, u"0 findings"_s).cause > 0.95);
        QVERIFY(association.of(u"ping"_s, u"0 findings"_s).cause < 0.1);
        QVERIFY(association.of(u"frobnicate"_s, u"0 findings"_s).cause < 0.1);
    }
    void whatIsSeldomFollowedByAShapeDoesNotCauseIt()
    {
        Association association;
        for (int i = 0; i < 90; ++i) { // always there before the shape, a third of the time else; but nine of ten times it does not come
            const QString shape = i % 30 == 0 ? u"backup done"_s : u"status"_s;
            if (i % 3 == 0)
                association.add({given(u"config"_s, i, shape, 300)});
            else
                association.add({given(u"uptime"_s, i, shape, 400)});
        }
        QVERIFY(association.of(u"config"_s, u"backup done"_s).lift > 0.5);
        QVERIFY(association.of(u"config"_s, u"backup done"_s).cause < 0.05);
        QVERIFY(association.of(u"nothing"_s, u"backup done"_s).cause < 0.05);
    }
    void aFewMessagesProveNoCause()
    {
        Association association;
        for (int i = 0; i < 12; ++i)
            association.add({given(u"command %1"_s.arg(i % 6), i, i % 6 == 0 ? u"hello"_s : u"other"_s, 100)});
        QVERIFY(association.of(u"command 0"_s, u"hello"_s).lift > 0.5); // twice of two times
        QVERIFY(association.of(u"command 0"_s, u"hello"_s).cause < 0.9);
    }
    void oneCauseExplainsAnotherAway()
    {
        Association association;
        for (int i = 0; i < 48; ++i) {
            Air air;
            if (i % 4 == 0)
                air.push_back(given(u"restart"_s, i, u"started"_s, 600));
            if (i % 4 == 0 && i % 24 != 0)
                air.push_back(given(u"trace"_s, i, u"started"_s, 500)); // nearly always beside it
            if (i % 4 != 0)
                air.push_back(given(u"ping"_s, i, u"pong"_s, 100));
            association.add(air);
        }
        QVERIFY(association.of(u"restart"_s, u"started"_s).cause > 0.5);
        QVERIFY(association.of(u"restart"_s, u"started"_s).cause + association.of(u"trace"_s, u"started"_s).cause <= 1);
    }
    void severalLinesOfOneAnswerAreOneCoincidence()
    {
        Association once;
        Association often;
        for (int i = 0; i < 40; ++i) {
            once.add({given(u"ping"_s, i, u"pong"_s, 100)});
            often.add({given(u"ping"_s, i, u"pong"_s, 100)});
        }
        for (int i = 0; i < 6; ++i) {
            once.add({given(u"talk"_s, 0, u"line"_s, 100 * i)}); // of one
            often.add({given(u"talk"_s, i, u"line"_s, 100)}); // of six
        }
        QVERIFY(once.of(u"talk"_s, u"line"_s).cause < 0.7);
        QCOMPARE(once.of(u"talk"_s, u"line"_s).times, 6.0);
        QVERIFY(often.of(u"talk"_s, u"line"_s).cause > 0.99);
        QCOMPARE(often.of(u"talk"_s, u"line"_s).times, 1.0);
    }
    void looksAtTheOneWhoseWordsAreSaidBeforeOthersOfItsKind()
    {
        Association association;
        for (int i = 0; i < 6; ++i) { // the words are of the first of two
            association.add({given(u"later"_s, 2 * i, u"$ processed"_s, 900), given(u"later"_s, 2 * i + 1, u"cache processed"_s, 700)});
            association.add({given(u"ping"_s, i, u"pong"_s, 100)});
        }
        QVERIFY(association.of(u"later"_s, u"$ processed"_s).lift > 0.5);
        QVERIFY(std::abs(association.of(u"later"_s, u"$ processed"_s).cover) < 0.1);
    }
    void seesTheSpanInWhichACommandIsNear()
    {
        Association association;
        for (int i = 0; i < 20; ++i)
            association.add({given(u"job"_s, i, i % 4 == 0 ? u"finished"_s : u"else"_s, i % 4 == 0 ? 5'000 : 15'000)});
        QVERIFY(association.of(u"job"_s, u"finished"_s).lift > 0.8); // it is always there, but this near only before this
        QVERIFY(association.of(u"job"_s, u"else"_s).lift < 0.2);
    }
};

QTEST_GUILESS_MAIN(TestAssociation)
#include "tst_association.moc"
