// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "conversation.h"
#include "support/looks.h"
#include "support/shots.h"
#include "timelineview/picturedialog.h"
#include "timelineview/timelineview.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QFutureWatcher>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace ridealong;
using timelineview::Part;
using timelineview::TimelineView;
using Place = chat::FileState::Place;

namespace {

chat::Attachment file(const QString& id, const QString& name, const QString& type, qint64 bytes, QSize pixels = {})
{
    return {base::FileId(id), name, type, bytes, pixels, {}};
}

QList<chat::Message> withFiles()
{
    auto log = message(1, u"Ana"_s, u"The log of the slow LUN:"_s);
    log.attachments
        = {file(u"log"_s, u"vmax1-lun-0114-latency-2026-03-05T08-41-with-a-name-that-is-much-too-long.log"_s, u"text/plain"_s, 1'234'567)};
    auto chart = message(2, u"Ben"_s, u""_s);
    chart.attachments = {file(u"chart"_s, u"latency.png"_s, u"image/png"_s, 40'000, {1600, 800}),
        file(u"huge"_s, u"raw.png"_s, u"image/png"_s, 90'000'000, {8000, 3000})};
    auto mine = message(3, u"me"_s, u"and the list"_s);
    mine.attachments = {file(u"list"_s, u"batch.csv"_s, u"text/csv"_s, 2'000)};
    return {log, chart, mine};
}

struct Shown
{
    explicit Shown(const tests::Look& look = tests::kDark) : timeline(kRoom, {}, kMe, tests::Stored{withFiles()}), view(theme)
    {
        look.dress(theme);
        view.setNow([] { return kNow; });
        view.resize(700, 760);
        view.setFileStates([this](const base::ConversationId&, const chat::Attachment& asked) {
            return asked.id.isEmpty() ? chat::FileState{Place::Here, 0, asked.path, {}} : states.value(asked.id.text());
        });
        view.setModel(&timeline);
        timeline.loadNewest();
        view.show();
        if (!QTest::qWaitFor([this] { return !timeline.isLoading() && timeline.rowCount() > 0; }))
            qFatal("not loaded");
    }
    int rowOf(const char* id) const { return timeline.rowOf(base::MessageId(QString::fromLatin1(id))); }
    void click(int row, Part part, int index)
    {
        view.scrollToItem(row, -20);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.pieceRect(row, part, index).center());
    }
    void set(const QString& id, const chat::FileState& state)
    {
        states[id] = state;
        view.filesChanged();
    }

    kit::Theme theme;
    QHash<QString, chat::FileState> states;
    model::TimelineModel timeline;
    TimelineView view;
};

} // namespace

class TestTimelineFiles : public QObject
{
    Q_OBJECT

    QString picture()
    {
        const QString path = m_folder.filePath(u"latency.png"_s);
        if (!QFile::exists(path)) {
            QImage image(1600, 800, QImage::Format_RGB32);
            image.fill(QColor(0x10, 0x18, 0x28));
            QPainter painter(&image);
            for (int x = 0; x < 1600; x += 8)
                painter.fillRect(x, 800 - 200 - (x * 37 % 400), 6, 200 + (x * 37 % 400), QColor(0x4C, 0x9A, 0xFF));
            painter.end();
            image.save(path);
        }
        return path;
    }

private slots:
    void aFileIsSavedAndAPictureLookedAt()
    {
        Shown shown;
        QSignalSpy files(&shown.view, &TimelineView::fileActivated);
        QSignalSpy fetches(&shown.view, &TimelineView::fetchRequested);
        QSignalSpy cancels(&shown.view, &TimelineView::fetchCancelled);
        QSignalSpy pictures(&shown.view, &TimelineView::pictureActivated);
        shown.click(shown.rowOf("m1"), Part::File, 0);
        QCOMPARE(files.size(), 1);
        QCOMPARE(files[0][0].value<chat::Attachment>().id.text(), u"log"_s);
        shown.click(shown.rowOf("m2"), Part::Picture, 1);
        QCOMPARE(fetches.size(), 1);
        shown.set(u"huge"_s, {Place::Coming, 1000, {}, {}});
        shown.click(shown.rowOf("m2"), Part::Picture, 1);
        QCOMPARE(cancels.size(), 1);
        shown.set(u"huge"_s, {Place::Failed, 0, {}, base::Error{base::ErrorKind::Offline, u"gone"_s, 0}});
        shown.click(shown.rowOf("m2"), Part::Picture, 1);
        QCOMPARE(fetches.size(), 2);
        shown.set(u"chart"_s, {Place::Here, 0, picture(), {}});
        shown.click(shown.rowOf("m2"), Part::Picture, 0);
        QCOMPARE(pictures.size(), 1);
        QCOMPARE(pictures[0][1].toInt(), 0);
        QCOMPARE(files.size(), 1);
    }

    void theKeyboardReachesThem()
    {
        Shown shown;
        QSignalSpy files(&shown.view, &TimelineView::fileActivated);
        QSignalSpy threads(&shown.view, &TimelineView::threadRequested);
        shown.view.setCurrentRow(shown.rowOf("m1"));
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QCOMPARE(files.size(), 1);
        QCOMPARE(threads.size(), 0);
        QTest::keyClick(&shown.view, Qt::Key_T);
        QCOMPARE(threads.size(), 1);
    }

    void onlySmallPicturesAreFetchedBeforeTheyAreAskedFor()
    {
        Shown shown;
        QSignalSpy wanted(&shown.view, &TimelineView::pictureWanted);
        shown.view.scrollToItem(shown.rowOf("m2"));
        QTRY_COMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<chat::Attachment>().id.text(), u"chart"_s);
        shown.set(u"chart"_s, {Place::Failed, 0, {}, base::Error{}});
        shown.set(u"chart"_s, {}); // tried in vain: not again by itself
        shown.view.viewport()->repaint();
        QCoreApplication::processEvents();
        QCOMPARE(wanted.size(), 1);
    }

    void aPictureKeepsItsPlaceWhileItComes()
    {
        Shown shown;
        const int row = shown.rowOf("m2");
        const QRect before = shown.view.rowRect(row);
        const QRect box = shown.view.pieceRect(row, Part::Picture, 0);
        QCOMPARE(double(box.width()) / box.height(), 2.0); // as its pixels say
        shown.set(u"chart"_s, {Place::Here, 0, picture(), {}});
        QTRY_VERIFY(tests::colorsOf(shown.view.grab(box).toImage()) > 2);
        QCOMPARE(shown.view.rowRect(row), before);
    }

    void aBrokenPictureSaysSo()
    {
        Shown shown;
        const QString path = m_folder.filePath(u"broken.png"_s);
        QFile broken(path);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("this is no picture at all");
        broken.close();
        const QRect box = shown.view.pieceRect(shown.rowOf("m2"), Part::Picture, 0);
        const QImage empty = shown.view.grab(box).toImage();
        shown.set(u"chart"_s, {Place::Here, 0, path, {}});
        QTRY_VERIFY(shown.view.grab(box).toImage() != empty);
    }

    void ownFilesShowTheirProgress()
    {
        Shown shown;
        auto item = outgoing(u"t1"_s, u""_s, chat::OutboxState::Queued);
        item.attachments = {file({}, u"dump.bin"_s, u"application/octet-stream"_s, 1000)};
        shown.timeline.apply(item);
        const int row = shown.timeline.rowCount() - 1;
        QCOMPARE(shown.timeline.row(row).message.attachments.size(), 1);
        shown.view.scrollToItem(row);
        const QRect card = shown.view.pieceRect(row, Part::File, 0);
        QVERIFY(!card.isEmpty());
        const QImage waiting = shown.view.grab(card).toImage();
        const auto words = [&] { return shown.view.grab(shown.view.pieceRect(row, Part::Note, -1)).toImage(); };
        const QImage waits = words();
        shown.view.setSendingProgress(item.transaction, 500);
        QVERIFY(shown.view.grab(card).toImage() != waiting);
        QVERIFY(words() != waits); // "sending", below the card too
        QSignalSpy files(&shown.view, &TimelineView::fileActivated);
        shown.click(row, Part::File, 0);
        QCOMPARE(files.size(), 0); // it is not there yet
    }

    void anUploadThatBrokeShowsNoProgress()
    {
        Shown shown;
        auto item = outgoing(u"t1"_s, u""_s, chat::OutboxState::Queued);
        item.attachments = {file({}, u"dump.bin"_s, u"application/octet-stream"_s, 1000)};
        shown.timeline.apply(item);
        const int row = shown.timeline.rowCount() - 1;
        shown.view.scrollToItem(row);
        const auto card = [&] { return shown.view.grab(shown.view.pieceRect(row, Part::File, 0)).toImage(); };
        const QImage waiting = card();
        shown.view.setSendingProgress(item.transaction, 500);
        QVERIFY(card() != waiting);
        item.why = base::Error{base::ErrorKind::Offline, u"gone"_s, 0};
        shown.timeline.apply(item);
        QCOMPARE(card(), waiting);
        item.why.reset(); // it begins again, from its beginning
        shown.timeline.apply(item);
        QCOMPARE(card(), waiting);
    }

    void theMenuReachesEveryFile()
    {
        Shown shown;
        QSignalSpy fetches(&shown.view, &TimelineView::fetchRequested);
        QSignalSpy cancels(&shown.view, &TimelineView::fetchCancelled);
        QSignalSpy pictures(&shown.view, &TimelineView::pictureActivated);
        const int row = shown.rowOf("m2");
        shown.view.setCurrentRow(row);
        const auto choose = [&](const QString& words) {
            QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(), QPoint());
            QCoreApplication::sendEvent(&shown.view, &key);
            auto* menu = shown.view.findChildren<QMenu*>().last();
            bool found = false;
            for (QAction* action : menu->actions())
                if (action->text() == words) {
                    found = true;
                    action->trigger();
                }
            delete menu;
            return found;
        };
        QVERIFY(choose(u"Load raw.png"_s));
        QCOMPARE(fetches.size(), 1);
        QCOMPARE(fetches[0][0].value<chat::Attachment>().id.text(), u"huge"_s);
        shown.set(u"huge"_s, {Place::Coming, 1000, {}, {}});
        QVERIFY(choose(u"Stop loading raw.png"_s));
        QCOMPARE(cancels.size(), 1);
        shown.set(u"huge"_s, {Place::Failed, 0, {}, base::Error{base::ErrorKind::Offline, u"gone"_s, 0}});
        QVERIFY(choose(u"Load raw.png again"_s));
        QCOMPARE(fetches.size(), 2);
        shown.set(u"huge"_s, {Place::Here, 0, picture(), {}});
        QVERIFY(choose(u"View raw.png"_s));
        QCOMPARE(pictures.size(), 1);
        QCOMPARE(pictures[0][1].toInt(), 1);
        QVERIFY(choose(u"Save latency.png …"_s) && choose(u"Save raw.png …"_s));
    }

