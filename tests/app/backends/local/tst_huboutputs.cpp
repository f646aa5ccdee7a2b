// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/filepieces.h"
#include "local/huboutputs.h"
#include "local/limits.h"
#include "local/localbackend.h"
#include "local/packedfile.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::RunId;
using local::HubOutputs;
using local::kPackedFrameBytes;

namespace {

constexpr qint64 kDayMs = qint64(24) * 60 * 60 * 1000;

QByteArray someOutput(qint64 bytes, quint64 seed)
{
    FakeRandom random(seed);
    QByteArray text;
    while (text.size() < bytes)
        text += "step " + QByteArray::number(random.next() % 1000) + "\x1b[32m done\x1b[0m\n";
    text.truncate(bytes);
    return text;
}

/// Ends every run that it is asked for.
class PrintingBot final : public chat::Bot
{
public:
    chat::Member member() const override { return {base::UserId(u"runner"_s), u"runner"_s, true, chat::Presence::Online}; }
    QList<chat::CommandSpec> commands(const chat::Conversation&) const override { return {}; }
    std::optional<chat::RunReport> accept(const chat::Message& message, const chat::Conversation&) override
    {
        chat::RunReport report;
        report.run = RunId(message.text);
        report.sender = message.sender;
        report.command = message.text;
        report.state = chat::RunState::Running;
        return report;
    }
    void begin(const chat::RunReport& report) override { begun.append(report); }
    base::Status cancel(const RunId&, const chat::Member&) override { return base::Done{}; }
    base::Status decide(const RunId&, const chat::Member&, bool) override { return base::Done{}; }

    QList<chat::RunReport> begun;
};

} // namespace

