// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/words.h"

#include "kit/durations.h"
#include "kit/errortext.h"
#include "kit/messagedocument.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using base::ErrorKind;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AccountWords)
};

struct FieldRow
{
    const char* key;
    const char* label;
    const char* hint;
    const char* placeholder;
    bool rare;
};

// clang-format off
constexpr FieldRow kFields[]{
    {"server", QT_TRANSLATE_NOOP("AccountWords", "Server address"), "", "", false},
    {"user", QT_TRANSLATE_NOOP("AccountWords", "User name"), "", "", false},
    {"password", QT_TRANSLATE_NOOP("AccountWords", "Password"), QT_TRANSLATE_NOOP("AccountWords", "Goes into the system's keychain and nowhere else."), "", false},
    {"name", QT_TRANSLATE_NOOP("AccountWords", "Name in the list"), QT_TRANSLATE_NOOP("AccountWords", "Only you see it."), "", true},
    {"channels", QT_TRANSLATE_NOOP("AccountWords", "Rooms to join"), QT_TRANSLATE_NOOP("AccountWords", "Separated by commas. You can join more at any time."), "#ops, #deploys", false},
    {"rooms", QT_TRANSLATE_NOOP("AccountWords", "Rooms to join"), QT_TRANSLATE_NOOP("AccountWords", "Separated by commas. You can join more at any time."), "ops, deploys@rooms.example.org", false},
    {"nick", QT_TRANSLATE_NOOP("AccountWords", "Nick in rooms"), QT_TRANSLATE_NOOP("AccountWords", "Empty: what stands before the @ of your address."), "", true},
    {"resource", QT_TRANSLATE_NOOP("AccountWords", "Name of this device"), QT_TRANSLATE_NOOP("AccountWords", "Empty: the server makes one up."), "", true},
    {"bots", QT_TRANSLATE_NOOP("AccountWords", "Bots"), QT_TRANSLATE_NOOP("AccountWords", "Their names, separated by commas: what is addressed to them is a command."), "hubot, errbot", true},
    {"realName", QT_TRANSLATE_NOOP("AccountWords", "Real name"), QT_TRANSLATE_NOOP("AccountWords", "Everybody on the server can see it."), "", true},
    {"username", QT_TRANSLATE_NOOP("AccountWords", "Login name"), QT_TRANSLATE_NOOP("AccountWords", "Stands before the @ of your address there."), "", true},
    {"tls", QT_TRANSLATE_NOOP("AccountWords", "Encrypt the connection"), QT_TRANSLATE_NOOP("AccountWords", "Without it everybody on the way can read along."), "", true},
    {"sasl", QT_TRANSLATE_NOOP("AccountWords", "Sign-in"), "", "", true},
    {"saslUser", QT_TRANSLATE_NOOP("AccountWords", "Account name"), QT_TRANSLATE_NOOP("AccountWords", "When it is another one than the name you chat under."), "", true},
    {"serverPassword", QT_TRANSLATE_NOOP("AccountWords", "Server password"), QT_TRANSLATE_NOOP("AccountWords", "Only where the server itself asks for one."), "", true},
    {"clientCertificate", QT_TRANSLATE_NOOP("AccountWords", "Client certificate"), QT_TRANSLATE_NOOP("AccountWords", "A PEM file with your certificate and its key."), "", true},
    {"caFile", QT_TRANSLATE_NOOP("AccountWords", "Additional authority"), QT_TRANSLATE_NOOP("AccountWords", "A PEM file. Certificates it signed are accepted for this account."), "", true},
    {"websocket", QT_TRANSLATE_NOOP("AccountWords", "WebSocket address"), QT_TRANSLATE_NOOP("AccountWords", "Where the server is reached through the web only."), "wss://chat.example.org/socket", true},
    {"proxy", QT_TRANSLATE_NOOP("AccountWords", "Proxy"), QT_TRANSLATE_NOOP("AccountWords", "Empty: as the system is set up."), "socks5://localhost:1080", true},
};

struct FieldOfKindRow
{
    const char* kind;
    FieldRow row;
};
// Where a key means something of its own.
constexpr FieldOfKindRow kFieldsOfKinds[]{
    {"irc", {"user", QT_TRANSLATE_NOOP("AccountWords", "Nick"), QT_TRANSLATE_NOOP("AccountWords", "The name you chat under. No spaces."), "", false}},
    {"irc", {"password", QT_TRANSLATE_NOOP("AccountWords", "Password"), QT_TRANSLATE_NOOP("AccountWords", "Of your registered nick; leave it empty when you have none. Goes into the system's keychain and nowhere else."), "", false}},
    {"local", {"user", QT_TRANSLATE_NOOP("AccountWords", "Your name"), "", "", false}},
    {"local", {"server", QT_TRANSLATE_NOOP("AccountWords", "Socket of the hub"), QT_TRANSLATE_NOOP("AccountWords", "Empty: your own."), "", true}},
    {"xmpp", {"server", QT_TRANSLATE_NOOP("AccountWords", "Server"), QT_TRANSLATE_NOOP("AccountWords", "Empty: your address says where it is. Else host:port, or a wss:// address."), "", true}},
    {"xmpp", {"tls", QT_TRANSLATE_NOOP("AccountWords", "Encryption"), QT_TRANSLATE_NOOP("AccountWords", "Counts only for a server written above. There is always one or the other."), "", true}},
    {"xmpp", {"user", QT_TRANSLATE_NOOP("AccountWords", "Address"), "", "you@example.org", false}},
};

