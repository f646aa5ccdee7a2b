// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/ircconfig.h"

#include "net/proxysettings.h"

#include <QUrl>

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::CredentialField;

namespace {

std::optional<SaslChoice> saslChoice(const QString& text)
{
    if (text.isEmpty() || text == "automatic"_L1)
        return SaslChoice::Automatic;
    if (text == "none"_L1)
        return SaslChoice::None;
    if (text == "PLAIN"_L1)
        return SaslChoice::Plain;
    if (text == "EXTERNAL"_L1)
        return SaslChoice::External;
    if (text == "SCRAM-SHA-256"_L1)
        return SaslChoice::ScramSha256;
    return std::nullopt;
}

/// A nick that no server takes is refused here, before a connection is made for it. What each server allows differs.
bool isNick(const QString& nick)
{
    if (nick.isEmpty() || nick.size() > 64 || nick.front().isDigit() || nick.front() == u'-')
        return false;
    return std::none_of(nick.begin(), nick.end(),
        [](QChar c) { return c <= u' ' || c == u'!' || c == u'@' || c == u':' || c == u',' || c == u'*' || c == u'?' || c == u'#' || c == u'&'; });
}

QString option(const chat::AccountConfig& account, const QString& key) { return account.options.value(key).toString().trimmed(); }

QStringList listOption(const chat::AccountConfig& account, const QString& key)
{
    const QVariant value = account.options.value(key);
    const QStringList parts = value.typeId() == QMetaType::QString ? value.toString().split(u',') : value.toStringList();
    QStringList cleaned;
    for (const QString& part : parts)
        if (const QString name = part.simplified(); !name.isEmpty())
            cleaned.append(name);
    return cleaned;
}

using Security = net::Endpoint::Security;

/// true, false, or "starttls": TLS that begins on the port for plain connections, before anything else is said.
Security securityOf(const QVariant& tls)
{
    if (tls.toString().compare("starttls"_L1, Qt::CaseInsensitive) == 0)
        return Security::StartTls;
    return tls.toBool() ? Security::Tls : Security::Plain;
}

base::Status readServer(const QString& server, Security security, net::Endpoint& endpoint)
{
    const QUrl url(u"irc://"_s + server, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.path().isEmpty() || url.hasQuery())
        return Error{ErrorKind::Invalid, u"server: not host or host:port"_s, 0};
    endpoint.host = url.host(QUrl::FullyDecoded);
    endpoint.port = quint16(url.port(security == Security::Tls ? kTlsPort : kPlainPort));
    endpoint.security = security;
    if (endpoint.port == 0)
        return Error{ErrorKind::Invalid, u"server: port 0"_s, 0};
    return base::Done();
}

} // namespace

QList<CredentialField> ircFields()
{
    using Kind = CredentialField::Kind;
    return {
        {u"server"_s, Kind::Text, true, {}, {}},
        {u"user"_s, Kind::Text, true, {}, {}},
        {u"password"_s, Kind::Secret, false, {}, {}},
        {u"channels"_s, Kind::Text, false, {}, {}},
        {u"bots"_s, Kind::Text, false, {}, {}},
        {u"realName"_s, Kind::Text, false, {}, {}},
        {u"username"_s, Kind::Text, false, {}, {}},
        {u"tls"_s, Kind::Flag, false, {}, u"true"_s},
        {u"sasl"_s, Kind::Choice, false, {u"automatic"_s, u"none"_s, u"PLAIN"_s, u"EXTERNAL"_s, u"SCRAM-SHA-256"_s}, u"automatic"_s},
        {u"saslUser"_s, Kind::Text, false, {}, {}},
        {u"serverPassword"_s, Kind::Secret, false, {}, {}},
        {u"clientCertificate"_s, Kind::File, false, {}, {}},
        {u"caFile"_s, Kind::File, false, {}, {}},
        {u"websocket"_s, Kind::Text, false, {}, {}},
        {u"proxy"_s, Kind::Text, false, {}, {}},
    };
}

base::Expected<IrcConfig> ircConfig(const chat::AccountConfig& account)
{
    IrcConfig config;
    const QString webSocket = option(account, u"websocket"_s);
    if (!webSocket.isEmpty()) {
        const QUrl url(webSocket, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "ws"_L1 && url.scheme() != "wss"_L1))
            return Error{ErrorKind::Invalid, u"websocket: not a ws:// or wss:// address"_s, 0};
        config.endpoint.webSocket = url;
        config.endpoint.host = url.host();
        // The first two are the standard's; InspIRCd 3 knows only its own and speaks text when it ignores ours.
        config.endpoint.subprotocols = {u"text.ircv3.net"_s, u"binary.ircv3.net"_s, u"text.inspircd.org"_s};
        config.endpoint.security = url.scheme() == "wss"_L1 ? Security::Tls : Security::Plain;
    } else if (const base::Status read = readServer(account.server.trimmed(), securityOf(account.options.value(u"tls"_s, true)), config.endpoint);
               !read) {
        return read.error();
    }
    config.tls.caFile = option(account, u"caFile"_s);
    config.tls.clientCertificateFile = option(account, u"clientCertificate"_s);
    config.tls.exception = QByteArray::fromHex(option(account, u"certificateException"_s).toLatin1());
    config.proxy = option(account, u"proxy"_s);
    if (const auto proxy = net::ProxySettings::parse(config.proxy); !proxy)
        return Error{ErrorKind::Invalid, u"proxy: "_s + proxy.error().detail, 0};

    config.nick = account.user.trimmed();
    if (!isNick(config.nick))
        return Error{ErrorKind::Invalid, u"user: '%1' cannot be a nick"_s.arg(config.nick), 0};
    config.user = option(account, u"username"_s);
    if (config.user.isEmpty())
        config.user = u"ridealong"_s;
    config.realName = option(account, u"realName"_s);
    if (config.realName.isEmpty())
        config.realName = config.nick;
    config.saslUser = option(account, u"saslUser"_s);
    const auto sasl = saslChoice(option(account, u"sasl"_s));
    if (!sasl)
        return Error{ErrorKind::Invalid, u"sasl: '%1' is not known"_s.arg(option(account, u"sasl"_s)), 0};
    config.sasl = *sasl;
    config.channels = listOption(account, u"channels"_s);
    return config;
}

} // namespace ridealong::irc
