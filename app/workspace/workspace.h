// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/filelock.h"
#include "base/watchdog.h"
#include "chat/backendregistry.h"
#include "chat/ledger.h"
#include "chat/search.h"
#include "chat/threads.h"
#include "console/console.h"
#include "model/conversationlistmodel.h"
#include "model/timelinemodel.h"
#include "outbox/draftbook.h"
#include "outbox/outbox.h"
#include "palette/palette.h"
#include "settings/settings.h"
#include "workspace/account.h"

#include <QPointer>
#include <QSet>

namespace ridealong::files {
class FileCabinet;
}

namespace ridealong::spell {
class Speller;
}

namespace ridealong::scripts {
class ScriptLibrary;
}

namespace ridealong::workspace {

class RunTracker;
struct SystemNetwork;

struct Profile
{
    QString folder; ///< holds everything: settings, database, scripts
    bool memorySecrets = false;
};

/// What came up wrong at the start and must be said.
struct OpenReport
{
    QString databaseKeptAside; ///< the damaged database was moved here and a new one begun
    bool databaseReadOnly = false;
    QString settingsKeptAside; ///< a broken settings file was moved here
    bool settingsReadOnly = false;
};

/// The composition root: builds and owns everything of app/, and has one function for each thing a user can intend. The
/// window and the headless client both talk to this and to the models it hands out.
class Workspace : public QObject
{
    Q_OBJECT
public:
    Workspace(Profile profile, base::Clock& clock, base::Random& random, QObject* parent = nullptr);
    ~Workspace() override;

    /// Reads the settings alone, so that a window can look as it did before anything else is there. open() does it otherwise.
    void loadSettings();
    /// Takes the profile and begins to open its database, so that it is there when a window is. open() does it otherwise.
    void prepare();
    /// Opens the profile and the accounts in it. Errors: Denied (another process has this profile), Storage, Incompatible.
    base::Async<OpenReport> open();
    /// The first start needs no server: adds the Local workspace when there is no account at all.
    base::Async<base::Done> ensureLocalAccount();

    const Profile& profile() const { return m_profile; }
    settings::Settings& settings() { return *m_settings; }
    console::Console& console() { return *m_console; }
    palette::Palette& palette() { return *m_palette; }
    outbox::Outbox& outbox() { return *m_outbox; }
    outbox::DraftBook& drafts() { return *m_drafts; }
    spell::Speller& speller() { return *m_speller; }
    files::FileCabinet& files() { return *m_files; }
    RunTracker& tracker() { return *m_tracker; }
    store::ProfileStore& store() { return *m_store; } ///< for app/; the interface has models
    base::Watchdog& watchdog() { return m_watchdog; }
    model::ConversationListModel& conversations() { return m_conversations; }
    const chat::BackendRegistry& registry() const { return m_registry; }
    /// One more kind of account than the program knows by itself. Before open().
    void addBackend(chat::BackendDescriptor descriptor) { m_registry.add(std::move(descriptor)); }
    QString userScriptsFolder() const;

    // ---- accounts ----
    /// Stores the account and starts it; answers when it is stored, connected or not. Its secrets go into the keychain, from
    /// `options` too when the descriptor says that a field is one; see secretsNotKept.
    /// Errors: Unsupported (no such backend), Invalid (a required field is empty, a choice is none), Denied, Timeout, Storage.
    base::Async<base::AccountId> addAccount(chat::AccountConfig config, chat::Secrets secrets = {});
    /// Replaces all of it and connects anew. A secret that is not named stays; an empty one goes. Errors as of addAccount, NotFound.
    base::Async<base::Done> updateAccount(chat::AccountConfig config, chat::Secrets secrets = {});
    /// Stops it and deletes what is stored of it: messages, drafts, what waits to be sent, files, secrets. Errors: NotFound, Storage;
    /// of the keychain when a secret could not be removed there (the account is gone all the same).
    base::Async<base::Done> removeAccount(const base::AccountId& id);
    /// What is at that address? Errors: Unsupported (this backend has no discovery) and the backend's own.
    base::Async<chat::Discovery> discover(const chat::AccountConfig& config);
    QList<Account*> accounts() const;
    Account* account(const base::AccountId& id) const; ///< null: no such account
    Account* accountOf(const base::ConversationId& id) const { return account(id.account()); }
    const chat::Conversation* conversation(const base::ConversationId& id) const;
    /// Cuts or restores every connection, as an unplugged cable would.
    void setNetworkOnline(bool online);
    /// Whether somebody looks at the program: see Backend::setAttended.
    void setAttended(bool attended);

