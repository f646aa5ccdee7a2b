// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Commands that are dialogues, at a backend that the test plays.
#include "chat/commanddialog.h"
#include "support/await.h"
#include "support/fakebackend.h"
#include "workspace/workspace.h"

#include <QTemporaryDir>
#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::CommandStage;

namespace {

class Dialog final : public chat::CommandDialog
{
public:
    void go(chat::CommandAction, const chat::FormValues&) override {}
    void cancel() override {}
    void say(const CommandStage& told) { emit stage(told); }
};

class Facet final : public chat::CommandFacet
{
public:
    base::Async<QList<chat::CommandSpec>> commands(const base::ConversationId&) override
    {
        return base::Async<QList<chat::CommandSpec>>::ready(QList<chat::CommandSpec>{});
    }
    std::unique_ptr<chat::CommandDialog> open(const chat::CommandSpec& spec) override
    {
        opened << spec.node;
        return isThere ? std::make_unique<Dialog>() : nullptr;
    }

    QStringList opened;
    bool isThere = true;
};

/// A workspace with one account, whose bot has one command.
struct Fixture
{
    Fixture() : space({folder.path(), true}, clock, random)
    {
        space.addBackend({u"fake"_s, {}, [this](const chat::AccountConfig&, chat::Credentials&) {
                              auto made = std::make_unique<FakeBackend>();
                              backend = made.get();
                              backend->commands = &facet;
                              return made;
                          }});
        if (!await(space.open()))
            qWarning("the profile never opened");
        chat::AccountConfig config;
        config.backend = u"fake"_s;
        config.user = u"me"_s;
        config.name = u"Work"_s;
        account = await(space.addAccount(config)).valueOr({});
        spec.account = account;
        spec.bot = base::UserId(u"deployer"_s);
        spec.name = u"Deploy"_s;
        spec.dialog = true;
        spec.node = u"urn:deploy"_s;
        space.palette().setCommands(account, spec.bot, {spec});
    }
    QString errorOf(const chat::CommandSpec& wanted)
    {
        const auto opened = space.openCommand(wanted);
        return opened ? u"no error"_s : base::toString(opened.error().kind);
    }
    palette::Usage usage() const { return space.palette().usage(spec.bot, spec.name); }

    QTemporaryDir folder;
    base::SystemClock clock;
    base::SystemRandom random;
    Facet facet;
    workspace::Workspace mutable space;
    FakeBackend* backend = nullptr;
    base::AccountId account;
    chat::CommandSpec spec;
};

} // namespace

class TestCommands : public QObject
{
    Q_OBJECT
private slots:
    void opensThroughTheBackend();
    void saysWhyItCannotBeOpened();
    void remembersThatItWasRun();
    void hasNoText();
};

void TestCommands::opensThroughTheBackend()
{
    Fixture f;
    f.backend->setConnected(true);
    const auto opened = f.space.openCommand(f.spec);
    QVERIFY(opened && *opened);
    QCOMPARE(f.facet.opened, QStringList{u"urn:deploy"_s});
    QVERIFY(f.backend->sends.empty());
}

void TestCommands::saysWhyItCannotBeOpened()
{
    Fixture f;
    QCOMPARE(f.errorOf(f.spec), u"Offline"_s);
    f.backend->setConnected(true);
    chat::CommandSpec other = f.spec;
    other.account = base::AccountId(u"none"_s);
    QCOMPARE(f.errorOf(other), u"NotFound"_s);
    other = f.spec;
    other.dialog = false;
    QCOMPARE(f.errorOf(other), u"Unsupported"_s);
    QVERIFY(f.facet.opened.isEmpty());
    f.facet.isThere = false;
    QCOMPARE(f.errorOf(f.spec), u"Unsupported"_s);
    f.backend->commands = nullptr;
    QCOMPARE(f.errorOf(f.spec), u"Unsupported"_s);
}

void TestCommands::remembersThatItWasRun()
{
    Fixture f;
    f.backend->setConnected(true);
    const auto run = [&f](const CommandStage& stage) {
        const auto opened = f.space.openCommand(f.spec);
        static_cast<Dialog&>(**opened).say(stage);
    };
    CommandStage stage;
    run(stage); // in the middle
    stage.isOver = stage.isCancelled = true;
    run(stage);
    QCOMPARE(f.usage().runs, 0);
    stage.isCancelled = false;
    run(stage);
    stage.notes = {{chat::CommandNote::Severity::Error, u"no such host"_s}};
    run(stage);
    QCOMPARE(f.usage().runs, 2);
    QCOMPARE(f.usage().succeeded, 1);
    QCOMPARE(f.usage().lastBy, u"Me"_s);
}

void TestCommands::hasNoText()
{
    Fixture f;
    const base::ConversationId room(f.account, u"ops"_s);
    QVERIFY(!f.space.specOf(room, u"Deploy now"_s));
    QVERIFY(f.space.kindOf(room, u"Deploy now"_s) == chat::OutgoingKind::Text);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestCommands)
#include "tst_commands.moc"
