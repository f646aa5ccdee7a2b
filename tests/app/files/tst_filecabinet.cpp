// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "files/filecabinet.h"
#include "files/imagesize.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace ridealong;
using base::ErrorKind;
using tests::await;
using Place = chat::FileState::Place;

namespace {

const base::ConversationId kRoom(base::AccountId(u"local-1"_s), u"#ops"_s);
constexpr qint64 kPlenty = 1 << 20;

class FakeTransfer : public chat::Transfer
{
public:
    explicit FakeTransfer(bool& cancelled) : m_cancelled(cancelled) {}
    ~FakeTransfer() override { m_cancelled = !over; }
    bool over = false;

private:
    bool& m_cancelled;
};

class FakeServer final : public chat::FileFacet
{
public:
    qint64 maxBytes() const override { return kPlenty; }
    std::unique_ptr<chat::Transfer> upload(const base::ConversationId&, const chat::Attachment&) override { return nullptr; }
    std::unique_ptr<chat::Transfer> download(const base::ConversationId&, const chat::Attachment& file, const QString& path) override
    {
        ++asked;
        target = path;
        wanted = file;
        auto made = std::make_unique<FakeTransfer>(cancelled);
        transfer = made.get();
        return made;
    }
    void deliver(const QByteArray& bytes)
    {
        QFile file(target);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        transfer->over = true;
        emit transfer->ended(wanted);
    }
    void fail(const base::Error& why)
    {
        transfer->over = true;
        emit transfer->ended(why);
    }

    int asked = 0;
    bool cancelled = false;
    QString target;
    chat::Attachment wanted;
    FakeTransfer* transfer = nullptr;
};

QByteArray png(quint32 width, quint32 height)
{
    QByteArray bytes("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    for (const quint32 side : {width, height})
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes += char(side >> shift);
    return bytes + QByteArray("\x08\x06\0\0\0", 5);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<missing>");
}

} // namespace

class TestFileCabinet : public QObject
{
    Q_OBJECT

