// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/completionlist.h"
#include "composer/emojigrid.h"
#include "composer/typography.h"
#include "composerwindow.h"
#include "kit/confirmbar.h"
#include "support/shots.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ridealong;
using composer::CommandState;
using composer::Completion;
using composer::Composer;

namespace {

struct Stage : tests::ComposerWindow
{
    int asked = 0; ///< calls of kindOf
    QSignalSpy edited{&composer, &Composer::editSubmitted};
    QSignalSpy typing{&composer, &Composer::typingChanged};
    QSignalSpy drafts{&composer, &Composer::draftChanged};

    explicit Stage(const tests::Look& look = tests::kDark) : ComposerWindow(look)
    {
        composer.setContext({u"Message #storage-migration"_s, u"production"_s, true, u"#storage-migration"_s});
        composer.setKindOf([this](const QString& text) {
            ++asked;
            CommandState state;
            state.command = text.startsWith(u"hubot "_s);
            state.risk = text.contains(u"list"_s) ? chat::Risk::Safe : chat::Risk::Mutates;
            state.needsReview = state.command && state.risk != chat::Risk::Safe;
            return state;
        });
        composer.setCompleter([](const QString& word) {
            QList<Completion> found;
            if (u"@ben"_s.startsWith(word))
                found << Completion{u"@ben"_s, u"Ben Okafor"_s, u"online"_s};
            if (u"@bella"_s.startsWith(word))
                found << Completion{u"@bella"_s, u"Bella"_s, u"away"_s};
            if (u"hubot migrate"_s.startsWith(word))
                found << Completion{u"hubot migrate"_s, u"hubot migrate"_s, u"mutates"_s};
            return found;
        });
        window.resize(int(620 * look.scale), int(320 * look.scale));
        window.show();
        window.activateWindow();
        composer.focusEditor();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }
    QPlainTextEdit* editor() { return composer.editor(); }
    void type(const QString& text) { QTest::keyClicks(editor(), text); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(editor(), key, modifiers); }
    void paste(const QString& text)
    {
        QApplication::clipboard()->setText(text);
        editor()->paste();
    }
    composer::CompletionList* offers() { return window.findChild<composer::CompletionList*>(); }
    bool offering() { return offers() && offers()->isVisible(); }
    kit::ConfirmBar* confirm() { return composer.findChild<kit::ConfirmBar*>(); }
    QString ownNotice()
    {
        auto* label = composer.findChild<QLabel*>(u"composerOwnNotice"_s);
        return label->isVisible() ? label->text() : QString();
    }
};

chat::Message message(const QString& id, const QString& text)
{
    chat::Message message;
    message.id = base::MessageId(id);
    message.senderName = u"Ana"_s;
    message.text = text;
    return message;
}

} // namespace

