// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/catchup.h"
#include "xmppdialogue.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using xmpp::Archive;
using xmpp::ArchivePage;
using xmpp::ArchiveQuery;
using xmpp::CatchUp;
using xmpp::Element;

namespace {

constexpr auto kRoom = "ops@conference.chat.test";

/// Ana's session, and the archives that the test speaks for.
struct ArchiveDialogue
{
    ArchiveDialogue()
    {
        xmpp.enterPlainly();
        xmpp.server.skip();
        archive = std::make_unique<Archive>(*xmpp.session);
    }

    void ask(const ArchiveQuery& query)
    {
        archive->page(query).then(&context, [this](const base::Expected<ArchivePage>& page) { answers.push_back(page); });
    }
    static ArchiveQuery roomQuery(int limit = 200)
    {
        ArchiveQuery query;
        query.archive = *xmpp::Jid::parse(QString::fromLatin1(kRoom));
        query.limit = limit;
        return query;
    }
    bool asksNothing()
    {
        QCoreApplication::processEvents();
        return archive->open() == 0;
    }
    /// Takes the next question; its ids are known from then on.
    Element takeQuestion()
    {
        Element iq = xmpp.server.next();
        while (iq.has(u"ping", xmpp::ns::kPing)) // the session's way to know what was read
            iq = xmpp.server.next();
        iqId = iq.attribute(u"id").toUtf8();
        asked = iq.attribute(u"to").toUtf8();
        const Element* query = iq.find(u"query", xmpp::ns::kArchive);
        queryId = query ? query->attribute(u"queryid").toUtf8() : QByteArray();
        return query ? *query : Element();
    }
    static QByteArray resultOf(const QByteArray& from, const QByteArray& queryId, const QByteArray& id)
    {
        return "<message to='ana@chat.test/desk'" + (from.isEmpty() ? QByteArray() : " from='" + from + "'")
            + "><result xmlns='urn:xmpp:mam:2' queryid='" + queryId + "' id='" + id
            + "'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2023-11-14T22:00:00Z'/>"
              "<message xmlns='jabber:client' from='ops@conference.chat.test/bob' type='groupchat' id='m"
            + id + "'><body>said</body></message></forwarded></result></message>";
    }
    void give(int from, int count)
    {
        for (int i = from; i < from + count; ++i)
            xmpp.server.say(resultOf(asked, queryId, QByteArray::number(i)));
    }
    void finish(const QByteArray& attributes = "complete='true'", const QByteArray& set = {})
    {
        xmpp.server.say("<iq type='result' id='" + iqId + "' from='" + (asked.isEmpty() ? QByteArray("ana@chat.test") : asked)
            + "'><fin xmlns='urn:xmpp:mam:2' " + attributes + "><set xmlns='http://jabber.org/protocol/rsm'>" + set + "</set></fin></iq>");
    }
    void refuse(const QByteArray& condition)
    {
        xmpp.server.say("<iq type='error' id='" + iqId + "' from='" + asked + "'><error type='cancel'><" + condition
            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    }
    bool waitForAnswer(size_t count = 1)
    {
        return QTest::qWaitFor([this, count] { return answers.size() >= count; });
    }

    XmppDialogue xmpp;
    std::unique_ptr<Archive> archive;
    QObject context;
    std::vector<base::Expected<ArchivePage>> answers;
    QByteArray iqId, queryId, asked;
};

/// Catching up, and what it told.
struct CatchingUp : ArchiveDialogue
{
    explicit CatchingUp(const QString& lastId)
    {
        catchUp = std::make_unique<CatchUp>(*archive, roomQuery().archive, lastId);
        QObject::connect(catchUp.get(), &CatchUp::page, &context, [this](const ArchivePage& page, bool isAfterGap) {
            stanzas += page.stanzas.size();
            told << (isAfterGap ? "gap" : "page");
        });
        QObject::connect(catchUp.get(), &CatchUp::ended, &context,
            [this](const base::Status& status) { told << (status ? QByteArray("done") : toString(status.error().kind).toLatin1()); });
        catchUp->next();
    }
    bool waitFor(const QByteArrayList& wanted)
    {
        return QTest::qWaitFor([&] { return told == wanted; });
    }

