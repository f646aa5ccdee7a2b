// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/confirmbar.h"
#include "kit/theme.h"
#include "paletteview/argumentform.h"
#include "paletteview/paletteview.h"
#include "paletteview/words.h"
#include "support/fakeclock.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using paletteview::PaletteView;

namespace {

chat::CommandSpec makeSpec(const QString& name, chat::Risk risk, const QString& title)
{
    chat::CommandSpec spec;
    spec.account = base::AccountId(u"acme"_s);
    spec.bot = base::UserId(u"hubot"_s);
    spec.prefix = u"hubot "_s;
    spec.name = name;
    spec.title = title;
    spec.risk = risk;
    return spec;
}

chat::CommandSpec migrateStart()
{
    auto spec = makeSpec(u"migrate start"_s, chat::Risk::Mutates, u"Start a storage migration"_s);
    spec.environment = u"production"_s;
    chat::Argument array;
    array.name = u"array"_s;
    array.type = chat::ArgumentType::Choice;
    array.choices = {u"vmax1"_s, u"vmax2"_s, u"vmax7"_s};
    array.required = true;
    chat::Argument streams;
    streams.name = u"streams"_s;
    streams.option = u"--streams"_s;
    streams.type = chat::ArgumentType::Integer;
    streams.minimum = 1;
    streams.maximum = 64;
    streams.defaultValue = u"4"_s;
    chat::Argument dry;
    dry.name = u"dry-run"_s;
    dry.option = u"--dry-run"_s;
    dry.type = chat::ArgumentType::Flag;
    dry.help = u"first show what would happen"_s;
    spec.arguments = {array, streams, dry};
    return spec;
}

struct Stage
{
    tests::FakeClock clock;
    kit::Theme theme;
    palette::Palette commands{clock};
    QWidget window;
    PaletteView view{commands, theme, clock, &window};
    paletteview::PaletteContext context;

    Stage()
    {
        auto status = makeSpec(u"migrate status"_s, chat::Risk::Safe, u"Show migration progress"_s);
        chat::Argument array;
        array.name = u"array"_s;
        array.required = true;
        status.arguments = {array};
        auto stop = makeSpec(u"migrate stop"_s, chat::Risk::Danger, u"Stop after the current LUN"_s);
        stop.environment = u"production"_s;
        stop.arguments = {array};
        commands.setCommands(base::AccountId(u"acme"_s), base::UserId(u"hubot"_s),
            {migrateStart(), status, stop, makeSpec(u"disk"_s, chat::Risk::Safe, u"Free space"_s)});
        palette::Usage usage;
        usage.runs = 40;
        usage.succeeded = 38;
        usage.lastBy = u"Ana"_s;
        usage.lastAtMs = clock.nowMs() - 41 * 60'000;
        usage.typicalMs = 3 * 3'600'000;
        commands.setUsage(base::UserId(u"hubot"_s), u"migrate start"_s, usage);
        context.account = base::AccountId(u"acme"_s);
        context.conversation = base::ConversationId(context.account, u"storage"_s);
        context.conversationName = u"#storage-migration"_s;
        context.environment = u"production"_s;
        context.self = u"Ben"_s;
        context.accounts.insert(context.account, u"Acme"_s);
        window.resize(1000, 720);
        window.show();
        window.activateWindow();
    }
    /// A command that asks for what it needs, and nothing else is known.
    void addDialog()
    {
        auto deploy = makeSpec(u"Roll out a release"_s, chat::Risk::Unknown, {});
        deploy.bot = base::UserId(u"deployer@chat.test"_s);
        deploy.prefix.clear();
        deploy.dialog = true;
        deploy.node = u"urn:deploy"_s;
        commands.setCommands(base::AccountId(u"acme"_s), deploy.bot, {deploy});
    }
    QLineEdit* query() { return view.findChild<QLineEdit*>(u"paletteQuery"_s); }
    QLineEdit* text() { return view.findChild<QLineEdit*>(u"paletteText"_s); }
    paletteview::ArgumentForm* form() { return view.findChild<paletteview::ArgumentForm*>(); }
    kit::ConfirmBar* confirm() { return view.findChild<kit::ConfirmBar*>(); }
    QComboBox* array() { return qobject_cast<QComboBox*>(form()->field(u"array"_s)); }
    void type(const QString& what)
    {
        view.open(context);
        QTest::keyClicks(query(), what);
    }
};

} // namespace

class PaletteViewTest : public QObject
{
    Q_OBJECT

private slots:
    void choosesByTypingAndArrows()
    {
        Stage stage;
        stage.type(u"migr st"_s);
        QVERIFY(stage.view.spec());
        const auto first = stage.view.spec()->name;
        QTest::keyClick(stage.query(), Qt::Key_Down);
        QVERIFY(stage.view.spec()->name != first);
        QTest::keyClick(stage.query(), Qt::Key_Up);
        QCOMPARE(stage.view.spec()->name, first);
        QTest::keyClick(stage.query(), Qt::Key_Up);
        QCOMPARE(stage.view.spec()->name, first);
    }

