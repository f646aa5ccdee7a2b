// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backendregistry.h"
#include "chat/history.h"

namespace ridealong::base {
class Clock;
}
namespace ridealong::console {
class Console;
}
namespace ridealong::secrets {
class SecretStore;
}
namespace ridealong::store {
class ProfileStore;
}

namespace ridealong::workspace {

/// One account at work: its backend, what keeps the store in step with it, and what is known of its conversations.
class Account : public QObject
{
    Q_OBJECT
public:
    Account(chat::AccountConfig config, const chat::BackendDescriptor& descriptor, secrets::SecretStore& secrets, store::ProfileStore& store,
        console::Console& console, base::Clock& clock, QObject* parent = nullptr);
    ~Account() override;

    const chat::AccountConfig& config() const { return m_config; }
    chat::Backend& backend() { return *m_backend; }
    QStringList storedSecrets() const; ///< the fields that have one
    chat::ConnectionStatus status() const { return m_backend->status(); }
    chat::Member self() const { return m_backend->self(); }
    bool isConnected() const { return m_backend->status().state == chat::ConnectionState::Connected; }

    /// Reads what is stored, then connects. Answers when the stored state is there, connected or not.
    base::Async<base::Done> open();
    /// After open(): goes on and off line.
    void connectNow();
    void disconnectNow();

    QList<chat::Conversation> conversations() const;
    const chat::Conversation* conversation(const base::ConversationId& id) const;
    QList<chat::Member> members(const base::ConversationId& id) const;
    chat::ReadState read(const base::ConversationId& id) const;
    /// The bots of a conversation: what the protocol says, and what the account's settings name (options.bots).
    QList<chat::Member> bots(const base::ConversationId& id) const;
    /// "hubot=hubot-classic" in the same setting: how that bot speaks. Empty: nobody said.
    QString profileOfBot(const QString& name) const;
    bool reportsRuns() const { return m_backend->facets().runs != nullptr; } ///< else they are made of what is said

    // Messages that the server has and we do not: see sync/gapfiller.h.
    void fillGap(const chat::Gap& gap);
    chat::GapState gapState(const chat::Gap& gap) const;
    bool mayHaveOlder(const base::ConversationId& id) const;
    base::Async<bool> loadOlder(const base::ConversationId& id);
    base::Async<base::MessageId> reach(const base::ConversationId& id, qint64 timeMs);

    void markRead(const base::ConversationId& id, const base::MessageId& thread, qint64 order);

signals:
    void statusChanged();
    void selfChanged(); ///< whether others see us as away
    void conversationChanged(const ridealong::base::ConversationId& id); ///< itself, its members or its unread counts
    void committed(const ridealong::chat::SyncBatch& batch);
    void gapStateChanged(const ridealong::chat::Gap& gap);
    void failed(const ridealong::base::Error& error);

private:
    QList<std::pair<QString, QString>> namedBots() const;
    void onCommitted(const chat::SyncBatch& batch);
    void refreshRead(const base::ConversationId& id);

    chat::AccountConfig m_config;
    std::unique_ptr<chat::Credentials> m_credentials;
    std::unique_ptr<chat::Backend> m_backend;
    struct Data; ///< what only app/ may see: store, sync, the follower of runs
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::workspace
