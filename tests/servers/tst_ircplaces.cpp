// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/ircbackend.h"
#include "net/openchannel.h"
#include "servers/inspircd.h"
#include "servers/needserver.h"
#include "support/await.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::MemberRank;

namespace {

constexpr int kPatienceMs = 30'000;

class NoCredentials final : public chat::Credentials
{
public:
    base::Async<QString> secret(const QString&) override { return base::Async<QString>::ready(base::Expected<QString>(QString())); }
};
class NoSleep final : public net::SleepMeter
{
public:
    std::chrono::nanoseconds slept() const override { return {}; }
};
class AlwaysOnline final : public net::Reachability
{
public:
    bool isOnline() const override { return true; }
};

/// One who is signed in, and what was told.
struct Client
{
    Client(const InspIrcd& server, const QString& nick)
    {
        chat::AccountConfig account;
        account.id = base::AccountId(u"irc"_s);
        account.user = nick;
        account.server = u"127.0.0.1:%1"_s.arg(server.plainPort());
        account.options = {{u"tls"_s, false}, {u"proxy"_s, u"direct"_s}};
        backend = std::make_unique<irc::IrcBackend>(
            account.id, irc::ircConfig(account), credentials,
            [this](const net::Endpoint& endpoint, const irc::IrcConfig& config) {
                net::ChannelOptions direct;
                direct.proxy.kind = net::ProxySettings::Kind::Direct;
                return net::openChannel(endpoint, config.tls, clock, direct);
            },
            network, clock, random);
        QObject::connect(backend.get(), &chat::Backend::batch, backend.get(), [this](const chat::SyncBatch& batch) {
            for (const chat::Event& event : batch.events)
                if (const auto* changed = std::get_if<chat::ConversationChanged>(&event))
                    conversation = changed->conversation;
                else if (const auto* people = std::get_if<chat::MembersChanged>(&event))
                    members = people->members;
        });
        backend->start({});
    }
    bool isConnected()
    {
        return QTest::qWaitFor([this] { return backend->status().state == chat::ConnectionState::Connected; }, kPatienceMs);
    }
    base::Expected<base::ConversationId> join() { return await(backend->facets().rooms->join(u"#order"_s), kPatienceMs); }
    chat::RoomAdminFacet& facet() { return *backend->facets().administration; }
    MemberRank rankOf(const base::UserId& user) { return facet().ranks(conversation.id).value(user, MemberRank::Ordinary); }
    bool sees(const QString& name)
    {
        return QTest::qWaitFor(
            [&] { return std::any_of(members.begin(), members.end(), [&](const chat::Member& m) { return m.name == name; }); }, kPatienceMs);
    }

    base::SystemClock clock;
    base::SystemRandom random;
    NoCredentials credentials;
    NoSleep sleep;
    AlwaysOnline reachability;
    net::NetworkWatch network{clock, sleep, reachability};
    std::unique_ptr<irc::IrcBackend> backend;
    chat::Conversation conversation; ///< the last that changed
    QList<chat::Member> members;
};

} // namespace

/// Channels are kept in order, at a real InspIRCd.
class TestIrcPlaces : public QObject
{
    Q_OBJECT
private slots:
    void keepsOrder();
};

void TestIrcPlaces::keepsOrder()
{
    const Certificates certificates;
    InspIrcd server(certificates);
    NEED(server);
    START(server);
    Client ana(server, u"ana"_s), ben(server, u"ben"_s);
    QVERIFY(ana.isConnected() && ben.isConnected());
    const auto here = ana.join();
    QVERIFY(here);
    QVERIFY(ben.join());
    QVERIFY(ana.sees(u"ben"_s) && ben.sees(u"ana"_s));
    const base::UserId anaId(u"ana"_s), benId(u"ben"_s);

    QVERIFY(ana.rankOf(anaId) == MemberRank::Moderator); // who makes a channel is its operator
    QVERIFY(ana.facet().powers(*here).ban && !ben.facet().powers(*here).ban);
    QVERIFY(ana.facet().powersOver(*here, benId).kick && !ben.facet().powersOver(*here, anaId).kick);
    QVERIFY(await(ben.facet().kick(*here, anaId, {})).error().kind == ErrorKind::Denied);

    QVERIFY(await(ana.facet().setTopic(*here, u"What is on fire"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(ben.conversation.topic, u"What is on fire"_s, kPatienceMs);
    for (const MemberRank rank : {MemberRank::Member, MemberRank::Moderator, MemberRank::Member, MemberRank::Ordinary}) {
        QVERIFY(await(ana.facet().setRank(*here, benId, rank, {})));
        QTRY_VERIFY(ben.rankOf(benId) == rank);
        QTRY_VERIFY(ana.rankOf(benId) == rank);
    }

    QVERIFY(await(ana.facet().kick(*here, benId, u"too loud"_s)));
    QTRY_VERIFY(!ben.conversation.joined);
    QVERIFY(ben.join());
    QTRY_VERIFY_WITH_TIMEOUT(ana.facet().powersOver(*here, benId).ban, kPatienceMs); // the list may still have the ben who was kicked
    // Both are at the same host: a ban of it would be one of ana, too, who is in already.
    const auto banned = await(ana.facet().ban(*here, benId, u"spam"_s));
    QVERIFY2(banned, banned ? "" : qPrintable(base::toString(banned.error().kind) + u": "_s + banned.error().detail));
    QTRY_VERIFY(!ben.conversation.joined);
    const auto refused = ben.join();
    QVERIFY(!refused && refused.error().kind == ErrorKind::Denied);
    const auto bans = await(ana.facet().bans(*here));
    QVERIFY(bans && bans->size() == 1);
    QCOMPARE(bans->first().by, u"ana"_s);
    QVERIFY2(bans->first().who.startsWith("*!*@"_L1), qPrintable(bans->first().who));
    QVERIFY(await(ana.facet().unban(*here, bans->first().who)));
    QVERIFY(await(ana.facet().invite(*here, u"ben"_s, {})));
    QVERIFY(ben.join() && ana.sees(u"ben"_s));

    QVERIFY(await(ben.facet().setNick(*here, u"ana"_s)).error().kind == ErrorKind::Denied);
    QVERIFY(await(ben.facet().setNick(*here, u"benjamin"_s)));
    QVERIFY(ana.sees(u"benjamin"_s));
    QTRY_VERIFY2(ben.backend->self().name == u"benjamin"_s,
        qPrintable(ben.backend->self().name + u", seen as "_s + ana.members.value(0).name + u' ' + ana.members.value(1).name));
    QVERIFY(await(ana.facet().invite(*here, u"nobody"_s, {})).error().kind == ErrorKind::NotFound);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestIrcPlaces)
#include "tst_ircplaces.moc"