struct KindRow
{
    const char* kind;
    const char* name;
    const char* says;
    const char* address;
    const char* icon;
    const char* label = QT_TRANSLATE_NOOP("AccountWords", "Server &address");
    const char* addressSays = QT_TRANSLATE_NOOP("AccountWords", "With a port when it is not the usual one. Nothing about you is sent until you say so.");
};
constexpr KindRow kKinds[]{
    {"irc", "IRC", QT_TRANSLATE_NOOP("AccountWords", "Rooms on any IRC server or network. An account is not needed everywhere."), "irc.example.org", "hash"},
    {"xmpp", "XMPP", QT_TRANSLATE_NOOP("AccountWords", "An address at a Jabber server."), "you@example.org", "at", QT_TRANSLATE_NOOP("AccountWords", "Your &address"), QT_TRANSLATE_NOOP("AccountWords", "As others write to you. Your server is found by it; nothing about you is sent until you say so.")},
    {"matrix", "Matrix", QT_TRANSLATE_NOOP("AccountWords", "An account on a Matrix homeserver."), "matrix.example.org", "link"},
    {"mattermost", "Mattermost", QT_TRANSLATE_NOOP("AccountWords", "A team on a Mattermost server."), "https://chat.example.org", "chat"},
    {"local", QT_TRANSLATE_NOOP("AccountWords", "Local workspace"), QT_TRANSLATE_NOOP("AccountWords", "Rooms and a bot on this computer. Needs no server."), "", "console"},
};

struct ChoiceRow
{
    const char* key;
    const char* choice;
    const char* word;
};
constexpr ChoiceRow kChoices[]{
    {"sasl", "automatic", QT_TRANSLATE_NOOP("AccountWords", "The best that the server offers")},
    {"sasl", "none", QT_TRANSLATE_NOOP("AccountWords", "Without signing in")},
    {"sasl", "PLAIN", QT_TRANSLATE_NOOP("AccountWords", "Password (PLAIN)")},
    {"sasl", "SCRAM-SHA-256", QT_TRANSLATE_NOOP("AccountWords", "Password, never sent (SCRAM-SHA-256)")},
    {"tls", "starttls", QT_TRANSLATE_NOOP("AccountWords", "Begins on the usual port (STARTTLS)")},
    {"tls", "direct", QT_TRANSLATE_NOOP("AccountWords", "From the first byte (TLS)")},
    {"sasl", "EXTERNAL", QT_TRANSLATE_NOOP("AccountWords", "Client certificate (EXTERNAL)")},
};
// clang-format on

QString words(const char* text) { return *text ? QCoreApplication::translate("AccountWords", text) : QString(); }

/// "clientCertificate" → "Client certificate".
QString spelled(const QString& key)
{
    QString text;
    for (const QChar c : key) {
        if (c.isUpper())
            text += u' ';
        text += c.toLower();
    }
    return text.isEmpty() ? text : text.at(0).toUpper() + text.mid(1);
}

FieldWords of(const FieldRow& row) { return {words(row.label), words(row.hint), words(row.placeholder), row.rare}; }

} // namespace

KindWords kindWords(const QString& kind)
{
    for (const KindRow& row : kKinds)
        if (kind == QLatin1String(row.kind))
            return {words(row.name), words(row.says), words(row.label), QString::fromLatin1(row.address), words(row.addressSays),
                QString::fromLatin1(row.icon)};
    const KindRow other{};
    return {spelled(kind), {}, words(other.label), {}, words(other.addressSays), u"chat"_s};
}

FieldWords fieldWords(const QString& kind, const QString& key)
{
    for (const FieldOfKindRow& row : kFieldsOfKinds)
        if (kind == QLatin1String(row.kind) && key == QLatin1String(row.row.key))
            return of(row.row);
    for (const FieldRow& row : kFields)
        if (key == QLatin1String(row.key))
            return of(row);
    return {spelled(key), {}, {}, true};
}

QString choiceWord(const QString& key, const QString& choice)
{
    for (const ChoiceRow& row : kChoices)
        if (key == QLatin1String(row.key) && choice == QLatin1String(row.choice))
            return words(row.word);
    return choice;
}

QString hostOf(const QString& server)
{
    const QString text = server.trimmed();
    const QUrl url(text.contains("://"_L1) ? text : u"any://"_s + text);
    return url.host().isEmpty() ? text : url.host();
}

