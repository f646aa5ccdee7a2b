// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/needserver.h"
#include "servers/ejabberd.h"
#include "servers/prosody.h"
#include "servers/rawxmpp.h"
#include "servers/waituntil.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <csignal>

using namespace ridealong::tests;

namespace {

constexpr char kRoom[] = "ops@conference.chat.test";

/// The stanza with one kind of quotes, whichever the server writes.
QByteArray singleQuoted(QByteArray stanza) { return stanza.replace('"', '\''); }

/// All that the archive has: of a room, or of the user itself.
QByteArrayList archived(RawXmpp& xmpp, const QByteArray& room = {})
{
    const QByteArray to = room.isEmpty() ? QByteArray() : " to='" + room + "'";
    xmpp.take();
    xmpp.say("<iq type='set' id='look'" + to + "><query xmlns='urn:xmpp:mam:2' queryid='q'/></iq>");
    QByteArrayList found;
    for (QByteArray next = xmpp.expect("urn:xmpp:mam:2"); !next.isEmpty() && !next.contains("<fin"); next = xmpp.expect("urn:xmpp:mam:2"))
        found += next;
    return found;
}

/// Who runs in the server's folder or below: it, and what it started.
QList<pid_t> processesIn(const QString& folder)
{
    QList<pid_t> found;
    for (const QString& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs))
        if (entry.toInt() > 0 && QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(entry)).startsWith(folder))
            found += entry.toInt();
    return found;
}

} // namespace

/// Prosody and ejabberd as the tests start them, asked by RawXmpp. Each function runs once for each of them.
class TestXmppServers : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();

    void talksStartTlsAndDirectTls_data() { servers(); }
    void talksStartTlsAndDirectTls();
    void talksWebSocket_data() { servers(); }
    void talksWebSocket();
    void certificatesFailAsTheyShould_data() { servers(); }
    void certificatesFailAsTheyShould();
    void wrongPasswordIsRefused_data() { servers(); }
    void wrongPasswordIsRefused();
    void passwordHashDecidesWhatIsOffered_data() { servers(); }
    void passwordHashDecidesWhatIsOffered();
    void roomEchoesAndArchives_data() { servers(); }
    void roomEchoesAndArchives();
    void roomsAreAsMade_data() { servers(); }
    void roomsAreAsMade();
    void archivesExpire_data() { servers(); }
    void archivesExpire();
    void dataOutlivesAKill_data() { servers(); }
    void dataOutlivesAKill();
    void frozenServerIsSilentUntilThawed_data() { servers(); }
    void frozenServerIsSilentUntilThawed();
    void droppedSessionIsTold_data() { servers(); }
    void droppedSessionIsTold();
    void whatIsOffIsNotOffered_data() { servers(); }
    void whatIsOffIsNotOffered();
    void longStanzaEndsTheStream_data() { servers(); }
    void longStanzaEndsTheStream();
    void packagedLimitsSlowAFlood_data() { servers(); }
    void packagedLimitsSlowAFlood();
    void uploadedFileComesBack_data() { servers(); }
    void uploadedFileComesBack();
    void administratorHasCommands_data() { servers(); }
    void administratorHasCommands();
    void prosodyAsksForTheFormOfACommand();

private:
    static void servers();
    /// The one of the row's kind that goes through the whole test, with alice, bob, carol and admin.
    XmppServer& common() const { return isProsody() ? *m_prosody : *m_ejabberd; }
    /// One for the function alone.
    std::unique_ptr<XmppServer> make(const XmppOptions& options = {}) const;
    static bool isProsody() { return QByteArray(QTest::currentDataTag()) == "Prosody"; }
    /// Makes the accounts; each password is "pw-" and the name.
    static bool addUsers(XmppServer& server, const QStringList& names);
    bool enter(RawXmpp& xmpp, XmppServer& server, const QByteArray& user) const
    {
        return xmpp.signIn(server.startTlsPort(), ca(), user, "pw-" + user);
    }
    QString ca() const { return m_certificates->caFile(); }

    std::unique_ptr<Certificates> m_certificates;
    std::unique_ptr<XmppServer> m_prosody;
    std::unique_ptr<XmppServer> m_ejabberd;
};

