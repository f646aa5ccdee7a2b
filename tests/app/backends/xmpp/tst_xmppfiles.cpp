// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "outletdialogue.h"

#include "support/testserver.h"
#include "xmpp/xmppfiles.h"

#include <QTemporaryDir>

Q_DECLARE_METATYPE(ridealong::base::ErrorKind)

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::Attachment;
using xmpp::Element;
using xmpp::FileAddresses;
using xmpp::Jid;
using xmpp::XmppFiles;

namespace {

const base::ConversationId kHere{base::AccountId(u"a"_s), u"ops@muc.test"_s};

/// A transfer and how it ended.
struct Way
{
    explicit Way(std::unique_ptr<chat::Transfer> given) : transfer(std::move(given))
    {
        QObject::connect(transfer.get(), &chat::Transfer::progressed, &context, [this](qint64 done, qint64 of) { progress = {done, of}; });
        QObject::connect(transfer.get(), &chat::Transfer::ended, &context, [this](const base::Expected<Attachment>& with) {
            ++ends;
            result = with;
        });
    }
    bool hasEnded()
    {
        return QTest::qWaitFor([this] { return ends > 0; });
    }
    bool fails(ErrorKind kind) { return hasEnded() && !*result && result->error().kind == kind && ends == 1; }

    std::unique_ptr<chat::Transfer> transfer;
    QObject context;
    int ends = 0;
    std::pair<qint64, qint64> progress;
    std::optional<base::Expected<Attachment>> result;
};

/// Ana's files, a chat server that the test speaks for, and a web server that it plays.
struct Files : OutletDialogue
{
    explicit Files(qint64 maxBytes = 1000)
    {
        files = std::make_unique<XmppFiles>(outlet, std::make_shared<net::HttpClient>(xmpp.clock, net::TlsSettings(), kDirect), xmpp.clock,
            xmpp.settings.account, FileAddresses::PlainOnLoopback);
        files->setService(xmpp::UploadService{*Jid::parse(u"upload.chat.test"), maxBytes});
    }
    Attachment write(const QByteArray& content, const QString& type = u"text/plain"_s)
    {
        QFile file(folder.filePath(u"up.txt"_s));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size()); }();
        return {.name = u"notes.txt"_s, .mediaType = type, .bytes = content.size(), .path = file.fileName()};
    }
    QByteArray url(const QByteArray& path) const { return "http://127.0.0.1:" + QByteArray::number(web.serverPort()) + path; }
    /// The client asks for a place, and gets one.
    void giveSlot(const QByteArray& size, const QByteArray& inPut = {})
    {
        const Element asked = expectRequest("get", "upload.chat.test",
            "<request xmlns='urn:xmpp:http:upload:0' filename='notes.txt' size='" + size + "' content-type='text/plain'/>");
        answer(asked,
            "<slot xmlns='urn:xmpp:http:upload:0'><put url='" + url("/put") + "'>" + inPut + "</put><get url='" + url("/get/notes.txt")
                + "'/></slot>");
    }
    bool hears(const QByteArray& part)
    {
        return QTest::qWaitFor([&] { return web.heard().contains(part); });
    }
    void respond(const QByteArray& status, const QByteArray& body = {})
    {
        web.client()->write("HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
    Way download(const QByteArray& path, qint64 bytes = -1)
    {
        return Way(files->download(kHere, {.id = base::FileId(QString::fromLatin1(url(path))), .bytes = bytes}, target()));
    }
    QString target() const { return folder.filePath(u"down"_s); }
    bool nothingIsLeft() const { return !QFile::exists(target()) && !QFile::exists(target() + u".part"_s); }

    static inline const net::ProxySettings kDirect{.kind = net::ProxySettings::Kind::Direct};
    QTemporaryDir folder;
    TestServer web;
    std::unique_ptr<XmppFiles> files;
};

} // namespace

class TestXmppFiles : public QObject
{
    Q_OBJECT
private slots:
    void bringsAFileUp();
    void asksNobodyForWhatIsTooLarge_data();
    void asksNobodyForWhatIsTooLarge();
    void tellsWhyAFileDoesNotGoUp_data();
    void tellsWhyAFileDoesNotGoUp();
    void noticesAFileThatChanges_data();
    void noticesAFileThatChanges();
    void cancelsByItsEnd();
    void outlivesTheAccount();
    void tellsWhenTheConnectionIsGone();
    void fetchesFromItsOwnServer();
    void fetchesFromNowhereElse_data();
    void fetchesFromNowhereElse();
    void fetchesFromWhereItPutAFile();
    void keepsToTheSizeThatWasAnnounced_data();
    void keepsToTheSizeThatWasAnnounced();
    void keepsNoPageOfAnError_data();
    void keepsNoPageOfAnError();
    void isNotLedElsewhere();
    void knowsItsLimit();
};

