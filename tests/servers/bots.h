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
        bool workload = false; ///< the scripts of tests/servers/hubot/workload instead; truth() then says what it did
        bool runEvents = false; ///< with packaging/hubot-ridealong
    };
    HubotBot(const BotPlace& place, Options options);
    explicit HubotBot(const BotPlace& place) : HubotBot(place, Options{}) {}
    HubotBot(const XmppSeat& seat, Options options);
    explicit HubotBot(const XmppSeat& seat) : HubotBot(seat, Options{}) {}
    QString missing() const override;
    QByteArray truth() const; ///< a JSON object for each line it has sent; see truth.mjs

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    HubotBot(QString adapter, QString nick, QString room, QHash<QString, QString> settings, const Options& options);

    QString m_adapter; ///< its folder in packaging/
    QString m_nick;
    QHash<QString, QString> m_environment;
    bool m_workload = false;
    bool m_runEvents = false;
    qsizetype m_logBefore = 0;
};

/// Errbot with the plug-in of tests/servers/errbot; its prefix is an exclamation mark.
class ErrbotBot : public TestServer
{
    Q_OBJECT
public:
    struct Options
    {
        QString nick = QStringLiteral("errbot"); ///< on IRC; on XMPP it is the seat's user
        bool workload = false; ///< the plug-ins of tests/servers/errbot-workload instead; truth() then says what it did
        bool runEvents = false; ///< with packaging/errbot-ridealong
    };
    ErrbotBot(const BotPlace& place, Options options);
    explicit ErrbotBot(const BotPlace& place) : ErrbotBot(place, Options{}) {}
    ErrbotBot(const XmppSeat& seat, Options options);
    explicit ErrbotBot(const XmppSeat& seat) : ErrbotBot(seat, Options{}) {}
    QString missing() const override;
    QByteArray truth() const; ///< a JSON object for each line it has sent; see truth.py

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    QString m_configuration; ///< the file's name in tests/servers/config
    QHash<QString, QString> m_values;
    QString m_room;
    Options m_options;
    qsizetype m_logBefore = 0;
};

} // namespace ridealong::tests
