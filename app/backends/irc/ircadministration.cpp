// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/ircadministration.h"

#include <QPointer>

#include <algorithm>
#include <array>

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::MemberRank;
using Done = base::Async<base::Done>;

namespace {

struct Refusal
{
    const char* numeric;
    ErrorKind kind;
};
constexpr std::array kRefusals{Refusal{"401", ErrorKind::NotFound}, Refusal{"403", ErrorKind::NotFound}, Refusal{"441", ErrorKind::NotFound},
    Refusal{"442", ErrorKind::NotFound}, Refusal{"406", ErrorKind::NotFound}, Refusal{"421", ErrorKind::Unsupported},
    Refusal{"432", ErrorKind::Invalid}, Refusal{"461", ErrorKind::Invalid}, Refusal{"472", ErrorKind::Invalid}, Refusal{"696", ErrorKind::Invalid},
    Refusal{"433", ErrorKind::Denied}, Refusal{"436", ErrorKind::Denied}, Refusal{"437", ErrorKind::Denied}, Refusal{"443", ErrorKind::Denied},
    Refusal{"447", ErrorKind::Denied}, Refusal{"478", ErrorKind::Denied}, Refusal{"481", ErrorKind::Denied}, Refusal{"482", ErrorKind::Denied},
    Refusal{"484", ErrorKind::Denied}, Refusal{"485", ErrorKind::Denied}, Refusal{"974", ErrorKind::Denied}, Refusal{"438", ErrorKind::RateLimited}};
constexpr qint64 kNickRetryMs = 30'000; // servers let a nick change so often
constexpr qsizetype kMaxNameChars = 200;
constexpr std::chrono::seconds kListPatience{20};

/// Something that stands alone in a line.
bool isWord(const QString& word)
{
    return !word.isEmpty() && word.size() <= kMaxNameChars && !word.startsWith(u':')
        && std::none_of(word.begin(), word.end(), [](QChar c) { return c <= u' ' || c == u','; });
}

std::optional<Error> refusalIn(const std::vector<Line>& lines, const Isupport& isupport, const QStringList& about)
{
    for (const Line& line : lines) {
        const QString why = line.parameters.isEmpty() ? QString() : line.parameters.last();
        if (line.command == "FAIL")
            return Error{ErrorKind::Denied, why, 0};
        const auto row = std::find_if(kRefusals.begin(), kRefusals.end(), [&line](const Refusal& r) { return line.command == r.numeric; });
        if (row == kRefusals.end())
            continue;
        // Without labels there may be answers to something else in between.
        const bool isOurs = line.hasTag("label") || line.command == "461" || line.command == "421"
            || std::any_of(line.parameters.begin(), line.parameters.end(), [&](const QString& parameter) {
                   return std::any_of(
                       about.begin(), about.end(), [&](const QString& name) { return isupport.fold(name) == isupport.fold(parameter); });
               });
        if (isOurs)
            return Error{row->kind, why, row->kind == ErrorKind::RateLimited ? kNickRetryMs : 0};
    }
    return std::nullopt;
}

Error invalid(const QString& word) { return {ErrorKind::Invalid, u"'%1' cannot be sent"_s.arg(word.left(kMaxNameChars)), 0}; }
Error notThere() { return {ErrorKind::NotFound, u"not in that channel, or nobody of that name is"_s, 0}; }
Error broken() { return {ErrorKind::Offline, u"the connection broke"_s, 0}; }

/// "ana*=+user@host" in 302, for that nick.
QString hostOf(const std::vector<Line>& lines, const Isupport& isupport, const QString& nick)
{
    for (const Line& line : lines)
        if (line.command == "302" && line.parameters.size() > 1)
            for (const QString& reply : line.parameters.last().split(u' ', Qt::SkipEmptyParts)) {
                QString who = reply.section(u'=', 0, 0);
                if (who.endsWith(u'*'))
                    who.chop(1);
                const QString host = reply.section(u'=', 1).section(u'@', 1);
                if (isupport.fold(who) == isupport.fold(nick) && isWord(host))
                    return host;
            }
    return {};
}

} // namespace

// ---- what may be done ----

