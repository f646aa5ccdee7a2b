// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "conversation.h"
#include "support/activate.h"
#include "timelineview/rowpainter.h"
#include "timelineview/timelineview.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using timelineview::Part;
using timelineview::TimelineView;

/// A view on what is stored, shown and loaded.
struct Shown
{
    explicit Shown(const QList<chat::Message>& messages, QSize size = {700, 500}, bool visible = true)
        : timeline(kRoom, {}, kMe, tests::Stored{messages}),
          view(theme)
    {
        view.setNow([] { return kNow; });
        view.resize(size);
        view.setModel(&timeline);
        timeline.loadNewest();
        view.setVisible(visible);
    }
    bool isReady()
    {
        return QTest::qWaitFor([this] { return !timeline.isLoading() && timeline.rowCount() > 0; });
    }
    int rowOf(const char* id) const { return timeline.rowOf(base::MessageId(QString::fromLatin1(id))); }
    void click(int row, Part part, int index = -1)
    {
        view.scrollToItem(row, -50);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.pieceRect(row, part, index).center());
    }
    void drag(const QPoint& from, const QPoint& to)
    {
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, view.viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view.viewport(), &move);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, to);
    }

    kit::Theme theme;
    model::TimelineModel timeline;
    TimelineView view;
};

class TestTimelineView : public QObject
{
    Q_OBJECT
private slots:
    void opensThreadsAndRunsByKey();
    void keysActOnTheCurrentMessageOnly();
    void chipsAskForWhatTheyShow();
    void reviewIsNeverARetry();
    void quoteJumpsToWhatItQuotes();
    void marksWithinAndAcrossMessages();
    void olderPagesDoNotMoveWhatIsRead();
    void newMessagesAreCountedWhileReadingFurtherUp();
    void readsOnlyWhatIsWholeInView();
    void aFailingSourceIsNotAskedInALoop();
    void longMessagesUnfold();
    void commandsAreShownAsTheyWereSent();
    void linksOfOtherKindsDoNothing();
    void saysWhenNothingWasSaid();
    void isAListToAssistivePrograms();
    void avatarsAreReadable();
    void asksForAGapThatComesNear();
    void aGapIsLoadedByKeyAndPointer();
    void aLostGapSaysWhenAndOffersNothing();
    void anActionIsToldOfItsSender();
    void picturesForTheEye();
    void picturesOfGaps();
};

void TestTimelineView::opensThreadsAndRunsByKey()
{
    Shown shown(everything());
    QVERIFY(shown.isReady());
    applyRuns(shown.timeline);
    QSignalSpy threads(&shown.view, &TimelineView::threadRequested);
    QSignalSpy runs(&shown.view, &TimelineView::runRequested);
    shown.view.setCurrentRow(shown.rowOf("m1"));
    QTest::keyClick(&shown.view, Qt::Key_Return);
    QCOMPARE(threads.size(), 1);
    shown.view.setCurrentRow(shown.rowOf("m3"));
    QTest::keyClick(&shown.view, Qt::Key_Return);
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs[0][0].value<base::RunId>().text(), u"r3"_s);
}

void TestTimelineView::keysActOnTheCurrentMessageOnly()
{
    Shown shown({message(1, u"Ana"_s, u"a"_s), message(2, u"me"_s, u"b"_s)});
    QVERIFY(shown.isReady());
    QSignalSpy replies(&shown.view, &TimelineView::replyRequested);
    QSignalSpy edits(&shown.view, &TimelineView::editRequested);
    QSignalSpy deletes(&shown.view, &TimelineView::deleteRequested);
    QTest::keyClick(&shown.view, Qt::Key_R);
    QCOMPARE(replies.size(), 0);
    QTest::keyClick(&shown.view, Qt::Key_Up);
    QCOMPARE(shown.view.currentRow(), shown.rowOf("m2"));
    QTest::keyClick(&shown.view, Qt::Key_E);
    QTest::keyClick(&shown.view, Qt::Key_Delete);
    QTest::keyClick(&shown.view, Qt::Key_Up);
    QTest::keyClick(&shown.view, Qt::Key_R);
    QTest::keyClick(&shown.view, Qt::Key_E); // not ours
    QTest::keyClick(&shown.view, Qt::Key_Delete);
    QCOMPARE(replies.size(), 1);
    QCOMPARE(edits.size(), 1);
    QCOMPARE(deletes.size(), 1);
}

