// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "people.h"
#include "pepstanzas.h"

#include "xmpp/avatars.h"

#include <QCryptographicHash>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using xmpp::Avatars;

namespace {

const QByteArray kNode = "urn:xmpp:avatar:metadata";
const xmpp::Jid kBob = jid(u"bob@chat.test"_s), kInRoom = jid(u"ops@muc.test/carl"_s);
const QByteArray kPicture = "\x89PNG\r\n\x1a\n of bob";

QByteArray hashOf(const QByteArray& bytes) { return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex(); }
QByteArray info(const QByteArray& id, const QByteArray& bytes = "15", const QByteArray& type = "image/png", const QByteArray& more = {})
{
    return "<info id='" + id + "' bytes='" + bytes + "' type='" + type + "'" + more + "/>";
}
QByteArray metadata(const QByteArray& infos, const QByteArray& from = "bob@chat.test")
{
    return pepEvent(kNode, pepItem("i", "<metadata xmlns='urn:xmpp:avatar:metadata'>" + infos + "</metadata>"), from);
}
QByteArray update(const QByteArray& from, const QByteArray& photo, const QByteArray& more = {})
{
    return "<presence from='" + from + "'><x xmlns='vcard-temp:x:update'>" + photo + "</x>" + more + "</presence>";
}
QByteArray photo(const QByteArray& hash) { return "<photo>" + hash + "</photo>"; }
const QByteArray kMuc = "<x xmlns='http://jabber.org/protocol/muc#user'/>";

struct Gallery : Desk
{
    Avatars avatars{outlet, self(), [](const xmpp::Jid& bare) { return bare.domain() == u"chat.test"; }};
    QStringList changed;

    Gallery()
    {
        QObject::connect(&avatars, &Avatars::changed, &avatars, [this](const xmpp::Jid& who) { changed << who.toString(); });
    }
    bool hear(const QByteArray& xml) { return avatars.handle(ScriptedStream::read(xml)); }
    void see(const QByteArray& xml) { avatars.see(ScriptedStream::read(xml)); }
    QByteArray hash(const xmpp::Jid& who = kBob) const { return avatars.hash(who).toLatin1(); }
    QByteArray expectQuestion(const QByteArray& id, const QByteArray& of = "bob@chat.test")
    {
        return expectRequest("<iq type='get' to='" + of + "'>" + pepItems("urn:xmpp:avatar:data", "<item id='" + id + "'/>") + "</iq>");
    }
    void give(const QByteArray& question, const QByteArray& id, const QByteArray& base64, const QByteArray& from = "bob@chat.test")
    {
        answer(question, pepItems("urn:xmpp:avatar:data", pepItem(id, "<data xmlns='urn:xmpp:avatar:data'>" + base64 + "</data>")), from);
    }
    /// Fetched, as the server gives it.
    base::Expected<QByteArray> fetch(const QByteArray& base64, const QByteArray& id)
    {
        const auto bytes = avatars.fetch(kBob);
        give(expectQuestion(id), id, base64);
        return answerOf(bytes);
    }
};

} // namespace

class TestXmppAvatars : public QObject
{
    Q_OBJECT
private slots:
    void learnsWhoHasWhich();
    void takesTheFirstThatIsOfUse_data();
    void takesTheFirstThatIsOfUse();
    void ignoresStrangers_data();
    void ignoresStrangers();
    void knowsItsOwn();
    void fetchesAndKeeps();
    void fetchesOnceForAllWhoAsk();
    void takesNoBytesButTheRightOnes_data();
    void takesNoBytesButTheRightOnes();
    void asksNoMoreWhereNothingOfUseCame();
    void asksAgainWhatGotLost();
    void believesNoAnswerOfSomebodyElse();
    void learnsFromPresenceInRooms();
    void fetchesFromCards();
    void believesWhatIsPublishedBeforeCards();
    void forgetsRoomsOnANewStream();
    void knowsKindsOfPictures_data();
    void knowsKindsOfPictures();
    void fetchesSoLargeAndNoLarger();
    void asksSoManyAtATime();
    void listsSoManyPeopleAndNoMore();
};

void TestXmppAvatars::learnsWhoHasWhich()
{
    Gallery gallery;
    const QByteArray first = hashOf("1"), second = hashOf("2");
    QVERIFY(gallery.hear(metadata(info(first))));
    QCOMPARE(gallery.hash(), first);
    QVERIFY(gallery.hear(metadata(info(first))));
    QVERIFY(gallery.hear(metadata(info(second.toUpper()))));
    QCOMPARE(gallery.hash(), second);
    QVERIFY(gallery.hear(metadata({}))); // none any more
    QCOMPARE(gallery.hash(), QByteArray());
    QCOMPARE(gallery.changed, QStringList({u"bob@chat.test"_s, u"bob@chat.test"_s, u"bob@chat.test"_s}));
    QVERIFY(answerOf(gallery.avatars.fetch(kBob)).error().kind == ErrorKind::NotFound);
    QVERIFY(gallery.hear(metadata(info(first))));
    QVERIFY(gallery.hear(
        "<message from='bob@chat.test'><event xmlns='http://jabber.org/protocol/pubsub#event'><delete node='" + kNode + "'/></event></message>"));
    QCOMPARE(gallery.hash(), QByteArray());
}

