// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hubcore.h"

#include "base/log.h"
#include "local/limits.h"
#include "net/privatefolder.h"

#include <QFileInfo>

namespace ridealong::local {

using namespace Qt::StringLiterals;

HubCore::HubCore(QString socketPath, base::Clock& clock_, base::Random& random_)
    : clock(clock_),
      random(random_),
      typing(clock_),
      requests(*this),
      m_socketPath(std::move(socketPath)),
      m_folder(m_socketPath + u".d"_s)
{
    connect(&typing, &HubTyping::changed, this, [this](const QString& conversation, const base::UserId& user, bool active) {
        for (const auto& session : m_sessions)
            if (session->isIn() && session->user() != user && rooms.find(conversation, session->user()))
                session->sendUnlessCongested(
                    {{"t"_L1, "typing"_L1}, {"c"_L1, conversation}, {"user"_L1, user.text()}, {"name"_L1, rooms.nameOf(user)}, {"on"_L1, active}});
    });
}

HubCore::~HubCore() { shutDown(); }

void HubCore::shutDown()
{
    m_server.reset();
    m_bots.clear(); // may report how their runs end
    m_sessions.clear();
    m_runs.reset();
    m_store.reset();
}

base::Async<store::OpenReport> HubCore::open()
{
    if (auto prepared = prepare(); !prepared)
        return base::Async<store::OpenReport>::ready(prepared.error());
    base::Promise<store::OpenReport> promise;
    m_store = std::make_unique<HubStore>(m_folder + u"/hub.db"_s);
    m_disk = std::make_unique<base::Worker>(u"hub files"_s);
    m_files = std::make_unique<HubFiles>(m_folder + u"/files"_s, *m_disk, random);
    m_outputs = std::make_unique<HubOutputs>(m_folder + u"/runs"_s, *m_disk);
    m_runs = std::make_unique<HubRuns>(*m_store, clock);
    connect(m_store.get(), &HubStore::failed, this, &HubCore::failed);
    connect(m_store.get(), &HubStore::changed, this, [this](const QList<store::HubChange>& changes) {
        for (const auto& session : m_sessions)
            session->publish(changes);
    });
    connect(m_runs.get(), &HubRuns::reported, this, [this](const chat::RunReport& report) {
        for (const auto& session : m_sessions)
            session->tell(report);
        if (chat::isFinal(report.state) && report.outputBytes > 0) {
            m_outputs->compress(report.run);
            tidyOutputsAfter(kTidyAfterRun);
        }
    });
    m_store->open(base::randomToken(random), clock.nowMs()).then(this, [this, promise](const base::Expected<store::HubState>& state) {
        if (!state) {
            promise.answer(state.error());
            return;
        }
        if (auto begun = begin(*state); !begun)
            promise.answer(begun.error());
        else
            promise.answer(state->report);
    });
    return promise.async();
}

base::Status HubCore::prepare()
{
    const auto parent = QFileInfo(m_folder).absolutePath();
    if (!QFileInfo::exists(parent))
        if (auto made = net::makePrivateFolder(parent); !made)
            return made;
    if (auto made = net::makePrivateFolder(m_folder); !made)
        return made;
    if (auto locked = m_lock.take(m_folder + u"/lock"_s); !locked)
        return locked;
    return net::makePrivateFolder(m_folder + u"/runs"_s);
}

base::Status HubCore::begin(const store::HubState& state)
{
    m_hubId = state.hubId;
    m_store->startSequence(state.sequence);
    rooms.load(state);
    for (const auto& bot : m_bots)
        rooms.setMember(memberFor(bot->member().user));
    makeFirstRooms();
    m_runs->giveUp(state.openRuns);
    m_files->tidy(state.usedFiles, clock.nowMs());
    tidyOutputsAfter(kTidyAfterStart);
    m_server = std::make_unique<net::LocalSocketServer>();
    const auto address = socketAddress(m_socketPath);
    if (address != m_socketPath)
        if (auto made = net::makePrivateFolder(QFileInfo(address).absolutePath()); !made)
            return made;
    if (auto listening = m_server->listen(address); !listening)
        return listening;
    connect(m_server.get(), &net::LocalSocketServer::clientConnected, this, [this] {
        while (auto channel = m_server->next())
            attach(std::move(channel));
    });
    m_isOpen = true;
    return base::Done{};
}

void HubCore::limitOutputs(const OutputLimits& limits)
{
    m_outputLimits = limits;
    if (m_isOpen)
        tidyOutputsAfter(kTidyAfterChange);
}

void HubCore::tidyOutputsAfter(std::chrono::milliseconds delay)
{
    const auto due = clock.monotonic() + delay;
    if (m_tidying && m_tidyDue <= due)
        return;
    m_tidyDue = due;
    m_tidying = std::make_unique<QObject>();
    clock.after(delay, m_tidying.get(), [this] { tidyOutputs(); });
}

void HubCore::tidyOutputs()
{
    m_tidying.reset();
    QSet<QString> open;
    for (const auto& run : m_runs->open())
        open.insert(HubOutputs::nameOf(run));
    m_outputs->overdue(m_outputLimits, open, clock.nowMs()).then(this, [this](const base::Expected<QStringList>& names) {
        tidyOutputsAfter(kTidyEvery);
        for (const QString& name : names.valueOr({}))
            if (HubOutputs::isRun(name))
                m_runs->forgetOutput(base::RunId(name));
        m_outputs->remove(names.valueOr({}));
    });
}

void HubCore::makeFirstRooms()
{
    if (!rooms.all().isEmpty())
        return;
    (void)rooms.addRoom(u"#ops"_s, u"Run scripts here: \"runner help\" lists them"_s, u"sandbox"_s);
    (void)rooms.addRoom(u"#prod"_s, u"What changes something here needs an approval"_s, u"production"_s);
    (void)rooms.addRoom(u"#help"_s, u"Questions and answers"_s);
    for (const auto& room : rooms.all())
        m_store->write(room);
}

void HubCore::addBot(std::unique_ptr<chat::Bot> bot)
{
    m_bots.push_back(std::move(bot));
    if (m_isOpen && rooms.setMember(memberFor(m_bots.back()->member().user)))
        tellMembers();
}

chat::Bot* HubCore::bot(const base::UserId& user) const
{
    for (const auto& bot : m_bots)
        if (bot->member().user == user)
            return bot.get();
    return nullptr;
}

chat::Member HubCore::memberFor(const base::UserId& user) const
{
    if (const auto* automaton = bot(user)) {
        auto member = automaton->member();
        member.bot = true;
        member.presence = chat::Presence::Online;
        return member;
    }
    const bool online
        = std::any_of(m_sessions.cbegin(), m_sessions.cend(), [&](const auto& session) { return session->isIn() && session->user() == user; });
    const auto name = rooms.nameOf(user);
    return {user, name.isEmpty() ? user.text() : name, false, online ? chat::Presence::Online : chat::Presence::Offline};
}

void HubCore::attach(std::unique_ptr<net::FrameChannel> channel)
{
    if (!m_isOpen || m_sessions.size() >= kMaxClients) {
        qCWarning(lcHub) << "a client was turned away";
        channel->close();
        return;
    }
    m_sessions.push_back(std::make_unique<HubSession>(std::move(channel), *this));
    auto* session = m_sessions.back().get();
    // Not at once: it is in the middle of something.
    connect(
        session, &HubSession::ended, this, [this, session] { leave(session); }, Qt::QueuedConnection);
}

void HubCore::leave(HubSession* session)
{
    const auto found = std::find_if(m_sessions.begin(), m_sessions.end(), [&](const auto& one) { return one.get() == session; });
    if (found == m_sessions.end())
        return;
    const auto user = session->isIn() ? session->user() : base::UserId();
    m_sessions.erase(found);
    if (user.isEmpty())
        return;
    const auto member = memberFor(user);
    if (member.presence == chat::Presence::Offline)
        typing.leave(user);
    if (rooms.setMember(member))
        tellMembers();
}

base::Status HubCore::enter(const base::UserId& user)
{
    if (!HubRooms::isUserName(user.text()))
        return base::Error{base::ErrorKind::Invalid, u"a user's name has 1 to %1 characters, without '|' and '/'"_s.arg(kMaxUserLength), 0};
    if (bot(user))
        return base::Error{base::ErrorKind::Denied, u"\"%1\" is a bot's name"_s.arg(user.text()), 0};
    if (!rooms.knows(user)) {
        if (rooms.people() >= kMaxUsers)
            return base::Error{base::ErrorKind::Denied, u"this hub has %1 people already"_s.arg(kMaxUsers), 0};
        m_store->write(store::HubUser{user, user.text()});
    }
    rooms.setMember({user, user.text(), false, chat::Presence::Online});
    return base::Done{};
}

void HubCore::tellMembers()
{
    for (const auto& session : m_sessions)
        if (session->isIn())
            session->sendMembers();
}

void HubCore::tellRoom(const QString& key)
{
    const auto* room = rooms.find(key);
    for (const auto& session : m_sessions)
        if (room && session->isIn() && room->isSeenBy(session->user()))
            session->sendRooms({room});
}

void HubCore::relay(HubSession& from, Fields& frame)
{
    const auto conversation = frame.text("c"_L1, kMaxIdLength);
    const auto peer = base::UserId(frame.text("peer"_L1, kMaxUserLength));
    const auto bytes = frame.bytes("frame"_L1, kMaxLinkFrameBytes);
    if (!frame.ok() || !from.takeLinkToken())
        return;
    const auto* where = rooms.find(conversation, from.user());
    if (!where || !where->isSeenBy(peer))
        return;
    for (const auto& session : m_sessions)
        if (session->isIn() && session->user() == peer && session.get() != &from)
            session->sendUnlessCongested({{"t"_L1, "link"_L1}, {"c"_L1, conversation}, {"peer"_L1, from.user().text()}, {"frame"_L1, bytes}});
}

void HubCore::post(chat::Message message, const store::HubConversation& where, const PostAnswer& answer)
{
    if (m_accepting) {
        // A bot speaks while it is asked: after the message it was asked about, or the order would not be that of the sequence.
        QMetaObject::invokeMethod(
            this, [this, message, where, answer] { post(message, where, answer); }, Qt::QueuedConnection);
        return;
    }
    message.order = m_store->nextSequence();
    message.id = store::hubMessageId(m_hubId, message.order);
    message.timeMs = clock.nowMs();
    std::optional<chat::RunReport> report;
    chat::Bot* runs = nullptr;
    for (const auto& bot : m_bots) {
        // A bot hears the rooms and what is said to it, not what two people say to each other; nor itself or another bot. What comes
        // with files is no command: a client sends it as text, without the confirmation that a command needs.
        if (message.fromBot || !message.attachments.isEmpty() || !where.isSeenBy(bot->member().user))
            continue;
        m_accepting = true;
        report = bot->accept(message, where.conversation);
        m_accepting = false;
        if (report && report->run.isEmpty())
            report.reset();
        if (report) {
            runs = bot.get();
            break;
        }
    }
    std::optional<store::HubRun> stored;
    if (report) {
        report->conversation = message.conversation;
        report->cause = message.id;
        report->bot = runs->member().user;
        stored = m_runs->accepted(*report);
        message.run = report->run;
    }
    m_store->write(store::HubPost{message, stored}, [this, answer, report, runs](const store::HubOutcome& outcome) {
        if (answer)
            answer(outcome);
        // A repeated message has its run already; this one was only what the bot would have made of it.
        if (!report || !outcome.status || outcome.repeated)
            return;
        m_runs->begun(*report);
        runs->begin(*report);
    });
}

} // namespace ridealong::local
