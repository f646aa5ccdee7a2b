// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "commandconversation.h"

#include "support/await.h"
#include "xmpp/commandlist.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using xmpp::Element;

class TestCommandList : public QObject
{
    Q_OBJECT
private slots:
    void listsTheCommandsOfAnAddress();
    void namesCommandsSoThatTheyDiffer();
    void listsOnlySoMany();
    void saysWhenThereIsNoList_data();
    void saysWhenThereIsNoList();
};

void TestCommandList::listsTheCommandsOfAnAddress()
{
    CommandConversation talk;
    const auto asked = xmpp::askCommands(talk.outlet, kBot, base::AccountId(u"work"_s), base::UserId(u"deployer@chat.test"_s));
    const QByteArray id = talk.xmpp.server.next().attribute(u"id").toUtf8();
    talk.xmpp.server.say("<iq type='result' from='deployer@chat.test/hubot' id='" + id
        + "'><query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'>"
          "<item jid='deployer@chat.test/hubot' node='urn:deploy' name='Deploy a  release'/>"
          "<item jid='deployer@chat.test/other' node='urn:other' name='Elsewhere'/><item jid='deployer@chat.test/hubot' name='Nameless'/>"
          "<item jid='deployer@chat.test/hubot' node='urn:deploy' name='Again'/><item node='urn:nowhere'/></query></iq>");
    const auto specs = await(asked);
    QVERIFY(specs);
    QCOMPARE(specs->size(), 1);
    const chat::CommandSpec& spec = specs->first();
    QCOMPARE(spec.name, u"Deploy a release"_s);
    QCOMPARE(spec.node, u"urn:deploy"_s);
    QCOMPARE(spec.account.text(), u"work"_s);
    QCOMPARE(spec.bot.text(), u"deployer@chat.test"_s);
    QVERIFY(spec.dialog && spec.prefix.isEmpty() && spec.arguments.isEmpty());
}

void TestCommandList::namesCommandsSoThatTheyDiffer()
{
    const auto item = [](const QByteArray& node, const QByteArray& name) {
        return "<item jid='deployer@chat.test/hubot' node='" + node + "' name='" + name + "'/>";
    };
    const Element answer = ScriptedStream::read("<iq><query xmlns='http://jabber.org/protocol/disco#items'>" + item("a", "Deploy")
        + item("b", "Deploy") + item("urn:x#restart", "") + item("urn:x/", "") + item("c", QByteArray(xmpp::kMaxCommandNameChars + 1, 'n'))
        + item(QByteArray(xmpp::kMaxNodeChars, 'd'), "At the limit") + item(QByteArray(xmpp::kMaxNodeChars + 1, 'e'), "Too long") + "</query></iq>");
    QStringList names;
    for (const chat::CommandSpec& spec : xmpp::readCommands(answer, kBot, {}, {}))
        names << spec.name;
    QCOMPARE(
        names, (QStringList{u"Deploy"_s, u"Deploy (2)"_s, u"restart"_s, u"urn:x/"_s, QString(xmpp::kMaxCommandNameChars, u'n'), u"At the limit"_s}));
}

void TestCommandList::listsOnlySoMany()
{
    const auto listed = [](qsizetype count) {
        QByteArray items;
        for (qsizetype i = 0; i < count; ++i)
            items += "<item jid='deployer@chat.test/hubot' node='n" + QByteArray::number(i) + "'/>";
        const Element answer = ScriptedStream::read("<iq><query xmlns='http://jabber.org/protocol/disco#items'>" + items + "</query></iq>");
        return xmpp::readCommands(answer, kBot, {}, {}).size();
    };
    QCOMPARE(listed(0), 0);
    QCOMPARE(listed(xmpp::kMaxCommands), xmpp::kMaxCommands);
    QCOMPARE(listed(xmpp::kMaxCommands + 1), xmpp::kMaxCommands);
}

void TestCommandList::saysWhenThereIsNoList_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("kind");
    const auto error = [](const char* condition) {
        return QByteArray("type='error'><error type='cancel'><") + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    };
    QTest::newRow("no commands") << error("item-not-found") << int(ErrorKind::NotFound);
    QTest::newRow("a client that knows none") << error("service-unavailable") << int(ErrorKind::Unsupported);
    QTest::newRow("not for us") << error("forbidden") << int(ErrorKind::Denied);
    QTest::newRow("nothing in it") << QByteArray("type='result'>") << int(ErrorKind::Protocol);
}

void TestCommandList::saysWhenThereIsNoList()
{
    QFETCH(QByteArray, answer);
    CommandConversation talk;
    const auto asked = xmpp::askCommands(talk.outlet, kBot, {}, {});
    const QByteArray id = talk.xmpp.server.next().attribute(u"id").toUtf8();
    talk.xmpp.server.say("<iq from='deployer@chat.test/hubot' id='" + id + "' " + answer + "</iq>");
    const auto specs = await(asked);
    QVERIFY(!specs);
    QTEST(int(specs.error().kind), "kind");
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestCommandList)
#include "tst_commandlist.moc"
