// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How far an answer has come, and who of two goes on.
#include "talk.h"

#include "correlator/course.h"
#include "correlator/saying.h"

using namespace ridealong;
using namespace ridealong::tests;
using correlator::Course;
using namespace Qt::StringLiterals;

namespace {

Course after(const QStringList& lines)
{
    Course course;
    for (const QString& line : lines)
        course.take(correlator::readSaying(line, {}), correlator::signatureOf(line, {}));
    return course;
}

} // namespace

class TestCourse : public QObject
{
    Q_OBJECT
private slots:
    void countsOpenBrackets_data()
    {
        QTest::addColumn<QStringList>("lines");
        QTest::addColumn<int>("open");
        QTest::newRow("nothing") << QStringList{} << 0;
        QTest::newRow("a value") << QStringList{u"{"_s, u"  \"a\": ["_s, u"    1,"_s} << 2;
        QTest::newRow("closed") << QStringList{u"{"_s, u"  \"a\": []"_s, u"}"_s} << 0;
        QTest::newRow("begun anew") << QStringList{u"{"_s, u"  \"a\": 1,"_s, u"done"_s} << 0;
        QTest::newRow("another value") << QStringList{u"{"_s, u"  \"a\": 1,"_s, u"{"_s} << 1;
        QTest::newRow("more closed than open") << QStringList{u"}"_s, u"]"_s} << 0;
        QTest::newRow("prose (as it goes") << QStringList{u"well (as it goes"_s} << 0;
        QTest::newRow("a list") << QStringList{u"hosts: ["_s, u"- one"_s} << 0; // stands for itself
    }
    void countsOpenBrackets()
    {
        QFETCH(QStringList, lines);
        QTEST(after(lines).open, "open");
    }
    void knowsItsStep()
    {
        QCOMPARE(after({u"10:15:01 INFO request 7"_s, u"10:15:02 WARN request 14"_s}).step, (QList<qint64>{0, 0, 1, 7}));
        QVERIFY(after({u"request 7"_s, u"request 14 of 20"_s}).step.isEmpty());
        QCOMPARE(after({u"at 40 %"_s}).percent, 40);
        QVERIFY(!after({u"at 40 %"_s, u"a word"_s}).percent); // of the last words only
        QCOMPARE(after({QString(40, u'1') + u' ' + u"1 "_s.repeated(40)}).numbers.size(), correlator::kMaxNumbers);
    }

    void anOpenBracketWaitsForItsOtherHalf()
    {
        Talk talk;
        const auto first = talk.say(u"ana"_s, u"!inspect queue"_s);
        talk.wait(2);
        talk.say(u"errbot"_s, u"{"_s);
        const auto second = talk.say(u"ben"_s, u"!inspect queue"_s); // in the middle of it
        talk.wait(2);
        talk.say(u"errbot"_s, u"  \"ok\": true,"_s);
        talk.wait(40);
        talk.say(u"errbot"_s, u"  \"p99\": 252"_s);
        talk.say(u"errbot"_s, u"}"_s);
        talk.say(u"errbot"_s, u"{"_s);
        talk.say(u"errbot"_s, u"  \"ok\": true,"_s);
        talk.say(u"errbot"_s, u"  \"p99\": 252"_s);
        talk.say(u"errbot"_s, u"}"_s);
        QCOMPARE(talk.output(first), u"{\n  \"ok\": true,\n  \"p99\": 252\n}\n"_s);
        QCOMPARE(talk.output(second), talk.output(first));
    }
    void numbersGoOnWhereTheyWere()
    {
        Talk talk;
        const auto line = [](int i) { return u"10:15:0%1 %2 request %3"_s.arg(i).arg(i % 2 ? u"INFO"_s : u"WARN"_s).arg(7 * i); };
        const auto first = talk.say(u"ana"_s, u"hubot tail cache"_s);
        for (int i = 1; i <= 4; ++i) {
            talk.wait(150);
            talk.say(u"hubot"_s, line(i));
        }
        const auto second = talk.say(u"ben"_s, u"hubot tail billing"_s);
        for (const int i : {1, 2, 5, 3, 6, 4}) { // 5 and 6 are the first one's
            talk.wait(80);
            talk.say(u"hubot"_s, line(i));
        }
        const auto expected = [&](int last) {
            QString text;
            for (int i = 1; i <= last; ++i)
                text += line(i) + u'\n';
            return text;
        };
        QCOMPARE(talk.output(first), expected(6));
        QCOMPARE(talk.output(second), expected(4));
    }
    void anAnswersWordsComeNext()
    {
        Talk talk;
        const auto slow = talk.say(u"ana"_s, u"hubot audit gateway"_s);
        talk.wait(700);
        const auto asking = talk.say(u"ana"_s, u"hubot db.migrate --env production"_s);
        talk.wait(5);
        talk.say(u"hubot"_s, u"ana: Preview: db.migrate --env production"_s);
        talk.say(u"hubot"_s, u"Run it? (yes/no)"_s);
        talk.wait(900);
        talk.say(u"ana"_s, u"hubot no"_s);
        talk.wait(1);
        talk.say(u"hubot"_s, u"ana: Command cancelled"_s);
        QVERIFY(talk.output(asking).endsWith(u"Command cancelled\n"_s));
        QCOMPARE(talk.output(slow), QString());
    }
};

QTEST_GUILESS_MAIN(TestCourse)
#include "tst_course.moc"
