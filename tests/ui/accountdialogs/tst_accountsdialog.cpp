// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/accountsdialog.h"
#include "accountdialogs/joinroomdialog.h"
#include "accountdialogs/roompicker.h"
#include "fakeservice.h"
#include "kit/noticebar.h"
#include "kit/theme.h"
#include "support/activate.h"
#include "support/fakeclock.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace ridealong::accountdialogs;
using base::ErrorKind;
using chat::ConnectionState;
using tests::FakeService;

namespace {

const base::AccountId kIrc(u"irc-1"_s);
const base::AccountId kLocal(u"local-1"_s);

AccountView view(const base::AccountId& id, const QString& backend, const QString& name, ConnectionState state)
{
    AccountView made;
    made.config.id = id;
    made.config.backend = backend;
    made.config.name = name;
    made.config.user = u"ana"_s;
    made.config.server = backend == u"irc"_s ? u"irc.example.org:6697"_s : QString();
    made.status.state = state;
    made.hasRooms = true;
    return made;
}

struct Fixture
{
    Fixture()
    {
        service.views = {view(kLocal, u"local"_s, u"Local workspace"_s, ConnectionState::Connected),
            view(kIrc, u"irc"_s, u"Example"_s, ConnectionState::Connected)};
        service.views.last().self = u"ana_"_s;
        service.views.last().storedSecrets = {u"password"_s};
        service.views.last().unsent = 2;
        chat::Conversation ops;
        ops.id = base::ConversationId(kIrc, u"#ops"_s);
        service.views.last().conversations = {ops, ops, ops};
    }
    AccountsDialog& open()
    {
        dialog = std::make_unique<AccountsDialog>(service, theme, clock);
        dialog->setCurrent(kIrc);
        tests::activate(*dialog);
        return *dialog;
    }
    QPushButton* button(const QString& name) const { return dialog->findChild<QPushButton*>(name); }
    void click(const QString& name) const { QTest::mouseClick(button(name), Qt::LeftButton); }

    tests::FakeClock clock;
    kit::Theme theme;
    FakeService service;
    std::unique_ptr<AccountsDialog> dialog;
};

} // namespace

class TestAccountsDialog : public QObject
{
    Q_OBJECT
private slots:
    void showsHowEachAccountStands()
    {
        Fixture f;
        f.open();
        QVERIFY2(f.dialog->details().contains(u"Connected as ana_"_s), qPrintable(f.dialog->details()));
        QVERIFY(f.dialog->details().contains(u"irc.example.org:6697"_s));
        chat::ConnectionStatus waiting;
        waiting.state = ConnectionState::Waiting;
        waiting.error = {ErrorKind::Offline, u"connection refused"_s, 0};
        waiting.retryAtMs = f.clock.nowMs() + 30'000;
        f.service.setStatus(kIrc, waiting);
        QVERIFY2(f.dialog->details().contains(u"Trying again in 30 s"_s), qPrintable(f.dialog->details()));
        QVERIFY(f.dialog->details().contains(u"connection refused"_s));
        QVERIFY(f.dialog->current() == kIrc); // still in front
    }

    void connectsAndDisconnects()
    {
        Fixture f;
        f.open();
        f.click(u"connection"_s);
        QCOMPARE(f.service.switched.last(), std::pair(kIrc, false));
        f.service.setStatus(kIrc, {});
        f.click(u"connection"_s);
        QCOMPARE(f.service.switched.last(), std::pair(kIrc, true));
        QVERIFY(!f.button(u"joinRoom"_s)->isEnabled());
    }

