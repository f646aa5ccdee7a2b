// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "commandconversation.h"

#include "xmpp/commandreply.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using chat::CommandAction;
using chat::CommandStage;

class TestCommandDialogues : public QObject
{
    Q_OBJECT
private slots:
    void isOverAtOnce();
    void answersAForm();
    void goesForwardAndBack();
    void endsWithATable();
    void showsAResultToBeRead();
    void goesOnWithoutQuestions();
    void goesOnWithoutASession();
    void offersWhatIsPossible_data();
    void offersWhatIsPossible();
    void tellsNotes();
    void oneStepAtATime();
    void doesNothingWhenItIsOver();
};

void TestCommandDialogues::isOverAtOnce()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.answer("status='completed' sessionid='s1'", "<note type='info'>Deployed.</note>");
    QCOMPARE(talk.stages.size(), 1);
    QVERIFY(talk.stages[0].isOver && !talk.stages[0].actions);
    QCOMPARE(talk.stages[0].notes, (QList<chat::CommandNote>{{chat::CommandNote::Severity::Info, u"Deployed."_s}}));
    QCOMPARE(talk.ends, 1);
    QVERIFY(talk.errors.isEmpty());
}

void TestCommandDialogues::answersAForm()
{
    CommandConversation talk;
    talk.beginAndGetTheForm();
    QVERIFY(!talk.stages[0].isOver);
    QCOMPARE(talk.stages[0].form.title, u"Deploy"_s);
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", "s1", kAnswer);
    talk.answer("status='completed' sessionid='s1'");
    QVERIFY(talk.stages.last().isOver && talk.stages.last().form.isEmpty());
    QCOMPARE(talk.ends, 1);
}

void TestCommandDialogues::goesForwardAndBack()
{
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->go(CommandAction::Next, kStaging);
    talk.expectStep("next", "s1", kAnswer);
    talk.answer("status='executing' sessionid='s1'", "<actions execute='complete'><prev/><complete/></actions>" + kForm);
    QVERIFY(talk.stages.last().actions == (CommandAction::Previous | CommandAction::Complete));
    talk.execution->go(CommandAction::Previous, kStaging);
    talk.expectStep("prev", "s1");
    talk.answer("status='executing' sessionid='s1'", "<actions><next/></actions>" + kForm);
    QCOMPARE(talk.stages.size(), 3);
    talk.execution->go(CommandAction::Next, kStaging);
    talk.expectStep("next", "s1", kAnswer);
    talk.answer("status='completed' sessionid='s1'");
    QCOMPARE(talk.ends, 1);
}

void TestCommandDialogues::endsWithATable()
{
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", "s1", kAnswer);
    talk.answer("status='completed' sessionid='s1'", "<note>All of them</note>" + kTable);
    const CommandStage& stage = talk.stages.last();
    QCOMPARE(stage.table.title, u"Hosts"_s);
    QCOMPARE(stage.table.rows, QList<QStringList>{{u"web1"_s}});
    QVERIFY(stage.isOver && stage.form.isEmpty());
}

void TestCommandDialogues::showsAResultToBeRead()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.answer("status='completed' sessionid='s1'",
        "<x xmlns='jabber:x:data' type='result'><field var='online' label='Online'><value>3</value></field></x>");
    QVERIFY(talk.stages[0].form.isResult && talk.stages[0].table.isEmpty());
    QCOMPARE(talk.stages[0].form.fields[0].values, QStringList{u"3"_s});
    // As ejabberd does it.
    CommandConversation other;
    other.begin();
    other.expectStep("execute");
    other.answer("status='completed' sessionid='s1'",
        "<x xmlns='jabber:x:data' type='form'><field var='users' type='jid-multi' label='Users'><value>ana@chat.test</value></field></x>");
    QVERIFY(other.stages[0].form.isResult);
}