void TestXmppServers::initTestCase()
{
    m_certificates = std::make_unique<Certificates>();
    QVERIFY2(m_certificates->areMade(), qPrintable(m_certificates->error()));
    m_prosody = std::make_unique<Prosody>(*m_certificates, XmppOptions{.name = QStringLiteral("common-prosody")});
    m_ejabberd = std::make_unique<Ejabberd>(*m_certificates, XmppOptions{.name = QStringLiteral("common-ejabberd")});
    for (XmppServer* each : {m_prosody.get(), m_ejabberd.get()}) {
        if (!each->missing().isEmpty())
            continue;
        START(*each);
        QVERIFY2(addUsers(*each, {QStringLiteral("alice"), QStringLiteral("bob"), QStringLiteral("carol"), QStringLiteral("admin")}),
            qPrintable(each->error()));
    }
}

void TestXmppServers::cleanupTestCase()
{
    m_prosody.reset();
    m_ejabberd.reset();
}

void TestXmppServers::servers()
{
    QTest::addColumn<bool>("isProsody");
    QTest::newRow("Prosody") << true;
    QTest::newRow("ejabberd") << false;
}

std::unique_ptr<XmppServer> TestXmppServers::make(const XmppOptions& options) const
{
    if (isProsody())
        return std::make_unique<Prosody>(*m_certificates, options);
    return std::make_unique<Ejabberd>(*m_certificates, options);
}

bool TestXmppServers::addUsers(XmppServer& server, const QStringList& names)
{
    return std::all_of(names.begin(), names.end(), [&server](const QString& name) { return server.addUser(name, QStringLiteral("pw-") + name); });
}

void TestXmppServers::talksStartTlsAndDirectTls()
{
    XmppServer& server = common();
    NEED(server);
    QVERIFY2(server.addUser(QStringLiteral("dora"), QStringLiteral("pässword \"'<&>\\")), qPrintable(server.error()));
    RawXmpp plain;
    QVERIFY(plain.connectPlain(server.startTlsPort()));
    QVERIFY2(plain.features().contains("<required/>") && !plain.features().contains("PLAIN"), plain.features().constData());
    RawXmpp startTls;
    QVERIFY2(startTls.signIn(server.startTlsPort(), ca(), "dora", "pässword \"'<&>\\"), qPrintable(startTls.error()));
    QCOMPARE(startTls.address(), QByteArray("dora@chat.test/raw"));
    RawXmpp directTls;
    QVERIFY2(directTls.connectDirectTls(server.directTlsPort(), ca()) && directTls.login("dora", "pässword \"'<&>\\") && directTls.bind("second"),
        qPrintable(directTls.error()));
}

void TestXmppServers::talksWebSocket()
{
    XmppServer& server = common();
    NEED(server);
    for (const bool tls : {true, false}) {
        QWebSocket socket;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromPath(ca()));
        socket.setSslConfiguration(configuration);
        QString heard;
        connect(&socket, &QWebSocket::textMessageReceived, this, [&heard](const QString& frame) { heard += frame; });
        connect(&socket, &QWebSocket::connected, &socket, [&socket] {
            socket.sendTextMessage(QStringLiteral("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='chat.test' version='1.0'/>"));
        });
        QWebSocketHandshakeOptions handshake;
        handshake.setSubprotocols({QStringLiteral("xmpp")});
        socket.open(server.webSocketUrl(tls), handshake);
        QVERIFY2(waitUntil([&heard] { return heard.contains(QLatin1String("PLAIN</mechanism>")); }), qPrintable(socket.errorString() + heard));
    }
}

void TestXmppServers::certificatesFailAsTheyShould()
{
    const auto server = make({.certificate = ServerCertificate::WrongHost});
    NEED(*server);
    START(*server);
    RawXmpp startTls;
    QVERIFY(!startTls.connectStartTls(server->startTlsPort(), ca()));
    RawXmpp directTls;
    QVERIFY(!directTls.connectDirectTls(server->directTlsPort(), ca()));
}