    void asksBeforeItRemovesAndSaysWhatIsLost()
    {
        Fixture f;
        f.open();
        f.click(u"remove"_s);
        QVERIFY(f.dialog->isAsking());
        QVERIFY(f.service.removed.isEmpty());
        const QString question = f.dialog->findChild<QLabel*>(u"asking"_s)->text() + f.dialog->findChild<QLabel*>(u"question"_s)->text();
        for (const QString& word : {u"Remove Example"_s, u"conversation(s)"_s, u"not sent"_s, u"password"_s, u"server keeps"_s})
            QVERIFY2(question.contains(word), qPrintable(word + u" / "_s + question));
        QCOMPARE(QApplication::focusWidget(), f.button(u"keep"_s)); // Enter or Space destroys nothing
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!f.dialog->isAsking());
        QVERIFY(f.dialog->isVisible());
        f.click(u"remove"_s);
        f.click(u"removeNow"_s);
        QCOMPARE(f.service.removed, QList<base::AccountId>{kIrc});
        QVERIFY(f.dialog->current() == kLocal);
        QVERIFY(!f.dialog->isAsking());
    }

    void choosingAnotherAccountIsNoYes()
    {
        Fixture f;
        f.open();
        f.click(u"remove"_s);
        f.dialog->setCurrent(kLocal);
        QVERIFY(!f.dialog->isAsking());
        f.dialog->setCurrent(kIrc);
        QVERIFY(!f.dialog->isAsking());
        QVERIFY(f.service.removed.isEmpty());
    }

    void saysWhenNotAllCouldBeRemoved()
    {
        Fixture f;
        f.service.removeError = base::Error{ErrorKind::Denied, u"the keyring is locked"_s, 0};
        f.open();
        f.click(u"remove"_s);
        f.click(u"removeNow"_s);
        QTRY_VERIFY(f.dialog->findChild<kit::NoticeBar*>()->isVisible());
    }

    void anExceptionCanBeTakenBack()
    {
        Fixture f;
        f.service.views.last().config.options = {{u"certificateException"_s, u"aa"_s}, {u"channels"_s, u"#ops"_s}};
        f.open();
        QVERIFY(f.button(u"revoke"_s)->isVisible());
        f.click(u"revoke"_s);
        QCOMPARE(f.service.saves.size(), size_t(1));
        QCOMPARE(f.service.saves.back().config.options, (QVariantMap{{u"channels"_s, u"#ops"_s}}));
        f.dialog->setCurrent(kLocal);
        QVERIFY(!f.button(u"revoke"_s)->isVisible());
    }

    void offersTheCertificateThatIsInTheWay()
    {
        Fixture f;
        f.open();
        QSignalSpy asked(f.dialog.get(), &AccountsDialog::certificateRequested);
        QVERIFY(!f.button(u"certificate"_s)->isVisible());
        chat::ConnectionStatus failed;
        failed.state = ConnectionState::Failed;
        failed.error.kind = ErrorKind::Untrusted;
        failed.certificate = FakeService::problem();
        f.service.setStatus(kIrc, failed);
        f.click(u"certificate"_s);
        QCOMPARE(asked.size(), 1);
    }

    void anEmptyListOffersTheOneThingToDo()
    {
        Fixture f;
        f.service.views.clear();
        f.open();
        QSignalSpy asked(f.dialog.get(), &AccountsDialog::addRequested);
        for (auto* button : f.dialog->findChildren<QPushButton*>())
            if (button->isVisible() && button->text() == u"Add an account …"_s)
                button->click();
        QCOMPARE(asked.size(), 1);
    }

    void enterOpensTheSettings()
    {
        Fixture f;
        f.open();
        QSignalSpy asked(f.dialog.get(), &AccountsDialog::editRequested);
        QTest::keyClick(f.dialog->findChild<QListWidget*>(u"accounts"_s), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QVERIFY(asked.first().first().value<base::AccountId>() == kIrc);
    }

    // ---- joining ----

    void joinsARoomByItsName()
    {
        Fixture f;
        JoinRoomDialog dialog(f.service, f.theme, kIrc);
        tests::activate(dialog);
        QSignalSpy joined(&dialog, &JoinRoomDialog::joined);
        QVERIFY(dialog.account() == kIrc);
        QTest::keyClicks(QApplication::focusWidget(), u"#new"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTest::keyClick(dialog.findChild<QLineEdit*>(u"roomName"_s), Qt::Key_Return); // twice is once
        QCOMPARE(f.service.joins.size(), size_t(1));
        QCOMPARE(f.service.joins.back().room, u"#new"_s);
        f.service.joins.back().promise.answer(base::ConversationId(kIrc, u"#new"_s));
        QTRY_COMPARE(joined.size(), 1);
        QVERIFY(!dialog.isVisible());
    }

    void filtersTheListAsOneWrites()
    {
        Fixture f;
        JoinRoomDialog dialog(f.service, f.theme, kIrc);
        tests::activate(dialog);
        f.service.lists.back().promise.answer(QList<chat::RoomInfo>{{u"#ops"_s, {}, 2}, {u"#devops"_s, {}, 9}, {u"#help"_s, {}, 5}});
        QTRY_COMPARE(dialog.picker()->shownRooms(), 3);
        QTest::keyClicks(QApplication::focusWidget(), u"#OPS"_s);
        QCOMPARE(dialog.picker()->shownRooms(), 2);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QCOMPARE(dialog.picker()->name(), u"#devops"_s);
        QCOMPARE(f.service.lists.size(), size_t(1)); // all are known: nothing is asked again
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(f.service.joins.back().room, u"#devops"_s);
    }

    void aFullListIsAskedAgainForWhatIsWritten()
    {
        Fixture f;
        JoinRoomDialog dialog(f.service, f.theme, kIrc);
        tests::activate(dialog);
        QList<chat::RoomInfo> many;
        for (int i = 0; i < RoomPicker::kMostRooms + 10; ++i)
            many.append({u"#room%1"_s.arg(i), {}, 1});
        f.service.lists.back().promise.answer(many);
        QTRY_COMPARE(dialog.picker()->shownRooms(), RoomPicker::kMostRooms);
        QTest::keyClicks(QApplication::focusWidget(), u"#rare"_s);
        QTRY_COMPARE(f.service.lists.size(), size_t(2));
        QCOMPARE(f.service.lists.back().filter, u"rare"_s);
        f.service.lists.back().promise.answer(QList<chat::RoomInfo>{{u"#rare-one"_s, {}, 1}});
        QTRY_COMPARE(dialog.picker()->shownRooms(), 1);
    }

    void joiningCanBeStopped()
    {
        Fixture f;
        JoinRoomDialog dialog(f.service, f.theme, kIrc);
        tests::activate(dialog);
        QSignalSpy joined(&dialog, &JoinRoomDialog::joined);
        QTest::keyClicks(QApplication::focusWidget(), u"#slow"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(dialog.picker()->isJoining());
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(dialog.isVisible() && !dialog.picker()->isJoining());
        f.service.joins.back().promise.answer(base::ConversationId(kIrc, u"#slow"_s));
        QCoreApplication::processEvents();
        QCOMPARE(joined.size(), 0);
        QCOMPARE(dialog.picker()->name(), u"#slow"_s);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void aRefusalIsSaidAndTheNameKept()
    {
        Fixture f;
        JoinRoomDialog dialog(f.service, f.theme, kIrc);
        tests::activate(dialog);
        QTest::keyClicks(QApplication::focusWidget(), u"#secret"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        f.service.joins.back().promise.answer(base::Error{ErrorKind::Denied, u"Cannot join channel (+i)"_s, 0});
        QTRY_VERIFY(!dialog.picker()->isJoining());
        QVERIFY2(dialog.picker()->note().contains(u"does not let you in"_s) && dialog.picker()->note().contains(u"(+i)"_s),
            qPrintable(dialog.picker()->note()));
        QCOMPARE(dialog.picker()->name(), u"#secret"_s);
        QVERIFY(dialog.isVisible());
    }

    void aServerWithoutAListStillLetsOneJoin()
    {
        Fixture f;
        JoinRoomDialog dialog(f.service, f.theme, kIrc);
        tests::activate(dialog);
        f.service.lists.back().promise.answer(base::Error{ErrorKind::Unsupported, {}, 0});
        QTRY_VERIFY(dialog.picker()->note().contains(u"no list"_s));
        QTest::keyClicks(QApplication::focusWidget(), u"#ops"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(f.service.joins.size(), size_t(1));
    }

    void anotherAccountHasOtherRooms()
    {
        Fixture f;
        JoinRoomDialog dialog(f.service, f.theme, kIrc);
        tests::activate(dialog);
        const size_t asked = f.service.lists.size();
        auto* accounts = dialog.findChild<QComboBox*>(u"joinAccount"_s);
        accounts->setCurrentIndex(0);
        emit accounts->activated(0);
        QVERIFY(dialog.picker()->account() == kLocal);
        QCOMPARE(f.service.lists.size(), asked + 1);
        f.service.lists[asked - 1].promise.answer(QList<chat::RoomInfo>{{u"#old"_s, {}, 1}}); // of the account before: nobody's
        QCoreApplication::processEvents();
        QCOMPARE(dialog.picker()->shownRooms(), 0);
    }

    void withoutAnAccountItOffersOne()
    {
        Fixture f;
        f.service.views.clear();
        JoinRoomDialog dialog(f.service, f.theme, {});
        tests::activate(dialog);
        QSignalSpy asked(&dialog, &JoinRoomDialog::addAccountRequested);
        for (auto* button : dialog.findChildren<QPushButton*>())
            if (button->isVisible() && button->text() == u"Add an account …"_s)
                button->click();
        QCOMPARE(asked.size(), 1);
        QVERIFY(!dialog.isVisible());
    }

    void bothAreDrawnInEveryLook_data() { tests::addLooks({tests::kContrast, {"double", kit::ThemeChoice::Light, 2}}); }
    void bothAreDrawnInEveryLook()
    {
        QFETCH(tests::Look, look);
        Fixture f;
        look.dress(f.theme);
        const auto shot = [](QWidget& widget, const QString& name) {
            QCoreApplication::processEvents();
            const QPixmap picture = widget.grab();
            QVERIFY(tests::colorsOf(picture.toImage()) > 4);
            tests::keepShot(picture, u"accounts-%1-%2"_s.arg(QString::fromLatin1(QTest::currentDataTag()), name));
        };
        f.service.views.last().config.options = {{u"certificateException"_s, u"aa"_s}};
        AccountsDialog& dialog = f.open();
        dialog.resize(dialog.size().boundedTo({1280, 752}));
        shot(dialog, u"1-list"_s);
        chat::ConnectionStatus failed;
        failed.state = ConnectionState::Failed;
        failed.error = {ErrorKind::Untrusted, u"self-signed certificate"_s, 0};
        failed.certificate = FakeService::problem();
        f.service.setStatus(kIrc, failed);
        shot(dialog, u"2-untrusted"_s);
        f.click(u"remove"_s);
        shot(dialog, u"3-remove"_s);
        JoinRoomDialog join(f.service, f.theme, kIrc);
        tests::activate(join);
        f.service.lists.back().promise.answer(
            QList<chat::RoomInfo>{{u"#ops"_s, u"Operations: what is on fire"_s, 12}, {u"#deploys"_s, u"Who deploys what"_s, 8}, {u"#help"_s, {}, 3}});
        QTRY_COMPARE(join.picker()->shownRooms(), 3);
        shot(join, u"4-join"_s);
    }
};

QTEST_MAIN(TestAccountsDialog)
#include "tst_accountsdialog.moc"
