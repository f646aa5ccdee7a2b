// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/soju.h"

#include "servers/rawirc.h"
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

Soju::Soju(quint16 upstreamPort) : TestServer(QStringLiteral("soju")), m_upstreamPort(upstreamPort) {}

QString Soju::missing() const
{
    return program(QStringLiteral("soju"), findProgram(QStringLiteral("soju"))).isEmpty() ? notInstalled(QStringLiteral("soju")) : QString();
}

bool Soju::start() { return TestServer::start() && (m_isSetUp || (m_isSetUp = makeNetwork())); }

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

bool Soju::makeNetwork()
{
    RawIrc irc;
    if (!irc.connectPlain(port()))
        return fail(irc.error());
    irc.say(QByteArray("PASS ") + kPassword);
    if (!irc.registerAs(kUser))
        return fail(irc.error());
    irc.say(QByteArray("PRIVMSG BouncerServ :network create -addr irc+insecure://127.0.0.1:") + QByteArray::number(m_upstreamPort) + " -name "
        + kNetwork + " -nick " + kUser);
    if (irc.expect("created network").isEmpty())
        return fail(irc.error());
    // Its first registration at the other server takes a moment, and a client that comes earlier is told so in notices only.
    return waitUntil([&irc] {
        irc.say("PRIVMSG BouncerServ :network status");
        return irc.expect(kNetwork).contains("[connected]");
    }) || fail(irc.error());
}

} // namespace ridealong::tests
