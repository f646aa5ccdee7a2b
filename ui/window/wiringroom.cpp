// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Rooms and the people in them: who is here, who may what, and what is done about it.
#include "chat/commanddialog.h"
#include "kit/errortext.h"
#include "roomview/askdialog.h"
#include "roomview/bansdialog.h"
#include "roomview/peopledialog.h"
#include "sidebar/sidebar.h"
#include "window/actiontable.h"
#include "window/conversationpage.h"
#include "window/wiring.h"

#include <QMenu>

#include <string_view>

namespace ridealong::window {

using namespace Qt::StringLiterals;
using roomview::AskDialog;
using roomview::BansDialog;
using roomview::PeopleDialog;

namespace {

constexpr int kMaxTopicChars = 1000;
constexpr int kMaxNameChars = 200;
constexpr const char* kRoomActions[]{
    action::kPeople, action::kInvite, action::kTopic, action::kNick, action::kBans, action::kRoomSettings}; // as menus have them

} // namespace

void Wiring::wireRoom()
{
    for (const char* id : kRoomActions)
        connect(m_window.actionRegistry().find(QString::fromLatin1(id)), &QAction::triggered, this, [this, id] { actInRoom(id); });
    connect(m_window.page(), &ConversationPage::peopleRequested, this, [this] { actInRoom(action::kPeople); });
    connect(m_window.page(), &ConversationPage::headMenuRequested, this, [this](const QPoint& at) {
        auto* menu = new QMenu(&m_window);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillRoomMenu(*menu, m_current);
        fillPersonMenu(*menu, m_current);
        if (menu->isEmpty())
            return menu->deleteLater();
        menu->popup(at);
    });
    connect(m_window.sidebar(), &sidebar::Sidebar::conversationMenuOpens, this, [this](const base::ConversationId& id, QMenu* menu) {
        menu->addSeparator();
        fillRoomMenu(*menu, id);
        fillPersonMenu(*menu, id);
    });
    presentRoomActions();
}

bool Wiring::mayInRoom(const char* id, const base::ConversationId& room) const
{
    const chat::Conversation* conversation = m_workspace.conversation(room);
    if (!conversation || conversation->kind != chat::ConversationKind::Room)
        return false;
    const chat::RoomAdminFacet* facet = m_workspace.roomAdmin(room);
    const chat::RoomPowers powers = facet ? facet->powers(room) : chat::RoomPowers();
    const std::pair<const char*, bool> rows[]{{action::kPeople, true}, {action::kTopic, powers.setTopic}, {action::kNick, powers.setNick},
        {action::kInvite, powers.invite}, {action::kBans, powers.ban}, {action::kRoomSettings, powers.configure}};
    return std::any_of(std::begin(rows), std::end(rows), [id](const auto& row) { return row.first == std::string_view(id) && row.second; });
}

/// In front or not: the menu of a row in the sidebar is about its own room.
void Wiring::fillRoomMenu(QMenu& menu, const base::ConversationId& room)
{
    if (!mayInRoom(action::kPeople, room))
        return; // no room
    for (const char* id : kRoomActions) {
        const QAction* known = m_window.actionRegistry().find(QString::fromLatin1(id));
        QAction* entry = menu.addAction(known->icon(), known->text());
        if (room == m_current)
            entry->setShortcut(known->shortcut());
        entry->setEnabled(mayInRoom(id, room));
        connect(entry, &QAction::triggered, this, [this, id, room] {
            openConversation(room);
            actInRoom(id);
        });
    }
}

void Wiring::presentRoomActions()
{
    for (const char* id : kRoomActions)
        m_window.actionRegistry().find(QString::fromLatin1(id))->setEnabled(mayInRoom(id, m_current));
}

void Wiring::actInRoom(const char* id)
{
    if (!mayInRoom(id, m_current))
        return;
    const std::string_view what = id;
    if (what == action::kPeople)
        showPeople();
    else if (what == action::kTopic)
        askTopic();
    else if (what == action::kNick)
        askNick();
    else if (what == action::kInvite)
        askWhomToInvite(&m_window);
    else if (what == action::kRoomSettings)
        showRoomSettings();
    else
        showBans();
}

// ---- people ----

void Wiring::showPeople()
{
    if (m_people)
        m_people->close();
    m_peopleOf = m_current;
    const base::ConversationId room = m_current;
    const auto powersOver = [this, room](const base::UserId& user) {
        const chat::RoomAdminFacet* facet = m_workspace.roomAdmin(room);
        return facet ? facet->powersOver(room, user) : chat::MemberPowers();
    };
    m_people = new PeopleDialog(m_theme, nameOf(room), powersOver, &m_window);
    m_people->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_people, &PeopleDialog::kickRequested, this,
        [this, room](const base::UserId& user, const QString& reason) { tellIfFails(m_workspace.kick(room, user, reason)); });
    connect(m_people, &PeopleDialog::banRequested, this,
        [this, room](const base::UserId& user, const QString& reason) { tellIfFails(m_workspace.ban(room, user, reason)); });
    connect(m_people, &PeopleDialog::rankRequested, this,
        [this, room](const base::UserId& user, chat::MemberRank rank) { tellIfFails(m_workspace.setRank(room, user, rank)); });
    connect(m_people, &PeopleDialog::directRequested, this, [this, room](const base::UserId& user) {
        if (m_people)
            m_people->close();
        writeTo(room.account(), user);
    });
    connect(m_people, &PeopleDialog::inviteRequested, this, [this] { askWhomToInvite(m_people); });
    presentPeople();
    m_people->open();
}

