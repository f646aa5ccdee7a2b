// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/testserver.h"
#include "servers/xmppseat.h"

namespace ridealong::tests {

/// Where a bot goes on IRC. Both servers' plain ports will do.
struct BotPlace
{
    quint16 port = 0;
    QString channel = QStringLiteral("#ops");
};

/// Hubot 14 with the adapter of packaging/hubot-irc or packaging/hubot-xmpp and the script of tests/servers/hubot. Ready when it is in its channel
/// and has loaded its scripts: `hubot echo hi` is answered from then on.
class HubotBot : public TestServer
{
    Q_OBJECT
public:
    struct Options
    {
        QString nick = QStringLiteral("hubot"); ///< on IRC; on XMPP it is the seat's user
        bool classicHelp = false; ///< hubot-help's list instead of Hubot 14's own
        QHash<QString, QString> environment; ///< more settings, see the README.md of the adapter
    };
    HubotBot(const BotPlace& place, Options options);
    explicit HubotBot(const BotPlace& place) : HubotBot(place, Options{}) {}
    HubotBot(const XmppSeat& seat, Options options);
    explicit HubotBot(const XmppSeat& seat) : HubotBot(seat, Options{}) {}
    QString missing() const override;

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    HubotBot(QString adapter, QString nick, QHash<QString, QString> settings, const Options& options);

    QString m_adapter; ///< its folder in packaging/
    QString m_nick;
    QHash<QString, QString> m_environment;
    qsizetype m_logBefore = 0;
};

/// Errbot with the plug-in of tests/servers/errbot; its prefix is an exclamation mark.
class ErrbotBot : public TestServer
{
    Q_OBJECT
public:
    explicit ErrbotBot(const BotPlace& place, const QString& nick = QStringLiteral("errbot"));
    explicit ErrbotBot(const XmppSeat& seat);
    QString missing() const override;

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    QString m_configuration; ///< the file's name in tests/servers/config
    QHash<QString, QString> m_values;
    QString m_room;
    qsizetype m_logBefore = 0;
};

} // namespace ridealong::tests
