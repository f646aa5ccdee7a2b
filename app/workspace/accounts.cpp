// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The life of accounts: adding, changing, removing, and what listens to them while they live.
#include "base/log.h"
#include "files/filecabinet.h"
#include "secrets/fallbackstore.h"
#include "secrets/keychainstore.h"
#include "store/profilestore.h"
#include "workspace/accountcredentials.h"
#include "workspace/runtracker.h"
#include "workspace/workspace.h"

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

using chat::CredentialField;

QString textOf(const CredentialField& field, const chat::AccountConfig& config)
{
    if (field.key == "user"_L1)
        return config.user;
    if (field.key == "server"_L1)
        return config.server;
    return config.options.value(field.key).toString();
}

base::Status checkField(const CredentialField& field, const chat::AccountConfig& config, const QStringList& filledIn)
{
    const bool isSecret = field.kind == CredentialField::Kind::Secret;
    const QString text = isSecret ? QString() : textOf(field, config).trimmed();
    if (field.required && (isSecret ? !filledIn.contains(field.key) : text.isEmpty()))
        return Error{ErrorKind::Invalid, u"%1 is missing"_s.arg(field.key), 0};
    if (field.kind == CredentialField::Kind::Choice && !text.isEmpty() && !field.choices.contains(text, Qt::CaseInsensitive))
        return Error{ErrorKind::Invalid, u"%1 is one of %2"_s.arg(field.key, field.choices.join(", "_L1)), 0};
    return base::Done();
}

/// Answers when all have, with the first error.
class AllDone
{
public:
    explicit AllDone(int count) : m_open(count)
    {
        if (count == 0)
            m_promise.answer(base::Done());
    }
    base::Async<base::Done> async() const { return m_promise.async(); }
    void one(const base::Status& status)
    {
        if (!status && !m_error)
            m_error = status.error();
        if (--m_open == 0)
            m_promise.answer(m_error ? base::Status(*m_error) : base::Status(base::Done()));
    }

private:
    int m_open;
    std::optional<Error> m_error;
    base::Promise<base::Done> m_promise;
};

base::Async<base::Done> writeAll(secrets::SecretStore& store, const base::AccountId& account, const chat::Secrets& secrets, QObject* context)
{
    auto all = std::make_shared<AllDone>(int(secrets.size()));
    for (auto it = secrets.cbegin(); it != secrets.cend(); ++it)
        store.write(account, it.key(), it.value()).then(context, [all](const base::Status& written) { all->one(written); });
    return all->async();
}

} // namespace

void Workspace::makeSecretStore()
{
    if (m_profile.memorySecrets) {
        m_secrets = std::make_unique<secrets::MemoryStore>();
        return;
    }
    auto store = std::make_unique<secrets::FallbackStore>(std::make_unique<secrets::KeychainStore>(m_clock));
    connect(store.get(), &secrets::FallbackStore::keptForThisRunOnly, this, &Workspace::secretsNotKept);
    m_secrets = std::move(store);
}

// ---- adding, changing, removing ----

/// Moves secrets out of the config, names them in it, and looks whether all is there that the backend needs.
base::Status Workspace::completeConfig(chat::AccountConfig& config, chat::Secrets& secrets) const
{
    const chat::BackendDescriptor* descriptor = m_registry.find(config.backend);
    if (!descriptor)
        return Error{ErrorKind::Unsupported, u"no backend '%1'"_s.arg(config.backend), 0};
    QSet<QString> known;
    for (const CredentialField& field : descriptor->fields) {
        if (field.kind != CredentialField::Kind::Secret)
            continue;
        known.insert(field.key);
        if (const QVariant misplaced = config.options.take(field.key); misplaced.isValid() && !secrets.contains(field.key))
            secrets.insert(field.key, misplaced.toString());
    }
    secrets.removeIf([&](const auto& secret) { return !known.contains(secret.key()); }); // the backend would never ask for it
    const Account* before = account(config.id);
    QStringList filledIn = before ? AccountCredentials::filledIn(before->config()) : QStringList();
    for (auto it = secrets.cbegin(); it != secrets.cend(); ++it) {
        filledIn.removeAll(it.key());
        if (!it.value().isEmpty())
            filledIn.append(it.key());
        if (auto checked = secrets::SecretStore::check(it.value()); !checked)
            return checked;
    }
    config.options.remove(AccountCredentials::kFilledIn);
    if (!filledIn.isEmpty())
        config.options.insert(AccountCredentials::kFilledIn, filledIn);
    if (config.user.trimmed().isEmpty())
        return Error{ErrorKind::Invalid, u"user is missing"_s, 0};
    for (const CredentialField& field : descriptor->fields)
        if (auto checked = checkField(field, config, filledIn); !checked)
            return checked;
    return base::Done();
}