void TestXmppServers::wrongPasswordIsRefused()
{
    XmppServer& server = common();
    NEED(server);
    QVERIFY(!addUsers(server, {QStringLiteral("alice")}));
    QVERIFY(server.error().contains(QLatin1String("exists")) || server.error().contains(QLatin1String("registered")));
    RawXmpp alice;
    QVERIFY(alice.connectStartTls(server.startTlsPort(), ca()));
    QVERIFY(!alice.login("alice", "wrong"));
    QVERIFY2(alice.error().contains(QLatin1String("<not-authorized/>")), qPrintable(alice.error()));
    QVERIFY2(alice.login("alice", "pw-alice"), qPrintable(alice.error()));
}

void TestXmppServers::passwordHashDecidesWhatIsOffered()
{
    for (const PasswordHash hash : {PasswordHash::Sha1, PasswordHash::Sha256}) {
        const auto server = make({.hash = hash});
        NEED(*server);
        START(*server);
        QVERIFY2(addUsers(*server, {QStringLiteral("alice")}), qPrintable(server->error()));
        RawXmpp alice;
        QVERIFY(alice.connectStartTls(server->startTlsPort(), ca()));
        QCOMPARE(alice.features().contains(">SCRAM-SHA-256<"), hash == PasswordHash::Sha256);
        QVERIFY2(alice.login("alice", "pw-alice"), qPrintable(alice.error()));
    }
}

void TestXmppServers::roomEchoesAndArchives()
{
    XmppServer& server = common();
    NEED(server);
    QVERIFY2(server.makeRoom(QStringLiteral("ops")), qPrintable(server.error()));
    RawXmpp alice;
    RawXmpp bob;
    QVERIFY2(enter(alice, server, "alice") && alice.join(kRoom, "alice"), qPrintable(alice.error()));
    QVERIFY2(enter(bob, server, "bob") && bob.join(kRoom, "bob"), qPrintable(bob.error()));
    alice.sayInRoom(kRoom, "hello grüße", "m1");
    for (RawXmpp* each : {&alice, &bob}) {
        const QByteArray heard = singleQuoted(each->expect("hello grüße"));
        QVERIFY2(heard.contains("from='ops@conference.chat.test/alice'") && heard.contains("id='m1'"), heard.constData());
        QVERIFY2(heard.contains("<stanza-id "), heard.constData());
    }
    const QByteArrayList kept = archived(bob, kRoom);
    QCOMPARE(kept.size(), 1);
    QVERIFY2(kept.first().contains("hello grüße"), kept.first().constData());

    // Without presence he is not there: only the archive has it.
    alice.say("<message type='chat' to='bob@chat.test' id='c1'><body>in private</body></message>");
    QTRY_VERIFY2(archived(bob).join().contains("in private"), qPrintable(bob.error()));
}

