// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "workspace/workspace.h"

#include "base/log.h"
#include "files/filecabinet.h"
#include "palette/form.h"
#include "scripts/scriptlibrary.h"
#include "scripts/unpack.h"
#include "secrets/secretstore.h"
#include "spell/speller.h"
#include "store/profilestore.h"
#include "workspace/runtracker.h"
#include "workspace/systemnetwork.h"
#include "workspace/usagejson.h"

#include <QDir>
#include <QLocale>

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

/// A run is taken for new when it ended after the last one that was counted: a replay after a reconnect counts nothing twice.
bool endedAfter(const chat::RunReport& report, const palette::Usage& usage) { return report.endedAtMs > usage.lastAtMs; }

} // namespace

Workspace::Workspace(Profile profile, base::Clock& clock, base::Random& random, QObject* parent)
    : QObject(parent),
      m_profile(std::move(profile)),
      m_clock(clock),
      m_random(random),
      m_lock(m_profile.folder + u"/lock"_s)
{
    registerBackends();
    m_settings = std::make_unique<settings::Settings>(m_profile.folder + u"/settings.json"_s, m_clock);
    makeSecretStore();
    m_store = std::make_unique<store::ProfileStore>(m_profile.folder + u"/ridealong.db"_s);
    m_console = std::make_unique<console::Console>();
    m_tracker = std::make_unique<RunTracker>(*m_store, *m_console, m_clock);
    m_palette = std::make_unique<palette::Palette>(m_clock);
    m_outbox = std::make_unique<outbox::Outbox>(*m_store, m_clock, m_random);
    m_drafts = std::make_unique<outbox::DraftBook>(*m_store, m_clock, m_random);
    makeFiles();
    makeSpeller();

    connect(m_console.get(), &console::Console::changed, this, &Workspace::onRunChanged);
    connect(m_outbox.get(), &outbox::Outbox::changed, this, [this](const chat::OutboxItem& item) {
        for (const auto& timeline : std::as_const(m_timelines))
            if (timeline)
                timeline->apply(item);
    });
    connect(m_outbox.get(), &outbox::Outbox::accepted, this, [this](const chat::OutboxItem& item) { m_tracker->noteAccepted(item.transaction); });
    connect(m_outbox.get(), &outbox::Outbox::discarded, this, [this](const chat::OutboxItem& item) {
        for (const auto& timeline : std::as_const(m_timelines))
            if (timeline)
                timeline->discard(item.transaction);
    });
    connect(m_drafts.get(), &outbox::DraftBook::changed, this,
        [this](const base::ConversationId& id) { m_conversations.setHasDraft(id, m_drafts->hasComposer(id)); });
}

Workspace::~Workspace()
{
    // The accounts use everything else, and their signals must not find half of it gone.
    m_accounts.clear();
}

void Workspace::makeSpeller()
{
    m_speller = std::make_unique<spell::Speller>(spell::Speller::systemFolders(), m_profile.folder + u"/words.txt"_s);
    const auto choose = [this] {
        const QString wanted = m_settings->value(settings::Key::SpellLanguage).toString();
        m_speller->setLanguage(wanted == "auto"_L1 ? m_speller->languageFor(QLocale::system().name()) : wanted == "off"_L1 ? QString() : wanted);
    };
    connect(m_settings.get(), &settings::Settings::changed, this, [choose](settings::Key key) {
        if (key == settings::Key::SpellLanguage)
            choose();
    });
    connect(this, &Workspace::settingsLoaded, this, choose);
}

QString Workspace::userScriptsFolder() const { return m_profile.folder + u"/scripts"_s; }

// ---- opening ----

void Workspace::loadSettings()
{
    m_settingsReport = m_settings->load();
    emit settingsLoaded();
}

struct Workspace::Opening
{
    base::Status locked;
    std::optional<base::Async<store::OpenReport>> store; ///< unless another process has the profile
};

