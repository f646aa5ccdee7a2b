// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/faultproxy.h"

#include <QSignalSpy>
#include <QTest>

using namespace ridealong::tests;

namespace {

/// The server behind the proxy: keeps what it hears, and says what it is told to.
class Listener : public QObject
{
public:
    Listener()
    {
        server.listen(QHostAddress::LocalHost);
        connect(&server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* socket = server.nextPendingConnection();
            sockets += socket;
            connect(socket, &QIODevice::readyRead, this, [this, socket] { heard += socket->readAll(); });
            connect(socket, &QAbstractSocket::disconnected, this, [this] { ++ended; });
            connect(socket, &QAbstractSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) { lastError = error; });
        });
    }
    quint16 port() const { return server.serverPort(); }

    QTcpServer server;
    QList<QTcpSocket*> sockets;
    QByteArray heard;
    int ended = 0;
    QAbstractSocket::SocketError lastError = QAbstractSocket::UnknownSocketError;
};

void join(QTcpSocket& client, const FaultProxy& proxy) { client.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port()); }

bool isOpen(const QTcpSocket& socket) { return socket.state() == QAbstractSocket::ConnectedState; }

} // namespace

class TestFaultProxy : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void passesBytesBothWays();
    void passesMoreThanItHolds();
    void keepsBytesOfAStalledWayUntilItResumes();
    void delaysAndKeepsTheOrder();
    void limitsTheRateAndLosesNothing();
    void cutsWithAReset();
    void cutsInOrder();
    void cutsAfterExactlySoManyBytes_data();
    void cutsAfterExactlySoManyBytes();
    void cutsBeforeAPatternThatComesInPieces();
    void cutsAfterALineAndWithholdsTheReply();
    void stallsAfterALine();
    void refusesConnections();
    void playsDead();
    void passesTheEndOfEitherSide();
    void letsANewConnectionThroughAfterACut();
    void cutsAtTheSamePlacesForTheSameSeed();
    void tellsTheClientWhenThereIsNoServer();

private:
    std::unique_ptr<Listener> m_server;
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<QTcpSocket> m_client;
};

void TestFaultProxy::init()
{
    m_server = std::make_unique<Listener>();
    m_proxy = std::make_unique<FaultProxy>(m_server->port());
    m_client = std::make_unique<QTcpSocket>();
    join(*m_client, *m_proxy);
    QTRY_COMPARE(m_server->sockets.size(), 1);
    QTRY_VERIFY(isOpen(*m_client));
}

void TestFaultProxy::cleanup()
{
    m_client.reset();
    m_proxy.reset();
    m_server.reset();
}

void TestFaultProxy::passesBytesBothWays()
{
    m_client->write("hello\r\n");
    QTRY_COMPARE(m_server->heard, QByteArray("hello\r\n"));
    m_server->sockets.first()->write(QByteArray("\0welcome\r\n", 10));
    QTRY_COMPARE(m_client->bytesAvailable(), 10);
    QCOMPARE(m_client->readAll(), QByteArray("\0welcome\r\n", 10));
    QCOMPARE(m_proxy->bytesPassed(Way::ToServer), 7);
    QCOMPARE(m_proxy->bytesPassed(Way::ToClient), 10);
}

void TestFaultProxy::passesMoreThanItHolds()
{
    QByteArray much;
    for (int i = 0; i < 200'000; ++i)
        much += QByteArray::number(i) + '\n';
    m_client->write(much);
    QTRY_COMPARE(m_server->heard.size(), much.size());
    QVERIFY(m_server->heard == much);
}

void TestFaultProxy::keepsBytesOfAStalledWayUntilItResumes()
{
    m_proxy->stall(Way::ToServer);
    m_client->write("late\n");
    m_server->sockets.first()->write("early\n");
    QTRY_COMPARE(m_client->peek(100), QByteArray("early\n")); // the other way goes on
    QCOMPARE(m_server->heard, QByteArray());
    m_client->write("later\n");
    m_proxy->resume(Way::ToServer);
    QTRY_COMPARE(m_server->heard, QByteArray("late\nlater\n"));
}

void TestFaultProxy::delaysAndKeepsTheOrder()
{
    m_proxy->setDelay(60);
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 50; ++i) {
        m_client->write(QByteArray::number(i) + '\n');
        m_client->flush();
    }
    QByteArray expected;
    for (int i = 0; i < 50; ++i)
        expected += QByteArray::number(i) + '\n';
    QTRY_COMPARE(m_server->heard, expected);
    QVERIFY(clock.elapsed() >= 60); // a lower bound holds on any machine
}

