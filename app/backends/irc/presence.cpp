// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Who is there, of those with whom there is a direct conversation; and whether we are.
#include "irc/connection.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using chat::Presence;

namespace {

constexpr qsizetype kNamesBytes = 400; ///< of nicks in one MONITOR or ISON

/// Names in lists that fit into a line.
QStringList packed(const QStringList& names, QChar between)
{
    QStringList lists;
    for (const QString& name : names) {
        if (lists.isEmpty() || lists.last().toUtf8().size() + name.toUtf8().size() >= kNamesBytes)
            lists.append(name);
        else
            lists.last() += between + name;
    }
    return lists;
}

} // namespace

QStringList Connection::directNicks() const
{
    QStringList nicks;
    const auto& all = m_conversations.all();
    for (auto state = all.cbegin(); state != all.cend(); ++state)
        if (state->kind == chat::ConversationKind::Direct && state.key() != self().user.text())
            nicks.append(state->name);
    return nicks;
}

/// The server tells (MONITOR), or is asked now and again (ISON, which every server has).
void Connection::watch(const QStringList& nicks)
{
    if (!m_session.isupport().has(u"MONITOR"_s))
        return askWhoIsThere();
    const qsizetype room = m_session.isupport().number(u"MONITOR"_s, 30, 500) - m_monitored;
    const QStringList some = nicks.mid(0, std::max<qsizetype>(0, room));
    m_monitored += some.size();
    for (const QString& list : packed(some, u','))
        m_session.send({{}, {}, "MONITOR", {u"+"_s, list}}, Priority::History);
}

void Connection::askWhoIsThere()
{
    const QStringList nicks = directNicks().mid(0, kIsonNicks);
    if (nicks.isEmpty() || std::exchange(m_asksWhoIsThere, true))
        return;
    for (const QString& list : packed(nicks, u' ')) {
        Line line{{}, {}, "ISON", list.split(u' ')};
        m_session.request(std::move(line), Priority::History, [this, list](const Response& response) {
            if (response.end != Response::End::Complete)
                return;
            for (const Line& answer : response.lines)
                if (answer.command == "303") {
                    QSet<QString> there;
                    for (const QString& nick : answer.parameter(1).split(u' ', Qt::SkipEmptyParts))
                        there.insert(fold(nick));
                    for (const QString& nick : list.split(u' '))
                        tellPresence(nick,
                            !there.contains(fold(nick))                          ? Presence::Offline
                                : m_presence.value(fold(nick)) == Presence::Away ? Presence::Away
                                                                                 : Presence::Online);
                    return; // whatever else came with the same number answers another list
                }
        });
    }
    m_clock.after(kIsonEvery, this, [this] {
        m_asksWhoIsThere = false;
        askWhoIsThere();
    });
}

/// What any line says about somebody's being there.
void Connection::handlePresence(const Line& line)
{
    const QByteArray& command = line.command;
    if (command == "730" || command == "731") {
        for (const QString& mask : line.parameter(1).split(u',', Qt::SkipEmptyParts)) {
            const QString nick = mask.section(u'!', 0, 0);
            tellPresence(nick, command == "730" ? Presence::Online : Presence::Offline);
            if (command == "730" && isDirect(nick)) // there, or only signed in?
                m_session.send({{}, {}, "WHO", {nick}}, Priority::History);
        }
    } else if (command == "AWAY") {
        tellPresence(line.nick(), line.parameter(0).isEmpty() ? Presence::Online : Presence::Away);
    } else if (command == "301") {
        tellPresence(line.parameter(1), Presence::Away);
    } else if (command == "401") {
        tellPresence(line.parameter(1), Presence::Offline);
    } else if (command == "352") {
        tellPresence(line.parameter(5), line.parameter(6).startsWith(u'G') ? Presence::Away : Presence::Online);
    } else if (command == "QUIT" || command == "NICK") {
        tellPresence(line.nick(), Presence::Offline);
        if (command == "NICK")
            tellPresence(line.parameter(0), Presence::Online);
    } else if (command == "JOIN" && m_presence.value(fold(line.nick()), Presence::Offline) == Presence::Offline) {
        tellPresence(line.nick(), Presence::Online);
    } else if (command == "305" || command == "306") {
        m_away = command == "306";
        handleRooms({{}, m_session.nick(), "AWAY", m_away ? QStringList(u"away"_s) : QStringList()}); // nobody tells us of ourselves
        emit selfChanged();
    }
}

bool Connection::isDirect(const QString& nick) const
{
    const auto state = m_conversations.all().constFind(fold(nick));
    return state != m_conversations.all().cend() && state->kind == chat::ConversationKind::Direct;
}

void Connection::tellPresence(const QString& nick, Presence presence)
{
    const QString key = fold(nick);
    if (!isDirect(nick) || (m_presence.contains(key) && m_presence.value(key) == presence))
        return;
    m_presence[key] = presence;
    m_events(chat::MembersChanged{m_conversations.idOf(key), {self(), {base::UserId(key), nameOf(key), m_rooms.isBot(key), presence}}});
}

void Connection::setAway(const QString& reason)
{
    const int most = m_session.isupport().number(u"AWAYLEN"_s, 200, 1000);
    QString shown = reason.simplified();
    while (shown.toUtf8().size() > most)
        shown.chop(shown.back().isLowSurrogate() ? 2 : 1);
    shown = shown.trimmed();
    if (shown.isEmpty() && !m_saidAway && !m_away) // a bouncer may have said it for us
        return;
    m_saidAway = !shown.isEmpty();
    m_session.send({{}, {}, "AWAY", shown.isEmpty() ? QStringList() : QStringList(shown)});
}

} // namespace ridealong::irc