    void assistivePrograms()
    {
        Shown shown;
        QAccessible::setActive(true);
        auto* list = QAccessible::queryAccessibleInterface(&shown.view);
        QVERIFY(list);
        const auto spoken = [&](int row) {
            shown.view.setCurrentRow(row);
            return list->child(row - shown.view.firstVisibleRow())->text(QAccessible::Description);
        };
        const int lists = shown.rowOf("m3");
        QVERIFY2(spoken(lists).contains(u"batch.csv"_s) && spoken(lists).endsWith(u", not loaded"_s), qPrintable(spoken(lists)));
        shown.set(u"list"_s, {Place::Coming, 500, {}, {}});
        QVERIFY2(spoken(lists).contains(u"loading · "_s), qPrintable(spoken(lists)));
        shown.set(u"list"_s, {Place::Failed, 0, {}, base::Error{base::ErrorKind::Offline, u"gone"_s, 0}});
        QVERIFY2(spoken(lists).endsWith(u"no connection"_s), qPrintable(spoken(lists)));
        shown.set(u"list"_s, {Place::Here, 0, u"/copy"_s, {}});
        QVERIFY2(spoken(lists).endsWith(u", loaded"_s), qPrintable(spoken(lists)));

        auto item = outgoing(u"t1"_s, u""_s, chat::OutboxState::Queued);
        item.attachments = {file({}, u"dump.bin"_s, u"application/octet-stream"_s, 1000)};
        shown.timeline.apply(item);
        const int own = shown.timeline.rowCount() - 1;
        QVERIFY2(spoken(own).contains(u"dump.bin"_s) && spoken(own).endsWith(u"waiting for the connection"_s), qPrintable(spoken(own)));
        shown.view.setSendingProgress(item.transaction, 500);
        QVERIFY2(spoken(own).contains(u"sending · "_s) && !spoken(own).contains(u"waiting"_s), qPrintable(spoken(own)));
    }

