// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "outletdialogue.h"

#include "xmpp/services.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using xmpp::Element;
using xmpp::EntityInfo;
using xmpp::Jid;
using xmpp::ServerServices;
using xmpp::Services;

namespace {

const QByteArray kRoomService = "<identity category='conference' type='text' name='Rooms'/><feature var='http://jabber.org/protocol/muc'/>";
const QByteArray kUploadService
    = "<identity category='store' type='file' name='Files'/><feature var='urn:xmpp:http:upload:0'/>"
      "<x xmlns='jabber:x:data' type='result'><field type='hidden' var='FORM_TYPE'><value>urn:xmpp:http:upload:0</value></field>"
      "<field type='text-single' var='max-file-size'><value>10485760</value></field></x>";

/// The question what a server has, and what came of it.
struct Question : OutletDialogue
{
    Services services{outlet, xmpp.settings.account, xmpp.clock};
    QList<ServerServices> found;
    Element domain, account, list; ///< the questions

    Question()
    {
        QObject::connect(&services, &Services::found, &services, [this](const ServerServices& what) { found.append(what); });
    }
    void begin()
    {
        services.begin();
        domain = expectRequest("get", "chat.test", info({}));
        account = expectRequest("get", "ana@chat.test", info({}));
        list = expectRequest("get", "chat.test", items({}));
    }
    /// The server has told all of itself, and lists these; the questions to them.
    QList<Element> giveItems(const QByteArrayList& jids)
    {
        answer(domain, info("<identity category='server' type='im' name='Server'/>" + features({"urn:xmpp:carbons:2", "urn:xmpp:blocking"})));
        answer(account, info(features({"urn:xmpp:mam:2", "urn:xmpp:mam:2#extended"})));
        QByteArray all;
        for (const QByteArray& jid : jids)
            all += "<item jid='" + jid + "'/>";
        answer(list, items(all));
        QList<Element> questions;
        for (const QByteArray& jid : jids)
            questions.append(expectRequest("get", jid, info({})));
        return questions;
    }
};

} // namespace

class TestXmppServices : public QObject
{
    Q_OBJECT
private slots:
    void findsWhatTheServerHas();
    void takesTheFirstOfAKind();
    void takesNoRoomServiceWithoutRooms_data();
    void takesNoRoomServiceWithoutRooms();
    void readsTheLimitOfFiles_data();
    void readsTheLimitOfFiles();
    void tellsOnceAStream();
    void asksOnlyServices();
    void asksOnlySoMany();
    void waitsForNobodyForEver();
    void goesOnWhenSomethingIsRefused();
    void saysNothingOfAStreamThatBroke();
    void readsOnlySoMuch();
};

void TestXmppServices::findsWhatTheServerHas()
{
    Question q;
    q.begin();
    const auto asked = q.giveItems({"pubsub.chat.test", "conference.chat.test", "upload.chat.test"});
    q.answer(asked[2], Question::info(kUploadService));
    q.answer(asked[0], Question::info("<identity category='pubsub' type='service'/>"));
    QVERIFY(q.found.isEmpty());
    q.answer(asked[1], Question::info(kRoomService));
    QCOMPARE(q.found.size(), 1);
    const ServerServices& has = q.found.first();
    QCOMPARE(has.rooms.toString(), u"conference.chat.test"_s);
    QVERIFY(has.upload);
    QCOMPARE(has.upload->address.toString(), u"upload.chat.test"_s);
    QCOMPARE(has.upload->maxBytes, 10'485'760);
    QVERIFY(has.carbons && has.blocking && has.archive && has.extendedArchive);
    QVERIFY(has.serverFeatures.contains(u"urn:xmpp:blocking"_s) && !has.serverFeatures.contains(u"urn:xmpp:mam:2"_s));
    QVERIFY(has.accountFeatures.contains(u"urn:xmpp:mam:2"_s));
    QVERIFY(q.services.services() == has);
}

void TestXmppServices::takesTheFirstOfAKind()
{
    Question q;
    q.begin();
    const auto asked = q.giveItems({"rooms.chat.test", "other.chat.test", "up.chat.test", "up2.chat.test"});
    for (const int at : {1, 0})
        q.answer(asked[at], Question::info(kRoomService));
    for (const int at : {3, 2})
        q.answer(asked[at], Question::info(kUploadService));
    QCOMPARE(q.found.size(), 1);
    QCOMPARE(q.found.first().rooms.toString(), u"rooms.chat.test"_s); // by the server's order, not by that of the answers
    QCOMPARE(q.found.first().upload->address.toString(), u"up.chat.test"_s);
}

void TestXmppServices::takesNoRoomServiceWithoutRooms_data()
{
    QTest::addColumn<QByteArray>("info");
    QTest::newRow("a gateway") << QByteArray("<identity category='conference' type='irc'/><feature var='http://jabber.org/protocol/muc'/>");
    QTest::newRow("without the feature") << QByteArray("<identity category='conference' type='text'/>");
    QTest::newRow("without the identity") << QByteArray("<feature var='http://jabber.org/protocol/muc'/>");
    QTest::newRow("nothing") << QByteArray();
}

void TestXmppServices::takesNoRoomServiceWithoutRooms()
{
    QFETCH(QByteArray, info);
    Question q;
    q.begin();
    q.answer(q.giveItems({"irc.chat.test"}).first(), Question::info(info));
    QCOMPARE(q.found.size(), 1);
    QVERIFY(q.found.first().rooms.isEmpty());
    QVERIFY(!q.found.first().upload);
}

