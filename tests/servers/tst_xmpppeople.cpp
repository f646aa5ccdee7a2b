// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/needserver.h"
#include "servers/ejabberd.h"
#include "servers/prosody.h"

#include "xmpp/avatars.h"
#include "xmpp/blocklist.h"
#include "xmpp/bookmarks.h"
#include "xmpp/capabilities.h"
#include "xmpp/displayedsync.h"
#include "xmpp/namespaces.h"
#include "xmpp/presences.h"
#include "xmpp/roster.h"
#include "xmpp/session.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using chat::Presence;
using xmpp::Element;
using xmpp::Jid;

namespace {

Jid jid(const QString& text) { return *Jid::parse(text); }
Jid addressOf(const QString& user) { return jid(user + "@chat.test"_L1); }

/// A client of somebody's on a real server, put together of all that this is about.
class Client
{
public:
    Client(const XmppServer& server, const QString& user, const QString& resource)
        : self(addressOf(user)),
          session(xmpp::openStanzaChannel({.host = u"127.0.0.1"_s,
                                              .port = server.startTlsPort(),
                                              .security = net::Endpoint::Security::StartTls,
                                              .certificateName = QString::fromLatin1(XmppServer::kDomain)},
                      {.caFile = server.caFile()}, {}, clock),
              {.account = self, .resource = resource, .password = u"pw-"_s + user}, clock, random)
    {
        QObject::connect(&session, &xmpp::Session::ready, &session, [this] { begin(); });
        QObject::connect(&session, &xmpp::Session::ended, &session, [this](const base::Error& why) { ended = why; });
        QObject::connect(&session, &xmpp::Session::received, &session, [this](const Element& stanza) { hear(stanza); });
        QObject::connect(&roster, &xmpp::Roster::fetched, &session, [this] { presences.begin(session.jid()); });
        for (const QStringView xmlns : {xmpp::ns::kDiscoInfo, xmpp::ns::kDiscoItems})
            session.serve(xmlns, [this](const Element& request) { capabilities.answer(request); });
        session.serve(xmpp::ns::kRoster, [this](const Element& request) { roster.answer(request); });
        session.serve(xmpp::ns::kBlocking, [this](const Element& request) { blocklist.answer(request); });
    }

