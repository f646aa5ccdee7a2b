// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How fast XMPP's messages become ours: read from bytes, in processor time of one thread; and stored, in time on the clock.
#include "base/clock.h"
#include "support/await.h"
#include "support/fakebackend.h"
#include "sync/accountsync.h"
#include "xmpp/messagereader.h"
#include "xmpp/messagewriter.h"
#include "xmpp/styling.h"
#include "xmpp/xmlreader.h"

#include "processortime.h"
#include "report.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

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

/// From bytes until they are stored, as an account does it: what one read of a socket gives is one batch.
void storeAll(MessageReader& reader, const std::vector<QByteArray>& stanzas)
{
    constexpr size_t kReadAtOnce = 250;
    constexpr qsizetype kInFlight = 20'000;
    const base::AccountId account(u"work"_s);
    QTemporaryDir folder;
    store::ProfileStore store(folder.filePath(u"p.db"_s));
    if (!tests::await(store.open()) || !tests::await(store.saveAccount({account, u"xmpp"_s, u"XMPP"_s, u"ana"_s, {}, {}})))
        return;
    tests::FakeBackend backend;
    sync::AccountSync sync(account, backend, store);
    if (!tests::await(sync.start()))
        return;
    backend.setConnected(true);
    qsizetype pushed = 0, stored = 0;
    QObject::connect(&sync, &sync::AccountSync::committed, &backend, [&stored](const chat::SyncBatch& batch) { stored += batch.events.size(); });
    QElapsedTimer timer;
    timer.start();
    qint64 order = 0;
    for (size_t i = 0; i < stanzas.size();) {
        chat::SyncBatch batch;
        for (const size_t end = std::min(stanzas.size(), i + kReadAtOnce); i < end; ++i) {
            Reading reading = reader.read(*parseElement(stanzas[i]));
            auto* message = std::get_if<chat::MessageChanged>(&reading.what);
            if (!message)
                return;
            message->message.order = ++order;
            batch.events.append(*message);
        }
        pushed += batch.events.size();
        batch.cursor = QByteArray::number(pushed);
        backend.push(batch);
        while (pushed - stored > kInFlight)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::processEvents();
    }
    while (stored < pushed)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    tell(u"messages parsed, read and stored"_s, double(pushed) * 1e9 / double(timer.nsecsElapsed()), u"messages/s"_s, 20'000);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
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
    std::vector<QByteArray> many;
    for (int i = 0; i < 100'000; ++i)
        many.push_back(roomMessage(1'000'000 + i));
    storeAll(reader, many);
    return sink > 0 ? 0 : 1;
}
