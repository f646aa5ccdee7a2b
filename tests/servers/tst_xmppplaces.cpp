// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/ejabberd.h"
#include "servers/needserver.h"
#include "servers/prosody.h"
#include "support/await.h"
#include "xmpp/invitation.h"
#include "xmpp/namespaces.h"
#include "xmpp/roomentry.h"
#include "xmpp/roomlist.h"
#include "xmpp/session.h"
#include "xmpp/xmppfiles.h"
#include "xmpp/xmpproomadmin.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::MemberRank;
using State = xmpp::RoomEntry::State;
using Why = xmpp::Departure::Why;

namespace {

const xmpp::Jid kOps = *xmpp::Jid::parse(u"ops@conference.chat.test");
const base::ConversationId kHere{base::AccountId(u"a"_s), u"ops"_s};
constexpr qint64 kServersLimit = 16 << 20; // as both are configured

const net::ProxySettings kDirect{.kind = net::ProxySettings::Kind::Direct};
constexpr int kPatienceMs = 60'000; // machines may be slow

template <typename T> bool fails(const base::Expected<T>& answer, ErrorKind kind) { return !answer && answer.error().kind == kind; }

/// One who is signed in, in #ops, and has all there is to files and places.
struct Client
{
    Client(const XmppServer& server, const QString& user, xmpp::FileAddresses addresses = xmpp::FileAddresses::Encrypted)
        : account(*xmpp::Jid::parse(user + u"@chat.test"_s)),
          session(xmpp::openStanzaChannel({.host = u"127.0.0.1"_s,
                                              .port = server.startTlsPort(),
                                              .security = net::Endpoint::Security::StartTls,
                                              .certificateName = u"chat.test"_s},
                      {.caFile = server.caFile()}, kDirect, clock),
              {.account = account, .resource = u"desk"_s, .password = u"pw-"_s + user, .stream = {}}, clock, random),
          files(outlet, std::make_shared<net::HttpClient>(clock, net::TlsSettings{.caFile = server.caFile()}, kDirect), clock, account, addresses),
          entry({kOps, user}, rooms, outlet, clock, random)
    {
        QObject::connect(&session, &xmpp::Session::received, &session, [this](const xmpp::Element& stanza) {
            if (const auto invitation = xmpp::readInvitation(stanza))
                invitations.append(*invitation);
            if (administration.handle(stanza) || entry.handle(stanza))
                return;
            for (const xmpp::RoomChange& change : rooms.handle(stanza))
                entry.handle(change);
        });
        QObject::connect(&session, &xmpp::Session::ended, &session, [](const base::Error& why) { qWarning("ended: %s", qPrintable(why.detail)); });
        QObject::connect(&session, &xmpp::Session::ready, &session, [this] {
            (void)session.send(xmpp::Element(u"presence", xmpp::ns::kClient)); // else no message reaches us
            services.begin();
        });
        QObject::connect(&services, &xmpp::Services::found, &services, [this](const xmpp::ServerServices& what) {
            found = what;
            files.setService(what.upload);
        });
    }
    bool isReady()
    {
        return QTest::qWaitFor([this] { return found.has_value(); }, kPatienceMs);
    }
    bool becomes(State state)
    {
        return QTest::qWaitFor([this, state] { return entry.state() == state; }, kPatienceMs);
    }
    bool enter()
    {
        entry.enter();
        return becomes(State::In);
    }
    base::UserId userOf(const QString& nick) const
    {
        for (const chat::Member& member : rooms.members(kOps))
            if (member.name == nick)
                return member.user;
        return {};
    }
    MemberRank rankOf(const base::UserId& user) const { return facet.ranks(kHere).value(user, MemberRank::Ordinary); }
    bool sees(const QString& nick)
    {
        return QTest::qWaitFor([&] { return !userOf(nick).isEmpty(); }, kPatienceMs);
    }
    base::Expected<chat::Attachment> wait(std::unique_ptr<chat::Transfer> transfer)
    {
        std::optional<base::Expected<chat::Attachment>> result;
        QObject::connect(transfer.get(), &chat::Transfer::ended, &session, [&result](const auto& with) { result = with; });
        (void)QTest::qWaitFor([&result] { return result.has_value(); }, kPatienceMs);
        return result.value_or(base::Error{ErrorKind::Timeout, {}, 0});
    }

