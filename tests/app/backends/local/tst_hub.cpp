// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/bot.h"
#include "local/hubcore.h"
#include "local/limits.h"
#include "local/wirevalues.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using local::encodeFrame;

/// One end of a channel in the hands of the test: what the hub sends lies there until it is taken.
class HeldChannel final : public net::FrameChannel
{
public:
    void send(const QByteArray& frame) override
    {
        if (m_closed)
            return;
        m_unread += frame.size();
        peak = std::max(peak, m_unread);
        waiting.append(frame);
    }
    qint64 bytesToWrite() const override { return m_unread; }
    void close() override { m_closed = true; }
    bool isClosed() const { return m_closed; }

    QList<QCborMap> takeAll()
    {
        QList<QCborMap> maps;
        for (const auto& frame : std::exchange(waiting, {}))
            maps.append(QCborValue::fromCbor(frame).toMap());
        m_unread = 0;
        emit written();
        return maps;
    }

    QList<QByteArray> waiting;
    qint64 peak = 0;

private:
    qint64 m_unread = 0;
    bool m_closed = false;
};

/// A client that speaks in frames: say(…), then heard() has what came back.
class Speaker
{
public:
    explicit Speaker(local::HubCore& hub, const QString& user = {}, const QCborMap& extra = {})
    {
        auto [ours, theirs] = net::makeMemoryChannel();
        channel = std::move(ours);
        QObject::connect(channel.get(), &net::FrameChannel::received, channel.get(),
            [this](const QByteArray& frame) { heard.append(QCborValue::fromCbor(frame).toMap()); });
        QObject::connect(channel.get(), &net::FrameChannel::closed, channel.get(), [this] { closed = true; });
        hub.attach(std::move(theirs));
        if (!user.isEmpty()) {
            auto hello = extra;
            hello.insert("t"_L1, "hello"_L1);
            if (!hello.contains("v"_L1))
                hello.insert("v"_L1, local::kProtocolVersion);
            hello.insert("user"_L1, user);
            say(hello);
        }
    }
    void say(const QCborMap& map) { channel->send(encodeFrame(map)); }
    qint64 ask(QCborMap map)
    {
        map.insert("t"_L1, "request"_L1);
        map.insert("id"_L1, ++m_id);
        say(map);
        return m_id;
    }
    std::optional<QCborMap> find(QLatin1StringView type) const
    {
        for (const auto& map : heard)
            if (map.value("t"_L1) == type)
                return map;
        return std::nullopt;
    }
    std::optional<QCborMap> reply(qint64 id) const
    {
        for (const auto& map : heard)
            if (map.value("t"_L1) == "re"_L1 && map.value("id"_L1).toInteger() == id)
                return map;
        return std::nullopt;
    }
    int count(QLatin1StringView type) const
    {
        return int(std::count_if(heard.cbegin(), heard.cend(), [type](const QCborMap& map) { return map.value("t"_L1) == type; }));
    }
    QString bye() const { return find("bye"_L1).value_or(QCborMap()).value("kind"_L1).toString(); }

    std::unique_ptr<net::FrameChannel> channel;
    QList<QCborMap> heard;
    bool closed = false;

private:
    qint64 m_id = 0;
};

/// Takes everything it hears for a command.
class EagerBot final : public chat::Bot
{
public:
    explicit EagerBot(int& begun) : m_begun(begun) {}
    chat::Member member() const override { return {base::UserId(u"runner"_s), u"runner"_s, true, chat::Presence::Online}; }
    QList<chat::CommandSpec> commands(const chat::Conversation&) const override { return {}; }
    std::optional<chat::RunReport> accept(const chat::Message& message, const chat::Conversation&) override
    {
        chat::RunReport report;
        report.run = base::RunId(u"run-%1"_s.arg(++m_accepted));
        report.command = message.text;
        return report;
    }
    void begin(const chat::RunReport&) override { ++m_begun; }
    base::Status cancel(const base::RunId&, const chat::Member&) override { return base::Done(); }
    base::Status decide(const base::RunId&, const chat::Member&, bool) override { return base::Done(); }

private:
    int& m_begun;
    int m_accepted = 0;
};

