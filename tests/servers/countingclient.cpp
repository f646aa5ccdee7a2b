// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/countingclient.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace ridealong::tests {

namespace {

constexpr char kJoined[] = "{\"event\": \"joined\"}";

} // namespace

CountingClient::CountingClient(quint16 port, QString channel, QString nick)
    : TestServer(nick),
      m_port(port),
      m_channel(std::move(channel)),
      m_nick(std::move(nick))
{}

bool CountingClient::pythonHas(const char* package)
{
    return QFileInfo::exists(QStringLiteral("/usr/bin/python3"))
        && QProcess::execute(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), QStringLiteral("import %1").arg(QLatin1String(package))})
        == 0;
}

QString CountingClient::missing() const { return pythonHas("irc.client") ? QString() : notInstalled(QStringLiteral("Python's irc package")); }

TestServer::Command CountingClient::command() const
{
    return {.program = QStringLiteral("/usr/bin/python3"),
        .arguments = {QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/servers/countingclient.py"), QString::number(m_port), m_nick, m_channel},
        .asServerUser = false};
}

bool CountingClient::isInRoom() const
{
    const QByteArray all = log();
    return all.lastIndexOf(kJoined) > all.lastIndexOf("{\"event\": \"lost\"}");
}

int CountingClient::joinings() const { return int(log().count(kJoined)); }

QList<CountingClient::Seen> CountingClient::seen() const
{
    QList<Seen> list;
    const QByteArray all = log();
    for (const QByteArray& line : all.split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (!object.contains(QLatin1String("text")))
            continue;
        list += Seen{object[QLatin1String("event")].toString(), object[QLatin1String("nick")].toString(), object[QLatin1String("text")].toString()};
    }
    return list;
}

QStringList CountingClient::textsOf(const QString& nick) const
{
    QStringList texts;
    for (const Seen& one : seen()) {
        if (one.nick == nick)
            texts += one.text;
    }
    return texts;
}

} // namespace ridealong::tests