    /// All that the server keeps is here, and it knows what we want to hear of: what it asked of us is answered.
    bool isThere() const
    {
        return ended ? false : roster.isFetched() && bookmarks.isFetched() && displayed.isFetched() && blocklist.isFetched() && isKnown;
    }
    /// How a request of the test's own ends.
    base::Status order(const Element& iq)
    {
        const xmpp::Asker asker(outlet);
        return finish(asker.order(iq));
    }
    template <typename T> base::Expected<T> finish(const base::Async<T>& question)
    {
        std::optional<base::Expected<T>> answer;
        QObject context;
        question.then(&context, [&answer](const base::Expected<T>& value) { answer = value; });
        (void)QTest::qWaitFor([&answer] { return answer.has_value(); }, 20'000);
        return answer.value_or(base::Error{base::ErrorKind::Timeout, {}, 0});
    }
    /// What was on its way to us before this is here.
    bool settle() { return bool(order(xmpp::makeRequest(u"get", Element(u"ping", xmpp::ns::kPing), jid(u"chat.test"_s)))); }

    base::SystemClock clock;
    base::SystemRandom random;
    Jid self;
    xmpp::Session session;
    xmpp::Outlet outlet{[this](const Element& stanza) {
                            const auto sent = session.send(stanza);
                            return sent ? base::Status(base::Done()) : base::Status(sent.error());
                        },
        [this](const Element& iq, xmpp::Requests::Handler handler) { session.request(iq, std::move(handler)); },
        [this](const Element& request, const Element& payload) { session.answer(request, payload); },
        [this](const Element& request, QStringView type, QStringView condition) { session.refuse(request, type, condition); }};
    xmpp::Capabilities capabilities{outlet};
    xmpp::Roster roster{outlet, self};
    std::function<bool(const Jid&)> isContact = [this](const Jid& bare) { return roster.find(bare) != nullptr; };
    xmpp::Presences presences{outlet, self, isContact};
    xmpp::Bookmarks bookmarks{outlet, self};
    xmpp::DisplayedSync displayed{outlet, self, clock};
    xmpp::Blocklist blocklist{outlet, self};
    xmpp::Avatars avatars{outlet, self, isContact};
    std::optional<base::Error> ended;
    QStringList bodies; ///< of messages
    bool isKnown = false;

private:
    void begin()
    {
        roster.begin();
        bookmarks.begin();
        displayed.begin();
        blocklist.begin();
    }
    void hear(const Element& stanza)
    {
        if (presences.handle(stanza)) {
            capabilities.handle(stanza);
            avatars.see(stanza);
            // The server has read our presence when it comes back to us.
            isKnown |= stanza.attribute(u"from") == session.jid().toString();
            return;
        }
        if (roster.handle(stanza) || bookmarks.handle(stanza) || displayed.handle(stanza) || avatars.handle(stanza))
            return;
        if (stanza.has(u"body", xmpp::ns::kClient))
            bodies << stanza.textOf(u"body", xmpp::ns::kClient);
    }
};

Element published(QStringView node, const QString& id, Element payload)
{
    Element item = Element(u"item", xmpp::ns::kPubSub).with(u"id", id).with(std::move(payload));
    Element publish = Element(u"publish", xmpp::ns::kPubSub).with(u"node", node.toString()).with(std::move(item));
    return xmpp::makeRequest(u"set", Element(u"pubsub", xmpp::ns::kPubSub).with(std::move(publish)));
}

} // namespace

/// People and own state against Prosody and ejabberd. Each function runs once for each of them.
class TestXmppPeople : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();

    void becomesAContact_data() { servers(); }
    void becomesAContact();
    void bookmarksReachTheOtherClient_data() { servers(); }
    void bookmarksReachTheOtherClient();
    void whatIsReadReachesTheOtherClient_data() { servers(); }
    void whatIsReadReachesTheOtherClient();
    void makesAnOpenNodePrivate_data() { servers(); }
    void makesAnOpenNodePrivate();
    void blocks_data() { servers(); }
    void blocks();
    void seesPictures_data() { servers(); }
    void seesPictures();
    void ignoresForgedChangesOfTheList_data() { servers(); }
    void ignoresForgedChangesOfTheList();

private:
    static void servers();
    static bool isProsody() { return QByteArray(QTest::currentDataTag()) == "Prosody"; }
    XmppServer& common() const { return isProsody() ? *m_prosody : *m_ejabberd; }
    /// A user of the test function's own.
    static QString user(const QString& name) { return name + u'-' + QString::fromLatin1(QTest::currentTestFunction()).toLower(); }
    std::unique_ptr<Client> enter(const QString& name, const QString& resource = u"desk"_s);
    /// Two who see each other.
    void befriend(Client& one, Client& other);

    std::unique_ptr<Certificates> m_certificates;
    std::unique_ptr<XmppServer> m_prosody;
    std::unique_ptr<XmppServer> m_ejabberd;
};

void TestXmppPeople::initTestCase()
{
    m_certificates = std::make_unique<Certificates>();
    QVERIFY2(m_certificates->areMade(), qPrintable(m_certificates->error()));
    m_prosody = std::make_unique<Prosody>(*m_certificates);
    m_ejabberd = std::make_unique<Ejabberd>(*m_certificates);
    for (XmppServer* each : {m_prosody.get(), m_ejabberd.get()})
        if (each->missing().isEmpty())
            START(*each);
}

void TestXmppPeople::cleanupTestCase()
{
    m_prosody.reset();
    m_ejabberd.reset();
}

void TestXmppPeople::servers()
{
    QTest::addColumn<bool>("isProsody");
    QTest::newRow("Prosody") << true;
    QTest::newRow("ejabberd") << false;
}