void Wiring::presentPeople()
{
    const workspace::Account* account = m_workspace.accountOf(m_peopleOf);
    if (!m_people || !account)
        return;
    const chat::RoomAdminFacet* facet = m_workspace.roomAdmin(m_peopleOf);
    const auto ranks = facet ? facet->ranks(m_peopleOf) : QHash<base::UserId, chat::MemberRank>();
    QList<roomview::Person> people;
    for (const chat::Member& member : account->members(m_peopleOf))
        people.append({member, ranks.value(member.user, chat::MemberRank::Ordinary), member.user == account->self().user});
    m_people->setPeople(people, facet ? facet->powers(m_peopleOf) : chat::RoomPowers());
}

void Wiring::showBans()
{
    auto* dialog = new BansDialog(m_theme, roomview::bannedFrom(nameOf(m_current)), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto ask = [this, dialog, room = m_current] {
        m_workspace.bans(room).then(dialog, [dialog](const base::Expected<QList<chat::Ban>>& bans) { dialog->setBans(bans); });
    };
    connect(dialog, &BansDialog::unbanRequested, this, [this, dialog, ask, room = m_current](const QString& who) {
        m_workspace.unban(room, who).then(dialog, [dialog, ask](const base::Status& done) {
            if (!done)
                return dialog->complain(kit::errorText(done.error()), done.error().detail);
            ask();
        });
    });
    ask();
    dialog->open();
}

void Wiring::showRoomSettings()
{
    auto settings = m_workspace.configureRoom(m_current);
    if (!settings)
        return complain(settings.error());
    showDialog(std::move(*settings), tr("Settings of %1").arg(nameOf(m_current)), {}, m_current.account());
}

/// Where it was asked for, while that is in front.
void Wiring::tellIfFails(const base::Async<base::Done>& async)
{
    async.then(this, [this](const base::Status& done) {
        if (done)
            return;
        if (m_people)
            m_people->complain(kit::errorText(done.error()), done.error().detail);
        else
            complain(done.error());
    });
}

// ---- one line is asked ----

void Wiring::askInRoom(const roomview::Question& question, QWidget* over, std::function<base::Async<base::Done>(const QString&)> then)
{
    auto* dialog = new AskDialog(m_theme, question, over);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AskDialog::answered, this, [this, then = std::move(then)](const QString& text) { tellIfFails(then(text)); });
    dialog->open();
}

void Wiring::askTopic()
{
    const chat::Conversation* conversation = m_workspace.conversation(m_current);
    roomview::Question question;
    question.title = tr("Topic of %1").arg(nameOf(m_current));
    question.label = tr("&Topic");
    question.text = conversation ? conversation->topic.simplified() : QString();
    question.placeholder = tr("None");
    question.note = tr("Everybody in the room sees it.");
    question.action = tr("Change the topic");
    question.mayBeEmpty = true;
    question.maxChars = kMaxTopicChars;
    askInRoom(question, &m_window, [this, room = m_current](const QString& topic) { return m_workspace.setTopic(room, topic); });
}

void Wiring::askNick()
{
    const workspace::Account* account = m_workspace.accountOf(m_current);
    QString now;
    for (const chat::Member& member : account ? account->members(m_current) : QList<chat::Member>())
        if (member.user == account->self().user)
            now = member.name;
    roomview::Question question;
    question.title = tr("My name in %1").arg(nameOf(m_current));
    question.label = tr("&Name");
    question.text = now;
    question.note = tr("Others see it beside what you write. Where a server has one name for all rooms, it changes everywhere.");
    question.action = tr("Change my name");
    question.maxChars = kMaxNameChars;
    askInRoom(question, &m_window, [this, room = m_current](const QString& nick) { return m_workspace.setNick(room, nick); });
}

void Wiring::askWhomToInvite(QWidget* over)
{
    roomview::Question question;
    question.title = tr("Invite somebody into %1").arg(nameOf(m_current));
    question.label = tr("&Name or address");
    question.placeholder = tr("ana, or ana@example.org");
    question.note = tr("They are told about the room. Whether they come is up to them.");
    question.action = tr("Invite");
    question.maxChars = kMaxNameChars;
    askInRoom(question, over, [this, room = m_current](const QString& whom) { return m_workspace.invite(room, whom, {}); });
}

} // namespace ridealong::window
