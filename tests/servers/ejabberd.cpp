// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/ejabberd.h"

#include "servers/waituntil.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>

namespace ridealong::tests {

namespace {

XmppOptions named(XmppOptions options)
{
    if (options.name.isEmpty())
        options.name = QStringLiteral("ejabberd");
    return options;
}

/// Where ejabberd's Erlang libraries are, as its own start script says it.
QString libraries(const QString& startScript)
{
    QFile file(startScript);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression line(QStringLiteral("^ERL_LIBS=['\"]?([^'\"\\n]+)"), QRegularExpression::MultilineOption);
    return line.match(QString::fromUtf8(file.readAll())).captured(1);
}

/// Erlang is asked, for each distribution has its libraries somewhere else.
bool canLoad(const QString& erlang, const QString& startScript, const QString& module)
{
    QProcess ask;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ERL_LIBS"), libraries(startScript));
    ask.setProcessEnvironment(environment);
    ask.start(erlang,
        {QStringLiteral("-noinput"), QStringLiteral("-eval"),
            QStringLiteral("case code:which(%1) of non_existing -> halt(1); _ -> halt(0) end.").arg(module)});
    waitUntil([&ask] { return ask.state() == QProcess::NotRunning; });
    return ask.exitStatus() == QProcess::NormalExit && ask.exitCode() == 0;
}

QString truth(bool value) { return value ? QStringLiteral("true") : QStringLiteral("false"); }

} // namespace

Ejabberd::Ejabberd(const Certificates& certificates, XmppOptions options) : XmppServer(certificates, named(std::move(options))) {}

QString Ejabberd::missing() const
{
    const QString erlang = findProgram(QStringLiteral("erl"));
    const QString script = findProgram(QStringLiteral("ejabberdctl"));
    if (erlang.isEmpty() || script.isEmpty())
        return notInstalled(QStringLiteral("ejabberd"));
    static const bool hasSqlite = canLoad(erlang, script, QStringLiteral("sqlite3"));
    return hasSqlite ? QString() : notInstalled(QStringLiteral("SQLite for Erlang (p1_sqlite3)"));
}

QUrl Ejabberd::webSocketUrl(bool tls) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2/ws").arg(tls ? QStringLiteral("wss") : QStringLiteral("ws")).arg(tls ? httpsPort() : httpPort()));
}

QString Ejabberd::modules() const
{
    QString text;
    if (options().archive)
        text += QStringLiteral("  mod_mam: {assume_mam_usage: true, default: always}\n");
    if (options().resumption)
        text += QStringLiteral("  mod_stream_mgmt: {resend_on_timeout: if_offline}\n");
    if (options().offlineMessages)
        text += QStringLiteral("  mod_offline: {}\n");
    return text;
}

bool Ejabberd::prepare()
{
    if (!certificates().areMade())
        return fail(certificates().error());
    m_logBefore = log().size();
    for (const char* made : {"spool", "logs", "upload"}) {
        const QString path = folder() + QLatin1Char('/') + QLatin1String(made);
        if (!QDir().mkpath(path))
            return fail(QStringLiteral("cannot make %1").arg(path));
        giveToServer(path);
    }
    QHash<QString, QString> filled = values();
    filled.insert(QStringLiteral("SHAPER"), options().packagedLimits ? QStringLiteral("packaged") : QStringLiteral("none"));
    filled.insert(QStringLiteral("HASH"), options().hash == PasswordHash::Sha1 ? QStringLiteral("sha") : QStringLiteral("sha256"));
    filled.insert(QStringLiteral("ARCHIVE"), truth(options().archive));
    filled.insert(QStringLiteral("MODULES"), modules());
    return write(QStringLiteral("ejabberd.yml"), configuration(QStringLiteral("ejabberd.yml"), filled));
}