void TestXmppServices::readsTheLimitOfFiles_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("a number") << QByteArray("1") << qint64(1);
    QTest::newRow("zero: not said") << QByteArray("0") << qint64(0);
    QTest::newRow("below") << QByteArray("-1") << qint64(0);
    QTest::newRow("no number") << QByteArray("lots") << qint64(0);
    QTest::newRow("more than there is") << QByteArray("99999999999999999999") << qint64(0);
}

void TestXmppServices::readsTheLimitOfFiles()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, bytes);
    Question q;
    q.begin();
    q.answer(q.giveItems({"upload.chat.test"}).first(), Question::info(QByteArray(kUploadService).replace("10485760", value)));
    QCOMPARE(q.found.size(), 1);
    QCOMPARE(q.found.first().upload->maxBytes, bytes);
}

void TestXmppServices::tellsOnceAStream()
{
    Question q;
    q.begin();
    (void)q.giveItems({});
    QCOMPARE(q.found.size(), 1);
    q.xmpp.clock.advance(Services::kPatience);
    QCOMPARE(q.found.size(), 1);
    q.begin();
    (void)q.giveItems({});
    QCOMPARE(q.found.size(), 2);
}

void TestXmppServices::asksOnlyServices()
{
    Question q;
    q.begin();
    q.answer(q.domain, Question::info({}));
    q.answer(q.account, Question::info({}));
    q.answer(q.list,
        Question::items("<item jid='chat.test'/><item jid='ben@chat.test'/><item jid='chat.test/x'/><item jid='chat.test' node='announce'/>"
                        "<item jid='@'/><item/><item jid='a.test'/><item jid='a.test'/>"));
    q.answer(q.expectRequest("get", "a.test", Question::info({})), Question::info({}));
    QCOMPARE(q.found.size(), 1);
    q.expectNothing();
}

void TestXmppServices::asksOnlySoMany()
{
    for (const int count : {0, int(Services::kMaxItems), int(Services::kMaxItems) + 1}) {
        Question q;
        q.begin();
        q.answer(q.domain, Question::info({}));
        q.answer(q.account, Question::info({}));
        QByteArray all;
        for (int i = 0; i < count; ++i)
            all += "<item jid='s" + QByteArray::number(i) + ".test'/>";
        q.answer(q.list, Question::items(all));
        for (int i = 0; i < std::min(count, int(Services::kMaxItems)); ++i)
            q.answer(q.next(), Question::info({}));
        QCOMPARE(q.found.size(), 1);
        q.expectNothing();
    }
}

void TestXmppServices::waitsForNobodyForEver()
{
    Question q;
    q.begin();
    const auto asked = q.giveItems({"dead.chat.test", "conference.chat.test"});
    q.answer(asked[1], Question::info(kRoomService));
    q.xmpp.clock.advance(Services::kPatience - 1ms);
    QVERIFY(q.found.isEmpty());
    q.xmpp.clock.advance(1ms);
    QCOMPARE(q.found.size(), 1);
    QCOMPARE(q.found.first().rooms.toString(), u"conference.chat.test"_s);
    q.answer(asked[0], Question::info(kUploadService)); // too late
    QCOMPARE(q.found.size(), 1);
    QVERIFY(!q.services.services().upload);
}

void TestXmppServices::goesOnWhenSomethingIsRefused()
{
    Question q;
    q.begin();
    q.refuse(q.domain, "service-unavailable");
    q.refuse(q.account, "service-unavailable");
    q.answer(q.list, Question::items("<item jid='conference.chat.test'/><item jid='gone.chat.test'/>"));
    q.answer(q.next(), Question::info(kRoomService));
    q.refuse(q.next(), "remote-server-not-found");
    QCOMPARE(q.found.size(), 1);
    QCOMPARE(q.found.first().rooms.toString(), u"conference.chat.test"_s);
    QVERIFY(!q.found.first().carbons && !q.found.first().archive);
}

void TestXmppServices::saysNothingOfAStreamThatBroke()
{
    Question q;
    q.begin();
    (void)q.giveItems({"conference.chat.test"});
    q.xmpp.server.hangUp();
    q.xmpp.clock.advance(Services::kPatience);
    QVERIFY(q.found.isEmpty());
}

void TestXmppServices::readsOnlySoMuch()
{
    const auto read
        = [](const QByteArray& content) { return *xmpp::readEntityInfo(ScriptedStream::read("<iq>" + Question::info(content) + "</iq>")); };
    for (const qsizetype over : {0, 1}) {
        QByteArrayList names;
        for (qsizetype i = 0; i < EntityInfo::kMaxFeatures + over; ++i)
            names += "f" + QByteArray::number(i);
        QCOMPARE(read(Question::features(names)).features.size(), EntityInfo::kMaxFeatures);
        QCOMPARE(read(Question::features({QByteArray(EntityInfo::kMaxNameChars + over, 'x')})).features.size(), 1 - over);
        const QByteArray identity = "<identity category='c' type='t'/>";
        QCOMPARE(read(identity.repeated(EntityInfo::kMaxIdentities + over)).identities.size(), EntityInfo::kMaxIdentities);
    }
    QVERIFY(!xmpp::readEntityInfo(ScriptedStream::read("<iq/>")));
    QVERIFY(!xmpp::readEntityItems(ScriptedStream::read("<iq/>"), 10));
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppServices)
#include "tst_xmppservices.moc"