void TestXmppAvatars::takesTheFirstThatIsOfUse_data()
{
    QTest::addColumn<QByteArray>("useless");
    const QByteArray other = hashOf("other");
    QTest::newRow("on the web") << info(other, "15", "image/png", " url='https://evil.test/who-looks.png'");
    QTest::newRow("a drawing") << info(other, "15", "image/svg+xml");
    QTest::newRow("too large") << info(other, QByteArray::number(Avatars::kMaxBytes + 1));
    QTest::newRow("empty") << info(other, "0");
    QTest::newRow("less than nothing") << info(other, "-1");
    QTest::newRow("no size") << info(other, "");
    QTest::newRow("no hash") << info("x");
    QTest::newRow("no hash of its kind") << info(QByteArray(40, 'g'));
    QTest::newRow("a long hash") << info(other + "0");
}

void TestXmppAvatars::takesTheFirstThatIsOfUse()
{
    QFETCH(QByteArray, useless);
    Gallery gallery;
    QVERIFY(gallery.hear(metadata(useless)));
    QCOMPARE(gallery.hash(), QByteArray());
    const QByteArray wanted = hashOf("1");
    QVERIFY(gallery.hear(metadata(useless + info(wanted, QByteArray::number(Avatars::kMaxBytes), "image/webp") + info(hashOf("2")))));
    QCOMPARE(gallery.hash(), wanted);
}

void TestXmppAvatars::ignoresStrangers_data()
{
    QTest::addColumn<QByteArray>("stanza");
    QTest::addColumn<bool>("isOurs");
    QTest::newRow("a stranger") << metadata(info(hashOf("1")), "eve@evil.test") << true;
    QTest::newRow("another node") << pepEvent("urn:xmpp:other", pepItem("i", "<metadata xmlns='urn:xmpp:avatar:metadata'/>"), "bob@chat.test")
                                  << false;
    QTest::newRow("another thing") << pepEvent(kNode, pepItem("i", "<x xmlns='urn:x'/>"), "bob@chat.test") << true;
    QTest::newRow("a message") << QByteArray("<message from='bob@chat.test'><body>x</body></message>") << false;
}

void TestXmppAvatars::ignoresStrangers()
{
    QFETCH(QByteArray, stanza);
    QFETCH(bool, isOurs);
    Gallery gallery;
    QCOMPARE(gallery.hear(stanza), isOurs);
    QVERIFY(gallery.changed.isEmpty());
}

void TestXmppAvatars::knowsItsOwn()
{
    Gallery gallery;
    QVERIFY(gallery.hear(metadata(info(hashOf("1")), "ana@chat.test")));
    QCOMPARE(gallery.hash(jid(u"ana@chat.test"_s)), hashOf("1"));
}

void TestXmppAvatars::fetchesAndKeeps()
{
    Gallery gallery;
    const QByteArray id = hashOf(kPicture);
    (void)gallery.hear(metadata(info(id)));
    QByteArray broken = kPicture.toBase64();
    broken.insert(4, "\n "); // lines, as in a letter
    const auto bytes = gallery.fetch(broken, id);
    QVERIFY(bytes);
    QCOMPARE(*bytes, kPicture);
    QCOMPARE(*answerOf(gallery.avatars.fetch(kBob)), kPicture);
    (void)gallery.hear(metadata(info(id), "carl@chat.test")); // the same picture is the same
    QCOMPARE(*answerOf(gallery.avatars.fetch(jid(u"carl@chat.test"_s))), kPicture);
    gallery.expectNothing();
}

void TestXmppAvatars::fetchesOnceForAllWhoAsk()
{
    Gallery gallery;
    const QByteArray id = hashOf(kPicture);
    (void)gallery.hear(metadata(info(id)));
    const auto first = gallery.avatars.fetch(kBob), second = gallery.avatars.fetch(kBob);
    const QByteArray question = gallery.expectQuestion(id);
    gallery.expectNothing();
    gallery.give(question, id, kPicture.toBase64());
    QCOMPARE(*answerOf(first), kPicture);
    QCOMPARE(*answerOf(second), kPicture);
}