/// What ejabberdctl would start, without it: it insists on a user of its own, and starts a node with a name.
TestServer::Command Ejabberd::command() const
{
    Command what{.program = findProgram(QStringLiteral("erl")),
        // +sbwt: a node with nothing to do leaves the processor alone at once.
        .arguments = {QStringLiteral("+sbwt"), QStringLiteral("none"), QStringLiteral("-mnesia"), QStringLiteral("dir"),
            QStringLiteral("\"%1/spool\"").arg(folder()), QStringLiteral("-noinput"), QStringLiteral("-s"), QStringLiteral("ejabberd")}};
    what.environment.insert(QStringLiteral("HOME"), folder());
    what.environment.insert(QStringLiteral("EJABBERD_CONFIG_PATH"), folder() + QStringLiteral("/ejabberd.yml"));
    what.environment.insert(QStringLiteral("EJABBERD_LOG_PATH"), folder() + QStringLiteral("/logs/ejabberd.log"));
    what.environment.insert(QStringLiteral("ERL_CRASH_DUMP_BYTES"), QStringLiteral("0"));
    what.environment.insert(QStringLiteral("ERL_LIBS"), libraries(findProgram(QStringLiteral("ejabberdctl"))));
    return what;
}

bool Ejabberd::isReady() { return log().mid(m_logBefore).contains("is started in the node") && XmppServer::isReady(); }

bool Ejabberd::tell(const QString& what, const QJsonObject& arguments)
{
    QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1/api/v0/%2").arg(QString::number(httpPort()), what)));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    QNetworkAccessManager http;
    const std::unique_ptr<QNetworkReply> reply(http.post(request, QJsonDocument(arguments).toJson()));
    waitUntil([&reply] { return reply->isFinished(); });
    if (reply->isFinished() && reply->error() == QNetworkReply::NoError)
        return true;
    return fail(QStringLiteral("refused %1: %2 %3").arg(what, reply->errorString(), QString::fromUtf8(reply->readAll())));
}

bool Ejabberd::addUser(const QString& name, const QString& password)
{
    return tell(QStringLiteral("register"),
        {{QStringLiteral("user"), name}, {QStringLiteral("host"), QLatin1String(kDomain)}, {QStringLiteral("password"), password}});
}

bool Ejabberd::makeRoom(const QString& name, const XmppRoom& room)
{
    QJsonArray settings;
    const auto set = [&settings](const QString& what, const QString& value) {
        settings += QJsonObject{{QStringLiteral("name"), what}, {QStringLiteral("value"), value}};
    };
    set(QStringLiteral("title"), room.title);
    set(QStringLiteral("members_only"), truth(room.membersOnly));
    set(QStringLiteral("moderated"), truth(room.moderated));
    set(QStringLiteral("anonymous"), truth(!room.realAddresses));
    set(QStringLiteral("mam"), truth(room.archived && options().archive));
    if (!room.password.isEmpty()) {
        set(QStringLiteral("password"), room.password);
        set(QStringLiteral("password_protected"), truth(true));
    }
    const auto affiliate = [this, &name](const QString& user, const QString& as) {
        return tell(QStringLiteral("set_room_affiliation"),
            {{QStringLiteral("name"), name}, {QStringLiteral("service"), QLatin1String(kRooms)}, {QStringLiteral("jid"), address(user)},
                {QStringLiteral("affiliation"), as}});
    };
    return tell(QStringLiteral("create_room_with_opts"),
               {{QStringLiteral("name"), name}, {QStringLiteral("service"), QLatin1String(kRooms)}, {QStringLiteral("host"), QLatin1String(kDomain)},
                   {QStringLiteral("options"), settings}})
        && (room.owner.isEmpty() || affiliate(room.owner, QStringLiteral("owner")))
        && std::all_of(
            room.members.begin(), room.members.end(), [&affiliate](const QString& member) { return affiliate(member, QStringLiteral("member")); });
}

bool Ejabberd::dropSessions(const QString& user)
{
    // 24.12 ends them and then answers 400 to its own count: whether they ended is seen by the streams.
    tell(QStringLiteral("kick_user"), {{QStringLiteral("user"), user}, {QStringLiteral("host"), QLatin1String(kDomain)}});
    return isRunning();
}

bool Ejabberd::expireArchives()
{
    return tell(QStringLiteral("delete_old_mam_messages"), {{QStringLiteral("type"), QStringLiteral("all")}, {QStringLiteral("days"), 0}});
}

} // namespace ridealong::tests
