// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hublock.h"
#include "local/limits.h"
#include "local/localbackend.h"
#include "local/wire.h"
#include "local/wirevalues.h"
#include "net/localsocket.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Makes a run of everything that begins with "do ".
class FakeBot final : public chat::Bot
{
public:
    explicit FakeBot(FakeBot** self = nullptr)
    {
        if (self)
            *self = this;
    }
    chat::Member member() const override { return {base::UserId(u"runner"_s), u"runner"_s, true, chat::Presence::Online}; }
    QList<chat::CommandSpec> commands(const chat::Conversation&) const override
    {
        chat::CommandSpec spec;
        spec.bot = member().user;
        spec.name = u"do"_s;
        spec.risk = chat::Risk::Mutates;
        spec.arguments = {{u"what"_s, u"help"_s, chat::ArgumentType::Integer, {}, true, false, {u"a"_s}, u"1"_s, 1, 9}};
        chat::CommandSpec dialog = spec;
        dialog.name = u"ask"_s;
        dialog.dialog = true;
        dialog.node = u"urn:x#ask"_s;
        return {spec, dialog};
    }
    std::optional<chat::RunReport> accept(const chat::Message& message, const chat::Conversation&) override
    {
        if (!message.text.startsWith(u"do "))
            return std::nullopt;
        chat::RunReport report;
        report.run = base::RunId(u"run-"_s + QString::number(++asked));
        report.sender = message.sender;
        report.command = message.text;
        report.state = chat::RunState::Acknowledged;
        return report;
    }
    void begin(const chat::RunReport& report) override { begun.append(report); }
    base::Status cancel(const base::RunId& run, const chat::Member& by) override
    {
        cancelled.append(run.text() + u" by "_s + by.name);
        return base::Done{};
    }
    base::Status decide(const base::RunId&, const chat::Member&, bool) override { return base::Error{base::ErrorKind::Denied, u"own command"_s, 0}; }

    int asked = 0;
    QList<chat::RunReport> begun;
    QStringList cancelled;
};

class LocalBackendTest : public QObject
{
    Q_OBJECT

    struct Client
    {
        Client(LocalBackendTest& test, const QString& user, const QByteArray& cursor = {})
            : backend(base::AccountId(u"account"_s), user, test.path(), test.factory(), test.m_clock)
        {
            connect(&backend, &chat::Backend::batch, &backend, [this](const chat::SyncBatch& batch) {
                for (const auto& event : batch.events)
                    if (const auto* changed = std::get_if<chat::MessageChanged>(&event))
                        texts.append(changed->message.text);
            });
            connect(backend.facets().runs, &chat::RunFeed::reported, &backend, [this](const chat::RunReport& report) { runs.append(report); });
            backend.start(cursor);
        }
        bool isConnected() const { return backend.status().state == chat::ConnectionState::Connected; }
        chat::SendResult say(const QString& text) { return await(backend.send({base::newTransactionId(random), ops(), text, {}, {}})).valueOr({}); }
        static base::ConversationId ops() { return {base::AccountId(u"account"_s), u"#ops"_s}; }

