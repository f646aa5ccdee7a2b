// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// TLS that begins on the port for plain connections.
#include "ircdialogue.h"

#include "irc/session.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::ConnectionState;

class StartTlsTest : public QObject
{
    Q_OBJECT
private:
    static void begin(IrcDialogue& irc)
    {
        irc.start();
        QVERIFY(irc.server.endpoint().security == net::Endpoint::Security::StartTls);
        irc.server.open({.encrypted = false, .protocol = {}});
        irc.server.expect("STARTTLS");
        irc.server.expectNothing(); // neither nick nor password before TLS stands
    }

private slots:
    void signsInWhenTlsStands()
    {
        IrcDialogue irc({{u"tls"_s, u"starttls"_s}});
        irc.credentials.secrets[u"serverPassword"_s] = u"open sesame"_s;
        begin(irc);
        irc.server.say(":irc.test NOTICE * :*** Looking up your hostname");
        irc.server.say("PING :early");
        irc.server.expectNothing();
        irc.server.say(":irc.test 670 * :STARTTLS successful, go ahead with TLS handshake");
        irc.server.secure();
        irc.server.expect("CAP LS 302");
        irc.server.expect("PASS :open sesame");
        irc.server.expect("NICK ana");
    }

    void staysSilentWithoutIt_data()
    {
        QTest::addColumn<QByteArray>("answer");
        for (const char* answer : {":irc.test 691 * :STARTTLS failure", ":irc.test 421 * STARTTLS :Unknown command",
                 ":irc.test 451 * :Register first", "ERROR :Closing link"})
            QTest::newRow(answer) << QByteArray(answer);
    }
    void staysSilentWithoutIt()
    {
        QFETCH(QByteArray, answer);
        IrcDialogue irc({{u"tls"_s, u"starttls"_s}});
        begin(irc);
        irc.server.say(answer);
        QTRY_VERIFY(irc.backend->status().state == ConnectionState::Failed);
        QVERIFY(irc.backend->status().error.kind == ErrorKind::Unsupported);
        irc.server.expectNothing();
        irc.server.expectClose();
    }

    void staysSilentWhereNobodyAnswers()
    {
        IrcDialogue irc({{u"tls"_s, u"starttls"_s}});
        begin(irc);
        irc.clock.advance(irc::Session::kTlsPatience);
        QTRY_VERIFY(irc.backend->status().state == ConnectionState::Failed);
        QVERIFY(irc.backend->status().error.kind == ErrorKind::Unsupported);
        irc.server.expectNothing();
    }

    /// Somebody on the way answers in the server's place: nothing but TLS helps.
    void isNotTalkedIntoPlainText()
    {
        IrcDialogue irc({{u"tls"_s, u"starttls"_s}});
        begin(irc);
        for (const char* line : {":irc.test CAP * LS :sasl", "AUTHENTICATE +", ":irc.test 001 ana :Welcome", ":irc.test 376 ana :End"})
            irc.server.say(line);
        irc.server.expectNothing();
        QVERIFY(irc.backend->status().state == ConnectionState::Connecting);
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::StartTlsTest)
#include "tst_starttls.moc"