std::unique_ptr<Client> TestXmppPeople::enter(const QString& name, const QString& resource)
{
    (void)common().addUser(user(name), u"pw-"_s + user(name)); // a second client finds it there
    auto client = std::make_unique<Client>(common(), user(name), resource);
    const bool isThere = QTest::qWaitFor([&client] { return client->isThere() || client->ended; }, 20'000) && client->isThere();
    if (!isThere)
        QTest::qFail(qPrintable(u"did not get in: "_s + client->ended.value_or(base::Error()).detail), __FILE__, __LINE__);
    (void)client->settle();
    return client;
}

void TestXmppPeople::befriend(Client& one, Client& other)
{
    for (const auto& [asks, asked] : {std::pair(&one, &other), std::pair(&other, &one)}) {
        QVERIFY(asks->finish(asks->roster.set(asked->self, u"Friend"_s)));
        QVERIFY(asks->roster.subscribe(asked->self));
        QTRY_COMPARE(asked->roster.requests().size(), 1);
        QVERIFY(asked->roster.accept(asks->self));
        QTRY_VERIFY(asks->roster.find(asked->self) && asks->roster.find(asked->self)->isSeen());
    }
}

void TestXmppPeople::becomesAContact()
{
    NEED(common());
    const auto ana = enter(u"ana"_s), bob = enter(u"bob"_s), phone = enter(u"ana"_s, u"phone"_s);
    QVERIFY(ana->finish(ana->roster.set(bob->self, u"Bob"_s, {u"Ops & more"_s})));
    QTRY_VERIFY(ana->roster.find(bob->self) && phone->roster.find(bob->self)); // both are told
    QCOMPARE(phone->roster.find(bob->self)->groups, QStringList({u"Ops & more"_s}));
    QVERIFY(ana->roster.subscribe(bob->self, u"It is me"_s));
    QTRY_COMPARE(bob->roster.requests().size(), 1);
    QCOMPARE(bob->roster.requests()[0].from, ana->self);
    QCOMPARE(bob->roster.requests()[0].text, u"It is me"_s);
    QTRY_VERIFY(ana->roster.find(bob->self)->isAsked);
    QVERIFY(bob->roster.accept(ana->self));
    QTRY_VERIFY(ana->presences.presence(bob->self) == Presence::Online);
    QVERIFY(ana->roster.find(bob->self)->isSeen() && !ana->roster.find(bob->self)->isAsked);
    QVERIFY(bob->presences.presence(ana->self) == Presence::Offline);
    QVERIFY(bob->roster.find(ana->self) && bob->roster.find(ana->self)->seesUs());

    const Jid client = bob->session.jid();
    QTRY_COMPARE(ana->capabilities.speaks(client, xmpp::ns::kFrames), std::optional(true)); // our own hash, checked as others do
    QCOMPARE(ana->capabilities.speaks(client, u"urn:other"), std::optional(false));
    bob->presences.setAway(u"lunch"_s);
    QTRY_VERIFY(ana->presences.presence(bob->self) == Presence::Away);
    QCOMPARE(ana->presences.status(bob->self), u"lunch"_s);
    bob->presences.setAway({});
    QTRY_VERIFY(ana->presences.presence(bob->self) == Presence::Online);
    QVERIFY(ana->finish(ana->roster.set(bob->self, u"Robert"_s)));
    QTRY_COMPARE(phone->roster.find(bob->self)->name, u"Robert"_s);
    QVERIFY(ana->roster.find(bob->self)->isSeen()); // a name changes nothing else
    bob->session.quit();
    QTRY_VERIFY(ana->presences.presence(bob->self) == Presence::Offline);
    QVERIFY(ana->finish(ana->roster.remove(bob->self)));
    QTRY_VERIFY(!ana->roster.find(bob->self) && !phone->roster.find(bob->self));
}

void TestXmppPeople::bookmarksReachTheOtherClient()
{
    NEED(common());
    const auto desk = enter(u"ana"_s), phone = enter(u"ana"_s, u"phone"_s);
    const Jid ops = jid(u"ops@conference.chat.test"_s);
    const xmpp::Bookmark wanted{.room = ops, .name = u"Deploys & \"more\""_s, .nick = u"Ana"_s, .password = u"s3same"_s, .autojoin = true};
    QVERIFY(desk->finish(desk->bookmarks.set(wanted)));
    QTRY_VERIFY(phone->bookmarks.find(ops));
    QVERIFY(*phone->bookmarks.find(ops) == wanted);
    QVERIFY(*desk->bookmarks.find(ops) == wanted);

    // Another client has its own notes in it, and they outlive a change of ours.
    Element extensions = Element(u"extensions", xmpp::ns::kBookmarks).with(Element(u"notify", u"urn:other").withText(u"always"_s));
    Element conference = Element(u"conference", xmpp::ns::kBookmarks).with(u"autojoin", u"true"_s).with(std::move(extensions));
    QVERIFY(phone->order(published(xmpp::ns::kBookmarks, ops.toString(), std::move(conference))));
    QTRY_VERIFY(desk->bookmarks.find(ops)->extensions.has(u"notify", u"urn:other"));
    QVERIFY(desk->finish(desk->bookmarks.set({.room = ops, .name = u"Ops"_s})));
    const auto later = enter(u"ana"_s, u"tablet"_s);
    QVERIFY(later->bookmarks.find(ops));
    QCOMPARE(later->bookmarks.find(ops)->name, u"Ops"_s);
    QVERIFY(!later->bookmarks.find(ops)->autojoin);
    QVERIFY(later->bookmarks.find(ops)->extensions.has(u"notify", u"urn:other"));

    QVERIFY(phone->finish(phone->bookmarks.remove(ops)));
    QTRY_VERIFY(!desk->bookmarks.find(ops) && !later->bookmarks.find(ops));
}

void TestXmppPeople::whatIsReadReachesTheOtherClient()
{
    NEED(common());
    const auto desk = enter(u"ana"_s), phone = enter(u"ana"_s, u"phone"_s);
    const Jid bob = addressOf(u"bob"_s), ops = jid(u"ops@conference.chat.test"_s);
    for (const QString& id : {u"1"_s, u"2"_s, u"3"_s})
        desk->displayed.display({bob, desk->self, id});
    desk->displayed.display({ops, ops, u"a-b"_s});
    QTRY_VERIFY(phone->displayed.find(bob) && phone->displayed.find(ops));
    QTRY_COMPARE(phone->displayed.find(bob)->archiveId, u"3"_s);
    QVERIFY(phone->displayed.find(ops)->by == ops);
    phone->displayed.display({bob, phone->self, u"4"_s});
    QTRY_COMPARE(desk->displayed.find(bob)->archiveId, u"4"_s);
    const auto later = enter(u"ana"_s, u"tablet"_s);
    QCOMPARE(later->displayed.all().size(), 2);
    QCOMPARE(later->displayed.find(bob)->archiveId, u"4"_s);
}

void TestXmppPeople::makesAnOpenNodePrivate()
{
    NEED(common());
    const auto ana = enter(u"ana"_s), bob = enter(u"bob"_s);
    befriend(*ana, *bob);
    // Made by a client that knows no options: everybody who sees her presence may look.
    QVERIFY(ana->order(published(xmpp::ns::kDisplayed, u"x@chat.test"_s, Element(u"displayed", xmpp::ns::kDisplayed))));
    const xmpp::Pep pep(bob->outlet);
    std::optional<base::Expected<QList<xmpp::PepItem>>> seen;
    const auto look = [&] {
        seen.reset();
        pep.fetch(xmpp::ns::kDisplayed, ana->self, u"x@chat.test"_s, [&seen](const auto& items) { seen = items; });
    };
    look();
    QTRY_VERIFY(seen);
    QVERIFY(*seen && seen->value().size() == 1);
    ana->displayed.display({bob->self, ana->self, u"7"_s});
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            look();
            return QTest::qWaitFor([&seen] { return seen.has_value(); }) && (!*seen || seen->value().isEmpty());
        }(),
        10'000);
    const auto later = enter(u"ana"_s, u"tablet"_s);
    QVERIFY(later->displayed.find(bob->self));
    QCOMPARE(later->displayed.find(bob->self)->archiveId, u"7"_s);
}

