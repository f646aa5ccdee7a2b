// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// From an empty profile into a room of a real XMPP server with nothing but an address and a password: where the server is, DNS says.
#include "accountdialogs/roompicker.h"
#include "servers/countingxmppclient.h"
#include "servers/ejabberd.h"
#include "servers/nameserver.h"
#include "servers/needserver.h"
#include "servers/prosody.h"
#include "ui/window/newcomer.h"

#include <QFile>
#include <QTemporaryDir>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::Day;
using tests::kPatienceMs;
using Step = accountdialogs::AccountDialog::Step;

class TestXmppNewcomer : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        tests::forgetProxies();
        NEED(m_names);
        START(m_names);
        // What the system trusts is read once in a process: one authority for all.
        QVERIFY2(m_certificates.areMade(), qPrintable(m_certificates.error()));
        QVERIFY(QFile::copy(m_certificates.caFile(), qEnvironmentVariable("RIDEALONG_TRUSTED") + u"/authority.pem"_s));
    }

    void signsInWithAddressAndPasswordAlone_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("isDirect");
        QTest::newRow("Prosody, direct TLS") << u"Prosody"_s << true;
        QTest::newRow("Prosody, STARTTLS") << u"Prosody"_s << false;
        QTest::newRow("ejabberd, direct TLS") << u"ejabberd"_s << true;
        QTest::newRow("ejabberd, STARTTLS") << u"ejabberd"_s << false;
    }
    void signsInWithAddressAndPasswordAlone()
    {
        QFETCH(QString, kind);
        QFETCH(bool, isDirect);
        QTemporaryDir folder;
        qputenv("XDG_DATA_HOME", folder.filePath(u"data"_s).toUtf8()); // a hub of its own
        std::unique_ptr<tests::XmppServer> server;
        if (kind == "Prosody"_L1)
            server = std::make_unique<tests::Prosody>(m_certificates, tests::XmppOptions{});
        else
            server = std::make_unique<tests::Ejabberd>(m_certificates, tests::XmppOptions{});
        NEED(*server);
        START(*server);
        QVERIFY2(server->makeRoom(u"ops"_s, {.title = u"What is on fire"_s}), qPrintable(server->error()));
        for (const QString& user : {u"ana"_s, u"counter"_s})
            QVERIFY2(server->addUser(user, u"s3cret-pass"_s), qPrintable(server->error()));
        const quint16 port = isDirect ? server->directTlsPort() : server->startTlsPort();
        m_names.setServices({{isDirect ? u"_xmpps-client._tcp.chat.test"_s : u"_xmpp-client._tcp.chat.test"_s, {u"xmpp-7.chat.test"_s, port}}});
        tests::CountingXmppClient counter(tests::XmppSeat(*server, u"counter"_s, u"s3cret-pass"_s));
        NEED(counter);
        START(counter);

        Day day(folder.filePath(u"profile"_s), u"xmpp"_s);
        day.beginsToAddAnAccount();
        if (QTest::currentTestFailed())
            return;
        Day::press(Qt::Key_X); // the kind whose name begins so
        Day::press(Qt::Key_Tab);
        Day::type(u"ana@chat.test"_s);
        Day::press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(int(day.dialog()->step()), int(Step::Settings), kPatienceMs);
        day.keepShot(u"8-xmpp"_s);
        Day::type(u"s3cret-pass"_s);
        Day::press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(int(day.dialog()->step()), int(Step::Done), kPatienceMs);
        QVERIFY(m_names.asked().contains(u"A xmpp-7.chat.test"_s));
        QTRY_VERIFY_WITH_TIMEOUT(day.dialog()->picker()->shownRooms() >= 1, kPatienceMs);
        day.keepShot(u"9-xmpp-rooms"_s);
        day.picks(u"fire"_s, u"ops"_s);
        if (QTest::currentTestFailed())
            return;
        day.says(u"hello from the dialog"_s);
        QTRY_COMPARE_WITH_TIMEOUT(counter.textsOf(u"ana"_s), QStringList{u"hello from the dialog"_s}, kPatienceMs);
    }

private:
    tests::NameServer m_names{u"chat.test"_s};
    tests::Certificates m_certificates;
};

QTEST_MAIN(TestXmppNewcomer)
#include "tst_xmppnewcomer.moc"