    std::unique_ptr<CatchUp> catchUp;
    size_t stanzas = 0;
    QByteArrayList told;
};

} // namespace

class TestXmppArchive : public QObject
{
    Q_OBJECT
private slots:
    void asksForTheNewest();
    void asksOurOwnWithoutAName();
    void asksForAPlaceAndATime();
    void limitsAPage_data();
    void limitsAPage();
    void givesAPage();
    void takesOnlyWhatTheArchiveAskedGives_data();
    void takesOnlyWhatTheArchiveAskedGives();
    void takesNothingBehindTheEnd();
    void skipsResultsWithoutSense();
    void refusesMoreThanWasAskedFor();
    void keepsTwoQuestionsApart();
    void tellsThatAnIdHasExpired();
    void cancels();
    void endsWithTheConnection();
    void mayGoAwayWhileAsking();
    void catchesUpPageByPage();
    void asksForNoMoreThanIsTaken();
    void tellsTheGapOfAnArchiveThatExpired();
    void takesTheNewestPageWhenNothingIsKnown();
    void endsWithAnArchiveThatDoesNotGoOn();
    void endsOnceAtTheEnd();
};

void TestXmppArchive::asksForTheNewest()
{
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery(50));
    const Element query = dialogue.takeQuestion();
    QCOMPARE(dialogue.asked, QByteArray(kRoom));
    QCOMPARE(query.toXml(xmpp::ns::kArchive),
        "<query queryid='" + dialogue.queryId
            + "'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field></x>"
              "<set xmlns='http://jabber.org/protocol/rsm'><max>50</max><before/></set></query>");
}

void TestXmppArchive::asksOurOwnWithoutAName()
{
    ArchiveDialogue dialogue;
    ArchiveQuery query;
    query.archive = *xmpp::Jid::parse(u"ana@chat.test");
    query.with = *xmpp::Jid::parse(u"bob@chat.test");
    dialogue.ask(query);
    const Element question = dialogue.takeQuestion();
    QCOMPARE(dialogue.asked, QByteArray());
    QVERIFY(question.toXml().contains("<field var='with'><value>bob@chat.test</value></field>"));
    dialogue.xmpp.server.say(ArchiveDialogue::resultOf("ana@chat.test", dialogue.queryId, "1"));
    dialogue.xmpp.server.say(ArchiveDialogue::resultOf({}, dialogue.queryId, "2"));
    dialogue.finish();
    QVERIFY(dialogue.waitForAnswer());
    QCOMPARE(dialogue.answers[0]->stanzas.size(), 2u);
}

void TestXmppArchive::asksForAPlaceAndATime()
{
    ArchiveDialogue dialogue;
    ArchiveQuery query = ArchiveDialogue::roomQuery();
    query.place = ArchiveQuery::Place::Before;
    query.id = u"x<y"_s;
    query.startMs = 1'700'000'000'123;
    query.endMs = 1'700'000'001'000;
    dialogue.ask(query);
    QByteArray xml = dialogue.takeQuestion().toXml();
    QVERIFY(xml.contains("<before>x&lt;y</before>"));
    QVERIFY(xml.contains(
        "<field var='start'><value>2023-11-14T22:13:20.123Z</value></field><field var='end'><value>2023-11-14T22:13:21.000Z</value></field>"));
    query.place = ArchiveQuery::Place::After;
    dialogue.ask(query);
    xml = dialogue.takeQuestion().toXml();
    QVERIFY(xml.contains("<after>x&lt;y</after>") && !xml.contains("<before"));
    query.id.clear();
    dialogue.ask(query);
    xml = dialogue.takeQuestion().toXml();
    QVERIFY(!xml.contains("<after") && !xml.contains("<before"));
}

void TestXmppArchive::limitsAPage_data()
{
    QTest::addColumn<int>("wanted");
    QTest::addColumn<QByteArray>("asked");
    QTest::newRow("none") << 0 << QByteArray("<max>1</max>");
    QTest::newRow("most") << xmpp::kMaxArchivePage << QByteArray("<max>200</max>");
    QTest::newRow("one more") << xmpp::kMaxArchivePage + 1 << QByteArray("<max>200</max>");
}

void TestXmppArchive::limitsAPage()
{
    QFETCH(int, wanted);
    QFETCH(QByteArray, asked);
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery(wanted));
    QVERIFY(dialogue.takeQuestion().toXml().contains(asked));
}