class TestComposer : public QObject
{
    Q_OBJECT
private slots:
    void sendsOnEnterAndEmptiesItself()
    {
        Stage stage;
        stage.type(u"good morning"_s);
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.sent.size(), 1);
        QCOMPARE(stage.sent[0][0].toString(), u"good morning"_s);
        QCOMPARE(stage.composer.text(), QString());
        QCOMPARE(stage.drafts.last()[0].toString(), QString());
        stage.key(Qt::Key_Return);
        stage.type(u"   "_s);
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.sent.size(), 1); // blank is not sent
    }

    void keepsTextThatIsGivenBackWhileSending()
    {
        Stage stage;
        connect(&stage.composer, &Composer::sendRequested, &stage.composer, [&](const QString& text) { stage.composer.setText(text); });
        stage.type(u"do not lose me"_s);
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.composer.text(), u"do not lose me"_s);
        QCOMPARE(stage.drafts.last()[0].toString(), u"do not lose me"_s);
    }

    void breaksLinesWithShiftEnter()
    {
        Stage stage;
        const int before = stage.editor()->height();
        stage.type(u"one"_s);
        stage.key(Qt::Key_Return, Qt::ShiftModifier);
        stage.type(u"two"_s);
        QCOMPARE(stage.composer.text(), u"one\ntwo"_s);
        QVERIFY(stage.editor()->height() > before);
        stage.composer.setEnterSends(false);
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.composer.text(), u"one\ntwo\n"_s);
        QCOMPARE(stage.sent.size(), 0);
        stage.key(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(stage.sent.size(), 1);
    }

    void growsToTenLinesOnly()
    {
        Stage stage;
        stage.composer.setText(QString(9, u'\n'));
        const int ten = stage.editor()->height();
        stage.composer.setText(QString(10, u'\n'));
        QCOMPARE(stage.editor()->height(), ten);
        stage.composer.setText(QString(8, u'\n'));
        QVERIFY(stage.editor()->height() < ten);
    }

    void reportsTypingOnceAndItsEnd()
    {
        Stage stage;
        stage.type(u"hello"_s);
        QCOMPARE(stage.typing.size(), 1);
        QCOMPARE(stage.typing[0][0].toBool(), true);
        for (int i = 0; i < 5; ++i)
            stage.key(Qt::Key_Backspace);
        QCOMPARE(stage.typing.size(), 2);
        QCOMPARE(stage.typing[1][0].toBool(), false);
    }

    void reportsDraftsSeldomAndAtOnceWhenLeft()
    {
        Stage stage;
        stage.type(u"a long draft"_s);
        QCOMPARE(stage.drafts.size(), 0);
        stage.composer.flush();
        QCOMPARE(stage.drafts.size(), 1);
        QCOMPARE(stage.drafts[0][0].toString(), u"a long draft"_s);
        stage.type(u"!"_s);
        QTRY_COMPARE(stage.drafts.size(), 2);
        stage.type(u"?"_s);
        stage.window.hide();
        QCOMPARE(stage.drafts.size(), 3);
        stage.composer.setText(u"other"_s);
        stage.composer.flush();
        QCOMPARE(stage.drafts.size(), 3); // what is set is no news
    }

    void repliesAndLeavesTheReplyWithEscape()
    {
        Stage stage;
        stage.composer.setReply(message(u"m1"_s, u"are you there?"_s));
        stage.type(u"yes"_s);
        stage.key(Qt::Key_Escape);
        QCOMPARE(stage.composer.text(), u"yes"_s);
        stage.key(Qt::Key_Return);
        QVERIFY(stage.sent[0][1].value<base::MessageId>().isEmpty());
        stage.composer.setReply(message(u"m1"_s, u"are you there?"_s));
        stage.type(u"yes"_s);
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.sent[1][1].value<base::MessageId>(), base::MessageId(u"m1"_s));
        QVERIFY(!stage.composer.findChild<QWidget*>(u"composerBanner"_s)->isVisible());
    }

    void givesBackWhatWasWrittenBeforeAnEdit()
    {
        Stage stage;
        stage.type(u"half a thought"_s);
        stage.composer.setEdit(message(u"m2"_s, u"teh text"_s));
        QCOMPARE(stage.composer.text(), u"teh text"_s);
        stage.key(Qt::Key_Escape);
        QCOMPARE(stage.composer.text(), u"half a thought"_s);
        stage.composer.setEdit(message(u"m2"_s, u"teh text"_s));
        stage.type(u"!"_s);
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.edited.size(), 1);
        QCOMPARE(stage.edited[0][1].toString(), u"teh text!"_s);
        QCOMPARE(stage.sent.size(), 0);
        QCOMPARE(stage.composer.text(), u"half a thought"_s);
        for (const auto& draft : stage.drafts)
            QCOMPARE(draft[0].toString(), u"half a thought"_s); // the edit is no draft
    }

    void asksForTheLastMessageOnlyWhenEmpty()
    {
        Stage stage;
        QSignalSpy last(&stage.composer, &Composer::editLastRequested);
        stage.type(u"x"_s);
        stage.key(Qt::Key_Up);
        QCOMPARE(last.size(), 0);
        stage.key(Qt::Key_Backspace);
        stage.key(Qt::Key_Up);
        QCOMPARE(last.size(), 1);
    }

    void asksBeforeItChangesProduction()
    {
        Stage stage;
        stage.type(u"hubot migrate pause vmax1"_s);
        stage.key(Qt::Key_Return); // before any timer: the kind is asked for again
        QCOMPARE(stage.sent.size(), 0);
        QVERIFY(stage.confirm()->isVisible());
        tests::keepShot(stage.window.grab(), u"composer-review-dark"_s);
        auto* field = stage.confirm()->findChild<QLineEdit*>(u"confirmField"_s);
        QTest::keyClicks(field, u"storage"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(stage.sent.size(), 0);
        QTest::keyClicks(field, u"-migration"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(stage.sent.size(), 1);
        QCOMPARE(stage.sent[0][0].toString(), u"hubot migrate pause vmax1"_s);
        QCOMPARE(stage.composer.text(), QString());
    }

    void forgetsTheQuestionWhenTheCommandChanges()
    {
        Stage stage;
        stage.type(u"hubot migrate pause vmax1"_s);
        stage.key(Qt::Key_Return);
        QVERIFY(stage.confirm()->isVisible());
        stage.type(u"7"_s);
        QVERIFY(!stage.confirm()->isVisible());
        QCOMPARE(stage.sent.size(), 0);
    }

    void asksForProductionCommandsInQuietRooms()
    {
        Stage stage;
        stage.composer.setContext({u"Message #sandbox"_s, u"sandbox"_s, false, u"#sandbox"_s});
        stage.composer.setKindOf([](const QString&) {
            CommandState state;
            state.command = true;
            state.risk = chat::Risk::Unknown;
            state.environment = u"production"_s;
            return state;
        });
        stage.type(u"hubot restart"_s);
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.sent.size(), 0);
        QVERIFY(stage.confirm()->isVisible());
        QTest::keyClick(stage.confirm()->findChild<QLineEdit*>(u"confirmField"_s), Qt::Key_Escape);
        QVERIFY(!stage.confirm()->isVisible());
        QCOMPARE(stage.composer.text(), u"hubot restart"_s);
    }

    void sendsSafeCommandsAtOnce()
    {
        Stage stage;
        stage.type(u"hubot lun list"_s);
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.sent.size(), 1);
    }

    void replacesTypographyInPastedCommandsOnly()
    {
        Stage stage;
        stage.paste(u"he said \u201Cno\u201D"_s);
        QCOMPARE(stage.composer.text(), u"he said \u201Cno\u201D"_s);
        QCOMPARE(stage.ownNotice(), QString());
        stage.composer.setText({});
        stage.paste(u"hubot migrate start \u201Cvmax1\u201D \u2014streams\u00A04"_s);
        QCOMPARE(stage.composer.text(), u"hubot migrate start \"vmax1\" --streams 4"_s);
        QCOMPARE(stage.ownNotice(), u"Typographic quotes were replaced"_s);
    }

    void undoesTypography()
    {
        QCOMPARE(composer::withoutTypography(u"\u2013v \u2013force 1\u20132 \u2019x\u2019"_s).text, u"-v --force 1-2 'x'"_s);
        QVERIFY(!composer::withoutTypography(u"plain -- \"text\""_s).quotes);
        QCOMPARE(composer::withoutTypography({}).text, QString());
    }

    void completesNamesWithTabAndEnter()
    {
        Stage stage;
        stage.type(u"ask @be"_s);
        QTRY_VERIFY(stage.offering());
        QCOMPARE(stage.offers()->count(), 2);
        tests::keepShot(stage.window.grab(), u"composer-completion-dark"_s);
        stage.key(Qt::Key_Down);
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.composer.text(), u"ask @bella "_s);
        QCOMPARE(stage.sent.size(), 0);
        stage.type(u"or @be"_s);
        QTRY_VERIFY(stage.offering());
        stage.type(u"n"_s);
        stage.key(Qt::Key_Tab); // the list is stale here, what is taken must not be
        QCOMPARE(stage.composer.text(), u"ask @bella or @ben"_s.trimmed());
    }

    void closesCompletionsWithEscapeAndKeepsTheReply()
    {
        Stage stage;
        stage.composer.setReply(message(u"m1"_s, u"hm"_s));
        stage.type(u"@be"_s);
        QTRY_VERIFY(stage.offering());
        stage.key(Qt::Key_Escape);
        QVERIFY(!stage.offering());
        QVERIFY(stage.composer.findChild<QWidget*>(u"composerBanner"_s)->isVisible());
    }

    void sendsOnEnterWhenOnlyACommandIsOffered()
    {
        Stage stage;
        stage.type(u"hub"_s);
        QTRY_VERIFY(stage.offering());
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.sent.size(), 1);
        QCOMPARE(stage.sent[0][0].toString(), u"hub"_s);
        stage.type(u"hub"_s);
        QTRY_VERIFY(stage.offering());
        stage.key(Qt::Key_Tab);
        QCOMPARE(stage.composer.text(), u"hubot migrate "_s);
    }

    void asksForTheKindSeldom()
    {
        Stage stage;
        stage.type(u"word "_s);
        const int before = stage.asked;
        QElapsedTimer clock;
        clock.start();
        stage.type(QString(50, u'x'));
        QVERIFY(stage.asked - before <= 2 + int(clock.elapsed() / 40));
    }

    void looksRight_data() { tests::addLooks({{"dark-200", kit::ThemeChoice::Dark, 2}}); }
    void looksRight()
    {
        QFETCH(tests::Look, look);
        Stage stage(look);
        const QString tag = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(tests::colorsOf(stage.window.grab().toImage()) > 4);
        tests::keepShot(stage.window.grab(), u"composer-empty-"_s + tag);
        stage.composer.setNotice(u"2 waiting: no connection"_s, false);
        stage.composer.setReply(message(u"m1"_s, u"Can we see what is left on the slow LUNs before lunch?"_s));
        stage.composer.findChild<QToolButton*>(u"composerMarkdown"_s)->setChecked(true);
        stage.type(u"Yes, **all** of `vmax1`"_s);
        QTRY_VERIFY(stage.composer.findChild<QTextBrowser*>(u"composerPreview"_s)->toPlainText().contains(u"Yes, all of vmax1"_s));
        tests::keepShot(stage.window.grab(), u"composer-reply-"_s + tag);
        stage.composer.setText(u"hubot migrate pause vmax1 --streams 4\n--wait"_s);
        auto* send = stage.composer.findChild<QPushButton*>(u"composerSend"_s);
        QTRY_VERIFY(send->width() >= send->sizeHint().width()); // its word is whole
        tests::keepShot(stage.window.grab(), u"composer-command-"_s + tag);
        stage.composer.setText({});
        stage.composer.findChild<QToolButton*>(u"composerEmoji"_s)->click();
        auto* grid = stage.composer.findChild<composer::EmojiGrid*>();
        QVERIFY(grid && grid->isVisible());
        tests::keepShot(grid->grab(), u"composer-emoji-"_s + tag);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(stage.composer.text(), u"👎"_s);
    }
};

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
