// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What a user can intend, one function each. The rest of Workspace, its building and its wiring, is in workspace.cpp.
#include "chat/commanddialog.h"
#include "palette/form.h"
#include "store/profilestore.h"
#include "workspace/runtracker.h"
#include "workspace/workspace.h"

#include <QRegularExpression>

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr std::chrono::milliseconds kMembersWait{5000};
constexpr std::chrono::milliseconds kStoredWait{3000};

} // namespace

chat::OutgoingKind Workspace::kindOf(const base::ConversationId& conversation, const QString& text) const
{
    if (specOf(conversation, text))
        return chat::OutgoingKind::Command;
    const Account* owner = accountOf(conversation);
    if (!owner)
        return chat::OutgoingKind::Text;
    if (!owner->reportsRuns())
        return m_tracker->isCommand(conversation, text) ? chat::OutgoingKind::Command : chat::OutgoingKind::Text;
    const QString first = text.trimmed().section(u' ', 0, 0);
    for (const chat::Member& bot : owner->bots(conversation))
        for (const QString& address : {bot.name, u'@' + bot.name, bot.name + u':', u'@' + bot.name + u':', bot.name + u','})
            if (first.compare(address, Qt::CaseInsensitive) == 0)
                return chat::OutgoingKind::Command;
    return chat::OutgoingKind::Text;
}

const chat::CommandSpec* Workspace::specOf(const base::ConversationId& conversation, const QString& text) const
{
    const chat::CommandSpec* spec = palette::specOf(text, m_palette->commands());
    return spec && !spec->prefix.isEmpty() && text.startsWith(spec->prefix) && spec->account == conversation.account() ? spec : nullptr;
}

bool Workspace::needsConfirmation(const base::ConversationId& conversation, const QString& text) const
{
    const chat::Conversation* room = this->conversation(conversation);
    if (!room || room->environment != "production"_L1 || kindOf(conversation, text) != chat::OutgoingKind::Command)
        return false;
    const chat::CommandSpec* spec = specOf(conversation, text);
    return !spec || spec->risk != chat::Risk::Safe;
}

base::Async<base::TransactionId> Workspace::send(const base::ConversationId& conversation, const QString& text, const base::MessageId& thread,
    const base::MessageId& replyTo, const QList<chat::Attachment>& attachments)
{
    if (!this->conversation(conversation))
        return base::Async<base::TransactionId>::ready(Error{ErrorKind::NotFound, u"no conversation '%1'"_s.arg(conversation.text()), 0});
    chat::OutboxItem item;
    item.conversation = conversation;
    item.kind = attachments.isEmpty() ? kindOf(conversation, text) : chat::OutgoingKind::Text; // no bot takes files with a command
    item.text = text;
    item.attachments = attachments;
    item.thread = thread;
    item.replyTo = replyTo;
    return m_outbox->submit(item);
}

base::Async<base::RunId> Workspace::run(const base::ConversationId& conversation, const QString& text)
{
    Account* owner = accountOf(conversation);
    if (!owner || !owner->conversation(conversation))
        return base::Async<base::RunId>::ready(Error{ErrorKind::NotFound, u"no conversation '%1'"_s.arg(conversation.text()), 0});
    base::Promise<base::RunId> promise;
    if (!owner->members(conversation).isEmpty()) {
        runNow(conversation, text, promise);
        return promise.async();
    }
    // Just connected: who is here, and so which bot is meant, comes in a moment.
    auto* scope = new QObject(this);
    const auto go = [this, scope, conversation, text, promise, gone = std::make_shared<bool>(false)] {
        if (std::exchange(*gone, true))
            return; // whatever comes second, the command goes once
        scope->deleteLater();
        runNow(conversation, text, promise);
    };
    connect(owner, &Account::conversationChanged, scope, [go, owner, conversation](const base::ConversationId& changed) {
        if (changed == conversation && !owner->members(conversation).isEmpty())
            go();
    });
    m_clock.after(kMembersWait, scope, go);
    return promise.async();
}

