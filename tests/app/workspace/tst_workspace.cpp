// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The composition root over real files, a real hub and its real socket: what a person would notice of it.
#include "local/hub.h"
#include "local/hublock.h"
#include "local/wire.h"
#include "net/localsocket.h"
#include "support/await.h"
#include "support/fulldisk.h"
#include "support/withoutprivileges.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::await;

namespace {

/// One person at a profile.
struct Desk
{
    explicit Desk(const QString& folder) : space({folder, true}, clock, random) { QDir().mkpath(folder); }

    base::Expected<workspace::OpenReport> open() { return await(space.open()); }
    /// Signs in to the hub at `socket`. False: it could not be stored.
    bool signIn(const QString& user, const QString& socket)
    {
        chat::AccountConfig config;
        config.backend = u"local"_s;
        config.name = u"Local workspace"_s;
        config.user = user;
        config.server = socket;
        return bool(await(space.addAccount(config)));
    }
    workspace::Account* account() const { return space.accounts().isEmpty() ? nullptr : space.accounts().first(); }
    bool isConnected() const { return account() && account()->isConnected(); }
    base::ConversationId room(const QString& name) const
    {
        for (const chat::Conversation& known : account() ? account()->conversations() : QList<chat::Conversation>())
            if (known.name == name)
                return known.id;
        return {};
    }
    base::ConversationId ops() const { return room(u"#ops"_s); }
    base::Expected<base::TransactionId> say(const QString& text, const base::MessageId& thread = {})
    {
        return await(space.send(ops(), text, thread));
    }

