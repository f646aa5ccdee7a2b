// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// From an empty profile into a room of a real server, by the dialog alone, with a real keyring for the password.
#include "accountdialogs/accountsdialog.h"
#include "accountdialogs/awaydialog.h"
#include "accountdialogs/certificateview.h"
#include "accountdialogs/fieldform.h"
#include "accountdialogs/roompicker.h"
#include "servers/countingclient.h"
#include "servers/inspircd.h"
#include "servers/needserver.h"
#include "servers/ngircd.h"
#include "ui/window/newcomer.h"
#include "window/statusline.h"

#include <QProcess>
#include <QPushButton>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::Day;
using tests::kPatienceMs;
using Step = accountdialogs::AccountDialog::Step;

namespace {

QByteArray inKeyring(const QString& key)
{
    QProcess tool;
    tool.start(u"secret-tool"_s, {u"lookup"_s, u"server"_s, u"ridealong"_s, u"user"_s, key});
    tool.waitForFinished(kPatienceMs);
    return tool.readAllStandardOutput();
}

} // namespace

class TestNewcomer : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        tests::forgetProxies();
        qputenv("USER", "ana");
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_folder->filePath(u"data"_s).toUtf8()); // a hub of its own
    }

    /// An authority of the team's own, an account with a password, a room from the list.
    void signsInOnInspIrcdAndTalks()
    {
        const tests::Certificates certificates;
        tests::InspIrcd::Options options;
        options.withAtheme = true;
        options.channels = {{u"#ops"_s, u"What is on fire"_s, 0}, {u"#deploys"_s, {}, 0}};
        tests::InspIrcd server(certificates, options);
        NEED(server);
        START(server);
        QVERIFY2(server.registerAccount("ana", "s3cret-pass"), qPrintable(server.error()));
        tests::CountingClient counter(server.plainPort(), u"#ops"_s);
        NEED(counter);
        START(counter);

        Day day(profile(), u"irc"_s);
        day.beginsToAddAnAccount();
        if (QTest::currentTestFailed())
            return;
        Day::press(Qt::Key_Tab);
        Day::type(u"127.0.0.1:%1"_s.arg(server.tlsPort()));
        Day::press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(int(day.dialog()->step()), int(Step::Certificate), kPatienceMs);
        QVERIFY2(day.dialog()->certificate()->text().contains(u"does not know the authority"_s), qPrintable(day.dialog()->certificate()->text()));
        QCOMPARE(day.dialog()->certificate()->problem().sha256, fingerprint(certificates.certificateFile(tests::ServerCertificate::Good)));
        day.keepShot(u"1-certificate"_s);
        Day::press(Qt::Key_Tab, Qt::ShiftModifier); // from the button that goes back to the check mark before it
        Day::press(Qt::Key_Space);
        Day::press(Qt::Key_Tab);
        Day::press(Qt::Key_Tab);
        Day::press(Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(int(day.dialog()->step()), int(Step::Settings), kPatienceMs);
        day.keepShot(u"2-settings"_s);
        Day::type(u"ana"_s);
        Day::press(Qt::Key_Tab);
        Day::type(u"wrong"_s);
        Day::press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!day.dialog()->problem().isEmpty(), kPatienceMs);
        QCOMPARE(int(day.dialog()->step()), int(Step::Settings));
        day.keepShot(u"3-refused"_s);
        Day::type(u"s3cret-pass"_s); // the password is marked
        Day::press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(int(day.dialog()->step()), int(Step::Done), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(day.dialog()->picker()->shownRooms() >= 2, kPatienceMs);
        day.keepShot(u"4-rooms"_s);
        day.picks(u"#op"_s, u"#ops"_s);
        if (QTest::currentTestFailed())
            return;
        day.says(u"hello from the dialog"_s);
        QTRY_COMPARE_WITH_TIMEOUT(counter.textsOf(u"ana"_s), QStringList{u"hello from the dialog"_s}, kPatienceMs);

        // Away and back, by keys and by the status line; the server has to say so.
        const auto* back = day.program.mainWindow().statusLine()->findChild<QToolButton*>(u"back"_s);
        QVERIFY(!back->isVisible());
        Day::press(Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
        auto* away = day.program.mainWindow().findChild<accountdialogs::AwayDialog*>();
        QVERIFY(away);
        tests::activate(*away);
        tests::keepShot(away->grab(), u"newcomer-5-away"_s);
        Day::type(u"back at four"_s);
        Day::press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(day.account()->self().presence == chat::Presence::Away, kPatienceMs);
        QTRY_VERIFY(back->isVisible());
        tests::keepShot(day.program.mainWindow().grab(), u"newcomer-6-is-away"_s);
        QTest::mouseClick(const_cast<QToolButton*>(back), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(day.account()->self().presence == chat::Presence::Online, kPatienceMs);
        QTRY_VERIFY(!back->isVisible());

        QCOMPARE(inKeyring(day.account()->config().id.text() + u"/password"_s), "s3cret-pass");
        QVERIFY(day.account()->config().options.contains(u"certificateException"_s));
    }

    /// The next day nobody asks for anything: password and exception are remembered. And they can be taken back.
    void theNextDayItConnectsByItselfUntilTheTrustIsTakenBack()
    {
        const tests::Certificates certificates;
        tests::InspIrcd::Options options;
        options.withAtheme = true;
        options.channels = {{u"#ops"_s, {}, 0}};
        tests::InspIrcd server(certificates, options);
        NEED(server);
        START(server);
        QVERIFY2(server.registerAccount("ana", "s3cret"), qPrintable(server.error()));
        {
            Day day(profile(), u"irc"_s);
            chat::AccountConfig config;
            config.backend = u"irc"_s;
            config.name = u"Example"_s;
            config.user = u"ana"_s;
            config.server = u"127.0.0.1:%1"_s.arg(server.tlsPort());
            config.options = {{u"channels"_s, u"#ops"_s},
                {u"certificateException"_s, QString::fromLatin1(fingerprint(certificates.certificateFile(tests::ServerCertificate::Good)).toHex())}};
            day.program.workspace().addAccount(config, {{u"password"_s, u"s3cret"_s}}).ignore();
            QTRY_VERIFY_WITH_TIMEOUT(day.account() && day.account()->isConnected(), kPatienceMs);
        }
        Day day(profile(), u"irc"_s);
        QTRY_VERIFY_WITH_TIMEOUT(day.account() && day.account()->isConnected(), kPatienceMs);
        Day::press(Qt::Key_A, Qt::ControlModifier | Qt::AltModifier);
        auto* list = day.program.mainWindow().findChild<accountdialogs::AccountsDialog*>();
        QVERIFY(list);
        list->setCurrent(day.account()->config().id);
        list->findChild<QPushButton*>(u"revoke"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(int(day.account() ? day.account()->status().state : chat::ConnectionState::Disconnected),
            int(chat::ConnectionState::Failed), kPatienceMs);
        QVERIFY(day.account()->status().certificate);
        const base::AccountId id = day.account()->config().id;
        QCOMPARE(inKeyring(id.text() + u"/password"_s), "s3cret"); // that was not touched
        list->findChild<QPushButton*>(u"remove"_s)->click();
        list->findChild<QPushButton*>(u"removeNow"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!day.account(), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(inKeyring(id.text() + u"/password"_s), "", kPatienceMs);
    }

    /// No encryption, no accounts: the dialog says so and goes on.
    void joinsNgIrcdInTheClear()
    {
        const tests::Certificates certificates;
        tests::NgIrcd server(certificates);
        NEED(server);
        START(server);
        tests::CountingClient counter(server.plainPort(), u"#ops"_s);
        NEED(counter);
        START(counter);

        Day day(profile(), u"irc"_s);
        day.beginsToAddAnAccount();
        if (QTest::currentTestFailed())
            return;
        Day::press(Qt::Key_Tab);
        Day::type(u"127.0.0.1:%1"_s.arg(server.plainPort()));
        Day::press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(int(day.dialog()->step()), int(Step::Settings), kPatienceMs);
        day.keepShot(u"7-plain"_s);
        Day::type(u"ana"_s);
        Day::press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(int(day.dialog()->step()), int(Step::Done), kPatienceMs);
        Day::type(u"#ops"_s);
        Day::press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(day.roomInFront(), u"#ops"_s, kPatienceMs);
        day.says(u"hello in the clear"_s);
        QTRY_COMPARE_WITH_TIMEOUT(counter.textsOf(u"ana"_s), QStringList{u"hello in the clear"_s}, kPatienceMs);
    }

private:
    QString profile() const { return m_folder->filePath(u"profile"_s); }
    static QByteArray fingerprint(const QString& pem)
    {
        const QList<QSslCertificate> found = QSslCertificate::fromPath(pem);
        return found.isEmpty() ? QByteArray() : found.first().digest(QCryptographicHash::Sha256);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestNewcomer)
#include "tst_newcomer.moc"