    base::SystemClock clock;
    base::SystemRandom random;
    xmpp::Jid account;
    xmpp::Session session;
    xmpp::Outlet outlet{[this](const xmpp::Element& stanza) {
                            const auto sent = session.send(stanza);
                            return sent ? base::Status(base::Done()) : base::Status(sent.error());
                        },
        [this](const xmpp::Element& iq, xmpp::Requests::Handler handler) { session.request(iq, std::move(handler)); }};
    xmpp::Services services{outlet, account, clock};
    xmpp::RoomList list{outlet, clock};
    xmpp::XmppFiles files;
    xmpp::Rooms rooms{account};
    xmpp::RoomEntry entry;
    xmpp::RoomAdministration administration{outlet, clock, random};
    xmpp::XmppRoomAdmin facet{administration, rooms, account,
        {[](const base::ConversationId&) { return kOps; }, [this](const xmpp::Jid&) { return entry.features(); },
            [](const xmpp::Jid&) { return QString(); }}};
    std::optional<xmpp::ServerServices> found;
    QList<xmpp::Invitation> invitations;
};

} // namespace

/// Files and places, at real servers. Each function runs once for each of them.
class TestXmppPlaces : public QObject
{
    Q_OBJECT
private slots:
    void findsServicesAndRooms_data() { servers(); }
    void findsServicesAndRooms();
    void carriesFiles_data() { servers(); }
    void carriesFiles();
    void carriesFilesInPlainTextOnlyHere_data() { servers(); }
    void carriesFilesInPlainTextOnlyHere();
    void putsOutAndLetsIn_data() { servers(); }
    void putsOutAndLetsIn();
    void givesRanks_data() { servers(); }
    void givesRanks();
    void changesNickAndSubject_data() { servers(); }
    void changesNickAndSubject();
    void invites_data() { servers(); }
    void invites();
    void configuresAndDestroys_data() { servers(); }
    void configuresAndDestroys();

private:
    static void servers()
    {
        QTest::addColumn<bool>("isProsody");
        QTest::newRow("Prosody") << true;
        QTest::newRow("ejabberd") << false;
    }
    static bool isProsody() { return QByteArray(QTest::currentDataTag()) == "Prosody"; }
    std::unique_ptr<XmppServer> make(const XmppOptions& options = {}) const
    {
        if (isProsody())
            return std::make_unique<Prosody>(m_certificates, options);
        return std::make_unique<Ejabberd>(m_certificates, options);
    }
    /// With alice, who owns #ops, and bob.
    static bool furnish(XmppServer& server)
    {
        return server.addUser(u"alice"_s, u"pw-alice"_s) && server.addUser(u"bob"_s, u"pw-bob"_s)
            && server.makeRoom(u"ops"_s, {.title = u"Operations"_s, .owner = u"alice"_s}) && server.makeRoom(u"dev"_s);
    }
    static QByteArray write(const QString& path, const QByteArray& content)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? content : QByteArray();
    }
    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    Certificates m_certificates;
    QTemporaryDir m_folder;
};

#define BEGIN(server)                                                                                                                                \
    NEED(server);                                                                                                                                    \
    START(server);                                                                                                                                   \
    QVERIFY2(furnish(server), qPrintable((server).error()))

void TestXmppPlaces::findsServicesAndRooms()
{
    const auto server = make();
    BEGIN(*server);
    Client alice(*server, u"alice"_s);
    QVERIFY(alice.isReady());
    QCOMPARE(alice.found->rooms.toString(), QLatin1String(XmppServer::kRooms));
    QVERIFY(alice.found->upload);
    QCOMPARE(alice.found->upload->address.toString(), QLatin1String(XmppServer::kUploads));
    QCOMPARE(alice.found->upload->maxBytes, kServersLimit);
    QVERIFY(alice.found->carbons && alice.found->blocking && alice.found->archive);

    QVERIFY(alice.enter());
    const auto all = await(alice.list.list(alice.found->rooms, {}, 100));
    QVERIFY(all);
    QCOMPARE(all->size(), 2);
    const chat::RoomInfo& ops = all->first(); // the one with somebody in it
    QCOMPARE(ops.name, kOps.toString());
    QCOMPARE(ops.title, u"Operations"_s);
    QCOMPARE(ops.members, 1);
    QCOMPARE(await(alice.list.list(alice.found->rooms, u"oper"_s, 100)).valueOr({}).size(), 1);
    QCOMPARE(await(alice.list.list(alice.found->rooms, {}, 1)).valueOr({}).size(), 1);
}

