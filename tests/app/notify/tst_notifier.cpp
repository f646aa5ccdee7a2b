// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "notify/notifier.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using notify::Notice;
using notify::Notifier;

namespace {

const base::AccountId kAccount(u"irc-1"_s);

base::ConversationId room(int number) { return {kAccount, u"#room%1"_s.arg(number)}; }

} // namespace

class TestNotifier : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_order = 0;
        m_notices.clear();
        m_withdrawn.clear();
        m_notifier = std::make_unique<Notifier>(
            [](const base::ConversationId&) {
                return notify::About{{base::UserId(u"me"_s), u"me"_s, false, chat::Presence::Online}, false, chat::NotifyLevel::Everything, 0};
            },
            m_clock);
        connect(m_notifier.get(), &Notifier::notify, this, [this](const Notice& notice) { m_notices.append(notice); });
        connect(m_notifier.get(), &Notifier::withdraw, this, [this](const base::ConversationId& id) { m_withdrawn.append(id); });
        m_notifier->noteConnected(kAccount);
    }

    void whatComesInOneBreathIsOneNotice()
    {
        say(room(1));
        say(room(1), u"me: look"_s);
        QCOMPARE(m_notices.size(), 0);
        m_clock.advance(Notifier::kGather);
        QCOMPARE(m_notices.size(), 1);
        QCOMPARE(m_notices[0].count, 2);
        QCOMPARE(m_notices[0].mentions, 1);
        QCOMPARE(m_notices[0].first.text(), u"m1"_s);
        QCOMPARE(m_notices[0].newest.id.text(), u"m2"_s);
        QVERIFY(m_notices[0].conversation == room(1));
    }

    void goesOnCountingUntilSomebodyLooks()
    {
        say(room(1));
        m_clock.advance(Notifier::kGather);
        for (int i = 0; i < 4; ++i)
            say(room(1));
        m_clock.advance(Notifier::kPause);
        QCOMPARE(m_notices.size(), 2);
        QCOMPARE(m_notices[1].count, 5); // "5 new messages in #room1", in the place of the first
        QCOMPARE(m_notices[1].first.text(), u"m1"_s);
        m_notifier->setFocus({true, room(1)});
        QCOMPARE(m_withdrawn, QList<base::ConversationId>{room(1)});
        m_notifier->setFocus({false, room(1)});
        say(room(1));
        m_clock.advance(Notifier::kPause);
        QCOMPARE(m_notices.last().count, 1);
    }

    void neverMoreThanAFewInAWhile()
    {
        for (int second = 0; second < 60; ++second) {
            for (int i = 0; i < 20; ++i)
                say(room(1));
            m_clock.advance(std::chrono::seconds(1));
        }
        QVERIFY2(m_notices.size() >= 15 && m_notices.size() <= 21, qPrintable(QString::number(m_notices.size())));
        m_clock.advance(Notifier::kPause);
        QCOMPARE(m_notices.last().count, 1200); // and none is forgotten
    }

    void manyConversationsAreOneNotice()
    {
        for (int i = 1; i <= Notifier::kMostAtOnce; ++i)
            say(room(i));
        m_clock.advance(Notifier::kGather);
        QCOMPARE(m_notices.size(), Notifier::kMostAtOnce);
        m_notices.clear();
        for (int i = 11; i <= 11 + Notifier::kMostAtOnce; ++i) {
            say(room(i));
            say(room(i));
        }
        m_clock.advance(Notifier::kPause);
        QCOMPARE(m_notices.size(), 1);
        QVERIFY(m_notices[0].conversation.isEmpty());
        QCOMPARE(m_notices[0].conversations, Notifier::kMostAtOnce + 1);
        QCOMPARE(m_notices[0].count, 2 * (Notifier::kMostAtOnce + 1));
        m_notifier->setFocus({true, room(99)});
        QVERIFY(m_withdrawn.contains(base::ConversationId())); // somebody is there and sees the sidebar
    }

    void dismissingTheOneAboutManySettlesEach()
    {
        for (int i = 1; i <= Notifier::kMostAtOnce + 1; ++i)
            say(room(i));
        m_clock.advance(Notifier::kGather);
        QCOMPARE(m_notices.size(), 1);
        m_notifier->settle({});
        say(room(1));
        m_clock.advance(Notifier::kPause);
        QCOMPARE(m_notices.size(), 2);
        QCOMPARE(m_notices[1].count, 1);
        m_notifier->settle({}); // of nothing any more
        say(room(1));
        m_clock.advance(Notifier::kPause);
        QCOMPARE(m_notices.last().count, 2);
    }

    void whatWaitsWhenItBecomesQuietIsNotTold()
    {
        say(room(1));
        notify::Rules rules;
        rules.quietUntilMs = m_clock.nowMs() + 3'600'000;
        m_notifier->setRules(rules);
        m_clock.advance(std::chrono::hours(1));
        QCOMPARE(m_notices.size(), 0);
        say(room(1));
        m_clock.advance(Notifier::kGather);
        QCOMPARE(m_notices.size(), 1); // at once: nothing was told shortly before
        QCOMPARE(m_notices[0].count, 1);
    }

    void whatWasReadElsewhereIsWithdrawn()
    {
        say(room(1)); // order 1
        say(room(1)); // order 2
        m_clock.advance(Notifier::kGather);
        m_notifier->noteRead(room(1), 1); // not all of it
        QVERIFY(m_withdrawn.isEmpty());
        m_notifier->noteRead(room(1), 2);
        QCOMPARE(m_withdrawn, QList<base::ConversationId>{room(1)});
        m_notifier->noteRead(room(1), 2);
        QCOMPARE(m_withdrawn.size(), 1);
    }

    void whatIsReadBeforeItIsToldIsNotTold()
    {
        say(room(1));
        m_notifier->setFocus({true, room(1)});
        m_clock.advance(std::chrono::seconds(60));
        QCOMPARE(m_notices.size(), 0);
    }

    void anAccountThatIsGoneTakesItsNoticesAlong()
    {
        say(room(1));
        m_clock.advance(Notifier::kGather);
        say(room(2));
        m_notifier->forget(kAccount);
        QCOMPARE(m_withdrawn.size(), 2);
        m_clock.advance(std::chrono::seconds(60));
        QCOMPARE(m_notices.size(), 1);
    }

    void somebodyWhoSettlesWhileBeingToldDoesNoHarm()
    {
        say(room(1));
        say(room(2));
        connect(m_notifier.get(), &Notifier::notify, m_notifier.get(), [this] {
            m_notifier->settle(room(1));
            m_notifier->settle(room(2));
        });
        m_clock.advance(Notifier::kGather);
        QCOMPARE(m_notices.size(), 1);
    }

private:
    void say(const base::ConversationId& where, const QString& text = u"text"_s)
    {
        chat::Message message;
        message.order = ++m_order;
        message.id = base::MessageId(u"m%1"_s.arg(m_order));
        message.conversation = where;
        message.sender = base::UserId(u"ana"_s);
        message.timeMs = m_clock.nowMs();
        message.text = text;
        chat::SyncBatch batch;
        batch.events.append(chat::MessageChanged{message});
        m_notifier->take(batch);
    }

    tests::FakeClock m_clock;
    int m_order = 0;
    std::unique_ptr<Notifier> m_notifier;
    QList<Notice> m_notices;
    QList<base::ConversationId> m_withdrawn;
};

QTEST_GUILESS_MAIN(TestNotifier)
#include "tst_notifier.moc"
