// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What XMPP has besides the contract: an account at a real server, and at the other end a client that is written stanza by stanza.
#include "chat/avatars.h"
#include "servers/ejabberd.h"
#include "servers/needserver.h"
#include "servers/prosody.h"
#include "servers/rawxmpp.h"
#include "xmppfixture.h"

#include <QCryptographicHash>

namespace ridealong::tests {

using namespace Qt::StringLiterals;

class TestXmppBesides : public QObject
{
    Q_OBJECT
private slots:
    void tellsContactsWhatWasReadWhereTheyWantToKnow_data() { addServers(); }
    void tellsContactsWhatWasReadWhereTheyWantToKnow();
    void getsThePicturesOfContacts_data() { addServers(); }
    void getsThePicturesOfContacts();
    void hearsNothingThatCanWaitWhileNobodyLooks();
    void goesInWithThePasswordOfAnInvitation_data() { addServers(); }
    void goesInWithThePasswordOfAnInvitation();

private:
    static constexpr int kPatienceMs = 60'000;
    static void addServers()
    {
        QTest::addColumn<bool>("isProsody");
        QTest::newRow("Prosody") << true;
        QTest::newRow("ejabberd") << false;
    }
    /// Ana's account, and Bob's raw client, who may see when Ana is here.
    struct Meeting
    {
        explicit Meeting(bool isProsody)
        {
            if (isProsody) {
                auto made = std::make_unique<XmppFixture<Prosody>>(XmppOptions());
                server = &made->server;
                fixture = std::move(made);
            } else {
                auto made = std::make_unique<XmppFixture<Ejabberd>>(XmppOptions());
                server = &made->server;
                fixture = std::move(made);
            }
        }
        void signIn()
        {
            ana = std::make_unique<ContractClient>(*fixture, u"ana"_s);
            QTRY_VERIFY_WITH_TIMEOUT(ana->isConnected(), kPatienceMs);
            QVERIFY2(bob.signIn(server->startTlsPort(), server->caFile(), "bob", "xmpp-secret"), qPrintable(bob.error()));
        }
        void befriend()
        {
            bob.say("<presence/><presence type='subscribe' to='ana@chat.test'/>");
            chat::ContactFacet* contacts = ana->backend->facets().contacts;
            QTRY_VERIFY_WITH_TIMEOUT(!contacts->requests().isEmpty(), kPatienceMs);
            QVERIFY(await(contacts->accept(kBob)));
            QVERIFY2(!bob.expect("type='subscribe'").isEmpty() || !bob.expect("subscribe").isEmpty(), qPrintable(bob.error()));
            bob.say("<presence type='subscribed' to='ana@chat.test'/>");
            // Each sees the other: by then the server knows what Ana wants to hear of Bob.
            const auto isSeen = [this] {
                return std::any_of(ana->members.cbegin(), ana->members.cend(), [this](const QList<chat::Member>& there) {
                    return there.size() == 1 && there.first().user == kBob && there.first().presence == chat::Presence::Online;
                });
            };
            QTRY_VERIFY_WITH_TIMEOUT(isSeen(), kPatienceMs);
        }
        const base::UserId kBob{u"bob@chat.test"_s};
        XmppServer* server = nullptr;
        std::unique_ptr<ContractFixture> fixture;
        std::unique_ptr<ContractClient> ana;
        RawXmpp bob;
    };
};

void TestXmppBesides::tellsContactsWhatWasReadWhereTheyWantToKnow()
{
    QFETCH(bool, isProsody);
    Meeting m(isProsody);
    NEED(*m.fixture);
    START(*m.fixture);
    m.signIn();
    m.befriend();
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY_WITH_TIMEOUT(m.ana->backend->facets().reads, kPatienceMs);
    m.bob.say("<message to='ana@chat.test' type='chat' id='m1'><body>no marker, please</body></message>"
              "<message to='ana@chat.test' type='chat' id='m2'><body>read this</body><markable xmlns='urn:xmpp:chat-markers:0'/></message>");
    QTRY_COMPARE_WITH_TIMEOUT(m.ana->count(u"read this"_s), 1, kPatienceMs);
    for (const chat::Message& message : m.ana->byOrder())
        if (!message.system)
            m.ana->backend->facets().reads->markRead(message.conversation, {}, message.order);
    const QByteArray marker = m.bob.expect("urn:xmpp:chat-markers:0");
    QVERIFY2(marker.contains("<displayed") && marker.contains("m2"), marker.constData());
}

void TestXmppBesides::getsThePicturesOfContacts()
{
    QFETCH(bool, isProsody);
    Meeting m(isProsody);
    NEED(*m.fixture);
    START(*m.fixture);
    m.signIn();
    if (QTest::currentTestFailed())
        return;
    chat::AvatarFacet* avatars = m.ana->backend->facets().avatars;
    QCOMPARE(avatars->hash(m.kBob), QString());
    const QByteArray picture = QByteArray("\x89PNG\r\n\x1a\n", 8) + QByteArray(3000, 'x');
    const QByteArray hash = QCryptographicHash::hash(picture, QCryptographicHash::Sha1).toHex();
    m.bob.say("<iq type='set' id='p1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:avatar:data'><item id='" + hash
        + "'><data xmlns='urn:xmpp:avatar:data'>" + picture.toBase64() + "</data></item></publish></pubsub></iq>");
    QVERIFY2(m.bob.expect("p1").contains("result"), qPrintable(m.bob.error()));
    m.bob.say("<iq type='set' id='p2'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:avatar:metadata'><item id='" + hash
        + "'><metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='" + QByteArray::number(picture.size()) + "' id='" + hash
        + "' type='image/png'/></metadata></item></publish></pubsub></iq>");
    QVERIFY2(m.bob.expect("p2").contains("result"), qPrintable(m.bob.error()));
    QCOMPARE(avatars->hash(m.kBob), QString()); // he is a stranger
    m.befriend();
    if (QTest::currentTestFailed())
        return;
    // Told to whoever arrives. (Who is there already hears of it on Prosody at once, on ejabberd only when presences go to and fro again.)
    m.ana = std::make_unique<ContractClient>(*m.fixture, u"ana"_s);
    avatars = m.ana->backend->facets().avatars;
    QTRY_COMPARE_WITH_TIMEOUT(avatars->hash(m.kBob).toUtf8(), hash, kPatienceMs);
    QCOMPARE(await(avatars->fetch(m.kBob)).valueOr({}), picture);
    QVERIFY(await(avatars->fetch(base::UserId(u"cleo@chat.test"_s))).error().kind == base::ErrorKind::NotFound);
}

/// Prosody holds states of typing back then; Debian's ejabberd is asked for nothing of the kind.
void TestXmppBesides::hearsNothingThatCanWaitWhileNobodyLooks()
{
    Meeting m(true);
    NEED(*m.fixture);
    START(*m.fixture);
    m.signIn();
    m.befriend();
    if (QTest::currentTestFailed())
        return;
    m.bob.say("<message to='ana@chat.test' type='chat' id='m1'><body>hello</body></message>");
    QTRY_COMPARE_WITH_TIMEOUT(m.ana->count(u"hello"_s), 1, kPatienceMs);
    m.ana->backend->setAttended(false);
    // Each asked again and again: what Ana asked or was answered a moment ago the server takes for life, and it need not have heard yet that
    // she looks again. What was held back comes late, with its time, and is no news then.
    const auto state = [](const QByteArray& name) {
        return "<message to='ana@chat.test' type='chat'><" + name + " xmlns='http://jabber.org/protocol/chatstates'/></message>";
    };
    const auto isTold = [&]() -> std::optional<bool> {
        m.ana->typings.clear();
        m.bob.say(state("paused") + state("composing") + "<iq type='get' id='ping' to='chat.test'><ping xmlns='urn:xmpp:ping'/></iq>");
        if (m.bob.expect("ping").isEmpty())
            return std::nullopt;
        return QTest::qWaitFor([&] { return !m.ana->typings.isEmpty(); }, 1000);
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTold() == false, kPatienceMs);
    m.ana->backend->setAttended(true);
    QTRY_VERIFY_WITH_TIMEOUT(isTold() == true, kPatienceMs);
}

void TestXmppBesides::goesInWithThePasswordOfAnInvitation()
{
    QFETCH(bool, isProsody);
    Meeting m(isProsody);
    NEED(*m.fixture);
    START(*m.fixture);
    QVERIFY2(m.server->makeRoom(u"closed"_s, {.password = u"open sesame"_s}), qPrintable(m.server->error()));
    m.signIn();
    m.befriend();
    if (QTest::currentTestFailed())
        return;
    const QString room = u"closed@"_s + QLatin1String(XmppServer::kRooms);
    QVERIFY(await(m.ana->backend->facets().rooms->join(room)).error().kind == base::ErrorKind::Auth);
    m.bob.say("<message to='ana@chat.test'><x xmlns='jabber:x:conference' jid='" + room.toUtf8() + "' password='open sesame'/></message>");
    const auto isTold = [&] {
        return std::any_of(m.ana->messages.cbegin(), m.ana->messages.cend(), [&](const chat::Message& message) {
            return message.system && message.text.contains(room) && message.conversation.key() == "bob@chat.test"_L1;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTold(), kPatienceMs);
    const auto joined = await(m.ana->backend->facets().rooms->join(room));
    QVERIFY2(joined, joined ? "" : qPrintable(base::toString(joined.error().kind) + u": "_s + joined.error().detail));
    QCOMPARE(joined->key(), room);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppBesides)
#include "tst_xmppbesides.moc"