    void saysWhenNothingMatches()
    {
        Stage stage;
        stage.type(u"zzzzqqq"_s);
        QVERIFY(!stage.view.spec());
        QCOMPARE(stage.view.text(), QString());
        QSignalSpy submit(&stage.view, &PaletteView::submitRequested);
        QTest::keyClick(stage.query(), Qt::Key_Return);
        QCOMPARE(submit.size(), 0);
    }

    void opensADialogueInsteadOfSendingText()
    {
        Stage stage;
        stage.addDialog();
        stage.context.conversation = {}; // it needs no room to be sent to
        QSignalSpy submit(&stage.view, &PaletteView::submitRequested), opened(&stage.view, &PaletteView::dialogRequested);
        QSignalSpy draft(&stage.view, &PaletteView::draftRequested);
        stage.type(u"roll"_s);
        QCOMPARE(stage.view.spec()->node, u"urn:deploy"_s);
        QCOMPARE(stage.view.text(), QString());
        QVERIFY(!stage.text()->isVisible() && !stage.confirm()->isVisible());
        auto* send = stage.view.findChild<QPushButton*>(u"paletteSend"_s);
        QVERIFY(send->isEnabled());
        QCOMPARE(send->text(), u"Open"_s);
        tests::keepShot(stage.window.grab(), u"palette-dialogue"_s);
        QTest::keyClick(stage.query(), Qt::Key_S, Qt::ControlModifier);
        QTest::keyClick(stage.query(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].value<chat::CommandSpec>().node, u"urn:deploy"_s);
        QVERIFY(submit.isEmpty() && draft.isEmpty());
        QVERIFY(!stage.view.isVisible());
    }

    void leavesADialogueForACommandOfText()
    {
        Stage stage;
        stage.addDialog();
        stage.type(u"roll"_s);
        QVERIFY(!stage.text()->isVisible());
        stage.type(u"disk"_s);
        QVERIFY(stage.text()->isVisible());
        QCOMPARE(stage.view.text(), u"hubot disk"_s);
    }

    void keepsFormAndTextInStep()
    {
        Stage stage;
        stage.type(u"migrate start"_s);
        QCOMPARE(stage.view.spec()->name, u"migrate start"_s);
        stage.array()->lineEdit()->clear();
        QTest::keyClicks(stage.array()->lineEdit(), u"vmax2"_s);
        QCOMPARE(stage.text()->text(), u"hubot migrate start vmax2"_s);
        auto* dry = qobject_cast<QCheckBox*>(stage.form()->field(u"dry-run"_s));
        dry->click();
        QVERIFY(stage.text()->text().contains(u"--dry-run"_s));
        // And the other way round, caret untouched.
        stage.text()->setFocus();
        stage.text()->setText(u"hubot migrate start vmax7 --streams 8"_s);
        stage.text()->setCursorPosition(5);
        QTest::keyClick(stage.text(), Qt::Key_End);
        QTest::keyClicks(stage.text(), u"0"_s);
        QCOMPARE(stage.array()->currentText(), u"vmax7"_s);
        QVERIFY(!dry->isChecked());
        QCOMPARE(stage.form()->values().value(u"streams"_s), u"80"_s);
        QCOMPARE(stage.text()->text(), u"hubot migrate start vmax7 --streams 80"_s);
        QCOMPARE(stage.text()->cursorPosition(), int(stage.text()->text().size()));
    }

    void tellsTheRangeBesideTheField()
    {
        Stage stage;
        stage.type(u"migrate start"_s);
        stage.text()->setFocus();
        stage.text()->clear();
        QTest::keyClicks(stage.text(), u"hubot migrate start vmax1 --streams 65"_s);
        bool told = false;
        for (auto* label : stage.form()->findChildren<QLabel*>())
            told = told || (label->isVisible() && label->text().contains(u"64"_s));
        QVERIFY(told);
        QSignalSpy submit(&stage.view, &PaletteView::submitRequested);
        QTest::keyClick(stage.text(), Qt::Key_Return);
        QCOMPARE(submit.size(), 0);
        QTest::keyClick(stage.text(), Qt::Key_Backspace);
        QTest::keyClick(stage.text(), Qt::Key_Backspace);
        QTest::keyClicks(stage.text(), u"64 --dry-run"_s);
        QTest::keyClick(stage.text(), Qt::Key_Return);
        QCOMPARE(submit.size(), 1);
        QCOMPARE(submit.front().at(1).toString(), u"hubot migrate start vmax1 --streams 64 --dry-run"_s);
        QVERIFY(!stage.view.isVisible());
    }

