// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/composer.h"
#include "composer/spelling.h"
#include "kit/theme.h"
#include "support/activate.h"
#include "support/await.h"
#include "support/shots.h"

#include <QApplication>
#include <QFile>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace ridealong;
using composer::proseWords;

class TestSpelling : public QObject
{
    Q_OBJECT

    static QStringList textsOf(const QString& line)
    {
        QStringList texts;
        for (const composer::Word& word : proseWords(line))
            texts += line.mid(word.start, word.length);
        return texts;
    }

    struct Stage
    {
        kit::Theme theme;
        QWidget window;
        composer::Composer composer{theme, &window};
        spell::Speller speller;

        explicit Stage(const QTemporaryDir& folder) : speller({folder.path()}, folder.filePath(u"words.txt"_s))
        {
            theme.setChoice(kit::ThemeChoice::Dark);
            theme.applyTo(*qApp);
            auto* column = new QVBoxLayout(&window);
            column->addWidget(&composer);
            composer.setContext({u"Message #ops"_s, {}, false, u"#ops"_s});
            composer.setKindOf([](const QString& text) {
                composer::CommandState state;
                state.command = text.startsWith(u"runner "_s);
                return state;
            });
            speller.setLanguage(u"en_XX"_s);
            composer.setSpeller(&speller);
            window.resize(600, 160);
            window.show();
            tests::activate(window);
            composer.focusEditor();
        }
        QStringList underlined() const
        {
            QStringList words;
            for (QTextBlock block = composer.editor()->document()->firstBlock(); block.isValid(); block = block.next())
                for (const QTextLayout::FormatRange& range : block.layout()->formats())
                    if (range.format.underlineStyle() == QTextCharFormat::SpellCheckUnderline)
                        words += block.text().mid(range.start, range.length);
            return words;
        }
        QMenu* menu() const { return composer.editor()->findChild<QMenu*>(); }
    };

    /// What was to be looked up is: the speller's worker answers in order.
    static void settle(Stage& stage)
    {
        QCoreApplication::processEvents();
        QVERIFY(tests::await(stage.speller.suggestions(u"settled"_s)));
    }

private slots:
    void initTestCase()
    {
        QFile affixes(m_folder.filePath(u"en_XX.aff"_s));
        QVERIFY(affixes.open(QIODevice::WriteOnly));
        affixes.write("SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n");
        QFile words(m_folder.filePath(u"en_XX.dic"_s));
        QVERIFY(words.open(QIODevice::WriteOnly));
        words.write("5\nthe\nmigration\nis\nquiet\narray\n");
    }

    void takesProseOnly_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char* name, const QString& line, const QStringList& words) { QTest::newRow(name) << line << words; };
        row("plain", u"The arrays are quiet, start!"_s, {u"The"_s, u"arrays"_s, u"are"_s, u"quiet"_s, u"start"_s});
        row("quotes", u"“Quiet” (he said) 'so'"_s, {u"Quiet"_s, u"he"_s, u"said"_s, u"so"_s});
        row("apostrophe", u"don't, it’s"_s, {u"don't"_s, u"it’s"_s});
        row("hyphen", u"a well-known issue"_s, {u"well"_s, u"known"_s, u"issue"_s});
        row("code", u"run `migrate --dry-run` now"_s, {u"run"_s, u"now"_s});
        row("open code", u"run `migrate now"_s, {u"run"_s});
        row("path", u"see /srv/vmax1 and C:\\temp"_s, {u"see"_s, u"and"_s});
        row("address", u"https://example.org/wiki ana@example.org www.example.org"_s, {});
        row("names", u"@ana in #ops :tada:"_s, {u"in"_s});
        row("numbers", u"vmax7 0114 3rd v1.2"_s, {});
        row("abbreviations", u"LUN QWidget iSCSI eBay"_s, {});
        row("options", u"with --streams=4"_s, {u"with"_s});
        row("other scripts", u"Größe размер"_s, {u"Größe"_s, u"размер"_s});
        row("nothing", QString(), {});
        row("ticks", u"``` ` ``"_s, {});
        row("endless", QString(20'000, u'x'), {});
    }
    void takesProseOnly()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, words);
        QCOMPARE(textsOf(line), words);
    }

    void underlinesWhatItDoesNotKnow()
    {
        Stage stage(m_folder);
        QTest::keyClicks(stage.composer.editor(), u"the migartion"_s);
        settle(stage);
        QVERIFY(stage.underlined().isEmpty()); // it is being typed
        QTest::keyClicks(stage.composer.editor(), u" is quiet "_s);
        QTRY_COMPARE(stage.underlined(), QStringList{u"migartion"_s});
        tests::keepShot(stage.window.grab(), u"spelling"_s);
        stage.speller.add(u"migartion"_s);
        QTRY_VERIFY(stage.underlined().isEmpty());
    }

    void leavesCommandsAndCodeAlone()
    {
        Stage stage(m_folder);
        stage.composer.setText(u"runner migartion vmaxx "_s);
        settle(stage);
        QVERIFY(stage.underlined().isEmpty());
        stage.composer.setText(u"quiett `codde`\n```\ncodde\n```\nquiettt "_s);
        QTRY_COMPARE(stage.underlined(), (QStringList{u"quiett"_s, u"quiettt"_s}));
        stage.composer.setSpeller(nullptr);
        QVERIFY(stage.underlined().isEmpty());
    }

    void offersOthers()
    {
        Stage stage(m_folder);
        stage.composer.setText(u"the quiett array "_s);
        QTRY_COMPARE(stage.underlined(), QStringList{u"quiett"_s});
        QPlainTextEdit* editor = stage.composer.editor();
        QTextCursor cursor = editor->textCursor();
        cursor.setPosition(6);
        editor->setTextCursor(cursor);
        emit editor->customContextMenuRequested(editor->cursorRect().center());
        QTRY_VERIFY(stage.menu() && stage.menu()->isVisible());
        QAction* first = stage.menu()->actions().value(0);
        QCOMPARE(first->text(), u"quiet"_s);
        first->trigger();
        QCOMPARE(stage.composer.text(), u"the quiet array "_s);
        stage.menu()->close();
        editor->undo();
        QCOMPARE(stage.composer.text(), u"the quiett array "_s); // one step
    }

    void hasAMenuWithoutAWrongWordToo()
    {
        Stage stage(m_folder);
        stage.composer.setText(u"the array "_s);
        emit stage.composer.editor()->customContextMenuRequested({2, 2});
        QTRY_VERIFY(stage.menu() && stage.menu()->isVisible());
        stage.menu()->close();
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestSpelling)
#include "tst_spelling.moc"