    void aLongNameKeepsItsEnding()
    {
        const QString name = u"report.pdf"_s + QString(90, u'_') + u".desktop"_s;
        Shown shown;
        auto trap = message(4, u"Mallory"_s, u"the report"_s);
        trap.attachments = {file(u"trap"_s, name, u"application/pdf"_s, 300)};
        shown.timeline.apply(tests::batchOf({trap}));
        const int row = shown.rowOf("m4");
        shown.view.scrollToItem(row);
        QAccessible::setActive(true);
        auto* spoken = QAccessible::queryAccessibleInterface(&shown.view)->child(row - shown.view.firstVisibleRow());
        QVERIFY(spoken);
        QVERIFY2(spoken->text(QAccessible::Description).contains(name), qPrintable(spoken->text(QAccessible::Description)));

        timelineview::PictureDialog dialog(shown.theme, trap.attachments[0], m_folder.filePath(u"nowhere"_s));
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.resize(420, 320);
        dialog.show();
        QCOMPARE(dialog.windowTitle(), name);
        const auto* title = dialog.findChild<QLabel*>(u"pictureTitle"_s);
        QVERIFY2(title->text().endsWith(u".desktop"_s) && title->text() != name, qPrintable(title->text()));
    }

    void looksAtAPicture()
    {
        kit::Theme theme;
        auto* dialog = new timelineview::PictureDialog(theme, withFiles()[1].attachments[0], picture());
        QSignalSpy loaded(dialog, &timelineview::PictureDialog::loaded);
        QSignalSpy save(dialog, &timelineview::PictureDialog::saveRequested);
        dialog->show();
        QTRY_COMPARE(loaded.size(), 1);
        QCOMPARE(dialog->picture().size(), QSize(1600, 800));
        QVERIFY(dialog->isFitted());
        QTest::keyClick(dialog, Qt::Key_Space);
        QVERIFY(!dialog->isFitted());
        QTest::keyClick(dialog, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(save.size(), 1);
        dialog->setFitted(true);
        tests::keepShot(dialog->grab(), u"picture-dialog"_s);
        QPointer<QDialog> gone(dialog);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!gone);
    }

