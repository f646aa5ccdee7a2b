// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Files through a hub: two people, a third one who sees less, and what a client must not be able to do.
#include "local/hubfiles.h"
#include "local/limits.h"
#include "local/localbackend.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using Ended = base::Expected<chat::Attachment>;

namespace {

const base::AccountId kAccount(u"account"_s);
const base::ConversationId kOps(kAccount, u"#ops"_s);

QByteArray bytesOf(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    for (qsizetype i = 0; i < count; ++i)
        bytes[i] = char(i * 7 + i / 251);
    return bytes;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<missing>");
}

} // namespace

class LocalFilesTest : public QObject
{
    Q_OBJECT

    struct Client
    {
        Client(LocalFilesTest& test, const QString& user) : backend(kAccount, user, test.path(), test.factory(), test.m_clock)
        {
            connect(&backend, &chat::Backend::batch, &backend, [this](const chat::SyncBatch& batch) {
                for (const auto& event : batch.events)
                    if (const auto* changed = std::get_if<chat::MessageChanged>(&event))
                        messages.insert(changed->message.id, changed->message);
            });
            backend.start({});
            if (!QTest::qWaitFor([this] { return backend.status().state == chat::ConnectionState::Connected; }))
                qFatal("does not connect");
        }
        Ended upload(const QString& path, const base::ConversationId& where = kOps)
        {
            chat::Attachment file;
            file.name = QFileInfo(path).fileName();
            file.path = path;
            return wait(backend.facets().files->upload(where, file));
        }
        Ended download(const chat::Attachment& file, const QString& path, const base::ConversationId& where = kOps)
        {
            return wait(backend.facets().files->download(where, file, path));
        }
        chat::SendResult send(const QString& text, const QList<chat::Attachment>& files, const base::ConversationId& where = kOps)
        {
            return await(backend.send({base::newTransactionId(random), where, text, {}, {}, files})).valueOr({});
        }
        static Ended wait(const std::unique_ptr<chat::Transfer>& transfer)
        {
            Ended result = base::Error{ErrorKind::Timeout, u"no end"_s, 0};
            int ends = 0;
            connect(transfer.get(), &chat::Transfer::ended, transfer.get(), [&](const Ended& ended) {
                ++ends;
                result = ended;
            });
            (void)QTest::qWaitFor([&] { return ends > 0; }, 20'000);
            return result;
        }

        base::SystemRandom random;
        local::LocalBackend backend;
        QHash<base::MessageId, chat::Message> messages;
    };