void TestCommandDialogues::goesOnWithoutQuestions()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.answer("status='executing' sessionid='s1'", "<actions><next/></actions>");
    QVERIFY(talk.stages[0].form.isEmpty());
    talk.execution->go(CommandAction::Next, kStaging);
    talk.expectStep("next", "s1");
    // A result in the middle is nothing to be answered.
    talk.answer("status='executing' sessionid='s1'", "<actions><complete/></actions>" + kTable);
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", "s1");
}

void TestCommandDialogues::goesOnWithoutASession()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.answer("status='executing'", kForm);
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", {}, kAnswer);
    talk.answer("status='completed' sessionid='s1'");
    QCOMPARE(talk.ends, 1);
}

void TestCommandDialogues::offersWhatIsPossible_data()
{
    QTest::addColumn<QByteArray>("actions");
    QTest::addColumn<int>("possible");
    QTest::addColumn<int>("preferred");
    const auto row = [](const QByteArray& actions, chat::CommandActions possible, CommandAction preferred) {
        QTest::newRow(actions.isEmpty() ? "none" : actions.constData()) << actions << int(possible.toInt()) << int(preferred);
    };
    using enum CommandAction;
    row("", Complete, Complete);
    row("<actions/>", Complete, Complete);
    row("<actions><next/></actions>", Next, Next);
    row("<actions><complete/></actions>", Complete, Complete);
    row("<actions><next/><complete/></actions>", Next | Complete, Next);
    row("<actions execute='complete'><next/><complete/></actions>", Next | Complete, Complete);
    row("<actions execute='complete'/>", Complete, Complete);
    row("<actions execute='next'><prev/></actions>", Previous | Next, Next);
    row("<actions execute='prev'><prev/><complete/></actions>", Previous | Complete, Complete);
    row("<actions><prev/></actions>", Previous | Complete, Complete);
    row("<actions execute='jump'><jump/></actions>", Complete, Complete);
}

void TestCommandDialogues::offersWhatIsPossible()
{
    QFETCH(QByteArray, actions);
    CommandConversation talk;
    talk.beginAndGetTheForm(actions);
    QTEST(int(talk.stages[0].actions.toInt()), "possible");
    QTEST(int(talk.stages[0].defaultAction), "preferred");
}

void TestCommandDialogues::tellsNotes()
{
    using Severity = chat::CommandNote::Severity;
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    QByteArray many;
    for (qsizetype i = 0; i < xmpp::kMaxNotes; ++i)
        many += "<note>more</note>";
    talk.answer("status='completed' sessionid='s1'",
        "<note type='warn'>Slow</note><note type='error'>" + QByteArray(xmpp::kMaxNoteChars + 1, 'x') + "</note><note type='odd'>So\nit is</note>"
            + "<note>  </note>" + many);
    const auto& notes = talk.stages[0].notes;
    QCOMPARE(notes.size(), xmpp::kMaxNotes);
    QCOMPARE(notes[0], (chat::CommandNote{Severity::Warning, u"Slow"_s}));
    QVERIFY(notes[1].severity == Severity::Error);
    QCOMPARE(notes[1].text.size(), xmpp::kMaxNoteChars);
    QCOMPARE(notes[2], (chat::CommandNote{Severity::Info, u"So\nit is"_s}));
}

void TestCommandDialogues::oneStepAtATime()
{
    CommandConversation talk;
    talk.begin();
    talk.execution->go(CommandAction::Next, kStaging);
    talk.expectStep("execute");
    talk.answer("status='executing' sessionid='s1'", kForm);
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", "s1", kAnswer);
    talk.expectNothing();
}

void TestCommandDialogues::doesNothingWhenItIsOver()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.answer("status='canceled' sessionid='s1'");
    QVERIFY(talk.stages[0].isOver && talk.stages[0].isCancelled);
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.execution->cancel();
    talk.execution.reset();
    talk.expectNothing();
    QCOMPARE(talk.ends, 1);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestCommandDialogues)
#include "tst_commanddialogues.moc"