    void goesToWhatIsMissingOnEnter()
    {
        Stage stage;
        stage.type(u"migrate start"_s);
        QSignalSpy submit(&stage.view, &PaletteView::submitRequested);
        QTest::keyClick(stage.query(), Qt::Key_Return);
        QCOMPARE(submit.size(), 0);
        QVERIFY(stage.window.focusWidget() == stage.array() || stage.window.focusWidget() == stage.array()->lineEdit());
    }

    void confirmsByTypingInProduction()
    {
        Stage stage;
        stage.type(u"migrate start"_s);
        QTest::keyClicks(stage.array()->lineEdit(), u"vmax1"_s);
        QSignalSpy submit(&stage.view, &PaletteView::submitRequested);
        QTest::keyClick(stage.query(), Qt::Key_Return);
        QCOMPARE(submit.size(), 0);
        QVERIFY(stage.confirm()->isAsking());
        auto* field = stage.confirm()->findChild<QLineEdit*>(u"confirmField"_s);
        QTest::keyClicks(field, u"storage-migration"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(submit.size(), 1);
    }

    void sendsSafeCommandsAtOnceAndAsksOnCtrlEnter()
    {
        Stage stage;
        QSignalSpy submit(&stage.view, &PaletteView::submitRequested);
        stage.type(u"disk"_s);
        QTest::keyClick(stage.query(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(submit.size(), 0);
        QVERIFY(stage.confirm()->isAsking());
        stage.confirm()->giveUp();
        QTest::keyClick(stage.query(), Qt::Key_Return);
        QCOMPARE(submit.size(), 1);
        QCOMPARE(submit.front().at(1).toString(), u"hubot disk"_s);
    }

    void savesADraftAndCloses()
    {
        Stage stage;
        QSignalSpy draft(&stage.view, &PaletteView::draftRequested);
        QSignalSpy closed(&stage.view, &PaletteView::closed);
        stage.type(u"migrate start"_s);
        QTest::keyClick(stage.query(), Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(draft.size(), 1);
        QVERIFY(draft.front().front().toString().startsWith(u"hubot migrate start"_s));
        QCOMPARE(closed.size(), 1);
        stage.view.open(stage.context);
        QTest::keyClick(stage.query(), Qt::Key_Escape);
        QVERIFY(!stage.view.isVisible());
    }

    void opensWithATextTakenApart()
    {
        Stage stage;
        stage.view.openWithText(stage.context, u"hubot migrate start vmax7 --streams 2"_s);
        QVERIFY(stage.view.spec());
        QCOMPARE(stage.view.spec()->name, u"migrate start"_s);
        QCOMPARE(stage.array()->currentText(), u"vmax7"_s);
        QCOMPARE(stage.view.text(), u"hubot migrate start vmax7 --streams 2"_s);
    }

    void keepsWhatWasFilledInWhenCommandsArriveAnew()
    {
        Stage stage;
        stage.type(u"migrate start"_s);
        QTest::keyClicks(stage.array()->lineEdit(), u"vmax2"_s);
        stage.commands.setCommands(base::AccountId(u"acme"_s), base::UserId(u"other"_s), {makeSpec(u"x"_s, chat::Risk::Safe, {})});
        QCOMPARE(stage.view.text(), u"hubot migrate start vmax2"_s);
    }

    void tellsUsageInWords()
    {
        palette::Usage usage;
        QCOMPARE(paletteview::usageText(usage, u"Ben"_s, 0), u"never run"_s);
        usage.runs = 40;
        usage.succeeded = 38;
        usage.lastBy = u"Ana"_s;
        usage.typicalMs = 3 * 3'600'000;
        QCOMPARE(paletteview::usageText(usage, u"Ben"_s, 41 * 60'000), u"Ana ran it 41 min ago, 38 of 40 succeeded, about 3 h"_s);
        QCOMPARE(paletteview::argumentsText(migrateStart()), u"‹array› [--streams n] [--dry-run]"_s);
    }

    void looksRight_data() { tests::addLooks({{"200", kit::ThemeChoice::Dark, 2}}); }
    void looksRight()
    {
        QFETCH(tests::Look, look);
        Stage stage;
        look.dress(stage.theme);
        stage.context.offline = true;
        stage.window.resize(QSize(1000, 720) * std::max(1.0, look.scale * 0.8));
        stage.type(u"migr st"_s);
        for (int i = 0; i < 3 && !stage.array(); ++i)
            QTest::keyClick(stage.query(), Qt::Key_Down);
        QVERIFY(stage.array());
        QTest::keyClicks(stage.array()->lineEdit(), u"vmax2"_s);
        const auto tag = QString::fromLatin1(QTest::currentDataTag());
        const auto picture = stage.window.grab();
        QVERIFY(tests::colorsOf(picture.toImage()) > 20);
        tests::keepShot(picture, u"palette-"_s + tag);
        QTest::keyClick(stage.query(), Qt::Key_Return, Qt::ControlModifier);
        tests::keepShot(stage.window.grab(), u"palette-confirm-"_s + tag);
    }
};

QTEST_MAIN(PaletteViewTest)
#include "tst_paletteview.moc"