    base::SystemClock clock;
    base::SystemRandom random;
    workspace::Workspace space;
};

/// What stands in a timeline, without day lines and the like.
QList<model::TimelineRow> messages(const model::TimelineModel& timeline)
{
    QList<model::TimelineRow> found;
    for (int i = 0; i < timeline.rowCount(); ++i)
        if (timeline.row(i).kind == model::TimelineRow::Kind::Message)
            found.append(timeline.row(i));
    return found;
}

QStringList texts(const model::TimelineModel& timeline)
{
    QStringList found;
    for (const model::TimelineRow& row : messages(timeline))
        found += row.message.text;
    return found;
}

void spoil(const QString& path)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    file.write(QByteArray(20'000, '#'));
}

} // namespace

class TestWorkspace : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void onePersonSeesWhatAnotherDoes();
    void makesTheFolderOfAProfile();
    void oneProfileHasOneProcess();
    void aReadOnlyProfileIsSaidAndCanStillBeRead();
    void aDamagedProfileIsKeptAsideAndSaid();
    void aDamagedHubIsKeptAsideAndSaid();
    void aFullDiskRefusesTheTextAndGoesOnAfterwards();
    void anotherVersionOfTheHubIsSaidAndTheTextWaits();
    void filesThatWaitMoveWithTheProfile();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    QString hub() const { return path(u"hub.sock"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWorkspace::init() { m_folder = std::make_unique<QTemporaryDir>(); }

/// Messages, unread and mentions, edits, reactions, threads, typing and presence between two profiles.
void TestWorkspace::onePersonSeesWhatAnotherDoes()
{
    Desk ana(path(u"ana"_s));
    Desk ben(path(u"ben"_s));
    QVERIFY(ana.open() && ana.signIn(u"ana"_s, hub()));
    QTRY_VERIFY(!ana.ops().isEmpty());
    QVERIFY(ben.open() && ben.signIn(u"ben"_s, hub()));
    QTRY_VERIFY(!ben.ops().isEmpty());
    const auto seen = ana.space.openTimeline(ana.ops());
    const auto own = ben.space.openTimeline(ben.ops());

    QVERIFY(ben.say(u"morning"_s));
    QVERIFY(ben.say(u"@ana are you there?"_s));
    QTRY_COMPARE(texts(*seen), QStringList({u"morning"_s, u"@ana are you there?"_s}));
    const auto counts = [&] {
        const model::ConversationRow* row = ana.space.conversations().find(ana.ops());
        return std::pair(row->unread, row->mentions);
    };
    QTRY_COMPARE(counts(), std::pair(2, 1));
    ana.account()->markRead(ana.ops(), {}, messages(*seen).last().message.order);
    QTRY_COMPARE(counts(), std::pair(0, 0));

    QTRY_VERIFY(messages(*own).size() == 2 && !messages(*own).last().message.id.isEmpty());
    const chat::Message asked = messages(*own).last().message;
    const base::MessageId question = asked.id;
    QVERIFY(await(ben.account()->backend().facets().edits->edit(asked, u"@ana are you here?"_s)));
    QTRY_VERIFY(messages(*seen).last().message.edited && messages(*seen).last().message.text == u"@ana are you here?"_s);

    QVERIFY(await(ana.account()->backend().facets().reactions->setReactions(ana.ops(), question, {}, {u"👍"_s})));
    QTRY_COMPARE(messages(*own).last().message.reactions.size(), 1);
    QCOMPARE(messages(*own).last().message.reactions.first().by, QList<base::UserId>{ana.account()->self().user});

    QVERIFY(ana.say(u"in the thread"_s, question));
    QTRY_COMPARE(messages(*own).last().replies, 1);
    const auto thread = ben.space.openTimeline(ben.ops(), question);
    QTRY_COMPARE(texts(*thread), QStringList({u"@ana are you here?"_s, u"in the thread"_s}));

    QSignalSpy typing(ana.account()->backend().facets().presence, &chat::PresenceFacet::typing);
    ben.account()->backend().facets().presence->setTyping(ben.ops(), true);
    QTRY_COMPARE(typing.size(), 1);
    QCOMPARE(typing.first().first().value<chat::Typing>().userName, u"ben"_s);

    const auto presenceOfBen = [&] {
        for (const chat::Member& member : ana.account()->members(ana.ops()))
            if (member.name == u"ben"_s)
                return member.presence;
        return chat::Presence::Away;
    };
    QTRY_VERIFY(presenceOfBen() == chat::Presence::Online);
    ben.space.setNetworkOnline(false);
    QTRY_VERIFY(presenceOfBen() == chat::Presence::Offline);
}

void TestWorkspace::makesTheFolderOfAProfile()
{
    base::SystemClock clock;
    base::SystemRandom random;
    const QString folder = path(u"deep/new"_s);
    workspace::Workspace space({folder, true}, clock, random);
    space.prepare();
    const auto opened = await(space.open());
    QVERIFY(opened && !opened->databaseReadOnly && !opened->settingsReadOnly);
    QVERIFY(QFile::exists(folder + u"/ridealong.db"_s));
}

void TestWorkspace::oneProfileHasOneProcess()
{
    Desk first(path(u"ana"_s));
    QVERIFY(first.open());
    Desk second(path(u"ana"_s));
    const auto refused = second.open();
    QVERIFY(!refused);
    QVERIFY(refused.error().kind == base::ErrorKind::Denied);
}

void TestWorkspace::aReadOnlyProfileIsSaidAndCanStillBeRead()
{
    {
        Desk ana(path(u"ana"_s));
        QVERIFY(ana.open() && ana.signIn(u"ana"_s, hub()));
        QTRY_VERIFY(!ana.ops().isEmpty());
        const auto timeline = ana.space.openTimeline(ana.ops());
        QVERIFY(ana.say(u"kept"_s));
        QTRY_VERIFY(!messages(*timeline).isEmpty() && !messages(*timeline).last().message.id.isEmpty());
    }
    QStringList folders{m_folder->path()}, files;
    for (QDirIterator each(m_folder->path(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
         each.hasNext();) {
        const QString entry = each.next();
        (each.fileInfo().isDir() ? folders : files).append(entry);
    }
    const auto permit = [](const QStringList& paths, int permissions) {
        for (const QString& each : paths)
            QFile::setPermissions(each, QFileDevice::Permissions::fromInt(permissions));
    };
    permit(files, 0x4444);
    permit(folders, 0x5555);
    {
        tests::WithoutPrivileges nobody;
        QVERIFY(nobody.works());
        Desk ana(path(u"ana"_s));
        const auto opened = ana.open();
        QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().detail));
        QVERIFY(opened->databaseReadOnly);
        QVERIFY(opened->settingsReadOnly);
        QVERIFY(opened->databaseKeptAside.isEmpty());
        const auto timeline = ana.space.openTimeline(ana.ops());
        QTRY_COMPARE(texts(*timeline), QStringList{u"kept"_s});
        const auto refused = ana.say(u"cannot be kept"_s); // refused, so that the composer still has it
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == base::ErrorKind::Storage);
    }
    permit(folders, 0x7777); // so that it can be removed
}

void TestWorkspace::aDamagedProfileIsKeptAsideAndSaid()
{
    QDir().mkpath(path(u"ana"_s));
    spoil(path(u"ana/ridealong.db"_s));
    spoil(path(u"ana/settings.json"_s));
    Desk ana(path(u"ana"_s));
    const auto opened = ana.open();
    QVERIFY(opened);
    for (const QString& kept : {opened->databaseKeptAside, opened->settingsKeptAside}) {
        QFile file(kept);
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(kept));
        QCOMPARE(file.readAll(), QByteArray(20'000, '#'));
    }
    QVERIFY(ana.signIn(u"ana"_s, hub()));
    QTRY_VERIFY(!ana.ops().isEmpty());
    const auto timeline = ana.space.openTimeline(ana.ops());
    QVERIFY(ana.say(u"begun again"_s));
    QTRY_COMPARE(texts(*timeline), QStringList{u"begun again"_s});
}

void TestWorkspace::aDamagedHubIsKeptAsideAndSaid()
{
    {
        Desk ana(path(u"ana"_s));
        QVERIFY(ana.open() && ana.signIn(u"ana"_s, hub()));
        QTRY_VERIFY(!ana.ops().isEmpty());
        const auto timeline = ana.space.openTimeline(ana.ops());
        QVERIFY(ana.say(u"before"_s));
        QTRY_VERIFY(!messages(*timeline).isEmpty() && !messages(*timeline).last().message.id.isEmpty());
    }
    spoil(hub() + u".d/hub.db"_s);
    Desk ana(path(u"ana"_s));
    QSignalSpy told(&ana.space, &workspace::Workspace::hubKeptAside);
    QVERIFY(ana.open());
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(QFile::exists(told.first().first().toString()));
    QTRY_VERIFY(ana.isConnected());
    const auto timeline = ana.space.openTimeline(ana.ops());
    QTRY_COMPARE(texts(*timeline), QStringList{u"before"_s}); // the profile's own copy
    QVERIFY(ana.say(u"after"_s));
    QTRY_COMPARE(texts(*timeline), QStringList({u"before"_s, u"after"_s}));
    QTRY_VERIFY(ana.space.outbox().items().isEmpty());
}

void TestWorkspace::aFullDiskRefusesTheTextAndGoesOnAfterwards()
{
    Desk ana(path(u"ana"_s));
    QVERIFY(ana.open() && ana.signIn(u"ana"_s, hub()));
    QTRY_VERIFY(!ana.ops().isEmpty());
    const auto timeline = ana.space.openTimeline(ana.ops());
    QVERIFY(ana.say(u"first"_s));
    QTRY_VERIFY(ana.space.outbox().items().isEmpty());
    {
        tests::FullDisk full;
        const auto refused = ana.say(u"no room"_s);
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == base::ErrorKind::Storage);
    }
    QVERIFY(ana.say(u"room again"_s));
    QTRY_COMPARE(texts(*timeline), QStringList({u"first"_s, u"room again"_s}));
}

void TestWorkspace::anotherVersionOfTheHubIsSaidAndTheTextWaits()
{
    {
        Desk ana(path(u"ana"_s));
        QVERIFY(ana.open() && ana.signIn(u"ana"_s, hub()));
        QTRY_VERIFY(!ana.ops().isEmpty());
    }
    local::HubLock lock; // a program of another version is the hub now
    QVERIFY(lock.take(hub() + u".d/lock"_s));
    net::LocalSocketServer server;
    QVERIFY(server.listen(hub()));
    std::vector<std::unique_ptr<net::FrameChannel>> clients;
    connect(&server, &net::LocalSocketServer::clientConnected, this, [&] {
        clients.push_back(server.next());
        clients.back()->send(local::encodeFrame({{"t"_L1, "hello"_L1}, {"v"_L1, local::kProtocolVersion + 1}, {"hub"_L1, "x"_L1}}));
    });
    Desk ana(path(u"ana"_s));
    QVERIFY(ana.open());
    QTRY_VERIFY(ana.account()->backend().status().state == chat::ConnectionState::Failed);
    QVERIFY(ana.account()->backend().status().error.kind == base::ErrorKind::Incompatible);
    QVERIFY(!ana.account()->backend().status().error.detail.isEmpty());
    QVERIFY(ana.say(u"kept for later"_s));
    QCOMPARE(ana.space.outbox().items().size(), 1);
    QVERIFY(ana.space.outbox().items().first().state == chat::OutboxState::Queued);
}

void TestWorkspace::filesThatWaitMoveWithTheProfile()
{
    {
        Desk ana(path(u"ana"_s));
        QVERIFY(ana.open() && ana.signIn(u"ana"_s, hub()));
        QTRY_VERIFY(!ana.ops().isEmpty());
        ana.space.setNetworkOnline(false);
        const auto waits = await(ana.space.attachBytes(ana.ops(), "to be sent", u"a.txt"_s));
        const auto begun = await(ana.space.attachBytes(ana.ops(), "being written", u"b.txt"_s));
        QVERIFY(waits && begun);
        QVERIFY(await(ana.space.send(ana.ops(), u"look"_s, {}, {}, {*waits})));
        ana.space.setComposerAttachments(ana.ops(), {}, {*begun});
    }
    QVERIFY(QDir().rename(path(u"ana"_s), path(u"anna"_s)));
    Desk ana(path(u"anna"_s));
    QVERIFY(ana.open());
    QTRY_VERIFY(ana.isConnected());
    const auto timeline = ana.space.openTimeline(ana.ops());
    QTRY_VERIFY(ana.space.outbox().items().isEmpty());
    QTRY_VERIFY(!messages(*timeline).isEmpty() && !messages(*timeline).last().message.id.isEmpty());
    QCOMPARE(messages(*timeline).last().message.attachments.value(0).bytes, qint64(10));
    const auto draft = ana.space.drafts().composerAttachments(ana.ops(), {});
    QCOMPARE(draft.size(), 1);
    QVERIFY(draft[0].path.startsWith(path(u"anna/"_s)));
    QFile copy(draft[0].path);
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), QByteArray("being written"));
}

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
