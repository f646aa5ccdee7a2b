// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "notify/policy.h"
#include "support/messages.h"

#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using chat::NotifyLevel;
using notify::QuietHours;
using tests::batchOf;

namespace {

const base::AccountId kAccount(u"irc-1"_s);
const base::ConversationId kOps(kAccount, u"#ops"_s);
const base::ConversationId kAna(kAccount, u"ana"_s);
constexpr qint64 kNow = 1'700'000'000'000;

chat::Message message(qint64 order, const QString& text = u"text"_s, const base::ConversationId& where = kOps)
{
    auto made = tests::makeMessage(where, order, u"ana"_s, text);
    made.senderName = u"Ana"_s;
    made.timeMs = kNow;
    return made;
}

QDateTime at(const QDate& day, int hour, int minute = 0) { return QDateTime(day, QTime(hour, minute)); }

} // namespace

class TestPolicy : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_about = {};
        m_about.self = {base::UserId(u"me"_s), u"Maria"_s, false, chat::Presence::Online};
        m_about.level = NotifyLevel::Everything;
        m_about.newestOrder = 100;
        m_asked = 0;
        m_policy = std::make_unique<notify::Policy>([this](const base::ConversationId& id) {
            ++m_asked;
            notify::About about = m_about;
            about.direct = id == kAna;
            return about;
        });
        m_policy->noteConnected(kAccount, kNow - 3'600'000);
    }

    void tellsWhatIsNew()
    {
        QCOMPARE(told({message(101), message(102)}), (QList<qint64>{101, 102}));
        QCOMPARE(told({message(103, u"hello"_s, kAna)}), QList<qint64>{103});
    }

    void asksOnlyAboutWhatMayBeNews()
    {
        QCOMPARE(told({message(99), message(100)}), QList<qint64>()); // once: how far is this read?
        QCOMPARE(m_asked, 1);
        QCOMPARE(told({message(98), message(97), message(101)}), QList<qint64>{101});
        QCOMPARE(m_asked, 2);
        notify::Rules rules;
        rules.on = false;
        m_policy->setRules(rules);
        QCOMPARE(told({message(102)}), QList<qint64>());
        QCOMPARE(m_asked, 2);
    }

    void neverTellsMyOwn()
    {
        auto mine = message(101);
        mine.sender = base::UserId(u"me"_s);
        QCOMPARE(told({mine}), QList<qint64>());
    }

    void neverTellsWhatWasThereOrBefore()
    {
        auto edited = message(100, u"edited"_s);
        edited.edited = true;
        QCOMPARE(told({edited}), QList<qint64>());
        QCOMPARE(told({message(50), message(99)}), QList<qint64>()); // a gap that was filled
        QCOMPARE(told({message(101)}), QList<qint64>{101});
        QCOMPARE(told({message(101, u"reacted to"_s)}), QList<qint64>()); // a new version of it
        QCOMPARE(told({message(90), message(102)}), QList<qint64>{102});
    }

    void neverTellsWhatWasSaidWhileWeWereAway()
    {
        auto missed = message(101);
        missed.timeMs = kNow - 7'200'000;
        QCOMPARE(told({missed}), QList<qint64>());
        auto slow = message(102); // a clock that goes behind by less than a minute
        slow.timeMs = kNow - 3'600'000 - notify::Policy::kClockSlackMs;
        QCOMPARE(told({slow}), QList<qint64>{102});
        slow.order = 103;
        --slow.timeMs;
        QCOMPARE(told({slow}), QList<qint64>());
        m_policy->noteConnected(kAccount, kNow + 120'000); // a new connection: what is said until then is history
        QCOMPARE(told({message(104)}), QList<qint64>());
        m_policy->forget(kAccount);
        QCOMPARE(told({message(105)}), QList<qint64>()); // never connected
    }

    void neverTellsWhatFillsAGap()
    {
        auto filled = batchOf({message(101)}); // behind what was known, and said a moment ago
        filled.gapChanges.append({{kOps, 100, 200}, std::nullopt});
        QVERIFY(m_policy->take(filled, kNow).isEmpty());
        QCOMPARE(told({message(101)}), QList<qint64>()); // nor when it is told once more
        QCOMPARE(told({message(102)}), QList<qint64>{102});
    }

    void neverTellsWhatIsLookedAt()
    {
        m_policy->setFocus({true, kOps});
        QCOMPARE(told({message(101), message(101, u"hi"_s, kAna)}), QList<qint64>{101});
        m_policy->setFocus({false, kOps}); // nobody is at the window
        QCOMPARE(told({message(102)}), QList<qint64>{102});
    }

    void neverTellsWhatNobodySaid()
    {
        auto joined = message(101);
        joined.system = true;
        auto gone = message(102);
        gone.deleted = true;
        QCOMPARE(told({joined, gone}), QList<qint64>());
    }

    void obeysTheLevelOfTheConversation()
    {
        m_about.level = NotifyLevel::Mentions;
        QCOMPARE(told({message(101, u"nothing for you"_s), message(102, u"maria: look"_s), message(103, u"marianne"_s)}), QList<qint64>{102});
        QCOMPARE(told({message(104, u"to you alone"_s, kAna)}), QList<qint64>{104}); // a direct chat is always for me
        m_about.level = NotifyLevel::Nothing;
        QCOMPARE(told({message(105, u"maria!"_s), message(106, u"hi"_s, kAna)}), QList<qint64>());
        m_about.level = NotifyLevel::Everything;
        const auto news = m_policy->take(batchOf({message(107, u"no name"_s), message(108, u"Maria"_s)}), kNow);
        QVERIFY(!news[0].mention && news[1].mention);
    }

    void quietIsQuietAndComesBackWithoutAFlood()
    {
        notify::Rules rules;
        rules.quietUntilMs = kNow + 1000;
        m_policy->setRules(rules);
        QCOMPARE(told({message(101)}), QList<qint64>());
        QCOMPARE(told({message(102)}, kNow + 1000), QList<qint64>{102}); // and 101 stays untold
        rules = {};
        rules.on = false;
        m_policy->setRules(rules);
        QCOMPARE(told({message(103)}), QList<qint64>());
        rules.on = true;
        rules.quiet = {true, QTime(0, 0), QTime(0, 0), QuietHours::kEveryDay};
        m_policy->setRules(rules);
        QCOMPARE(told({message(104)}), QList<qint64>());
    }

    void quietHoursGoOverMidnight()
    {
        const QDate friday(2026, 11, 27);
        QCOMPARE(friday.dayOfWeek(), 5);
        const QuietHours nights{true, QTime(22, 0), QTime(7, 0), QuietHours::kEveryDay};
        QVERIFY(!nights.contains(at(friday, 21, 59)));
        QVERIFY(nights.contains(at(friday, 22)));
        QVERIFY(nights.contains(at(friday, 0)));
        QVERIFY(nights.contains(at(friday, 6, 59)));
        QVERIFY(!nights.contains(at(friday, 7)));
        QuietHours fridays = nights;
        fridays.days = 1 << 4;
        QVERIFY(!fridays.contains(at(friday, 6))); // the night from Thursday on
        QVERIFY(fridays.contains(at(friday, 23)));
        QVERIFY(fridays.contains(at(friday.addDays(1), 6)));
        QVERIFY(!fridays.contains(at(friday.addDays(1), 23)));
        const QuietHours noon{true, QTime(12, 0), QTime(13, 0), 1 << 4};
        QVERIFY(noon.contains(at(friday, 12)));
        QVERIFY(!noon.contains(at(friday, 13)));
        QVERIFY(!noon.contains(at(friday.addDays(1), 12)));
        QuietHours off = nights;
        off.on = false;
        QVERIFY(!off.contains(at(friday, 23)));
        off = {true, QTime(), QTime(7, 0), QuietHours::kEveryDay}; // what a broken setting makes of it
        QVERIFY(!off.contains(at(friday, 3)));
        off = {true, QTime(22, 0), QTime(7, 0), 0};
        QVERIFY(!off.contains(at(friday, 23)));
    }

    void levelsHaveNames()
    {
        for (const auto level : {NotifyLevel::Everything, NotifyLevel::Mentions, NotifyLevel::Nothing})
            QVERIFY(chat::notifyLevelFromString(chat::toString(level)) == level);
        QVERIFY(!chat::notifyLevelFromString(u"loud"_s));
        QVERIFY(!chat::notifyLevelFromString({}));
    }

private:
    QList<qint64> told(const QList<chat::Message>& messages, qint64 now = kNow)
    {
        QList<qint64> orders;
        for (const notify::News& news : m_policy->take(batchOf(messages), now))
            orders.append(news.message.order);
        return orders;
    }

    notify::About m_about;
    int m_asked = 0;
    std::unique_ptr<notify::Policy> m_policy;
};

QTEST_GUILESS_MAIN(TestPolicy)
#include "tst_policy.moc"
