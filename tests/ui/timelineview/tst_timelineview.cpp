// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/theme.h"
#include "timelineview/timelineview.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;

class TestTimelineView : public QObject
{
    Q_OBJECT
private slots:
    void paintsMessagesAndOpensThreadsByKey()
    {
        kit::Theme theme;
        const base::ConversationId room(base::AccountId(u"a"_s), u"ops"_s);
        model::TimelineModel timeline(room, {}, {}, [](const chat::MessageQuery&) { return base::Async<chat::MessagePage>::ready(chat::MessagePage{{}, {}, {}, true}); });
        timelineview::TimelineView view(theme);
        view.resize(600, 400);
        view.setModel(&timeline);
        timeline.loadNewest();
        QTRY_VERIFY(!timeline.isLoading());
        chat::Message message;
        message.id = base::MessageId(u"1"_s);
        message.conversation = room;
        message.senderName = u"Ana"_s;
        message.order = 1;
        message.timeMs = 1'700'000'000'000;
        message.text = u"Look at **vmax1** and `ls`, [site](https://example.org)"_s;
        timeline.apply(chat::SyncBatch{{chat::MessageChanged{message}}, {}, {}});
        QVERIFY(timeline.rowCount() > 0);
        view.show();
        if (const auto path = qEnvironmentVariable("RIDEALONG_SHOT"); !path.isEmpty())
            view.grab().save(path);
        QSignalSpy threads(&view, &timelineview::TimelineView::threadRequested);
        QTest::keyClick(&view, Qt::Key_Up);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(threads.size(), 1);
    }
};

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