namespace {

/// As large as a client can make it: letters of three bytes, all that may be in it.
chat::Message largest(qint64 order, int textUnits)
{
    const auto units = [](int count) { return QString(count, u'語'); };
    chat::Message message;
    message.order = order;
    message.id = store::hubMessageId(u"hub"_s, order);
    message.conversation = base::ConversationId(store::hubAccount(), u"#ops"_s);
    message.sender = base::UserId(units(local::kMaxUserLength));
    message.senderName = units(local::kMaxUserLength);
    message.transaction = base::TransactionId(units(local::kMaxIdLength - 10) + QString::number(order));
    message.text = units(textUnits);
    message.run = base::RunId(units(local::kMaxIdLength));
    message.timeMs = std::numeric_limits<qint64>::max();
    message.fromBot = true;
    for (int i = 0; i < chat::kMaxAttachments; ++i) {
        chat::Attachment file;
        file.id = base::FileId(units(local::kMaxIdLength));
        file.name = units(local::kMaxFileNameLength);
        file.mediaType = units(local::kMaxMediaTypeLength);
        file.bytes = local::kMaxFileBytes;
        file.pixels = QSize(local::kMaxPixels, local::kMaxPixels);
        message.attachments.append(file);
    }
    return message;
}

} // namespace

class HubTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_hub = std::make_unique<local::HubCore>(m_folder->filePath(u"hub"_s), m_clock, m_random);
        QVERIFY(await(m_hub->open()));
    }
    void cleanup() { m_hub.reset(); }

    void beginsWithThreeRooms()
    {
        Speaker ana(*m_hub, u"ana"_s);
        QTRY_VERIFY(ana.find("rooms"_L1));
        const auto rooms = ana.find("rooms"_L1)->value("list"_L1).toArray();
        QCOMPARE(rooms.size(), 3);
        QCOMPARE(rooms.at(1).toMap().value("c"_L1).toString(), u"#prod"_s);
        QCOMPARE(rooms.at(1).toMap().value("environment"_L1).toString(), u"production"_s);
    }

    void onlyOneHubPerFolder()
    {
        local::HubCore second(m_folder->filePath(u"hub"_s), m_clock, m_random);
        const auto opened = await(second.open());
        QVERIFY(!opened && opened.error().kind == base::ErrorKind::Denied);
    }

    void closesWhoBreaksTheProtocolAndServesTheOthers_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<bool>("greeted");
        QTest::newRow("no cbor") << QByteArray("\xff\xff") << true;
        QTest::newRow("no map") << QCborValue(7).toCbor() << true;
        QTest::newRow("rest after the map") << encodeFrame({{"t"_L1, "typing"_L1}}) + "x" << true;
        QTest::newRow("too deep") << deep(local::kMaxFrameDepth + 1) << true;
        QTest::newRow("very deep") << QByteArray(100'000, '\x81') << true;
        QTest::newRow("a number as key") << QCborMap{{1, 2}}.toCborValue().toCbor() << true;
        QTest::newRow("request before hello") << encodeFrame({{"t"_L1, "request"_L1}, {"id"_L1, 1}, {"do"_L1, "ping"_L1}}) << false;
        QTest::newRow("hello twice") << encodeFrame({{"t"_L1, "hello"_L1}, {"v"_L1, 1}, {"user"_L1, "x"_L1}}) << true;
        QTest::newRow("unknown type") << encodeFrame({{"t"_L1, "what"_L1}}) << true;
        QTest::newRow("request without id") << encodeFrame({{"t"_L1, "request"_L1}, {"do"_L1, "ping"_L1}}) << true;
        QTest::newRow("text is a number") << encodeFrame(
            {{"t"_L1, "request"_L1}, {"id"_L1, 1}, {"do"_L1, "send"_L1}, {"txn"_L1, "t"_L1}, {"c"_L1, "#ops"_L1}, {"text"_L1, 1}})
                                          << true;
        QTest::newRow("no transaction") << encodeFrame(
            {{"t"_L1, "request"_L1}, {"id"_L1, 1}, {"do"_L1, "send"_L1}, {"txn"_L1, ""_L1}, {"c"_L1, "#ops"_L1}, {"text"_L1, "x"_L1}})
                                        << true;
        QTest::newRow("history of a million") << encodeFrame(
            {{"t"_L1, "request"_L1}, {"id"_L1, 1}, {"do"_L1, "history"_L1}, {"c"_L1, "#ops"_L1}, {"before"_L1, 0}, {"limit"_L1, 1'000'000}})
                                              << true;
        QTest::newRow("a frame over the limit") << encodeFrame({{"t"_L1, "typing"_L1}, {"c"_L1, QString(local::kMaxRequestBytes, u'x')}}) << true;
        QTest::newRow("a tag") << encodeFrame({{"t"_L1, "typing"_L1}, {"c"_L1, QCborValue(QUrl(u"x:"_s))}}) << true;
    }
    void closesWhoBreaksTheProtocolAndServesTheOthers()
    {
        QFETCH(QByteArray, frame);
        QFETCH(bool, greeted);
        Speaker good(*m_hub, u"good"_s), bad(*m_hub, greeted ? u"bad"_s : QString());
        bad.channel->send(frame);
        QTRY_VERIFY(bad.closed);
        QCOMPARE(bad.bye(), u"Protocol"_s);
        const auto id = good.ask({{"do"_L1, "ping"_L1}});
        QTRY_VERIFY(good.reply(id));
    }

    void refusesOtherVersionsAndNames()
    {
        Speaker newer(*m_hub, u"ana"_s, {{"v"_L1, local::kProtocolVersion + 1}});
        QTRY_COMPARE(newer.bye(), u"Incompatible"_s);
        for (const auto& [name, fits] : {std::pair(QString(local::kMaxUserLength, u'n'), true), {QString(local::kMaxUserLength + 1, u'n'), false},
                 {u" ana"_s, false}, {u"a|b"_s, false}, {u"a\nb"_s, false}}) {
            Speaker speaker(*m_hub, name);
            QTRY_VERIFY(fits ? speaker.find("welcome"_L1).has_value() : speaker.bye() == u"Invalid");
        }
    }

    void waitsForAHelloOnlySoLong()
    {
        Speaker silent(*m_hub);
        m_clock.advance(local::kHelloTimeout);
        QTRY_COMPARE(silent.bye(), u"Timeout"_s);
    }

    void asksNoBotAboutAMessageWithFiles()
    {
        int begun = 0;
        m_hub->addBot(std::make_unique<EagerBot>(begun));
        Speaker ana(*m_hub, u"ana"_s);
        QCborMap message{{"do"_L1, "send"_L1}, {"c"_L1, "#ops"_L1}, {"txn"_L1, "t1"_L1}, {"text"_L1, "runner purge"_L1}};
        auto id = ana.ask(message);
        QTRY_VERIFY(ana.reply(id));
        QVERIFY(!ana.reply(id)->value("run"_L1).toString().isEmpty());
        QTRY_COMPARE(begun, 1);

        id = ana.ask({{"do"_L1, "file.begin"_L1}, {"c"_L1, "#ops"_L1}, {"bytes"_L1, 1}});
        QTRY_VERIFY(ana.reply(id));
        const auto file = ana.reply(id)->value("file"_L1).toString();
        id = ana.ask({{"do"_L1, "file.put"_L1}, {"file"_L1, file}, {"offset"_L1, 0}, {"piece"_L1, QByteArray("x")}});
        QTRY_VERIFY(ana.reply(id));
        message.insert("txn"_L1, "t2"_L1);
        message.insert("files"_L1, QCborArray{QCborMap{{"id"_L1, file}, {"name"_L1, "a.txt"_L1}, {"bytes"_L1, 1}}});
        id = ana.ask(message);
        QTRY_VERIFY(ana.reply(id));
        QVERIFY(!ana.reply(id)->value("m"_L1).toString().isEmpty());
        QVERIFY(ana.reply(id)->value("run"_L1).toString().isEmpty());
        QCOMPARE(begun, 1);
    }

    void knowsHowLargeAMessageIsOnTheWire()
    {
        auto message = largest(10, 20'000);
        for (int i = 0; i < store::HubDatabase::kMaxReactionsPerMessage; ++i) {
            chat::Reaction reaction{QString(local::kMaxReactionLength, u'語'), {}};
            for (int user = 0; user < local::kMaxUsers; ++user)
                reaction.by.append(message.sender);
            message.reactions.append(reaction);
        }
        const auto bytes = store::wireBytes(message);
        QVERIFY(encodeFrame(local::encode(message, message.sender)).size() <= bytes);
        QVERIFY(bytes + local::kFrameFillBytes < net::FrameChannel::kMaxFrameBytes); // one over the edge of a list does no harm
        QVERIFY(store::wireBytes({}) < 1024); // and a small one is not made large
    }

    void aPageOfManyFilesFitsIntoAFrame()
    {
        store::HubDatabase database(m_folder->filePath(u"pages.db"_s));
        QVERIFY(database.open(u"hub"_s, 1));
        store::HubConversation room;
        room.conversation.id = base::ConversationId(store::hubAccount(), u"#ops"_s);
        room.conversation.name = u"#ops"_s;
        QList<store::HubWrite> writes{room};
        for (int i = 0; i < store::HubDatabase::kMaxPageEvents; ++i)
            writes.append(store::HubPost{largest(10 + i, 1), std::nullopt});
        QVERIFY(database.write(writes));
        const auto sizeOf = [](const chat::Message& message) { return encodeFrame(local::encode(message, message.sender)).size(); };

        const auto page = database.changesAfter(base::UserId(u"ana"_s), 0);
        QVERIFY(page && page->more && !page->changes.isEmpty());
        qint64 bytes = 0;
        for (const auto& change : page->changes)
            bytes += sizeOf(std::get<chat::Message>(change.what));
        QVERIFY2(bytes <= store::HubDatabase::kMaxPageBytes, qPrintable(QString::number(bytes)));

        const auto history = database.history(u"#ops"_s, 0, local::kMaxHistoryMessages);
        QVERIFY(history && !history->reachedStart && !history->messages.isEmpty());
        bytes = 0;
        for (const auto& message : history->messages)
            bytes += sizeOf(message);
        QVERIFY2(bytes <= store::HubDatabase::kMaxPageBytes, qPrintable(QString::number(bytes)));
    }

    void takesRoomNamesUpToTheLimit_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("key");
        const auto longest = QString(local::kMaxRoomNameLength, u'r');
        QTest::newRow("limit") << longest << u'#' + longest;
        QTest::newRow("limit + 1") << longest + u'r' << QString();
        QTest::newRow("zero") << u"#"_s << QString();
        QTest::newRow("space") << u"a b"_s << QString();
        QTest::newRow("there already, in capitals") << u"OPS"_s << u"#ops"_s;
    }
    void takesRoomNamesUpToTheLimit()
    {
        QFETCH(QString, name);
        QFETCH(QString, key);
        Speaker ana(*m_hub, u"ana"_s);
        const auto id = ana.ask({{"do"_L1, "join"_L1}, {"name"_L1, name}});
        QTRY_VERIFY(ana.reply(id));
        QCOMPARE(ana.reply(id)->value("c"_L1).toString(), key);
        QCOMPARE(ana.reply(id)->contains("kind"_L1), key.isEmpty());
    }

    void endsTypingBySilence()
    {
        Speaker ana(*m_hub, u"ana"_s), bob(*m_hub, u"bob"_s);
        QTRY_VERIFY(ana.find("sync"_L1) && bob.find("sync"_L1));
        ana.say({{"t"_L1, "typing"_L1}, {"c"_L1, "#ops"_L1}, {"on"_L1, true}});
        QTRY_COMPARE(bob.count("typing"_L1), 1);
        m_clock.advance(local::kTypingExpires - 1ms);
        ana.say({{"t"_L1, "typing"_L1}, {"c"_L1, "#ops"_L1}, {"on"_L1, true}});
        const auto id = ana.ask({{"do"_L1, "ping"_L1}});
        QTRY_VERIFY(ana.reply(id));
        m_clock.advance(local::kTypingExpires - 1ms);
        QCOMPARE(bob.count("typing"_L1), 1); // went on
        m_clock.advance(1ms);
        QTRY_COMPARE(bob.count("typing"_L1), 2);
        QVERIFY(!bob.heard.last().value("on"_L1).toBool());
    }

    void relaysNoMoreLinkFramesThanTheBudget()
    {
        Speaker ana(*m_hub, u"ana"_s), bob(*m_hub, u"bob"_s);
        QTRY_VERIFY(ana.find("sync"_L1) && bob.find("sync"_L1));
        for (int i = 0; i < 2 * int(local::kLinkFrameBurst); ++i)
            ana.say({{"t"_L1, "link"_L1}, {"c"_L1, "#ops"_L1}, {"peer"_L1, "bob"_L1}, {"frame"_L1, QByteArray("x")}});
        const auto id = ana.ask({{"do"_L1, "ping"_L1}});
        QTRY_VERIFY(ana.reply(id));
        QTRY_COMPARE(bob.count("link"_L1), int(local::kLinkFrameBurst));
        m_clock.advance(1s);
        ana.say({{"t"_L1, "link"_L1}, {"c"_L1, "#ops"_L1}, {"peer"_L1, "bob"_L1}, {"frame"_L1, QByteArray("y")}});
        QTRY_COMPARE(bob.count("link"_L1), int(local::kLinkFrameBurst) + 1);
    }

    void sendsASlowClientOnlySoMuchAndEverythingInTheEnd()
    {
        Speaker ana(*m_hub, u"ana"_s);
        constexpr int kMessages = 200;
        qint64 last = 0;
        for (int i = 0; i < kMessages; ++i)
            last = ana.ask({{"do"_L1, "send"_L1}, {"c"_L1, "#ops"_L1}, {"txn"_L1, QString::number(i)}, {"text"_L1, QString(60'000, u'x')}});
        QTRY_VERIFY_WITH_TIMEOUT(ana.reply(last), 30'000);
        auto slow = std::make_unique<HeldChannel>();
        auto* held = slow.get();
        m_hub->attach(std::move(slow));
        emit held->received(encodeFrame({{"t"_L1, "hello"_L1}, {"v"_L1, local::kProtocolVersion}, {"user"_L1, "slow"_L1}}));
        QTRY_VERIFY(held->bytesToWrite() > local::kCongestedBytes);
        // Live ones while it is behind come in their turn.
        last = ana.ask({{"do"_L1, "send"_L1}, {"c"_L1, "#ops"_L1}, {"txn"_L1, "live"_L1}, {"text"_L1, "live"_L1}});
        QTRY_VERIFY(ana.reply(last));
        QList<qint64> orders;
        const auto take = [&] {
            for (const auto& map : held->takeAll())
                for (const auto& event : map.value("events"_L1).toArray())
                    orders.append(QCborValue(event).toMap().value("m"_L1).toMap().value("order"_L1).toInteger());
            return int(orders.size());
        };
        QTRY_COMPARE_WITH_TIMEOUT(take(), kMessages + 1, 30'000);
        QVERIFY(std::is_sorted(orders.cbegin(), orders.cend()));
        QCOMPARE(QSet<qint64>(orders.cbegin(), orders.cend()).size(), kMessages + 1);
        QVERIFY2(held->peak < local::kCongestedBytes + 2 * local::kFrameFillBytes, qPrintable(QString::number(held->peak)));
        QVERIFY(!held->isClosed());
    }

private:
    static QByteArray deep(int levels)
    {
        QCborValue value(1);
        for (int i = 1; i < levels; ++i)
            value = QCborArray{value};
        return encodeFrame({{"t"_L1, "typing"_L1}, {"c"_L1, value}});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    FakeRandom m_random;
    std::unique_ptr<local::HubCore> m_hub;
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::HubTest)
#include "tst_hub.moc"
