// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "support/await.h"
#include "support/fakeclock.h"
#include "xmpp/discovery.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::xmpp;
using base::ErrorKind;
using Security = net::Endpoint::Security;

namespace {

/// "host:port tls certificate" for each.
QStringList words(const QList<net::Endpoint>& endpoints)
{
    QStringList all;
    for (const net::Endpoint& endpoint : endpoints)
        all << u"%1:%2 %3 %4"_s.arg(endpoint.host)
                   .arg(endpoint.port)
                   .arg(endpoint.security == Security::Tls ? u"tls"_s : u"starttls"_s, endpoint.certificateName);
    return all;
}

QStringList targets(const QList<ServiceRecord>& records)
{
    QStringList all;
    for (const ServiceRecord& record : records)
        all << record.target;
    return all;
}

/// Answers with what it has; has it none, the answer is an error.
struct FakeDns
{
    QHash<QString, QList<ServiceRecord>> records;
    ErrorKind otherwise = ErrorKind::NotFound;
    QStringList asked;

    ServiceLookup lookup()
    {
        return [this](const QString& name) {
            asked << name;
            using Answer = base::Async<QList<ServiceRecord>>;
            return records.contains(name) ? Answer::ready(records.value(name)) : Answer::ready(base::Error{otherwise, {}, 0});
        };
    }
};

} // namespace

class TestXmppDiscovery : public QObject
{
    Q_OBJECT
private slots:
    void ordersByPriority();
    void drawsLotsByWeight();
    void joinsBothKindsOfRecords();
    void fallsBackToTheDomainsOwnPort();
    void believesThatThereIsNoService();
    void asksForNamesInAscii();
    void asksNobodyAboutAnAddress();
    void limitsWhatDnsSays();
    void findsWebSockets_data();
    void findsWebSockets();
    void refusesOtherDocuments();

private:
    base::Expected<QStringList> find(FakeDns& dns, const QString& domain)
    {
        net::HttpClient http(clock, {}, {});
        Discovery discovery(dns.lookup(), http, random);
        const auto found = await(discovery.endpoints(domain));
        return found ? base::Expected<QStringList>(words(*found)) : found.error();
    }
    FakeClock clock;
    FakeRandom random;
};

void TestXmppDiscovery::ordersByPriority()
{
    const QList<ServiceRecord> records{{u"c"_s, 1, 30, 5}, {u"a"_s, 1, 10, 0}, {u"b"_s, 1, 20, 9}};
    for (int i = 0; i < 100; ++i)
        QCOMPARE(targets(inOrder(records, random)), QStringList({u"a"_s, u"b"_s, u"c"_s}));
    QVERIFY(inOrder({}, random).isEmpty());
}

void TestXmppDiscovery::drawsLotsByWeight()
{
    const QList<ServiceRecord> records{{u"small"_s, 1, 0, 10}, {u"none"_s, 1, 0, 0}, {u"large"_s, 1, 0, 65535}, {u"large too"_s, 1, 0, 65535}};
    QHash<QString, int> first;
    for (int i = 0; i < 10'000; ++i) {
        const QStringList order = targets(inOrder(records, random));
        QCOMPARE(QSet<QString>(order.begin(), order.end()).size(), 4);
        ++first[order.front()];
    }
    QVERIFY(first[u"large"_s] > 4500 && first[u"large too"_s] > 4500);
    QVERIFY(first[u"small"_s] < 20);
    QVERIFY(first[u"none"_s] < 10);
    // All without weight: each comes first at times… or is at least there.
    QCOMPARE(inOrder({{u"a"_s, 1, 0, 0}, {u"b"_s, 1, 0, 0}}, random).size(), 2);
}

void TestXmppDiscovery::joinsBothKindsOfRecords()
{
    FakeDns dns;
    dns.records[u"_xmpps-client._tcp.chat.test"_s] = {{u"tls.example."_s, 443, 20, 0}, {u"first.example"_s, 5223, 5, 0}};
    dns.records[u"_xmpp-client._tcp.chat.test"_s] = {{u"plain.example"_s, 5222, 10, 0}};
    QCOMPARE(*find(dns, u"chat.test"_s),
        QStringList({u"first.example:5223 tls chat.test"_s, u"plain.example:5222 starttls chat.test"_s, u"tls.example:443 tls chat.test"_s}));
    dns.records.remove(u"_xmpp-client._tcp.chat.test"_s);
    QCOMPARE(find(dns, u"chat.test"_s)->size(), 2);
}

