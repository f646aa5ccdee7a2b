// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/accountdialog.h"
#include "accountdialogs/certificateview.h"
#include "accountdialogs/fieldform.h"
#include "accountdialogs/roompicker.h"
#include "accountdialogs/startpage.h"
#include "fakeservice.h"
#include "kit/theme.h"
#include "support/fakeclock.h"
#include "support/shots.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace ridealong::accountdialogs;
using base::ErrorKind;
using chat::ConnectionState;
using Step = AccountDialog::Step;
using tests::FakeService;

namespace {

const base::AccountId kId(u"irc-1"_s);
const QString kAddress = u"irc.example.org"_s;

chat::ConnectionStatus status(ConnectionState state, ErrorKind kind = ErrorKind::Cancelled, const QString& detail = {})
{
    chat::ConnectionStatus made;
    made.state = state;
    made.error = {kind, detail, 0};
    return made;
}

struct Fixture
{
    Fixture() { open(); }
    void open()
    {
        dialog = std::make_unique<AccountDialog>(service, theme, clock);
        dialog->show();
        dialog->activateWindow();
        QApplication::setActiveWindow(dialog.get());
        if (!QTest::qWaitForWindowActive(dialog.get()))
            qWarning("the dialog never became active");
    }
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* target = QApplication::focusWidget();
        QVERIFY2(target, "nothing has the focus");
        QTest::keyClick(target, key, modifiers);
    }
    static void type(const QString& text)
    {
        QVERIFY2(QApplication::focusWidget(), "nothing has the focus");
        QTest::keyClicks(QApplication::focusWidget(), text);
    }
    QPushButton* button(const QString& name) const { return dialog->findChild<QPushButton*>(name); }
    QLineEdit* line(const QString& key) const { return qobject_cast<QLineEdit*>(dialog->form()->editor(key)); }
    void click(const QString& name) const { QTest::mouseClick(button(name), Qt::LeftButton); }

    void toLooking()
    {
        dialog->start()->setAddress(kAddress);
        dialog->start()->focusAddress();
        press(Qt::Key_Return);
        QCOMPARE(int(dialog->step()), int(Step::Looking));
    }
    void toSettings()
    {
        toLooking();
        service.looks.back().promise.answer(service.discovery(service.looks.back().config));
        QTRY_COMPARE(int(dialog->step()), int(Step::Settings));
    }
    void toConnecting()
    {
        toSettings();
        line(u"user"_s)->setText(u"ana"_s);
        line(u"password"_s)->setText(u"s3cret"_s);
        click(u"next"_s);
        QCOMPARE(int(dialog->step()), int(Step::Connecting));
        service.take(kId, status(ConnectionState::Connecting));
        QTRY_VERIFY(dialog->account() == kId);
    }