void TestXmppArchive::givesAPage()
{
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    dialogue.give(1, 3);
    dialogue.finish("complete='false' stable='true'", "<first index='0'>1</first><last>3</last><count>42</count>");
    QVERIFY(dialogue.waitForAnswer());
    const ArchivePage page = *dialogue.answers[0];
    QCOMPARE(page.stanzas.size(), 3u);
    QCOMPARE(page.stanzas[0].id, u"1"_s);
    QCOMPARE(page.stanzas[2].stanza.attribute(u"id"), u"m3"_s);
    QCOMPARE(page.stanzas[0].timeMs, qint64(1'699'999'200'000));
    QCOMPARE(page.stanzas[0].archive.toString(), QString::fromLatin1(kRoom));
    QCOMPARE(page.first, u"1"_s);
    QCOMPARE(page.last, u"3"_s);
    QCOMPARE(page.count, std::optional<qint64>(42));
    QVERIFY(!page.isComplete);
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    dialogue.finish();
    QVERIFY(dialogue.waitForAnswer(2));
    QVERIFY(dialogue.answers[1]->isComplete);
    QVERIFY(dialogue.answers[1]->stanzas.empty() && !dialogue.answers[1]->count);
}

void TestXmppArchive::takesOnlyWhatTheArchiveAskedGives_data()
{
    QTest::addColumn<QByteArray>("from");
    for (const char* from : {"", "eve@evil.test", "chat.test", "conference.chat.test", "ana@chat.test", "ops@conference.chat.test/eve",
             "other@conference.chat.test", "@"})
        QTest::newRow(from) << QByteArray(from);
}

void TestXmppArchive::takesOnlyWhatTheArchiveAskedGives()
{
    QFETCH(QByteArray, from);
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    dialogue.xmpp.server.say(ArchiveDialogue::resultOf(from, dialogue.queryId, "forged"));
    dialogue.xmpp.server.say(ArchiveDialogue::resultOf(kRoom, "other", "nobody"));
    dialogue.xmpp.server.say(ArchiveDialogue::resultOf("OPS@conference.chat.test", dialogue.queryId, "real"));
    dialogue.finish();
    QVERIFY(dialogue.waitForAnswer());
    QCOMPARE(dialogue.answers[0]->stanzas.size(), 1u);
    QCOMPARE(dialogue.answers[0]->stanzas[0].id, u"real"_s);
}

void TestXmppArchive::takesNothingBehindTheEnd()
{
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    dialogue.finish();
    dialogue.give(1, 1);
    QVERIFY(dialogue.waitForAnswer());
    QVERIFY(dialogue.answers[0]->stanzas.empty());
    QCOMPARE(dialogue.archive->open(), 0);
}

void TestXmppArchive::skipsResultsWithoutSense()
{
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    const QByteArray good = ArchiveDialogue::resultOf(kRoom, dialogue.queryId, "1");
    for (const auto& [part, other] : std::initializer_list<std::pair<QByteArray, QByteArray>>{{"2023-11-14T22:00:00Z", "soon"}, {"id='1'", "id=''"},
             {"id='1'", "id='" + QByteArray(513, 'i') + "'"}, {"<forwarded xmlns='urn:xmpp:forward:0'>", "<forwarded xmlns='urn:x'>"},
             {"<message xmlns='jabber:client'", "<message xmlns='urn:x'"}})
        dialogue.xmpp.server.say(QByteArray(good).replace(part, other));
    dialogue.xmpp.server.say(good);
    dialogue.finish();
    QVERIFY(dialogue.waitForAnswer());
    QCOMPARE(dialogue.answers[0]->stanzas.size(), 1u);
}

void TestXmppArchive::refusesMoreThanWasAskedFor()
{
    for (const int given : {2, 3}) {
        ArchiveDialogue dialogue;
        dialogue.ask(ArchiveDialogue::roomQuery(2));
        dialogue.takeQuestion();
        dialogue.give(1, given);
        dialogue.finish();
        QVERIFY(dialogue.waitForAnswer());
        QCOMPARE(bool(dialogue.answers[0]), given == 2);
    }
}

void TestXmppArchive::keepsTwoQuestionsApart()
{
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    const QByteArray firstQuery = dialogue.queryId, firstIq = dialogue.iqId;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    dialogue.give(10, 2);
    dialogue.xmpp.server.say(ArchiveDialogue::resultOf(kRoom, firstQuery, "1"));
    dialogue.finish();
    QVERIFY(dialogue.waitForAnswer());
    QCOMPARE(dialogue.answers[0]->stanzas.size(), 2u);
    dialogue.iqId = firstIq;
    dialogue.finish();
    QVERIFY(dialogue.waitForAnswer(2));
    QCOMPARE(dialogue.answers[1]->stanzas.size(), 1u);
}

void TestXmppArchive::tellsThatAnIdHasExpired()
{
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    dialogue.refuse("item-not-found");
    QVERIFY(dialogue.waitForAnswer());
    QVERIFY(dialogue.answers[0].error().kind == ErrorKind::NotFound);
}

