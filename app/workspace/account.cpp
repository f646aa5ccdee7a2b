// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "workspace/account.h"

#include "console/console.h"
#include "run/runfollower.h"
#include "store/profilestore.h"
#include "sync/accountsync.h"
#include "sync/gapfiller.h"
#include "workspace/accountcredentials.h"

#include <QSet>

namespace ridealong::workspace {

using namespace Qt::StringLiterals;

struct Account::Data
{
    store::ProfileStore& store;
    sync::AccountSync sync;
    sync::GapFiller gaps;
    std::unique_ptr<run::RunFollower> follower;
    store::AccountState state;
    QHash<base::ConversationId, bool> counting; ///< what is unread is being counted; true: and must be counted again
};

Account::Account(chat::AccountConfig config, const chat::BackendDescriptor& descriptor, secrets::SecretStore& secrets, store::ProfileStore& store,
    console::Console& console, base::Clock& clock, QObject* parent)
    : QObject(parent),
      m_config(std::move(config)),
      m_credentials(std::make_unique<AccountCredentials>(m_config, secrets)),
      m_backend(descriptor.create(m_config, *m_credentials)),
      m_data(new Data{store, {m_config.id, *m_backend, store}, {m_config.id, *m_backend, store, clock}, {}, {}, {}})
{
    connect(m_backend.get(), &chat::Backend::statusChanged, this, &Account::statusChanged);
    if (const auto* away = m_backend->facets().away)
        connect(away, &chat::AwayFacet::changed, this, &Account::selfChanged);
    connect(&m_data->sync, &sync::AccountSync::committed, this, [this](const chat::SyncBatch& batch) {
        m_data->gaps.noteCommitted(batch);
        onCommitted(batch);
    });
    connect(&m_data->gaps, &sync::GapFiller::committed, this, &Account::onCommitted);
    connect(&m_data->gaps, &sync::GapFiller::stateChanged, this, &Account::gapStateChanged);
    connect(&m_data->sync, &sync::AccountSync::failed, this, &Account::failed);
    if (chat::RunFeed* runs = m_backend->facets().runs)
        m_data->follower = std::make_unique<run::RunFollower>(*runs, console);
}

Account::~Account() = default;

QStringList Account::storedSecrets() const { return AccountCredentials::filledIn(m_config); }

base::Async<base::Done> Account::open()
{
    base::Promise<base::Done> promise;
    m_data->sync.start().then(this, [this, promise](base::Expected<store::AccountState> state) {
        if (!state) {
            emit failed(state.error());
            return promise.answer(state.error());
        }
        m_data->state = std::move(*state);
        m_data->gaps.start();
        for (const chat::Conversation& known : std::as_const(m_data->state.conversations))
            emit conversationChanged(known.id);
        promise.answer(base::Done());
    });
    return promise.async();
}

void Account::connectNow()
{
    if (m_backend->status().state == chat::ConnectionState::Disconnected || m_backend->status().state == chat::ConnectionState::Failed)
        open().ignore();
}

void Account::disconnectNow() { m_data->sync.stop(); }

QList<chat::Conversation> Account::conversations() const { return m_data->state.conversations; }

const chat::Conversation* Account::conversation(const base::ConversationId& id) const
{
    for (const chat::Conversation& known : m_data->state.conversations)
        if (known.id == id)
            return &known;
    return nullptr;
}

chat::ReadState Account::read(const base::ConversationId& id) const { return m_data->state.reads.value(id); }

QList<chat::Member> Account::members(const base::ConversationId& id) const { return m_data->state.members.value(id); }

/// A list, or as somebody writes it: "hubot, err=errbot". Names and their profiles.
QList<std::pair<QString, QString>> Account::namedBots() const
{
    QList<std::pair<QString, QString>> named;
    for (const QString& part : m_config.options.value(u"bots"_s).toStringList())
        for (const QString& name : part.split(u',', Qt::SkipEmptyParts))
            named.append({name.section(u'=', 0, 0).trimmed(), name.section(u'=', 1).trimmed()});
    return named;
}

QString Account::profileOfBot(const QString& name) const
{
    for (const auto& [known, profile] : namedBots())
        if (known.compare(name, Qt::CaseInsensitive) == 0)
            return profile;
    return {};
}

QList<chat::Member> Account::bots(const base::ConversationId& id) const
{
    const auto named = namedBots();
    const auto isNamed = [&](const QString& name) {
        return std::any_of(named.begin(), named.end(), [&](const auto& bot) { return bot.first.compare(name, Qt::CaseInsensitive) == 0; });
    };
    QList<chat::Member> found;
    for (const chat::Member& member : members(id))
        if (member.bot || isNamed(member.name))
            found.append(member);
    return found;
}

void Account::onCommitted(const chat::SyncBatch& batch)
{
    QList<base::ConversationId> changed; // in the order they came: the first room of a new account is opened
    QSet<base::ConversationId> reread;
    const auto note = [&](const base::ConversationId& id) {
        if (!changed.contains(id))
            changed.append(id);
    };
    for (const chat::Event& event : batch.events) {
        if (const auto* conversation = std::get_if<chat::ConversationChanged>(&event)) {
            const auto& id = conversation->conversation.id;
            auto& known = m_data->state.conversations;
            const auto at = std::find_if(known.begin(), known.end(), [&](const auto& c) { return c.id == id; });
            if (at == known.end())
                known.append(conversation->conversation);
            else
                *at = conversation->conversation;
            note(id);
        } else if (const auto* members = std::get_if<chat::MembersChanged>(&event)) {
            m_data->state.members[members->conversation] = members->members;
            note(members->conversation);
        } else if (const auto* message = std::get_if<chat::MessageChanged>(&event)) {
            reread.insert(message->message.conversation);
        } else if (const auto* marker = std::get_if<chat::ReadMarkerMoved>(&event)) {
            reread.insert(marker->conversation);
        }
    }
    for (const auto& id : std::as_const(changed))
        emit conversationChanged(id);
    emit committed(batch);
    for (const auto& id : std::as_const(reread))
        refreshRead(id);
}

void Account::refreshRead(const base::ConversationId& id)
{
    // Counting takes longer the more is unread: one count at a time, and one more when something came in meanwhile.
    if (m_data->counting.contains(id)) {
        m_data->counting[id] = true;
        return;
    }
    m_data->counting[id] = false;
    m_data->store.readState(id).then(this, [this, id](base::Expected<store::AccountState::Read> read) {
        const bool again = m_data->counting.take(id);
        if (!read)
            return emit failed(read.error());
        m_data->state.reads[id] = *read;
        emit conversationChanged(id);
        if (again)
            refreshRead(id);
    });
}

void Account::fillGap(const chat::Gap& gap) { m_data->gaps.fill(gap); }

chat::GapState Account::gapState(const chat::Gap& gap) const { return m_data->gaps.state(gap); }

bool Account::mayHaveOlder(const base::ConversationId& id) const { return m_data->gaps.mayHaveOlder(id); }

base::Async<bool> Account::loadOlder(const base::ConversationId& id) { return m_data->gaps.loadOlder(id); }

base::Async<base::MessageId> Account::reach(const base::ConversationId& id, qint64 timeMs) { return m_data->gaps.reach(id, timeMs); }

void Account::markRead(const base::ConversationId& id, const base::MessageId& thread, qint64 order)
{
    if (thread.isEmpty() && order <= m_data->state.reads.value(id).readUpTo)
        return;
    m_data->store.setReadUpTo(id, thread, order).then(this, [this, id](base::Status) { refreshRead(id); });
    if (chat::ReadFacet* reads = m_backend->facets().reads; reads && isConnected())
        reads->markRead(id, thread, order);
}

} // namespace ridealong::workspace