    void aPictureInItsOwnSizeIsMovedByDragging()
    {
        kit::Theme theme;
        timelineview::PictureDialog dialog(theme, withFiles()[1].attachments[0], picture());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy loaded(&dialog, &timelineview::PictureDialog::loaded);
        dialog.resize(600, 400);
        dialog.show();
        QTRY_COMPARE(loaded.size(), 1);
        auto* label = dialog.findChild<QLabel*>(u"picture"_s);
        const QScrollBar* across = dialog.findChild<QScrollArea*>()->horizontalScrollBar();
        const auto mouse = [&](QEvent::Type type, int x) {
            const QPointF at(x, 100);
            const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
            QMouseEvent event(type, at, at, button, type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(label, &event);
        };
        dialog.setFitted(false);
        QCOMPARE(across->value(), 0);
        mouse(QEvent::MouseButtonPress, 300);
        mouse(QEvent::MouseMove, 200);
        QCOMPARE(across->value(), 100);
        mouse(QEvent::MouseButtonRelease, 200);
        QVERIFY(!dialog.isFitted()); // that was no click
        mouse(QEvent::MouseButtonPress, 200);
        mouse(QEvent::MouseButtonRelease, 200);
        QVERIFY(dialog.isFitted());
    }

    void aPictureIsScaledBesideTheEventLoop()
    {
        kit::Theme theme;
        timelineview::PictureDialog dialog(theme, withFiles()[1].attachments[0], picture());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy loaded(&dialog, &timelineview::PictureDialog::loaded);
        dialog.resize(600, 400);
        dialog.show();
        QTRY_COMPARE(loaded.size(), 1);
        const auto* label = dialog.findChild<QLabel*>(u"picture"_s);
        const auto scaled = [&](Qt::TransformationMode how) { return dialog.picture().scaled(label->pixmap().size(), Qt::IgnoreAspectRatio, how); };
        dialog.resize(500, 400);
        QVERIFY(label->pixmap().width() <= 500);
        QCOMPARE(label->pixmap().toImage(), scaled(Qt::FastTransformation)); // at once, until the better one is there
        QTRY_COMPARE(label->pixmap().toImage(), scaled(Qt::SmoothTransformation));
    }

    void closingDoesNotWaitForADecoder()
    {
        const QString path = m_folder.filePath(u"pipe"_s);
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0); // whoever opens it to read waits for a writer
        kit::Theme theme;
        QWidget opener;
        delete new timelineview::PictureDialog(theme, withFiles()[1].attachments[0], path, &opener);
        QVERIFY(!opener.findChildren<QFutureWatcherBase*>().isEmpty()); // the worker is held
        QFile writer(path);
        QVERIFY(writer.open(QIODevice::WriteOnly));
        writer.close();
        QTRY_VERIFY(opener.findChildren<QFutureWatcherBase*>().isEmpty());
    }