void TestXmppPlaces::carriesFiles()
{
    const auto server = make();
    BEGIN(*server);
    Client alice(*server, u"alice"_s), bob(*server, u"bob"_s);
    QVERIFY(alice.isReady() && bob.isReady());
    QByteArray random(1 << 20, '\0');
    QRandomGenerator::global()->fillRange(reinterpret_cast<quint32*>(random.data()), random.size() / 4);
    const QString path = m_folder.filePath(u"up"_s), down = m_folder.filePath(u"down"_s);
    const QByteArray content = write(path, random);
    QCOMPARE(content.size(), 1 << 20);

    const auto sent = alice.wait(alice.files.upload(kHere, {.name = u"ä picture.png"_s, .mediaType = u"image/png"_s, .path = path}));
    QVERIFY2(sent, qPrintable(sent ? QString() : sent.error().detail));
    QCOMPARE(sent->bytes, 1 << 20);
    const auto fetched = alice.wait(alice.files.download(kHere, *sent, down));
    QVERIFY2(fetched, qPrintable(fetched ? QString() : fetched.error().detail));
    QVERIFY(read(down) == content);

    // The place is not at the domain's name here: only who was given one there goes there.
    QVERIFY(fails(bob.wait(bob.files.download(kHere, *sent, down)), ErrorKind::Denied));
    QVERIFY(!write(path, "small").isEmpty());
    QVERIFY(bob.wait(bob.files.upload(kHere, {.name = u"s"_s, .path = path})));
    const auto copied = bob.wait(bob.files.download(kHere, {.id = sent->id}, m_folder.filePath(u"copy"_s)));
    QVERIFY(copied && copied->bytes == 1 << 20);
    chat::Attachment missing = *sent;
    missing.id = base::FileId(QString(sent->id.text()).insert(sent->id.text().lastIndexOf(u'/'), u'x')); // the name at its end is only for people
    QVERIFY(fails(alice.wait(alice.files.download(kHere, missing, m_folder.filePath(u"no"_s))), ErrorKind::NotFound));

    QFile large(path);
    QVERIFY(large.resize(kServersLimit + 1));
    const chat::Attachment file{.name = u"large"_s, .path = path};
    QVERIFY(fails(alice.wait(alice.files.upload(kHere, file)), ErrorKind::Invalid));
    alice.files.setService(xmpp::UploadService{alice.found->upload->address, 0}); // and when the server has not said it
    const auto refused = alice.wait(alice.files.upload(kHere, file));
    QVERIFY(!refused && refused.error().kind == ErrorKind::Invalid);
    QVERIFY2(refused.error().detail.contains(QString::number(kServersLimit)), qPrintable(refused.error().detail));
    alice.files.setService(alice.found->upload);
    QVERIFY(large.resize(kServersLimit));
    QVERIFY(alice.wait(alice.files.upload(kHere, file)));
}

void TestXmppPlaces::carriesFilesInPlainTextOnlyHere()
{
    const auto server = make({.plainUpload = true});
    BEGIN(*server);
    const QString path = m_folder.filePath(u"plain"_s);
    QVERIFY(!write(path, "hello").isEmpty());
    for (const auto addresses : {xmpp::FileAddresses::Encrypted, xmpp::FileAddresses::PlainOnLoopback}) {
        Client alice(*server, u"alice"_s, addresses);
        QVERIFY(alice.isReady());
        const auto sent = alice.wait(alice.files.upload(kHere, {.name = u"a.txt"_s, .mediaType = u"text/plain"_s, .path = path}));
        QCOMPARE(bool(sent), addresses == xmpp::FileAddresses::PlainOnLoopback);
        if (sent) {
            QVERIFY(alice.wait(alice.files.download(kHere, *sent, m_folder.filePath(u"back"_s))));
            QCOMPARE(read(m_folder.filePath(u"back"_s)), QByteArray("hello"));
        }
    }
}

