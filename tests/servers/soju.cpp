// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/soju.h"

#include "servers/rawirc.h"
#include "servers/saferaterelay.h"
#include "servers/waituntil.h"

#include <QFile>
#include <QFileInfo>

namespace ridealong::tests {

namespace {

/// From Debian 13, fetched by `./dev`; else one that is installed.
QString program(const QString& name, const QString& installed)
{
    const QString fetched = QStringLiteral(RIDEALONG_CACHE_DIR "/soju-trixie/usr/bin/") + name;
    return QFileInfo::exists(fetched) ? fetched : installed;
}

} // namespace

Soju::Soju(quint16 upstreamPort, Options options)
    : TestServer(QStringLiteral("soju")),
      m_relay(options.fast ? std::make_unique<SafeRateRelay>(upstreamPort) : nullptr),
      m_upstreamPort(m_relay ? m_relay->port() : upstreamPort),
      m_options(std::move(options))
{}

Soju::~Soju() = default;

QString Soju::missing() const
{
    return program(QStringLiteral("soju"), findProgram(QStringLiteral("soju"))).isEmpty() ? notInstalled(QStringLiteral("soju")) : QString();
}

bool Soju::start() { return TestServer::start() && setUp(); }

bool Soju::prepare()
{
    const QString configuration = QStringLiteral("listen irc+insecure://127.0.0.1:%1\nhostname soju.test\ndb sqlite3 %2/soju.db\nmessage-store db\n")
                                      .arg(QString::number(port()), folder());
    if (!write(QStringLiteral("soju.conf"), configuration.toUtf8()))
        return false;
    if (m_isSetUp)
        return true;
    QProcess make;
    make.start(program(QStringLiteral("sojudb"), findProgram(QStringLiteral("sojudb"))),
        {QStringLiteral("-config"), folder() + QStringLiteral("/soju.conf"), QStringLiteral("create-user"), QString::fromLatin1(kUser),
            QStringLiteral("-admin")});
    make.write(QByteArray(kPassword) + '\n');
    make.closeWriteChannel();
    waitUntil([&make] { return make.state() == QProcess::NotRunning; });
    return (make.exitStatus() == QProcess::NormalExit && make.exitCode() == 0) || fail(QString::fromUtf8(make.readAllStandardError()));
}

TestServer::Command Soju::command() const
{
    return {.program = program(QStringLiteral("soju"), findProgram(QStringLiteral("soju"))),
        .arguments = {QStringLiteral("-config"), folder() + QStringLiteral("/soju.conf")},
        .asServerUser = false};
}

/// It listens a moment before it can talk: 0.9 panics inside the first connection then, closes it, and goes on.
bool Soju::isReady()
{
    RawIrc irc;
    if (!irc.connectPlain(port()))
        return false;
    irc.say("CAP LS 302");
    return !irc.expect(" LS ", 1000).isEmpty();
}

bool Soju::setUp()
{
    RawIrc irc;
    if (!irc.connectPlain(port()))
        return fail(irc.error());
    irc.say(QByteArray("PASS ") + kPassword);
    if (!irc.registerAs(kUser))
        return fail(irc.error());
    const QStringList users = QStringList(QString::fromLatin1(kUser)) + m_options.users;
    for (const QString& user : users)
        if (!m_isSetUp && !makeUser(irc, user))
            return fail(irc.error());
    m_isSetUp = true;
    // Registering at the other server takes a moment, and a client that comes earlier is told so in notices only.
    for (const QString& user : users) {
        const QByteArray ask = "PRIVMSG BouncerServ :user run " + user.toUtf8();
        const auto isThere = [&irc, &ask](const QByteArray& question, const QByteArray& about, const QByteArray& answer) {
            return waitUntil([&] {
                irc.say(ask + question);
                return irc.expect(about).contains(answer);
            });
        };
        if (!isThere(" network status", kNetwork, "[connected]"))
            return fail(irc.error());
        for (const QString& channel : std::as_const(m_options.channels))
            if (!isThere(" channel status", channel.toUtf8(), "[joined]"))
                return fail(irc.error());
    }
    return true;
}

bool Soju::makeUser(RawIrc& administrator, const QString& user)
{
    const QByteArray name = user.toUtf8();
    const auto tell = [&administrator](const QByteArray& command, const QByteArray& answer) {
        administrator.say("PRIVMSG BouncerServ :" + command);
        return !administrator.expect(answer).isEmpty();
    };
    if (name != kUser && !tell("user create -username " + name + " -password " + kPassword + " -nick " + name + " -realname " + name, "created user"))
        return false;
    const QByteArray run = "user run " + name + ' ';
    if (!tell(run + "network create -addr irc+insecure://127.0.0.1:" + QByteArray::number(m_upstreamPort) + " -name " + kNetwork + " -nick " + name,
            "created network"))
        return false;
    for (const QString& channel : std::as_const(m_options.channels))
        if (!tell(run + "channel create " + channel.toUtf8() + '/' + kNetwork, "created channel"))
            return false;
    return true;
}

} // namespace ridealong::tests