const RoomMember* IrcAdministration::Place::member(const base::UserId& user) const
{
    if (!room)
        return nullptr;
    const auto at = room->members.constFind(connection->fold(user.text()));
    return at == room->members.cend() ? nullptr : &*at;
}

qsizetype IrcAdministration::Place::level(const RoomMember& of) const
{
    const QString all = connection->session().isupport().prefixes();
    qsizetype best = all.size();
    for (const QChar prefix : of.prefixes)
        if (const qsizetype at = all.indexOf(prefix); at >= 0)
            best = std::min(best, at);
    return best;
}

/// Behind all others for a mode that the server has not.
qsizetype IrcAdministration::Place::levelOf(QChar mode) const
{
    const QString modes = connection->session().isupport().prefixModes();
    const qsizetype at = modes.indexOf(mode);
    return at < 0 ? modes.size() : at;
}

IrcAdministration::Place IrcAdministration::placeOf(const base::ConversationId& id) const
{
    Place place;
    place.connection = m_account.owns(id) ? m_account.connection() : nullptr;
    place.room = place.connection ? place.connection->rooms().find(id.key()) : nullptr;
    place.self = place.room ? place.member(base::UserId(place.connection->session().nick())) : nullptr;
    return place;
}

chat::RoomPowers IrcAdministration::powers(const base::ConversationId& id) const
{
    const Place place = placeOf(id);
    if (!place)
        return {};
    const QString modes = place.connection->session().isupport().prefixModes();
    const qsizetype lowest = modes.contains(u'h') ? place.levelOf(u'h') : place.levelOf(u'o');
    return {.setTopic = true, .setNick = true, .invite = true, .ban = lowest < modes.size() && place.level(*place.self) <= lowest};
}

chat::MemberRank IrcAdministration::Place::rank(const RoomMember& of) const
{
    const QString modes = connection->session().isupport().prefixModes();
    const qsizetype at = level(of);
    if (at >= modes.size())
        return MemberRank::Ordinary;
    switch (modes[at].unicode()) {
    case u'q': return MemberRank::Owner;
    case u'a': return MemberRank::Admin;
    case u'o':
    case u'h': return MemberRank::Moderator;
    case u'v': return MemberRank::Member;
    default: return at < levelOf(u'o') ? MemberRank::Admin : MemberRank::Member; // a network's own
    }
}

QHash<base::UserId, chat::MemberRank> IrcAdministration::ranks(const base::ConversationId& id) const
{
    QHash<base::UserId, MemberRank> ranks;
    if (const Place place = placeOf(id))
        for (auto member = place.room->members.cbegin(); member != place.room->members.cend(); ++member)
            if (const MemberRank rank = place.rank(*member); rank != MemberRank::Ordinary)
                ranks.insert(base::UserId(member.key()), rank);
    return ranks;
}

chat::MemberPowers IrcAdministration::powersOver(const base::ConversationId& id, const base::UserId& user) const
{
    const Place place = placeOf(id);
    const RoomMember* member = place ? place.member(user) : nullptr;
    if (!member || member == place.self)
        return {};
    const qsizetype ours = place.level(*place.self), theirs = place.level(*member), op = place.levelOf(u'o');
    const bool isOp = ours <= op && op < place.connection->session().isupport().prefixModes().size();
    const bool isHalf = !isOp && ours == place.levelOf(u'h') && ours < place.connection->session().isupport().prefixModes().size();
    // An operator acts upon operators, and nobody upon those above; half-operators only upon those below.
    const bool reaches = isOp ? theirs >= std::min(ours, op) : isHalf && theirs > ours;
    if (!reaches)
        return {};
    chat::MemberPowers powers{.kick = true, .ban = true};
    const MemberRank current = place.rank(*member);
    const auto offer = [&](MemberRank rank, QChar mode, bool mayGive) {
        const bool exists = mode.isNull() || place.connection->session().isupport().prefixModes().contains(mode);
        if (exists && mayGive && rank != current)
            powers.ranks.append(rank);
    };
    offer(MemberRank::Ordinary, {}, true);
    offer(MemberRank::Member, u'v', true);
    offer(MemberRank::Moderator, u'o', isOp);
    offer(MemberRank::Admin, u'a', ours < place.levelOf(u'a'));
    offer(MemberRank::Owner, u'q', ours <= place.levelOf(u'q'));
    return powers;
}