void TestXmppDiscovery::fallsBackToTheDomainsOwnPort()
{
    for (const ErrorKind kind : {ErrorKind::NotFound, ErrorKind::Offline, ErrorKind::Timeout}) {
        FakeDns dns;
        dns.otherwise = kind;
        QCOMPARE(*find(dns, u"chat.test"_s), QStringList(u"chat.test:5222 starttls chat.test"_s));
        QCOMPARE(dns.asked.size(), 2);
    }
}

void TestXmppDiscovery::believesThatThereIsNoService()
{
    FakeDns dns;
    dns.records[u"_xmpps-client._tcp.chat.test"_s] = {{u"."_s, 0, 0, 0}};
    QCOMPARE(*find(dns, u"chat.test"_s), QStringList(u"chat.test:5222 starttls chat.test"_s)); // it may have the other
    dns.records[u"_xmpp-client._tcp.chat.test"_s] = {{u""_s, 0, 0, 0}};
    QVERIFY(find(dns, u"chat.test"_s).error().kind == ErrorKind::NotFound);
    dns.records[u"_xmpp-client._tcp.chat.test"_s] = {{u"x.example"_s, 5222, 0, 0}};
    QCOMPARE(*find(dns, u"chat.test"_s), QStringList(u"x.example:5222 starttls chat.test"_s));
}

void TestXmppDiscovery::asksForNamesInAscii()
{
    FakeDns dns;
    QCOMPARE(*find(dns, u"bücher.example"_s), QStringList(u"xn--bcher-kva.example:5222 starttls xn--bcher-kva.example"_s));
    QCOMPARE(dns.asked, QStringList({u"_xmpps-client._tcp.xn--bcher-kva.example"_s, u"_xmpp-client._tcp.xn--bcher-kva.example"_s}));
}

void TestXmppDiscovery::asksNobodyAboutAnAddress()
{
    FakeDns dns;
    QCOMPARE(*find(dns, u"127.0.0.1"_s), QStringList(u"127.0.0.1:5222 starttls 127.0.0.1"_s));
    QCOMPARE(*find(dns, u"[::1]"_s), QStringList(u"::1:5222 starttls ::1"_s));
    QVERIFY(dns.asked.isEmpty());
}

void TestXmppDiscovery::limitsWhatDnsSays()
{
    FakeDns dns;
    for (quint16 i = 1; i <= 1000; ++i)
        dns.records[u"_xmpp-client._tcp.chat.test"_s].append({u"x.example"_s, i, 0, 0});
    QCOMPARE(find(dns, u"chat.test"_s)->size(), Discovery::kMaxEndpoints);
}

void TestXmppDiscovery::findsWebSockets_data()
{
    QTest::addColumn<QByteArray>("links");
    QTest::addColumn<QList<QUrl>>("found");
    const QByteArray rel = "<Link rel='urn:xmpp:alt-connections:websocket' href='";
    QTest::newRow("one") << rel + "wss://chat.test/ws'/>" << QList<QUrl>{QUrl(u"wss://chat.test/ws"_s)};
    QTest::newRow("another host, another port") << rel + "wss://web.example:5443/ws'/>" << QList<QUrl>{QUrl(u"wss://web.example:5443/ws"_s)};
    QTest::newRow("two, and other links") << "<!-- a --><Link rel='urn:xmpp:alt-connections:xbosh' href='https://chat.test/bosh'/>" + rel
            + "wss://a.test/'/>" + rel
            + "wss://b.test/'/>" << QList<QUrl>{QUrl(u"wss://a.test/"_s), QUrl(u"wss://b.test/"_s)};
    QTest::newRow("not encrypted") << rel + "ws://chat.test/ws'/>" << QList<QUrl>();
    QTest::newRow("no address") << rel + "wss:'/>" + rel + "'/>" + rel + "javascript:alert(1)'/>" << QList<QUrl>();
    QTest::newRow("nothing") << QByteArray() << QList<QUrl>();
}

void TestXmppDiscovery::findsWebSockets()
{
    QFETCH(QByteArray, links);
    QFETCH(QList<QUrl>, found);
    const auto urls
        = webSocketsOf("<?xml version='1.0' encoding='UTF-8'?><XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>" + links + "</XRD>");
    QCOMPARE(urls.valueOr({}), found);
    QVERIFY(urls || urls.error().kind == ErrorKind::NotFound);
}

void TestXmppDiscovery::refusesOtherDocuments()
{
    for (const QByteArray document : {"", "<html>", "{\"links\":[]}", "<!DOCTYPE a [<!ENTITY b 'c'>]><XRD/>"})
        QVERIFY(webSocketsOf(document).error().kind == ErrorKind::Protocol);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppDiscovery)
#include "tst_xmppdiscovery.moc"
