// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A command that is a dialogue, from the palette to its result in a room, in the real window at a backend that the test plays.
#include "chat/commanddialog.h"
#include "composer/composer.h"
#include "formview/commandwindow.h"
#include "formview/formview.h"
#include "kit/noticebar.h"
#include "paletteview/paletteview.h"
#include "fakeaccount.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using chat::CommandAction;
using chat::CommandStage;
using formview::CommandWindow;

namespace {

class Dialog final : public chat::CommandDialog
{
public:
    void go(CommandAction, const chat::FormValues& values) override
    {
        CommandStage result;
        result.isOver = true;
        result.notes = {{chat::CommandNote::Severity::Info, u"Deployed to %1."_s.arg(values.value(u"env"_s).join(u' '))}};
        emit stage(result);
        emit ended();
    }
    void cancel() override { emit ended(); }
};

class Facet final : public chat::CommandFacet
{
public:
    base::Async<QList<chat::CommandSpec>> commands(const base::ConversationId&) override
    {
        return base::Async<QList<chat::CommandSpec>>::ready(QList<chat::CommandSpec>{});
    }
    std::unique_ptr<chat::CommandDialog> open(const chat::CommandSpec&) override
    {
        auto made = std::make_unique<Dialog>();
        dialog = made.get();
        return made;
    }

    QPointer<Dialog> dialog;
};

/// A room with a bot that has one command.
struct Desk : FakeAccount
{
    Desk()
        : FakeAccount(room(), {{base::UserId(u"deployer@chat.test"_s), u"deployer"_s, true, chat::Presence::Online}},
            [](FakeBackend& made) { made.commands = &facet; })
    {
        spec.account = account;
        spec.bot = base::UserId(u"deployer@chat.test"_s);
        spec.name = u"Roll out"_s;
        spec.dialog = true;
        spec.node = u"urn:deploy"_s;
        program.workspace().palette().setCommands(account, spec.bot, {spec});
    }
    static chat::Conversation room()
    {
        chat::Conversation conversation;
        conversation.id = {{}, u"ops"_s};
        conversation.name = u"#ops"_s;
        return conversation;
    }
    /// As somebody does it.
    void runFromThePalette()
    {
        program.wiring().openPalette();
        QTest::keyClicks(program.mainWindow().palette()->findChild<QLineEdit*>(u"paletteQuery"_s), u"roll"_s);
        QTest::keyClick(program.mainWindow().palette()->findChild<QLineEdit*>(u"paletteQuery"_s), Qt::Key_Return);
    }
    CommandWindow* window() { return program.mainWindow().findChild<CommandWindow*>(); }
    QString composerText() { return page().composer()->text(); }

    static inline Facet facet; ///< used before the rest is made
    chat::CommandSpec spec;
};

} // namespace

class TestCommandDialogs : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_machine = std::make_unique<OwnMachine>(); }
    void goesFromThePaletteIntoARoom();
    void saysWhyItCannotBegin();
    void closesWithItsAccount();

private:
    std::unique_ptr<OwnMachine> m_machine;
};

void TestCommandDialogs::goesFromThePaletteIntoARoom()
{
    Desk desk;
    QCOMPARE(desk.program.wiring().current(), desk.here);
    desk.runFromThePalette();
    QTRY_VERIFY(desk.window() && desk.window()->isVisible());
    const auto labels = desk.window()->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) { return label->text().startsWith("deployer"_L1); }));
    CommandStage ask;
    ask.form.fields = {{u"env"_s, u"Environment"_s}};
    ask.actions = CommandAction::Complete;
    emit desk.facet.dialog->stage(ask);
    qobject_cast<QLineEdit*>(desk.window()->form()->input(u"env"_s))->setText(u"staging"_s);
    desk.window()->findChild<QPushButton*>(u"finish"_s)->click();
    QVERIFY(desk.window()->isOver());
    QCOMPARE(desk.composerText(), QString());

    desk.window()->findChild<QPushButton*>(u"share"_s)->click();
    QCOMPARE(desk.composerText(), u"**Roll out**\n\n> Deployed to staging."_s);
    QVERIFY(desk.backend->sends.empty()); // it is looked at first
    desk.window()->close();
    QTRY_VERIFY(!desk.window());
    QVERIFY(!desk.facet.dialog);
}

void TestCommandDialogs::saysWhyItCannotBegin()
{
    Desk desk;
    desk.backend->setConnected(false);
    desk.runFromThePalette();
    QVERIFY(!desk.window());
    const auto bars = desk.program.mainWindow().findChildren<kit::NoticeBar*>();
    QVERIFY(std::any_of(bars.begin(), bars.end(), [](const kit::NoticeBar* bar) { return bar->isVisible(); }));
}

void TestCommandDialogs::closesWithItsAccount()
{
    Desk desk;
    desk.runFromThePalette();
    QTRY_VERIFY(desk.window());
    QVERIFY(await(desk.program.workspace().removeAccount(desk.account)));
    QTRY_VERIFY(!desk.window());
}

} // namespace ridealong::tests

QTEST_MAIN(ridealong::tests::TestCommandDialogs)
#include "tst_commanddialogs.moc"
