// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "forms.h"
#include "formview/commandwindow.h"
#include "formview/formview.h"
#include "formview/resulttable.h"
#include "kit/theme.h"
#include "support/activate.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace ridealong::tests {

using base::ErrorKind;
using chat::CommandAction;
using chat::CommandNote;
using chat::CommandStage;
using formview::CommandWindow;

namespace {

chat::Form oneField()
{
    return {u"Deploy"_s, {}, {field(u"env"_s, Kind::Text, u"Environment"_s, {}, true), field(u"notes"_s, Kind::MultiLine, u"Notes"_s)}, false};
}

CommandStage result()
{
    CommandStage stage;
    stage.isOver = true;
    stage.notes = {{CommandNote::Severity::Info, u"All is up."_s}};
    stage.table = hosts();
    return stage;
}

} // namespace

class TestCommandWindow : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_window.reset(); }

    void waitsForTheFirstStage();
    void goesThroughByKeyboard();
    void enterIsTheBotsDefault();
    void doesNotGoOnWithAWrongAnswer();
    void goesBackWhateverIsWritten();
    void offersWhatIsPossible();
    void controlEnterGoesOnFromAFieldOfSeveralLines();
    void waitsForOneAnswerAtATime();
    void keepsTheFormThatWasNotAccepted();
    void saysWhatIsNotKnown();
    void saysThatItWasForgotten();
    void saysThatTheConnectionBroke();
    void saysWhyItCouldNotBegin();
    void showsTheResult();
    void showsAnEmptyResult();
    void copiesAsText();
    void sharesNothingByItself();
    void cancelsWhenItIsClosed();
    void cancelsNothingThatIsOver();
    void cancelsWhileAnAnswerIsAwaited();

private:
    QPushButton* button(const char* name) const { return m_window->findChild<QPushButton*>(QString::fromLatin1(name)); }
    bool isOffered(const char* name) const { return button(name)->isVisible() && button(name)->isEnabled(); }
    QLineEdit* line(const char* key) const { return qobject_cast<QLineEdit*>(m_window->form()->input(QString::fromLatin1(key))); }
    bool shows(const QString& text) const;
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(QApplication::focusWidget(), key, modifiers); }

    kit::Theme m_theme;
    FakeDialog::Log m_log;
    FakeDialog* m_dialog = nullptr;
    std::unique_ptr<CommandWindow> m_window;
};

void TestCommandWindow::init()
{
    m_log = {};
    auto dialog = std::make_unique<FakeDialog>(m_log);
    m_dialog = dialog.get();
    m_window = std::make_unique<CommandWindow>(std::move(dialog), u"Deploy a release"_s, u"deployer"_s, m_theme);
    activate(*m_window);
}

bool TestCommandWindow::shows(const QString& text) const
{
    const auto labels = m_window->findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&text](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
}

void TestCommandWindow::waitsForTheFirstStage()
{
    QVERIFY(m_window->isBusy() && !m_window->isOver());
    QVERIFY(shows(u"Deploy a release"_s) && shows(u"deployer"_s));
    QVERIFY(isOffered("cancel") && !isOffered("next") && !isOffered("finish") && !isOffered("previous") && !isOffered("share"));
}

void TestCommandWindow::goesThroughByKeyboard()
{
    m_dialog->say(question(oneField(), CommandAction::Next, CommandAction::Next));
    QCOMPARE(QApplication::focusWidget(), line("env"));
    QTest::keyClicks(QApplication::focusWidget(), u"staging"_s);
    press(Qt::Key_Return);
    QCOMPARE(m_log.told, QStringList{u"next"_s});
    QCOMPARE(m_log.values.value(u"env"_s), QStringList{u"staging"_s});
    m_dialog->say(question({}, CommandAction::Previous | CommandAction::Complete));
    QCOMPARE(QApplication::focusWidget(), button("finish")); // there is nothing to write in
    press(Qt::Key_Return);
    QCOMPARE(m_log.told.last(), u"complete"_s);
    m_dialog->say(result());
    QVERIFY(m_window->isOver());
    QCOMPARE(QApplication::focusWidget(), button("cancel"));
    press(Qt::Key_Return);
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_log.told, (QStringList{u"next"_s, u"complete"_s}));
}

