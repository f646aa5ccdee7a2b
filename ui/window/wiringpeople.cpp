// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// People one by one: writing to them, who may see when we are here, from whom nothing is taken; what they offer; their pictures; and whether
// we are there ourselves.
#include "chat/contacts.h"
#include "chat/systemevent.h"
#include "kit/errortext.h"
#include "kit/messagedocument.h"
#include "roomview/askdialog.h"
#include "roomview/bansdialog.h"
#include "sidebar/sidebar.h"
#include "timelineview/timelineview.h"
#include "window/actiontable.h"
#include "window/avatarshelf.h"
#include "window/conversationpage.h"
#include "window/wiring.h"

#include <QGuiApplication>
#include <QMenu>

namespace ridealong::window {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::minutes kUnattendedAfter{2};
constexpr int kMaxAddressChars = 1000;

} // namespace

void Wiring::wirePeople()
{
    const auto action = [this](const char* id) { return m_window.actionRegistry().find(QString::fromLatin1(id)); };
    connect(action(action::kDirect), &QAction::triggered, this, &Wiring::askWhomToWriteTo);
    connect(action(action::kContact), &QAction::triggered, this, [this] { toggleContact(m_current); });
    connect(action(action::kBlock), &QAction::triggered, this, [this] { toggleBlocked(m_current); });
    connect(action(action::kBlocked), &QAction::triggered, this, &Wiring::showBlocked);
    connect(m_window.page(), &ConversationPage::offerAnswered, this, &Wiring::answerOffer);
    connect(&m_workspace, &workspace::Workspace::accountAdded, this, [this](const base::AccountId& id) {
        if (const chat::ContactFacet* contacts = m_workspace.contacts(id))
            connect(contacts, &chat::ContactFacet::changed, this, &Wiring::presentOffer);
    });
    connect(&m_workspace, &workspace::Workspace::committed, this, [this](const base::AccountId& id) {
        if (id == m_current.account())
            presentOffer();
    });

    m_avatars = new AvatarShelf(m_workspace, m_pictures, this);

    m_unattended.setSingleShot(true);
    m_unattended.setInterval(kUnattendedAfter);
    connect(&m_unattended, &QTimer::timeout, this, [this] { m_workspace.setAttended(false); });
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, &Wiring::noteAttention);
    presentPersonActions();
}

void Wiring::noteAttention()
{
    if (QGuiApplication::applicationState() != Qt::ApplicationActive)
        return m_unattended.isActive() ? void() : m_unattended.start();
    m_unattended.stop();
    m_workspace.setAttended(true);
}

// ---- writing to somebody ----

void Wiring::askWhomToWriteTo()
{
    const workspace::Account* account = m_workspace.accountOf(m_current);
    if (!account)
        return complain({base::ErrorKind::NotFound, u"no account"_s, 0});
    roomview::Question question;
    question.title = tr("Write to somebody on %1").arg(kit::safeName(account->config().name));
    question.label = tr("&Name or address");
    question.placeholder = tr("ana, or ana@example.org");
    question.note = tr("Opens the conversation between the two of you. Nothing is sent yet.");
    question.action = tr("Open");
    question.maxChars = kMaxAddressChars;
    auto* dialog = new roomview::AskDialog(m_theme, question, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &roomview::AskDialog::answered, this, [this, id = account->config().id](const QString& name) {
        base::UserId user(name);
        // A name that somebody here has is theirs.
        const workspace::Account* known = m_workspace.account(id);
        for (const chat::Member& member : known ? known->members(m_current) : QList<chat::Member>())
            if (member.name.compare(name, Qt::CaseInsensitive) == 0)
                user = member.user;
        writeTo(id, user);
    });
    dialog->open();
}

void Wiring::writeTo(const base::AccountId& account, const base::UserId& user)
{
    m_workspace.openDirect(account, user).then(this, [this](const base::Expected<base::ConversationId>& opened) {
        opened ? enterRoom(*opened) : complain(opened.error());
    });
}

// ---- contacts ----

void Wiring::presentPersonActions()
{
    const base::UserId user = m_workspace.partnerIn(m_current);
    const chat::ContactFacet* contacts = user ? m_workspace.contacts(m_current.account()) : nullptr;
    m_window.actionRegistry().find(QString::fromLatin1(action::kContact))->setEnabled(contacts != nullptr);
    m_window.actionRegistry().find(QString::fromLatin1(action::kBlock))->setEnabled(contacts && contacts->canBlock());
}

void Wiring::fillPersonMenu(QMenu& menu, const base::ConversationId& direct)
{
    const base::UserId user = m_workspace.partnerIn(direct);
    const chat::ContactFacet* contacts = user ? m_workspace.contacts(direct.account()) : nullptr;
    if (!contacts)
        return;
    connect(menu.addAction(contacts->isContact(user) ? tr("Take away from my contacts") : tr("Add to my contacts")), &QAction::triggered, this,
        [this, direct] { toggleContact(direct); });
    QAction* block = menu.addAction(contacts->blocked().contains(user) ? tr("Unblock") : tr("Block"));
    block->setEnabled(contacts->canBlock());
    connect(block, &QAction::triggered, this, [this, direct] { toggleBlocked(direct); });
}

