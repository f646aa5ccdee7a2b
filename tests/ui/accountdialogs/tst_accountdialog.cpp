// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/roompicker.h"
#include "dialogfixture.h"

#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>

using namespace ridealong;
using namespace ridealong::tests;

class TestAccountDialog : public QObject
{
    Q_OBJECT
private slots:
    void fromNothingIntoARoomByKeysAlone()
    {
        Fixture f;
        QSignalSpy rooms(f.dialog.get(), &AccountDialog::roomRequested);
        QCOMPARE(f.dialog->start()->kind()->id, u"irc"_s); // what needs a server comes first
        Fixture::press(Qt::Key_Down);
        QCOMPARE(f.dialog->start()->kind()->id, u"local"_s);
        Fixture::press(Qt::Key_Up);
        Fixture::press(Qt::Key_Tab);
        Fixture::type(kAddress);
        Fixture::press(Qt::Key_Return);
        QCOMPARE(int(f.dialog->step()), int(Step::Looking));
        QCOMPARE(f.service.looks.size(), size_t(1));
        QCOMPARE(f.service.looks.back().config.server, kAddress);
        f.service.looks.back().promise.answer(f.service.discovery(f.service.looks.back().config));
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Settings));

        QCOMPARE(QApplication::focusWidget(), f.line(u"user"_s));
        Fixture::type(u"ana"_s);
        Fixture::press(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), f.line(u"password"_s));
        Fixture::type(u"pass word"_s);
        Fixture::press(Qt::Key_Return);
        QCOMPARE(int(f.dialog->step()), int(Step::Connecting));
        QCOMPARE(f.service.saves.size(), size_t(1));
        const auto& save = f.service.saves.back();
        QVERIFY(save.config.id.isEmpty());
        QCOMPARE(save.config.backend, u"irc"_s);
        QCOMPARE(save.config.server, u"irc.example.org:6697"_s);
        QCOMPARE(save.config.user, u"ana"_s);
        QCOMPARE(save.config.name, kAddress);
        QVERIFY(!save.config.options.contains(u"password"_s));
        QCOMPARE(save.secrets, (chat::Secrets{{u"password"_s, u"pass word"_s}}));
        f.service.take(kId, status(ConnectionState::Connecting));
        QTRY_VERIFY(f.dialog->account() == kId);
        f.service.setStatus(kId, status(ConnectionState::Connected));
        QCOMPARE(int(f.dialog->step()), int(Step::Done));

        QCOMPARE(f.service.lists.size(), size_t(1));
        f.service.lists.back().promise.answer(QList<chat::RoomInfo>{{u"#help"_s, u"Ask here"_s, 3}, {u"#ops"_s, u"Operations"_s, 12}});
        QTRY_COMPARE(f.dialog->picker()->shownRooms(), 2);
        Fixture::press(Qt::Key_Down); // the largest room is on top
        QCOMPARE(f.dialog->picker()->name(), u"#ops"_s);
        Fixture::press(Qt::Key_Return);
        QCOMPARE(f.service.joins.size(), size_t(1));
        QCOMPARE(f.service.joins.back().room, u"#ops"_s);
        const base::ConversationId ops(kId, u"#ops"_s);
        f.service.joins.back().promise.answer(ops);
        QTRY_COMPARE(rooms.size(), 1);
        QVERIFY(rooms.first().first().value<base::ConversationId>() == ops);
        QVERIFY(!f.dialog->isVisible());
        QVERIFY(f.service.removed.isEmpty());
    }

    void opensTheRoomThatTheAccountJoinedByItself()
    {
        Fixture f;
        QSignalSpy rooms(f.dialog.get(), &AccountDialog::roomRequested);
        f.toConnecting();
        chat::Conversation ops;
        ops.id = base::ConversationId(kId, u"#ops"_s);
        ops.name = u"#ops"_s;
        f.service.views.last().conversations = {ops};
        f.service.setStatus(kId, status(ConnectionState::Connected));
        QCOMPARE(int(f.dialog->step()), int(Step::Done));
        Fixture::press(Qt::Key_Space); // the button has the focus
        QCOMPARE(rooms.size(), 1);
        QVERIFY(f.service.joins.empty());
    }

    void saysWhatIsWrongWithAnAddressAndKeepsIt_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("word");
        QTest::newRow("nobody") << int(ErrorKind::Offline) << u"Nobody answers at irc.example.org"_s;
        QTest::newRow("silent") << int(ErrorKind::Timeout) << u"does not answer"_s;
        QTest::newRow("unknown") << int(ErrorKind::NotFound) << u"no server called irc.example.org"_s;
        QTest::newRow("another") << int(ErrorKind::Protocol) << u"does not speak IRC"_s;
        QTest::newRow("nonsense") << int(ErrorKind::Invalid) << u"no address"_s;
        QTest::newRow("refused") << int(ErrorKind::Denied) << u"refuses"_s;
    }
    void saysWhatIsWrongWithAnAddressAndKeepsIt()
    {
        QFETCH(int, kind);
        QFETCH(QString, word);
        Fixture f;
        f.toLooking();
        f.service.looks.back().promise.answer(base::Error{ErrorKind(kind), u"<b>detail</b>"_s, 0});
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Start));
        QVERIFY2(f.dialog->problem().contains(word), qPrintable(f.dialog->problem()));
        QCOMPARE(f.dialog->start()->address(), kAddress);
        Fixture::press(Qt::Key_Return); // the cursor is in the address: again
        QCOMPARE(f.service.looks.size(), size_t(2));
        QCOMPARE(f.dialog->problem(), QString());
    }

    void aLookThatTakesLongCanBeStoppedAndItsAnswerIsNobodys()
    {
        Fixture f;
        f.toLooking();
        QCOMPARE(QApplication::focusWidget(), f.button(u"back"_s));
        Fixture::press(Qt::Key_Space);
        QCOMPARE(int(f.dialog->step()), int(Step::Start));
        f.service.looks.back().promise.answer(f.service.discovery(f.service.looks.back().config));
        QCoreApplication::processEvents();
        QCOMPARE(int(f.dialog->step()), int(Step::Start));
        f.toLooking(); // and it can be asked again
        QCOMPARE(f.service.looks.size(), size_t(2));
    }

    void escapeClosesAndNothingIsLeft()
    {
        Fixture f;
        f.toLooking();
        Fixture::press(Qt::Key_Escape);
        QVERIFY(!f.dialog->isVisible());
        f.service.looks.back().promise.answer(f.service.discovery(f.service.looks.back().config));
        QCoreApplication::processEvents();
        QVERIFY(f.service.saves.empty());
        QVERIFY(f.service.removed.isEmpty());
    }

    void anEmptyAddressGoesNowhere()
    {
        Fixture f;
        QVERIFY(!f.button(u"next"_s)->isEnabled());
        f.dialog->start()->focusAddress();
        Fixture::press(Qt::Key_Return);
        f.dialog->start()->setAddress(u"   "_s);
        Fixture::press(Qt::Key_Return);
        QCOMPARE(int(f.dialog->step()), int(Step::Start));
        QVERIFY(f.service.looks.empty());
    }

    void aKindWithoutDiscoveryAsksAtOnce()
    {
        Fixture f;
        f.dialog->start()->setKind(u"local"_s);
        QVERIFY(f.button(u"next"_s)->isEnabled());
        Fixture::press(Qt::Key_Return); // on the card
        QCOMPARE(int(f.dialog->step()), int(Step::Settings));
        QVERIFY(f.service.looks.empty());
        f.line(u"user"_s)->setText(u"ana"_s);
        f.click(u"next"_s);
        QCOMPARE(f.service.saves.back().config.backend, u"local"_s);
    }

    void allCanBeEnteredByHand()
    {
        Fixture f;
        f.dialog->start()->setAddress(kAddress);
        f.click(u"second"_s);
        QCOMPARE(int(f.dialog->step()), int(Step::Settings));
        QVERIFY(f.service.looks.empty());
        QCOMPARE(f.line(u"server"_s)->text(), kAddress);
        f.click(u"next"_s);
        QCOMPARE(int(f.dialog->step()), int(Step::Settings)); // the nick is missing
        QCOMPARE(QApplication::focusWidget(), f.line(u"user"_s));
        QVERIFY(!f.dialog->form()->problem(u"user"_s).isEmpty());
        QVERIFY(f.service.saves.empty());
    }

    void whatWasWrittenSurvivesGoingBackToTheAddress()
    {
        Fixture f;
        f.toSettings();
        f.line(u"user"_s)->setText(u"ana"_s);
        f.line(u"password"_s)->setText(u"s3cret"_s);
        f.line(u"channels"_s)->setText(u"#ops"_s);
        f.click(u"back"_s);
        QCOMPARE(int(f.dialog->step()), int(Step::Start));
        QCOMPARE(f.dialog->start()->address(), kAddress);
        f.click(u"next"_s);
        f.service.looks.back().promise.answer(f.service.discovery(f.service.looks.back().config));
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Settings));
        QCOMPARE(f.line(u"user"_s)->text(), u"ana"_s);
        QCOMPARE(f.line(u"password"_s)->text(), u"s3cret"_s);
        QCOMPARE(f.line(u"channels"_s)->text(), u"#ops"_s);
    }

    void aConnectionInTheClearIsSaid()
    {
        Fixture f;
        f.toLooking();
        chat::Discovery plain = f.service.discovery(f.service.looks.back().config);
        plain.config.options[u"tls"_s] = false;
        f.service.looks.back().promise.answer(plain);
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Settings));
        bool warned = false;
        for (const QLabel* label : f.dialog->findChildren<QLabel*>())
            warned |= label->isVisible() && label->text().contains(u"not encrypted"_s);
        QVERIFY(warned);
        f.line(u"user"_s)->setText(u"ana"_s);
        f.click(u"next"_s);
        QCOMPARE(f.service.saves.back().config.options.value(u"tls"_s), QVariant(false));
    }

    // ---- connecting ----

    void aRefusedPasswordLeadsToThePasswordWithAllKept()
    {
        Fixture f;
        f.toConnecting();
        f.service.setStatus(kId, status(ConnectionState::Failed, ErrorKind::Auth, u"SASL authentication failed"_s));
        QCOMPARE(int(f.dialog->step()), int(Step::Settings));
        QVERIFY2(f.dialog->problem().contains(u"sign-in"_s), qPrintable(f.dialog->problem()));
        QCOMPARE(QApplication::focusWidget(), f.line(u"password"_s));
        QCOMPARE(f.line(u"user"_s)->text(), u"ana"_s);
        Fixture::type(u"better"_s); // over what was there
        Fixture::press(Qt::Key_Return);
        QCOMPARE(int(f.dialog->step()), int(Step::Connecting));
        QVERIFY(f.service.saves.back().config.id == kId); // the same account
        QCOMPARE(f.service.saves.back().secrets.value(u"password"_s), u"better"_s);
    }

    void whatCannotBeSavedIsSaidAndKept()
    {
        Fixture f;
        f.toSettings();
        f.line(u"user"_s)->setText(u"a na"_s);
        f.click(u"next"_s);
        f.service.saves.back().promise.answer(base::Error{ErrorKind::Invalid, u"user: cannot be a nick"_s, 0});
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Settings));
        QVERIFY(f.dialog->problem().contains(u"IRC"_s));
        QCOMPARE(f.line(u"user"_s)->text(), u"a na"_s);
    }

    void aServerThatIsAwayIsWaitedForWithACountdown()
    {
        Fixture f;
        f.toConnecting();
        auto waiting = status(ConnectionState::Waiting, ErrorKind::Offline);
        waiting.retryAtMs = f.clock.nowMs() + 12'000;
        f.service.setStatus(kId, waiting);
        QCOMPARE(int(f.dialog->step()), int(Step::Connecting));
        const QString shown = f.dialog->findChild<QLabel*>(u"waitState"_s)->text();
        QVERIFY2(shown.contains(u"cannot be reached"_s) && shown.contains(u"in 12 s"_s), qPrintable(shown));
        f.click(u"next"_s); // keep trying
        QVERIFY(!f.dialog->isVisible());
        QVERIFY(f.service.removed.isEmpty());
    }

    void goingBackFromConnectingStopsItAndGivingUpRemovesIt()
    {
        Fixture f;
        f.toConnecting();
        f.click(u"back"_s);
        QCOMPARE(int(f.dialog->step()), int(Step::Settings));
        QCOMPARE(f.service.switched, (QList<std::pair<base::AccountId, bool>>{{kId, false}}));
        f.service.setStatus(kId, status(ConnectionState::Connected)); // too late
        QCOMPARE(int(f.dialog->step()), int(Step::Settings));
        Fixture::press(Qt::Key_Escape);
        QVERIFY(!f.dialog->isVisible());
        QCOMPARE(f.service.removed, QList<base::AccountId>{kId});
    }

    void clickingTwiceSavesOnce()
    {
        Fixture f;
        f.toSettings();
        f.line(u"user"_s)->setText(u"ana"_s);
        QTest::mouseDClick(f.button(u"next"_s), Qt::LeftButton);
        QTest::mouseClick(f.button(u"next"_s), Qt::LeftButton);
        QCOMPARE(f.service.saves.size(), size_t(1));
        QVERIFY(f.dialog->isVisible()); // the second click is no "keep trying"
    }

    void anAccountThatConnectsBeforeTheAnswerIsSeen()
    {
        Fixture f;
        f.toSettings();
        f.line(u"user"_s)->setText(u"ana"_s);
        f.click(u"next"_s);
        f.service.take(kId, status(ConnectionState::Connected));
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Done));
    }

    void closingWhenDoneKeepsTheAccount()
    {
        Fixture f;
        f.toConnecting();
        f.service.setStatus(kId, status(ConnectionState::Connected));
        Fixture::press(Qt::Key_Escape);
        QVERIFY(!f.dialog->isVisible());
        QVERIFY(f.service.removed.isEmpty());
    }

    // ---- editing ----

    void editsWhatIsThereAndLeavesTheSecretAlone()
    {
        Fixture f;
        f.toConnecting();
        f.service.views.last().config.options = {{u"proxy"_s, u"socks5://localhost:1080"_s}, {u"certificateException"_s, u"00"_s}};
        f.open();
        f.dialog->edit(kId);
        QCOMPARE(int(f.dialog->step()), int(Step::Settings));
        QCOMPARE(f.line(u"user"_s)->text(), u"ana"_s);
        QCOMPARE(f.line(u"proxy"_s)->text(), u"socks5://localhost:1080"_s);
        QCOMPARE(f.line(u"password"_s)->text(), QString());
        f.line(u"user"_s)->setText(u"anna"_s);
        f.click(u"next"_s);
        QCOMPARE(f.service.saves.back().config.user, u"anna"_s);
        QVERIFY(f.service.saves.back().config.id == kId);
        QVERIFY(f.service.saves.back().secrets.isEmpty());
        QCOMPARE(f.service.saves.back().config.options.value(u"certificateException"_s).toString(), u"00"_s);
        f.service.take(kId, status(ConnectionState::Connecting));
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Connecting));
        QCoreApplication::processEvents();
        f.service.setStatus(kId, status(ConnectionState::Connected));
        QTRY_VERIFY(!f.dialog->isVisible());
    }

    void aStoredSecretCanBeForgotten()
    {
        Fixture f;
        f.toConnecting();
        f.open();
        f.dialog->edit(kId);
        f.dialog->findChild<QToolButton*>(u"forget-password"_s)->click();
        f.click(u"next"_s);
        QCOMPARE(f.service.saves.back().secrets, (chat::Secrets{{u"password"_s, QString()}}));
    }

    void givingUpAnEditRemovesNothing()
    {
        Fixture f;
        f.toConnecting();
        f.open();
        f.dialog->edit(kId);
        Fixture::press(Qt::Key_Escape);
        QVERIFY(!f.dialog->isVisible());
        QVERIFY(f.service.removed.isEmpty());
    }
};

QTEST_MAIN(TestAccountDialog)
#include "tst_accountdialog.moc"