void TestCommandWindow::enterIsTheBotsDefault()
{
    m_dialog->say(question(oneField(), CommandAction::Next | CommandAction::Complete, CommandAction::Complete));
    QVERIFY(button("finish")->property("primary").toBool() && !button("next")->property("primary").toBool());
    line("env")->setText(u"staging"_s);
    press(Qt::Key_Return);
    QCOMPARE(m_log.told, QStringList{u"complete"_s});
    m_dialog->say(question(oneField(), CommandAction::Next | CommandAction::Complete, CommandAction::Next));
    line("env")->setText(u"staging"_s);
    press(Qt::Key_Return);
    QCOMPARE(m_log.told.last(), u"next"_s);
}

void TestCommandWindow::doesNotGoOnWithAWrongAnswer()
{
    m_dialog->say(question(oneField()));
    press(Qt::Key_Return);
    QVERIFY(m_log.told.isEmpty() && !m_window->isBusy());
    QVERIFY(!m_window->form()->problem(u"env"_s).isEmpty());
    QCOMPARE(QApplication::focusWidget(), line("env"));
}

void TestCommandWindow::goesBackWhateverIsWritten()
{
    m_dialog->say(question(oneField(), CommandAction::Previous | CommandAction::Complete));
    button("previous")->click();
    QCOMPARE(m_log.told, QStringList{u"previous"_s});
}

void TestCommandWindow::offersWhatIsPossible()
{
    m_dialog->say(question(oneField(), CommandAction::Complete));
    QVERIFY(isOffered("finish") && !isOffered("next") && !isOffered("previous"));
    m_dialog->say(question(oneField(), CommandAction::Previous | CommandAction::Next, CommandAction::Next));
    QVERIFY(!isOffered("finish") && isOffered("next") && isOffered("previous"));
    QCOMPARE(button("cancel")->text(), u"Cancel"_s);
    m_dialog->say(result());
    QVERIFY(!isOffered("finish") && !isOffered("next") && !isOffered("previous"));
    QCOMPARE(button("cancel")->text(), u"Close"_s);
}

void TestCommandWindow::controlEnterGoesOnFromAFieldOfSeveralLines()
{
    m_dialog->say(question(oneField()));
    line("env")->setText(u"staging"_s);
    QWidget* notes = m_window->form()->input(u"notes"_s);
    notes->setFocus();
    press(Qt::Key_A);
    press(Qt::Key_Return);
    press(Qt::Key_B);
    QVERIFY(m_log.told.isEmpty());
    press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_log.told, QStringList{u"complete"_s});
    QCOMPARE(m_log.values.value(u"notes"_s), (QStringList{u"a"_s, u"b"_s}));
}

void TestCommandWindow::waitsForOneAnswerAtATime()
{
    m_dialog->say(question(oneField()));
    line("env")->setText(u"staging"_s);
    button("finish")->click();
    QVERIFY(m_window->isBusy() && !isOffered("finish") && isOffered("cancel"));
    QVERIFY(!line("env")->isEnabled());
    button("finish")->click();
    QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_log.told.size(), 1);
}

void TestCommandWindow::keepsTheFormThatWasNotAccepted()
{
    m_dialog->say(question(oneField()));
    line("env")->setText(u"moon"_s);
    button("finish")->click();
    m_dialog->fail(ErrorKind::Invalid, u"bad-payload: bad-request: no such environment"_s, false);
    QVERIFY(!m_window->isBusy() && !m_window->isOver());
    QVERIFY(m_window->problem().contains(u"kept"_s));
    QCOMPARE(line("env")->text(), u"moon"_s);
    line("env")->setText(u"staging"_s);
    button("finish")->click();
    QVERIFY(m_window->problem().isEmpty());
    QCOMPARE(m_log.told, (QStringList{u"complete"_s, u"complete"_s}));
}

void TestCommandWindow::saysWhatIsNotKnown()
{
    m_dialog->say(question(oneField()));
    line("env")->setText(u"staging"_s);
    button("finish")->click();
    m_dialog->fail(ErrorKind::Timeout, u"no answer"_s, true);
    QVERIFY(m_window->isOver() && !isOffered("finish"));
    QVERIFY(m_window->problem().contains(u"may have been done"_s));
    QCOMPARE(button("cancel")->text(), u"Close"_s);
}

void TestCommandWindow::saysThatItWasForgotten()
{
    m_dialog->say(question(oneField()));
    line("env")->setText(u"staging"_s);
    button("finish")->click();
    m_dialog->fail(ErrorKind::NotFound, u"session-expired: not-allowed"_s, true);
    QVERIFY(m_window->problem().contains(u"run it again"_s));
    QVERIFY(!line("env")->isEnabled());
}

