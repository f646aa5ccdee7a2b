// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/association.h"

#include <QTest>

#include <cmath>

using namespace ridealong::correlator;
using namespace Qt::StringLiterals;

class TestAssociation : public QObject
{
    Q_OBJECT

    using Air = QHash<QString, Association::InTheAir>;

private slots:
    void knowsNothingOfWhatItSawOnce()
    {
        Association association;
        QCOMPARE(association.of(u"audit"_s, u"0 findings"_s).lift, 0.0);
        association.add(Air{{u"audit"_s, {u"0 findings"_s, 1'500}}});
        QCOMPARE(association.of(u"audit"_s, u"0 findings"_s).lift, 0.0);
        QCOMPARE(association.of(u"audit"_s, u"0 findings"_s).cover, 0.0);
    }
    void tellsTheCauseFromWhatWasThereByChance()
    {
        Association association;
        for (int i = 0; i < 40; ++i) {
            Air air;
            if (i % 4 == 0)
                air.insert(u"audit"_s, {u"0 findings"_s, 1'500}); // always before its shape, seldom else
            if (i % 2 == 0)
                air.insert(u"ping"_s, {i % 4 == 0 ? u"0 findings"_s : u"pong"_s, 1'000}); // before everything
            if (i % 8 == 0)
                air.insert(u"frobnicate"_s, {u"0 findings"_s, 900}); // before half of them
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
    }
    void seesTheSpanInWhichACommandIsNear()
    {
        Association association;
        for (int i = 0; i < 20; ++i)
            association.add(Air{{u"job"_s, {i % 4 == 0 ? u"finished"_s : u"else"_s, i % 4 == 0 ? 5'000 : 15'000}}});
        QVERIFY(association.of(u"job"_s, u"finished"_s).lift > 0.8); // it is always there, but this near only before this
        QVERIFY(association.of(u"job"_s, u"else"_s).lift < 0.2);
    }
};

QTEST_GUILESS_MAIN(TestAssociation)
#include "tst_association.moc"