void TestXmppAvatars::takesNoBytesButTheRightOnes_data()
{
    QTest::addColumn<QByteArray>("hash");
    QTest::addColumn<QByteArray>("base64");
    QTest::newRow("another picture") << hashOf(kPicture) << (kPicture + "!").toBase64();
    QTest::newRow("nothing") << hashOf(kPicture) << QByteArray();
    QTest::newRow("no Base64") << hashOf(kPicture) << QByteArray("<x xmlns='urn:x'/>?" + kPicture.toBase64());
    QTest::newRow("a page") << hashOf("<html>") << QByteArray("<html>").toBase64();
    QTest::newRow("a drawing") << hashOf("<svg/>") << QByteArray("<svg/>").toBase64();
}

void TestXmppAvatars::takesNoBytesButTheRightOnes()
{
    QFETCH(QByteArray, hash);
    QFETCH(QByteArray, base64);
    Gallery gallery;
    (void)gallery.hear(metadata(info(hash)));
    QVERIFY(gallery.fetch(base64, hash).error().kind == ErrorKind::Invalid);
}

void TestXmppAvatars::asksNoMoreWhereNothingOfUseCame()
{
    Gallery gallery;
    const QByteArray id = hashOf(kPicture);
    (void)gallery.hear(metadata(info(id)));
    QVERIFY(!gallery.fetch("AAAA", id));
    QVERIFY(answerOf(gallery.avatars.fetch(kBob)).error().kind == ErrorKind::Invalid);
    gallery.expectNothing();
    (void)gallery.hear(metadata(info(id), "carl@chat.test")); // who may have it all the same
    const auto bytes = gallery.avatars.fetch(jid(u"carl@chat.test"_s));
    gallery.give(gallery.expectQuestion(id, "carl@chat.test"), id, kPicture.toBase64(), "carl@chat.test");
    QVERIFY(answerOf(bytes));
    QVERIFY(answerOf(gallery.avatars.fetch(kBob)));
}

void TestXmppAvatars::asksAgainWhatGotLost()
{
    Gallery gallery;
    const QByteArray id = hashOf(kPicture);
    (void)gallery.hear(metadata(info(id)));
    for (int i = 0; i < Avatars::kMaxTries; ++i) {
        const auto bytes = gallery.avatars.fetch(kBob);
        gallery.refuse(gallery.expectQuestion(id), "remote-server-timeout", "bob@chat.test");
        QVERIFY(answerOf(bytes).error().kind == ErrorKind::Timeout);
    }
    QVERIFY(answerOf(gallery.avatars.fetch(kBob)).error().kind == ErrorKind::Invalid);
    gallery.expectNothing();
}

void TestXmppAvatars::believesNoAnswerOfSomebodyElse()
{
    Gallery gallery;
    const QByteArray id = hashOf(kPicture);
    (void)gallery.hear(metadata(info(id)));
    const auto bytes = gallery.avatars.fetch(kBob);
    const QByteArray question = gallery.expectQuestion(id);
    gallery.give(question, id, "AAAA", "eve@evil.test");
    gallery.give(question, id, kPicture.toBase64());
    QVERIFY(answerOf(bytes));
}

void TestXmppAvatars::learnsFromPresenceInRooms()
{
    Gallery gallery;
    const QByteArray id = hashOf("1");
    gallery.see(update("ops@muc.test/carl", photo(id), kMuc));
    QCOMPARE(gallery.hash(kInRoom), id);
    gallery.see(update("ops@muc.test/carl", {}, kMuc)); // does not say
    gallery.see("<presence from='ops@muc.test/carl'>" + kMuc + "</presence>");
    QCOMPARE(gallery.hash(kInRoom), id);
    gallery.see(update("ops@muc.test/carl", photo({}), kMuc));
    QCOMPARE(gallery.hash(kInRoom), QByteArray());
    gallery.see(update("ops@muc.test/carl", photo(id), kMuc));
    gallery.see("<presence type='unavailable' from='ops@muc.test/carl'>" + kMuc + "</presence>");
    QCOMPARE(gallery.hash(kInRoom), QByteArray());
    gallery.see(update("bob@chat.test/x", photo(id)));
    QCOMPARE(gallery.hash(), id);
    gallery.see("<presence type='unavailable' from='bob@chat.test/x'/>");
    QCOMPARE(gallery.hash(), id); // a contact has it, there or not
    gallery.see(update("@", photo(id)));
    QCOMPARE(gallery.changed.size(), 5);
}

