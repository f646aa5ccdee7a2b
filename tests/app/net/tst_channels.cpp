// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/backoff.h"
#include "net/framereader.h"
#include "net/localsocket.h"
#include "net/privatefolder.h"
#include "net/tokenbucket.h"
#include "support/fakeclock.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using net::FrameChannel;
using net::FrameReader;

class Channels : public QObject
{
    Q_OBJECT

private slots:
    void memoryDeliversInOrderAndNeverAtOnce()
    {
        auto [a, b] = net::makeMemoryChannel();
        QList<QByteArray> got;
        connect(b.get(), &FrameChannel::received, this, [&got](const QByteArray& frame) { got.append(frame); });
        QSignalSpy closed(b.get(), &FrameChannel::closed);
        a->send("1");
        a->send("2");
        QVERIFY(got.isEmpty());
        QCOMPARE(a->bytesToWrite(), 2);
        a->send("3");
        a->close();
        QTRY_COMPARE(int(closed.size()), 1);
        QCOMPARE(got, QList<QByteArray>({"1", "2", "3"})); // what was sent before the end
        b->send("into the void");
    }

    void memoryEndsWhenTheOtherEndIsDestroyed()
    {
        auto [a, b] = net::makeMemoryChannel();
        QSignalSpy closed(a.get(), &FrameChannel::closed);
        b.reset();
        QTRY_COMPARE(int(closed.size()), 1);
    }

    void memoryRefusesFramesOfNoSize_data() { sizes(); }
    void memoryRefusesFramesOfNoSize()
    {
        QFETCH(qint64, size);
        QFETCH(bool, fits);
        auto [a, b] = net::makeMemoryChannel();
        QSignalSpy got(b.get(), &FrameChannel::received), closed(a.get(), &FrameChannel::closed);
        a->send(QByteArray(size, 'x'));
        QTRY_COMPARE(int(fits ? got.size() : closed.size()), 1);
        QCOMPARE(got.isEmpty(), !fits);
    }

    void readerTakesLengthsUpToTheLimit_data() { sizes(); }
    void readerTakesLengthsUpToTheLimit()
    {
        QFETCH(qint64, size);
        QFETCH(bool, fits);
        FrameReader reader;
        const auto frames = reader.feed(FrameReader::wrap(QByteArray(size, 'x')));
        QCOMPARE(frames.hasValue(), fits);
        if (fits)
            QCOMPARE(frames->value(0).size(), size);
        else
            QVERIFY(frames.error().kind == base::ErrorKind::Protocol);
    }

    void readerPutsPiecesTogether()
    {
        FrameReader reader;
        const auto stream = FrameReader::wrap("one") + FrameReader::wrap("two!");
        QList<QByteArray> frames;
        for (const char byte : stream) {
            const auto some = reader.feed(QByteArray(1, byte));
            QVERIFY(some);
            frames += *some;
        }
        QCOMPARE(frames, QList<QByteArray>({"one", "two!"}));
    }

    void socketCarriesBothWaysAndTellsTheEnd()
    {
        QTemporaryDir folder;
        net::LocalSocketServer server;
        const auto path = folder.filePath(u"s"_s);
        QVERIFY(server.listen(path));
        QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
        QSignalSpy coming(&server, &net::LocalSocketServer::clientConnected);
        net::LocalSocketChannel client(path);
        client.send("early"); // before it is connected
        QTRY_COMPARE(int(coming.size()), 1);
        auto ours = server.next();
        QVERIFY(ours);
        QSignalSpy got(ours.get(), &FrameChannel::received), end(ours.get(), &FrameChannel::closed), back(&client, &FrameChannel::received);
        QTRY_COMPARE(int(got.size()), 1);
        ours->send(QByteArray(FrameChannel::kMaxFrameBytes, 'z'));
        QTRY_COMPARE(int(back.size()), 1);
        QCOMPARE(back.first().first().toByteArray().size(), FrameChannel::kMaxFrameBytes);
        client.send("last");
        client.close();
        QTRY_COMPARE(int(end.size()), 1);
        QCOMPARE(got.last().first().toByteArray(), "last");
    }