    tests::FakeClock clock;
    kit::Theme theme;
    FakeService service;
    std::unique_ptr<AccountDialog> dialog;
};

} // namespace

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

    // ---- certificates ----

    void aCertificateIsTrustedByAnExplicitActOnly()
    {
        Fixture f;
        f.toLooking();
        chat::Discovery untrusted;
        untrusted.config = f.service.looks.back().config;
        untrusted.certificate = FakeService::problem();
        f.service.looks.back().promise.answer(untrusted);
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Certificate));
        QPushButton* trust = f.button(u"next"_s);
        QVERIFY(!trust->isEnabled());
        QVERIFY(!trust->isDefault() && !trust->autoDefault());
        QCOMPARE(QApplication::focusWidget(), f.button(u"back"_s));
        const QString shown = f.dialog->certificate()->text();
        for (const QString& word :
            {u"irc.example.org could not prove who it is"_s, u"chat.example.net, *.example.net"_s, u"Example Private Authority"_s,
                u"does not know the authority"_s, u"valid until"_s, u"not for irc.example.org"_s, u"030A 1118 1F26 2D34"_s})
            QVERIFY2(shown.contains(word), qPrintable(word + u" / "_s + shown));
        QVERIFY(!shown.contains(u"another certificate"_s));
        auto* compared = f.dialog->findChild<QCheckBox*>(u"compared"_s);
        compared->setFocus();
        Fixture::press(Qt::Key_Return); // Enter is no act
        QCOMPARE(int(f.dialog->step()), int(Step::Certificate));
        Fixture::press(Qt::Key_Space);
        QVERIFY(trust->isEnabled());
        Fixture::press(Qt::Key_Return);
        QCOMPARE(int(f.dialog->step()), int(Step::Certificate));
        trust->setFocus();
        Fixture::press(Qt::Key_Space);
        QCOMPARE(int(f.dialog->step()), int(Step::Looking)); // again, and now it is let through
        QCOMPARE(f.service.looks.size(), size_t(2));
        QCOMPARE(f.service.looks.back().config.options.value(u"certificateException"_s).toString(),
            QString::fromLatin1(FakeService::problem().sha256.toHex()));
        f.service.looks.back().promise.answer(f.service.discovery(f.service.looks.back().config));
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Settings));
        f.line(u"user"_s)->setText(u"ana"_s);
        f.click(u"next"_s);
        QVERIFY(f.service.saves.back().config.options.contains(u"certificateException"_s)); // remembered
    }

    void notTrustingLeadsBackAndAnotherServerGetsNoTrust()
    {
        Fixture f;
        f.toLooking();
        chat::Discovery untrusted;
        untrusted.config = f.service.looks.back().config;
        untrusted.certificate = FakeService::problem();
        f.service.looks.back().promise.answer(untrusted);
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Certificate));
        f.dialog->findChild<QCheckBox*>(u"compared"_s)->setChecked(true);
        f.click(u"next"_s);
        f.click(u"back"_s); // stops the second look
        f.dialog->start()->setAddress(u"irc.example.com"_s);
        f.click(u"next"_s);
        QCOMPARE(f.service.looks.back().config.server, u"irc.example.com"_s);
        QVERIFY(!f.service.looks.back().config.options.contains(u"certificateException"_s));
    }

    void aChangedCertificateIsAWarningOfItsOwn()
    {
        Fixture f;
        f.toConnecting();
        auto failed = status(ConnectionState::Failed, ErrorKind::Untrusted);
        failed.certificate = FakeService::problem();
        failed.certificate->afterException = true;
        f.service.setStatus(kId, failed);
        QCOMPARE(int(f.dialog->step()), int(Step::Certificate));
        QVERIFY(f.dialog->certificate()->text().contains(u"another certificate than the one you decided to trust"_s));
        f.dialog->findChild<QCheckBox*>(u"compared"_s)->setChecked(true);
        f.click(u"next"_s);
        QCOMPARE(int(f.dialog->step()), int(Step::Connecting));
        QVERIFY(f.service.saves.back().config.id == kId);
        QVERIFY(f.service.saves.back().config.options.contains(u"certificateException"_s));
    }

    void whereNoCertificateWasShownThereIsNothingToTrust()
    {
        Fixture f;
        f.toConnecting();
        auto failed = status(ConnectionState::Failed, ErrorKind::Untrusted);
        failed.certificate = base::CertificateProblem{.host = kAddress, .reasons = {u"no certificate"_s}};
        f.service.setStatus(kId, failed);
        QCOMPARE(int(f.dialog->step()), int(Step::Certificate));
        QVERIFY(!f.button(u"next"_s)->isVisible());
        QVERIFY(!f.dialog->findChild<QCheckBox*>(u"compared"_s)->isVisible());
        f.click(u"back"_s);
        QCOMPARE(int(f.dialog->step()), int(Step::Settings));
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

    // ---- looks ----

    void everyStepIsDrawnInEveryLook_data()
    {
        QTest::addColumn<int>("choice");
        QTest::addColumn<double>("scale");
        QTest::newRow("dark") << int(kit::ThemeChoice::Dark) << 1.0;
        QTest::newRow("light") << int(kit::ThemeChoice::Light) << 1.0;
        QTest::newRow("contrast") << int(kit::ThemeChoice::HighContrast) << 1.0;
        QTest::newRow("double") << int(kit::ThemeChoice::Dark) << 2.0;
    }
    void everyStepIsDrawnInEveryLook()
    {
        QFETCH(int, choice);
        QFETCH(double, scale);
        kit::Theme theme;
        theme.setChoice(kit::ThemeChoice(choice));
        theme.setScale(scale);
        theme.applyTo(*qApp);
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

QTEST_MAIN(TestAccountDialog)
#include "tst_accountdialog.moc"