void TestXmppAvatars::fetchesFromCards()
{
    Gallery gallery;
    const auto card = [](const QByteArray& content) { return "<vCard xmlns='vcard-temp'>" + content + "</vCard>"; };
    gallery.see(update("ops@muc.test/carl", photo(hashOf(kPicture)), kMuc));
    auto bytes = gallery.avatars.fetch(kInRoom);
    gallery.answer(gallery.expectRequest("<iq type='get' to='ops@muc.test/carl'>" + card({}) + "</iq>"),
        card("<PHOTO><TYPE>image/png</TYPE><BINVAL>" + kPicture.toBase64() + "</BINVAL></PHOTO>"), "ops@muc.test/carl");
    QCOMPARE(*answerOf(bytes), kPicture);
    gallery.see(update("ops@muc.test/dora", photo(hashOf("2")), kMuc));
    bytes = gallery.avatars.fetch(jid(u"ops@muc.test/dora"_s));
    gallery.answer(gallery.next().attribute(u"id").toUtf8(), card("<FN>Dora</FN>"), "ops@muc.test/dora");
    QVERIFY(answerOf(bytes).error().kind == ErrorKind::NotFound);
}

void TestXmppAvatars::believesWhatIsPublishedBeforeCards()
{
    Gallery gallery;
    gallery.see(update("bob@chat.test/x", photo(hashOf("card"))));
    (void)gallery.hear(metadata(info(hashOf("published"))));
    gallery.see(update("bob@chat.test/x", photo(hashOf("card"))));
    QCOMPARE(gallery.hash(), hashOf("published"));
}

void TestXmppAvatars::forgetsRoomsOnANewStream()
{
    Gallery gallery;
    (void)gallery.hear(metadata(info(hashOf(kPicture))));
    gallery.see(update("ops@muc.test/carl", photo(hashOf("1")), kMuc));
    const auto bytes = gallery.avatars.fetch(kBob);
    const QByteArray question = gallery.expectQuestion(hashOf(kPicture));
    gallery.avatars.reset();
    QVERIFY(answerOf(bytes).error().kind == ErrorKind::Cancelled);
    gallery.give(question, hashOf(kPicture), kPicture.toBase64());
    QCOMPARE(gallery.hash(), hashOf(kPicture));
    QCOMPARE(gallery.hash(kInRoom), QByteArray());
    QVERIFY(gallery.fetch(kPicture.toBase64(), hashOf(kPicture)));
}

void TestXmppAvatars::knowsKindsOfPictures_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isPicture");
    QTest::newRow("PNG") << kPicture << true;
    QTest::newRow("JPEG") << QByteArray("\xff\xd8\xff\xe0") << true;
    QTest::newRow("GIF of 1987") << QByteArray("GIF87a") << true;
    QTest::newRow("GIF of 1989") << QByteArray("GIF89a") << true;
    QTest::newRow("WebP") << QByteArray("RIFF1234WEBP") << true;
    QTest::newRow("a sound") << QByteArray("RIFF1234WAVE") << false;
    QTest::newRow("cut off") << QByteArray("\x89PNG") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("a page") << QByteArray("<html>") << false;
}

void TestXmppAvatars::knowsKindsOfPictures()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isPicture);
    QCOMPARE(xmpp::isPicture(bytes), isPicture);
}

void TestXmppAvatars::fetchesSoLargeAndNoLarger()
{
    Gallery gallery;
    for (const qsizetype more : {0, 1}) {
        const QByteArray picture = kPicture + QByteArray(Avatars::kMaxBytes - kPicture.size() + more, 'x'), id = hashOf(picture);
        (void)gallery.hear(metadata(info(id)));
        const auto bytes = gallery.fetch(picture.toBase64(), id);
        QCOMPARE(bytes.hasValue(), more == 0);
    }
}

void TestXmppAvatars::asksSoManyAtATime()
{
    Gallery gallery;
    QList<base::Async<QByteArray>> open;
    for (qsizetype i = 0; i <= Avatars::kMaxOpen; ++i) {
        const QByteArray who = "u" + QByteArray::number(i) + "@chat.test";
        (void)gallery.hear(metadata(info(hashOf(who)), who));
        open << gallery.avatars.fetch(jid(QString::fromLatin1(who)));
    }
    QVERIFY(answerOf(open.last()).error().kind == ErrorKind::RateLimited);
    for (qsizetype i = 0; i < Avatars::kMaxOpen; ++i)
        (void)gallery.next();
    gallery.expectNothing();
}

void TestXmppAvatars::listsSoManyPeopleAndNoMore()
{
    Gallery gallery;
    xmpp::Element stanza = ScriptedStream::read(update("x", photo(hashOf("1")), kMuc));
    for (qsizetype i = 0; i <= Avatars::kMaxPeople; ++i) {
        stanza.setAttribute(u"from", u"ops@muc.test/%1"_s.arg(i));
        gallery.avatars.see(stanza);
    }
    QCOMPARE(gallery.changed.size(), Avatars::kMaxPeople);
    QVERIFY(gallery.hash(jid(u"ops@muc.test/%1"_s.arg(Avatars::kMaxPeople))).isEmpty());
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppAvatars)
#include "tst_xmppavatars.moc"