void Workspace::prepare()
{
    if (m_opening)
        return;
    QDir().mkpath(userScriptsFolder()); // and so the profile's own
    m_opening = std::make_unique<Opening>(m_lock.acquire());
    // A read-only profile has no lock file; reading it twice does no harm.
    if (m_opening->locked || m_opening->locked.error().kind != ErrorKind::Denied)
        m_opening->store = m_store->open();
}

base::Async<OpenReport> Workspace::open()
{
    prepare();
    if (!m_opening->store)
        return base::Async<OpenReport>::ready(m_opening->locked.error());
    OpenReport report;
    report.settingsReadOnly = !m_opening->locked;
    if (!m_settingsReport)
        loadSettings();
    report.settingsKeptAside = m_settingsReport->keptAside;
    report.settingsReadOnly = report.settingsReadOnly || m_settingsReport->readOnly;
    const QString shipped = m_profile.folder + u"/shipped-scripts"_s;
    if (const base::Status unpacked = scripts::unpackScripts(QString::fromLatin1(scripts::kShippedScripts), shipped); !unpacked)
        qCWarning(lcWorkspace) << "shipped scripts:" << unpacked.error().detail;
    m_scripts = std::make_unique<scripts::ScriptLibrary>(QStringList{shipped, userScriptsFolder()}); // only now: it reads them at once
    connect(m_scripts.get(), &scripts::ScriptLibrary::changed, this, [this] {
        for (Account* account : accounts())
            refreshCommandsOf(*account);
    });

    base::Promise<OpenReport> promise;
    m_opening->store->then(this, [this, promise, report](base::Expected<store::OpenReport> opened) mutable {
        if (!opened)
            return promise.answer(opened.error());
        report.databaseKeptAside = opened->keptAside;
        report.databaseReadOnly = opened->readOnly;
        m_tracker->load({u":/bots"_s, m_profile.folder + u"/bots"_s});
        auto draftsRead = std::make_shared<bool>(false);
        m_drafts->load(m_files->attachedFolder()).then(this, [draftsRead](base::Status drafts) { *draftsRead = bool(drafts); });
        loadCommands().then(this, [](base::Status) {});
        m_outbox->load(m_files->attachedFolder()).then(this, [this, promise, report, draftsRead](base::Status outbox) {
            if (!outbox)
                return promise.answer(outbox.error());
            if (*draftsRead) // what cannot be read may have files
                m_files->tidy(filesInUse());
            m_store->accounts().then(this, [this, promise, report](base::Expected<QList<store::StoredAccount>> accounts) {
                if (!accounts)
                    return promise.answer(accounts.error());
                // Open means: what is stored of every account is there, connected or not.
                auto open = std::make_shared<qsizetype>(accounts->size());
                if (*open == 0)
                    return promise.answer(report);
                for (const store::StoredAccount& stored : *accounts)
                    startAccount({stored.id, stored.backend, stored.name, stored.user, stored.server, stored.options})
                        .then(this, [promise, report, open](base::Status) {
                            if (--*open == 0)
                                promise.answer(report);
                        });
            });
        });
    });
    return promise.async();
}

base::Async<base::Done> Workspace::loadCommands()
{
    base::Promise<base::Done> promise;
    m_store->commands().then(this, [this, promise](base::Expected<QList<chat::CommandSpec>> specs) {
        if (!specs)
            return promise.answer(specs.error());
        QHash<std::pair<base::AccountId, base::UserId>, QList<chat::CommandSpec>> byBot;
        for (const chat::CommandSpec& spec : std::as_const(*specs))
            byBot[{spec.account, spec.bot}].append(spec);
        for (auto it = byBot.cbegin(); it != byBot.cend(); ++it)
            m_palette->setCommands(it.key().first, it.key().second, it.value());
        m_store->usages().then(this, [this, promise](base::Expected<QList<store::StoredUsage>> usages) {
            if (!usages)
                return promise.answer(usages.error());
            for (const store::StoredUsage& stored : std::as_const(*usages))
                if (const auto usage = usageFromJson(stored.usage))
                    m_palette->setUsage(stored.bot, stored.command, *usage);
            promise.answer(base::Done());
        });
    });
    return promise.async();
}