/// The secrets first: an account that is stored and cannot sign in is worse than one that is not there.
base::Async<base::Done> Workspace::saveAccount(const chat::AccountConfig& config, const chat::Secrets& secrets)
{
    base::Promise<base::Done> promise;
    writeAll(*m_secrets, config.id, secrets, this).then(this, [this, promise, config](const base::Status& written) {
        if (!written)
            return promise.answer(written);
        m_store->saveAccount({config.id, config.backend, config.name, config.user, config.server, config.options})
            .then(this, [promise](const base::Status& saved) { promise.answer(saved); });
    });
    return promise.async();
}

base::Async<base::AccountId> Workspace::addAccount(chat::AccountConfig config, chat::Secrets secrets)
{
    if (config.id.isEmpty())
        config.id = base::AccountId(u"%1-%2"_s.arg(config.backend, base::randomToken(m_random).left(8).replace(u'_', u'-')));
    if (config.name.isEmpty())
        config.name = config.backend;
    if (auto complete = completeConfig(config, secrets); !complete)
        return base::Async<base::AccountId>::ready(complete.error());
    base::Promise<base::AccountId> promise;
    saveAccount(config, secrets).then(this, [this, promise, config](const base::Status& saved) {
        if (!saved) {
            for (const QString& field : AccountCredentials::filledIn(config))
                m_secrets->remove(config.id, field).ignore();
            return promise.answer(saved.error());
        }
        startAccount(config).then(this, [promise, config](const base::Status& started) {
            promise.answer(started ? base::Expected<base::AccountId>(config.id) : started.error());
        });
    });
    return promise.async();
}

base::Async<base::Done> Workspace::updateAccount(chat::AccountConfig config, chat::Secrets secrets)
{
    const Account* before = account(config.id);
    if (!before || before->config().backend != config.backend)
        return base::Async<base::Done>::ready(Error{ErrorKind::NotFound, u"no account '%1'"_s.arg(config.id.text()), 0});
    if (config.name.isEmpty())
        config.name = before->config().name;
    if (auto complete = completeConfig(config, secrets); !complete)
        return base::Async<base::Done>::ready(complete.error());
    base::Promise<base::Done> promise;
    saveAccount(config, secrets).then(this, [this, promise, config](const base::Status& saved) {
        if (!saved)
            return promise.answer(saved);
        if (!account(config.id)) { // removed meanwhile: what was just written must not bring it back at the next start
            m_store->removeAccount(config.id).ignore();
            for (const QString& field : AccountCredentials::filledIn(config))
                m_secrets->remove(config.id, field).ignore();
            return promise.answer(Error{ErrorKind::NotFound, u"the account is gone"_s, 0});
        }
        const qsizetype place = accounts().indexOf(account(config.id));
        endAccount(config.id);
        startAccount(config).then(this, [promise](const base::Status& started) { promise.answer(started); });
        std::rotate(m_accounts.begin() + place, m_accounts.end() - 1, m_accounts.end()); // it stays where it stood in the list
    });
    return promise.async();
}

base::Async<base::Done> Workspace::removeAccount(const base::AccountId& id)
{
    Account* gone = account(id);
    if (!gone)
        return base::Async<base::Done>::ready(Error{ErrorKind::NotFound, u"no account '%1'"_s.arg(id.text()), 0});
    // Quiet first, so that nothing is committed behind the deletion.
    gone->disconnectNow();
    base::Promise<base::Done> promise;
    m_store->removeAccount(id).then(this, [this, promise, id](const base::Status& removed) {
        Account* known = account(id);
        if (!removed || !known) {
            if (known)
                known->connectNow();
            return promise.answer(known ? removed : base::Status(base::Done()));
        }
        chat::Secrets none;
        for (const QString& field : AccountCredentials::filledIn(known->config()))
            none.insert(field, {});
        forgetAccount(id);
        writeAll(*m_secrets, id, none, this).then(this, [promise](const base::Status& forgotten) { promise.answer(forgotten); });
    });
    return promise.async();
}

/// Takes it out of everything that knows of it, and ends it.
void Workspace::forgetAccount(const base::AccountId& id)
{
    QSet<base::UserId> bots;
    for (const chat::CommandSpec& spec : m_palette->commands())
        if (spec.account == id)
            bots.insert(spec.bot);
    for (const base::UserId& bot : std::as_const(bots))
        m_palette->setCommands(id, bot, {});
    for (const chat::Draft& draft : m_drafts->drafts())
        if (draft.conversation.account() == id)
            discardDraft(draft.id).ignore();
    m_outbox->removeAccount(id);
    m_files->forget(id);
    m_tracker->forget(id);
    endAccount(id);
    m_conversations.removeAccount(id);
    emit accountRemoved(id);
}

