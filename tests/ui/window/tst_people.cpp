// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// People one by one, in the real window at a backend that the test plays: what they ask and offer, their pictures, and the way to a date.
#include "chat/avatars.h"
#include "chat/contacts.h"
#include "chat/systemevent.h"
#include "support/fakehistory.h"
#include "support/messages.h"
#include "timelineview/datedialog.h"
#include "timelineview/timelineview.h"
#include "fakeaccount.h"
#include "window/actiontable.h"
#include "window/offerbar.h"

#include <QBuffer>
#include <QCalendarWidget>
#include <QDialogButtonBox>
#include <QPushButton>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::UserId;
using chat::SystemEvent;
using timelineview::DateDialog;
using timelineview::Part;
using window::OfferBar;

namespace {

const UserId kEve(u"eve@chat.test"_s);

class Contacts final : public chat::ContactFacet
{
public:
    using Done = base::Async<base::Done>;
    QList<chat::ContactRequest> requests() const override { return waiting; }
    Done accept(const UserId& user) override { return answer(u"accept "_s, user); }
    Done decline(const UserId& user) override { return answer(u"decline "_s, user); }
    bool isContact(const UserId& user) const override { return known.contains(user); }
    Done add(const UserId& user) override
    {
        known.insert(user);
        return note(u"add "_s, user);
    }
    Done remove(const UserId& user) override
    {
        known.remove(user);
        return note(u"remove "_s, user);
    }
    bool canBlock() const override { return true; }
    QList<UserId> blocked() const override { return walled; }
    Done setBlocked(const UserId& user, bool isBlocked) override
    {
        isBlocked ? walled.append(user) : void(walled.removeOne(user));
        return note(isBlocked ? u"block "_s : u"unblock "_s, user);
    }

    QList<chat::ContactRequest> waiting;
    QSet<UserId> known;
    QList<UserId> walled;
    QStringList done;

private:
    Done answer(const QString& what, const UserId& user)
    {
        waiting.removeIf([&](const chat::ContactRequest& request) { return request.from == user; });
        return note(what, user);
    }
    Done note(const QString& what, const UserId& user)
    {
        done.append(what + user.text());
        emit changed();
        return Done::ready(base::Done());
    }
};

class Avatars final : public chat::AvatarFacet
{
public:
    QString hash(const UserId& user) const override { return user == kEve ? shown : QString(); }
    base::Async<QByteArray> fetch(const UserId&) override
    {
        ++fetched;
        return base::Async<QByteArray>::ready(bytes);
    }
    QString shown;
    QByteArray bytes;
    int fetched = 0;
};

struct Facets
{
    Contacts contacts;
    Avatars avatars;
    FakeHistory history;
};

/// Eve's direct conversation is in front.
struct Desk : FakeAccount
{
    explicit Desk(Facets& facets)
        : FakeAccount(conversation(), {{kEve, u"eve"_s, false, chat::Presence::Online}}, [&facets](FakeBackend& made) {
              made.contacts = &facets.contacts;
              made.avatars = &facets.avatars;
              made.history = &facets.history;
          })
    {}
    static chat::Conversation conversation()
    {
        chat::Conversation made;
        made.id = {{}, kEve.text()};
        made.name = u"eve"_s;
        made.kind = chat::ConversationKind::Direct;
        return made;
    }
    void tell(const SystemEvent& event, qint64 order)
    {
        chat::Message message = makeMessage(here, order, kEve.text(), chat::toText(event));
        message.system = true;
        push({chat::MessageChanged{message}});
    }
    OfferBar* bar() { return page().findChild<OfferBar*>(); }
    QPushButton* answer(const QString& text)
    {
        for (auto* button : bar()->findChildren<QPushButton*>())
            if (button->text() == text && button->isVisible())
                return button;
        return nullptr;
    }
    void trigger(const char* action) { program.mainWindow().actionRegistry().find(QString::fromLatin1(action))->trigger(); }
};

} // namespace