void TestTimelineView::chipsAskForWhatTheyShow()
{
    Shown shown(everything());
    QVERIFY(shown.isReady());
    applyRuns(shown.timeline);
    QSignalSpy runs(&shown.view, &TimelineView::runRequested);
    QSignalSpy reactions(&shown.view, &TimelineView::reactRequested);
    QSignalSpy threads(&shown.view, &TimelineView::threadRequested);
    shown.click(shown.rowOf("m3"), Part::Run);
    QCOMPARE(runs.size(), 1);
    const int row = shown.rowOf("m4");
    QCOMPARE(shown.view.pieceRect(row, Part::Reaction, 0).top(), shown.view.pieceRect(row, Part::Reaction, 1).top());
    shown.click(row, Part::Reaction, 1);
    QCOMPARE(reactions.size(), 1);
    QCOMPARE(reactions[0][1].toString(), u"🎉"_s);
    shown.click(shown.rowOf("m1"), Part::Thread);
    QCOMPARE(threads.size(), 1);
}

void TestTimelineView::reviewIsNeverARetry()
{
    Shown shown(everything());
    QVERIFY(shown.isReady());
    shown.timeline.apply(outgoing(u"t1"_s, u"not sent"_s, chat::OutboxState::Failed));
    shown.timeline.apply(outgoing(u"t2"_s, u"to review"_s, chat::OutboxState::Review));
    QSignalSpy retries(&shown.view, &TimelineView::retryRequested);
    QSignalSpy reviews(&shown.view, &TimelineView::reviewRequested);
    QSignalSpy discards(&shown.view, &TimelineView::discardRequested);
    const int last = shown.timeline.rowCount() - 1;
    QVERIFY(shown.view.pieceRect(last, Part::Retry).isEmpty());
    shown.click(last, Part::Review);
    QCOMPARE(reviews.size(), 1);
    QCOMPARE(retries.size(), 0);
    QCOMPARE(reviews[0][0].value<base::TransactionId>().text(), u"t2"_s);
    shown.click(last - 1, Part::Retry);
    QCOMPARE(retries.size(), 1);
    shown.click(last - 1, Part::Discard);
    QCOMPARE(discards.size(), 1);
    shown.click(last, Part::Text);
    QCOMPARE(retries.size() + reviews.size() + discards.size(), 3);
}

void TestTimelineView::quoteJumpsToWhatItQuotes()
{
    QList<chat::Message> messages = many(150);
    messages.last().replyTo = messages.first().id;
    messages[148].replyTo = base::MessageId(u"gone"_s);
    Shown shown(messages);
    QVERIFY(shown.isReady());
    QSignalSpy jumps(&shown.view, &TimelineView::jumpRequested);
    shown.click(shown.rowOf("m150"), Part::Quote);
    const int row = shown.rowOf("m1");
    QCOMPARE(shown.view.currentRow(), row);
    QVERIFY(shown.view.viewport()->rect().contains(shown.view.rowRect(row)));
    QCOMPARE(jumps.size(), 0);
    shown.click(shown.rowOf("m149"), Part::Quote);
    QCOMPARE(jumps.size(), 1);
}

void TestTimelineView::marksWithinAndAcrossMessages()
{
    Shown shown({message(1, u"Ana"_s, u"one **two** three"_s), message(2, u"Ben"_s, u"four\nfive"_s)});
    QVERIFY(shown.isReady());
    const QRect first = shown.view.pieceRect(shown.rowOf("m1"), Part::Text);
    const QRect second = shown.view.pieceRect(shown.rowOf("m2"), Part::Text);
    shown.drag(first.topLeft() + QPoint(0, 3), first.topRight() + QPoint(0, 3));
    QCOMPARE(shown.view.selectedText(), u"one two three"_s);
    QTest::keyClick(&shown.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"one two three"_s);
    shown.drag(first.topLeft() + QPoint(0, 3), second.bottomRight() - QPoint(0, 3));
    QCOMPARE(shown.view.selectedText(), u"Ana: one two three\nBen: four\nfive"_s);
    shown.timeline.apply(tests::batchOf({message(3, u"Ana"_s, u"six"_s)}));
    QCOMPARE(shown.view.selectedText(), u"Ana: one two three\nBen: four\nfive"_s);
}

