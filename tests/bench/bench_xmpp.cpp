// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How fast XMPP's messages become ours, from bytes on. Processor time of one thread.
#include "base/clock.h"
#include "xmpp/messagereader.h"
#include "xmpp/messagewriter.h"
#include "xmpp/styling.h"
#include "xmpp/xmlreader.h"

#include "processortime.h"
#include "report.h"

using namespace ridealong;
using bench::microsecondsOf;
using namespace ridealong::xmpp;
using namespace Qt::StringLiterals;

namespace {

void tell(const QString& quantity, double value, const QString& unit, std::optional<double> goal = std::nullopt)
{
    bench::print({u"xmpp"_s, quantity, value, unit, goal, unit == u"messages/s"_s, {}, {}});
}

QByteArray roomMessage(int number)
{
    const QByteArray id = QByteArray::number(number);
    return "<message xmlns='jabber:client' xml:lang='en' id='txn-" + id
        + "' type='groupchat' from='ops@conference.chat.test/bob' to='ana@chat.test/desk'><body>deploy of *web* finished, all is well</body>"
          "<origin-id xmlns='urn:xmpp:sid:0' id='txn-"
        + id
        + "'/><occupant-id xmlns='urn:xmpp:occupant-id:0' id='1f7e0c4b5e'/><stanza-id xmlns='urn:xmpp:sid:0' by='ops@conference.chat.test' "
          "id='archive-"
        + id + "'/></message>";
}

} // namespace

int main()
{
    qsizetype sink = 0;
    RoomContext room;
    room.nick = u"ana"_s;
    room.occupantId = u"own"_s;
    room.hasOccupantIds = room.hasStableIds = room.hasArchive = true;
    ReadingContext context;
    context.account = base::AccountId(u"work"_s);
    context.self = *Jid::parse(u"ana@chat.test/desk");
    context.hasArchive = true;
    context.room = [&room](const Jid&) { return &room; };
    base::SystemClock clock;
    MessageReader reader(context, clock);

    std::vector<QByteArray> stanzas;
    for (int i = 0; i < 10'000; ++i)
        stanzas.push_back(roomMessage(i));
    size_t next = 0;
    const double parse = microsecondsOf(10'000, [&] { sink += parseElement(stanzas[next++ % stanzas.size()])->attributes().size(); });
    tell(u"parse a message of a room"_s, parse, u"µs"_s);
    const double whole = microsecondsOf(10'000, [&] { sink += reader.read(*parseElement(stanzas[next++ % stanzas.size()])).archiveId.size(); });
    tell(u"parse and read it"_s, whole, u"µs"_s);
    tell(u"messages parsed and read"_s, 1e6 / whole, u"messages/s"_s, 20'000);
    tell(u"styling of a message"_s,
        microsecondsOf(20'000, [&] { sink += markdownFromStyling(u"deploy of *web* finished, _all_ is `well`"_s).size(); }), u"µs"_s);

    const MessageWriter writer(reader.known());
    chat::Outgoing outgoing;
    outgoing.transaction = base::TransactionId(u"AAAAAAAAAAAAAAAAAAAAAA"_s);
    outgoing.text = u"deploy of **web** finished, all is well"_s;
    const Destination to{*Jid::parse(u"ops@conference.chat.test"), true, true};
    tell(u"write a message"_s, microsecondsOf(10'000, [&] { sink += writer.message(to, outgoing)->toXml(u"jabber:client").size(); }), u"µs"_s);
    return sink > 0 ? 0 : 1;
}
