// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "preferences/writingpage.h"
#include "kit/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using preferences::WritingChoices;
using preferences::WritingPage;

class TestWritingPage : public QObject
{
    Q_OBJECT
private slots:
    void tellsWhatTheUserChooses()
    {
        kit::Theme theme;
        WritingPage page(theme);
        QSignalSpy changed(&page, &WritingPage::choicesChanged);
        page.setChoices({false, u"de_DE"_s}, {u"de_DE"_s, u"en_US"_s}, u"en_US"_s);
        QCOMPARE(changed.size(), 0);
        QVERIFY(page.choices() == (WritingChoices{false, u"de_DE"_s}));
        page.show();
        auto* enter = page.findChild<QCheckBox*>(u"enterSends"_s);
        QTest::keyClick(enter, Qt::Key_Space);
        QCOMPARE(changed.size(), 1);
        QVERIFY(changed[0][0].value<WritingChoices>().enterSends);
        auto* spelling = page.findChild<QComboBox*>(u"spelling"_s);
        QCOMPARE(spelling->count(), 4);
        QTest::keyClick(spelling, Qt::Key_Home);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed[1][0].value<WritingChoices>().spelling, u"auto"_s);
    }

    void aDictionaryThatIsGoneIsAsTheSystem()
    {
        kit::Theme theme;
        WritingPage page(theme);
        page.setChoices({true, u"fr_FR"_s}, {}, {});
        QCOMPARE(page.choices().spelling, u"auto"_s);
    }
};

QTEST_MAIN(TestWritingPage)
#include "tst_writingpage.moc"