void Wiring::toggleContact(const base::ConversationId& direct)
{
    const base::UserId user = m_workspace.partnerIn(direct);
    if (chat::ContactFacet* contacts = user ? m_workspace.contacts(direct.account()) : nullptr)
        complainIfFails(contacts->isContact(user) ? contacts->remove(user) : contacts->add(user));
}

void Wiring::toggleBlocked(const base::ConversationId& direct)
{
    const base::UserId user = m_workspace.partnerIn(direct);
    if (chat::ContactFacet* contacts = user ? m_workspace.contacts(direct.account()) : nullptr)
        complainIfFails(contacts->setBlocked(user, !contacts->blocked().contains(user)));
}

void Wiring::showBlocked()
{
    const base::AccountId id = m_current.account();
    const workspace::Account* account = m_workspace.account(id);
    chat::ContactFacet* contacts = m_workspace.contacts(id);
    if (!account || !contacts || !contacts->canBlock())
        return complain({base::ErrorKind::Unsupported, u"nobody can be blocked on this account"_s, 0});
    auto* dialog = new roomview::BansDialog(m_theme, roomview::blockedBy(account->config().name), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto fill = [dialog, contacts] {
        QList<chat::Ban> all;
        for (const base::UserId& user : contacts->blocked())
            all.append({user.text(), {}, {}});
        dialog->setBans(all);
    };
    connect(contacts, &chat::ContactFacet::changed, dialog, fill);
    connect(contacts, &QObject::destroyed, dialog, &QDialog::reject); // the account went
    connect(dialog, &roomview::BansDialog::unbanRequested, contacts, [contacts, dialog](const QString& who) {
        contacts->setBlocked(base::UserId(who), false).then(dialog, [dialog](const base::Status& done) {
            if (!done)
                dialog->complain(kit::errorText(done.error()), done.error().detail);
        });
    });
    fill();
    dialog->open();
}

// ---- what they offer ----

/// Nothing of it is kept: a request stands at the server until it is answered, and an invitation is offered while it is the last that was
/// said and its room is not joined.
void Wiring::presentOffer()
{
    Offer offer;
    m_offered = {};
    const base::ConversationId here = m_current;
    const base::UserId user = m_workspace.partnerIn(here);
    chat::ContactFacet* contacts = user ? m_workspace.contacts(here.account()) : nullptr;
    const QString name = kit::safeName(nameOf(here));
    for (const chat::ContactRequest& request : contacts ? contacts->requests() : QList<chat::ContactRequest>()) {
        if (request.from != user)
            continue;
        offer = {tr("%1 asks to be told when you are here").arg(name), kit::safeName(request.text.simplified()),
            {tr("Allow"), tr("Decline"), tr("Block")}};
        if (!contacts->canBlock())
            offer.answers.removeLast();
        m_offered = [this, user, account = here.account()](int answer) {
            chat::ContactFacet* known = m_workspace.contacts(account);
            if (known)
                complainIfFails(answer == 0 ? known->accept(user) : known->decline(user));
            if (known && answer == 2)
                complainIfFails(known->setBlocked(user, true));
        };
        break;
    }
    const model::TimelineModel* timeline = m_window.page()->model();
    const int last = timeline ? timeline->rowCount() - 1 : -1;
    if (user && !m_offered && last >= 0 && !timeline->hasNewer()) {
        const chat::Message& message = timeline->row(last).message;
        const auto event = message.system ? chat::systemEventFromText(message.text) : std::nullopt;
        const bool isInvited = event && event->kind == chat::SystemEvent::Kind::Invited && !m_answered.contains(message.id);
        const chat::Conversation* room = isInvited ? m_workspace.conversation({here.account(), event->subject}) : nullptr;
        if (isInvited && !(room && room->joined)) {
            const QString where = kit::safeName(event->subject);
            offer = {tr("%1 invites you to %2").arg(name, where), kit::safeName(event->detail), {tr("Join"), tr("Not now")}};
            m_offered = [this, account = here.account(), subject = event->subject, id = message.id](int answer) {
                m_answered.insert(id); // it is answered, whatever comes of it
                if (answer == 0)
                    m_workspace.join(account, subject).then(this, [this](const base::Expected<base::ConversationId>& joined) {
                        joined ? enterRoom(*joined) : complain(joined.error());
                    });
            };
        }
    }
    m_window.page()->setOffer(offer);
}

void Wiring::answerOffer(int answer)
{
    if (const auto then = std::exchange(m_offered, {}))
        then(answer);
    m_window.page()->setOffer({});
    presentOffer();
}

} // namespace ridealong::window
