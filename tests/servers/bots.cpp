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

} // namespace

HubotBot::HubotBot(BotPlace place, Options options) : TestServer(options.nick), m_place(std::move(place)), m_options(std::move(options)) {}

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
    return write(QStringLiteral("external-scripts.json"), "[\"hubot-help\"]\n")
        && copyFolder(kSource + QStringLiteral("/packaging/hubot-irc"), folder() + QStringLiteral("/adapter"))
        && copyFolder(kSource + QStringLiteral("/packaging/hubot-irc/src"), folder() + QStringLiteral("/adapter/src"))
        && copyFolder(kSource + QStringLiteral("/tests/servers/hubot/scripts"), folder() + QStringLiteral("/scripts"));
}

TestServer::Command HubotBot::command() const
{
    Command what{.program = findProgram(QStringLiteral("node")),
        .arguments = {QStringLiteral("node_modules/hubot/bin/hubot"), QStringLiteral("-f"), QStringLiteral("./adapter/index.mjs"),
            QStringLiteral("-n"), m_options.nick, QStringLiteral("--disable-httpd")},
        .asServerUser = false}; // the packages may lie in a home folder
    what.environment.insert(QStringLiteral("HUBOT_IRC_SERVER"), QStringLiteral("127.0.0.1"));
    what.environment.insert(QStringLiteral("HUBOT_IRC_PORT"), QString::number(m_place.port));
    what.environment.insert(QStringLiteral("HUBOT_IRC_ROOMS"), m_place.channel);
    what.environment.insert(QStringLiteral("HUBOT_IRC_LINES_PER_SECOND"), QStringLiteral("0"));
    what.environment.insert(QStringLiteral("HUBOT_IRC_RECONNECT_MS"), QStringLiteral("50"));
    if (m_options.classicHelp)
        what.environment.insert(QStringLiteral("RIDEALONG_CLASSIC_HELP"), QStringLiteral("1"));
    for (auto it = m_options.environment.begin(); it != m_options.environment.end(); ++it)
        what.environment.insert(it.key(), it.value());
    return what;
}

bool HubotBot::isReady() { return log().mid(m_logBefore).contains("ridealong-tests: scripts have loaded"); }

ErrbotBot::ErrbotBot(BotPlace place, QString nick) : TestServer(nick), m_place(std::move(place)), m_nick(std::move(nick)) {}

QString ErrbotBot::missing() const
{
    return QFileInfo::exists(QStringLiteral("/usr/bin/errbot")) ? QString() : notInstalled(QStringLiteral("Errbot"));
}

bool ErrbotBot::prepare()
{
    m_logBefore = log().size();
    const QHash<QString, QString> values{
        {QStringLiteral("FOLDER"), folder()},
        {QStringLiteral("PORT"), QString::number(m_place.port)},
        {QStringLiteral("CHANNEL"), m_place.channel},
        {QStringLiteral("NICK"), m_nick},
    };
    return QDir(folder()).mkpath(QStringLiteral("data")) && write(QStringLiteral("config.py"), configuration(QStringLiteral("errbot.py"), values))
        && copyFolder(kSource + QStringLiteral("/tests/servers/errbot"), folder() + QStringLiteral("/plugins/ridealong"));
}

TestServer::Command ErrbotBot::command() const
{
    // Debian 12's own start script refuses the packaged version of a dependency which works.
    return {.program = QStringLiteral("/usr/bin/python3"),
        .arguments = {QStringLiteral("-c"), QStringLiteral("import sys; from errbot.cli import main; sys.argv[0] = 'errbot'; main()"),
            QStringLiteral("-c"), folder() + QStringLiteral("/config.py")},
        .asServerUser = false};
}

bool ErrbotBot::isReady()
{
    const QByteArray printed = log().mid(m_logBefore);
    return printed.contains("Joined room " + m_place.channel.toUtf8()) && printed.contains("Plugin activation done");
}

} // namespace ridealong::tests