void Workspace::runNow(const base::ConversationId& conversation, const QString& text, const base::Promise<base::RunId>& promise)
{
    using Answer = base::Expected<base::RunId>;
    QString full = text;
    if (kindOf(conversation, text) == chat::OutgoingKind::Text) {
        // Said without the bot's name: the console's line is about commands only.
        const chat::CommandSpec* spec = palette::specOf(text, m_palette->commands());
        QStringList bots = m_tracker->bots(conversation);
        if (bots.isEmpty())
            for (const chat::Member& bot : accountOf(conversation)->bots(conversation))
                bots += bot.name;
        if (spec && spec->account == conversation.account())
            full = spec->prefix + text;
        else if (bots.size() == 1)
            full = bots.first() + u' ' + text;
        else
            return promise.answer(Error{ErrorKind::NotFound, u"no bot of this conversation is addressed"_s, 0});
    }

    send(conversation, full).then(this, [this, promise](base::Expected<base::TransactionId> stored) {
        if (!stored)
            return promise.answer(stored.error());
        // Ends with the item: taken, refused, or kept for review.
        auto* scope = new QObject(this);
        const auto end = [scope, promise](Answer answer) {
            promise.answer(std::move(answer));
            scope->deleteLater();
        };
        const auto look = [end, transaction = *stored](const chat::OutboxItem& item) {
            if (item.transaction != transaction)
                return;
            if (item.state == chat::OutboxState::Review)
                end(Error{ErrorKind::Offline, u"not connected: it waits in review as %1"_s.arg(transaction.text()), 0});
            else if (item.state == chat::OutboxState::Failed)
                end(item.why.value_or(Error{ErrorKind::Denied, u"refused"_s, 0}));
        };
        connect(m_outbox.get(), &outbox::Outbox::accepted, scope,
            [this, scope, end, transaction = *stored](const chat::OutboxItem& item, const chat::SendResult& result) {
                if (item.transaction == transaction)
                    result.run ? end(Answer(result.run)) : endWithRun(transaction, scope, end);
            });
        connect(m_outbox.get(), &outbox::Outbox::changed, scope, look);
        if (const chat::OutboxItem* item = m_outbox->find(*stored))
            look(*item);
    });
}

/// The message was taken by a server that knows of no runs: it becomes one when it is stored.
void Workspace::endWithRun(const base::TransactionId& transaction, QObject* scope, const std::function<void(base::Expected<base::RunId>)>& end)
{
    if (const base::RunId run = m_tracker->runOf(transaction))
        return end(run);
    connect(m_tracker.get(), &RunTracker::started, scope, [end, transaction](const base::RunId& run, const base::TransactionId& ofWhich) {
        if (ofWhich == transaction)
            end(run);
    });
    m_clock.after(kStoredWait, scope, [end] { end(Error{ErrorKind::NotFound, u"sent, but no bot took it as a command"_s, 0}); });
}

base::Async<base::Done> Workspace::cancelRun(const base::RunId& run)
{
    const console::Run* known = m_console->find(run);
    Account* owner = known ? accountOf(known->report.conversation) : nullptr;
    chat::RunFeed* feed = owner ? owner->backend().facets().runs : nullptr;
    return feed ? feed->cancel(run) : base::Async<base::Done>::ready(Error{ErrorKind::NotFound, u"no run '%1'"_s.arg(run.text()), 0});
}

base::Async<base::Done> Workspace::decideRun(const base::RunId& run, bool approve)
{
    if (const auto* followed = m_tracker->find(run)) {
        // The bot waits for a word in the room: those that say yes come first.
        static const QRegularExpression kNo(u"\\b(no?|deny|reject|cancel|abort)$"_s, QRegularExpression::CaseInsensitiveOption);
        const QString word = followed->answers.value(0);
        const QString no = followed->answers.filter(kNo).value(0, followed->answers.value(1));
        if ((approve ? word : no).isEmpty())
            return base::Async<base::Done>::ready(Error{ErrorKind::Unsupported, u"its bot takes no answer from here"_s, 0});
        base::Promise<base::Done> promise;
        send(followed->report.conversation, approve ? word : no).then(this, [promise](const base::Expected<base::TransactionId>& sent) {
            promise.answer(sent ? base::Status(base::Done()) : base::Status(sent.error()));
        });
        return promise.async();
    }
    const console::Run* known = m_console->find(run);
    Account* owner = known ? accountOf(known->report.conversation) : nullptr;
    chat::RunFeed* feed = owner ? owner->backend().facets().runs : nullptr;
    return feed ? feed->decide(run, approve) : base::Async<base::Done>::ready(Error{ErrorKind::NotFound, u"no run '%1'"_s.arg(run.text()), 0});
}

base::Async<base::ConversationId> Workspace::join(const base::AccountId& id, const QString& name)
{
    Account* owner = account(id);
    if (!owner)
        return base::Async<base::ConversationId>::ready(Error{ErrorKind::NotFound, u"no account '%1'"_s.arg(id.text()), 0});
    chat::RoomFacet* rooms = owner->backend().facets().rooms;
    if (!rooms)
        return base::Async<base::ConversationId>::ready(Error{ErrorKind::Unsupported, u"this backend has no rooms to join"_s, 0});
    base::Promise<base::ConversationId> promise;
    rooms->join(name).then(this, [this, owner = QPointer<Account>(owner), promise](base::Expected<base::ConversationId> joined) {
        if (!joined || !owner || owner->conversation(*joined))
            return promise.answer(std::move(joined));
        // We are in; that is still being stored, and until it is nothing can be sent there.
        auto* scope = new QObject(this);
        const auto go = [scope, promise, joined] {
            promise.answer(joined);
            scope->deleteLater();
        };
        connect(owner, &Account::conversationChanged, scope, [go, owner, id = *joined](const base::ConversationId& changed) {
            if (changed == id && owner->conversation(id))
                go();
        });
        m_clock.after(kMembersWait, scope, go);
    });
    return promise.async();
}