void TestXmppFiles::bringsAFileUp()
{
    Files f;
    Way way(f.files->upload(kHere, f.write("hello")));
    f.giveSlot("5", "<header name='Authorization'>Bearer t0k</header><header name='Host'>evil.test</header>");
    QVERIFY(f.hears("hello"));
    const QByteArray heard = f.web.heard().toLower();
    QVERIFY2(heard.startsWith("put /put http/1.1\r\n"), heard.constData());
    QVERIFY2(heard.contains("authorization: bearer t0k\r\n") && heard.contains("content-type: text/plain\r\n"), heard.constData());
    QVERIFY2(heard.contains("content-length: 5\r\n") && !heard.contains("evil"), heard.constData());
    QCOMPARE(way.ends, 0);
    f.respond("201 Created");
    QVERIFY(way.hasEnded() && *way.result);
    const Attachment file = way.result->value();
    QCOMPARE(file.id.text().toLatin1(), f.url("/get/notes.txt"));
    QCOMPARE(file.name, u"notes.txt"_s);
    QCOMPARE(file.bytes, 5);
    QCOMPARE(way.progress, (std::pair<qint64, qint64>(5, 5)));
}

void TestXmppFiles::asksNobodyForWhatIsTooLarge_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("fits");
    QTest::newRow("nothing in it") << 0 << true;
    QTest::newRow("at the limit") << 1000 << true;
    QTest::newRow("one above") << 1001 << false;
}

void TestXmppFiles::asksNobodyForWhatIsTooLarge()
{
    QFETCH(int, bytes);
    QFETCH(bool, fits);
    Files f(1000);
    Way way(f.files->upload(kHere, f.write(QByteArray(bytes, 'x'))));
    if (fits)
        return f.giveSlot(QByteArray::number(bytes));
    QVERIFY(way.fails(ErrorKind::Invalid));
    f.expectNothing();
}

void TestXmppFiles::tellsWhyAFileDoesNotGoUp_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("forbidden") << QByteArray("403 Forbidden") << ErrorKind::Denied;
    QTest::newRow("too large after all") << QByteArray("413 Too Large") << ErrorKind::Invalid;
    QTest::newRow("broken") << QByteArray("500 Oh") << ErrorKind::Offline;
}

void TestXmppFiles::tellsWhyAFileDoesNotGoUp()
{
    QFETCH(QByteArray, status);
    QFETCH(ErrorKind, kind);
    Files f;
    Way refused(f.files->upload(kHere, f.write("hello")));
    f.refuse(f.next(), "not-acceptable", "<file-too-large xmlns='urn:xmpp:http:upload:0'><max-file-size>3</max-file-size></file-too-large>");
    QVERIFY(refused.fails(ErrorKind::Invalid));
    Way missing(f.files->upload(kHere, {.name = u"x"_s, .path = f.folder.filePath(u"no"_s)}));
    QVERIFY(missing.fails(ErrorKind::Storage));
    Way folder(f.files->upload(kHere, {.name = u"x"_s, .path = f.folder.path()}));
    QVERIFY(folder.fails(ErrorKind::Storage));

    Way way(f.files->upload(kHere, f.write("hello")));
    f.giveSlot("5");
    QVERIFY(f.hears("hello"));
    f.respond(status, "<html>what happened</html>");
    QVERIFY(way.fails(kind));

    f.files->setService({});
    Way nowhere(f.files->upload(kHere, f.write("hello")));
    QVERIFY(nowhere.fails(ErrorKind::Unsupported));
}

void TestXmppFiles::noticesAFileThatChanges_data()
{
    QTest::addColumn<bool>("isOnItsWay");
    QTest::newRow("before it goes") << false;
    QTest::newRow("while it goes") << true;
}