void TestXmppServers::roomsAreAsMade()
{
    XmppServer& server = common();
    NEED(server);
    QVERIFY2(server.makeRoom(QStringLiteral("closed"),
                 {.title = QStringLiteral("Deploys & \"more\""),
                     .owner = QStringLiteral("alice"),
                     .members = {QStringLiteral("bob")},
                     .password = QStringLiteral("s3cret"),
                     .membersOnly = true,
                     .moderated = true,
                     .realAddresses = true}),
        qPrintable(server.error()));
    QVERIFY(!server.makeRoom(QStringLiteral("closed")));
    RawXmpp alice;
    QVERIFY2(enter(alice, server, "alice") && alice.join("closed@conference.chat.test", "alice", "s3cret"), qPrintable(alice.error()));
    alice.say("<iq type='get' id='what' to='closed@conference.chat.test'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
    const QByteArray info = singleQuoted(alice.expect("disco#info"));
    for (const char* feature : {"muc_membersonly", "muc_moderated", "muc_nonanonymous", "muc_passwordprotected", "muc_persistent", "muc_public",
             "urn:xmpp:mam:2", "Deploys &amp; "})
        QVERIFY2(info.contains(feature), info.constData());
    RawXmpp carol;
    QVERIFY2(enter(carol, server, "carol"), qPrintable(carol.error()));
    carol.say(
        "<presence to='closed@conference.chat.test/carol'><x xmlns='http://jabber.org/protocol/muc'><password>s3cret</password></x></presence>");
    QVERIFY2(carol.expect("<error").contains("<registration-required"), qPrintable(carol.error()));
    RawXmpp bob;
    QVERIFY2(enter(bob, server, "bob"), qPrintable(bob.error()));
    bob.say("<presence to='closed@conference.chat.test/bob'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
    QVERIFY2(bob.expect("<error").contains("<not-authorized"), qPrintable(bob.error()));
    QVERIFY2(bob.join("closed@conference.chat.test", "bob", "s3cret"), qPrintable(bob.error()));
    const QByteArray seen = singleQuoted(alice.expect("closed@conference.chat.test/bob"));
    QVERIFY2(seen.contains("affiliation='member'") && seen.contains("jid='bob@chat.test/raw'"), seen.constData());
}

void TestXmppServers::archivesExpire()
{
    XmppServer& server = common();
    NEED(server);
    QVERIFY2(server.makeRoom(QStringLiteral("expiring")), qPrintable(server.error()));
    const QByteArray room = "expiring@conference.chat.test";
    RawXmpp alice;
    QVERIFY2(enter(alice, server, "alice") && alice.join(room, "alice"), qPrintable(alice.error()));
    alice.sayInRoom(room, "long ago", "m1");
    alice.say("<message type='chat' to='alice@chat.test' id='c1'><body>a note</body></message>");
    QTRY_COMPARE(archived(alice, room).size(), 1);
    QTRY_VERIFY(!archived(alice).isEmpty());
    QVERIFY2(server.expireArchives(), qPrintable(server.error()));
    QTRY_COMPARE(archived(alice, room).size(), 0);
    QTRY_COMPARE(archived(alice).size(), 0);
    alice.sayInRoom(room, "now", "m2");
    QTRY_COMPARE(archived(alice, room).size(), 1);
}

void TestXmppServers::dataOutlivesAKill()
{
    const auto server = make();
    NEED(*server);
    START(*server);
    QVERIFY2(addUsers(*server, {QStringLiteral("alice")}), qPrintable(server->error()));
    QVERIFY2(server->makeRoom(QStringLiteral("ops"), {.title = QStringLiteral("Deploys")}), qPrintable(server->error()));
    RawXmpp before;
    QVERIFY2(enter(before, *server, "alice") && before.join(kRoom, "alice"), qPrintable(before.error()));
    const quint16 port = server->startTlsPort();
    for (const bool hard : {true, false}) {
        before.sayInRoom(kRoom, hard ? "said before the kill" : "said before the stop", "m1");
        QVERIFY(!before.expect("said before").isEmpty());
        QVERIFY(!processesIn(server->folder()).isEmpty());
        if (hard)
            server->kill();
        else
            server->stop();
        QVERIFY(!server->isRunning());
        QTRY_VERIFY(processesIn(server->folder()).isEmpty());
        QTRY_VERIFY(!before.isConnected());
        START(*server);
        QCOMPARE(server->startTlsPort(), port);
        QVERIFY2(enter(before, *server, "alice") && before.join(kRoom, "alice"), qPrintable(before.error()));
        QCOMPARE(archived(before, kRoom).size(), hard ? 1 : 2);
    }
    before.say("<iq type='get' id='what' to='ops@conference.chat.test'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
    QVERIFY2(before.expect("disco#info").contains("Deploys"), qPrintable(before.error()));
}

void TestXmppServers::frozenServerIsSilentUntilThawed()
{
    XmppServer& server = common();
    NEED(server);
    RawXmpp alice;
    QVERIFY2(enter(alice, server, "alice"), qPrintable(alice.error()));
    server.freeze();
    alice.say("<iq type='get' id='alive' to='chat.test'><ping xmlns='urn:xmpp:ping'/></iq>");
    QVERIFY(alice.expect("alive", 300).isEmpty());
    QVERIFY(alice.isConnected());
    server.thaw();
    QVERIFY2(!alice.expect("alive").isEmpty(), qPrintable(alice.error()));
}

void TestXmppServers::droppedSessionIsTold()
{
    XmppServer& server = common();
    NEED(server);
    RawXmpp alice;
    RawXmpp bob;
    QVERIFY2(enter(alice, server, "alice") && enter(bob, server, "bob"), qPrintable(alice.error() + bob.error()));
    QVERIFY2(server.dropSessions(QStringLiteral("alice")), qPrintable(server.error()));
    QVERIFY2(!alice.expect("<stream:error>").isEmpty(), qPrintable(alice.error()));
    QTRY_VERIFY(!alice.isConnected());
    QVERIFY(bob.isConnected());
    QVERIFY2(enter(alice, server, "alice"), qPrintable(alice.error()));
}

void TestXmppServers::whatIsOffIsNotOffered()
{
    for (const bool on : {true, false}) {
        const auto server = make({.resumption = on, .archive = on});
        NEED(*server);
        START(*server);
        QVERIFY2(addUsers(*server, {QStringLiteral("alice")}), qPrintable(server->error()));
        QVERIFY2(server->makeRoom(QStringLiteral("ops")), qPrintable(server->error()));
        RawXmpp alice;
        QVERIFY2(enter(alice, *server, "alice"), qPrintable(alice.error()));
        QCOMPARE(alice.features().contains("urn:xmpp:sm:3"), on);
        for (const QByteArray& to : {QByteArray("alice@chat.test"), QByteArray(kRoom)}) {
            alice.say("<iq type='get' id='what' to='" + to + "'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
            const QByteArray info = alice.expect("disco#info");
            QVERIFY2(info.contains("urn:xmpp:mam:2") == on, info.constData());
        }
    }
}

void TestXmppServers::longStanzaEndsTheStream()
{
    const auto server = make({.maxStanzaBytes = 20'000});
    NEED(*server);
    START(*server);
    QVERIFY2(addUsers(*server, {QStringLiteral("alice")}), qPrintable(server->error()));
    RawXmpp alice;
    QVERIFY2(enter(alice, *server, "alice"), qPrintable(alice.error()));
    const auto note = [](int size) { return "<message type='chat' to='alice@chat.test'><body>" + QByteArray(size, 'x') + "</body></message>"; };
    alice.say("<presence/>" + note(15'000));
    QVERIFY2(!alice.expect("xxx").isEmpty(), qPrintable(alice.error()));
    alice.say(note(25'000));
    QVERIFY2(!alice.expect("<policy-violation").isEmpty(), qPrintable(alice.error()));
    QTRY_VERIFY(!alice.isConnected());
}

void TestXmppServers::packagedLimitsSlowAFlood()
{
    const auto server = make({.packagedLimits = true});
    NEED(*server);
    START(*server);
    QVERIFY2(addUsers(*server, {QStringLiteral("alice")}), qPrintable(server->error()));
    RawXmpp alice;
    QVERIFY2(enter(alice, *server, "alice"), qPrintable(alice.error()));
    QElapsedTimer clock;
    clock.start();
    const QByteArray padding(1000, ' '); // 40 kB in all: four seconds at Prosody, seven at ejabberd
    for (int i = 1; i <= 40; ++i)
        alice.say("<iq type='get' id='ping" + QByteArray::number(i) + "' to='chat.test'><ping xmlns='urn:xmpp:ping'>" + padding + "</ping></iq>");
    QVERIFY2(!alice.expect("ping40").isEmpty(), qPrintable(alice.error()));
    QVERIFY2(clock.elapsed() > 2000, qPrintable(QString::number(clock.elapsed())));
}

void TestXmppServers::uploadedFileComesBack()
{
    for (const bool plain : {false, true}) {
        const auto server = make({.plainUpload = plain});
        NEED(*server);
        START(*server);
        QVERIFY2(addUsers(*server, {QStringLiteral("alice")}), qPrintable(server->error()));
        RawXmpp alice;
        QVERIFY2(enter(alice, *server, "alice"), qPrintable(alice.error()));
        alice.say("<iq type='get' id='slot' to='upload.chat.test'><request xmlns='urn:xmpp:http:upload:0' filename='ä b.txt' size='5' "
                  "content-type='text/plain'/></iq>");
        const QString slot = QString::fromUtf8(singleQuoted(alice.expect("urn:xmpp:http:upload:0")));
        const auto request = [this, &slot](const QString& tag) {
            QNetworkRequest made(QUrl(slot.section(tag, 1).section(QStringLiteral("url='"), 1).section(QLatin1Char('\''), 0, 0)));
            QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
            configuration.setCaCertificates(QSslCertificate::fromPath(ca()));
            made.setSslConfiguration(configuration);
            return made;
        };
        QNetworkRequest put = request(QStringLiteral("<put"));
        QCOMPARE(put.url().port(), server->uploadPort());
        QCOMPARE(put.url().scheme(), plain ? QStringLiteral("http") : QStringLiteral("https"));
        put.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("text/plain"));
        if (slot.contains(QLatin1String("'Authorization'")))
            put.setRawHeader("Authorization", slot.section(QStringLiteral("'Authorization'>"), 1).section(QLatin1Char('<'), 0, 0).toUtf8());
        QNetworkAccessManager http;
        const std::unique_ptr<QNetworkReply> sent(http.put(put, "hello"));
        QVERIFY2(
            waitUntil([&sent] { return sent->isFinished(); }) && sent->error() == QNetworkReply::NoError, qPrintable(sent->errorString() + slot));
        const std::unique_ptr<QNetworkReply> fetched(http.get(request(QStringLiteral("<get"))));
        QVERIFY2(waitUntil([&fetched] { return fetched->isFinished(); }) && fetched->error() == QNetworkReply::NoError,
            qPrintable(fetched->errorString()));
        QCOMPARE(fetched->readAll(), QByteArray("hello"));
    }
}

void TestXmppServers::administratorHasCommands()
{
    XmppServer& server = common();
    NEED(server);
    for (const QByteArray user : {"admin", "alice"}) {
        RawXmpp xmpp;
        QVERIFY2(enter(xmpp, server, user), qPrintable(xmpp.error()));
        xmpp.say("<iq type='get' id='list' to='chat.test'><query xmlns='http://jabber.org/protocol/disco#items' "
                 "node='http://jabber.org/protocol/commands'/></iq>");
        QCOMPARE(xmpp.expect("list").contains("http://jabber.org/protocol/admin#add-user"), user == "admin");
    }
}

void TestXmppServers::prosodyAsksForTheFormOfACommand()
{
    Prosody server(*m_certificates);
    NEED(server);
    START(server);
    QVERIFY2(addUsers(server, {QStringLiteral("alice")}), qPrintable(server.error()));
    RawXmpp alice;
    QVERIFY2(enter(alice, server, "alice"), qPrintable(alice.error()));
    const QByteArray start = "<iq type='set' id='run' to='chat.test'><command xmlns='http://jabber.org/protocol/commands' node='urn:test:deploy'";
    alice.say(start + "/></iq>");
    const QByteArray form = singleQuoted(alice.expect("urn:test:deploy"));
    QVERIFY2(form.contains("status='executing'") && form.contains("type='list-single'"), form.constData());
    const QByteArray session = form.mid(form.indexOf("sessionid='") + 11).split('\'').first();
    alice.say(start + " action='complete' sessionid='" + session
        + "'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:test:deploy</value></field>"
          "<field var='env'><value>production</value></field></x></command></iq>");
    QVERIFY2(alice.expect("urn:test:deploy").contains("deployed to production"), qPrintable(alice.error()));
}

QTEST_GUILESS_MAIN(TestXmppServers)
#include "tst_xmppservers.moc"
