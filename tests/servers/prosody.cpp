// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/prosody.h"

#include <QDir>
#include <QFile>

namespace ridealong::tests {

namespace {

XmppOptions named(XmppOptions options)
{
    if (options.name.isEmpty())
        options.name = QStringLiteral("prosody");
    return options;
}

QString quoted(QString text)
{
    text.replace(QLatin1Char('\\'), QStringLiteral("\\\\"))
        .replace(QLatin1Char('"'), QStringLiteral("\\\""))
        .replace(QLatin1Char('\n'), QStringLiteral("\\n"));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString truth(bool value) { return value ? QStringLiteral("true") : QStringLiteral("false"); }

} // namespace

Prosody::Prosody(const Certificates& certificates, XmppOptions options) : XmppServer(certificates, named(std::move(options))) {}

QString Prosody::missing() const
{
    const bool here = !findProgram(QStringLiteral("prosody")).isEmpty() && !findProgram(QStringLiteral("prosodyctl")).isEmpty();
    return here ? QString() : notInstalled(QStringLiteral("Prosody"));
}

QUrl Prosody::webSocketUrl(bool tls) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2/xmpp-websocket")
                    .arg(tls ? QStringLiteral("wss") : QStringLiteral("ws"))
                    .arg(tls ? httpsPort() : httpPort()));
}

bool Prosody::prepare()
{
    if (!certificates().areMade())
        return fail(certificates().error());
    QStringList modules;
    if (options().archive)
        modules += QStringLiteral("\"mam\"");
    if (options().resumption)
        modules += QStringLiteral("\"smacks\"");
    if (options().packagedLimits)
        modules += QStringLiteral("\"limits\"");
    QHash<QString, QString> filled = values();
    filled.insert(QStringLiteral("MODULES"), modules.join(QStringLiteral("; ")));
    filled.insert(QStringLiteral("ROOM_MODULES"), options().archive ? QStringLiteral("\"muc_mam\"; ") : QString());
    filled.insert(QStringLiteral("DISABLED"), options().offlineMessages ? QString() : QStringLiteral("\"offline\"; "));
    filled.insert(QStringLiteral("SHELL"), shellSocket());
    filled.insert(QStringLiteral("HASH"), options().hash == PasswordHash::Sha1 ? QStringLiteral("SHA-1") : QStringLiteral("SHA-256"));
    filled.insert(QStringLiteral("ARCHIVE"), options().sqlArchive ? QStringLiteral("sql") : QStringLiteral("internal"));
    filled.insert(QStringLiteral("EXPIRY"), options().archiveSeconds > 0 ? QString::number(options().archiveSeconds) : QStringLiteral("never"));
    QFile::remove(shellSocket()); // of a server that was killed
    const QString data = folder() + QStringLiteral("/data");
    const bool made = QDir().mkpath(data) && QDir().mkpath(folder() + QStringLiteral("/certs")); // looked into, and empty
    giveToServer(data);
    return made && write(QStringLiteral("prosody.cfg.lua"), configuration(QStringLiteral("prosody.cfg.lua"), filled))
        && write(QStringLiteral("plugins/mod_test_deploy.lua"), configuration(QStringLiteral("mod_test_deploy.lua"), {}));
}

/// As root it would say that it refuses, close its ports and stay.
TestServer::Command Prosody::command() const
{
    return {.program = findProgram(QStringLiteral("prosody")), .arguments = {QStringLiteral("-F"), QStringLiteral("--config"), configurationFile()}};
}

bool Prosody::isReady() { return QFile::exists(shellSocket()) && XmppServer::isReady(); }

bool Prosody::tell(const QString& line)
{
    return ask({.program = findProgram(QStringLiteral("prosodyctl")),
                   .arguments = {QStringLiteral("--config"), configurationFile(), QStringLiteral("shell"), line}})
        .has_value();
}

bool Prosody::addUser(const QString& name, const QString& password)
{
    return tell(QStringLiteral("user:create(%1, %2)").arg(quoted(address(name)), quoted(password)));
}

bool Prosody::makeRoom(const QString& name, const XmppRoom& room)
{
    QString steps;
    const auto set = [&steps](const QString& what, const QString& value) { steps += QStringLiteral("room:set_%1(%2); ").arg(what, value); };
    const auto affiliate = [&set](const QString& user, const QString& as) {
        set(QStringLiteral("affiliation"), QStringLiteral("true, %1, %2").arg(quoted(address(user)), quoted(as)));
    };
    if (!room.title.isEmpty())
        set(QStringLiteral("name"), quoted(room.title));
    if (!room.password.isEmpty())
        set(QStringLiteral("password"), quoted(room.password));
    set(QStringLiteral("members_only"), truth(room.membersOnly));
    set(QStringLiteral("moderated"), truth(room.moderated));
    set(QStringLiteral("whois"), quoted(room.realAddresses ? QStringLiteral("anyone") : QStringLiteral("moderators")));
    steps += QStringLiteral("room._data.archiving = %1; ").arg(truth(room.archived));
    if (!room.owner.isEmpty())
        affiliate(room.owner, QStringLiteral("owner"));
    for (const QString& member : room.members)
        affiliate(member, QStringLiteral("member"));
    // One expression, for the shell takes one line; the second value it prints when the first is true, else it tells an error.
    return tell(QStringLiteral("(function() local room, why = muc:create(%1); if not room then return nil, why end; %2room:save(true); return true, "
                               "\"made\" end)()")
                    .arg(quoted(roomAddress(name)), steps));
}

bool Prosody::dropSessions(const QString& user)
{
    return tell(QStringLiteral("c2s:close(%1, \"closed by a test\", \"reset\")").arg(quoted(address(user))));
}

bool Prosody::forgetOccupants(const QString& room)
{
    return tell(QStringLiteral("> (function() local room = prosody.hosts[%1].modules.muc.get_room_from_jid(%2); "
                               "room._occupants = {}; room._jid_nick = {}; return true, \"forgotten\" end)()")
                    .arg(quoted(QLatin1String(kRooms)), quoted(roomAddress(room))));
}

bool Prosody::expireArchives()
{
    // The sign in front: Lua's own names, not those of the shell.
    return tell(QStringLiteral("> (function() for host, store in pairs({ [%1] = \"archive\", [%2] = \"muc_log\" }) do "
                               "local kept = require(\"core.storagemanager\").open(host, store, \"archive\"); "
                               "for who in kept:users() do kept:delete(who) end end; return true, \"forgotten\" end)()")
                    .arg(quoted(QLatin1String(kDomain)), quoted(QLatin1String(kRooms))));
}

} // namespace ridealong::tests