base::Async<base::Done> Workspace::ensureLocalAccount()
{
    if (!m_accounts.empty())
        return base::Async<base::Done>::ready(base::Done());
    chat::AccountConfig config;
    config.backend = u"local"_s;
    config.name = u"Local workspace"_s;
    config.user = m_settings->value(settings::Key::LocalUser).toString();
    base::Promise<base::Done> promise;
    addAccount(config).then(
        this, [promise](base::Expected<base::AccountId> added) { promise.answer(added ? base::Status(base::Done()) : base::Status(added.error())); });
    return promise.async();
}

// ---- rows ----

/// A bot's commands are the same in all of an account's rooms, so one room is asked.
void Workspace::refreshCommandsOf(const Account& account)
{
    for (const chat::Conversation& known : account.conversations())
        if (known.joined) {
            m_commandsAsked.insert(account.config().id);
            return refreshCommands(known.id).ignore();
        }
}

void Workspace::updateRow(const base::ConversationId& id)
{
    Account* owner = accountOf(id);
    const chat::Conversation* conversation = owner ? owner->conversation(id) : nullptr;
    if (!conversation)
        return;
    model::ConversationRow row;
    row.account = id.account();
    row.conversation = *conversation;
    const auto read = owner->read(id);
    row.unread = read.unread;
    row.mentions = read.mentions;
    row.hasDraft = !m_drafts->composerText(id, {}).isEmpty();
    if (conversation->kind == chat::ConversationKind::Direct)
        for (const chat::Member& member : owner->members(id))
            if (member.user != owner->self().user) {
                row.presence = member.presence;
                row.bot = member.bot;
            }
    m_conversations.setConversation(row);
}

// ---- runs ----

void Workspace::onRunChanged(const console::ConsoleChange& change)
{
    if (change.kind != console::ConsoleChange::Kind::Added && change.kind != console::ConsoleChange::Kind::Report)
        return;
    const console::Run* run = m_console->find(change.run);
    if (!run)
        return;
    for (const auto& timeline : std::as_const(m_timelines))
        if (timeline)
            timeline->apply(run->report);
    if (const Account* owner = accountOf(run->report.conversation); owner && owner->reportsRuns())
        m_tracker->noteReported(run->report);
    if (chat::isFinal(run->report.state))
        noteUsage(run->report);
}

void Workspace::noteUsage(const chat::RunReport& report)
{
    const chat::CommandSpec* spec = palette::specOf(report.command, m_palette->commands());
    if (!spec)
        return;
    const palette::Usage before = m_palette->usage(report.bot, spec->name);
    if (!endedAfter(report, before))
        return;
    palette::Usage after
        = m_palette->used(before, report.senderName, report.state == chat::RunState::Succeeded, report.endedAtMs - report.startedAtMs);
    after.lastAtMs = report.endedAtMs;
    setUsage(report.bot, spec->name, after);
}

void Workspace::setUsage(const base::UserId& bot, const QString& command, const palette::Usage& usage)
{
    m_palette->setUsage(bot, command, usage);
    m_store->putUsage({bot, command, usageToJson(usage)}).ignore();
}

// ---- timelines ----

base::Async<qint64> Workspace::orderOf(const base::ConversationId& conversation, const base::MessageId& message)
{
    base::Promise<qint64> promise;
    m_store->message(conversation, message).then(this, [promise](base::Expected<QList<chat::Message>> found) {
        if (!found)
            promise.answer(found.error());
        else if (found->isEmpty())
            promise.answer(Error{ErrorKind::NotFound, u"no such message"_s, 0});
        else
            promise.answer(found->first().order);
    });
    return promise.async();
}

