// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Against a real notification service on a real bus of its own (withbus.sh).
#include "notify/desktopnotices.h"
#include "support/notificationserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using notify::DesktopNotices;
using notify::Popup;
using tests::NotificationServer;

class TestDesktopNotices : public QObject
{
    Q_OBJECT
private slots:
    void showsAPopup()
    {
        NotificationServer desktop;
        QVERIFY(desktop.ownsTheName());
        DesktopNotices notices;
        notices.show({u"ops"_s, u"Ana in #ops"_s, u"deploy failed"_s, u"Open"_s});
        QTRY_COMPARE(desktop.notified.size(), 1);
        const auto& popup = desktop.notified[0];
        QCOMPARE(popup.program, u"Ridealong"_s);
        QCOMPARE(popup.replaces, 0U);
        QCOMPARE(popup.title, u"Ana in #ops"_s);
        QCOMPARE(popup.body, u"deploy failed"_s);
        QCOMPARE(popup.actions, (QStringList{u"default"_s, u"Open"_s}));
        QCOMPARE(popup.hints[u"category"_s].toString(), u"im.received"_s);
        QCOMPARE(popup.hints[u"desktop-entry"_s].toString(), u"org.ridealong.Ridealong"_s);
        QCOMPARE(popup.hints[u"urgency"_s].toInt(), 1);
        QVERIFY(!popup.hints.contains(u"image-data"_s) && !popup.hints.contains(u"image-path"_s)); // nothing is fetched
    }

    void markupFromMessagesIsText()
    {
        NotificationServer desktop;
        DesktopNotices notices;
        notices.show({u"ops"_s, u"<b>Ana</b>"_s, u"<a href=\"http://evil\">click</a> & <img src=x> &amp;"_s, u"Open"_s});
        QTRY_COMPARE(desktop.notified.size(), 1);
        QCOMPARE(desktop.notified[0].body, u"&lt;a href=\"http://evil\"&gt;click&lt;/a&gt; &amp; &lt;img src=x&gt; &amp;amp;"_s);
        QCOMPARE(desktop.notified[0].title, u"<b>Ana</b>"_s); // a title has no markup, so it is not escaped
    }

    void aDesktopWithoutMarkupGetsTheTextAsItIs()
    {
        NotificationServer desktop({u"body"_s});
        DesktopNotices notices;
        notices.show({u"ops"_s, u"Ana"_s, u"a < b && c"_s, u"Open"_s});
        QTRY_COMPARE(desktop.notified.size(), 1);
        QCOMPARE(desktop.notified[0].body, u"a < b && c"_s);
        QVERIFY(desktop.notified[0].actions.isEmpty()); // it has no clicks
    }

    void aDesktopWithoutBodiesHasItInTheTitle()
    {
        NotificationServer desktop(QStringList{});
        DesktopNotices notices;
        notices.show({u"ops"_s, u"Ana"_s, u"deploy\nfailed"_s, u"Open"_s});
        QTRY_COMPARE(desktop.notified.size(), 1);
        QCOMPARE(desktop.notified[0].title, u"Ana: deploy failed"_s);
        QVERIFY(desktop.notified[0].body.isEmpty());
    }

    void theNextOneTakesThePlaceOfTheFirst()
    {
        NotificationServer desktop;
        DesktopNotices notices;
        notices.show(popup(u"ops"_s, u"1"_s));
        QTRY_COMPARE(desktop.notified.size(), 1);
        QVERIFY(settled(notices, desktop));
        notices.show(popup(u"ops"_s, u"2"_s));
        QTRY_COMPARE(desktop.notified.size(), 3);
        QCOMPARE(desktop.notified[2].replaces, desktop.notified[0].id);
    }

    void manyAtOnceAreStillOneAKey()
    {
        NotificationServer desktop;
        DesktopNotices notices;
        notices.show(popup(u"other"_s, u"x"_s));
        QTRY_COMPARE(desktop.notified.size(), 1); // from now on it is known what the desktop can do
        for (int i = 1; i <= 9; ++i)
            notices.show(popup(u"ops"_s, QString::number(i)));
        QTRY_COMPARE(desktop.notified.last().body, u"9"_s);
        QCOMPARE(desktop.notified.size(), 3); // the first, and the last in its place
        QCOMPARE(desktop.notified[2].replaces, desktop.notified[1].id);
        QCOMPARE(desktop.asked, 1);
    }

    void aClickTellsWhichOne()
    {
        NotificationServer desktop;
        DesktopNotices notices;
        QSignalSpy activated(&notices, &DesktopNotices::activated);
        notices.show(popup(u"ops"_s, u"1"_s));
        notices.show(popup(u"prod"_s, u"2"_s));
        QTRY_COMPARE(desktop.notified.size(), 2);
        QVERIFY(settled(notices, desktop));
        desktop.click(4711); // of another program
        desktop.click(desktop.notified[1].id, u"other"_s); // an action that we never offered
        desktop.click(desktop.notified[1].id);
        QTRY_COMPARE(activated.size(), 1);
        QCOMPARE(activated[0][0].toString(), u"prod"_s);
    }

    void aDismissedOneIsToldAndForgotten()
    {
        NotificationServer desktop;
        DesktopNotices notices;
        QSignalSpy dismissed(&notices, &DesktopNotices::dismissed);
        notices.show(popup(u"ops"_s, u"1"_s));
        notices.show(popup(u"prod"_s, u"1"_s));
        QTRY_COMPARE(desktop.notified.size(), 2);
        QVERIFY(settled(notices, desktop));
        desktop.dismiss(desktop.notified[1].id, 1); // it went by itself
        desktop.dismiss(desktop.notified[0].id);
        QTRY_COMPARE(dismissed.size(), 1);
        QCOMPARE(dismissed[0][0].toString(), u"ops"_s);
        notices.show(popup(u"ops"_s, u"2"_s));
        QTRY_COMPARE(desktop.notified.last().body, u"2"_s);
        QCOMPARE(desktop.notified.last().replaces, 0U);
    }

