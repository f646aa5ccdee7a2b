// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Whatever a server may say in a batch goes into the store and comes out as the store said it had kept it; no order twice, and
// looking for any word of it is no error.
#include "chat/searchtext.h"
#include "store/profilestore.h"
#include "support/await.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace ridealong;
using namespace Qt::StringLiterals;

namespace {

/// However busy the machine is: what takes too long is libFuzzer's to say.
template <typename T> base::Expected<T> await(const base::Async<T>& async) { return tests::await(async, 3'600'000); }

[[noreturn]] void fail(const char* what)
{
    std::fprintf(stderr, "fuzz_storeimport: %s\n", what);
    std::abort();
}

const base::AccountId kAccount(u"fuzz"_s);
const base::ConversationId kRoom(kAccount, u"room"_s);
const chat::Member kMe{base::UserId(u"me"_s), u"Me"_s, false, chat::Presence::Online};
constexpr int kRunsOfAStore = 500; ///< then a new one, so that it stays small

class Bytes
{
public:
    Bytes(const uint8_t* data, size_t size) : m_data(data), m_size(size) {}
    bool isAtEnd() const { return m_at >= m_size; }
    uint8_t next() { return m_at < m_size ? m_data[m_at++] : 0; }
    qint64 number() ///< small, large, negative
    {
        const uint8_t kind = next();
        if (kind < 200)
            return kind % 20;
        qint64 value = 0;
        for (int i = 0; i < 8; ++i)
            value = qint64(quint64(value) << 8 | next());
        return value;
    }
    QString text()
    {
        const size_t length = std::min<size_t>(next() % 40, m_size - std::min(m_at, m_size));
        const QString made = QString::fromUtf8(reinterpret_cast<const char*>(m_data + std::min(m_at, m_size)), qsizetype(length));
        m_at += length;
        return made;
    }

private:
    const uint8_t* m_data;
    size_t m_size;
    size_t m_at = 0;
};

struct Stage
{
    Stage()
    {
        if (!await(store.open()) || !await(store.saveAccount({kAccount, u"irc"_s, u"Fuzz"_s, u"me"_s, {}, {}})))
            fail("no store");
    }
    QTemporaryDir folder;
    store::ProfileStore store{folder.filePath(u"p.db"_s)};
    int runs = 0;
};

store::ProfileStore& fresh()
{
    static int count = 1;
    static char name[] = "fuzz_storeimport";
    static char* arguments[] = {name, nullptr};
    static QCoreApplication application(count, arguments);
    static Stage* stage = nullptr;
    if (!stage || ++stage->runs > kRunsOfAStore) {
        delete stage;
        stage = new Stage;
        // Registered behind what Qt SQL made for itself, so that it runs before that goes.
        [[maybe_unused]] static const int ends = std::atexit([] { delete stage; });
    }
    return stage->store;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    store::ProfileStore& store = fresh();
    Bytes bytes(data, size);
    chat::SyncBatch batch;
    while (!bytes.isAtEnd() && batch.events.size() < 50) {
        const uint8_t kind = bytes.next() % 8;
        const base::MessageId id(bytes.text());
        if (kind == 0) {
            batch.events.append(chat::MessageRemoved{kRoom, id});
        } else if (kind == 1) {
            chat::ReactionsChanged change;
            change.conversation = kRoom;
            change.message = id;
            change.user = base::UserId(bytes.text());
            change.added = {bytes.text()};
            change.removed = {bytes.text()};
            batch.events.append(change);
        } else {
            chat::Message message;
            message.conversation = kRoom;
            message.id = id;
            message.sender = base::UserId(bytes.text());
            message.senderName = bytes.text();
            message.timeMs = bytes.number();
            message.order = bytes.number();
            message.text = bytes.text();
            if (kind == 2)
                message.transaction = base::TransactionId(bytes.text());
            if (kind == 3)
                message.thread = base::MessageId(bytes.text());
            if (kind == 4)
                message.attachments = {{base::FileId(bytes.text()), bytes.text(), bytes.text(), bytes.number(), {}, {}}};
            batch.events.append(chat::MessageChanged{message});
        }
    }
    const auto stored = await(store.commit(kAccount, batch, kMe));
    if (!stored)
        fail("a batch was refused");
    QHash<base::MessageId, chat::Message> last; // a message may come twice in a batch
    for (const chat::Event& event : stored->events)
        if (const auto* changed = std::get_if<chat::MessageChanged>(&event))
            last[changed->message.id] = changed->message;
    for (const chat::Message& message : std::as_const(last)) {
        const auto found = await(store.message(kRoom, message.id));
        if (!found)
            fail("a message could not be read");
        if (found->size() > 1 || (found->size() == 1 && found->first().text != message.text))
            fail("another message is stored than was told");
        if (!await(store.search(chat::parseSearch(message.text, QDate(2026, 11, 28)), 0, 10)))
            fail("a search failed");
    }
    return 0;
}