class TestPeople : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_machine = std::make_unique<OwnMachine>();
        m_facets = std::make_unique<Facets>();
        m_facets->history.server.emplace();
    }

    void offersARequest()
    {
        Desk desk(*m_facets);
        QVERIFY(!desk.bar()->isVisible());
        m_facets->contacts.waiting = {{UserId(u"ben@chat.test"_s), {}}};
        emit m_facets->contacts.changed();
        QVERIFY(!desk.bar()->isVisible()); // that one is Ben's
        m_facets->contacts.waiting.append({kEve, u"we met at the\nconference"_s});
        emit m_facets->contacts.changed();
        QVERIFY(desk.bar()->isVisible());
        QCOMPARE(desk.bar()->offer().details, u"we met at the conference"_s);
        QTest::keyClick(desk.answer(u"Allow"_s), Qt::Key_Space); // by keyboard
        QCOMPARE(m_facets->contacts.done, QStringList{u"accept eve@chat.test"_s});
        QVERIFY(!desk.bar()->isVisible());
    }

    void declinesAndBlocks()
    {
        Desk desk(*m_facets);
        m_facets->contacts.waiting = {{kEve, {}}};
        emit m_facets->contacts.changed();
        desk.answer(u"Block"_s)->click();
        QCOMPARE(m_facets->contacts.done, QStringList({u"decline eve@chat.test"_s, u"block eve@chat.test"_s}));
        QVERIFY(!desk.bar()->isVisible());
        desk.trigger(window::action::kBlock);
        QCOMPARE(m_facets->contacts.done.last(), u"unblock eve@chat.test"_s);
        desk.trigger(window::action::kContact);
        desk.trigger(window::action::kContact);
        QCOMPARE(m_facets->contacts.done.mid(3), QStringList({u"add eve@chat.test"_s, u"remove eve@chat.test"_s}));
    }

    void offersAnInvitationWhileItIsTheLastWord()
    {
        Desk desk(*m_facets);
        desk.tell({SystemEvent::Kind::Invited, u"deploys@rooms.test"_s, u"the migration"_s}, 1);
        QTRY_VERIFY(desk.bar()->isVisible());
        QVERIFY(desk.bar()->offer().text.contains("deploys@rooms.test"_L1));
        desk.answer(u"Not now"_s)->click();
        QVERIFY(!desk.bar()->isVisible());
        desk.tell({SystemEvent::Kind::Invited, u"deploys@rooms.test"_s, {}}, 2); // again
        QTRY_VERIFY(desk.bar()->isVisible());
        desk.push({chat::MessageChanged{makeMessage(desk.here, 3, kEve.text(), u"never mind"_s)}});
        QTRY_VERIFY(!desk.bar()->isVisible());
    }

    void offersNoRoomThatIsJoined()
    {
        Desk desk(*m_facets);
        chat::Conversation room;
        room.id = {desk.account, u"deploys@rooms.test"_s};
        room.name = u"deploys"_s;
        desk.push({chat::ConversationChanged{room}});
        desk.tell({SystemEvent::Kind::Invited, u"deploys@rooms.test"_s, {}}, 1);
        QTRY_COMPARE(desk.page().model()->rowCount() > 0, true);
        QVERIFY(!desk.bar()->isVisible());
    }

    void showsPicturesOfPeople()
    {
        Desk desk(*m_facets);
        desk.push({chat::MessageChanged{makeMessage(desk.here, 1, kEve.text(), u"hello"_s)}});
        const auto isGreen = [&desk] {
            timelineview::TimelineView* view = desk.page().timeline();
            for (int row = 0; row < desk.page().model()->rowCount(); ++row)
                if (const QRect place = view->pieceRect(row, Part::Avatar); !place.isEmpty())
                    return view->viewport()->grab(place).toImage().pixelColor(place.width() / 2, place.height() / 2) == QColor(Qt::green);
            return false;
        };
        QTRY_VERIFY(desk.page().model()->rowCount() > 0);
        QVERIFY(!isGreen());
        QImage picture(200, 100, QImage::Format_RGB32);
        picture.fill(Qt::green);
        QBuffer buffer(&m_facets->avatars.bytes);
        buffer.open(QIODevice::WriteOnly);
        QVERIFY(picture.save(&buffer, "PNG"));
        m_facets->avatars.shown = u"one"_s;
        emit m_facets->avatars.changed(kEve);
        QTRY_VERIFY(isGreen());
        QCOMPARE(m_facets->avatars.fetched, 1);
        // What is no picture is asked for once, and the initial stays.
        m_facets->avatars.bytes = "<svg/>";
        m_facets->avatars.shown = u"two"_s;
        emit m_facets->avatars.changed(kEve);
        QTRY_COMPARE(m_facets->avatars.fetched, 2);
        QTRY_VERIFY(!isGreen());
        QCOMPARE(m_facets->avatars.fetched, 2);
    }

    void goesToADate()
    {
        Desk desk(*m_facets);
        // Ten days of messages at the server; here are the last.
        QList<chat::Message> all;
        for (int day = 0; day < 10; ++day)
            all.append(makeMessage(desk.here, 1 + day * 86'400, kEve.text(), u"day %1"_s.arg(day)));
        m_facets->history.server = all;
        desk.push({chat::MessageChanged{all.last()}});
        QTRY_VERIFY(desk.page().model()->rowOf(all.last().id) >= 0);
        desk.trigger(window::action::kDate);
        QPointer dialog = desk.program.mainWindow().findChild<DateDialog*>();
        QVERIFY(dialog);
        dialog->calendar()->setSelectedDate(QDateTime::fromMSecsSinceEpoch(all[4].timeMs).date());
        dialog->findChild<QDialogButtonBox*>()->buttons().first()->click();
        QTRY_VERIFY(!dialog);
        QTRY_VERIFY(desk.page().model()->rowOf(all[4].id) >= 0);
        QTRY_VERIFY(desk.page().timeline()->rowRect(desk.page().model()->rowOf(all[4].id)).isValid());
    }

private:
    std::unique_ptr<OwnMachine> m_machine;
    std::unique_ptr<Facets> m_facets;
};

} // namespace ridealong::tests

QTEST_MAIN(ridealong::tests::TestPeople)
#include "tst_people.moc"
