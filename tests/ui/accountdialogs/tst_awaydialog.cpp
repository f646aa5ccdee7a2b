// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/awaydialog.h"
#include "kit/theme.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using accountdialogs::AwayDialog;

class TestAwayDialog : public QObject
{
    Q_OBJECT
private slots:
    void tellsWhatWasChosen_data()
    {
        QTest::addColumn<QString>("last");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("told");
        QTest::newRow("typed") << QString() << u"  back at four "_s << u"back at four"_s;
        QTest::newRow("nothing") << QString() << QString() << u"Away"_s; // empty would mean "back"
        QTest::newRow("the last again") << u"At lunch"_s << QString() << u"At lunch"_s;
        QTest::newRow("over the last") << u"At lunch"_s << u"x"_s << u"x"_s;
        QTest::newRow("too long") << QString() << QString(201, u'a') << QString(200, u'a');
    }
    void tellsWhatWasChosen()
    {
        QFETCH(QString, last);
        QFETCH(QString, typed);
        QFETCH(QString, told);
        kit::Theme theme;
        AwayDialog dialog(theme, {u"Libera"_s}, last);
        QSignalSpy chosen(&dialog, &AwayDialog::chosen);
        dialog.show();
        auto* field = dialog.findChild<QLineEdit*>(u"awayReason"_s);
        QTest::keyClicks(field, typed);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toString(), told);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }

    void offersWordsAndNamesWhoTells()
    {
        kit::Theme theme;
        AwayDialog dialog(theme, {u"Libera"_s, u"<b>Work</b>"_s}, {});
        QSignalSpy chosen(&dialog, &AwayDialog::chosen);
        dialog.show();
        QStringList texts;
        for (const QLabel* label : dialog.findChildren<QLabel*>()) {
            texts += label->text();
            if (label->text().contains(u"<b>"_s))
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QVERIFY2(texts.join(u'\n').contains(QLocale().createSeparatedList({u"Libera"_s, u"<b>Work</b>"_s})), qPrintable(texts.join(u'\n')));
        for (QPushButton* button : dialog.findChildren<QPushButton*>())
            if (button->text() == u"At lunch"_s)
                button->click();
        QVERIFY(chosen.isEmpty()); // it may still be completed
        dialog.findChild<QPushButton*>(u"beAway"_s)->click();
        QCOMPARE(chosen.value(0).value(0).toString(), u"At lunch"_s);
    }

    void cancellingSaysNothing()
    {
        kit::Theme theme;
        AwayDialog dialog(theme, {u"Libera"_s}, {});
        QSignalSpy chosen(&dialog, &AwayDialog::chosen);
        dialog.show();
        QTest::keyClicks(&dialog, u"x"_s);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(chosen.isEmpty());
        QVERIFY(!dialog.isVisible());
    }

    void isDrawnInEveryLook_data() { tests::addLooks({tests::kDouble}); }
    void isDrawnInEveryLook()
    {
        QFETCH(tests::Look, look);
        kit::Theme theme;
        look.dress(theme);
        AwayDialog dialog(theme, {u"Libera"_s, u"Work"_s}, {});
        dialog.show();
        QCoreApplication::processEvents();
        tests::keepShot(dialog.grab(), u"away-%1"_s.arg(QString::fromLatin1(QTest::currentDataTag())));
        for (const QPushButton* button : dialog.findChildren<QPushButton*>()) {
            QVERIFY(dialog.rect().contains(QRect(button->mapTo(&dialog, QPoint()), button->size())));
            QVERIFY(button->width() >= button->sizeHint().width());
        }
    }
};

QTEST_MAIN(TestAwayDialog)
#include "tst_awaydialog.moc"