    // ---- intents ----
    /// Text or command: addressed to a bot of that conversation?
    chat::OutgoingKind kindOf(const base::ConversationId& conversation, const QString& text) const;
    const chat::CommandSpec* specOf(const base::ConversationId& conversation, const QString& text) const;
    /// With attachments, which attachFile() or attachBytes() made, the text may be empty.
    base::Async<base::TransactionId> send(const base::ConversationId& conversation, const QString& text, const base::MessageId& thread = {},
        const base::MessageId& replyTo = {}, const QList<chat::Attachment>& attachments = {});
    /// Sends a command and answers with the run it became. The bot's name may be left out when one bot has that command.
    /// Errors: Offline (it waits in review), NotFound (nobody took it), Invalid, Storage.
    base::Async<base::RunId> run(const base::ConversationId& conversation, const QString& text);
    base::Async<base::Done> cancelRun(const base::RunId& run);
    base::Async<base::Done> decideRun(const base::RunId& run, bool approve);
    base::Async<base::ConversationId> join(const base::AccountId& account, const QString& name);
    base::Async<int> refreshCommands(const base::ConversationId& conversation);
    /// Begins a command that is a dialogue (CommandSpec::dialog). Errors: NotFound (no such account), Offline, Unsupported (no such command, or
    /// its bot is not there).
    base::Expected<std::unique_ptr<chat::CommandDialog>> openCommand(const chat::CommandSpec& spec);
    /// Sends a draft and removes it when it is safely in the outbox. A command that is not safe in production needs `confirmed`.
    base::Async<base::TransactionId> sendDraft(const base::DraftId& draft, bool confirmed);
    /// Removes a draft, and the copies of its files.
    base::Async<base::Done> discardDraft(const base::DraftId& draft);
    bool needsConfirmation(const base::ConversationId& conversation, const QString& text) const;
    void setComposerText(const base::ConversationId& conversation, const base::MessageId& thread, const QString& text);

    // ---- files (fileintents.cpp) ----
    chat::FileFacet* fileFacet(const base::ConversationId& conversation) const; ///< null: files cannot be sent there
    /// A copy of the file, to be sent. Errors: Unsupported, NotFound, Invalid (no file, or too large), Storage.
    base::Async<chat::Attachment> attachFile(const base::ConversationId& conversation, const QString& path);
    base::Async<chat::Attachment> attachBytes(const base::ConversationId& conversation, const QByteArray& bytes, const QString& name);
    /// The composer's files; copies of those that it has no longer are deleted, unless
    /// they are still wanted elsewhere (`keepCopies`).
    void setComposerAttachments(
        const base::ConversationId& conversation, const base::MessageId& thread, const QList<chat::Attachment>& files, bool keepCopies = false);
    /// Fetches a file of a message, when it is not here yet, and copies it to `path`. Errors: those of FileFacet::download, Storage.
    base::Async<base::Done> saveFile(const base::ConversationId& conversation, const chat::Attachment& file, const QString& path);
    /// Fetches it into the profile; files().changed() tells how that goes.
    void fetchFile(const base::ConversationId& conversation, const chat::Attachment& file);

    // ---- rooms and the people in them (roomintents.cpp) ----
    chat::RoomAdminFacet* roomAdmin(const base::ConversationId& room) const; ///< to ask what may be done; null: nothing
    /// Errors of all: those of RoomAdminFacet.
    base::Async<base::Done> kick(const base::ConversationId& room, const base::UserId& user, const QString& reason);
    base::Async<base::Done> ban(const base::ConversationId& room, const base::UserId& user, const QString& reason);
    base::Async<base::Done> unban(const base::ConversationId& room, const QString& who);
    base::Async<QList<chat::Ban>> bans(const base::ConversationId& room);
    base::Async<base::Done> setRank(const base::ConversationId& room, const base::UserId& user, chat::MemberRank rank);
    base::Async<base::Done> invite(const base::ConversationId& room, const QString& whom, const QString& reason);
    base::Async<base::Done> setNick(const base::ConversationId& room, const QString& nick);
    base::Async<base::Done> setTopic(const base::ConversationId& room, const QString& topic);
    /// The room's own form, for its owners. Errors: Offline, Unsupported.
    base::Expected<std::unique_ptr<chat::CommandDialog>> configureRoom(const base::ConversationId& room);
    chat::ContactFacet* contacts(const base::AccountId& account) const; ///< null: the protocol has no contacts
    /// Whom a direct conversation is with; empty for a room.
    base::UserId partnerIn(const base::ConversationId& conversation) const;
    base::Async<base::ConversationId> openDirect(const base::AccountId& account, const base::UserId& user);

    /// Message::order of a stored message. Errors: NotFound.
    base::Async<qint64> orderOf(const base::ConversationId& conversation, const base::MessageId& message);
    /// What was said right before a stored message, outside threads, oldest first.
    base::Async<QList<chat::Message>> messagesBefore(const base::ConversationId& conversation, const base::MessageId& message, int limit);
    /// The first message said at `timeMs` or later; empty: none. See GapFiller::reach. Errors: NotFound (no such account).
    base::Async<base::MessageId> messageAt(const base::ConversationId& conversation, qint64 timeMs);
    /// Messages that came since a draft was written.
    base::Async<int> newerMessages(const chat::Draft& draft) const;

