// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/conversations.h"
#include "irc/rooms.h"

#include <QTest>

namespace ridealong::tests {

using namespace irc;
using namespace Qt::StringLiterals;

class RoomsTest : public QObject
{
    Q_OBJECT
private:
    Isupport m_isupport;

    static QList<RoomChange> say(Rooms& rooms, const QByteArray& line) { return rooms.handle(*parseLine(line), u"ana"_s); }

private slots:
    void aServerPutsUsIntoOnlySoManyRooms()
    {
        Rooms rooms(m_isupport);
        for (qsizetype i = 0; i < kMaxRooms; ++i)
            QCOMPARE(say(rooms, ":ana!a@h JOIN #" + QByteArray::number(i)).size(), 1);
        QVERIFY(say(rooms, ":ana!a@h JOIN #more").isEmpty());
        QCOMPARE(rooms.keys().size(), kMaxRooms);
        QCOMPARE(say(rooms, ":ana!a@h JOIN #0").size(), 1); // again is no more
        say(rooms, ":ana!a@h PART #0");
        QCOMPARE(say(rooms, ":ana!a@h JOIN #more").size(), 1);
    }

    void aRoomHasOnlySoManyMembers()
    {
        Rooms rooms(m_isupport);
        say(rooms, ":ana!a@h JOIN #ops");
        for (qsizetype i = 1; i < kMaxMembers; ++i)
            say(rooms, ":n" + QByteArray::number(i) + "!u@h JOIN #ops");
        QCOMPARE(rooms.members(u"#ops"_s).size(), kMaxMembers);
        QVERIFY(say(rooms, ":more!u@h JOIN #ops").isEmpty());
        QCOMPARE(rooms.members(u"#ops"_s).size(), kMaxMembers);
    }

    void aListOfNamesHasNoMore()
    {
        Rooms rooms(m_isupport);
        say(rooms, ":ana!a@h JOIN #ops");
        QByteArray names;
        for (qsizetype i = 0; i <= kMaxMembers; ++i) {
            names += 'n' + QByteArray::number(i) + ' ';
            if (names.size() > 8000 || i == kMaxMembers) {
                say(rooms, ":s 353 ana = #ops :" + names);
                names.clear();
            }
        }
        say(rooms, ":s 366 ana #ops :End");
        QCOMPARE(rooms.members(u"#ops"_s).size(), kMaxMembers);
    }

    void unsolicitedLinesChangeNothing()
    {
        Rooms rooms(m_isupport);
        for (const char* line : {":s 353 ana = #never :a b c", ":s 366 ana #never :End", ":bob!b@h PART #never", ":bob!b@h KICK #never ana :out",
                 ":bob!b@h TOPIC #never :x", ":s 332 ana #never :x", ":bob!b@h MODE #never +o ana", ":bob!b@h QUIT :x", ":bob!b@h NICK bert",
                 ":s 352 ana #never u h s bob H :0 x", ":bob!b@h AWAY :x", ":bob!b@h JOIN #never", "JOIN", "PART", "KICK", "MODE", "TOPIC", "353",
                 "366", "352", "NICK", "QUIT"})
            QVERIFY2(say(rooms, line).isEmpty(), line);
        QVERIFY(rooms.keys().isEmpty());
    }

    void modesWithoutTheirArgumentsDoNoHarm()
    {
        Rooms rooms(m_isupport);
        say(rooms, ":ana!a@h JOIN #ops");
        for (const char* line :
            {":s MODE #ops", ":s MODE #ops +", ":s MODE #ops -+-+", ":s MODE #ops +ooooo", ":s MODE #ops +o nobody", ":s MODE #ops +\xC3\xA9"})
            say(rooms, line);
        QCOMPARE(rooms.find(u"#ops"_s)->members.value(u"ana"_s).prefixes, QString());
        for (int i = 0; i < 1000; ++i)
            say(rooms, ":s MODE #ops +oooo ana ana ana ana");
        QCOMPARE(rooms.find(u"#ops"_s)->members.value(u"ana"_s).prefixes, u"@"_s);
    }

    /// Names are kept as they are: what is dangerous to show is a matter of whoever shows it. Formatting of a topic goes.
    void namesAreKeptAndTopicsArePlain()
    {
        Rooms rooms(m_isupport);
        const QString odd = u"<b>\u202Eeve\u200B</b>"_s;
        say(rooms, ":ana!a@h JOIN #<i>");
        say(rooms, ":" + odd.toUtf8() + "!u@h JOIN #<i>");
        QCOMPARE(rooms.members(u"#<i>"_s).size(), 2);
        QVERIFY(rooms.find(u"#<i>"_s)->members.contains(m_isupport.fold(odd)));
        say(rooms,
            ":bob!b@h TOPIC #<i> :\x02"
            "bold\x02 \x03"
            "04red\x03 <script>");
        QCOMPARE(rooms.find(u"#<i>"_s)->topic, u"bold red <script>"_s);
    }

    void onlySoManyConversationsAreKept()
    {
        Conversations conversations{base::AccountId(u"irc"_s)};
        for (qsizetype i = 0; i < Conversations::kMaxConversations; ++i)
            QVERIFY(conversations.open(QString::number(i), u"x"_s, chat::ConversationKind::Direct));
        QVERIFY(!conversations.open(u"more"_s, u"x"_s, chat::ConversationKind::Direct));
        QVERIFY(conversations.open(u"0"_s, u"x"_s, chat::ConversationKind::Direct)); // it is there
        const QByteArray cursor = conversations.cursor();
        Conversations again{base::AccountId(u"irc"_s)};
        again.restore(cursor);
        QCOMPARE(again.all().size(), Conversations::kMaxConversations);
        QCOMPARE(again.cursor(), cursor);
    }

    void aCursorThatIsTooLongOrBrokenIsNone()
    {
        Conversations conversations{base::AccountId(u"irc"_s)};
        conversations.open(u"#ops"_s, u"#ops"_s, chat::ConversationKind::Room);
        const QByteArray good = conversations.cursor();
        for (qsizetype cut = 0; cut < good.size(); ++cut) {
            Conversations other{base::AccountId(u"irc"_s)};
            other.restore(good.left(cut));
            QVERIFY(other.all().size() <= 1);
        }
        Conversations other{base::AccountId(u"irc"_s)};
        other.restore(good + QByteArray(Conversations::kMaxCursorBytes, 'x'));
        QVERIFY(other.all().isEmpty());
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::RoomsTest)
#include "tst_rooms.moc"
