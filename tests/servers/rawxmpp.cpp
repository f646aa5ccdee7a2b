// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/rawxmpp.h"

#include "servers/waituntil.h"

#include <QSslConfiguration>

namespace ridealong::tests {

namespace {

constexpr char kDomain[] = "chat.test";

/// Where the tag that begins at `start` ends; a `>` in the quotes of an attribute is none. -1: it has not all come.
qsizetype endOfTag(const QByteArray& text, qsizetype start)
{
    char quote = 0;
    for (qsizetype i = start; i < text.size(); ++i) {
        const char c = text[i];
        if (quote)
            quote = c == quote ? char(0) : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i;
    }
    return -1;
}

QByteArray between(const QByteArray& text, const QByteArray& before, const QByteArray& after)
{
    const qsizetype start = text.indexOf(before);
    const qsizetype end = start < 0 ? -1 : text.indexOf(after, start + before.size());
    return end < 0 ? QByteArray() : text.mid(start + before.size(), end - start - before.size());
}

} // namespace

RawXmpp::RawXmpp()
{
    QObject::connect(&m_socket, &QIODevice::readyRead, &m_socket, [this] { read(); });
}

bool RawXmpp::connectPlain(quint16 port)
{
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    waitUntil([this] { return isConnected() || m_socket.state() == QAbstractSocket::UnconnectedState; });
    return isConnected() && openStream();
}

bool RawXmpp::connectStartTls(quint16 port, const QString& caFile)
{
    if (!connectPlain(port))
        return false;
    say("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    if (expect("<proceed").isEmpty())
        return false;
    trust(caFile);
    m_socket.startClientEncryption();
    waitUntil([this] { return m_socket.isEncrypted() || m_socket.state() == QAbstractSocket::UnconnectedState; });
    return m_socket.isEncrypted() && openStream();
}

bool RawXmpp::connectDirectTls(quint16 port, const QString& caFile)
{
    trust(caFile);
    m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port, QLatin1String(kDomain));
    waitUntil([this] { return m_socket.isEncrypted() || m_socket.state() == QAbstractSocket::UnconnectedState; });
    return m_socket.isEncrypted() && openStream();
}

bool RawXmpp::login(const QByteArray& user, const QByteArray& password)
{
    const QByteArray response = QByteArray("\0", 1) + user + QByteArray("\0", 1) + password;
    say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + response.toBase64() + "</auth>");
    return expect("urn:ietf:params:xml:ns:xmpp-sasl").startsWith("<success") && openStream();
}

bool RawXmpp::bind(const QByteArray& resource)
{
    say("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" + resource + "</resource></bind></iq>");
    m_address = between(expect("urn:ietf:params:xml:ns:xmpp-bind"), "<jid>", "</jid>");
    return !m_address.isEmpty();
}

bool RawXmpp::signIn(quint16 port, const QString& caFile, const QByteArray& user, const QByteArray& password, const QByteArray& resource)
{
    return connectStartTls(port, caFile) && login(user, password) && bind(resource);
}

bool RawXmpp::join(const QByteArray& room, const QByteArray& nick, const QByteArray& password)
{
    const QByteArray with = password.isEmpty() ? QByteArray() : "<password>" + password + "</password>";
    say("<presence to='" + room + '/' + nick + "'><x xmlns='http://jabber.org/protocol/muc'>" + with + "</x></presence>");
    return !expect("<subject").isEmpty(); // XEP-0045 7.2.15: the last thing that comes, also when it is empty
}

void RawXmpp::sayInRoom(const QByteArray& room, const QByteArray& body, const QByteArray& id)
{
    say("<message type='groupchat' to='" + room + "' id='" + id + "'><body>" + body + "</body></message>");
}

QByteArray RawXmpp::expect(const QByteArray& part, int patienceMs)
{
    QByteArray found;
    const auto look = [this, &part, &found] {
        while (found.isEmpty() && !m_elements.isEmpty()) {
            if (const QByteArray element = m_elements.takeFirst(); element.contains(part))
                found = element;
        }
        return !found.isEmpty() || m_socket.state() == QAbstractSocket::UnconnectedState;
    };
    waitUntil(look, patienceMs);
    return found;
}

QString RawXmpp::error() const
{
    QByteArray elements; // QtTest cuts a long text, so: the last ones, and of each its beginning
    for (const QByteArray& element : m_seen.mid(qMax(0, m_seen.size() - 5)))
        elements += '\n' + element.left(180);
    return QStringLiteral("%1; last elements:%2").arg(m_socket.errorString(), QString::fromUtf8(elements));
}

/// Every stream begins anew: after STARTTLS and after SASL, too (RFC 6120 5.4.3.3, 6.4.6).
bool RawXmpp::openStream()
{
    m_buffer.clear();
    m_looked = 0;
    m_depth = 0;
    m_elements.clear();
    say(QByteArray("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='")
        + kDomain + "'>");
    m_features = expect("features");
    return !m_features.isEmpty();
}

void RawXmpp::trust(const QString& caFile)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(caFile));
    m_socket.setSslConfiguration(configuration);
    m_socket.setPeerVerifyName(QLatin1String(kDomain));
}

void RawXmpp::read()
{
    m_buffer += m_socket.readAll();
    takeElements();
}

/// Counts tags. XMPP has no comments, no CDATA to speak of and no processing instructions but the first (RFC 6120 11.1).
void RawXmpp::takeElements()
{
    for (;;) {
        const qsizetype start = m_buffer.indexOf('<', m_looked);
        const qsizetype end = start < 0 ? -1 : endOfTag(m_buffer, start);
        if (end < 0)
            return;
        m_looked = end + 1;
        if (m_buffer[start + 1] == '?')
            continue;
        const bool closes = m_buffer[start + 1] == '/';
        const bool opens = !closes && m_buffer[end - 1] != '/';
        m_depth += int(opens) - int(closes);
        if (m_depth > 1)
            continue;
        // White space between elements keeps the connection alive and is nothing.
        const QByteArray element = m_buffer.left(m_looked).trimmed();
        m_buffer.remove(0, m_looked);
        m_looked = 0;
        m_seen += element;
        if (!opens) // else it is the stream's own first tag
            m_elements += element;
    }
}

} // namespace ridealong::tests
