// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmppconfig.h"

#include "xmpp/discovery.h"

#include <QUrl>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::CredentialField;
using Security = net::Endpoint::Security;

namespace {

constexpr quint16 kDirectTlsPort = 5223;

QString option(const chat::AccountConfig& account, const QString& key) { return account.options.value(key).toString().trimmed(); }

QList<WantedRoom> roomsOf(const chat::AccountConfig& account)
{
    const QVariant value = account.options.value(u"rooms"_s);
    const QStringList entries = value.typeId() == QMetaType::QString ? value.toString().split(u',') : value.toStringList();
    QList<WantedRoom> rooms;
    for (const QString& entry : entries)
        if (const QString room = entry.simplified(); !room.isEmpty())
            rooms.append({room.section(u' ', 0, 0), room.section(u' ', 1)});
    return rooms;
}

base::Expected<net::Endpoint> webSocketEndpoint(const QString& server)
{
    const QUrl url(server, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return Error{ErrorKind::Invalid, u"server: not a ws:// or wss:// address"_s, 0};
    net::Endpoint endpoint;
    endpoint.webSocket = url;
    endpoint.host = url.host();
    endpoint.subprotocols = {u"xmpp"_s};
    endpoint.security = url.scheme() == "wss"_L1 ? Security::Tls : Security::Plain;
    return endpoint;
}

/// `tls` is "starttls" (also true, or nothing), or "direct". An XMPP server is not talked to in plain text.
base::Expected<net::Endpoint> tcpEndpoint(const QString& server, const QString& tls)
{
    const bool isDirect = tls == "direct"_L1;
    if (!isDirect && !tls.isEmpty() && tls != "starttls"_L1 && tls != "true"_L1)
        return Error{ErrorKind::Invalid, u"tls: '%1' is neither starttls nor direct"_s.arg(tls), 0};
    const QUrl url(u"xmpp://"_s + server, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.path().isEmpty() || url.hasQuery() || !url.userInfo().isEmpty())
        return Error{ErrorKind::Invalid, u"server: not host or host:port"_s, 0};
    net::Endpoint endpoint;
    endpoint.host = url.host(QUrl::FullyDecoded);
    endpoint.port = quint16(url.port(isDirect ? kDirectTlsPort : Discovery::kPort));
    endpoint.security = isDirect ? Security::Tls : Security::StartTls;
    if (endpoint.port == 0)
        return Error{ErrorKind::Invalid, u"server: port 0"_s, 0};
    return endpoint;
}

} // namespace

QList<CredentialField> xmppFields()
{
    using Kind = CredentialField::Kind;
    return {
        {u"user"_s, Kind::Text, true, {}, {}},
        {u"password"_s, Kind::Secret, true, {}, {}},
        {u"rooms"_s, Kind::Text, false, {}, {}},
        {u"bots"_s, Kind::Text, false, {}, {}},
        {u"nick"_s, Kind::Text, false, {}, {}},
        {u"server"_s, Kind::Text, false, {}, {}},
        {u"tls"_s, Kind::Choice, false, {u"starttls"_s, u"direct"_s}, u"starttls"_s},
        {u"resource"_s, Kind::Text, false, {}, {}},
        {u"caFile"_s, Kind::File, false, {}, {}},
        {u"proxy"_s, Kind::Text, false, {}, {}},
    };
}

base::Expected<XmppConfig> xmppConfig(const chat::AccountConfig& account)
{
    XmppConfig config;
    const auto jid = Jid::parse(account.user.trimmed());
    if (!jid || jid->node().isEmpty())
        return Error{ErrorKind::Invalid, u"user: '%1' is not an address (name@server)"_s.arg(account.user.trimmed()), 0};
    config.account = jid->bare();
    config.resource = option(account, u"resource"_s);
    if (config.resource.isEmpty())
        config.resource = jid->resource();
    if (!config.resource.isEmpty() && !config.account.withResource(config.resource))
        return Error{ErrorKind::Invalid, u"resource: '%1' cannot be one"_s.arg(config.resource), 0};
    config.nick = option(account, u"nick"_s);
    if (config.nick.isEmpty())
        config.nick = jid->node();
    if (!config.account.withResource(config.nick))
        return Error{ErrorKind::Invalid, u"nick: '%1' cannot be one"_s.arg(config.nick), 0};
    if (const QString server = account.server.trimmed(); !server.isEmpty()) {
        const bool isWebSocket = server.startsWith("ws://"_L1) || server.startsWith("wss://"_L1);
        auto endpoint = isWebSocket ? webSocketEndpoint(server) : tcpEndpoint(server, option(account, u"tls"_s));
        if (!endpoint)
            return endpoint.error();
        endpoint->certificateName = config.account.domain(); // RFC 6120 §13.7.2: whoever serves the domain shows the domain's certificate
        config.endpoint = *endpoint;
    }
    config.tls.caFile = option(account, u"caFile"_s);
    config.tls.exception = QByteArray::fromHex(option(account, u"certificateException"_s).toLatin1());
    const auto proxy = net::ProxySettings::parse(option(account, u"proxy"_s));
    if (!proxy)
        return Error{ErrorKind::Invalid, u"proxy: "_s + proxy.error().detail, 0};
    config.proxy = *proxy;
    config.rooms = roomsOf(account);
    return config;
}

} // namespace ridealong::xmpp
