// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/composereditor.h"
#include "composerwindow.h"
#include "support/shots.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace ridealong;
using composer::Composer;

namespace {

chat::Attachment file(const QString& name, qint64 bytes = 1234)
{
    chat::Attachment made;
    made.name = name;
    made.bytes = bytes;
    made.path = u"/copies/"_s + name;
    return made;
}

struct Stage : tests::ComposerWindow
{
    QSignalSpy files{&composer, &Composer::filesGiven};
    QSignalSpy pictures{&composer, &Composer::pictureGiven};
    QSignalSpy removed{&composer, &Composer::attachmentRemoved};

    explicit Stage(const tests::Look& look = tests::kDark) : ComposerWindow(look)
    {
        composer.setContext({u"Message #ops"_s, u"sandbox"_s, false, u"#ops"_s});
        composer.setKindOf([](const QString& text) {
            composer::CommandState state;
            state.command = text.startsWith(u"runner "_s);
            return state;
        });
        composer.setNoFiles({});
        window.resize(600, 300);
        window.show();
        composer.focusEditor();
    }
    void paste(QMimeData* data)
    {
        QApplication::clipboard()->setMimeData(data);
        composer.editor()->paste();
    }
    void enter() { QTest::keyClick(composer.editor(), Qt::Key_Return); }
    QToolButton* button(const QString& name) { return window.findChild<QToolButton*>(name); }
};

} // namespace

class TestComposerFiles : public QObject
{
    Q_OBJECT
private slots:
    void filesGoWithTheMessage()
    {
        Stage stage;
        stage.composer.setAttachments({file(u"a.txt"_s), file(u"b.txt"_s)});
        QTest::keyClicks(stage.composer.editor(), u"look"_s);
        stage.enter();
        QCOMPARE(stage.sent.size(), 1);
        QCOMPARE(stage.sent[0][0].toString(), u"look"_s);
        QCOMPARE(stage.sent[0][2].value<QList<chat::Attachment>>().size(), 2);
        QVERIFY(stage.composer.attachments().isEmpty());
        stage.enter(); // nothing left
        QCOMPARE(stage.sent.size(), 1);
    }

    void filesNeedNoText()
    {
        Stage stage;
        stage.composer.setAttachments({file(u"a.txt"_s)});
        stage.enter();
        QCOMPARE(stage.sent.size(), 1);
        QVERIFY(stage.sent[0][0].toString().isEmpty());
    }

    void withFilesNothingIsACommand()
    {
        Stage stage;
        QTest::keyClicks(stage.composer.editor(), u"runner help"_s);
        QTRY_VERIFY(stage.window.findChild<QPushButton*>(u"composerSend"_s)->isVisible());
        stage.composer.setAttachments({file(u"a.txt"_s)});
        QVERIFY(!stage.window.findChild<QPushButton*>(u"composerSend"_s)->isVisible());
        stage.composer.setAttachments({});
        QVERIFY(stage.window.findChild<QPushButton*>(u"composerSend"_s)->isVisible());
    }

    void waitsForWhatIsBeingCopied()
    {
        Stage stage;
        QTest::keyClicks(stage.composer.editor(), u"look"_s);
        stage.composer.setAttaching(1);
        stage.enter();
        QCOMPARE(stage.sent.size(), 0);
        stage.composer.setAttachments({file(u"a.txt"_s)});
        stage.composer.setAttaching(0);
        stage.enter();
        QCOMPARE(stage.sent.size(), 1);
        QCOMPARE(stage.sent[0][2].value<QList<chat::Attachment>>().size(), 1);
    }