void TestTimelineView::olderPagesDoNotMoveWhatIsRead()
{
    Shown shown(many(500));
    QVERIFY(shown.isReady());
    const int before = shown.timeline.rowCount();
    shown.view.scrollToItem(3, 5);
    const auto id = shown.timeline.row(3).message.id;
    const int top = shown.view.rowRect(3).top();
    QTRY_VERIFY(shown.timeline.rowCount() > before);
    QCOMPARE(shown.view.rowRect(shown.timeline.rowOf(id)).top(), top);
}

void TestTimelineView::newMessagesAreCountedWhileReadingFurtherUp()
{
    Shown shown(many(100));
    QVERIFY(shown.isReady());
    auto* jump = shown.view.findChild<QPushButton*>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(jump && jump->isHidden());
    shown.view.scrollToItem(10);
    QVERIFY(!jump->isHidden());
    shown.timeline.apply(tests::batchOf({message(101, u"Ana"_s, u"x"_s), message(102, u"Ben"_s, u"y"_s), message(103, u"me"_s, u"z"_s)}));
    QVERIFY(jump->text().contains(u'2'));
    jump->click();
    QVERIFY(shown.view.isFollowing() && jump->isHidden());
}

void TestTimelineView::readsOnlyWhatIsWholeInView()
{
    Shown shown(many(100), {700, 500}, false);
    QSignalSpy read(&shown.view, &TimelineView::readUpTo);
    QVERIFY(shown.isReady());
    shown.view.scrollToItem(20);
    QVERIFY(read.isEmpty());
    shown.view.show();
    tests::activate(shown.view);
    QTRY_VERIFY(!read.isEmpty());
    const qint64 order = read.last()[0].toLongLong();
    const int row = shown.timeline.rowOf(base::MessageId(u"m%1"_s.arg(order)));
    QVERIFY(shown.view.rowRect(row).bottom() < shown.view.viewport()->height());
    QVERIFY(shown.view.rowRect(row + 1).bottom() >= shown.view.viewport()->height());
}

void TestTimelineView::aFailingSourceIsNotAskedInALoop()
{
    int asked = 0;
    kit::Theme theme;
    model::TimelineModel timeline(kRoom, {}, kMe, [&asked](const chat::MessageQuery& query) {
        ++asked;
        if (query.beforeOrder)
            return base::Async<chat::MessagePage>::ready(base::Error{base::ErrorKind::Offline, {}, 0});
        return base::Async<chat::MessagePage>::ready(chat::MessagePage{{message(9, u"Ana"_s, u"x"_s)}, {}, {}, false});
    });
    TimelineView view(theme);
    view.resize(600, 500);
    view.setModel(&timeline);
    QSignalSpy failed(&timeline, &model::TimelineModel::loadFailed);
    timeline.loadNewest();
    view.show();
    QTRY_VERIFY(!failed.isEmpty());
    for (int turn = 0; turn < 20; ++turn)
        QCoreApplication::processEvents();
    QVERIFY(asked <= 3);
}

void TestTimelineView::longMessagesUnfold()
{
    Shown shown({message(1, u"Ana"_s, u"line\n"_s.repeated(200))});
    QVERIFY(shown.isReady());
    const int row = shown.rowOf("m1");
    const int folded = shown.view.rowRect(row).height();
    shown.view.scrollToEnd();
    QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.view.pieceRect(row, Part::ShowAll).center());
    QVERIFY(shown.view.rowRect(row).height() > 4 * folded);
    QVERIFY(shown.view.pieceRect(row, Part::ShowAll).isEmpty());
}