    QString write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }
    int copies() const
    {
        int count = 0;
        for (QDirIterator files(m_folder->filePath(u"files"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext(); ++count)
            files.next();
        return count;
    }
    static chat::Attachment remote(const QString& name = u"log.txt"_s)
    {
        chat::Attachment file;
        file.id = base::FileId(u"f1"_s);
        file.name = name;
        file.bytes = 3;
        return file;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_cabinet = std::make_unique<files::FileCabinet>(m_folder->filePath(u"files"_s), m_random);
    }
    void cleanup() { m_cabinet.reset(); }

    void copiesWhatIsAttached()
    {
        const QString path = write(u"chart of März.png"_s, png(640, 480));
        const auto file = await(m_cabinet->attach(path, kPlenty));
        QVERIFY(file);
        QCOMPARE(file->name, u"chart of März.png"_s);
        QCOMPARE(file->mediaType, u"image/png"_s);
        QCOMPARE(file->pixels, QSize(640, 480));
        QCOMPARE(file->bytes, png(640, 480).size());
        QVERIFY(file->id.isEmpty());
        QVERIFY(file->path.startsWith(m_folder->filePath(u"files"_s)));
        write(u"chart of März.png"_s, "changed");
        QVERIFY(QFile::remove(path));
        QCOMPARE(contentOf(file->path), png(640, 480)); // whatever becomes of the original
        QCOMPARE(m_cabinet->state(kRoom, *file).place, Place::Here);
        m_cabinet->drop(*file);
        QTRY_COMPARE(copies(), 0);
    }

    void takesTheTypeFromTheContent()
    {
        const auto file = await(m_cabinet->attach(write(u"innocent.png"_s, "#!/bin/sh\nrm -r /\n"), kPlenty));
        QVERIFY(file);
        QVERIFY(!file->pixels.isValid());
        const auto bytes = await(m_cabinet->attach(png(3, 4), u"../../outside.png"_s, kPlenty));
        QVERIFY(bytes);
        QCOMPARE(bytes->name, u"outside.png"_s);
        QVERIFY(bytes->path.startsWith(m_folder->filePath(u"files"_s)) && !bytes->path.contains(u".."_s));
    }

    void refusesWhatIsTooLarge_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<bool>("taken");
        QTest::newRow("nothing") << 0 << true;
        QTest::newRow("limit") << 1000 << true;
        QTest::newRow("limit + 1") << 1001 << false;
    }
    void refusesWhatIsTooLarge()
    {
        QFETCH(int, bytes);
        QFETCH(bool, taken);
        const QByteArray content(bytes, 'x');
        const auto file = await(m_cabinet->attach(write(u"a.bin"_s, content), 1000));
        QCOMPARE(bool(file), taken);
        const auto pasted = await(m_cabinet->attach(content, u"a.bin"_s, 1000));
        QCOMPARE(bool(pasted), taken);
        if (!taken) {
            QVERIFY(file.error().kind == ErrorKind::Invalid);
            QVERIFY(pasted.error().kind == ErrorKind::Invalid);
            QCOMPARE(copies(), 0);
        }
    }

    void refusesWhatIsNoFile()
    {
        QVERIFY(await(m_cabinet->attach(m_folder->filePath(u"nowhere"_s), kPlenty)).error().kind == ErrorKind::NotFound);
        QVERIFY(await(m_cabinet->attach(m_folder->path(), kPlenty)).error().kind == ErrorKind::Invalid);
        const QString pipe = m_folder->filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QVERIFY(await(m_cabinet->attach(pipe, kPlenty)).error().kind == ErrorKind::Invalid); // and does not wait for a writer
    }

    void whatWasSentNeedNotBeFetched()
    {
        auto file = await(m_cabinet->attach(write(u"a.txt"_s, "abc"), kPlenty)).valueOr({});
        file.id = base::FileId(u"f1"_s);
        QSignalSpy changed(m_cabinet.get(), &files::FileCabinet::changed);
        m_cabinet->keepSent(kRoom, file);
        QTRY_COMPARE(int(changed.size()), 1);
        chat::Attachment seen = remote(u"a.txt"_s);
        QCOMPARE(m_cabinet->state(kRoom, seen).place, Place::Here);
        QCOMPARE(contentOf(m_cabinet->state(kRoom, seen).path), QByteArray("abc"));
        QCOMPARE(copies(), 1);
        FakeServer server;
        m_cabinet->fetch(server, kRoom, seen);
        QCOMPARE(server.asked, 0);
    }

    void fetchesOnce()
    {
        FakeServer server;
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Remote);
        m_cabinet->fetch(server, kRoom, remote());
        m_cabinet->fetch(server, kRoom, remote());
        QCOMPARE(server.asked, 1);
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Coming);
        emit server.transfer->progressed(2, 3);
        QCOMPARE(m_cabinet->state(kRoom, remote()).bytes, qint64(2));
        server.deliver("abc");
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Here);
        m_cabinet->fetch(server, kRoom, remote());
        QCOMPARE(server.asked, 1);
        // Another conversation's file of the same id is another file.
        QCOMPARE(m_cabinet->state({kRoom.account(), u"#help"_s}, remote()).place, Place::Remote);
        // And after a restart it is still there.
        m_cabinet = std::make_unique<files::FileCabinet>(m_folder->filePath(u"files"_s), m_random);
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Here);
    }

    void aFailureCanBeTriedAgain()
    {
        FakeServer server;
        m_cabinet->fetch(server, kRoom, remote());
        server.fail({ErrorKind::Offline, u"gone"_s, 0});
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Failed);
        QVERIFY(m_cabinet->state(kRoom, remote()).why->kind == ErrorKind::Offline);
        m_cabinet->fetch(server, kRoom, remote());
        QCOMPARE(server.asked, 2);
        server.deliver("abc");
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Here);
    }

    void aCancelledTransferEnds()
    {
        FakeServer server;
        m_cabinet->fetch(server, kRoom, remote());
        m_cabinet->cancel(kRoom, remote());
        QVERIFY(server.cancelled);
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Remote);
        m_cabinet->cancel(kRoom, remote()); // nothing to cancel
    }

    void savesWhereItsUserWantsIt()
    {
        FakeServer server;
        QVERIFY(await(m_cabinet->save(kRoom, remote(), m_folder->filePath(u"out"_s))).error().kind == ErrorKind::NotFound);
        m_cabinet->fetch(server, kRoom, remote());
        server.deliver("abc");
        const QString target = write(u"out.txt"_s, "before");
        QVERIFY(await(m_cabinet->save(kRoom, remote(), target)));
        QCOMPARE(contentOf(target), QByteArray("abc"));
        const auto nowhere = await(m_cabinet->save(kRoom, remote(), m_folder->filePath(u"no/such/folder/x"_s)));
        QVERIFY(!nowhere && nowhere.error().kind == ErrorKind::Storage);
    }

    void tidyKeepsWhatWaits()
    {
        const auto waits = await(m_cabinet->attach(QByteArray("a"), u"a.txt"_s, kPlenty)).valueOr({});
        const auto forgotten = await(m_cabinet->attach(QByteArray("b"), u"b.txt"_s, kPlenty)).valueOr({});
        QCOMPARE(copies(), 2);
        m_cabinet->tidy({waits.path});
        QTRY_COMPARE(copies(), 1);
        QVERIFY(QFile::exists(waits.path) && !QFile::exists(forgotten.path));
    }

    void dropsOnlyCopiesOfItsOwn()
    {
        chat::Attachment foreign;
        foreign.path = write(u"precious.txt"_s, "mine");
        m_cabinet->drop(foreign);
        foreign.id = base::FileId(u"f"_s);
        m_cabinet->keepSent(kRoom, foreign);
        QVERIFY(await(m_cabinet->attach(QByteArray("x"), u"x"_s, kPlenty))); // the worker has done what was asked before
        QCOMPARE(contentOf(foreign.path), QByteArray("mine"));
    }

    void knowsTheSizeOfAnImage_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QSize>("size");
        QTest::newRow("png") << png(640, 480) << QSize(640, 480);
        QTest::newRow("png of nothing") << png(0, 480) << QSize();
        QTest::newRow("png that boasts") << png(0xFFFFFFFF, 0xFFFFFFFF) << QSize();
        QTest::newRow("gif") << QByteArray("GIF89a\x40\x01\xF0\x00", 10) << QSize(320, 240);
        QTest::newRow("jpeg") << QByteArray("\xFF\xD8\xFF\xE0\x00\x04\x00\x00\xFF\xC0\x00\x11\x08\x00\xF0\x01\x40\x03", 18) << QSize(320, 240);
        QTest::newRow("jpeg without a frame") << QByteArray("\xFF\xD8\xFF\xDA\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00", 14) << QSize();
        QTest::newRow("jpeg of empty segments") << QByteArray("\xFF\xD8") + QByteArray("\xFF\xE0\x00\x00", 4).repeated(1000) << QSize();
        QTest::newRow("jpeg of filling") << QByteArray("\xFF\xD8") + QByteArray(60'000, '\xFF') << QSize();
        QTest::newRow("webp, lossy") << QByteArray("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x40\x01\xF0\x00", 30) << QSize(320, 240);
        QTest::newRow("webp, extended") << QByteArray("RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x3F\x01\0\xEF\0\0", 30) << QSize(320, 240);
        QTest::newRow("bmp") << QByteArray("BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x40\x01\0\0\x10\xFF\xFF\xFF", 26) << QSize(320, 240);
        QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='3' height='4'/>") << QSize();
        QTest::newRow("nothing") << QByteArray() << QSize();
    }
    void knowsTheSizeOfAnImage()
    {
        QFETCH(QByteArray, head);
        QFETCH(QSize, size);
        QCOMPARE(files::imageSize(head), size);
        for (qsizetype cut = 0; cut < std::min<qsizetype>(head.size(), 64); ++cut) // cut at every byte: no size, or the right one
            if (const QSize known = files::imageSize(head.left(cut)); known.isValid())
                QCOMPARE(known, size);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    tests::FakeRandom m_random;
    std::unique_ptr<files::FileCabinet> m_cabinet;
};

QTEST_GUILESS_MAIN(TestFileCabinet)
#include "tst_filecabinet.moc"