class HubOutputsTest : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_disk = std::make_unique<base::Worker>(u"disk"_s);
        m_outputs = std::make_unique<HubOutputs>(m_folder->path(), *m_disk);
    }
    void cleanup()
    {
        m_outputs.reset();
        m_disk.reset();
    }

    void readsFromAnywhereWhatWasPacked_data()
    {
        QTest::addColumn<qint64>("bytes");
        for (const qint64 bytes : {qint64(0), qint64(1), kPackedFrameBytes - 1, kPackedFrameBytes, kPackedFrameBytes + 1, 5 * kPackedFrameBytes + 77})
            QTest::addRow("%lld", bytes) << bytes;
    }
    void readsFromAnywhereWhatWasPacked()
    {
        QFETCH(qint64, bytes);
        const QByteArray output = someOutput(bytes, 1);
        write(u"plain"_s, output);
        const QString packed = path(u"plain.zst"_s);
        QVERIFY(local::packFile(path(u"plain"_s), packed));
        QVERIFY(bytes < 1000 || QFileInfo(packed).size() < bytes / 3);
        FakeRandom random(2);
        for (int i = 0; i < 200; ++i) {
            const qint64 from = qint64(random.next() % quint64(bytes + 10));
            const qint64 wanted = 1 + qint64(random.next() % quint64(2 * kPackedFrameBytes));
            const auto piece = local::readPackedPiece(packed, from, wanted);
            QVERIFY2(piece, qPrintable(piece ? QString() : piece.error().detail));
            QVERIFY(!piece->isNull());
            QCOMPARE(*piece, output.mid(from, wanted));
        }
        if (const QString tool = QStandardPaths::findExecutable(u"zstd"_s); !tool.isEmpty()) {
            QProcess zstd;
            zstd.start(tool, {u"-dc"_s, packed});
            QVERIFY(zstd.waitForFinished());
            QCOMPARE(zstd.readAllStandardOutput(), output);
        }
    }

    void damageIsSaidAndNeverShown()
    {
        const QByteArray output = someOutput(2 * kPackedFrameBytes + 5, 3);
        write(u"plain"_s, output);
        QVERIFY(local::packFile(path(u"plain"_s), path(u"packed"_s)));
        const QByteArray packed = read(u"packed"_s);
        FakeRandom random(4);
        for (int i = 0; i < 400; ++i) {
            QByteArray bad = packed;
            const auto at = qsizetype(random.next() % quint64(bad.size()));
            if (i % 2)
                bad[at] = char(bad[at] ^ (1 << random.next() % 8));
            else
                bad.truncate(at);
            write(u"packed"_s, bad);
            const auto piece = local::readPackedPiece(path(u"packed"_s), 0, bad.size() * 100);
            if (piece) // a bit that means nothing: of the magic number of the skipped frame, of its size
                QCOMPARE(*piece, output);
            else
                QVERIFY(piece.error().kind == base::ErrorKind::Storage);
        }
        QVERIFY(local::readPackedPiece(path(u"none"_s), 0, 1).error().kind == base::ErrorKind::NotFound);
    }

    void aRunsOutputIsReadTheSameBeforeAndAfterItsEnd()
    {
        const RunId run(u"run-1"_s);
        const QByteArray output = someOutput(700'000, 5);
        write(HubOutputs::nameOf(run), output);
        QCOMPARE(await(m_outputs->read(run, 300'000, 1000)).valueOr({}), output.mid(300'000, 1000));
        m_outputs->compress(run);
        QTRY_VERIFY(!QFile::exists(m_outputs->pathOf(run)));
        QCOMPARE(await(m_outputs->read(run, 300'000, 1000)).valueOr({}), output.mid(300'000, 1000));
        QCOMPARE(await(m_outputs->read(run, 700'000, 1000)).valueOr("?"), QByteArray());
        QVERIFY(await(m_outputs->read(RunId(u"another"_s), 0, 1)).error().kind == base::ErrorKind::NotFound);
    }

    void theOldestGoesFirst()
    {
        for (int i = 0; i < 10; ++i)
            write(u"run-%1"_s.arg(i), QByteArray(1000, 'x'), m_nowMs - (10 - i) * kDayMs);
        write(u"new"_s, QByteArray(1000, 'x'), m_nowMs - 10);
        const auto overdue = [&](const local::OutputLimits& limits, const QSet<QString>& open = {}) {
            return await(m_outputs->overdue(limits, open, m_nowMs)).valueOr({u"error"_s});
        };
        QCOMPARE(overdue({0, 0}), QStringList());
        QCOMPARE(overdue({10, 11'000}), QStringList());
        QCOMPARE(overdue({8, 0}), (QStringList{u"run-0"_s, u"run-1"_s}));
        QCOMPARE(overdue({0, 9'500}), (QStringList{u"run-0"_s, u"run-1"_s}));
        QCOMPARE(overdue({0, 9'500}, {u"run-0"_s}), (QStringList{u"run-1"_s, u"run-2"_s}));
        QCOMPARE(overdue({0, 1}).size(), 10); // what may still be written to stays
        m_outputs->remove({u"run-0"_s, u"run-1"_s});
        QCOMPARE(overdue({0, 9'500}), QStringList());
    }

    void tidyingPacksWhatAKilledHubLeft()
    {
        const QByteArray output = someOutput(50'000, 6);
        write(u"left"_s, output, m_nowMs - kDayMs);
        write(u"open"_s, output, m_nowMs - kDayMs);
        write(u"old.zst.AbCdEf"_s, output, m_nowMs - kDayMs); // half a packed file
        QCOMPARE(await(m_outputs->overdue({}, {u"open"_s}, m_nowMs)).valueOr({}), QStringList(u"old.zst.AbCdEf"_s));
        QVERIFY(QFile::exists(path(u"open"_s)));
        QVERIFY(!QFile::exists(path(u"left"_s)));
        QCOMPARE(await(m_outputs->read(RunId(u"left"_s), 0, 100'000)).valueOr({}), output);
        QCOMPARE(QFileInfo(path(u"left.zst"_s)).lastModified().toMSecsSinceEpoch() / 1000, (m_nowMs - kDayMs) / 1000); // it is as old as it was
    }

    /// From the end of a run to the words that everybody reads, over a restart.
    void whatIsNotKeptIsSaidInTheReport()
    {
        FakeClock clock;
        base::SystemRandom random;
        const QString socket = m_folder->filePath(u"hub"_s);
        local::Hub* hub = nullptr;
        PrintingBot* bot = nullptr;
        QList<chat::RunReport> reports;
        const auto connectTo = [&] {
            auto backend = std::make_unique<local::LocalBackend>(
                base::AccountId(u"account"_s), u"ana"_s, socket,
                [&](const QString& path) {
                    auto made = std::make_unique<local::Hub>(path, clock, random);
                    hub = made.get();
                    auto printing = std::make_unique<PrintingBot>();
                    bot = printing.get();
                    made->addBot(std::move(printing));
                    return made;
                },
                clock);
            connect(backend->facets().runs, &chat::RunFeed::reported, this, [&](const chat::RunReport& report) { reports.append(report); });
            backend->start({});
            return backend;
        };
        auto ana = connectTo();
        QTRY_VERIFY(ana->status().state == chat::ConnectionState::Connected);
        const base::ConversationId ops(base::AccountId(u"account"_s), u"#ops"_s);
        const auto pass = [&](std::chrono::milliseconds time) { // with the pings answered that fall due meanwhile
            for (; time > 0ms; time -= 5s) {
                clock.advance(5s);
                for (int i = 0; i < 10; ++i)
                    QCoreApplication::processEvents();
            }
        };
        const auto run = [&](const QString& name, qint64 agoMs) {
            (void)await(ana->send({base::newTransactionId(random), ops, name, {}, {}}));
            auto report = bot->begun.last();
            const QByteArray output = someOutput(100'000, 7);
            write(u"hub.d/runs/"_s + name, output, clock.nowMs() - agoMs);
            report.outputBytes = output.size();
            report.state = chat::RunState::Succeeded;
            hub->report(report);
        };
        run(u"first"_s, 3 * kDayMs);
        run(u"second"_s, kDayMs);
        hub->limitOutputs({2, 0});
        pass(local::kTidyAfterChange);
        const auto last = [&](const QString& name) {
            for (qsizetype i = reports.size(); i-- > 0;)
                if (reports[i].run.text() == name)
                    return reports[i];
            return chat::RunReport();
        };
        QTRY_COMPARE(last(u"first"_s).omittedBytes, 100'000);
        QCOMPARE(last(u"first"_s).outputBytes, 0);
        QVERIFY(last(u"first"_s).state == chat::RunState::Succeeded);
        QTRY_COMPARE(QDir(path(u"hub.d/runs"_s)).entryList(QDir::Files), QStringList(u"second.zst"_s));
        QCOMPARE(await(ana->facets().runs->read(RunId(u"second"_s), 0, 1'000'000)).valueOr({}).size(), 100'000);
        QCOMPARE(await(ana->facets().runs->read(RunId(u"first"_s), 0, 1'000'000)).valueOr("?"), QByteArray());

        ana.reset();
        reports.clear();
        ana = connectTo();
        QTRY_COMPARE(reports.size(), 2);
        QCOMPARE(last(u"first"_s).omittedBytes, 100'000);
        QCOMPARE(last(u"second"_s).outputBytes, 100'000);
    }

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, const QByteArray& bytes, qint64 changedMs = 0)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush());
        if (changedMs > 0)
            QVERIFY(file.setFileTime(QDateTime::fromMSecsSinceEpoch(changedMs), QFileDevice::FileModificationTime));
    }
    QByteArray read(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    const qint64 m_nowMs = 1'700'000'000'000;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<base::Worker> m_disk;
    std::unique_ptr<HubOutputs> m_outputs;
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::HubOutputsTest)
#include "tst_huboutputs.moc"
