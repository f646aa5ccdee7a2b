// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/countingclient.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace ridealong::tests {

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

void CountingClient::readOn() const
{
    QByteArray fresh = log(m_bytesRead);
    fresh.truncate(fresh.lastIndexOf('\n') + 1); // the rest of a line is still to come
    m_bytesRead += fresh.size();
    for (const QByteArray& line : fresh.split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const QString event = object[QLatin1String("event")].toString();
        if (event == QLatin1String("joined"))
            ++m_joinings;
        if (event == QLatin1String("joined") || event == QLatin1String("lost"))
            m_inRoom = event == QLatin1String("joined");
        else if (object.contains(QLatin1String("text")))
            m_seen += Seen{event, object[QLatin1String("nick")].toString(), object[QLatin1String("text")].toString()};
    }
}

bool CountingClient::isInRoom() const
{
    readOn();
    return m_inRoom;
}

int CountingClient::joinings() const
{
    readOn();
    return m_joinings;
}

const QList<CountingClient::Seen>& CountingClient::seen() const
{
    readOn();
    return m_seen;
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
