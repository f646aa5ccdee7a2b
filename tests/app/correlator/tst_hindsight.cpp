// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/hindsight.h"

#include <QTest>

using namespace ridealong;
using namespace ridealong::correlator;
using namespace Qt::StringLiterals;

class TestHindsight : public QObject
{
    Q_OBJECT

    static Hindsight::Seat seat(const QString& run, qint64 delayMs, qint64 causeMs = 0, const QString& signature = u"0 findings"_s)
    {
        return {base::RunId(run), u"hubot\naudit"_s, u"audit api"_s, signature, causeMs, delayMs};
    }
    static void audit(Hindsight& hindsight, int times)
    {
        for (int i = 0; i < times; ++i) {
            const Hindsight::Seat one = seat(u"r%1"_s.arg(i), 1'690 + i * 5);
            hindsight.expect(one.run, one.command);
            hindsight.place(base::MessageId(u"m%1"_s.arg(i)), one);
        }
    }

private slots:
    void tellsWhatARunLacksAndWhatItHas()
    {
        const Habits nothing;
        Hindsight hindsight(nothing);
        audit(hindsight, 6);
        hindsight.expect(base::RunId(u"new"_s), u"hubot\naudit"_s);
        const base::MessageId message(u"new"_s);
        const auto lacks = hindsight.of(message, seat(u"new"_s, 1'700), 0);
        QVERIFY(lacks.count > 1);
        QVERIFY(lacks.delay > 1);
        QVERIFY(lacks.owed > 1);
        QVERIFY(hindsight.of(message, seat(u"new"_s, 4'000), 0).delay < -1); // not as late as that
        const auto has = hindsight.of(message, seat(u"r3"_s, 1'700), 0);
        QVERIFY(has.count < -1);
        QCOMPARE(has.owed, 0.0);
        QVERIFY(hindsight.of(message, seat(u"new"_s, 1'700, 0, u"backup done"_s), 0).count < -2); // none ever has that
    }
    void aMessageDoesNotSpeakForItself()
    {
        const Habits nothing;
        Hindsight hindsight(nothing);
        audit(hindsight, 6);
        // Where it stands it is as if it were not there.
        QVERIFY(hindsight.of(base::MessageId(u"m3"_s), seat(u"r3"_s, 1'705), 0).count > 1);
        QVERIFY(hindsight.of(base::MessageId(u"m3"_s), seat(u"r3"_s, 1'705), 0).owed > 1);
        hindsight.place(base::MessageId(u"m3"_s), {});
        QVERIFY(hindsight.of(base::MessageId(u"m4"_s), seat(u"r3"_s, 1'705), 0).count > 1);
        QVERIFY(hindsight.of(base::MessageId(u"new"_s), seat(u"r4"_s, 1'705), 0).count < 0);
    }
    void whatWasKnownBeforeCounts()
    {
        Habits known;
        Habit& habit = known.of(u"hubot\naudit"_s);
        habit.asked = 10;
        habit.signatures.insert(u"0 findings"_s, 10);
        Hindsight hindsight(known);
        hindsight.expect(base::RunId(u"new"_s), u"hubot\naudit"_s);
        const base::MessageId message(u"new"_s);
        QVERIFY(hindsight.of(message, seat(u"new"_s, 1'700), 0).count > hindsight.of(message, seat(u"new"_s, 1'700, 0, u"other"_s), 0).count + 2);
        // A cause that nobody had to guess does the same where nothing is known of it.
        const Habits nothing;
        Hindsight strangers(nothing);
        for (int i = 0; i < 4; ++i)
            strangers.expect(base::RunId(u"r%1"_s.arg(i)), u"hubot\naudit"_s);
        QVERIFY(strangers.of(message, seat(u"r0"_s, 1'700), 1).count > strangers.of(message, seat(u"r0"_s, 1'700), 0).count + 2);
    }
    void answersOfEqualCommandsCrossSeldom()
    {
        const Habits nothing;
        Hindsight hindsight(nothing);
        const base::MessageId early(u"early"_s);
        const base::MessageId late(u"late"_s);
        hindsight.place(late, seat(u"first"_s, 2'000, 10'000));
        hindsight.place(early, seat(u"second"_s, 1'400, 10'100));
        hindsight.uncross();
        // The first has the early one now: seen without it, it has nothing.
        QVERIFY(hindsight.of(early, seat(u"first"_s, 1'500, 10'000), 0).owed > 0);
        QCOMPARE(hindsight.of(late, seat(u"first"_s, 2'000, 10'000), 0).owed, 0.0);
    }
    void answersOfUnlikeCommandsMay()
    {
        const Habits nothing;
        Hindsight hindsight(nothing);
        const base::MessageId early(u"early"_s);
        const base::MessageId late(u"late"_s);
        Hindsight::Seat of = seat(u"second"_s, 400, 10'100);
        of.text = u"audit web"_s;
        hindsight.place(late, seat(u"first"_s, 2'000, 10'000));
        hindsight.place(early, of);
        hindsight.uncross();
        QVERIFY(hindsight.of(late, seat(u"first"_s, 2'000, 10'000), 0).owed > 0);
        // Unless all others of the kind tell that they take as long as each other.
        audit(hindsight, 8);
        hindsight.place(late, seat(u"first"_s, 1'900, 10'000));
        of.delayMs = 1'500;
        of.causeMs = 10'200;
        hindsight.place(early, of);
        hindsight.uncross();
        QVERIFY(hindsight.of(early, seat(u"first"_s, 1'700, 10'000), 0).owed > 0);
    }
    void whatIsCertainOrSaysWhichItIsIsNotExchanged()
    {
        const Habits nothing;
        const base::MessageId early(u"early"_s);
        const base::MessageId late(u"late"_s);
        for (const bool isCertain : {true, false}) {
            Hindsight hindsight(nothing);
            Hindsight::Seat first = seat(u"first"_s, 2'000, 10'000, isCertain ? u"0 findings"_s : u"$ deployed"_s);
            Hindsight::Seat second = seat(u"second"_s, 1'500, 10'100, first.signature);
            first.isCertain = isCertain;
            if (!isCertain)
                second.text = u"audit web"_s;
            for (int i = 0; i < 8; ++i)
                hindsight.place(base::MessageId(u"m%1"_s.arg(i)), seat(u"r%1"_s.arg(i), 1'650, 20'000 * i, first.signature));
            hindsight.place(late, first);
            hindsight.place(early, second);
            hindsight.uncross();
            QVERIFY(hindsight.of(late, first, 0).owed > 0); // it stands where it stood
            QVERIFY(hindsight.of(early, second, 0).owed > 0);
        }
    }
    void whatIsRememberedIsCountedOnce()
    {
        Habits known;
        Habit& habit = known.of(u"hubot\naudit"_s);
        habit.asked = 3; // these
        habit.signatures.insert(u"0 findings"_s, 3);
        Hindsight remembering(known);
        const Habits nothing;
        Hindsight placing(nothing);
        for (int i = 0; i < 3; ++i) {
            remembering.remember(base::MessageId(u"m%1"_s.arg(i)), seat(u"r%1"_s.arg(i), 1'700));
            placing.place(base::MessageId(u"m%1"_s.arg(i)), seat(u"r%1"_s.arg(i), 1'700));
        }
        const base::MessageId message(u"new"_s);
        QCOMPARE(remembering.of(message, seat(u"new"_s, 1'700), 0).count, placing.of(message, seat(u"new"_s, 1'700), 0).count);
        remembering.place(base::MessageId(u"m1"_s), {}); // it is not there to be moved
        QCOMPARE(remembering.of(message, seat(u"new"_s, 1'700), 0).count, placing.of(message, seat(u"new"_s, 1'700), 0).count);
    }
    void someCommandsSayTheSameSeveralTimes()
    {
        const Habits nothing;
        Hindsight hindsight(nothing);
        for (int run = 0; run < 4; ++run)
            for (int line = 0; line < 5; ++line)
                hindsight.place(base::MessageId(u"m%1 %2"_s.arg(run).arg(line)), seat(u"r%1"_s.arg(run), 100 + 200 * line));
        for (int line = 0; line < 4; ++line)
            hindsight.place(base::MessageId(u"n%1"_s.arg(line)), seat(u"new"_s, 100 + 200 * line));
        const auto fifth = hindsight.of(base::MessageId(u"fifth"_s), seat(u"new"_s, 900), 0);
        QVERIFY(fifth.count > 1);
        QVERIFY(fifth.delay > 1);
        QVERIFY(hindsight.of(base::MessageId(u"sixth"_s), seat(u"r0"_s, 1'100), 0).count < -1);
        // What lacks four of five may have lost them to a mistake, when the command is known to cause them.
        QVERIFY(hindsight.of(base::MessageId(u"second"_s), seat(u"other"_s, 300), 1, 5).count
            > hindsight.of(base::MessageId(u"second"_s), seat(u"other"_s, 300), 0).count);
    }
};

QTEST_GUILESS_MAIN(TestHindsight)
#include "tst_hindsight.moc"