    void closesWhatIsShownAndWhatIsOnItsWay()
    {
        NotificationServer desktop;
        DesktopNotices notices;
        notices.show(popup(u"ops"_s, u"1"_s));
        QTRY_COMPARE(desktop.notified.size(), 1);
        notices.close(u"ops"_s); // its number may not be known yet
        QTRY_COMPARE(desktop.closed, QList<uint>{desktop.notified[0].id});
        notices.close(u"ops"_s);
        notices.close(u"never shown"_s);
        notices.show(popup(u"ops"_s, u"2"_s));
        QTRY_COMPARE(desktop.notified.size(), 2);
        QCOMPARE(desktop.notified[1].replaces, 0U);
        QCOMPARE(desktop.closed.size(), 1);
    }

    void whereNobodyShowsItThatIsTold()
    {
        DesktopNotices notices; // a bus without a notification service
        QSignalSpy unavailable(&notices, &DesktopNotices::unavailable);
        const Popup one = popup(u"ops"_s, u"1"_s);
        notices.show(one);
        QCOMPARE(unavailable.size(), 0); // later, as an answer
        QTRY_COMPARE(unavailable.size(), 1);
        QCOMPARE(unavailable[0][0].value<Popup>(), one);
        NotificationServer desktop; // and when one comes, it is found
        notices.show(popup(u"ops"_s, u"2"_s));
        QTRY_COMPARE(desktop.notified.size(), 1);
    }

    void withoutABusToo()
    {
        DesktopNotices notices([] { return QDBusConnection::connectToBus(u"unix:path=/nonexistent/bus"_s, u"nowhere"_s); });
        QSignalSpy unavailable(&notices, &DesktopNotices::unavailable);
        notices.show(popup(u"ops"_s, u"1"_s));
        notices.close(u"ops"_s);
        QTRY_COMPARE(unavailable.size(), 1);
    }

    void aRefusalIsTold()
    {
        NotificationServer desktop;
        desktop.refuse(true);
        DesktopNotices notices;
        QSignalSpy unavailable(&notices, &DesktopNotices::unavailable);
        notices.show(popup(u"ops"_s, u"1"_s));
        QTRY_COMPARE(unavailable.size(), 1);
        desktop.refuse(false);
        notices.show(popup(u"ops"_s, u"2"_s));
        QTRY_COMPARE(desktop.notified.size(), 1);
    }

    void survivesAnotherDesktop()
    {
        auto desktop = std::make_unique<NotificationServer>();
        DesktopNotices notices;
        notices.show(popup(u"ops"_s, u"1"_s));
        QTRY_COMPARE(desktop->notified.size(), 1);
        desktop.reset();
        desktop = std::make_unique<NotificationServer>(QStringList{u"body"_s});
        QTRY_VERIFY_WITH_TIMEOUT(([&] {
            notices.show(popup(u"ops"_s, u"a & b"_s));
            QCoreApplication::processEvents();
            return !desktop->notified.isEmpty() && desktop->notified.last().body == u"a & b"_s; // it was asked anew what it can do
        }()),
            10'000);
    }

    void longTextsAreCut()
    {
        NotificationServer desktop;
        DesktopNotices notices;
        const auto shown = [&](const QString& title, const QString& body) {
            const auto before = desktop.notified.size();
            notices.show({u"ops"_s, title, body, u"Open"_s});
            if (!QTest::qWaitFor([&] { return desktop.notified.size() > before; }))
                return tests::Notified();
            return desktop.notified.last();
        };
        const QString limit(DesktopNotices::kMaxBody, u'b');
        QCOMPARE(shown(u"t"_s, limit).body, limit);
        QCOMPARE(shown(u"t"_s, limit + u'b').body, limit + u'…');
        const QString title(DesktopNotices::kMaxTitle, u't');
        QCOMPARE(shown(title, {}).title, title);
        QCOMPARE(shown(title + u't', {}).title, title + u'…');
        QCOMPARE(shown({}, {}).title, QString());
        QCOMPARE(shown(u"a\nb\u0007"_s, u"c\nd\u0000e"_s).title, u"a b "_s);
        QCOMPARE(desktop.notified.last().body, u"c\nd e"_s);
        const QString emoji = u"🚀"_s.repeated(int(DesktopNotices::kMaxBody));
        QVERIFY(shown(u"t"_s, u"x"_s + emoji).body.endsWith(u"🚀…"_s)); // never half of one
        QVERIFY(!shown(QString(QChar(0xd83d)), QString(QChar(0xdc00))).program.isEmpty()); // half of one does not cut the bus
    }

private:
    static Popup popup(const QString& key, const QString& body) { return {key, u"Title"_s, body, u"Open"_s}; }

    /// The answers to what was shown have come: a call made after them is answered.
    static bool settled(DesktopNotices& notices, NotificationServer& desktop)
    {
        const auto before = desktop.notified.size();
        notices.show(popup(u"settle"_s, u"settle"_s));
        return QTest::qWaitFor([&] { return desktop.notified.size() > before; });
    }
};

QTEST_GUILESS_MAIN(TestDesktopNotices)
#include "tst_desktopnotices.moc"