// ---- doing it ----

Done IrcAdministration::ask(Connection& connection, const Line& line, const QStringList& about)
{
    base::Promise<base::Done> promise;
    connection.session().request(line, Priority::Control, [promise, about, isupport = connection.session().isupport()](const Response& response) {
        if (response.end != Response::End::Complete)
            return promise.answer(broken());
        const auto refusal = refusalIn(response.lines, isupport, about);
        promise.answer(refusal ? base::Status(*refusal) : base::Status(base::Done()));
    });
    return promise.async();
}

Done IrcAdministration::kick(const base::ConversationId& id, const base::UserId& user, const QString& reason)
{
    const Place place = placeOf(id);
    const RoomMember* member = place ? place.member(user) : nullptr;
    if (!member)
        return Done::ready(notThere());
    Line line{{}, {}, "KICK", {place.room->name, member->nick}};
    if (!reason.isEmpty())
        line.parameters.append(reason);
    return ask(*place.connection, line, {place.room->name, member->nick});
}

Done IrcAdministration::ban(const base::ConversationId& id, const base::UserId& user, const QString& reason)
{
    const Place place = placeOf(id);
    const RoomMember* member = place ? place.member(user) : nullptr;
    if (!member)
        return Done::ready(notThere());
    base::Promise<base::Done> promise;
    place.connection->session().request({{}, {}, "USERHOST", {member->nick}}, Priority::Control,
        [self = QPointer(this), promise, id, user, nick = member->nick, reason](const Response& response) {
            const Place now = self && response.end == Response::End::Complete ? self->placeOf(id) : Place();
            if (!now)
                return promise.answer(broken());
            const QString host = hostOf(response.lines, now.connection->session().isupport(), nick);
            self->banMask(id, host.isEmpty() ? nick + u"!*@*"_s : u"*!*@"_s + host, user, reason, promise);
        });
    return promise.async();
}

void IrcAdministration::banMask(
    const base::ConversationId& id, const QString& mask, const base::UserId& user, const QString& reason, const base::Promise<base::Done>& promise)
{
    const Place place = placeOf(id);
    const Line line{{}, {}, "MODE", {place.room->name, u"+b"_s, mask}};
    ask(*place.connection, line, {place.room->name, mask}).then(this, [this, id, user, reason, promise](const base::Status& done) {
        if (!done || !placeOf(id).member(user)) // or they went by themselves
            return promise.answer(done);
        kick(id, user, reason).then(this, [promise](const base::Status& kicked) { promise.answer(kicked); });
    });
}

Done IrcAdministration::unban(const base::ConversationId& id, const QString& who)
{
    const Place place = placeOf(id);
    if (!place)
        return Done::ready(notThere());
    if (!isWord(who))
        return Done::ready(invalid(who));
    return ask(*place.connection, {{}, {}, "MODE", {place.room->name, u"-b"_s, who}}, {place.room->name, who});
}

base::Async<QList<chat::Ban>> IrcAdministration::bans(const base::ConversationId& id)
{
    using Bans = QList<chat::Ban>;
    const Place place = placeOf(id);
    if (!place)
        return base::Async<Bans>::ready(notThere());
    base::Promise<Bans> promise;
    Session& session = place.connection->session();
    // Asked through a bouncer, the list comes after the answer: its own end is what counts.
    auto* list = new QObject(place.connection);
    const auto bans = std::make_shared<Bans>();
    const auto take = [promise, waits = QPointer(list), bans, room = place.room->name, isupport = session.isupport()](const Line& line) {
        if (!waits || isupport.fold(line.parameter(1)) != isupport.fold(room))
            return false;
        if (line.command == "367" && bans->size() < kMaxBans)
            bans->append({line.parameter(2), splitSource(line.parameter(3)).nick, {}});
        if (line.command != "368")
            return false;
        delete waits.data();
        promise.answer(*bans);
        return true;
    };
    QPointer waits(list);
    session.request({{}, {}, "MODE", {place.room->name, u"+b"_s}}, Priority::Control,
        [this, promise, waits, take, room = place.room->name, isupport = session.isupport()](const Response& response) {
            const auto refusal = refusalIn(response.lines, isupport, {room});
            if (!waits || std::any_of(response.lines.begin(), response.lines.end(), take))
                return;
            if (response.end != Response::End::Complete || refusal) {
                delete waits.data();
                return promise.answer(refusal ? *refusal : broken());
            }
            connect(&m_account.connection()->session(), &Session::line, waits, take);
            m_account.clock().after(kListPatience, waits, [promise, waits] {
                waits->deleteLater();
                promise.answer(Error{ErrorKind::Timeout, u"the list of bans never ended"_s, 0});
            });
        });
    return promise.async();
}

