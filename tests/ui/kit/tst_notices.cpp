// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/emptystate.h"
#include "kit/errortext.h"
#include "kit/noticebar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ridealong;

class TestNotices : public QObject
{
    Q_OBJECT
private slots:
    void everyKindOfErrorHasWordsAndNoneQuotesTheDetail()
    {
        QSet<QString> words;
        for (int kind = int(base::ErrorKind::Cancelled); kind <= int(base::ErrorKind::Untrusted); ++kind) {
            const QString text = kit::errorText({base::ErrorKind(kind), u"errno 28"_s, 0});
            QVERIFY(text.endsWith(u'.'));
            QVERIFY(!text.contains(u"errno"_s));
            words.insert(text);
        }
        QCOMPARE(words.size(), int(base::ErrorKind::Untrusted) + 1);
    }
    void rateLimitSaysHowLong() { QVERIFY(kit::errorText({base::ErrorKind::RateLimited, {}, 30'000}).contains(u"30 s"_s)); }
    void noticeShowsUnfoldsAndGoes()
    {
        kit::Theme theme;
        QWidget window;
        kit::NoticeBar bar(theme, &window);
        QVERIFY(bar.isHidden());
        bar.show(u"It failed. <b>Kept.</b>"_s, u"ENOSPC"_s, u"Again"_s);
        QVERIFY(!bar.isHidden());
        QCOMPARE(bar.text(), u"It failed. <b>Kept.</b>"_s);
        QSignalSpy pressed(&bar, &kit::NoticeBar::buttonPressed);
        QSignalSpy dismissed(&bar, &kit::NoticeBar::dismissed);
        bar.findChild<QPushButton*>()->click();
        QCOMPARE(pressed.size(), 1);
        QLabel* details = nullptr;
        for (auto* label : bar.findChildren<QLabel*>()) {
            QVERIFY(label->pixmap().isNull() == false || label->textFormat() == Qt::PlainText);
            if (label->text() == u"ENOSPC"_s)
                details = label;
        }
        QVERIFY(details && details->isHidden());
        for (auto* button : bar.findChildren<QToolButton*>())
            if (button->isCheckable())
                button->click();
        QVERIFY(!details->isHidden());
        bar.dismiss();
        bar.dismiss();
        QCOMPARE(dismissed.size(), 1);
        QVERIFY(bar.isHidden());
    }
    void emptyStateHasOneButtonOrNone()
    {
        kit::Theme theme;
        kit::EmptyState empty(theme);
        empty.set(u"Nothing here yet."_s, {});
        QVERIFY(empty.findChild<QPushButton*>()->isHidden());
        empty.set(u"Nothing here yet."_s, u"Make one"_s);
        QSignalSpy pressed(&empty, &kit::EmptyState::pressed);
        empty.findChild<QPushButton*>()->click();
        QCOMPARE(pressed.size(), 1);
    }
};

QTEST_MAIN(TestNotices)
#include "tst_notices.moc"
