// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/httpupload.h"

#include "support/scriptedstream.h"
#include "xmpp/payload.h"

Q_DECLARE_METATYPE(ridealong::base::ErrorKind)
Q_DECLARE_METATYPE(ridealong::xmpp::FileAddresses)

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using xmpp::Element;
using xmpp::FileAddresses;
using xmpp::UploadSlot;

namespace {

const QByteArray kPut = "https://up.chat.test/1/a.txt";

Element slot(const QByteArray& put = kPut, const QByteArray& get = kPut, const QByteArray& inPut = {})
{
    return ScriptedStream::read(
        "<iq type='result'><slot xmlns='urn:xmpp:http:upload:0'><put url='" + put + "'>" + inPut + "</put><get url='" + get + "'/></slot></iq>");
}

QByteArray header(const QByteArray& name, const QByteArray& value) { return "<header name='" + name + "'>" + value + "</header>"; }

Element refusal(const QByteArray& condition, const QByteArray& more = {})
{
    return ScriptedStream::read(
        "<iq type='error'><error type='modify'><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>" + more + "</error></iq>");
}

} // namespace

/// The stanzas of XEP-0363.
class TestXmppUpload : public QObject
{
    Q_OBJECT
private slots:
    void asksForAPlace();
    void namesNoFolderAndNoStrangeType_data();
    void namesNoFolderAndNoStrangeType();
    void readsAPlace();
    void takesOnlyAllowedHeaders_data();
    void takesOnlyAllowedHeaders();
    void takesLongHeadersToALimit();
    void refusesPlacesThatAreNotEncrypted_data();
    void refusesPlacesThatAreNotEncrypted();
    void tellsWhyThereIsNoPlace_data();
    void tellsWhyThereIsNoPlace();
    void understandsTheFileServer_data();
    void understandsTheFileServer();
};

void TestXmppUpload::asksForAPlace()
{
    const Element asked = xmpp::slotRequest(*xmpp::Jid::parse(u"up.chat.test"), u"ä b.txt"_s, 5, u"text/plain"_s);
    const Element wanted
        = ScriptedStream::read("<iq type='get' to='up.chat.test'><request xmlns='urn:xmpp:http:upload:0' filename='ä b.txt' size='5' "
                               "content-type='text/plain'/></iq>");
    QCOMPARE(asked.toXml(), wanted.toXml());
}

void TestXmppUpload::namesNoFolderAndNoStrangeType_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("told");
    QTest::newRow("common") << u"image/svg+xml"_s << u"image/svg+xml"_s;
    QTest::newRow("none") << QString() << u"application/octet-stream"_s;
    QTest::newRow("no type") << u"picture"_s << u"application/octet-stream"_s;
    QTest::newRow("another header") << u"text/plain\r\nX: y"_s << u"application/octet-stream"_s;
    QTest::newRow("at the limit") << u"a/"_s + QString(100, u'b') << u"a/"_s + QString(100, u'b');
    QTest::newRow("one above") << u"a/"_s + QString(101, u'b') << u"application/octet-stream"_s;
}

void TestXmppUpload::namesNoFolderAndNoStrangeType()
{
    QFETCH(QString, type);
    QFETCH(QString, told);
    const Element asked = xmpp::slotRequest(*xmpp::Jid::parse(u"up.chat.test"), u"/home/ana/secret/plan.txt"_s, 5, type);
    const Element* request = asked.find(u"request", xmpp::ns::kUpload);
    QCOMPARE(request->attribute(u"filename"), u"plan.txt"_s);
    QCOMPARE(request->attribute(u"content-type"), told);
}

void TestXmppUpload::readsAPlace()
{
    const auto read = xmpp::readSlot(slot(kPut, "https://files.chat.test/1/a.txt", header("Authorization", "Basic Zm9v")), FileAddresses::Encrypted);
    QVERIFY(read);
    QCOMPARE(read->put.host(), u"up.chat.test"_s);
    QCOMPARE(read->get.host(), u"files.chat.test"_s);
    QCOMPARE(read->headers, net::HttpHeaders({{"authorization", "Basic Zm9v"}}));
    for (const QByteArray& broken : {"<iq type='result'/>", "<iq type='result'><slot xmlns='urn:xmpp:http:upload:0'/></iq>",
             "<iq type='result'><slot xmlns='urn:xmpp:http:upload:0'><put url='https://a.test/'/></slot></iq>"})
        QVERIFY(!xmpp::readSlot(ScriptedStream::read(broken), FileAddresses::Encrypted));
}

