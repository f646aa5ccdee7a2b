// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/httpclient.h"
#include "support/fakeclock.h"
#include "support/testcertificates.h"
#include "support/testserver.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const net::ProxySettings kDirect{.kind = net::ProxySettings::Kind::Direct};

QUrl urlOf(const QTcpServer& server, const QString& path = u"/x"_s, const QString& scheme = u"http"_s)
{
    return QUrl(u"%1://localhost:%2%3"_s.arg(scheme).arg(server.serverPort()).arg(path));
}

/// A transfer and how it ended.
struct Fetch
{
    Fetch(net::HttpClient& client, const net::HttpRequest& request) : transfer(client.start(request))
    {
        QObject::connect(transfer.get(), &net::HttpTransfer::finished, &context, [this](const base::Expected<net::HttpResponse>& with) {
            ++ends;
            answer = with;
        });
        QObject::connect(transfer.get(), &net::HttpTransfer::progress, &context, [this](qint64, qint64 bytes, qint64) { received = bytes; });
    }
    base::ErrorKind kind() const { return answer->error().kind; }

    std::unique_ptr<net::HttpTransfer> transfer;
    QObject context;
    int ends = 0;
    qint64 received = 0;
    std::optional<base::Expected<net::HttpResponse>> answer;
};

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT
private:
    tests::FakeClock clock;
    std::unique_ptr<tests::TestCertificates> certificates;
    QTemporaryDir folder;

