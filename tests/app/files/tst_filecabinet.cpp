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
    /// Deleted later, perhaps after the test that it told.
    explicit FakeTransfer(std::shared_ptr<bool> cancelled) : m_cancelled(std::move(cancelled)) {}
    ~FakeTransfer() override { *m_cancelled = !over; }
    bool over = false;

private:
    std::shared_ptr<bool> m_cancelled;
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
    std::shared_ptr<bool> cancelled = std::make_shared<bool>(false);
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
    /// Until the disk did what it was asked, and everybody heard of it.
    void settle() { (void)await(m_cabinet->attach(m_folder->filePath(u"nowhere"_s), kPlenty)); }
    void fetch(FakeServer& server) { fetch(server, remote()); }
    void fetch(FakeServer& server, const chat::Attachment& file)
    {
        m_cabinet->fetch([&server] { return &server; }, kRoom, file);
        settle();
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
        QVERIFY2(!file->mediaType.startsWith(u"image/"_s), qPrintable(file->mediaType));
        const auto bytes = await(m_cabinet->attach(png(3, 4), u"../../outside.png"_s, kPlenty));
        QVERIFY(bytes);
        QCOMPARE(bytes->name, u"outside.png"_s);
        QVERIFY(bytes->path.startsWith(m_folder->filePath(u"files"_s)) && !bytes->path.contains(u".."_s));
    }

    void aNameOnlySaysMoreExactlyWhatTheContentSays_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("type");
        const QByteArray noise("\xF1\xE2\xD3\x00\xC4\xB5", 6);
        const QByteArray zip = QByteArray("PK\x03\x04\x14\0\0\0\0\0", 10) + QByteArray(40, '\0');
        QTest::newRow("a picture called a text") << u"a.txt"_s << png(3, 4) << u"image/png"_s;
        QTest::newRow("a text called a picture") << u"a.png"_s << QByteArray("hello\n") << u"text/plain"_s;
        QTest::newRow("noise called a picture") << u"a.jpg"_s << noise << u"application/octet-stream"_s;
        QTest::newRow("an archive called a picture") << u"a.png"_s << zip << u"application/zip"_s;
        QTest::newRow("a kind of text") << u"a.csv"_s << QByteArray("a,b\n1,2\n") << u"text/csv"_s;
        QTest::newRow("a kind of archive") << u"a.docx"_s << zip << u"application/vnd.openxmlformats-officedocument.wordprocessingml.document"_s;
        QTest::newRow("no ending") << u"notes"_s << QByteArray("hello\n") << u"text/plain"_s;
    }
    void aNameOnlySaysMoreExactlyWhatTheContentSays()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, type);
        const auto file = await(m_cabinet->attach(content, name, kPlenty));
        QVERIFY(file);
        QCOMPARE(file->mediaType, type);
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
        fetch(server, seen);
        QCOMPARE(server.asked, 0);
    }

    void whatIsBroughtToTheServerIsStillHere()
    {
        auto file = await(m_cabinet->attach(png(3, 4), u"a.png"_s, kPlenty)).valueOr({});
        file.id = base::FileId(u"f1"_s); // its message is not sent yet
        QCOMPARE(m_cabinet->state(kRoom, file).place, Place::Here);
        QCOMPARE(m_cabinet->state(kRoom, file).path, file.path);
        FakeServer server;
        fetch(server, file);
        QCOMPARE(server.asked, 0);
        m_cabinet->keepSent(kRoom, file);
        settle();
        QCOMPARE(m_cabinet->state(kRoom, file).place, Place::Here); // also for who still knows where it was
        QCOMPARE(contentOf(m_cabinet->state(kRoom, file).path), png(3, 4));
    }

    void fetchesOnce()
    {
        FakeServer server;
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Remote);
        fetch(server);
        fetch(server);
        QCOMPARE(server.asked, 1);
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Coming);
        emit server.transfer->progressed(2, 3);
        QCOMPARE(m_cabinet->state(kRoom, remote()).bytes, qint64(2));
        server.deliver("abc");
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Here);
        fetch(server);
        QCOMPARE(server.asked, 1);
        // Another conversation's file of the same id is another file.
        QCOMPARE(m_cabinet->state({kRoom.account(), u"#help"_s}, remote()).place, Place::Remote);
        // And after a restart it is still there.
        m_cabinet = std::make_unique<files::FileCabinet>(m_folder->filePath(u"files"_s), m_random);
        QSignalSpy changed(m_cabinet.get(), &files::FileCabinet::changed);
        (void)m_cabinet->state(kRoom, remote());
        (void)m_cabinet->state(kRoom, remote());
        settle();
        QCOMPARE(int(changed.size()), 1);
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Here);
        m_cabinet = std::make_unique<files::FileCabinet>(m_folder->filePath(u"files"_s), m_random);
        fetch(server); // before anybody knew
        QCOMPARE(server.asked, 1);
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Here);
    }

    void aFailureCanBeTriedAgain()
    {
        FakeServer server;
        fetch(server);
        server.fail({ErrorKind::Offline, u"gone"_s, 0});
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Failed);
        QVERIFY(m_cabinet->state(kRoom, remote()).why->kind == ErrorKind::Offline);
        fetch(server);
        QCOMPARE(server.asked, 2);
        server.deliver("abc");
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Here);
    }

    void aCancelledTransferEnds()
    {
        FakeServer server;
        fetch(server);
        m_cabinet->cancel(kRoom, remote());
        QVERIFY(*server.cancelled);
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Remote);
        m_cabinet->cancel(kRoom, remote()); // nothing to cancel
        m_cabinet->fetch([&server] { return &server; }, kRoom, remote());
        m_cabinet->cancel(kRoom, remote()); // before the server was asked
        settle();
        QCOMPARE(server.asked, 1);
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Remote);
    }

    void anAccountThatIsGoneWhileItsFileIsWantedFails()
    {
        m_cabinet->fetch([]() -> chat::FileFacet* { return nullptr; }, kRoom, remote());
        settle();
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Failed);
    }

    void forgetsWhatWasFetchedOfAnAccount()
    {
        const base::ConversationId other(base::AccountId(u"local-2"_s), u"#ops"_s);
        FakeServer server, kept;
        fetch(server);
        server.deliver("abc");
        m_cabinet->fetch([&kept] { return &kept; }, other, remote());
        settle();
        kept.deliver("abc");
        FakeServer coming;
        fetch(coming, [] {
            auto file = remote();
            file.id = base::FileId(u"f2"_s);
            return file;
        }());
        QCOMPARE(copies(), 2);
        m_cabinet->forget(kRoom.account());
        QVERIFY(*coming.cancelled);
        settle();
        QCOMPARE(copies(), 1);
        QCOMPARE(m_cabinet->state(kRoom, remote()).place, Place::Remote);
        QCOMPARE(m_cabinet->state(other, remote()).place, Place::Here);
    }

    void savesWhereItsUserWantsIt()
    {
        FakeServer server;
        QVERIFY(await(m_cabinet->save(kRoom, remote(), m_folder->filePath(u"out"_s))).error().kind == ErrorKind::NotFound);
        fetch(server);
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

    void tidyKnowsWhatWaitsWhereverTheProfileLies()
    {
        QList<chat::Attachment> waits{await(m_cabinet->attach(QByteArray("a"), u"a.txt"_s, kPlenty)).valueOr({})};
        m_cabinet.reset();
        QVERIFY(QDir().rename(m_folder->filePath(u"files"_s), m_folder->filePath(u"moved"_s)));
        QVERIFY(QFile::link(m_folder->filePath(u"moved"_s), m_folder->filePath(u"link"_s)));
        m_cabinet = std::make_unique<files::FileCabinet>(m_folder->filePath(u"link"_s), m_random);
        m_cabinet->tidy({waits[0].path});
        settle();
        chat::moveCopies(waits, m_cabinet->attachedFolder());
        QVERIFY(waits[0].path.startsWith(m_folder->filePath(u"link/attached/"_s)));
        QCOMPARE(contentOf(waits[0].path), QByteArray("a"));
        m_cabinet->drop(waits[0]);
        settle();
        QVERIFY(!QFile::exists(waits[0].path));
    }

    void tidyRemovesWhatLiesAsAnEarlierVersionPutIt()
    {
        QVERIFY(QDir().mkpath(m_folder->filePath(u"files/fetched/0123"_s)));
        write(u"files/fetched/0123/log.txt"_s, "abc");
        FakeServer server;
        fetch(server);
        server.deliver("abc");
        QCOMPARE(copies(), 2);
        m_cabinet->tidy({});
        settle();
        QCOMPARE(copies(), 1);
        QVERIFY(QFile::exists(m_cabinet->state(kRoom, remote()).path));
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