void TestXmppUpload::takesOnlyAllowedHeaders_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<net::HttpHeaders>("taken");
    using List = net::HttpHeaders;
    QTest::newRow("none") << QByteArray() << List();
    QTest::newRow("all three") << header("Authorization", "a") + header("COOKIE", "b=c") + header("expires", "d")
                               << List{{"authorization", "a"}, {"cookie", "b=c"}, {"expires", "d"}};
    QTest::newRow("another") << header("Host", "evil.test") + header("X-Token", "t") << List();
    QTest::newRow("twice") << header("Cookie", "a") + header("cookie", "b") << List{{"cookie", "a"}};
    QTest::newRow("a line break") << header("Cookie", "a&#xA;Host: evil") << List{{"cookie", "aHost: evil"}};
    QTest::newRow("in the name") << header("Cookie&#xA;Host", "a") << List();
    QTest::newRow("no ASCII") << header("Cookie", "ä") << List();
    QTest::newRow("empty") << header("Cookie", "") << List();
}

void TestXmppUpload::takesOnlyAllowedHeaders()
{
    QFETCH(QByteArray, headers);
    QFETCH(net::HttpHeaders, taken);
    const auto read = xmpp::readSlot(slot(kPut, kPut, headers), FileAddresses::Encrypted);
    QVERIFY(read);
    QCOMPARE(read->headers, taken);
}

void TestXmppUpload::takesLongHeadersToALimit()
{
    for (const qsizetype over : {0, 1}) {
        const QByteArray value(UploadSlot::kMaxHeaderChars + over, 'x');
        QCOMPARE(xmpp::readSlot(slot(kPut, kPut, header("Cookie", value)), FileAddresses::Encrypted)->headers.size(), 1 - over);
    }
}

void TestXmppUpload::refusesPlacesThatAreNotEncrypted_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<FileAddresses>("allowed");
    QTest::addColumn<bool>("taken");
    const auto only = FileAddresses::Encrypted, plain = FileAddresses::PlainOnLoopback;
    QTest::newRow("https") << QByteArray("https://up.test/a") << only << true;
    QTest::newRow("http") << QByteArray("http://up.test/a") << only << false;
    QTest::newRow("http here") << QByteArray("http://127.0.0.1:5280/a") << only << false;
    QTest::newRow("http here, allowed") << QByteArray("http://127.0.0.1:5280/a") << plain << true;
    QTest::newRow("by name, allowed") << QByteArray("http://localhost:5280/a") << plain << true;
    QTest::newRow("IPv6, allowed") << QByteArray("http://[::1]:5280/a") << plain << true;
    QTest::newRow("http elsewhere, allowed here") << QByteArray("http://up.test/a") << plain << false;
    QTest::newRow("a name that begins so") << QByteArray("http://localhost.evil.test/a") << plain << false;
    QTest::newRow("a file") << QByteArray("file:///etc/passwd") << plain << false;
    QTest::newRow("a password") << QByteArray("https://ana:x@up.test/a") << only << false;
    QTest::newRow("no host") << QByteArray("https:///a") << only << false;
    QTest::newRow("none") << QByteArray() << only << false;
    QTest::newRow("no address") << QByteArray("https://up.test:99999999/") << only << false;
    const QByteArray begin = "https://up.test/";
    QTest::newRow("at the limit") << begin + QByteArray(xmpp::kMaxAddressChars - begin.size(), 'x') << only << true;
    QTest::newRow("too long") << begin + QByteArray(xmpp::kMaxAddressChars - begin.size() + 1, 'x') << only << false;
}

void TestXmppUpload::refusesPlacesThatAreNotEncrypted()
{
    QFETCH(QByteArray, url);
    QFETCH(FileAddresses, allowed);
    QFETCH(bool, taken);
    QCOMPARE(bool(xmpp::readSlot(slot(url, kPut), allowed)), taken);
    QCOMPARE(bool(xmpp::readSlot(slot(kPut, url), allowed)), taken);
}

