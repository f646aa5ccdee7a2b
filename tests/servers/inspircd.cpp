// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/inspircd.h"

#include "servers/rawirc.h"
#include "servers/waituntil.h"

#include <QRegularExpression>

namespace ridealong::tests {

/// It says "InspIRCd-3.15.0-debian".
int InspIrcd::installedVersion()
{
    static const int version = [] {
        const QString program = findProgram(QStringLiteral("inspircd"));
        if (program.isEmpty())
            return 0;
        QProcess ask;
        ask.start(program, {QStringLiteral("--version")});
        waitUntil([&ask] { return ask.state() == QProcess::NotRunning; });
        static const QRegularExpression number(QStringLiteral("InspIRCd-(\\d+)\\."));
        return number.match(QString::fromUtf8(ask.readAllStandardOutput())).captured(1).toInt();
    }();
    return version;
}

InspIrcd::InspIrcd(const Certificates& certificates, Options options)
    : TestServer(options.name),
      m_certificates(certificates),
      m_options(std::move(options))
{
    if (m_options.withAtheme)
        m_services = std::make_unique<Atheme>(m_options.name + QStringLiteral("-atheme"), m_servers.number());
}

QString InspIrcd::missing() const
{
    if (findProgram(QStringLiteral("inspircd")).isEmpty())
        return notInstalled(QStringLiteral("inspircd"));
    // It speaks version 1202 of the protocol between servers; InspIRCd 4 takes 1205 and later.
    if (m_services && installedVersion() >= 4)
        return QStringLiteral("Atheme 7.2 cannot link to InspIRCd %1").arg(installedVersion());
    return m_services ? m_services->missing() : QString();
}

bool InspIrcd::start()
{
    // After a kill Atheme still knows the SASL sessions of the dead server, whose ids the new one gives out again: it would be silent.
    if (m_services)
        m_services->stop();
    return TestServer::start() && (!m_services || m_services->start() || fail(m_services->error()));
}

void InspIrcd::stop()
{
    if (m_services)
        m_services->stop();
    TestServer::stop();
}

QString InspIrcd::connectClass() const
{
    const QString limits = m_options.packagedLimits
        ? QStringLiteral("softsendq=\"10240\" recvq=\"10K\" threshold=\"10\" commandrate=\"1000\" localmax=\"20\" globalmax=\"20\"")
        : QStringLiteral("softsendq=\"256K\" recvq=\"64K\" threshold=\"1000\" commandrate=\"100000\" localmax=\"100\" globalmax=\"100\"");
    return QStringLiteral(
        "<connect name=\"main\" allow=\"*\" timeout=\"20\" pingfreq=\"%1s\" hardsendq=\"1M\" fakelag=\"yes\" resolvehostnames=\"no\" %2>")
        .arg(QString::number(m_options.pingSeconds), limits);
}

QString InspIrcd::more() const
{
    QString text;
    if (m_options.sts)
        text += QStringLiteral("<module name=\"ircv3_sts\"> <sts host=\"*\" duration=\"5m\" port=\"%1\" preload=\"no\">\n").arg(m_tls.number());
    for (const PermanentChannel& channel : m_options.channels) {
        const QString modes = channel.historyLines > 0 ? QStringLiteral("HPnt %1:1d").arg(channel.historyLines) : QStringLiteral("Pnt");
        text += QStringLiteral("<permchannels channel=\"%1\" modes=\"%2\" topic=\"%3\">\n").arg(channel.name, modes, channel.topic);
    }
    if (m_services)
        text += QString::fromUtf8(
            configuration(QStringLiteral("inspircd-atheme.conf"), {{QStringLiteral("SERVERS"), QString::number(m_servers.number())}}));
    return text + QString::fromUtf8(configuration(QStringLiteral("inspircd-%1.conf").arg(installedVersion() >= 4 ? 4 : 3), {}));
}

bool InspIrcd::prepare()
{
    if (!m_certificates.areMade())
        return fail(m_certificates.error());
    const QHash<QString, QString> values{
        {QStringLiteral("PLAIN"), QString::number(plainPort())},
        {QStringLiteral("TLS"), QString::number(tlsPort())},
        {QStringLiteral("WEBSOCKET"), QString::number(webSocketPort())},
        {QStringLiteral("CERTIFICATE"), m_certificates.certificateFile(m_options.certificate)},
        {QStringLiteral("KEY"), m_certificates.keyFile(m_options.certificate)},
        {QStringLiteral("CONNECT"), connectClass()},
        {QStringLiteral("MOTD"), folder() + QStringLiteral("/motd")},
        {QStringLiteral("FOLDER"), folder()},
        {QStringLiteral("MORE"), more()},
    };
    return write(QStringLiteral("motd"), "Welcome.\n")
        && write(QStringLiteral("inspircd.conf"), configuration(QStringLiteral("inspircd.conf"), values));
}

TestServer::Command InspIrcd::command() const
{
    return {.program = findProgram(QStringLiteral("inspircd")),
        .arguments
        = {QStringLiteral("--config"), folder() + QStringLiteral("/inspircd.conf"), QStringLiteral("--nofork"), QStringLiteral("--nopid")}};
}

bool InspIrcd::isReady() { return portAnswers(plainPort()) && portAnswers(tlsPort()) && portAnswers(webSocketPort()); }

bool InspIrcd::registerAccount(const QByteArray& name, const QByteArray& password, const QByteArray& fingerprint)
{
    RawIrc irc;
    if (!irc.connectPlain(plainPort()) || !irc.registerAs(name))
        return fail(irc.error());
    irc.say("PRIVMSG NickServ :REGISTER " + password + ' ' + name + "@example.test");
    if (irc.expect(" 900 ").isEmpty())
        return fail(irc.error());
    if (!fingerprint.isEmpty()) {
        irc.say("PRIVMSG NickServ :CERT ADD " + fingerprint);
        if (irc.expect("fingerprint list").isEmpty())
            return fail(irc.error());
    }
    irc.say("QUIT");
    irc.expect("ERROR");
    return true;
}

Atheme::Atheme(QString name, quint16 serversPort) : TestServer(std::move(name)), m_serversPort(serversPort) {}

QString Atheme::missing() const
{
    return findProgram(QStringLiteral("atheme-services")).isEmpty() ? notInstalled(QStringLiteral("atheme-services")) : QString();
}

bool Atheme::prepare()
{
    m_logBefore = log().size();
    return write(
        QStringLiteral("atheme.conf"), configuration(QStringLiteral("atheme.conf"), {{QStringLiteral("SERVERS"), QString::number(m_serversPort)}}));
}

TestServer::Command Atheme::command() const
{
    return {.program = findProgram(QStringLiteral("atheme-services")),
        .arguments = {QStringLiteral("-n"), QStringLiteral("-c"), folder() + QStringLiteral("/atheme.conf"), QStringLiteral("-D"), folder(),
            QStringLiteral("-l"), QStringLiteral("/dev/stdout"), QStringLiteral("-p"), folder() + QStringLiteral("/atheme.pid")}};
}

bool Atheme::isReady() { return log().mid(m_logBefore).contains("finished synching"); }

} // namespace ridealong::tests