void TestXmppPeople::blocks()
{
    NEED(common());
    const auto ana = enter(u"ana"_s), phone = enter(u"ana"_s, u"phone"_s), bob = enter(u"bob"_s);
    const auto say = [&](const QString& text) {
        (void)bob->session.send(Element(u"message", xmpp::ns::kClient)
                                    .with(u"type", u"chat"_s)
                                    .with(u"to", ana->session.jid().toString())
                                    .with(Element(u"body", xmpp::ns::kClient).withText(text)));
    };
    say(u"one"_s);
    QTRY_COMPARE(ana->bodies, QStringList({u"one"_s}));
    QVERIFY(ana->finish(ana->blocklist.block({bob->self})));
    QTRY_VERIFY(ana->blocklist.isBlocked(bob->session.jid()) && phone->blocklist.isBlocked(bob->self));
    say(u"two"_s);
    QVERIFY(bob->settle());
    const auto later = enter(u"ana"_s, u"tablet"_s);
    QVERIFY(later->blocklist.isBlocked(bob->self));
    QVERIFY(phone->finish(phone->blocklist.unblock({bob->self})));
    QTRY_VERIFY(!ana->blocklist.isBlocked(bob->self));
    say(u"three"_s);
    QTRY_COMPARE(ana->bodies, QStringList({u"one"_s, u"three"_s}));
}