base::Async<int> Workspace::refreshCommands(const base::ConversationId& conversation)
{
    Account* owner = accountOf(conversation);
    chat::CommandFacet* commands = owner ? owner->backend().facets().commands : nullptr;
    if (!commands)
        return base::Async<int>::ready(Error{ErrorKind::Unsupported, u"no bot here can list its commands"_s, 0});
    base::Promise<int> promise;
    commands->commands(conversation).then(this, [this, promise, id = conversation.account()](base::Expected<QList<chat::CommandSpec>> specs) {
        if (!specs)
            return promise.answer(specs.error());
        QHash<base::UserId, QList<chat::CommandSpec>> byBot;
        for (chat::CommandSpec& spec : *specs) {
            spec.account = id;
            byBot[spec.bot].append(spec);
        }
        for (auto it = byBot.cbegin(); it != byBot.cend(); ++it) {
            m_palette->setCommands(id, it.key(), it.value());
            m_store->putCommands(id, it.key(), it.value()).ignore();
        }
        promise.answer(int(specs->size()));
    });
    return promise.async();
}

base::Expected<std::unique_ptr<chat::CommandDialog>> Workspace::openCommand(const chat::CommandSpec& spec)
{
    Account* owner = account(spec.account);
    if (!owner)
        return Error{ErrorKind::NotFound, u"no account '%1'"_s.arg(spec.account.text()), 0};
    if (!owner->isConnected())
        return Error{ErrorKind::Offline, u"not connected"_s, 0};
    chat::CommandFacet* commands = owner->backend().facets().commands;
    std::unique_ptr<chat::CommandDialog> dialog = commands && spec.dialog ? commands->open(spec) : nullptr;
    if (!dialog)
        return Error{ErrorKind::Unsupported, u"'%1' of '%2' cannot be opened"_s.arg(spec.name, spec.bot.text()), 0};
    connect(dialog.get(), &chat::CommandDialog::stage, this, [this, spec, by = owner->self().name](const chat::CommandStage& stage) {
        const bool isError = std::any_of(stage.notes.begin(), stage.notes.end(),
            [](const chat::CommandNote& note) { return note.severity == chat::CommandNote::Severity::Error; });
        if (stage.isOver && !stage.isCancelled)
            setUsage(spec.bot, spec.name, m_palette->used(m_palette->usage(spec.bot, spec.name), by, !isError, 0));
    });
    return dialog;
}

base::Async<base::TransactionId> Workspace::sendDraft(const base::DraftId& id, bool confirmed)
{
    const chat::Draft* draft = m_drafts->find(id);
    if (!draft)
        return base::Async<base::TransactionId>::ready(Error{ErrorKind::NotFound, u"no such draft"_s, 0});
    if (!confirmed && needsConfirmation(draft->conversation, draft->text))
        return base::Async<base::TransactionId>::ready(Error{ErrorKind::Denied, u"changes production: needs a confirmation"_s, 0});
    if (m_sendingDrafts.contains(id))
        return base::Async<base::TransactionId>::ready(Error{ErrorKind::Invalid, u"it is being sent already"_s, 0});
    m_sendingDrafts.insert(id);
    base::Promise<base::TransactionId> promise;
    send(draft->conversation, draft->text, draft->thread, {}, draft->attachments)
        .then(this, [this, promise, id](base::Expected<base::TransactionId> sent) {
            m_sendingDrafts.remove(id);
            if (sent)
                m_drafts->remove(id).ignore(); // only now: until it is stored in the outbox the draft is the only copy
            promise.answer(sent);
        });
    return promise.async();
}

base::Async<base::Done> Workspace::discardDraft(const base::DraftId& id)
{
    const chat::Draft* draft = m_drafts->find(id);
    const QList<chat::Attachment> files = draft ? draft->attachments : QList<chat::Attachment>();
    const base::Async<base::Done> removed = m_drafts->remove(id);
    dropUnused(files);
    return removed;
}

void Workspace::setComposerText(const base::ConversationId& conversation, const base::MessageId& thread, const QString& text)
{
    const Account* owner = accountOf(conversation);
    m_drafts->setComposerText(conversation, thread, text, kindOf(conversation, text), owner ? owner->read(conversation).newest : 0).ignore();
}

} // namespace ridealong::workspace
