// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/testserver.h"

namespace ridealong::tests {

/// Where a bot goes. Both servers' plain ports will do.
struct BotPlace
{
    quint16 port = 0;
    QString channel = QStringLiteral("#ops");
};

/// Hubot 14 with the adapter of packaging/hubot-irc and the script of tests/servers/hubot. Ready when it is in its channel and has
/// loaded its scripts: `hubot echo hi` is answered from then on.
class HubotBot : public TestServer
{
    Q_OBJECT
public:
    struct Options
    {
        QString nick = QStringLiteral("hubot");
        bool classicHelp = false; ///< hubot-help's list instead of Hubot 14's own
        QHash<QString, QString> environment; ///< more settings, see packaging/hubot-irc/README.md
    };
    HubotBot(BotPlace place, Options options);
    explicit HubotBot(BotPlace place) : HubotBot(std::move(place), Options{}) {}
    QString missing() const override;

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    BotPlace m_place;
    Options m_options;
    qsizetype m_logBefore = 0;
};

/// Errbot with the plug-in of tests/servers/errbot; its prefix is an exclamation mark.
class ErrbotBot : public TestServer
{
    Q_OBJECT
public:
    explicit ErrbotBot(BotPlace place, QString nick = QStringLiteral("errbot"));
    QString missing() const override;

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    BotPlace m_place;
    QString m_nick;
    qsizetype m_logBefore = 0;
};

} // namespace ridealong::tests
