// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/inspircd.h"
#include "servers/needserver.h"
#include "servers/ngircd.h"
#include "servers/soju.h"
#include "support/headlessclient.h"

#include <QTest>

namespace ridealong::tests {

inline constexpr int kIrcPatienceMs = 60'000;

/// A real IRC server ("InspIRCd", "ngIRCd"), or a bouncer before one ("soju"). All are met in the same way.
struct IrcPlace
{
    std::unique_ptr<TestServer> behind; ///< the bouncer's
    std::unique_ptr<TestServer> server;
    quint16 plain = 0;
    quint16 tls = 0; ///< 0: none
    quint16 others = 0; ///< where other people are: the server itself
    QJsonObject options; ///< of an account
    QJsonObject more; ///< fields of account.add

    QString missing() const { return (behind ? behind->missing() : QString()) + server->missing(); }
    bool start() { return (!behind || behind->start()) && server->start(); }
    QString error() const { return (behind ? behind->error() : QString()) + server->error(); }
};

inline IrcPlace makeIrcPlace(const Certificates& certificates, const QString& kind)
{
    IrcPlace place;
    if (kind == QLatin1String("ngIRCd")) {
        auto server = std::make_unique<NgIrcd>(certificates);
        place.plain = place.others = server->plainPort();
        place.tls = server->tlsPort();
        place.server = std::move(server);
        return place;
    }
    InspIrcd::Options options;
    options.channels = {{QStringLiteral("#ops"), QStringLiteral("Deploys"), 50}, {QStringLiteral("#bots"), {}, 0}};
    auto server = std::make_unique<InspIrcd>(certificates, options);
    place.plain = place.others = server->plainPort();
    place.tls = server->tlsPort();
    place.server = std::move(server);
    if (kind == QLatin1String("soju")) {
        auto bouncer = std::make_unique<Soju>(place.others, Soju::Options{{QStringLiteral("ana")}, {QStringLiteral("#ops")}, true});
        place.plain = bouncer->port();
        place.tls = 0;
        place.behind = std::move(place.server);
        place.server = std::move(bouncer);
        place.options = {{QStringLiteral("sasl"), QStringLiteral("PLAIN")}, {QStringLiteral("saslUser"), QStringLiteral("ana/test")}};
        place.more = {{QStringLiteral("password"), QString::fromLatin1(Soju::kPassword)}};
    }
    return place;
}

/// `more`: fields of account.add besides (a password, say). Answers with the account.
inline QString addIrc(HeadlessClient& client, const QString& nick, quint16 port, QJsonObject options, QJsonObject more = {})
{
    options[QStringLiteral("proxy")] = QStringLiteral("direct");
    more[QStringLiteral("backend")] = QStringLiteral("irc");
    more[QStringLiteral("name")] = QStringLiteral("IRC");
    more[QStringLiteral("user")] = nick;
    more[QStringLiteral("server")] = QStringLiteral("127.0.0.1:%1").arg(port);
    more[QStringLiteral("options")] = options;
    return client.ask(QStringLiteral("account.add"), more)[QStringLiteral("account")].toString();
}

/// A killed process starts again. It keeps its secrets in memory only, so whoever needs one tells it anew.
inline void comeBack(HeadlessClient& client, const QString& account, QJsonObject more)
{
    client.start();
    if (more.isEmpty())
        return;
    more[QStringLiteral("account")] = account;
    // Until it has read its accounts it knows of none.
    (void)QTest::qWaitFor([&] { return client.ask(QStringLiteral("account.update"), more)[QStringLiteral("ok")].toBool(); }, kIrcPatienceMs);
}

inline bool waitConnected(HeadlessClient& client)
{
    return !client
                .waitFor(
                    QStringLiteral("connection"), [](const QJsonObject& e) { return e[QStringLiteral("state")] == QStringLiteral("connected"); },
                    kIrcPatienceMs)
                .isEmpty();
}

} // namespace ridealong::tests