void TestTimelineView::commandsAreShownAsTheyWereSent()
{
    auto command = message(1, u"Ana"_s, u"hubot say `a` *b*\n<i>c</i>"_s);
    command.run = base::RunId(u"r"_s);
    Shown shown({command});
    QVERIFY(shown.isReady());
    const QRect text = shown.view.pieceRect(shown.rowOf("m1"), Part::Text);
    shown.drag(text.topLeft() + QPoint(2, 4), text.bottomRight() - QPoint(0, 4));
    QCOMPARE(shown.view.selectedText(), u"hubot say `a` *b*\n<i>c</i>"_s);
}

void TestTimelineView::linksOfOtherKindsDoNothing()
{
    Shown shown({message(1, u"Ana"_s, u"[aaaaaaaa](https://example.org/x)"_s), message(2, u"Ben"_s, u"[aaaaaaaa](file:///etc/passwd)"_s),
        message(3, u"Cy"_s, u"![aaaaaaaa](https://example.org/y.png)"_s)});
    QVERIFY(shown.isReady());
    QSignalSpy links(&shown.view, &TimelineView::linkActivated);
    for (const char* id : {"m1", "m2", "m3"})
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.view.pieceRect(shown.rowOf(id), Part::Text).topLeft() + QPoint(12, 8));
    QCOMPARE(links.size(), 2);
    QCOMPARE(links[0][0].toUrl(), QUrl(u"https://example.org/x"_s));
    QCOMPARE(links[1][0].toUrl(), QUrl(u"https://example.org/y.png"_s));
}

void TestTimelineView::saysWhenNothingWasSaid()
{
    Shown shown({});
    QTRY_VERIFY(!shown.timeline.isLoading());
    QSignalSpy palette(&shown.view, &TimelineView::paletteRequested);
    QPushButton* open = nullptr;
    for (auto* button : shown.view.viewport()->findChildren<QPushButton*>())
        open = button->isVisible() ? button : open;
    QVERIFY(open);
    open->click();
    QCOMPARE(palette.size(), 1);
    shown.timeline.apply(tests::batchOf({message(1, u"Ana"_s, u"hello"_s)}));
    QVERIFY(!open->isVisible());
}

void TestTimelineView::isAListToAssistivePrograms()
{
    Shown shown({message(1, u"Ana"_s, u"hello"_s), message(2, u"Ben"_s, u"good day"_s)});
    QVERIFY(shown.isReady());
    auto* list = QAccessible::queryAccessibleInterface(&shown.view);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QVERIFY(list->childCount() >= 3);
    auto* last = list->child(2);
    QVERIFY(last && last->isValid());
    QCOMPARE(last->role(), QAccessible::ListItem);
    QVERIFY(last->text(QAccessible::Name).contains(u"Ben"_s) && last->text(QAccessible::Name).contains(u"good day"_s));
    QCOMPARE(list->indexOfChild(last), 2);
    QCOMPARE(last->parent(), list);
    QSignalSpy threads(&shown.view, &TimelineView::threadRequested);
    last->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(threads.size(), 1);
    shown.view.setModel(nullptr);
    QVERIFY(!last->isValid());
    QVERIFY(last->text(QAccessible::Name).isEmpty());
}

void TestTimelineView::avatarsAreReadable()
{
    for (const QColor& color : timelineview::avatarColors())
        QVERIFY2(kit::contrast(Qt::white, color) >= kit::kReadableContrast, qPrintable(color.name()));
}

static chat::SyncBatch gaps(const QList<chat::Gap>& all)
{
    chat::SyncBatch made;
    made.gaps = all;
    return made;
}

void TestTimelineView::asksForAGapThatComesNear()
{
    Shown shown(many(200));
    QVERIFY(shown.isReady());
    auto state = chat::GapState::Open;
    shown.timeline.setGapStates([&](const chat::Gap&) { return state; });
    QSignalSpy wanted(&shown.view, &TimelineView::fillRequested);
    const chat::Gap gap{kRoom, 40, 41};
    shown.timeline.apply(gaps({gap}));
    shown.view.repaint();
    QCoreApplication::processEvents();
    QCOMPARE(wanted.size(), 0); // far above the end
    const int row = shown.rowOf("m41") - 1;
    shown.view.scrollToItem(row + 5); // not in view, but soon
    shown.view.repaint();
    QTRY_VERIFY(!wanted.isEmpty());
    QCOMPARE(wanted.first().first().value<chat::Gap>(), gap);
    state = chat::GapState::Failed; // it is the user's turn
    shown.timeline.refreshGap(gap);
    QCoreApplication::processEvents();
    wanted.clear();
    shown.view.repaint();
    QCoreApplication::processEvents();
    QCOMPARE(wanted.size(), 0);
}

