// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/conversations.h"
#include "xmpp/deliveries.h"
#include "xmpp/xmppconfig.h"

#include <QTest>

using namespace ridealong;
using namespace ridealong::xmpp;
using namespace Qt::StringLiterals;
using base::ErrorKind;
using Fate = Deliveries::Fate;

namespace {

chat::AccountConfig settings(const QString& user, const QString& server = {}, const QVariantMap& options = {})
{
    chat::AccountConfig config;
    config.user = user;
    config.server = server;
    config.options = options;
    return config;
}

const base::ConversationId kRoom(base::AccountId(u"xmpp"_s), u"ops@rooms.chat.test"_s);
const base::ConversationId kBob(base::AccountId(u"xmpp"_s), u"bob@chat.test"_s);
base::TransactionId transaction(int number) { return base::TransactionId(QString::number(number)); }

} // namespace

class TestXmppAccountParts : public QObject
{
    Q_OBJECT
private slots:
    void settingsNeedAnAddressAlone()
    {
        const auto config = xmppConfig(settings(u" Ana@Chat.test "_s));
        QVERIFY(config);
        QCOMPARE(config->account.toString(), u"ana@chat.test"_s);
        QCOMPARE(config->nick, u"ana"_s);
        QVERIFY(!config->endpoint); // the domain says where
        QVERIFY(config->rooms.isEmpty());
    }

    void settingsSayWhereTheServerIs()
    {
        using Security = net::Endpoint::Security;
        auto config = xmppConfig(settings(u"ana@chat.test/desk"_s, u"127.0.0.1:5300"_s, {{u"rooms"_s, u"ops, deploys@rooms.test secret word"_s}}));
        QVERIFY(config);
        QCOMPARE(config->resource, u"desk"_s);
        QCOMPARE(config->endpoint->port, quint16(5300));
        QCOMPARE(config->endpoint->security, Security::StartTls);
        QCOMPARE(config->endpoint->certificateName, u"chat.test"_s); // whoever serves the domain shows the domain's certificate
        const QList<WantedRoom> rooms{{u"ops"_s, {}}, {u"deploys@rooms.test"_s, u"secret word"_s}};
        QCOMPARE(config->rooms, rooms);
        config = xmppConfig(settings(u"ana@chat.test"_s, u"xmpp.chat.test"_s, {{u"tls"_s, u"direct"_s}}));
        QCOMPARE(config->endpoint->port, quint16(5223));
        QCOMPARE(config->endpoint->security, Security::Tls);
        config = xmppConfig(settings(u"ana@chat.test"_s, u"wss://chat.test/socket"_s));
        QCOMPARE(config->endpoint->webSocket, QUrl(u"wss://chat.test/socket"_s));
    }

    void settingsThatMakeNoSenseSayWhich_data()
    {
        QTest::addColumn<chat::AccountConfig>("given");
        QTest::addColumn<QString>("field");
        QTest::newRow("no address") << settings(u"ana"_s) << u"user"_s;
        QTest::newRow("nobody") << settings({}) << u"user"_s;
        QTest::newRow("a path") << settings(u"a@b"_s, u"chat.test/x"_s) << u"server"_s;
        QTest::newRow("port 0") << settings(u"a@b"_s, u"chat.test:0"_s) << u"server"_s;
        QTest::newRow("no socket") << settings(u"a@b"_s, u"wss://"_s) << u"server"_s;
        QTest::newRow("plain text") << settings(u"a@b"_s, u"chat.test"_s, {{u"tls"_s, false}}) << u"tls"_s;
        QTest::newRow("proxy") << settings(u"a@b"_s, {}, {{u"proxy"_s, u"gopher://x"_s}}) << u"proxy"_s;
        QTest::newRow("long nick") << settings(u"a@b"_s, {}, {{u"nick"_s, QString(1024, u'n')}}) << u"nick"_s;
    }
    void settingsThatMakeNoSenseSayWhich()
    {
        QFETCH(chat::AccountConfig, given);
        QFETCH(QString, field);
        const auto config = xmppConfig(given);
        QVERIFY(!config);
        QVERIFY(config.error().kind == ErrorKind::Invalid);
        QVERIFY2(config.error().detail.startsWith(field + u':'), qPrintable(config.error().detail));
    }

    void cursorBringsBackWhereAllStands()
    {
        Conversations all(base::AccountId(u"xmpp"_s));
        ConversationState* room = all.open(kRoom.key(), u"ops"_s, chat::ConversationKind::Room);
        room->joined = true;
        room->nick = u"ana_"_s;
        room->password = u"not for a disk"_s;
        room->archiveId = u"a-17"_s;
        QCOMPARE(Conversations::placeBehind(*room, 1000), chat::orderAt(1000));
        QCOMPARE(Conversations::placeBehind(*room, 1000), chat::orderAt(1000) + 1); // behind all, within a moment
        QCOMPARE(Conversations::placeBehind(*room, 10), chat::orderAt(1000) + 2); // and whatever a clock says
        all.archiveId = u"own-3"_s;
        QVERIFY(!all.cursor().contains("not for a disk"));
        Conversations again(base::AccountId(u"xmpp"_s));
        again.restore(all.cursor());
        QCOMPARE(again.cursor(), all.cursor());
        QCOMPARE(again.find(kRoom.key())->archiveId, u"a-17"_s);
        QVERIFY(again.find(kRoom.key())->joined);
        again.restore("no cursor of ours");
        QVERIFY(again.all().isEmpty());
    }

    void deliveriesEndOnce()
    {
        Deliveries deliveries;
        QStringList told;
        const auto hear = [&told](const QString& name) {
            return [&told, name](const Fate& fate) {
                const auto* refused = std::get_if<base::Error>(&fate);
                told.append(name + u' '
                    + (std::holds_alternative<Deliveries::Arrived>(fate) ? u"arrived"_s
                            : refused                                    ? refused->detail
                                                                         : u"unknown"_s));
            };
        };
        deliveries.add(transaction(1), {kRoom, 1, true, {}, hear(u"room"_s)});
        deliveries.add(transaction(2), {kBob, 2, false, {}, hear(u"bob"_s)});
        deliveries.refused(kBob, transaction(1), {ErrorKind::Denied, u"forged"_s, 0}); // not from where it went to
        QVERIFY(told.isEmpty());
        QCOMPARE(deliveries.read(1).size(), size_t(0)); // a room answers by itself
        QCOMPARE(deliveries.read(2).size(), size_t(1));
        deliveries.arrived(transaction(2), {});
        deliveries.arrived(transaction(2), {});
        deliveries.connectionLost();
        QCOMPARE(told, QStringList({u"bob arrived"_s, u"room unknown"_s}));
        QVERIFY(deliveries.find(transaction(1))); // the stream may be resumed
        deliveries.whenDecided(transaction(1), hear(u"later"_s));
        deliveries.refused(kRoom, transaction(1), {ErrorKind::Denied, u"no voice"_s, 0});
        deliveries.whenDecided(transaction(1), hear(u"too late"_s));
        QCOMPARE(told.mid(2), QStringList({u"later no voice"_s, u"too late unknown"_s}));
        deliveries.add(transaction(3), {kRoom, 3, true, {}, hear(u"third"_s)});
        deliveries.streamLost();
        QCOMPARE(told.last(), u"third unknown"_s);
        QVERIFY(!deliveries.find(transaction(3)));
    }
};

QTEST_GUILESS_MAIN(TestXmppAccountParts)
#include "tst_xmppaccountparts.moc"
