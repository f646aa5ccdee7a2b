// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "model/threadlistmodel.h"

#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;

class TestThreadListModel : public QObject
{
    Q_OBJECT
private slots:
    void saysTheNumbersWhateverTheTextIs()
    {
        chat::ThreadOverview thread;
        thread.root.senderName = u"Ana %2"_s;
        thread.root.text = u"load is 100%1, %2 and %3"_s;
        thread.replies = 5;
        model::ThreadListModel threads;
        threads.setThreads({thread});
        QCOMPARE(threads.index(0).data().toString(), u"Ana %2: load is 100%1, %2 and %3, 5 replies"_s);
        thread.unread = 2;
        threads.setThreads({thread});
        QCOMPARE(threads.index(0).data().toString(), u"Ana %2: load is 100%1, %2 and %3, 5 replies, 2 unread"_s);
    }
};

QTEST_GUILESS_MAIN(TestThreadListModel)
#include "tst_threadlistmodel.moc"
