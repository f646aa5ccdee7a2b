// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/roompicker.h"
#include "dialogfixture.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QCheckBox>
#include <QToolButton>

using namespace ridealong;
using namespace ridealong::tests;

class TestAccountLooks : public QObject
{
    Q_OBJECT
private slots:
    void everyStepIsDrawnInEveryLook_data() { tests::addLooks({tests::kContrast, tests::kDouble}); }
    void everyStepIsDrawnInEveryLook()
    {
        QFETCH(tests::Look, look);
        kit::Theme theme;
        look.dress(theme);
        tests::FakeClock clock;
        FakeService service;
        AccountDialog dialog(service, theme, clock);
        dialog.resize(dialog.size().boundedTo({1280, 752}));
        dialog.show();
        const auto shot = [&](const QString& name) {
            QCoreApplication::processEvents();
            const QPixmap picture = dialog.grab();
            QVERIFY(tests::colorsOf(picture.toImage()) > 4);
            tests::keepShot(picture, u"account-%1-%2"_s.arg(QString::fromLatin1(QTest::currentDataTag()), name));
            for (const QPushButton* button : dialog.findChildren<QPushButton*>())
                if (button->isVisible())
                    QVERIFY2(
                        dialog.rect().contains(QRect(button->mapTo(&dialog, QPoint()), button->size())), qPrintable(name + u": "_s + button->text()));
        };
        dialog.start()->setAddress(kAddress);
        shot(u"1-start"_s);
        dialog.findChild<QPushButton*>(u"next"_s)->click();
        shot(u"2-looking"_s);
        service.looks.back().promise.answer(base::Error{ErrorKind::Offline, u"connection refused"_s, 0});
        QTRY_COMPARE(int(dialog.step()), int(Step::Start));
        shot(u"3-nobody"_s);
        dialog.findChild<QPushButton*>(u"next"_s)->click();
        chat::Discovery untrusted;
        untrusted.config = service.looks.back().config;
        untrusted.certificate = FakeService::problem();
        service.looks.back().promise.answer(untrusted);
        QTRY_COMPARE(int(dialog.step()), int(Step::Certificate));
        shot(u"4-certificate"_s);
        dialog.findChild<QCheckBox*>(u"compared"_s)->setChecked(true);
        dialog.findChild<QPushButton*>(u"next"_s)->click();
        service.looks.back().promise.answer(service.discovery(service.looks.back().config));
        QTRY_COMPARE(int(dialog.step()), int(Step::Settings));
        qobject_cast<QLineEdit*>(dialog.form()->editor(u"user"_s))->setText(u"ana"_s);
        qobject_cast<QLineEdit*>(dialog.form()->editor(u"password"_s))->setText(u"s3cret"_s);
        shot(u"5-settings"_s);
        dialog.findChild<QToolButton*>(u"moreFields"_s)->click();
        shot(u"6-more"_s);
        dialog.findChild<QPushButton*>(u"next"_s)->click();
        service.take(kId, status(ConnectionState::Connecting));
        QTRY_VERIFY(dialog.account() == kId);
        shot(u"7-connecting"_s);
        auto waiting = status(ConnectionState::Waiting, ErrorKind::Offline);
        waiting.retryAtMs = clock.nowMs() + 12'000;
        service.setStatus(kId, waiting);
        shot(u"8-waiting"_s);
        auto changed = status(ConnectionState::Failed, ErrorKind::Untrusted);
        changed.certificate = FakeService::problem();
        changed.certificate->afterException = true;
        service.setStatus(kId, changed);
        shot(u"9-changed"_s);
        dialog.findChild<QPushButton*>(u"back"_s)->click();
        dialog.findChild<QPushButton*>(u"next"_s)->click();
        service.take(kId, status(ConnectionState::Failed, ErrorKind::Auth, u"SASL authentication failed"_s));
        QTRY_VERIFY(!dialog.problem().isEmpty());
        shot(u"10-refused"_s);
        dialog.findChild<QPushButton*>(u"next"_s)->click();
        service.take(kId, status(ConnectionState::Connected));
        QTRY_COMPARE(int(dialog.step()), int(Step::Done));
        service.lists.back().promise.answer(
            QList<chat::RoomInfo>{{u"#ops"_s, u"Operations: what is on fire"_s, 12}, {u"#deploys"_s, u"Who deploys what"_s, 8}, {u"#help"_s, {}, 3}});
        QTRY_COMPARE(dialog.picker()->shownRooms(), 3);
        shot(u"11-done"_s);
    }
};

QTEST_MAIN(TestAccountLooks)
#include "tst_accountlooks.moc"
