// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/bots.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace ridealong::tests {

namespace {

const QString kSource = QStringLiteral(RIDEALONG_SOURCE_DIR);
const QString kTruth = QStringLiteral("/truth.jsonl");

/// Where `./dev` puts Hubot: a folder named after the lock.
QString hubotFolder()
{
    QFile lock(kSource + QStringLiteral("/tests/servers/hubot/package-lock.json"));
    if (!lock.open(QIODevice::ReadOnly))
        return {};
    const QByteArray hash = QCryptographicHash::hash(lock.readAll(), QCryptographicHash::Sha256).toHex().left(16);
    return QStringLiteral(RIDEALONG_CACHE_DIR "/hubot-%1/node_modules").arg(QString::fromLatin1(hash));
}

bool copyFolder(const QString& from, const QString& to)
{
    bool copied = QDir().mkpath(to);
    for (const QFileInfo& entry : QDir(from).entryInfoList(QDir::Files))
        copied = (QFile::remove(to + QLatin1Char('/') + entry.fileName()), QFile::copy(entry.filePath(), to + QLatin1Char('/') + entry.fileName()))
            && copied;
    return copied;
}

QByteArray contentsOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

HubotBot::HubotBot(const BotPlace& place, Options options)
    : HubotBot(QStringLiteral("hubot-irc"), options.nick, place.channel,
        {{QStringLiteral("HUBOT_IRC_SERVER"), QStringLiteral("127.0.0.1")}, {QStringLiteral("HUBOT_IRC_PORT"), QString::number(place.port)},
            {QStringLiteral("HUBOT_IRC_ROOMS"), place.channel}, {QStringLiteral("HUBOT_IRC_LINES_PER_SECOND"), QStringLiteral("0")},
            {QStringLiteral("HUBOT_IRC_RECONNECT_MS"), QStringLiteral("50")}},
        options)
{}

HubotBot::HubotBot(const XmppSeat& seat, Options options)
    : HubotBot(QStringLiteral("hubot-xmpp"), seat.user, seat.roomAddress(),
        {{QStringLiteral("HUBOT_XMPP_SERVER"), QStringLiteral("127.0.0.1")}, {QStringLiteral("HUBOT_XMPP_PORT"), QString::number(seat.port)},
            {QStringLiteral("HUBOT_XMPP_ADDRESS"), seat.address()}, {QStringLiteral("HUBOT_XMPP_PASSWORD"), seat.password},
            {QStringLiteral("HUBOT_XMPP_ROOMS"), seat.roomAddress()}, {QStringLiteral("NODE_EXTRA_CA_CERTS"), seat.caFile},
            {QStringLiteral("HUBOT_XMPP_RECONNECT_MS"), QStringLiteral("50")}},
        options)
{}

HubotBot::HubotBot(QString adapter, QString nick, QString room, QHash<QString, QString> settings, const Options& options)
    : TestServer(nick),
      m_adapter(std::move(adapter)),
      m_nick(std::move(nick)),
      m_environment(std::move(settings)),
      m_workload(options.workload),
      m_runEvents(options.runEvents)
{
    if (m_workload)
        m_environment.insert({{QStringLiteral("RIDEALONG_TRUTH"), folder() + kTruth}, {QStringLiteral("RIDEALONG_WORKLOAD_ROOM"), std::move(room)}});
    m_environment.insert(options.environment);
    if (options.classicHelp)
        m_environment.insert(QStringLiteral("RIDEALONG_CLASSIC_HELP"), QStringLiteral("1"));
}

QString HubotBot::missing() const
{
    return QFileInfo::exists(hubotFolder() + QStringLiteral("/hubot")) && !findProgram(QStringLiteral("node")).isEmpty()
        ? QString()
        : notInstalled(QStringLiteral("Hubot"));
}

/// The adapter's `import 'hubot'` is looked up from where its file is, so it is copied beside a link to the packages.
bool HubotBot::prepare()
{
    m_logBefore = log().size();
    QFile::link(hubotFolder(), folder() + QStringLiteral("/node_modules"));
    const QString scripts = m_workload ? QStringLiteral("/tests/servers/hubot/workload") : QStringLiteral("/tests/servers/hubot/scripts");
    const QString events = QStringLiteral("/packaging/hubot-ridealong");
    if (m_runEvents
        && (!copyFolder(kSource + events, folder() + QStringLiteral("/events"))
            || !copyFolder(kSource + events + QStringLiteral("/src"), folder() + QStringLiteral("/events/src"))
            || !write(QStringLiteral("scripts/runevents.mjs"), "export { default } from '../events/index.mjs'\n")))
        return false;
    return write(QStringLiteral("external-scripts.json"), "[\"hubot-help\"]\n")
        && copyFolder(kSource + QStringLiteral("/packaging/") + m_adapter, folder() + QStringLiteral("/adapter"))
        && copyFolder(kSource + QStringLiteral("/packaging/") + m_adapter + QStringLiteral("/src"), folder() + QStringLiteral("/adapter/src"))
        && copyFolder(kSource + scripts, folder() + QStringLiteral("/scripts"));
}

TestServer::Command HubotBot::command() const
{
    Command what{.program = findProgram(QStringLiteral("node")),
        .arguments = {QStringLiteral("node_modules/hubot/bin/hubot"), QStringLiteral("-f"), QStringLiteral("./adapter/index.mjs"),
            QStringLiteral("-n"), m_nick, QStringLiteral("--disable-httpd")},
        .asServerUser = false}; // the packages may lie in a home folder
    for (auto it = m_environment.begin(); it != m_environment.end(); ++it)
        what.environment.insert(it.key(), it.value());
    return what;
}

QByteArray HubotBot::truth() const { return contentsOf(folder() + kTruth); }

bool HubotBot::isReady() { return log().mid(m_logBefore).contains("ridealong-tests: scripts have loaded"); }

ErrbotBot::ErrbotBot(const BotPlace& place, Options options)
    : TestServer(options.nick),
      m_configuration(QStringLiteral("errbot.py")),
      m_values({{QStringLiteral("PORT"), QString::number(place.port)}, {QStringLiteral("CHANNEL"), place.channel},
          {QStringLiteral("NICK"), options.nick}}),
      m_room(place.channel),
      m_options(std::move(options))
{}

ErrbotBot::ErrbotBot(const XmppSeat& seat, Options options)
    : TestServer(seat.user),
      m_configuration(QStringLiteral("errbot-xmpp.py")),
      m_values(
          {{QStringLiteral("PORT"), QString::number(seat.port)}, {QStringLiteral("CA"), seat.caFile}, {QStringLiteral("ADDRESS"), seat.address()},
              {QStringLiteral("PASSWORD"), seat.password}, {QStringLiteral("ROOM"), seat.roomAddress()}, {QStringLiteral("NICK"), seat.user}}),
      m_room(seat.roomAddress()),
      m_options(std::move(options))
{}

QString ErrbotBot::missing() const
{
    return QFileInfo::exists(QStringLiteral("/usr/bin/errbot")) ? QString() : notInstalled(QStringLiteral("Errbot"));
}

bool ErrbotBot::prepare()
{
    m_logBefore = log().size();
    m_values.insert(QStringLiteral("FOLDER"), folder());
    return QDir(folder()).mkpath(QStringLiteral("data")) && write(QStringLiteral("config.py"), configuration(m_configuration, m_values))
        && copyFolder(kSource + (m_options.workload ? QStringLiteral("/tests/servers/errbot-workload") : QStringLiteral("/tests/servers/errbot")),
            folder() + QStringLiteral("/plugins/tests"))
        && (!m_options.runEvents
            || copyFolder(kSource + QStringLiteral("/packaging/errbot-ridealong"), folder() + QStringLiteral("/plugins/runevents")));
}

TestServer::Command ErrbotBot::command() const
{
    // Debian 12's own start script refuses the packaged version of a dependency which works.
    Command what{.program = QStringLiteral("/usr/bin/python3"),
        .arguments = {QStringLiteral("-c"), QStringLiteral("import sys; from errbot.cli import main; sys.argv[0] = 'errbot'; main()"),
            QStringLiteral("-c"), folder() + QStringLiteral("/config.py")},
        .asServerUser = false};
    if (m_options.workload) {
        what.environment.insert(QStringLiteral("RIDEALONG_TRUTH"), folder() + kTruth);
        what.environment.insert(QStringLiteral("RIDEALONG_WORKLOAD_ROOM"), m_room);
    }
    return what;
}

QByteArray ErrbotBot::truth() const { return contentsOf(folder() + kTruth); }

bool ErrbotBot::isReady()
{
    const QByteArray printed = log().mid(m_logBefore);
    return printed.contains("Joined room " + m_room.toUtf8()) && printed.contains("Plugin activation done");
}

} // namespace ridealong::tests