void Workspace::endAccount(const base::AccountId& id)
{
    const auto at = std::find_if(m_accounts.begin(), m_accounts.end(), [&](const auto& known) { return known->config().id == id; });
    if (at == m_accounts.end())
        return;
    const std::unique_ptr<Account> ended = std::move(*at);
    m_accounts.erase(at);
    m_commandsAsked.remove(id);
    ended->disconnect(this); // what it says while it goes is about an account that is no longer here
    m_outbox->setBackend(id, nullptr);
    ended->disconnectNow();
}

base::Async<chat::Discovery> Workspace::discover(const chat::AccountConfig& config)
{
    const chat::BackendDescriptor* descriptor = m_registry.find(config.backend);
    if (!descriptor || !descriptor->discover)
        return base::Async<chat::Discovery>::ready(Error{ErrorKind::Unsupported, u"nothing can be looked up for '%1'"_s.arg(config.backend), 0});
    return descriptor->discover(config);
}

// ---- at work ----

base::Async<base::Done> Workspace::startAccount(const chat::AccountConfig& config)
{
    const chat::BackendDescriptor* descriptor = m_registry.find(config.backend);
    if (!descriptor)
        return base::Async<base::Done>::ready(Error{ErrorKind::Unsupported, u"no backend '%1'"_s.arg(config.backend), 0});
    m_accounts.push_back(std::make_unique<Account>(config, *descriptor, *m_secrets, *m_store, *m_console, m_clock));
    Account& account = *m_accounts.back();
    const base::AccountId id = config.id;
    connect(&account, &Account::statusChanged, this, [this, &account, id] {
        m_conversations.setAccount(id, account.config().name, account.backend().status());
        emit accountStatusChanged(id);
        if (account.isConnected()) {
            refreshCommandsOf(account);
            for (const auto& timeline : std::as_const(m_timelines))
                if (timeline && timeline->thread().isEmpty() && account.mayHaveOlder(timeline->conversation())
                    && timeline->conversation().account() == id)
                    timeline->expectOlder();
        } else {
            m_commandsAsked.remove(id);
        }
    });
    connect(&account, &Account::selfChanged, this, [this, id] { emit accountSelfChanged(id); });
    connect(&account, &Account::conversationChanged, this, [this, &account, id](const base::ConversationId& conversation) {
        if (account.isConnected() && !m_commandsAsked.contains(id))
            refreshCommandsOf(account); // the first start: there was no room to ask in when the connection came
        m_tracker->setRoom(account, conversation);
        updateRow(conversation);
        emit conversationChanged(conversation);
    });
    connect(&account, &Account::committed, this, [this, &account, id](const chat::SyncBatch& batch) {
        for (const auto& timeline : std::as_const(m_timelines))
            if (timeline && timeline->conversation().account() == id)
                timeline->apply(batch);
        m_tracker->apply(account, batch);
        emit committed(id, batch);
    });
    connect(&account, &Account::gapStateChanged, this, [this](const chat::Gap& gap) {
        for (const auto& timeline : std::as_const(m_timelines))
            if (timeline)
                timeline->refreshGap(gap);
    });
    connect(&account, &Account::failed, this, &Workspace::failed);
    m_conversations.setAccount(id, config.name, account.backend().status());
    m_outbox->setBackend(id, &account.backend());
    emit accountAdded(id);
    const auto opened = account.open();
    opened.then(this, [this, id](const base::Status&) {
        if (const Account* known = this->account(id))
            m_tracker->open(*known);
    });
    return opened;
}

QList<Account*> Workspace::accounts() const
{
    QList<Account*> all;
    for (const auto& known : m_accounts)
        all.append(known.get());
    return all;
}

Account* Workspace::account(const base::AccountId& id) const
{
    for (const auto& known : m_accounts)
        if (known->config().id == id)
            return known.get();
    return nullptr;
}

const chat::Conversation* Workspace::conversation(const base::ConversationId& id) const
{
    const Account* owner = accountOf(id);
    return owner ? owner->conversation(id) : nullptr;
}

void Workspace::setAttended(bool attended)
{
    if (std::exchange(m_attended, attended) == attended)
        return;
    for (const auto& known : m_accounts)
        known->backend().setAttended(attended);
}

void Workspace::setNetworkOnline(bool online)
{
    for (const auto& known : m_accounts)
        online ? known->connectNow() : known->disconnectNow();
}

} // namespace ridealong::workspace
