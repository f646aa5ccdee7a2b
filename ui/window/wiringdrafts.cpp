// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What is written: in the composers, put aside, waiting in the outbox. Whatever answers later answers to the place it was written
// for, which need not be in front any more.
#include "composer/composer.h"
#include "consoleview/consolepanel.h"
#include "draftsview/draftspanel.h"
#include "window/wiring.h"

#include <QPlainTextEdit>

namespace ridealong::window {

using namespace Qt::StringLiterals;

namespace {

QList<chat::Attachment> without(QList<chat::Attachment> files, const QList<chat::Attachment>& gone)
{
    files.removeIf([&](const chat::Attachment& file) {
        return std::any_of(gone.cbegin(), gone.cend(), [&](const chat::Attachment& one) { return one.path == file.path; });
    });
    return files;
}

} // namespace

Wiring::Place Wiring::placeOf(const ConversationPage& page)
{
    return page.model() ? Place{page.model()->conversation(), page.model()->thread()} : Place{};
}

ConversationPage* Wiring::pageShowing(const Place& place)
{
    for (ConversationPage* page : pages())
        if (page->model() && placeOf(*page) == place)
            return page;
    return nullptr;
}

/// What is being written there, with its files.
void Wiring::presentComposer(ConversationPage& page)
{
    const Place place = placeOf(page);
    page.composer()->setText(m_workspace.drafts().composerText(place.conversation, place.thread));
    presentAttachments(page);
}

/// Those that are on their way into the outbox are no longer shown; the draft keeps them until they are there.
void Wiring::presentAttachments(ConversationPage& page)
{
    const Place place = placeOf(page);
    page.composer()->setAttachments(without(m_workspace.drafts().composerAttachments(place.conversation, place.thread), m_leaving));
    page.composer()->setAttaching(m_attaching.value(place));
}

void Wiring::setAttachments(const Place& place, const QList<chat::Attachment>& files, bool keepCopies)
{
    m_workspace.setComposerAttachments(place.conversation, place.thread, files, keepCopies);
    if (ConversationPage* page = pageShowing(place))
        presentAttachments(*page);
}

void Wiring::send(ConversationPage& page, const QString& text, const base::MessageId& replyTo, const QList<chat::Attachment>& files)
{
    const Place place = placeOf(page);
    m_leaving += files;
    m_workspace.send(place.conversation, text, place.thread, replyTo, files)
        .then(this, [this, place, text, files](const base::Expected<base::TransactionId>& sent) {
            m_leaving = without(m_leaving, files);
            if (!sent) {
                putBack(place, text, files); // not stored: nothing else has it
                complain(sent.error());
            } else if (!files.isEmpty()) { // the outbox has them now; others may have been attached meanwhile
                takeAway(place, files);
            }
        });
}

/// Into its composer, when that is in front and nothing was written there since; else among the drafts.
void Wiring::putBack(const Place& place, const QString& text, const QList<chat::Attachment>& files)
{
    ConversationPage* page = pageShowing(place);
    if (page && page->composer()->text().isEmpty()) {
        page->composer()->setText(text);
        presentAttachments(*page);
        return;
    }
    addDraft(place, text, files);
    takeAway(place, files);
}

/// They belong to the outbox or to a draft now, which has their copies.
void Wiring::takeAway(const Place& place, const QList<chat::Attachment>& files)
{
    setAttachments(place, without(m_workspace.drafts().composerAttachments(place.conversation, place.thread), files), true);
}

void Wiring::submitEdit(const chat::Message& message, const QString& text)
{
    workspace::Account* account = m_workspace.accountOf(message.conversation);
    chat::EditFacet* edits = account ? account->backend().facets().edits : nullptr;
    const auto failed = [this, message, text](const base::Error& why) {
        ConversationPage* page = pageShowing({message.conversation, message.thread});
        if (!page)
            page = pageShowing({message.conversation, {}});
        if (page && !page->composer()->isEditing()) {
            page->composer()->setEdit(message); // keeps what was written meanwhile
            page->composer()->editor()->setPlainText(text);
        } else {
            addDraft({message.conversation, message.thread}, text, {});
        }
        complain(why);
    };
    if (!edits)
        return failed({base::ErrorKind::Unsupported, u"messages cannot be edited here"_s, 0});
    edits->edit(message, text).then(this, [failed](const base::Status& edited) {
        if (!edited)
            failed(edited.error());
    });
}

// ---- put aside ----

void Wiring::addDraft(const Place& place, const QString& text, const QList<chat::Attachment>& files)
{
    chat::Draft draft;
    draft.conversation = place.conversation;
    draft.thread = place.thread;
    draft.text = text;
    draft.attachments = files;
    draft.kind = files.isEmpty() ? m_workspace.kindOf(place.conversation, text) : chat::OutgoingKind::Text;
    if (const workspace::Account* account = m_workspace.accountOf(place.conversation))
        draft.orderWhenWritten = account->read(place.conversation).newest;
    m_workspace.drafts().put(draft).then(
        this, [this](const base::Expected<base::DraftId>& added) { added ? m_window.showDock(MainWindow::Dock::Drafts) : complain(added.error()); });
}

void Wiring::saveComposerAsDraft()
{
    ConversationPage& page = *m_window.page();
    const QString text = page.composer()->text();
    const QList<chat::Attachment> files = page.composer()->attachments();
    const Place place = placeOf(page);
    if (text.trimmed().isEmpty() && files.isEmpty())
        return;
    addDraft(place, text, files); // before the composer lets go of it
    m_workspace.setComposerText(place.conversation, place.thread, {});
    takeAway(place, files);
    presentComposer(page);
}

/// Puts it where it was written, to be changed. What stands there becomes a draft of its own. Null: that place cannot be opened.
ConversationPage* Wiring::writeAgain(const Place& place, const QString& text, const QList<chat::Attachment>& files)
{
    ConversationPage* page = openPlace(place);
    if (!page)
        return nullptr;
    page->composer()->cancelMode();
    page->composer()->flush();
    const QString before = m_workspace.drafts().composerText(place.conversation, place.thread);
    const QList<chat::Attachment> filesBefore = m_workspace.drafts().composerAttachments(place.conversation, place.thread);
    if (!before.trimmed().isEmpty() || !filesBefore.isEmpty())
        addDraft(place, before, filesBefore);
    m_workspace.setComposerText(place.conversation, place.thread, text);
    m_workspace.setComposerAttachments(place.conversation, place.thread, files, true);
    presentComposer(*page);
    page->composer()->focusEditor();
    return page;
}

ConversationPage* Wiring::openPlace(const Place& place)
{
    openConversation(place.conversation);
    if (m_current != place.conversation)
        return nullptr;
    if (!place.thread.isEmpty() && placeOf(*m_window.threadPage()) != place)
        openThread(place.thread);
    return pageShowing(place);
}

// ---- the dock ----

void Wiring::wireDrafts()
{
    using draftsview::DraftsPanel;
    DraftsPanel* drafts = m_window.drafts();
    connect(drafts, &DraftsPanel::sendDraftRequested, this, &Wiring::sendDraft);
    connect(drafts, &DraftsPanel::editDraftRequested, this, [this](const base::DraftId& id) {
        const chat::Draft* found = m_workspace.drafts().find(id);
        if (!found)
            return;
        const chat::Draft draft = *found;
        const Place place{draft.conversation, draft.thread};
        if (draft.composer) {
            if (ConversationPage* page = openPlace(place)) // it stands there already
                page->composer()->focusEditor();
        } else if (writeAgain(place, draft.text, draft.attachments)) {
            m_workspace.drafts().remove(id).ignore(); // it is the composer's now
        }
    });
    connect(drafts, &DraftsPanel::discardDraftRequested, this, [this](const base::DraftId& id) {
        const chat::Draft* found = m_workspace.drafts().find(id);
        if (!found)
            return;
        const chat::Draft draft = *found;
        complainIfFails(m_workspace.discardDraft(id));
        if (ConversationPage* page = draft.composer ? pageShowing({draft.conversation, draft.thread}) : nullptr)
            presentComposer(*page);
    });
    connect(drafts, &DraftsPanel::retryRequested, this, &Wiring::retry);
    connect(drafts, &DraftsPanel::discardOutboxRequested, this, &Wiring::discard);
    connect(drafts, &DraftsPanel::editOutboxRequested, this, [this](const base::TransactionId& id) {
        const chat::OutboxItem* found = m_workspace.outbox().find(id);
        if (!found)
            return;
        const chat::OutboxItem item = *found;
        const Place place{item.conversation, item.thread};
        ConversationPage* page = writeAgain(place, item.text, item.attachments);
        if (!page)
            return;
        if (const base::Status gone = m_workspace.outbox().discard(id); !gone) { // on its way by now: it must not be there twice
            m_workspace.setComposerText(place.conversation, place.thread, {});
            m_workspace.setComposerAttachments(place.conversation, place.thread, {}, true);
            presentComposer(*page);
            return complain(gone.error());
        }
        if (const int row = item.replyTo.isEmpty() ? -1 : page->model()->rowOf(item.replyTo); row >= 0)
            page->composer()->setReply(page->model()->row(row).message);
    });
    connect(&m_workspace.outbox(), &outbox::Outbox::changed, this, [this] { m_presentUnsent.start(); });
    connect(&m_workspace.outbox(), &outbox::Outbox::discarded, this, [this] { m_presentUnsent.start(); });
    connect(&m_workspace.drafts(), &outbox::DraftBook::changed, this, [this] { m_presentUnsent.start(); });
}

void Wiring::sendDraft(const base::DraftId& id)
{
    for (ConversationPage* page : pages())
        page->composer()->flush(); // one of them may be what this draft keeps
    const chat::Draft* draft = m_workspace.drafts().find(id);
    if (!draft)
        return;
    const Place place{draft->conversation, draft->thread};
    if (!m_workspace.needsConfirmation(draft->conversation, draft->text)) {
        m_workspace.sendDraft(id, false).then(this, [this, place, composer = draft->composer](const base::Expected<base::TransactionId>& sent) {
            if (!sent)
                return complain(sent.error());
            if (ConversationPage* page = composer ? pageShowing(place) : nullptr)
                presentComposer(*page);
        });
        return;
    }
    // What changes production is confirmed where commands are: by typing, over the exact text.
    const QString text = draft->text;
    openConversation(place.conversation);
    m_window.showDock(MainWindow::Dock::Console);
    m_window.console()->setText(text);
    m_window.console()->focusCommandLine();
}

void Wiring::retry(const base::TransactionId& id)
{
    if (const base::Status status = m_workspace.outbox().retry(id); !status)
        complain(status.error());
}

void Wiring::discard(const base::TransactionId& id)
{
    if (const base::Status status = m_workspace.outbox().discard(id); !status)
        complain(status.error());
}

} // namespace ridealong::window