    void socketEndsOnAFrameOverTheLimit()
    {
        QTemporaryDir folder;
        net::LocalSocketServer server;
        QVERIFY(server.listen(folder.filePath(u"s"_s)));
        QSignalSpy coming(&server, &net::LocalSocketServer::clientConnected);
        QLocalSocket rude;
        rude.connectToServer(folder.filePath(u"s"_s));
        QTRY_COMPARE(int(coming.size()), 1);
        auto ours = server.next();
        QSignalSpy end(ours.get(), &FrameChannel::closed);
        rude.write(QByteArray(4, '\xff'));
        QTRY_COMPARE(int(end.size()), 1);
        QVERIFY(end.first().first().value<base::Error>().kind == base::ErrorKind::Protocol);
    }

    void socketSaysThatNobodyListens()
    {
        QTemporaryDir folder;
        net::LocalSocketChannel client(folder.filePath(u"nobody"_s));
        QSignalSpy end(&client, &FrameChannel::closed);
        QTRY_COMPARE(int(end.size()), 1);
        QVERIFY(end.first().first().value<base::Error>().kind == base::ErrorKind::Offline);
    }

    void serverTakesThePlaceOfADeadOne()
    {
        QTemporaryDir folder;
        const auto path = folder.filePath(u"s"_s);
        QFile stale(path);
        QVERIFY(stale.open(QIODevice::WriteOnly));
        stale.close();
        net::LocalSocketServer server;
        QVERIFY(server.listen(path));
    }

    void serverRefusesAFolderThatOthersCanWrite()
    {
        QTemporaryDir folder;
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::WriteOther | QFile::ExeOther);
        net::LocalSocketServer server;
        const auto refused = server.listen(folder.filePath(u"s"_s));
        QVERIFY(!refused && refused.error().kind == base::ErrorKind::Invalid);
        QVERIFY(!net::makePrivateFolder(folder.path()));
    }

    void serverRefusesAPathThatIsTooLong()
    {
        QTemporaryDir folder;
        const auto room = int(net::LocalSocketServer::kMaxPathBytes - folder.path().size() - 1);
        net::LocalSocketServer longest, longer;
        QVERIFY(longest.listen(folder.filePath(QString(room, u'x'))));
        QVERIFY(!longer.listen(folder.filePath(QString(room + 1, u'x'))));
    }

    void privateFolderIsForItsOwnerOnly()
    {
        QTemporaryDir folder;
        QVERIFY(net::makePrivateFolder(folder.filePath(u"a/b"_s)));
        QVERIFY(!(QFile::permissions(folder.filePath(u"a/b"_s))
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther)));
    }

    void backoffDoublesUpToTheLongestAndStartsOver()
    {
        FakeRandom random;
        net::Backoff backoff(random, 50ms, 5s);
        auto step = 50ms;
        for (int i = 0; i < 12; ++i) {
            const auto delay = backoff.next();
            QVERIFY(delay >= step / 2 && delay <= step);
            step = std::min<std::chrono::milliseconds>(step * 2, 5s);
        }
        backoff.reset();
        QVERIFY(backoff.next() <= 50ms);
    }

    void bucketGivesABurstAndThenARate()
    {
        FakeClock clock;
        net::TokenBucket bucket(clock, 2, 3);
        QVERIFY(bucket.take() && bucket.take() && bucket.take());
        QVERIFY(!bucket.take());
        clock.advance(500ms);
        QVERIFY(bucket.take());
        QVERIFY(!bucket.take());
        clock.advance(1h);
        QVERIFY(bucket.take() && bucket.take() && bucket.take());
        QVERIFY(!bucket.take());
    }

private:
    static void sizes()
    {
        QTest::addColumn<qint64>("size");
        QTest::addColumn<bool>("fits");
        QTest::newRow("zero") << qint64(0) << false;
        QTest::newRow("one") << qint64(1) << true;
        QTest::newRow("limit") << FrameChannel::kMaxFrameBytes << true;
        QTest::newRow("limit + 1") << FrameChannel::kMaxFrameBytes + 1 << false;
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::Channels)
#include "tst_channels.moc"