void TestXmppPlaces::putsOutAndLetsIn()
{
    const auto server = make();
    BEGIN(*server);
    Client alice(*server, u"alice"_s), bob(*server, u"bob"_s);
    QVERIFY(alice.isReady() && bob.isReady() && alice.enter() && bob.enter() && alice.sees(u"bob"_s) && bob.sees(u"alice"_s));
    QVERIFY(bob.facet.powersOver(kHere, bob.userOf(u"alice"_s)) == chat::MemberPowers());
    QVERIFY(fails(await(bob.facet.kick(kHere, bob.userOf(u"alice"_s), {})), ErrorKind::Denied));
    QVERIFY(fails(await(bob.facet.bans(kHere)), ErrorKind::Denied));

    QVERIFY(alice.facet.powersOver(kHere, alice.userOf(u"bob"_s)).kick);
    QVERIFY(await(alice.facet.kick(kHere, alice.userOf(u"bob"_s), u"too <loud>"_s)));
    QVERIFY(bob.becomes(State::Out));
    QVERIFY(bob.entry.departure() && bob.entry.departure()->why == Why::Kicked);
    QCOMPARE(bob.entry.departure()->reason, u"too <loud>"_s);
    QVERIFY(bob.enter() && alice.sees(u"bob"_s));

    QVERIFY(await(alice.facet.ban(kHere, alice.userOf(u"bob"_s), u"spam"_s)));
    QVERIFY(bob.becomes(State::Out));
    QVERIFY(bob.entry.departure() && bob.entry.departure()->why == Why::Banned);
    bob.entry.enter();
    QVERIFY(bob.becomes(State::Out));
    QVERIFY2(bob.entry.error().kind == ErrorKind::Denied, qPrintable(bob.entry.error().detail));
    const auto bans = await(alice.facet.bans(kHere));
    QVERIFY(bans && bans->size() == 1);
    QCOMPARE(bans->first().who, u"bob@chat.test"_s);
    QVERIFY(await(alice.facet.unban(kHere, bans->first().who)));
    const auto none = await(alice.facet.bans(kHere));
    QVERIFY(none && none->isEmpty());
    QVERIFY(bob.enter());
}

void TestXmppPlaces::givesRanks()
{
    const auto server = make();
    BEGIN(*server);
    Client alice(*server, u"alice"_s), bob(*server, u"bob"_s);
    QVERIFY(alice.isReady() && bob.isReady() && alice.enter() && bob.enter() && alice.sees(u"bob"_s));
    QVERIFY(alice.rankOf(alice.userOf(u"alice"_s)) == MemberRank::Owner);
    for (const MemberRank rank : {MemberRank::Visitor, MemberRank::Member, MemberRank::Moderator, MemberRank::Admin, MemberRank::Owner,
             MemberRank::Moderator, MemberRank::Admin, MemberRank::Visitor, MemberRank::Ordinary}) {
        QVERIFY(alice.facet.powersOver(kHere, alice.userOf(u"bob"_s)).ranks.contains(rank));
        const auto given = await(alice.facet.setRank(kHere, alice.userOf(u"bob"_s), rank, {}));
        QVERIFY2(given, qPrintable(given ? QString() : toString(rank) + given.error().detail));
        QTRY_VERIFY(alice.rankOf(alice.userOf(u"bob"_s)) == rank);
        QTRY_VERIFY(bob.rankOf(bob.userOf(u"bob"_s)) == rank);
    }
}