void TestXmppPeople::seesPictures()
{
    NEED(common());
    const auto ana = enter(u"ana"_s), bob = enter(u"bob"_s);
    befriend(*ana, *bob);
    const QByteArray picture = "\x89PNG\r\n\x1a\n of bob";
    const QString id = QString::fromLatin1(QCryptographicHash::hash(picture, QCryptographicHash::Sha1).toHex());
    Element data = Element(u"data", xmpp::ns::kAvatarData).withText(QString::fromLatin1(picture.toBase64()));
    QVERIFY(bob->order(published(xmpp::ns::kAvatarData, id, std::move(data))));
    Element info
        = Element(u"info", xmpp::ns::kAvatarMetadata).with(u"id", id).with(u"bytes", QString::number(picture.size())).with(u"type", u"image/png"_s);
    QVERIFY(bob->order(published(xmpp::ns::kAvatarMetadata, id, Element(u"metadata", xmpp::ns::kAvatarMetadata).with(std::move(info)))));
    QTRY_COMPARE(ana->avatars.hash(bob->self), id);
    const auto bytes = ana->finish(ana->avatars.fetch(bob->self));
    QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().detail));
    QCOMPARE(*bytes, picture);
    const auto later = enter(u"ana"_s, u"tablet"_s); // told on arrival
    QTRY_COMPARE(later->avatars.hash(bob->self), id);
}

void TestXmppPeople::ignoresForgedChangesOfTheList()
{
    NEED(common());
    const auto ana = enter(u"ana"_s), eve = enter(u"eve"_s);
    Element item = Element(u"item", xmpp::ns::kRoster).with(u"jid", eve->self.toString()).with(u"subscription", u"both"_s);
    const auto forged = eve->order(xmpp::makeRequest(u"set", Element(u"query", xmpp::ns::kRoster).with(std::move(item)), ana->session.jid()));
    QVERIFY(!forged);
    QVERIFY(ana->settle());
    QVERIFY(ana->roster.contacts().isEmpty());
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppPeople)
#include "tst_xmpppeople.moc"