void TestXmppUpload::tellsWhyThereIsNoPlace_data()
{
    QTest::addColumn<Element>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<qint64>("retryMs");
    QTest::addColumn<QString>("says");
    const QByteArray tooLarge = "<file-too-large xmlns='urn:xmpp:http:upload:0'><max-file-size>20000</max-file-size></file-too-large>";
    const auto retry = [](const QByteArray& stamp) { return "<retry xmlns='urn:xmpp:http:upload:0' stamp='" + stamp + "'/>"; };
    QTest::newRow("too large") << refusal("not-acceptable", tooLarge) << ErrorKind::Invalid << qint64(0) << u"20000"_s;
    QTest::newRow("too large, no limit told") << refusal("not-acceptable", "<file-too-large xmlns='urn:xmpp:http:upload:0'/>") << ErrorKind::Invalid
                                              << qint64(0) << u"not-acceptable"_s;
    QTest::newRow("not acceptable alone") << refusal("not-acceptable") << ErrorKind::Invalid << qint64(0) << u"not-acceptable"_s;
    QTest::newRow("used up") << refusal("resource-constraint", retry("2023-11-14T22:14:20Z")) << ErrorKind::RateLimited << qint64(60'000)
                             << u"resource-constraint"_s;
    QTest::newRow("until long ago") << refusal("resource-constraint", retry("2003-11-14T22:14:20Z")) << ErrorKind::RateLimited << qint64(0)
                                    << u"resource"_s;
    QTest::newRow("for ever") << refusal("resource-constraint", retry("2999-11-14T22:14:20Z")) << ErrorKind::RateLimited << qint64(86'400'000)
                              << u"resource"_s;
    QTest::newRow("until nobody knows when") << refusal("resource-constraint", retry("soon")) << ErrorKind::RateLimited << qint64(60'000)
                                             << u"resource"_s;
    QTest::newRow("not for us") << refusal("forbidden") << ErrorKind::Denied << qint64(0) << u"forbidden"_s;
    QTest::newRow("no service") << refusal("service-unavailable") << ErrorKind::Unsupported << qint64(0) << u"service-unavailable"_s;
}

void TestXmppUpload::tellsWhyThereIsNoPlace()
{
    QFETCH(Element, answer);
    QFETCH(ErrorKind, kind);
    QFETCH(qint64, retryMs);
    QFETCH(QString, says);
    const base::Error error = xmpp::slotError(answer, 1'700'000'000'000); // 2023-11-14T22:13:20Z
    QVERIFY2(error.kind == kind, qPrintable(toString(error.kind)));
    QCOMPARE(error.retryAfterMs, retryMs);
    QVERIFY2(error.detail.contains(says), qPrintable(error.detail));
}

void TestXmppUpload::understandsTheFileServer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<std::optional<ErrorKind>>("kind");
    using Kind = std::optional<ErrorKind>;
    QTest::newRow("ok") << 200 << Kind();
    QTest::newRow("created") << 201 << Kind();
    QTest::newRow("no content") << 204 << Kind();
    QTest::newRow("redirection without an end") << 302 << Kind(ErrorKind::Protocol);
    QTest::newRow("forbidden") << 403 << Kind(ErrorKind::Denied);
    QTest::newRow("gone") << 410 << Kind(ErrorKind::NotFound);
    QTest::newRow("too large") << 413 << Kind(ErrorKind::Invalid);
    QTest::newRow("too often") << 429 << Kind(ErrorKind::RateLimited);
    QTest::newRow("broken") << 502 << Kind(ErrorKind::Offline);
    QTest::newRow("full") << 507 << Kind(ErrorKind::RateLimited);
}

void TestXmppUpload::understandsTheFileServer()
{
    QFETCH(int, status);
    QFETCH(std::optional<ErrorKind>, kind);
    const auto error = xmpp::fileServerError({status, {}, {}});
    QCOMPARE(error.has_value(), kind.has_value());
    QVERIFY(!kind || error->kind == *kind);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppUpload)
#include "tst_xmppupload.moc"