base::Async<QList<chat::Message>> Workspace::messagesBefore(const base::ConversationId& conversation, const base::MessageId& message, int limit)
{
    base::Promise<QList<chat::Message>> promise;
    orderOf(conversation, message).then(this, [this, promise, conversation, limit](const base::Expected<qint64>& order) {
        if (!order)
            return promise.answer(order.error());
        chat::MessageQuery query;
        query.conversation = conversation;
        query.beforeOrder = *order;
        query.limit = limit;
        m_store->messages(query).then(this, [promise](const base::Expected<chat::MessagePage>& page) {
            promise.answer(page ? base::Expected<QList<chat::Message>>(page->messages) : page.error());
        });
    });
    return promise.async();
}

base::Async<base::MessageId> Workspace::messageAt(const base::ConversationId& conversation, qint64 timeMs)
{
    Account* owner = accountOf(conversation);
    return owner ? owner->reach(conversation, timeMs) : base::Async<base::MessageId>::ready(Error{ErrorKind::NotFound, u"no such account"_s, 0});
}

base::Async<int> Workspace::newerMessages(const chat::Draft& draft) const { return m_store->countAfter(draft.conversation, draft.orderWhenWritten); }

base::Async<chat::SearchPage> Workspace::search(const chat::SearchQuery& query, qint64 from, int limit)
{
    return m_store->search(query, from, limit);
}

base::Async<QList<chat::ThreadOverview>> Workspace::threads(const base::ConversationId& conversation, int limit)
{
    return m_store->threadOverviews(conversation, limit);
}

void Workspace::fillGap(const chat::Gap& gap)
{
    if (Account* owner = accountOf(gap.conversation))
        owner->fillGap(gap);
}

/// What is stored; where that ends the server is asked for what is older, and what it says is stored before it is shown.
base::Async<chat::MessagePage> Workspace::readPage(const chat::MessageQuery& query)
{
    if (query.afterOrder > 0 || query.thread)
        return m_store->messages(query);
    base::Promise<chat::MessagePage> promise;
    m_store->messages(query).then(this, [this, query, promise](base::Expected<chat::MessagePage> page) {
        Account* owner = accountOf(query.conversation);
        if (!page || !page->reachedEnd || !owner || !owner->mayHaveOlder(query.conversation))
            return promise.answer(std::move(page));
        if (!page->messages.isEmpty()) {
            page->reachedEnd = false;
            return promise.answer(std::move(page));
        }
        owner->loadOlder(query.conversation).then(this, [this, query, promise](const base::Expected<bool>& more) {
            if (!more)
                return promise.answer(more.error());
            m_store->messages(query).then(this, [promise, more = *more](base::Expected<chat::MessagePage> again) {
                if (again)
                    again->reachedEnd = again->reachedEnd && !more;
                promise.answer(std::move(again));
            });
        });
    });
    return promise.async();
}

std::unique_ptr<model::TimelineModel> Workspace::openTimeline(const base::ConversationId& conversation, const base::MessageId& thread)
{
    Account* owner = accountOf(conversation);
    auto timeline = std::make_unique<model::TimelineModel>(
        conversation, thread, owner ? owner->self() : chat::Member(), [this](const chat::MessageQuery& query) { return readPage(query); });
    timeline->setGapStates([this](const chat::Gap& gap) {
        const Account* asked = accountOf(gap.conversation);
        return asked ? asked->gapState(gap) : chat::GapState::Unavailable;
    });
    for (const base::RunId& id : m_console->runs())
        timeline->apply(m_console->find(id)->report);
    for (const chat::OutboxItem& item : m_outbox->items())
        timeline->apply(item);
    if (owner)
        if (const auto read = owner->read(conversation); thread.isEmpty() && read.unread > 0)
            timeline->setUnreadAfter(read.readUpTo);
    m_timelines.removeIf([](const auto& known) { return known.isNull(); });
    m_timelines.append(timeline.get());
    timeline->loadNewest();
    return timeline;
}

} // namespace ridealong::workspace