Done IrcAdministration::setRank(const base::ConversationId& id, const base::UserId& user, MemberRank rank, const QString&)
{
    const Place place = placeOf(id);
    const RoomMember* member = place ? place.member(user) : nullptr;
    if (!member)
        return Done::ready(notThere());
    const Isupport& isupport = place.connection->session().isupport();
    const QChar wanted = rank == MemberRank::Owner ? u'q'
        : rank == MemberRank::Admin                ? u'a'
        : rank == MemberRank::Moderator            ? u'o'
        : rank == MemberRank::Member               ? u'v'
                                                   : QChar();
    if (rank == MemberRank::Visitor || (!wanted.isNull() && !isupport.prefixModes().contains(wanted)))
        return Done::ready(Error{ErrorKind::Unsupported, u"this server has no such rank"_s, 0});
    // What stands above it goes; what stands below may stay, for nobody sees it.
    QString taken;
    for (qsizetype at = 0; at < place.levelOf(wanted); ++at) // the highest first
        if (member->prefixes.contains(isupport.prefixes()[at]))
            taken += isupport.prefixModes()[at];
    const bool isGiven = !wanted.isNull() && !member->prefixes.contains(isupport.prefixes()[place.levelOf(wanted)]);
    if (taken.isEmpty() && !isGiven)
        return Done::ready(base::Done());
    const QString change = (isGiven ? u'+' + QString(wanted) : QString()) + (taken.isEmpty() ? QString() : u'-' + taken);
    Line line{{}, {}, "MODE", {place.room->name, change}};
    for (qsizetype i = 0; i < taken.size() + isGiven; ++i)
        line.parameters.append(member->nick);
    return ask(*place.connection, line, {place.room->name, member->nick});
}

Done IrcAdministration::invite(const base::ConversationId& id, const QString& whom, const QString&)
{
    const Place place = placeOf(id);
    const QString nick = whom.trimmed();
    if (!place)
        return Done::ready(notThere());
    if (!isWord(nick))
        return Done::ready(invalid(nick));
    return ask(*place.connection, {{}, {}, "INVITE", {nick, place.room->name}}, {nick, place.room->name});
}

Done IrcAdministration::setNick(const base::ConversationId& id, const QString& nick)
{
    Connection* connection = m_account.owns(id) ? m_account.connection() : nullptr;
    const QString wanted = nick.trimmed();
    if (!connection)
        return Done::ready(Error{ErrorKind::Offline, u"not connected"_s, 0});
    if (!isWord(wanted))
        return Done::ready(invalid(wanted));
    // Else the old one would be taken back as soon as it is free, which is at once.
    const QString before = m_account.wantedNick();
    m_account.wantNick(wanted);
    base::Promise<base::Done> promise;
    ask(*connection, {{}, {}, "NICK", {wanted}}, {wanted}).then(this, [this, before, promise](const base::Status& done) {
        if (!done)
            m_account.wantNick(before);
        promise.answer(done);
    });
    return promise.async();
}

Done IrcAdministration::setTopic(const base::ConversationId& id, const QString& topic)
{
    const Place place = placeOf(id);
    return place ? ask(*place.connection, {{}, {}, "TOPIC", {place.room->name, topic.simplified()}}, {place.room->name}) : Done::ready(notThere());
}

} // namespace ridealong::irc