void TestFaultProxy::limitsTheRateAndLosesNothing()
{
    m_proxy->setRate(100'000);
    QElapsedTimer clock;
    clock.start();
    m_client->write(QByteArray(50'000, 'x'));
    QTRY_COMPARE(m_server->heard, QByteArray(50'000, 'x'));
    QVERIFY(clock.elapsed() >= 300); // half a second less the burst it allows
}

void TestFaultProxy::cutsWithAReset()
{
    QSignalSpy errors(m_client.get(), &QAbstractSocket::errorOccurred);
    m_proxy->cut(Ending::Reset);
    QTRY_VERIFY(!isOpen(*m_client));
    QCOMPARE(m_client->error(), QAbstractSocket::RemoteHostClosedError); // Qt's word for ECONNRESET, too
    QVERIFY(m_client->errorString().contains(QLatin1String("reset"), Qt::CaseInsensitive) || errors.size() == 1);
    QTRY_COMPARE(m_server->ended, 1);
    QCOMPARE(m_proxy->connectionsNow(), 0);
    QCOMPARE(m_proxy->cuts(), 1);
}

void TestFaultProxy::cutsInOrder()
{
    m_proxy->cut(Ending::Orderly);
    QTRY_VERIFY(!isOpen(*m_client));
    QTRY_COMPARE(m_server->ended, 1);
    QCOMPARE(m_server->lastError, QAbstractSocket::RemoteHostClosedError);
}

void TestFaultProxy::cutsAfterExactlySoManyBytes_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<int>("bytes");
    for (const int bytes : {1, 5, 9, 10}) {
        QTest::addRow("%d to the server", bytes) << Way::ToServer << bytes;
        QTest::addRow("%d to the client", bytes) << Way::ToClient << bytes;
    }
}

void TestFaultProxy::cutsAfterExactlySoManyBytes()
{
    QFETCH(Way, way);
    QFETCH(int, bytes);
    m_proxy->cutAfterBytes(way, bytes, Ending::Orderly);
    QTcpSocket& from = way == Way::ToServer ? *m_client : *m_server->sockets.first();
    QSignalSpy cut(m_proxy.get(), &FaultProxy::wasCut);
    from.write("01234");
    from.flush();
    from.write("56789");
    QTRY_COMPARE(cut.size(), 1);
    QTRY_VERIFY(!isOpen(*m_client));
    QTRY_COMPARE(m_server->ended, 1);
    const QByteArray expected = QByteArray("0123456789").left(bytes);
    QCOMPARE(way == Way::ToServer ? m_server->heard : m_client->readAll(), expected);
    QVERIFY(!m_proxy->hasRule());
}

void TestFaultProxy::cutsBeforeAPatternThatComesInPieces()
{
    m_proxy->cutBefore(Way::ToServer, "PRIVMSG");
    m_client->write("PING 1\r\nPRI");
    QTRY_COMPARE(m_server->heard, QByteArray("PING 1\r\n")); // PRI may be its beginning, and waits
    m_client->write("NT\r\nPRIV");
    QTRY_COMPARE(m_server->heard, QByteArray("PING 1\r\nPRINT\r\n"));
    m_client->write("MSG #ops :lost\r\n");
    QTRY_VERIFY(!isOpen(*m_client));
    QTRY_COMPARE(m_server->ended, 1);
    QCOMPARE(m_server->heard, QByteArray("PING 1\r\nPRINT\r\n"));
}

void TestFaultProxy::cutsAfterALineAndWithholdsTheReply()
{
    m_proxy->cutAfter(Way::ToServer, "PRIVMSG");
    m_client->write("PING 1\r\nPRIVMSG #ops");
    QTRY_COMPARE(m_server->heard, QByteArray("PING 1\r\nPRIVMSG #ops"));
    m_server->sockets.first()->write("an early reply\r\n");
    m_client->write(" :hi\r\nPRIVMSG #ops :not this\r\n");
    QTRY_VERIFY(!isOpen(*m_client));
    QTRY_COMPARE(m_server->ended, 1);
    QCOMPARE(m_server->heard, QByteArray("PING 1\r\nPRIVMSG #ops :hi\r\n"));
    QCOMPARE(m_server->lastError, QAbstractSocket::RemoteHostClosedError);
    QCOMPARE(m_client->readAll(), QByteArray());
}

void TestFaultProxy::stallsAfterALine()
{
    QSignalSpy stalled(m_proxy.get(), &FaultProxy::stalled);
    m_proxy->stallAfter(Way::ToServer, "PRIVMSG");
    m_client->write("PRIVMSG #ops :hi\r\n");
    QTRY_COMPARE(m_server->heard, QByteArray("PRIVMSG #ops :hi\r\n"));
    QCOMPARE(stalled.size(), 1);
    m_server->sockets.first()->write("echo\r\n");
    m_server->sockets.first()->flush();
    m_client->write("more\r\n");
    m_client->flush();
    m_proxy->resume(Way::ToServer);
    QTRY_COMPARE(m_server->heard, QByteArray("PRIVMSG #ops :hi\r\nmore\r\n"));
    QVERIFY(isOpen(*m_client));
    QCOMPARE(m_client->readAll(), QByteArray());
    m_proxy->resume(Way::ToClient);
    QTRY_COMPARE(m_client->peek(100), QByteArray("echo\r\n"));
}

void TestFaultProxy::refusesConnections()
{
    m_proxy->refuse();
    QTcpSocket second;
    join(second, *m_proxy);
    QTRY_COMPARE(second.error(), QAbstractSocket::ConnectionRefusedError);
    QVERIFY(isOpen(*m_client)); // those there are stay
    m_proxy->pass();
    join(second, *m_proxy);
    QTRY_COMPARE(m_server->sockets.size(), 2);
}

void TestFaultProxy::playsDead()
{
    m_proxy->playDead();
    QTcpSocket second;
    join(second, *m_proxy);
    QTRY_VERIFY(isOpen(second));
    second.write("anybody?\n");
    m_client->write("marker\n");
    QTRY_COMPARE(m_server->heard, QByteArray("marker\n"));
    QTRY_COMPARE(m_proxy->connectionsNow(), 2);
    QCOMPARE(m_server->sockets.size(), 1);
    m_proxy->pass(); // it comes to life
    QTRY_COMPARE(m_server->heard, QByteArray("marker\nanybody?\n"));
}

void TestFaultProxy::passesTheEndOfEitherSide()
{
    m_client->write("bye\n");
    m_client->disconnectFromHost();
    QTRY_COMPARE(m_server->ended, 1);
    QCOMPARE(m_server->heard, QByteArray("bye\n"));
    QTcpSocket second;
    join(second, *m_proxy);
    QTRY_COMPARE(m_server->sockets.size(), 2);
    m_server->sockets.last()->write("ERROR :closing\n");
    m_server->sockets.last()->disconnectFromHost();
    QTRY_VERIFY(second.state() == QAbstractSocket::UnconnectedState);
    QCOMPARE(second.readAll(), QByteArray("ERROR :closing\n"));
    QTRY_COMPARE(m_proxy->connectionsNow(), 0);
}

void TestFaultProxy::letsANewConnectionThroughAfterACut()
{
    m_proxy->cut();
    QTRY_VERIFY(!isOpen(*m_client));
    join(*m_client, *m_proxy);
    QTRY_VERIFY(isOpen(*m_client));
    m_client->write("again\n");
    QTRY_COMPARE(m_server->heard, QByteArray("again\n"));
    QCOMPARE(m_proxy->connectionsMade(), 2);
}

void TestFaultProxy::cutsAtTheSamePlacesForTheSameSeed()
{
    const auto places = [this](quint32 seed) {
        QList<qsizetype> lengths;
        FaultProxy proxy(m_server->port(), seed);
        for (int i = 0; i < 20; ++i) {
            m_server->heard.clear();
            const int ended = m_server->ended;
            proxy.cutAtRandom(Way::ToServer, 1, 10'000);
            QTcpSocket socket;
            join(socket, proxy);
            socket.write(QByteArray(10'000, 'x'));
            if (!QTest::qWaitFor([this, ended] { return m_server->ended > ended; }))
                return lengths;
            lengths += m_server->heard.size();
        }
        return lengths;
    };
    const QList<qsizetype> first = places(7);
    QCOMPARE(first.size(), 20);
    QCOMPARE(places(7), first);
    QVERIFY(places(8) != first);
}

void TestFaultProxy::tellsTheClientWhenThereIsNoServer()
{
    m_server->server.close();
    QTcpSocket second;
    join(second, *m_proxy);
    QTRY_COMPARE(m_proxy->connectionsMade(), 2);
    QTRY_VERIFY(second.state() == QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(m_proxy->connectionsNow(), 1);
}

QTEST_GUILESS_MAIN(TestFaultProxy)
#include "tst_faultproxy.moc"