QString discoveryProblem(const QString& kind, const QString& address, const base::Error& error)
{
    const QString where = kit::safeName(hostOf(address));
    switch (error.kind) {
    case ErrorKind::Offline: return Words::tr("Nobody answers at %1. Check the address, and whether this computer is online.").arg(where);
    case ErrorKind::Timeout: return Words::tr("%1 does not answer. Check the address and the port, or try again in a moment.").arg(where);
    case ErrorKind::NotFound: return Words::tr("There is no server called %1. Check the address.").arg(where);
    case ErrorKind::Protocol:
    case ErrorKind::Incompatible:
        return Words::tr("Something answers at %1, but it does not speak %2. Check the address and the port.").arg(where, kindWords(kind).name);
    case ErrorKind::Denied: return Words::tr("%1 refuses the connection. The details say why.").arg(where);
    case ErrorKind::Invalid: return Words::tr("This is no address. Write it like %1.").arg(kindWords(kind).addressHint);
    default: return kit::errorText(error);
    }
}

QString connectionProblem(const base::Error& error)
{
    switch (error.kind) {
    case ErrorKind::Auth: return Words::tr("The server did not accept the sign-in. Check the name and the password.");
    case ErrorKind::Offline: return Words::tr("The server cannot be reached. It is tried again by itself; check the address if this stays.");
    case ErrorKind::Timeout: return Words::tr("The server does not answer. It is tried again by itself; check the address if this stays.");
    case ErrorKind::Denied: return Words::tr("The connection was refused. The details say why.");
    case ErrorKind::Unsupported: return Words::tr("The server cannot do what the settings ask for. The details say what.");
    case ErrorKind::Invalid: return Words::tr("A setting makes no sense. The details say which.");
    case ErrorKind::Untrusted: return Words::tr("The server could not prove who it is. Nothing was sent to it.");
    default: return kit::errorText(error);
    }
}

QString savingProblem(const QString& kind, const base::Error& error)
{
    if (error.kind == ErrorKind::Invalid)
        return Words::tr("%1 does not take these settings. The details say what is wrong.").arg(kindWords(kind).name);
    return kit::errorText(error);
}

QString connectionWords(const chat::ConnectionStatus& status, qint64 nowMs)
{
    switch (status.state) {
    case chat::ConnectionState::Disconnected: return Words::tr("offline");
    case chat::ConnectionState::Connecting: return Words::tr("connecting …");
    case chat::ConnectionState::Connected: return Words::tr("connected");
    case chat::ConnectionState::Failed: return Words::tr("cannot connect");
    case chat::ConnectionState::Waiting: break;
    }
    if (status.retryAtMs > nowMs)
        return Words::tr("trying again in %1").arg(kit::aboutText((status.retryAtMs - nowMs + 999) / 1000 * 1000));
    return Words::tr("trying again …");
}

QString sentence(const QString& words) { return words.isEmpty() ? words : words.at(0).toUpper() + words.mid(1); }

QString certificateReason(const QString& reason, const base::CertificateProblem& problem)
{
    const auto day = [](qint64 ms) { return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms).date(), QLocale::LongFormat); };
    if (reason == "self-signed"_L1)
        return Words::tr("It vouches for itself: no authority has signed it.");
    if (reason == "unknown authority"_L1)
        return Words::tr("This computer does not know the authority that signed it.");
    if (reason == "expired"_L1)
        return Words::tr("It was valid until %1 only.").arg(day(problem.validUntilMs));
    if (reason == "not yet valid"_L1)
        return Words::tr("It is valid from %1 on. Check this computer's clock.").arg(day(problem.validFromMs));
    if (reason == "host name"_L1)
        return Words::tr("It is not for %1 but for somebody else.").arg(kit::safeName(problem.host));
    if (reason == "revoked"_L1)
        return Words::tr("Its authority has revoked it. Do not trust it.");
    if (reason == "known to be forged"_L1)
        return Words::tr("It is known to be forged. Do not trust it.");
    if (reason == "not for servers"_L1)
        return Words::tr("It was not made for servers.");
    if (reason == "signature"_L1)
        return Words::tr("Its signature is wrong.");
    if (reason == "authority that may not sign"_L1)
        return Words::tr("Who signed it was not allowed to.");
    if (reason == "no certificate"_L1)
        return Words::tr("The server showed none.");
    return Words::tr("A check failed: %1").arg(kit::safeName(reason));
}

QString fingerprintGroups(const QByteArray& sha256)
{
    const QString hex = QString::fromLatin1(sha256.toHex().toUpper());
    QString text;
    for (qsizetype i = 0; i < hex.size(); i += 4) {
        if (i > 0)
            text += i % 32 == 0 ? u'\n' : u' ';
        text += hex.mid(i, 4);
    }
    return text;
}

} // namespace ridealong::accountdialogs