    void theSizeShownIsThatOfTheFile()
    {
        const QString path = m_folder.filePath(u"wide.png"_s);
        QImage wide(9000, 4, QImage::Format_RGB32);
        wide.fill(Qt::red);
        QVERIFY(wide.save(path));
        kit::Theme theme;
        timelineview::PictureDialog dialog(theme, file(u"wide"_s, u"wide.png"_s, u"image/png"_s, -1), path);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy loaded(&dialog, &timelineview::PictureDialog::loaded);
        QTRY_COMPARE(loaded.size(), 1);
        QCOMPARE(dialog.picture().width(), 8192);
        QCOMPARE(dialog.findChild<QLabel*>(u"pictureFacts"_s)->text(), u"9000 × 4"_s); // how many bytes nobody said
    }

    void aBrokenPictureIsExplained()
    {
        kit::Theme theme;
        QFile broken(m_folder.filePath(u"x.png"_s));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("\x89PNG\r\n\x1A\n and then nothing");
        broken.close();
        timelineview::PictureDialog dialog(theme, withFiles()[1].attachments[0], broken.fileName());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy loaded(&dialog, &timelineview::PictureDialog::loaded);
        dialog.show();
        QTRY_COMPARE(loaded.size(), 1);
        QVERIFY(dialog.picture().isNull());
        tests::keepShot(dialog.grab(), u"picture-dialog-broken"_s);
    }

    void picturesForTheEye()
    {
        for (const tests::Look& look : {tests::kDark, tests::kLight, tests::kContrast, tests::Look{"200", kit::ThemeChoice::Dark, 2}}) {
            Shown shown(look);
            shown.set(u"chart"_s, {Place::Here, 0, picture(), {}});
            shown.set(u"huge"_s, {Place::Coming, 30'000'000, {}, {}});
            shown.set(u"list"_s, {Place::Failed, 0, {}, base::Error{base::ErrorKind::Offline, u"gone"_s, 0}});
            auto item = outgoing(u"t1"_s, u"and a dump"_s, chat::OutboxState::Queued);
            item.attachments = {file({}, u"dump.bin"_s, u"application/octet-stream"_s, 1000)};
            shown.timeline.apply(item);
            shown.view.setSendingProgress(item.transaction, 600);
            shown.view.jumpToNewest();
            const QRect box = shown.view.pieceRect(shown.rowOf("m2"), Part::Picture, 0);
            if (shown.view.viewport()->rect().contains(box)) // the text's colours are few, the chart's blue is one of its own
                QTRY_VERIFY(shown.view.grab(box).toImage().pixelColor(box.width() / 2 / 8 * 8 + 2, box.height() - 8).blue() > 60);
            tests::keepShot(shown.view.grab(), u"files-"_s + QString::fromLatin1(look.name));
        }
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestTimelineFiles)
#include "tst_timelinefiles.moc"