void TestXmppArchive::cancels()
{
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    dialogue.archive->cancel();
    dialogue.give(1, 1);
    dialogue.finish();
    QVERIFY(dialogue.waitForAnswer());
    QVERIFY(dialogue.answers[0].error().kind == ErrorKind::Cancelled);
    QCOMPARE(dialogue.answers.size(), 1u);
}

void TestXmppArchive::endsWithTheConnection()
{
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    dialogue.xmpp.server.hangUp();
    QVERIFY(dialogue.waitForAnswer());
    QVERIFY(dialogue.answers[0].error().kind == ErrorKind::Offline);
}

void TestXmppArchive::mayGoAwayWhileAsking()
{
    ArchiveDialogue dialogue;
    dialogue.ask(ArchiveDialogue::roomQuery());
    dialogue.takeQuestion();
    dialogue.archive.reset();
    dialogue.give(1, 1);
    dialogue.finish();
    QVERIFY(dialogue.waitForAnswer());
    QVERIFY(dialogue.answers[0].error().kind == ErrorKind::Cancelled);
}

// ---- catching up ----

void TestXmppArchive::catchesUpPageByPage()
{
    CatchingUp dialogue(u"0"_s);
    QVERIFY(dialogue.takeQuestion().toXml().contains("<after>0</after>"));
    dialogue.give(1, 200);
    dialogue.finish("", "<first>1</first><last>200</last>");
    QVERIFY(dialogue.waitFor({"page"}));
    dialogue.catchUp->next();
    QVERIFY(dialogue.takeQuestion().toXml().contains("<after>200</after>"));
    dialogue.give(201, 10);
    dialogue.finish("complete='true'", "<first>201</first><last>210</last>");
    QVERIFY(dialogue.waitFor({"page", "page"}));
    QCOMPARE(dialogue.stanzas, 210u);
    dialogue.catchUp->next();
    QVERIFY(dialogue.waitFor({"page", "page", "done"}));
    QVERIFY(dialogue.asksNothing());
}

void TestXmppArchive::asksForNoMoreThanIsTaken()
{
    CatchingUp dialogue(u"0"_s);
    dialogue.takeQuestion();
    dialogue.catchUp->next(); // one is open
    dialogue.give(1, 1);
    dialogue.finish("", "<last>1</last>");
    QVERIFY(dialogue.waitFor({"page"}));
    QVERIFY(dialogue.asksNothing());
}

void TestXmppArchive::tellsTheGapOfAnArchiveThatExpired()
{
    CatchingUp dialogue(u"0"_s);
    dialogue.takeQuestion();
    dialogue.refuse("item-not-found");
    QVERIFY(dialogue.takeQuestion().toXml().contains("<before"));
    dialogue.give(500, 3);
    dialogue.finish("complete='false'");
    QVERIFY(dialogue.waitFor({"gap"}));
    dialogue.catchUp->next();
    QVERIFY(dialogue.waitFor({"gap", "done"}));
    CatchingUp gone(u"0"_s);
    gone.takeQuestion();
    gone.refuse("item-not-found");
    gone.takeQuestion();
    gone.refuse("item-not-found");
    QVERIFY(gone.waitFor({"NotFound"}));
}

void TestXmppArchive::takesTheNewestPageWhenNothingIsKnown()
{
    CatchingUp dialogue({});
    QVERIFY(dialogue.takeQuestion().toXml().contains("<before"));
    dialogue.finish();
    QVERIFY(dialogue.waitFor({"page"})); // an empty one, that says whether it is all
    dialogue.catchUp->next();
    QVERIFY(dialogue.waitFor({"page", "done"}));
}

void TestXmppArchive::endsWithAnArchiveThatDoesNotGoOn()
{
    for (const QByteArray last : {"", "<last>0</last>"}) {
        CatchingUp dialogue(u"0"_s);
        dialogue.takeQuestion();
        dialogue.finish("complete='false'", last);
        QVERIFY(dialogue.waitFor({"Protocol"}));
    }
}

void TestXmppArchive::endsOnceAtTheEnd()
{
    CatchingUp dialogue(u"0"_s);
    dialogue.takeQuestion();
    dialogue.xmpp.server.hangUp();
    QVERIFY(dialogue.waitFor({"Offline"}));
    dialogue.catchUp->next();
    QCoreApplication::processEvents();
    QCOMPARE(dialogue.told, QByteArrayList{"Offline"});
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppArchive)
#include "tst_xmpparchive.moc"