void TestTimelineView::aGapIsLoadedByKeyAndPointer()
{
    Shown shown({message(1, u"Ana"_s, u"a"_s), message(9, u"Ben"_s, u"b"_s)});
    QVERIFY(shown.isReady());
    auto state = chat::GapState::Failed;
    shown.timeline.setGapStates([&](const chat::Gap&) { return state; });
    const chat::Gap gap{kRoom, 1, 9};
    shown.timeline.apply(gaps({gap}));
    const int row = shown.rowOf("m9") - 1;
    QSignalSpy wanted(&shown.view, &TimelineView::fillRequested);
    QTest::keyClick(&shown.view, Qt::Key_Up); // to the last message
    QTest::keyClick(&shown.view, Qt::Key_Up);
    QCOMPARE(shown.view.currentRow(), row);
    QTest::keyClick(&shown.view, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    shown.click(row, Part::LoadGap);
    QCOMPARE(wanted.size(), 2);
    shown.click(row, Part::Note);
    QCOMPARE(wanted.size(), 2);
    auto* item = QAccessible::queryAccessibleInterface(&shown.view)->child(row - shown.view.firstVisibleRow());
    QVERIFY(item->text(QAccessible::Name).contains(u"could not be loaded"_s));
    QCOMPARE(item->text(QAccessible::Description), u"Retry"_s);
    item->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(wanted.size(), 3);
    state = chat::GapState::Loading;
    shown.timeline.refreshGap(gap);
    QTest::keyClick(&shown.view, Qt::Key_Return);
    QCOMPARE(wanted.size(), 3);
    QVERIFY(shown.view.pieceRect(row, Part::LoadGap).isEmpty());
}

void TestTimelineView::aLostGapSaysWhenAndOffersNothing()
{
    Shown shown({message(1, u"Ana"_s, u"a"_s), message(9, u"Ben"_s, u"b"_s)});
    QVERIFY(shown.isReady());
    shown.timeline.setGapStates([](const chat::Gap&) { return chat::GapState::Open; });
    shown.timeline.apply(gaps({{kRoom, 1, 9, true}}));
    const int row = shown.rowOf("m9") - 1;
    QVERIFY(shown.view.pieceRect(row, Part::LoadGap).isEmpty());
    const QString words = timelineview::lineWords(shown.timeline.row(row), QDateTime::fromMSecsSinceEpoch(kNow).date());
    QVERIFY2(words.contains(u"08:44"_s) && words.contains(u"09:08"_s), qPrintable(words));
    QSignalSpy wanted(&shown.view, &TimelineView::fillRequested);
    shown.view.setCurrentRow(row);
    QTest::keyClick(&shown.view, Qt::Key_Return);
    shown.view.repaint();
    QCoreApplication::processEvents();
    QCOMPARE(wanted.size(), 0);
}

void TestTimelineView::anActionIsToldOfItsSender()
{
    auto action = message(2, u"Ana"_s, u"waves **twice**"_s);
    action.action = true;
    Shown shown({message(1, u"Ana"_s, u"hello"_s), action});
    QVERIFY(shown.isReady());
    const int row = shown.rowOf("m2");
    QVERIFY(shown.view.pieceRect(row, Part::Avatar).isEmpty());
    const QRect text = shown.view.pieceRect(row, Part::Text);
    shown.drag(text.topLeft() + QPoint(0, 3), text.topRight() + QPoint(0, 3));
    QCOMPARE(shown.view.selectedText(), u"Ana waves twice"_s);
}

/// Saves a whole conversation in every theme when RIDEALONG_SHOT names a folder; without it, it must at least paint.
void TestTimelineView::picturesForTheEye()
{
    const QString folder = qEnvironmentVariable("RIDEALONG_SHOT");
    using Choice = kit::ThemeChoice;
    for (const auto& [choice, name, scale] : {std::tuple(Choice::Dark, u"dark"_s, 1.0), std::tuple(Choice::Light, u"light"_s, 1.0),
             std::tuple(Choice::HighContrast, u"contrast"_s, 1.0), std::tuple(Choice::Dark, u"large"_s, 2.0)}) {
        Shown shown(everything(), scale > 1 ? QSize(1000, 2600) : QSize(620, 1500));
        QVERIFY(shown.isReady());
        shown.theme.setChoice(choice);
        shown.theme.setScale(scale);
        if (!folder.isEmpty())
            shown.theme.applyTo(*qApp);
        applyRuns(shown.timeline);
        shown.timeline.setUnreadAfter(6);
        shown.timeline.apply(outgoing(u"t1"_s, u"This did not get through."_s, chat::OutboxState::Failed));
        shown.timeline.apply(outgoing(u"t2"_s, u"hubot migrate pause vmax1"_s, chat::OutboxState::Review));
        const QRect row = shown.view.pieceRect(shown.rowOf("m2"), Part::Text);
        QTest::mouseMove(shown.view.viewport(), row.center());
        const QPixmap picture = shown.view.grab();
        QVERIFY(!picture.isNull());
        if (!folder.isEmpty())
            QVERIFY(picture.save(folder + u'/' + name + u".png"_s));
    }
}

void TestTimelineView::picturesOfGaps()
{
    const QString folder = qEnvironmentVariable("RIDEALONG_SHOT");
    auto action = message(6, u"Ana"_s, u"waves and gets a coffee"_s);
    action.action = true;
    auto notice = message(7, u"hubot"_s, u"CPU of vmax1 is back below 60 %"_s);
    notice.notice = true;
    const QList<chat::Message> all{message(1, u"Ana"_s, u"Starting with the slow ones now."_s, kNow - 3 * 86'400'000LL),
        message(2, u"Ben"_s, u"Fine with me."_s), message(3, u"Ben"_s, u"Anybody there?"_s), message(4, u"Mina"_s, u"Back again, what did I miss?"_s),
        message(5, u"Ana"_s, u"Not much."_s), action, notice, message(8, u"Ana"_s, u"Thanks, bot."_s)};
    const QList<chat::Gap> missing{{kRoom, 1, 2}, {kRoom, 2, 3}, {kRoom, 3, 4, true}, {kRoom, 4, 5}, {kRoom, 8, 9}};
    using Choice = kit::ThemeChoice;
    for (const auto& [choice, name, scale, width] : {std::tuple(Choice::Dark, u"gaps-dark"_s, 1.0, 760),
             std::tuple(Choice::Light, u"gaps-light"_s, 1.0, 760), std::tuple(Choice::HighContrast, u"gaps-contrast"_s, 1.0, 760),
             std::tuple(Choice::Dark, u"gaps-large"_s, 2.0, 1100), std::tuple(Choice::Light, u"gaps-narrow"_s, 1.0, 360)}) {
        Shown shown(all, QSize(width, scale > 1 ? 1300 : 720));
        QVERIFY(shown.isReady());
        shown.theme.setChoice(choice);
        shown.theme.setScale(scale);
        if (!folder.isEmpty())
            shown.theme.applyTo(*qApp);
        shown.timeline.setGapStates([](const chat::Gap& gap) {
            return gap.afterOrder == 2 ? chat::GapState::Loading : gap.afterOrder == 4 ? chat::GapState::Failed : chat::GapState::Open;
        });
        shown.timeline.apply(gaps(missing));
        shown.view.setFocus();
        shown.view.setCurrentRow(shown.rowOf("m2") - 1);
        const QPixmap picture = shown.view.grab();
        QVERIFY(!picture.isNull());
        if (!folder.isEmpty())
            QVERIFY(picture.save(folder + u'/' + name + u".png"_s));
    }
}

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