void TestXmppFiles::noticesAFileThatChanges()
{
    QFETCH(bool, isOnItsWay);
    Files f;
    Way way(f.files->upload(kHere, f.write("hello")));
    if (!isOnItsWay) {
        const Element asked = f.next();
        (void)f.write("hello, world");
        f.answer(asked, "<slot xmlns='urn:xmpp:http:upload:0'><put url='" + f.url("/put") + "'/><get url='" + f.url("/get") + "'/></slot>");
        QVERIFY(way.fails(ErrorKind::Storage));
        QCOMPARE(f.web.clients(), 0);
        return;
    }
    f.giveSlot("5");
    QVERIFY(f.hears("hello"));
    (void)f.write("hello, world");
    f.respond("201 Created");
    QVERIFY(way.fails(ErrorKind::Storage));
}

void TestXmppFiles::cancelsByItsEnd()
{
    Files f;
    Way early(f.files->upload(kHere, f.write("hello")));
    early.transfer.reset();
    f.expectNothing();
    Way asking(f.files->upload(kHere, f.write("hello")));
    const Element asked = f.next();
    asking.transfer.reset();
    f.answer(asked, "<slot xmlns='urn:xmpp:http:upload:0'><put url='" + f.url("/put") + "'/><get url='" + f.url("/get") + "'/></slot>");
    Way going(f.files->upload(kHere, f.write("hello")));
    f.giveSlot("5");
    QVERIFY(f.hears("hello"));
    going.transfer.reset();
    QTRY_COMPARE(f.web.client()->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(f.web.clients(), 1);

    Way coming = f.download("/get");
    QVERIFY(f.hears("GET /get"));
    f.web.client()->write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    QTRY_COMPARE(coming.progress.first, 4);
    coming.transfer.reset();
    QVERIFY(f.nothingIsLeft());
    for (const Way* way : {&early, &asking, &going, &coming})
        QCOMPARE(way->ends, 0);
}

void TestXmppFiles::outlivesTheAccount()
{
    Files f;
    f.files->setService(xmpp::UploadService{*Jid::parse(u"127.0.0.1"), 0});
    Way coming = f.download("/get");
    QVERIFY(f.hears("GET /get"));
    Way later(f.files->upload(kHere, f.write("hello")));
    f.files.reset();
    QVERIFY(later.fails(ErrorKind::Offline));
    f.respond("200 OK", "hello");
    QVERIFY(coming.hasEnded() && *coming.result);
}

void TestXmppFiles::tellsWhenTheConnectionIsGone()
{
    Files f;
    Way way(f.files->upload(kHere, f.write("hello")));
    (void)f.next();
    f.xmpp.server.hangUp();
    QVERIFY(way.fails(ErrorKind::Offline));
}

void TestXmppFiles::fetchesFromItsOwnServer()
{
    Files f;
    for (const QString& own :
        {u"https://chat.test/a.png"_s, u"https://upload.chat.test:5281/a.png"_s, u"https://deep.down.chat.test/"_s, u"https://CHAT.test/a"_s})
        QVERIFY2(f.files->mayFetch(QUrl(own)), qPrintable(own));
    f.files->setService(xmpp::UploadService{*Jid::parse(u"files.example.org"), 0});
    QVERIFY(f.files->mayFetch(QUrl(u"https://files.example.org/a.png"_s)));
    QVERIFY(!f.files->mayFetch(QUrl(u"https://example.org/a.png"_s)));
    XmppFiles foreign({}, nullptr, f.xmpp.clock, *Jid::parse(u"ana@bücher.test"), FileAddresses::Encrypted);
    QVERIFY(foreign.mayFetch(QUrl(u"https://xn--bcher-kva.test/a"_s)) && foreign.mayFetch(QUrl(u"https://bücher.test/a"_s)));
}

void TestXmppFiles::fetchesFromNowhereElse_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("another server") << u"https://evil.test/a.png"_s;
    QTest::newRow("one that ends so") << u"https://evilchat.test/a.png"_s;
    QTest::newRow("one that begins so") << u"https://chat.test.evil.test/a.png"_s;
    QTest::newRow("our name as a user") << u"https://chat.test@evil.test/a.png"_s;
    QTest::newRow("not encrypted") << u"http://chat.test/a.png"_s;
    QTest::newRow("this machine") << u"http://127.0.0.1:1/a.png"_s;
    QTest::newRow("a file") << u"file:///etc/passwd"_s;
    QTest::newRow("no address") << u"a.png"_s;
    QTest::newRow("nothing") << QString();
}