void TestCommandWindow::saysThatTheConnectionBroke()
{
    m_dialog->say(question(oneField()));
    m_dialog->fail(ErrorKind::Offline, u"the stream is over"_s, true);
    QVERIFY(m_window->problem().contains(u"Nothing more was done"_s));
}

void TestCommandWindow::saysWhyItCouldNotBegin()
{
    m_dialog->fail(ErrorKind::Denied, u"forbidden"_s, true);
    QVERIFY(m_window->isOver() && !m_window->isBusy());
    QVERIFY(m_window->problem().contains(u"not allowed"_s));
    QVERIFY(!isOffered("finish") && !isOffered("copy") && !isOffered("share"));
}

void TestCommandWindow::showsTheResult()
{
    m_dialog->say(result());
    QVERIFY(shows(u"All is up."_s) && shows(u"Hosts"_s));
    QVERIFY(m_window->table()->isVisible());
    QCOMPARE(m_window->table()->model()->rowCount(), 5);
    QCOMPARE(m_window->table()->model()->headerData(2, Qt::Horizontal).toString(), u"since"_s);
    QVERIFY(isOffered("copy") && isOffered("share"));
    CommandStage cut = result();
    cut.table.isCut = true;
    m_dialog->say(cut);
    QVERIFY(shows(u"more than can be shown"_s));
}

void TestCommandWindow::showsAnEmptyResult()
{
    CommandStage stage;
    stage.isOver = true;
    m_dialog->say(stage);
    QVERIFY(shows(u"Done."_s));
    QVERIFY(!isOffered("copy") && !isOffered("share"));
    stage.isCancelled = true;
    m_dialog->say(stage);
    QVERIFY(shows(u"cancelled"_s));
    stage = {};
    stage.isOver = true;
    stage.table.columns = {{u"a"_s, {}}};
    m_dialog->say(stage);
    QVERIFY(shows(u"The list is empty."_s) && !m_window->table()->isVisible());
}

void TestCommandWindow::copiesAsText()
{
    CommandStage stage = result();
    stage.table.rows = {{u"web1\tx"_s, u"up\nand down"_s, u"1"_s}, {u"web2"_s, u"up"_s, u"2"_s}};
    m_dialog->say(stage);
    button("copy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"All is up.\n\nHost\tState\tsince\nweb1 x\tup and down\t1\nweb2\tup\t2"_s);
    m_window->table()->selectRow(1);
    m_window->table()->setFocus();
    press(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"Host\tState\tsince\nweb2\tup\t2"_s);
}

void TestCommandWindow::sharesNothingByItself()
{
    QSignalSpy shared(m_window.get(), &CommandWindow::shareRequested);
    CommandStage stage = result();
    stage.notes = {{CommandNote::Severity::Info, u"# Up\n*now*"_s}};
    stage.table.rows = {{u"a|b"_s, u"<b>`x`"_s, u"[y](http://z)"_s}};
    m_dialog->say(stage);
    QCOMPARE(shared.size(), 0);
    button("share")->click();
    QCOMPARE(shared.size(), 1);
    QCOMPARE(shared[0][0].toString(),
        u"**Deploy a release**\n\n> \\# Up\n> \\*now\\*\n\n| Host | State | since |\n| --- | --- | --- |\n| a\\|b | \\<b\\>\\`x\\` | \\[y\\](http://z) |"_s);
    QVERIFY(m_window->isVisible());
}

void TestCommandWindow::cancelsWhenItIsClosed()
{
    m_dialog->say(question(oneField()));
    press(Qt::Key_Escape);
    QCOMPARE(m_log.told, QStringList{u"cancel"_s});
    QVERIFY(!m_window->isVisible());
    m_window.reset();
    QVERIFY(m_log.isDestroyed);
}

void TestCommandWindow::cancelsNothingThatIsOver()
{
    m_dialog->say(result());
    press(Qt::Key_Escape);
    QVERIFY(m_log.told.isEmpty() && !m_window->isVisible());
}

void TestCommandWindow::cancelsWhileAnAnswerIsAwaited()
{
    button("cancel")->click();
    QCOMPARE(m_log.told, QStringList{u"cancel"_s});
    QVERIFY(!m_window->isVisible());
}

} // namespace ridealong::tests

QTEST_MAIN(ridealong::tests::TestCommandWindow)
#include "tst_commandwindow.moc"