    /// A piece of what is stored and has all of it: see ProfileStore::search.
    base::Async<chat::SearchPage> search(const chat::SearchQuery& query, qint64 from, int limit);

    // ---- the ledger (ledgerintents.cpp) ----
    /// What was run by everybody, as far as it was seen here, a page at a time. Errors: Storage.
    base::Async<QList<chat::RunRecord>> ledger(const chat::LedgerQuery& query);
    /// A summary of each command that has such runs. Errors: Storage.
    base::Async<QList<chat::CommandRecord>> commandLedger(const chat::LedgerQuery& query);

    /// See ProfileStore::threadOverviews.
    base::Async<QList<chat::ThreadOverview>> threads(const base::ConversationId& conversation, int limit);

    /// Asks the server for what a gap hides, now rather than in the background: it is in view.
    void fillGap(const chat::Gap& gap);

    /// A window on a conversation that stays in step until it is destroyed. It starts to load at once.
    std::unique_ptr<model::TimelineModel> openTimeline(const base::ConversationId& conversation, const base::MessageId& thread = {});

signals:
    void settingsLoaded();
    void accountAdded(const ridealong::base::AccountId& account); ///< or updated: what was asked of it before is void
    void accountRemoved(const ridealong::base::AccountId& account); ///< it can no longer be asked
    /// Once in a run: the keychain took no secret, so it is kept in memory and asked for again after the next start.
    void secretsNotKept(const ridealong::base::Error& why);
    void accountStatusChanged(const ridealong::base::AccountId& account);
    void accountSelfChanged(const ridealong::base::AccountId& account); ///< whether others see us as away
    void conversationChanged(const ridealong::base::ConversationId& conversation);
    void committed(const ridealong::base::AccountId& account, const ridealong::chat::SyncBatch& batch);
    void failed(const ridealong::base::Error& error);
    /// The database of this machine's own hub was damaged: it was moved to `path`, and the hub began a new one.
    void hubKeptAside(const QString& path);

private:
    base::Async<base::Done> startAccount(const chat::AccountConfig& config);
    void endAccount(const base::AccountId& id);
    void forgetAccount(const base::AccountId& id);
    base::Status completeConfig(chat::AccountConfig& config, chat::Secrets& secrets) const;
    base::Async<base::Done> saveAccount(const chat::AccountConfig& config, const chat::Secrets& secrets);
    void makeFiles();
    void makeSpeller();
    QStringList filesInUse() const;
    void dropUnused(const QList<chat::Attachment>& files);
    void makeSecretStore();
    void registerBackends();
    base::Async<chat::MessagePage> readPage(const chat::MessageQuery& query);
    void onRunChanged(const console::ConsoleChange& change);
    void refreshCommandsOf(const Account& account);
    void updateRow(const base::ConversationId& id);
    void noteUsage(const chat::RunReport& report);
    void setUsage(const base::UserId& bot, const QString& command, const palette::Usage& usage);
    void endWithRun(const base::TransactionId& transaction, QObject* scope, const std::function<void(base::Expected<base::RunId>)>& end);
    void runNow(const base::ConversationId& conversation, const QString& text, const base::Promise<base::RunId>& promise);
    base::Async<base::Done> loadCommands();

    Profile m_profile;
    base::Clock& m_clock;
    base::Random& m_random;
    base::Watchdog m_watchdog;
    std::unique_ptr<SystemNetwork> m_network;
    chat::BackendRegistry m_registry;
    base::FileLock m_lock;
    std::optional<settings::LoadReport> m_settingsReport;
    struct Opening;
    std::unique_ptr<Opening> m_opening; ///< once it has begun
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<secrets::SecretStore> m_secrets;
    std::unique_ptr<scripts::ScriptLibrary> m_scripts;
    std::unique_ptr<store::ProfileStore> m_store;
    std::unique_ptr<console::Console> m_console;
    std::unique_ptr<RunTracker> m_tracker;
    std::unique_ptr<palette::Palette> m_palette;
    std::unique_ptr<outbox::Outbox> m_outbox;
    std::unique_ptr<outbox::DraftBook> m_drafts;
    QSet<base::DraftId> m_sendingDrafts; ///< being handed to the outbox
    std::unique_ptr<files::FileCabinet> m_files;
    std::unique_ptr<spell::Speller> m_speller;
    model::ConversationListModel m_conversations;
    std::vector<std::unique_ptr<Account>> m_accounts; ///< last: they use all of the above
    QList<QPointer<model::TimelineModel>> m_timelines;
    bool m_attended = true;
    QSet<base::AccountId> m_commandsAsked; ///< since the connection came
};

} // namespace ridealong::workspace
