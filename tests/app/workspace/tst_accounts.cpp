// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The life of an account from adding to removing: real files, a real socket to hear what is sent to a server.
#include "files/filecabinet.h"
#include "store/profilestore.h"
#include "support/await.h"
#include "support/testserver.h"
#include "workspace/workspace.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using base::ErrorKind;
using tests::await;

namespace {

const QString kSecret = u"tops3cret-ä"_s;

template <typename T> QString kindOf(const base::Expected<T>& answer) { return answer ? u"no error"_s : base::toString(answer.error().kind); }

struct Fixture
{
    Fixture() : space(std::make_unique<workspace::Workspace>(workspace::Profile{folder.path(), true}, clock, random))
    {
        if (!await(space->open()))
            qWarning("the profile never opened");
    }
    chat::AccountConfig config() const
    {
        chat::AccountConfig config;
        config.backend = u"irc"_s;
        config.name = u"Example"_s;
        config.user = u"ana"_s;
        config.server = u"127.0.0.1:%1"_s.arg(server.serverPort());
        config.options[u"tls"_s] = false;
        return config;
    }
    base::AccountId add(const chat::Secrets& secrets = {}) const { return await(space->addAccount(config(), secrets)).valueOr({}); }
    base::AccountId addLocal(const QString& user) const
    {
        chat::AccountConfig local;
        local.backend = u"local"_s;
        local.user = user;
        local.server = folder.filePath(u"hub.sock"_s);
        return await(space->addAccount(local)).valueOr({});
    }
    base::ConversationId opsOf(const base::AccountId& id) const
    {
        for (const chat::Conversation& conversation : space->account(id)->conversations())
            if (conversation.name == "#ops"_L1)
                return conversation.id;
        return {};
    }
    /// Every file of the profile, the database and its log included.
    bool isOnDisk(const QByteArray& text) const
    {
        QDirIterator files(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
                return true;
        }
        return false;
    }
    int stored() const { return int(await(space->store().accounts())->size()); }

    QTemporaryDir folder;
    tests::TestServer server;
    base::SystemClock clock;
    base::SystemRandom random;
    std::unique_ptr<workspace::Workspace> space;
};

} // namespace

class TestAccounts : public QObject
{
    Q_OBJECT
private slots:
    void aSecretReachesTheServerAndNoFile()
    {
        Fixture f;
        const base::AccountId id = f.add({{u"serverPassword"_s, kSecret}});
        QVERIFY(!id.isEmpty());
        QTRY_VERIFY(f.server.heard().contains("PASS :" + kSecret.toUtf8()));
        QCOMPARE(f.space->account(id)->storedSecrets(), QStringList(u"serverPassword"_s));
        for (const QVariant& value : f.space->account(id)->config().options)
            QVERIFY(!value.toString().contains(kSecret));
        f.space.reset();
        QVERIFY(f.isOnDisk("serverPassword")); // its name is, so we do look at the right place
        QVERIFY(!f.isOnDisk(kSecret.toUtf8()));
    }

    void aSecretAmongTheOptionsIsTakenOutOfThem()
    {
        Fixture f;
        chat::AccountConfig config = f.config();
        config.options[u"serverPassword"_s] = kSecret;
        QVERIFY(await(f.space->addAccount(config)));
        QTRY_VERIFY(f.server.heard().contains("PASS :" + kSecret.toUtf8()));
        f.space.reset();
        QVERIFY(!f.isOnDisk(kSecret.toUtf8()));
    }

    void anUpdateKeepsTheSecretsItDoesNotName()
    {
        Fixture f;
        const base::AccountId id = f.add({{u"serverPassword"_s, kSecret}});
        QTRY_VERIFY(f.server.heard().contains("NICK ana"));
        chat::AccountConfig changed = f.space->account(id)->config();
        changed.user = u"anna"_s;
        QSignalSpy added(f.space.get(), &workspace::Workspace::accountAdded);
        QVERIFY(await(f.space->updateAccount(changed)));
        QCOMPARE(added.size(), 1);
        QTRY_VERIFY(f.server.heard().contains("NICK anna"));
        QCOMPARE(f.server.heard().count("PASS :" + kSecret.toUtf8()), 2);
        QCOMPARE(f.stored(), 1);
        QVERIFY(await(f.space->updateAccount(changed, {{u"serverPassword"_s, QString()}}))); // an empty one goes
        QCOMPARE(f.space->account(id)->storedSecrets(), QStringList());
        QTRY_COMPARE(f.server.heard().count("NICK anna"), 2);
        QCOMPARE(f.server.heard().count("PASS"), 2);
    }

    void anUpdatedAccountStaysWhereItStands()
    {
        Fixture f;
        const base::AccountId first = f.add();
        const base::AccountId second = f.add();
        QVERIFY(first != second);
        chat::AccountConfig changed = f.space->account(first)->config();
        changed.name = u"Renamed"_s;
        QVERIFY(await(f.space->updateAccount(changed)));
        QVERIFY(f.space->accounts().first()->config().id == first);
        QCOMPARE(f.space->accounts().first()->config().name, u"Renamed"_s);
        QCOMPARE(f.stored(), 2);
    }

