// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/dialer.h"
#include "net/openchannel.h"
#include "support/fakeclock.h"
#include "support/testserver.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <array>
#include <netinet/in.h>
#include <sys/socket.h>
#include <tuple>
#include <unistd.h>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const net::ChannelOptions kDirect{.proxy = {.kind = net::ProxySettings::Kind::Direct}};

} // namespace

/// Lines over real sockets, in plain text.
class TestLineChannel : public QObject
{
    Q_OBJECT
private:
    tests::FakeClock clock;

    std::unique_ptr<net::RemoteChannel> open(const QTcpServer& server, net::ChannelOptions options = kDirect)
    {
        const auto address = server.serverAddress().toString();
        return net::openChannel({.host = address, .port = server.serverPort(), .security = net::Endpoint::Security::Plain}, {}, clock, options);
    }

private slots:
    void carriesLinesBothWays()
    {
        tests::TestServer server;
        auto channel = open(server);
        QSignalSpy opened(channel.get(), &net::RemoteChannel::opened);
        QSignalSpy received(channel.get(), &net::FrameChannel::received);
        channel->send("early");
        QCOMPARE(channel->bytesToWrite(), 7);
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(!opened.front().front().value<net::ConnectionInfo>().encrypted);
        channel->send("late");
        QTRY_COMPARE(server.heard(), "early\r\nlate\r\n");
        QTRY_COMPARE(channel->bytesToWrite(), 0);
        server.client()->write("one\r\n\r\ntwo\nthr");
        QTRY_COMPARE(received.size(), 2);
        server.client()->write("ee\r\n");
        QTRY_COMPARE(received.size(), 3);
        QCOMPARE(received.at(2).front().toByteArray(), "three");
    }