private slots:
    void initTestCase() { certificates = std::make_unique<tests::TestCertificates>(); }

    void fetchesIntoMemory()
    {
        tests::TestServer server;
        net::HttpClient client(clock, {}, kDirect);
        Fetch fetch(client, {.url = urlOf(server), .headers = {{"Accept", "text/plain"}}});
        QTRY_VERIFY(server.heard().contains("\r\n\r\n"));
        QVERIFY(server.heard().startsWith("GET /x HTTP/1.1\r\n"));
        QVERIFY(server.heard().toLower().contains("accept: text/plain\r\n")); // names of headers have no case, and Qt 6.8 writes them small
        server.client()->write("HTTP/1.1 200 OK\r\nX-Thing: Yes\r\nSet-Cookie: a=b\r\nContent-Length: 5\r\n\r\nhello");
        QTRY_COMPARE(fetch.ends, 1);
        QVERIFY(*fetch.answer);
        QCOMPARE((*fetch.answer)->status, 200);
        QCOMPARE((*fetch.answer)->body, "hello");
        QCOMPARE((*fetch.answer)->header("x-thing"), "Yes");
        QCOMPARE(fetch.received, 5);
        Fetch again(client, {.url = urlOf(server)});
        QTRY_COMPARE(server.heard().count("\r\n\r\n"), 2);
        QVERIFY(!server.heard().toLower().contains("cookie"));
    }

    void tellsOfAStatusAsItIs()
    {
        tests::TestServer server;
        net::HttpClient client(clock, {}, kDirect);
        Fetch fetch(client, {.url = urlOf(server)});
        QTRY_VERIFY(server.heard().contains("\r\n\r\n"));
        server.client()->write("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
        QTRY_COMPARE(fetch.ends, 1);
        QVERIFY(*fetch.answer);
        QCOMPARE((*fetch.answer)->status, 404);
        QCOMPARE((*fetch.answer)->body, "none");
    }

    void keepsToItsLimit_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<bool>("fits");
        QTest::newRow("none") << 0 << true;
        QTest::newRow("at the limit") << 1000 << true;
        QTest::newRow("one above") << 1001 << false;
    }
    void keepsToItsLimit()
    {
        QFETCH(int, bytes);
        QFETCH(bool, fits);
        tests::TestServer server;
        net::HttpClient client(clock, {}, kDirect);
        const auto path = folder.filePath(u"file"_s);
        Fetch fetch(client, {.url = urlOf(server), .toFile = path, .maxBytes = 1000});
        QTRY_VERIFY(server.heard().contains("\r\n\r\n"));
        server.client()->write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + QByteArray(bytes, 'x')); // the length is not told
        server.client()->disconnectFromHost();
        QTRY_COMPARE(fetch.ends, 1);
        QCOMPARE(bool(*fetch.answer), fits);
        QCOMPARE(QFileInfo(path).exists(), fits);
        QVERIFY(!QFileInfo::exists(path + u".part"_s));
        QCOMPARE(fetch.transfer->exceededMaxBytes(), !fits);
        if (fits)
            QCOMPARE(QFileInfo(path).size(), bytes);
        else
            QVERIFY(fetch.kind() == base::ErrorKind::Protocol);
        QFile::remove(path);
    }

    void leavesNoHalfFile()
    {
        tests::TestServer server;
        net::HttpClient client(clock, {}, kDirect);
        const auto path = folder.filePath(u"half"_s);
        Fetch fetch(client, {.url = urlOf(server), .toFile = path});
        QTRY_VERIFY(server.heard().contains("\r\n\r\n"));
        server.client()->write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        server.client()->disconnectFromHost();
        QTRY_COMPARE(fetch.ends, 1);
        QVERIFY(!*fetch.answer);
        QVERIFY(fetch.kind() == base::ErrorKind::Offline);
        QVERIFY(!QFileInfo::exists(path) && !QFileInfo::exists(path + u".part"_s));
    }

    void keepsNoPageOfAnErrorAsTheFile()
    {
        tests::TestServer server;
        net::HttpClient client(clock, {}, kDirect);
        const auto path = folder.filePath(u"kept"_s);
        QFile before(path);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
        before.close();
        Fetch fetch(client, {.url = urlOf(server), .toFile = path});
        QTRY_VERIFY(server.heard().contains("\r\n\r\n"));
        server.client()->write("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
        QTRY_COMPARE(fetch.ends, 1);
        QCOMPARE((*fetch.answer)->status, 404);
        QVERIFY(!fetch.transfer->exceededMaxBytes());
        QVERIFY(!QFileInfo::exists(path + u".part"_s));
        QVERIFY(before.open(QIODevice::ReadOnly));
        QCOMPARE(before.readAll(), QByteArray("before"));
    }

    void sendsAFile()
    {
        const auto path = folder.filePath(u"up"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(100'000, 'u'));
        file.close();
        tests::TestServer server;
        net::HttpClient client(clock, {}, kDirect);
        Fetch fetch(client, {.method = "PUT", .url = urlOf(server), .headers = {{"Content-Type", "text/plain"}}, .bodyFile = path});
        QTRY_VERIFY(server.heard().endsWith(QByteArray(100'000, 'u')));
        QVERIFY(server.heard().startsWith("PUT /x "));
        server.client()->write("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        QTRY_COMPARE(fetch.ends, 1);
        QCOMPARE((*fetch.answer)->status, 201);
    }

    void followsOnlyWhereItWasSent_data()
    {
        QTest::addColumn<QString>("location");
        QTest::addColumn<bool>("follows");
        QTest::newRow("same host") << u"/y"_s << true;
        QTest::newRow("other host") << u"http://127.0.0.1:%1/y"_s << false;
        QTest::newRow("other port") << u"http://localhost:1/y"_s << false;
        QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
    }
    void followsOnlyWhereItWasSent()
    {
        QFETCH(QString, location);
        QFETCH(bool, follows);
        if (location.contains(u'%'))
            location = location.arg(1);
        tests::TestServer server;
        net::HttpClient client(clock, {}, kDirect);
        Fetch fetch(client, {.url = urlOf(server)});
        QTRY_VERIFY(server.heard().contains("\r\n\r\n"));
        server.client()->write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location.toLatin1() + "\r\n\r\n");
        if (!follows) {
            QTRY_COMPARE(fetch.ends, 1);
            QVERIFY(!*fetch.answer);
            return;
        }
        QTRY_VERIFY(server.heard().contains("GET /y "));
        server.client()->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        QTRY_COMPARE(fetch.ends, 1);
        QCOMPARE((*fetch.answer)->status, 200);
    }

    void checksTheCertificate()
    {
        tests::TestServer server(certificates->server(u"self"_s));
        net::HttpClient client(clock, {}, kDirect);
        Fetch fetch(client, {.url = urlOf(server, u"/secret"_s, u"https"_s)});
        QTRY_COMPARE(fetch.ends, 1);
        QVERIFY(fetch.kind() == base::ErrorKind::Untrusted);
        const auto problem = fetch.transfer->certificateProblem();
        QVERIFY(problem);
        QCOMPARE(problem->reasons, QStringList{u"self-signed"_s});
        QCOMPARE(problem->sha256, certificates->certificate(u"self"_s).digest(QCryptographicHash::Sha256));
        QCOMPARE(server.heard(), QByteArray());

        net::HttpClient excepting(clock, {.exception = problem->sha256}, kDirect);
        Fetch second(excepting, {.url = urlOf(server, u"/secret"_s, u"https"_s)});
        QTRY_VERIFY(server.heard().contains("/secret"));

        net::HttpClient other(clock, {.exception = QByteArray(32, 'x')}, kDirect);
        Fetch third(other, {.url = urlOf(server, u"/secret"_s, u"https"_s)});
        QTRY_COMPARE(third.ends, 1);
        QVERIFY(third.transfer->certificateProblem().value().afterException);
    }

    void waitsAsLongAsSomethingComes()
    {
        tests::TestServer server;
        tests::FakeClock time;
        net::HttpClient client(time, {}, kDirect);
        Fetch fetch(client, {.url = urlOf(server), .timeout = 10s});
        QTRY_VERIFY(server.heard().contains("\r\n\r\n"));
        time.advance(9s);
        server.client()->write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        QTRY_COMPARE(fetch.received, 4);
        time.advance(9s);
        QCOMPARE(fetch.ends, 0);
        time.advance(1s);
        QCOMPARE(fetch.ends, 1);
        QVERIFY(fetch.kind() == base::ErrorKind::Timeout);
    }

    void canBeCancelled()
    {
        tests::TestServer server;
        net::HttpClient client(clock, {}, kDirect);
        Fetch fetch(client, {.url = urlOf(server)});
        Fetch dropped(client, {.url = urlOf(server)});
        dropped.transfer.reset();
        QTRY_VERIFY(server.heard().contains("\r\n\r\n"));
        fetch.transfer->cancel();
        QCOMPARE(fetch.ends, 0);
        QTRY_COMPARE(fetch.ends, 1);
        QVERIFY(fetch.kind() == base::ErrorKind::Cancelled);
        QTRY_COMPARE(server.client()->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(dropped.ends, 0);
    }

    void refusesWhatIsNotHttp()
    {
        net::HttpClient client(clock, {}, kDirect);
        for (const auto& url : {u"file:///etc/passwd"_s, u"ftp://localhost/"_s, u"http://"_s, QString()}) {
            Fetch fetch(client, {.url = QUrl(url)});
            QTRY_COMPARE(fetch.ends, 1);
            QVERIFY(fetch.kind() == base::ErrorKind::Invalid);
        }
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