void TestXmppPlaces::changesNickAndSubject()
{
    const auto server = make();
    BEGIN(*server);
    Client alice(*server, u"alice"_s), bob(*server, u"bob"_s);
    QVERIFY(alice.isReady() && bob.isReady() && alice.enter() && bob.enter() && alice.sees(u"bob"_s));
    QVERIFY(await(alice.facet.setTopic(kHere, u"What is on <fire>"_s)));
    QTRY_COMPARE(bob.rooms.find(kOps)->topic, u"What is on <fire>"_s);
    QCOMPARE(alice.rooms.find(kOps)->topic, u"What is on <fire>"_s);
    QVERIFY(await(alice.facet.setTopic(kHere, {})));
    QTRY_COMPARE(bob.rooms.find(kOps)->topic, QString());
    // Prosody lets moderators alone change it, ejabberd everybody, and both say so.
    QTRY_VERIFY(bob.facet.powers(kHere).setTopic != isProsody());
    const auto bobs = await(bob.facet.setTopic(kHere, u"mine"_s));
    QCOMPARE(bool(bobs), bob.facet.powers(kHere).setTopic);
    QVERIFY(bobs || bobs.error().kind == ErrorKind::Denied);

    QVERIFY(await(alice.facet.setNick(kHere, u"Alice the Great"_s)));
    QTRY_VERIFY(bob.sees(u"Alice the Great"_s));
    QCOMPARE(alice.rooms.find(kOps)->nick, u"Alice the Great"_s);
    const auto taken = await(alice.facet.setNick(kHere, u"bob"_s));
    QVERIFY(!taken && taken.error().kind == ErrorKind::Denied);
    QCOMPARE(alice.rooms.find(kOps)->nick, u"Alice the Great"_s);
}

void TestXmppPlaces::invites()
{
    const auto server = make();
    BEGIN(*server);
    Client alice(*server, u"alice"_s), bob(*server, u"bob"_s);
    QVERIFY(alice.isReady() && bob.isReady() && alice.enter());
    QVERIFY(await(alice.administration.invite(kOps, bob.account, u"come <in>"_s)));
    QTRY_COMPARE(bob.invitations.size(), 1);
    QVERIFY(await(alice.facet.invite(kHere, u"bob"_s, u"again"_s)));
    QTRY_COMPARE(bob.invitations.size(), 2);
    for (const xmpp::Invitation& invitation : bob.invitations)
        QCOMPARE(invitation.room.toString(), kOps.toString());
    QVERIFY(!bob.invitations[0].direct && bob.invitations[1].direct);
    QCOMPARE(bob.invitations[0].reason, u"come <in>"_s);
    QVERIFY(!bob.invitations[0].by.isEmpty());
    QCOMPARE(bob.invitations[1].reason, u"again"_s);
    QCOMPARE(bob.invitations[1].by.toString(), u"alice@chat.test/desk"_s);
    QVERIFY(bob.enter());
}

void TestXmppPlaces::configuresAndDestroys()
{
    const auto server = make();
    BEGIN(*server);
    Client alice(*server, u"alice"_s), bob(*server, u"bob"_s);
    QVERIFY(alice.isReady() && bob.isReady() && alice.enter() && bob.enter());
    QVERIFY(fails(await(bob.administration.configuration(kOps)), ErrorKind::Denied));
    const auto form = await(alice.administration.configuration(kOps));
    QVERIFY(form && form->attribute(u"type") == "form"_L1);
    const auto field = [](QStringView name, const QString& value) {
        return xmpp::Element(u"field", xmpp::ns::kDataForm)
            .with(u"var", name.toString())
            .with(xmpp::Element(u"value", xmpp::ns::kDataForm).withText(value));
    };
    QVERIFY(await(alice.administration.configure(kOps,
        xmpp::Element(u"x", xmpp::ns::kDataForm)
            .with(u"type", u"submit"_s)
            .with(field(u"FORM_TYPE", u"http://jabber.org/protocol/muc#roomconfig"_s))
            .with(field(u"muc#roomconfig_roomname", u"Renamed"_s)))));
    QTRY_COMPARE(bob.entry.features().name, u"Renamed"_s);

    QVERIFY(fails(await(bob.administration.destroy(kOps, {}, {})), ErrorKind::Denied));
    QVERIFY(await(alice.administration.destroy(kOps, u"over"_s, *xmpp::Jid::parse(u"dev@conference.chat.test"))));
    QVERIFY(bob.becomes(State::Out));
    QVERIFY(bob.entry.departure() && bob.entry.departure()->why == Why::Destroyed);
    QCOMPARE(bob.entry.departure()->reason, u"over"_s);
    QCOMPARE(bob.entry.departure()->alternate.toString(), u"dev@conference.chat.test"_s);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppPlaces)
#include "tst_xmppplaces.moc"