        base::SystemRandom random;
        local::LocalBackend backend;
        QStringList texts;
        QList<chat::RunReport> runs;
    };

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_hub = nullptr; }

    void secondTakesOverWhenTheHubGoes()
    {
        auto ana = std::make_unique<Client>(*this, u"ana"_s);
        QTRY_VERIFY(ana->isConnected());
        Client bob(*this, u"bob"_s);
        QTRY_VERIFY(bob.isConnected());
        QSignalSpy opened(&bob.backend, &local::LocalBackend::hubOpened);
        for (int i = 0; i < 100; ++i)
            QVERIFY(ana->say(u"m%1"_s.arg(i)).outcome == chat::SendOutcome::Accepted);
        ana.reset();
        QTRY_COMPARE(int(opened.size()), 1); // bob is the hub now
        QTRY_VERIFY(bob.isConnected());
        QTRY_COMPARE(int(bob.texts.size()), 100);
        QVERIFY(bob.say(u"alone"_s).outcome == chat::SendOutcome::Accepted);
        Client again(*this, u"ana"_s);
        QTRY_COMPARE(int(again.texts.size()), 101);
        QCOMPARE(again.texts.last(), u"alone"_s);
    }

    void runsAreStoredWithTheirMessageAndToldAsTheyGo()
    {
        Client ana(*this, u"ana"_s);
        Client bob(*this, u"bob"_s);
        QTRY_VERIFY(ana.isConnected() && bob.isConnected());
        const auto sent = ana.say(u"do it"_s);
        QCOMPARE(sent.run, base::RunId(u"run-1"_s));
        QTRY_COMPARE(int(m_bot->begun.size()), 1);
        auto report = m_bot->begun.first();
        QCOMPARE(report.cause, sent.id);
        QFile output(m_hub->outputPath(report.run));
        QVERIFY(output.open(QIODevice::WriteOnly));
        output.write("hello world");
        output.close();
        report.state = chat::RunState::Running;
        report.outputBytes = 5;
        report.progress = chat::Progress{chat::Progress::State::Normal, 140, u"over"_s};
        m_hub->report(report);
        QTRY_VERIFY(!bob.runs.isEmpty() && bob.runs.last().state == chat::RunState::Running);
        QCOMPARE(bob.runs.last().conversation, Client::ops());
        QCOMPARE(bob.runs.last().progress->percent, 100);
        auto* feed = bob.backend.facets().runs;
        QCOMPARE(await(feed->read(report.run, 0, 100)).valueOr({}), "hello"); // not more than was reported
        QCOMPARE(await(feed->read(report.run, 5, 100)).valueOr("?"), "");
        QVERIFY(!await(feed->read(base::RunId(u"../hub.db"_s), 0, 100)));
        QVERIFY(await(feed->cancel(report.run)));
        QCOMPARE(m_bot->cancelled, QStringList(u"run-1 by bob"_s));
        QVERIFY(await(feed->decide(report.run, true)).error().kind == base::ErrorKind::Denied);

        report.state = chat::RunState::Succeeded;
        report.outputBytes = 11;
        m_hub->report(report);
        report.state = chat::RunState::Running;
        m_hub->report(report); // after the end: dropped
        QTRY_VERIFY(bob.runs.last().state == chat::RunState::Succeeded);
        for (int i = 1; i < bob.runs.size(); ++i)
            QVERIFY(bob.runs.at(i).revision > bob.runs.at(i - 1).revision);
        Client cleo(*this, u"cleo"_s); // who comes later gets it, too
        QTRY_COMPARE(int(cleo.runs.size()), 1);
        QVERIFY(cleo.runs.first().state == chat::RunState::Succeeded);
        QCOMPARE(await(cleo.backend.facets().runs->read(report.run, 6, 3)).valueOr({}), "wor");
    }

    void aRepeatedCommandRunsOnce()
    {
        Client ana(*this, u"ana"_s);
        QTRY_VERIFY(ana.isConnected());
        const chat::Outgoing command{base::newTransactionId(ana.random), Client::ops(), u"do once"_s, {}, {}};
        const auto first = await(ana.backend.send(command));
        const auto second = await(ana.backend.send(command));
        QVERIFY(first && second);
        QCOMPARE(second->id, first->id);
        QCOMPARE(second->run, first->run);
        QCOMPARE(int(m_bot->begun.size()), 1);
    }

    void runsOfADeadHubBecomeUnknownOnce()
    {
        auto ana = std::make_unique<Client>(*this, u"ana"_s);
        QTRY_VERIFY(ana->isConnected());
        ana->say(u"do it"_s);
        QTRY_COMPARE(int(m_bot->begun.size()), 1);
        auto report = m_bot->begun.first();
        report.state = chat::RunState::Running;
        for (int i = 0; i < 10; ++i)
            m_hub->report(report); // told at once, stored seldom
        QTRY_VERIFY(ana->runs.last().revision >= 11);
        const auto told = ana->runs.last().revision;
        ana.reset();
        qint64 revision = 0;
        for (int round = 0; round < 2; ++round) {
            Client later(*this, u"ana"_s);
            QTRY_COMPARE(int(later.runs.size()), 1);
            QVERIFY(later.runs.first().state == chat::RunState::Unknown);
            QVERIFY(!later.runs.first().detail.isEmpty());
            QVERIFY(later.runs.first().revision > told);
            if (round > 0)
                QCOMPARE(later.runs.first().revision, revision);
            revision = later.runs.first().revision;
        }
    }

    void commandsComeWithTheAccount()
    {
        Client ana(*this, u"ana"_s);
        QTRY_VERIFY(ana.isConnected());
        const auto commands = await(ana.backend.facets().commands->commands(Client::ops())).valueOr({});
        auto expected = FakeBot().commands({});
        for (chat::CommandSpec& spec : expected)
            spec.account = base::AccountId(u"account"_s);
        QCOMPARE(commands, expected);
    }

    void anotherVersionFailsAndIsNotTriedAgain()
    {
        local::HubLock lock; // another process is the hub
        QVERIFY(QDir().mkdir(path() + u".d"_s));
        QFile::setPermissions(path() + u".d"_s, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QVERIFY(lock.take(path() + u".d/lock"_s));
        net::LocalSocketServer server;
        QVERIFY(server.listen(path()));
        std::vector<std::unique_ptr<net::FrameChannel>> clients;
        connect(&server, &net::LocalSocketServer::clientConnected, this, [&] {
            clients.push_back(server.next());
            clients.back()->send(local::encodeFrame({{"t"_L1, "hello"_L1}, {"v"_L1, local::kProtocolVersion + 1}, {"hub"_L1, "x"_L1}}));
        });
        Client ana(*this, u"ana"_s);
        QTRY_VERIFY(ana.backend.status().state == chat::ConnectionState::Failed);
        QVERIFY(ana.backend.status().error.kind == base::ErrorKind::Incompatible);
        QCOMPARE(int(clients.size()), 1);
    }

    void aBotsNameIsNobodysToTake()
    {
        Client ana(*this, u"runner"_s);
        QTRY_VERIFY(ana.backend.status().state == chat::ConnectionState::Failed);
        QVERIFY(ana.backend.status().error.kind == base::ErrorKind::Denied);
    }

    void aLongPathListensElsewhere()
    {
        const auto deep = m_folder->filePath(QString(80, u'x') + u"/hub.sock"_s);
        const auto address = local::socketAddress(deep);
        QVERIFY(address != deep);
        QVERIFY(address.size() <= net::LocalSocketServer::kMaxPathBytes);
        QCOMPARE(local::socketAddress(path()), path());
    }

private:
    QString path() const { return m_folder->filePath(u"hub"_s); }
    local::HubFactory factory()
    {
        return [this](const QString& path) {
            auto hub = std::make_unique<local::Hub>(path, m_clock, m_random);
            FakeBot* bot = nullptr;
            hub->addBot(std::make_unique<FakeBot>(&bot));
            auto* made = hub.get();
            // Only the one that gets the lock is of interest.
            if (!m_hub) {
                m_hub = made;
                m_bot = bot;
            }
            connect(made, &QObject::destroyed, this, [this, made] {
                if (m_hub == made)
                    m_hub = nullptr;
            });
            return hub;
        };
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    local::Hub* m_hub = nullptr;
    FakeBot* m_bot = nullptr;
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::LocalBackendTest)
#include "tst_localbackend.moc"