    QString write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }
    int filesAtTheHub() const
    {
        int count = 0;
        for (QDirIterator files(path() + u".d/files"_s, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext(); ++count)
            files.next();
        return count;
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void carriesEveryByte_data()
    {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {0, 1, local::kFileChunkBytes - 1, local::kFileChunkBytes, local::kFileChunkBytes + 1, local::kFileReadBytes,
                 local::kFileReadBytes + 1, 5 << 20})
            QTest::addRow("%d", bytes) << bytes;
    }
    void carriesEveryByte()
    {
        QFETCH(int, bytes);
        Client ana(*this, u"ana"_s);
        Client ben(*this, u"ben"_s);
        const auto up = ana.upload(write(u"core dump.bin"_s, bytesOf(bytes)));
        QVERIFY2(up, up ? "" : qPrintable(up.error().detail));
        QCOMPARE(up->bytes, qint64(bytes));
        chat::Attachment claimed = *up;
        claimed.bytes = 12345; // a lie: the hub knows better
        claimed.name = u"../core dump.bin"_s;
        const auto sent = ana.send({}, {claimed});
        QVERIFY2(sent.outcome == chat::SendOutcome::Accepted, qPrintable(sent.detail));
        QTRY_VERIFY(ben.messages.contains(sent.id));
        const auto files = ben.messages.value(sent.id).attachments;
        QCOMPARE(files.size(), 1);
        QCOMPARE(files[0].name, u"core dump.bin"_s);
        QCOMPARE(files[0].bytes, qint64(bytes));
        QVERIFY(files[0].path.isEmpty());
        const QString target = m_folder->filePath(u"got.bin"_s);
        const auto down = ben.download(files[0], target);
        QVERIFY2(down, down ? "" : qPrintable(down.error().detail));
        QCOMPARE(contentOf(target), bytesOf(bytes));
    }

    void aRemovedMessageTakesItsFilesAlong()
    {
        Client ana(*this, u"ana"_s);
        const auto up = ana.upload(write(u"a.txt"_s, "abc"));
        QVERIFY(up);
        const auto sent = ana.send(u"look"_s, {*up});
        QTRY_COMPARE(filesAtTheHub(), 1);
        QTRY_VERIFY(ana.messages.contains(sent.id));
        QVERIFY(await(ana.backend.facets().edits->edit(ana.messages.value(sent.id), u"look here"_s)));
        QTRY_COMPARE(ana.messages.value(sent.id).text, u"look here"_s);
        QCOMPARE(ana.messages.value(sent.id).attachments.size(), 1); // an edit leaves them
        QVERIFY(await(ana.backend.facets().edits->remove(ana.messages.value(sent.id))));
        QTRY_VERIFY(ana.messages.value(sent.id).attachments.isEmpty());
        QTRY_COMPARE(filesAtTheHub(), 0);
        QVERIFY(ana.download(*up, m_folder->filePath(u"x"_s)).error().kind == ErrorKind::NotFound);
        QVERIFY(!QFile::exists(m_folder->filePath(u"x"_s)));
    }

    void onlyWhoSeesTheConversationCanFetch()
    {
        Client ana(*this, u"ana"_s);
        Client ben(*this, u"ben"_s);
        Client eve(*this, u"eve"_s);
        const auto direct = await(ana.backend.facets().rooms->openDirect(base::UserId(u"ben"_s)));
        QVERIFY(direct);
        const auto up = ana.upload(write(u"a.txt"_s, "secret"), *direct);
        QVERIFY(up);
        QVERIFY(ana.send({}, {*up}, *direct).outcome == chat::SendOutcome::Accepted);
        QVERIFY(ben.download(*up, m_folder->filePath(u"ben"_s), *direct));
        QVERIFY(!eve.download(*up, m_folder->filePath(u"eve"_s), *direct));
        QVERIFY(!eve.download(*up, m_folder->filePath(u"eve"_s), kOps)); // nor by another conversation's name
        QVERIFY(!QFile::exists(m_folder->filePath(u"eve"_s)));
    }

    void refusesWhatIsNotTheirs()
    {
        Client ana(*this, u"ana"_s);
        Client eve(*this, u"eve"_s);
        const auto up = ana.upload(write(u"a.txt"_s, "abc"));
        QVERIFY(up);
        QVERIFY(eve.send(u"mine"_s, {*up}).outcome == chat::SendOutcome::Rejected); // removing her message would delete the file
        chat::Attachment nothing = *up;
        for (const QString& id : {u"no-such-file-at-all"_s, u"../../hub.db"_s, QString(300, u'x'), QString()}) {
            nothing.id = base::FileId(id);
            const auto sent = ana.send(u"look"_s, {nothing});
            QVERIFY2(sent.outcome != chat::SendOutcome::Accepted, qPrintable(id));
            if (ana.backend.status().state != chat::ConnectionState::Connected) // told in a frame that no client of ours would send
                QTRY_VERIFY(ana.backend.status().state == chat::ConnectionState::Connected);
        }
        QVERIFY(ana.send(u""_s, {}).outcome == chat::SendOutcome::Rejected); // without files a message needs a text
    }

    void aFileThatChangesIsNotSent()
    {
        Client ana(*this, u"ana"_s);
        const QString path = write(u"growing.log"_s, bytesOf(4 << 20));
        chat::Attachment file;
        file.path = path;
        const auto transfer = ana.backend.facets().files->upload(kOps, file);
        connect(
            transfer.get(), &chat::Transfer::progressed, this, [&] { write(u"growing.log"_s, "short"); }, Qt::SingleShotConnection);
        const auto ended = Client::wait(transfer);
        QVERIFY(!ended && ended.error().kind == ErrorKind::Storage);
        QVERIFY(!ana.upload(m_folder->filePath(u"nowhere"_s)));
        QVERIFY(!ana.upload(m_folder->path()));
    }

    void aCancelledUploadLeavesNothing()
    {
        Client ana(*this, u"ana"_s);
        chat::Attachment file;
        file.path = write(u"big.bin"_s, bytesOf(8 << 20));
        auto transfer = ana.backend.facets().files->upload(kOps, file);
        QSignalSpy progressed(transfer.get(), &chat::Transfer::progressed);
        QTRY_VERIFY(progressed.size() > 0);
        QCOMPARE(filesAtTheHub(), 1);
        transfer.reset();
        QTRY_COMPARE(filesAtTheHub(), 0);
    }

    void aBreakEndsATransferAndLeavesNothing()
    {
        auto ana = std::make_unique<Client>(*this, u"ana"_s); // the hub
        Client ben(*this, u"ben"_s);
        const auto up = ana->upload(write(u"big.bin"_s, bytesOf(8 << 20)));
        QVERIFY(up);
        QVERIFY(ana->send({}, {*up}).outcome == chat::SendOutcome::Accepted);
        const QString target = m_folder->filePath(u"got.bin"_s);
        const auto transfer = ben.backend.facets().files->download(kOps, *up, target);
        connect(
            transfer.get(), &chat::Transfer::progressed, this, [&] { ben.backend.stop(); }, Qt::SingleShotConnection);
        const auto ended = Client::wait(transfer);
        QVERIFY(!ended && ended.error().kind == ErrorKind::Offline);
        QVERIFY(!QFile::exists(target));
        ben.backend.start({});
        QTRY_VERIFY(ben.backend.status().state == chat::ConnectionState::Connected);
        QVERIFY(ben.download(*up, target));
        QCOMPARE(contentOf(target), bytesOf(8 << 20));
    }

    void aServerThatSendsMoreThanAnnouncedIsCutOff()
    {
        Client ana(*this, u"ana"_s);
        auto up = ana.upload(write(u"a.bin"_s, bytesOf(3 << 20)));
        QVERIFY(up);
        const QString target = m_folder->filePath(u"got.bin"_s);
        up->bytes = (3 << 20) - 1;
        QVERIFY(ana.download(*up, target).error().kind == ErrorKind::Invalid);
        up->bytes = (3 << 20) + 1;
        QVERIFY(ana.download(*up, target).error().kind == ErrorKind::Invalid);
        QVERIFY(!QFile::exists(target));
        up->bytes = -1; // not said
        QVERIFY(ana.download(*up, target));
    }

    void takesPiecesInTheirOrderOnly()
    {
        base::Worker disk(u"disk"_s);
        FakeRandom random;
        local::HubFiles files(m_folder->filePath(u"files"_s), disk, random);
        const base::UserId ana(u"ana"_s), eve(u"eve"_s);
        QVERIFY(files.begin(u"#ops"_s, ana, local::kMaxFileBytes));
        QVERIFY(!files.begin(u"#ops"_s, ana, local::kMaxFileBytes + 1));
        QVERIFY(!files.begin(u"#ops"_s, ana, -1));
        const auto begun = [&](qint64 bytes) { return *files.begin(u"#ops"_s, ana, bytes); };
        QVERIFY(!await(files.put(begun(3), ana, 1, "b"))); // a hole
        QVERIFY(!await(files.put(begun(3), ana, 0, "abcd"))); // more than announced
        QVERIFY(!await(files.put(begun(3), ana, 0, ""))); // nothing, again and again
        const auto file = begun(3);
        QVERIFY(!await(files.put(file, eve, 0, "abc"))); // somebody else
        QVERIFY(await(files.put(file, ana, 0, "ab")));
        QVERIFY(await(files.put(file, ana, 2, "c")));
        QVERIFY(!await(files.put(file, ana, 3, "d"))); // complete
        QCOMPARE(await(files.get(u"#ops"_s, file, 1, 10)).valueOr({}), QByteArray("bc"));
        QVERIFY(!await(files.get(u"#help"_s, file, 0, 10)));
        QVERIFY(!await(files.get(u"#ops"_s, base::FileId(u"../../../etc/passwd"_s), 0, 10)));
    }

    void takesOnlySoMuchMoreThanTheDiskDoes()
    {
        QSemaphore wait;
        base::Worker disk(u"disk"_s);
        FakeRandom random;
        local::HubFiles files(m_folder->filePath(u"files"_s), disk, random);
        const base::UserId ana(u"ana"_s), ben(u"ben"_s);
        const qint64 total = local::kMaxUnwrittenBytes + 2;
        const auto file = *files.begin(u"#ops"_s, ana, total);
        const auto another = *files.begin(u"#ops"_s, ana, 1);
        const auto his = *files.begin(u"#ops"_s, ben, 1);
        const QSemaphoreReleaser goesOn(wait); // also when this fails
        disk.post([&wait] { wait.acquire(); });
        const auto most = files.put(file, ana, 0, QByteArray(local::kMaxUnwrittenBytes, 'x'));
        QVERIFY(await(files.put(file, ana, local::kMaxUnwrittenBytes, "x")).error().kind == ErrorKind::RateLimited);
        QVERIFY(await(files.put(another, ana, 0, "x")).error().kind == ErrorKind::RateLimited); // of one person, however many files
        const auto theirs = files.put(his, ben, 0, "x");
        wait.release();
        QVERIFY(await(most));
        QVERIFY(await(theirs));
        QVERIFY(await(files.put(another, ana, 0, "x")));
        QVERIFY(await(files.put(file, ana, local::kMaxUnwrittenBytes, "xx"))); // and goes on where it was
        QCOMPARE(await(files.get(u"#ops"_s, file, local::kMaxUnwrittenBytes, 10)).valueOr({}), QByteArray("xx"));
    }

    void aPieceThatCannotBeWrittenLeavesNothing()
    {
        base::Worker disk(u"disk"_s);
        FakeRandom random;
        local::HubFiles files(m_folder->filePath(u"files"_s), disk, random);
        const base::UserId ana(u"ana"_s);
        const auto file = *files.begin(u"#ops"_s, ana, 2);
        QVERIFY(await(files.put(file, ana, 0, "a")));
        const auto all = [this] {
            QStringList found;
            for (QDirIterator each(m_folder->filePath(u"files"_s), QDir::Files, QDirIterator::Subdirectories); each.hasNext();)
                found += each.next();
            return found;
        };
        QCOMPARE(all().size(), 1);
        const QString taken = all().first().chopped(5); // what ".part" is to be called in the end
        QVERIFY(QDir().mkpath(taken));
        const auto last = await(files.put(file, ana, 1, "b"));
        QVERIFY(!last && last.error().kind == ErrorKind::Storage);
        QCOMPARE(all(), QStringList());
    }

    void tidyKeepsWhatMessagesHave()
    {
        base::Worker disk(u"disk"_s);
        FakeRandom random;
        local::HubFiles files(m_folder->filePath(u"files"_s), disk, random);
        const base::UserId ana(u"ana"_s);
        const auto complete = [&] {
            const auto file = *files.begin(u"#ops"_s, ana, 1);
            (void)await(files.put(file, ana, 0, "x"));
            return file;
        };
        const auto used = complete();
        const auto unused = complete();
        const auto begun = *files.begin(u"#ops"_s, ana, 2);
        QVERIFY(await(files.put(begun, ana, 0, "x")));
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        files.tidy({used}, now);
        QVERIFY(await(files.get(u"#ops"_s, unused, 0, 1))); // its message may still come
        constexpr qint64 kMonth = qint64(30) * 24 * 3600 * 1000;
        files.tidy({used}, now + kMonth);
        QVERIFY(await(files.get(u"#ops"_s, used, 0, 1)));
        QVERIFY(!await(files.get(u"#ops"_s, unused, 0, 1)));
        int left = 0;
        for (QDirIterator all(m_folder->filePath(u"files"_s), QDir::Files, QDirIterator::Subdirectories); all.hasNext(); ++left)
            all.next();
        QCOMPARE(left, 1);
    }

private:
    QString path() const { return m_folder->filePath(u"hub"_s); }
    local::HubFactory factory()
    {
        return [this](const QString& path) { return std::make_unique<local::Hub>(path, m_clock, m_random); };
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::LocalFilesTest)
#include "tst_localfiles.moc"