    void refusesToSendWhatIsNoLine_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("LF") << QByteArray("a\nb");
        QTest::newRow("CR") << QByteArray("a\rb");
        QTest::newRow("NUL") << QByteArray("a\0b", 3);
        QTest::newRow("too long") << QByteArray(net::FrameChannel::kMaxFrameBytes + 1, 'x');
    }
    void refusesToSendWhatIsNoLine()
    {
        QFETCH(QByteArray, frame);
        tests::TestServer server;
        auto channel = open(server);
        QSignalSpy opened(channel.get(), &net::RemoteChannel::opened);
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        QTRY_COMPARE(opened.size(), 1);
        channel->send("before");
        channel->send(frame);
        QVERIFY(closed.isEmpty()); // not while we are being called
        channel->send("after");
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(closed.front().front().value<base::Error>().kind == base::ErrorKind::Invalid);
        QTRY_COMPARE(server.client()->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(server.heard(), "before\r\n");
    }

    void closesOnALineThatIsTooLong_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("lines");
        QTest::addColumn<bool>("closes");
        QTest::newRow("at the limit") << QByteArray("12345678\r\n12345678\r\n") << 2 << false;
        QTest::newRow("one above") << QByteArray("1\r\n123456789\r\n2\r\n") << 1 << true;
        QTest::newRow("endless") << QByteArray(1 << 20, 'x') << 0 << true;
    }
    void closesOnALineThatIsTooLong()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, lines);
        QFETCH(bool, closes);
        auto options = kDirect;
        options.maxFrameBytes = 8;
        tests::TestServer server;
        auto channel = open(server, options);
        QSignalSpy received(channel.get(), &net::FrameChannel::received);
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        QTRY_VERIFY(server.client());
        server.client()->write(bytes);
        QTRY_COMPARE(received.size(), lines);
        QTRY_COMPARE(closed.size(), closes ? 1 : 0);
        if (closes)
            QVERIFY(closed.front().front().value<base::Error>().kind == base::ErrorKind::Protocol);
        QCOMPARE(received.size(), lines);
    }

    void givesAllThatCameBeforeTheEnd()
    {
        tests::TestServer server;
        auto channel = open(server);
        QList<QByteArray> events;
        connect(channel.get(), &net::FrameChannel::received, this, [&events](const QByteArray& line) { events << line; });
        connect(
            channel.get(), &net::FrameChannel::closed, this, [&events](const base::Error& why) { events << base::toString(why.kind).toLatin1(); });
        QTRY_VERIFY(server.client());
        constexpr int kLines = 20'000; // many turns
        server.client()->write(QByteArray("a line of some length, so that it is more than one buffer\r\n").repeated(kLines));
        server.client()->disconnectFromHost();
        QTRY_COMPARE_WITH_TIMEOUT(events.size(), kLines + 1, 30'000);
        QCOMPARE(events.back(), "Offline");
    }

    void tellsOfAReset_data()
    {
        QTest::addColumn<int>("lines"); // that come before it
        QTest::addRow("nothing unread") << 0;
        QTest::addRow("many turns unread") << 20'000;
    }
    void tellsOfAReset()
    {
        QFETCH(int, lines);
        tests::TestServer server;
        auto channel = open(server);
        QSignalSpy opened(channel.get(), &net::RemoteChannel::opened);
        QSignalSpy received(channel.get(), &net::FrameChannel::received);
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        QTRY_VERIFY(server.client() && opened.size() == 1);
        const linger now{.l_onoff = 1, .l_linger = 0};
        QCOMPARE(::setsockopt(int(server.client()->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
        server.client()->write(QByteArray("a line of some length, so that it is more than one buffer\r\n").repeated(lines));
        QTRY_VERIFY(received.size() >= lines / 10);
        server.client()->abort();
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(closed.front().front().value<base::Error>().kind == base::ErrorKind::Offline);
    }

    void saysWhyItCouldNotConnect_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("refused") << u"127.0.0.1"_s << int(base::ErrorKind::Offline) << u"refused"_s;
        QTest::newRow("no such host") << u"nothing.invalid"_s << int(base::ErrorKind::Offline) << u"host not found"_s;
        QTest::newRow("no host") << QString() << int(base::ErrorKind::Invalid) << u"no host"_s;
    }
    void saysWhyItCouldNotConnect()
    {
        QFETCH(QString, host);
        QFETCH(int, kind);
        QFETCH(QString, words);
        quint16 port = 0;
        {
            const tests::TestServer gone;
            port = gone.serverPort();
        }
        auto channel = net::openChannel({.host = host, .port = port, .security = net::Endpoint::Security::Plain}, {}, clock, kDirect);
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 30'000);
        const auto why = closed.front().front().value<base::Error>();
        QCOMPARE(int(why.kind), kind);
        QVERIFY2(why.detail.contains(words), qPrintable(why.detail));
    }

    void sendsItsLastWordsWhenClosed()
    {
        tests::TestServer server;
        auto channel = open(server);
        QSignalSpy opened(channel.get(), &net::RemoteChannel::opened);
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(server.client());
        server.client()->write("unread\r\n");
        const QByteArray words(1 << 20, 'x');
        channel->send(words);
        channel->close();
        channel->send("unheard");
        QVERIFY(closed.isEmpty());
        channel.reset();
        QTRY_COMPARE(server.client()->state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(server.heard().size(), words.size() + 2);
    }

    void canBeClosedWhileItConnects()
    {
        tests::TestServer server;
        auto channel = open(server);
        QSignalSpy opened(channel.get(), &net::RemoteChannel::opened);
        channel->close();
        auto other = open(server);
        other.reset();
        auto third = open(server);
        QTRY_COMPARE(server.clients(), 1); // the third; the first two never came to it
        QVERIFY(opened.isEmpty());
        third.reset();
        QTRY_COMPARE(server.client()->state(), QAbstractSocket::UnconnectedState);
    }

    void canBeDestroyedInItsSlots_data()
    {
        QTest::addColumn<int>("slot");
        QTest::newRow("opened") << 0;
        QTest::newRow("received") << 1;
        QTest::newRow("written") << 2;
        QTest::newRow("closed") << 3;
    }
    void canBeDestroyedInItsSlots()
    {
        QFETCH(int, slot);
        tests::TestServer server;
        auto channel = open(server);
        const auto kill = [&channel] { channel.reset(); };
        if (slot == 0)
            connect(channel.get(), &net::RemoteChannel::opened, this, kill);
        if (slot == 1)
            connect(channel.get(), &net::FrameChannel::received, this, kill);
        if (slot == 2)
            connect(channel.get(), &net::FrameChannel::written, this, kill);
        if (slot == 3)
            connect(channel.get(), &net::FrameChannel::closed, this, kill);
        channel->send("hello");
        QTRY_VERIFY(server.client());
        server.client()->write("one\r\ntwo\r\n");
        server.client()->flush();
        server.client()->disconnectFromHost();
        QTRY_VERIFY(!channel);
    }

    void pushesBackWhileTheServerDoesNotRead()
    {
        tests::TestServer server;
        auto channel = open(server);
        QTRY_VERIFY(server.client());
        server.client()->setReadBufferSize(1);
        const QByteArray line(1 << 20, 'x');
        for (int i = 0; i < 16; ++i)
            channel->send(line);
        QTRY_VERIFY(server.heard().size() > 0);
        QVERIFY(channel->bytesToWrite() > line.size());
        QSignalSpy written(channel.get(), &net::FrameChannel::written);
        server.client()->setReadBufferSize(0);
        QTRY_COMPARE_WITH_TIMEOUT(server.heard().size(), 16 * (line.size() + 2), 30'000);
        QCOMPARE(channel->bytesToWrite(), 0);
        QVERIFY(written.size() > 0);
    }

    void triesTheNextAddressWhenOneIsRefused()
    {
        tests::TestServer server;
        net::Dialer dialer(u"name"_s, server.serverPort(), clock);
        QSignalSpy connected(&dialer, &net::Dialer::connected);
        dialer.dial(QList{QHostAddress(QHostAddress::LocalHostIPv6), QHostAddress(u"127.0.0.9"_s), QHostAddress(QHostAddress::LocalHost)});
        QTRY_COMPARE(connected.size(), 1);
        QCOMPARE(dialer.take()->peerAddress(), QHostAddress(QHostAddress::LocalHost));
    }

    void doesNotWaitForASilentAddress()
    {
        tests::TestServer server;
        const SilentListener silent(server.serverPort());
        net::Dialer dialer(u"name"_s, server.serverPort(), clock);
        QSignalSpy connected(&dialer, &net::Dialer::connected);
        dialer.dial(QList{silent.address(), QHostAddress(QHostAddress::LocalHost)});
        QVERIFY(connected.isEmpty());
        clock.advance(net::Dialer::kNextAttempt);
        QTRY_COMPARE(connected.size(), 1);
    }

    void givesUpOnASilentServer()
    {
        const tests::TestServer elsewhere;
        const SilentListener silent(elsewhere.serverPort());
        const net::Endpoint endpoint{.host = silent.address().toString(), .port = elsewhere.serverPort(), .security = net::Endpoint::Security::Plain};
        tests::FakeClock time;
        auto channel = net::openChannel(endpoint, {}, time, kDirect);
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        QTRY_VERIFY(time.pending() > 0);
        time.advance(30s);
        QCOMPARE(closed.size(), 1);
        QVERIFY(closed.front().front().value<base::Error>().kind == base::ErrorKind::Timeout);
    }

    void readsAHundredThousandLines()
    {
        constexpr int kLines = 100'000;
        tests::TestServer server;
        auto channel = open(server);
        int count = 0;
        connect(channel.get(), &net::FrameChannel::received, this, [&count] { ++count; });
        QTRY_VERIFY(server.client());
        QElapsedTimer timer;
        timer.start();
        server.client()->write(QByteArray(":nick!user@host.example PRIVMSG #channel :some words as people say them\r\n").repeated(kLines));
        QTRY_COMPARE_WITH_TIMEOUT(count, kLines, 60'000);
        qInfo("%d lines in %lld ms, both ends in this process", kLines, static_cast<long long>(timer.elapsed()));
    }

private:
    /// An address of loopback that takes no connection and refuses none: a queue of none, and one in it.
    class SilentListener
    {
    public:
        explicit SilentListener(quint16 port) : m_port(port), m_listener(::socket(AF_INET, SOCK_STREAM, 0))
        {
            const auto name = socketName();
            const auto* generic = reinterpret_cast<const sockaddr*>(&name);
            if (::bind(m_listener, generic, sizeof name) != 0 || ::listen(m_listener, 0) != 0)
                qFatal("no listener");
            for (int& filler : m_fillers) {
                filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
                std::ignore = ::connect(filler, generic, sizeof name);
            }
        }
        ~SilentListener()
        {
            for (const int filler : m_fillers)
                ::close(filler);
            ::close(m_listener);
        }
        Q_DISABLE_COPY_MOVE(SilentListener)
        QHostAddress address() const { return QHostAddress(u"127.0.0.2"_s); }

    private:
        sockaddr_in socketName() const
        {
            sockaddr_in name{};
            name.sin_family = AF_INET;
            name.sin_port = htons(m_port);
            name.sin_addr.s_addr = htonl(0x7f000002);
            return name;
        }
        quint16 m_port;
        int m_listener;
        std::array<int, 4> m_fillers{};
    };
};

QTEST_GUILESS_MAIN(TestLineChannel)
#include "tst_linechannel.moc"