    void takesPastedFilesAndPictures()
    {
        Stage stage;
        auto* urls = new QMimeData;
        urls->setUrls({QUrl::fromLocalFile(u"/tmp/a b.txt"_s), QUrl::fromLocalFile(u"/tmp/c.txt"_s)});
        urls->setText(u"file:///tmp/a%20b.txt"_s);
        stage.paste(urls);
        QCOMPARE(stage.files.size(), 1);
        QCOMPARE(stage.files[0][0].toStringList(), (QStringList{u"/tmp/a b.txt"_s, u"/tmp/c.txt"_s}));
        QVERIFY(stage.composer.text().isEmpty());

        auto* picture = new QMimeData;
        QImage image(3, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        picture->setImageData(image);
        stage.paste(picture);
        QCOMPARE(stage.pictures.size(), 1);
        QCOMPARE(stage.pictures[0][0].value<QImage>().size(), QSize(3, 4));

        auto* cells = new QMimeData; // a spreadsheet: text and its picture
        cells->setImageData(image);
        cells->setText(u"1\t2"_s);
        stage.paste(cells);
        QCOMPARE(stage.pictures.size(), 1);
        QCOMPARE(stage.composer.text(), u"1\t2"_s);

        auto* web = new QMimeData; // an address is text
        web->setUrls({QUrl(u"https://example.org/a.png"_s)});
        web->setText(u" https://example.org/a.png"_s);
        stage.paste(web);
        QCOMPARE(stage.files.size(), 1);
        QVERIFY(stage.composer.text().endsWith(u"a.png"_s));
    }

    void droppedFilesAreCopiedNeverMoved()
    {
        Stage stage;
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(u"/tmp/a.txt"_s)});
        const auto dropped = [&](Qt::DropActions offered) {
            QWidget* target = stage.composer.editor()->viewport();
            QDragEnterEvent enter({5, 5}, offered, &files, Qt::LeftButton, Qt::ShiftModifier); // which asks for a move
            QCoreApplication::sendEvent(target, &enter);
            QDropEvent drop({5, 5}, offered, &files, Qt::LeftButton, Qt::ShiftModifier);
            if (enter.isAccepted())
                QCoreApplication::sendEvent(target, &drop);
            return drop.isAccepted() ? drop.dropAction() : Qt::IgnoreAction;
        };
        QCOMPARE(dropped(Qt::CopyAction | Qt::MoveAction), Qt::CopyAction);
        QCOMPARE(stage.files.size(), 1);
        QCOMPARE(dropped(Qt::MoveAction), Qt::IgnoreAction);
        QCOMPARE(stage.files.size(), 1);
    }

    void aServerWithoutFilesTakesText()
    {
        Stage stage;
        stage.composer.setNoFiles(u"This server takes no files"_s);
        QVERIFY(!stage.button(u"composerAttach"_s)->isEnabled());
        QCOMPARE(stage.button(u"composerAttach"_s)->toolTip(), u"This server takes no files"_s);
        auto* urls = new QMimeData;
        urls->setUrls({QUrl::fromLocalFile(u"/tmp/a.txt"_s)});
        urls->setText(u"/tmp/a.txt"_s);
        stage.paste(urls);
        QCOMPARE(stage.files.size(), 0);
        QCOMPARE(stage.composer.text(), u"/tmp/a.txt"_s); // as before: its path
    }

    void filesAreTakenAwayOneByOne()
    {
        Stage stage;
        stage.composer.setAttachments({file(u"a.txt"_s), file(u"b.txt"_s)});
        const auto buttons = stage.window.findChildren<QToolButton*>(u"composerFileRemove"_s);
        QCOMPARE(buttons.size(), 2);
        QTest::mouseClick(buttons[1], Qt::LeftButton);
        QCOMPARE(stage.removed.size(), 1);
        QCOMPARE(stage.removed[0][0].toInt(), 1);
        QCOMPARE(stage.composer.attachments().size(), 2); // its owner decides
    }

    void aLongNameKeepsItsEnding()
    {
        Stage stage;
        const QString name = u"report.pdf"_s + QString(90, u'_') + u".desktop"_s;
        stage.composer.setAttachments({file(name)});
        const auto* remove = stage.button(u"composerFileRemove"_s);
        QVERIFY2(remove->accessibleName().endsWith(name), qPrintable(remove->accessibleName()));
        const auto labels = stage.window.findChild<QWidget*>(u"composerFiles"_s)->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) { return label->text().endsWith(u".desktop"_s); }));
    }

    void anEditLeavesThemAlone()
    {
        Stage stage;
        stage.composer.setAttachments({file(u"a.txt"_s)});
        QSignalSpy edited(&stage.composer, &Composer::editSubmitted);
        chat::Message message;
        message.id = base::MessageId(u"m"_s);
        message.text = u"before"_s;
        stage.composer.setEdit(message);
        QVERIFY(!stage.window.findChild<QWidget*>(u"composerFiles"_s)->isVisible());
        stage.composer.editor()->setPlainText(u"after"_s);
        stage.enter();
        QCOMPARE(edited.size(), 1);
        QCOMPARE(stage.sent.size(), 0);
        QVERIFY(stage.window.findChild<QWidget*>(u"composerFiles"_s)->isVisible());
        QCOMPARE(stage.composer.attachments().size(), 1);
    }

    void picturesForTheEye()
    {
        for (const tests::Look& look : {tests::kDark, tests::kLight, tests::Look{"200", kit::ThemeChoice::Dark, 2}}) {
            Stage stage(look);
            stage.composer.setAttachments({file(u"latency.png"_s, 40'000), file(u"batch.csv"_s),
                file(u"a-name-that-is-much-too-long-for-a-chip-of-this-kind.log"_s, 5 << 20), file(u"one more.txt"_s)});
            QTest::keyClicks(stage.composer.editor(), u"The figures of this morning"_s);
            stage.window.layout()->activate();
            tests::keepShot(stage.window.grab(), u"composer-files-"_s + QString::fromLatin1(look.name));
        }
    }
};

QTEST_MAIN(TestComposerFiles)
#include "tst_composerfiles.moc"