void TestXmppFiles::fetchesFromNowhereElse()
{
    QFETCH(QString, url);
    Files f;
    Way way(f.files->download(kHere, {.id = base::FileId(url)}, f.target()));
    QCOMPARE(way.ends, 0); // never before it returns
    QVERIFY(way.fails(ErrorKind::Denied));
    QVERIFY(f.nothingIsLeft());
}

void TestXmppFiles::fetchesFromWhereItPutAFile()
{
    Files f;
    Way before = f.download("/get");
    QVERIFY(before.fails(ErrorKind::Denied));
    Way up(f.files->upload(kHere, f.write("hello")));
    f.giveSlot("5");
    QVERIFY(f.hears("hello"));
    f.respond("201 Created");
    QVERIFY(up.hasEnded());
    Way way = f.download("/get/notes.txt");
    QVERIFY(f.hears("GET /get/notes.txt"));
    f.respond("200 OK", "hello");
    QVERIFY(way.hasEnded() && *way.result);
    QCOMPARE(way.result->value().bytes, 5);
    QCOMPARE(way.result->value().path, f.target());
    QFile file(f.target());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("hello"));
}

void TestXmppFiles::keepsToTheSizeThatWasAnnounced_data()
{
    QTest::addColumn<int>("announced");
    QTest::addColumn<int>("comes");
    QTest::addColumn<bool>("taken");
    QTest::newRow("as announced") << 5 << 5 << true;
    QTest::newRow("one more") << 5 << 6 << false;
    QTest::newRow("one less") << 5 << 4 << false;
    QTest::newRow("nothing, announced") << 0 << 0 << true;
    QTest::newRow("not announced") << -1 << 6 << true;
}

void TestXmppFiles::keepsToTheSizeThatWasAnnounced()
{
    QFETCH(int, announced);
    QFETCH(int, comes);
    QFETCH(bool, taken);
    Files f;
    f.files->setService(xmpp::UploadService{*Jid::parse(u"127.0.0.1"), 0});
    Way way = f.download("/get", announced);
    QVERIFY(f.hears("\r\n\r\n"));
    f.respond("200 OK", QByteArray(comes, 'x'));
    QVERIFY(way.hasEnded());
    QCOMPARE(bool(*way.result), taken);
    if (!taken)
        QVERIFY(way.fails(ErrorKind::Invalid) && f.nothingIsLeft());
}

void TestXmppFiles::keepsNoPageOfAnError_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("not there") << QByteArray("404 Not Found") << ErrorKind::NotFound;
    QTest::newRow("gone") << QByteArray("410 Gone") << ErrorKind::NotFound;
    QTest::newRow("forbidden") << QByteArray("403 Forbidden") << ErrorKind::Denied;
    QTest::newRow("broken") << QByteArray("503 Later") << ErrorKind::Offline;
}

void TestXmppFiles::keepsNoPageOfAnError()
{
    QFETCH(QByteArray, status);
    QFETCH(ErrorKind, kind);
    Files f;
    f.files->setService(xmpp::UploadService{*Jid::parse(u"127.0.0.1"), 0});
    Way way = f.download("/get");
    QVERIFY(f.hears("\r\n\r\n"));
    f.respond(status, "<html>what happened</html>");
    QVERIFY(way.fails(kind));
    QVERIFY(f.nothingIsLeft());
}

void TestXmppFiles::isNotLedElsewhere()
{
    Files f;
    f.files->setService(xmpp::UploadService{*Jid::parse(u"127.0.0.1"), 0});
    Way way = f.download("/get");
    QVERIFY(f.hears("\r\n\r\n"));
    f.web.client()->write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://localhost:1/x\r\n\r\n");
    QVERIFY(way.fails(ErrorKind::Denied));
    QVERIFY(f.nothingIsLeft());
}

void TestXmppFiles::knowsItsLimit()
{
    Files f(1000);
    QCOMPARE(f.files->maxBytes(), 1000);
    QVERIFY(f.files->canUpload());
    f.files->setService(xmpp::UploadService{*Jid::parse(u"upload.chat.test"), 0});
    QCOMPARE(f.files->maxBytes(), XmppFiles::kMaxBytes);
    f.files->setService(xmpp::UploadService{*Jid::parse(u"upload.chat.test"), XmppFiles::kMaxBytes + 1});
    QCOMPARE(f.files->maxBytes(), XmppFiles::kMaxBytes);
    f.files->setService({});
    QCOMPARE(f.files->maxBytes(), 0);
    QVERIFY(!f.files->canUpload());
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppFiles)
#include "tst_xmppfiles.moc"