    void refusesWhatTheBackendCannotUse()
    {
        Fixture f;
        chat::AccountConfig config = f.config();
        config.backend = u"carrier-pigeon"_s;
        QCOMPARE(kindOf(await(f.space->addAccount(config))), u"Unsupported"_s);
        config = f.config();
        config.server = u"  "_s;
        QCOMPARE(kindOf(await(f.space->addAccount(config))), u"Invalid"_s);
        config = f.config();
        config.user.clear();
        QCOMPARE(kindOf(await(f.space->addAccount(config))), u"Invalid"_s);
        config = f.config();
        config.options[u"sasl"_s] = u"ROT13"_s;
        QCOMPARE(kindOf(await(f.space->addAccount(config))), u"Invalid"_s);
        QCOMPARE(kindOf(await(f.space->addAccount(f.config(), {{u"password"_s, u"a\0b"_s}}))), u"Invalid"_s);
        config = f.config();
        config.id = base::AccountId(u"nobody"_s);
        QCOMPARE(kindOf(await(f.space->updateAccount(config))), u"NotFound"_s);
        QCOMPARE(kindOf(await(f.space->removeAccount(config.id))), u"NotFound"_s);
        QCOMPARE(f.stored(), 0);
        QVERIFY(f.space->accounts().isEmpty());
        QCOMPARE(f.server.clients(), 0);
    }

    void removingLeavesNothingBehind()
    {
        Fixture f;
        const base::AccountId kept = f.addLocal(u"ana"_s);
        const base::AccountId id = f.addLocal(u"ben"_s);
        QTRY_VERIFY(!f.opsOf(kept).isEmpty() && !f.opsOf(id).isEmpty());
        const base::ConversationId room = f.opsOf(id), other = f.opsOf(kept);
        f.space->setNetworkOnline(false);
        for (const base::ConversationId& where : {room, other}) {
            QCOMPARE(kindOf(await(f.space->send(where, u"waits for a connection"_s))), u"no error"_s);
            chat::Draft draft;
            draft.conversation = where;
            draft.text = u"unfinished"_s;
            const auto file = await(f.space->attachBytes(where, "copy of " + where.account().text().toUtf8(), u"a.txt"_s));
            QVERIFY(file);
            draft.attachments = {*file};
            QVERIFY(await(f.space->drafts().put(draft)));
            auto sent = await(f.space->attachBytes(where, "sent by " + where.account().text().toUtf8(), u"b.txt"_s)).valueOr({});
            sent.id = base::FileId(u"f1"_s);
            f.space->files().keepSent(where, sent);
        }
        for (const QByteArray& content : {"copy of " + id.text().toUtf8(), "sent by " + id.text().toUtf8()})
            QTRY_VERIFY(f.isOnDisk(content));
        QSignalSpy removed(f.space.get(), &workspace::Workspace::accountRemoved);
        QVERIFY(await(f.space->removeAccount(id)));
        QCOMPARE(removed.size(), 1);
        QVERIFY(!f.space->account(id));
        QVERIFY(f.space->account(kept));
        QCOMPARE(f.space->outbox().items().size(), 1);
        QVERIFY(f.space->outbox().items().first().conversation == other);
        QCOMPARE(f.space->drafts().drafts().size(), 1);
        QCOMPARE(f.stored(), 1);
        for (const QByteArray& content : {"copy of " + id.text().toUtf8(), "sent by " + id.text().toUtf8()})
            QTRY_VERIFY(!f.isOnDisk(content));
        for (const QByteArray& content : {"copy of " + kept.text().toUtf8(), "sent by " + kept.text().toUtf8()})
            QTRY_VERIFY(f.isOnDisk(content));
        for (int row = 0; row < f.space->conversations().rowCount(); ++row)
            QVERIFY(f.space->conversations().row(row).account != id);
        // After a restart, too.
        f.space.reset();
        f.space = std::make_unique<workspace::Workspace>(workspace::Profile{f.folder.path(), true}, f.clock, f.random);
        QVERIFY(await(f.space->open()));
        QVERIFY(!f.space->account(id));
        QVERIFY(f.space->account(kept));
    }

    void twoWhoRemoveTheSameAccountHarmNothing()
    {
        Fixture f;
        const base::AccountId id = f.add();
        const auto first = f.space->removeAccount(id);
        const auto second = f.space->removeAccount(id);
        const auto update = f.space->updateAccount(f.space->account(id)->config());
        QVERIFY(await(first));
        QVERIFY(await(second));
        QCOMPARE(kindOf(await(update)), u"NotFound"_s);
        QVERIFY(!f.space->account(id));
        QCOMPARE(f.stored(), 0); // the update did not bring it back
    }

    void looksAtAnAddressWithoutAddingAnything()
    {
        Fixture f;
        const auto found = f.space->discover(f.config());
        QTRY_VERIFY(f.server.heard().contains("CAP LS"));
        QVERIFY(!f.server.heard().contains("NICK"));
        f.server.client()->write(":irc.example.org CAP * LS :sasl=PLAIN server-time\r\n");
        const base::Expected<chat::Discovery> discovery = await(found);
        QVERIFY(discovery);
        QVERIFY(!discovery->fields.isEmpty());
        QVERIFY(f.space->accounts().isEmpty());
        chat::AccountConfig local;
        local.backend = u"local"_s;
        QCOMPARE(kindOf(await(f.space->discover(local))), u"Unsupported"_s);
    }
};

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
