// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/runroom.h"

#include <QXmlStreamReader>

namespace ridealong::tests {

namespace {

constexpr char kRunTag[] = "+ridealong.dev/run"; ///< base64url of the run event
constexpr char kReplyTag[] = "+draft/reply";

QHash<QByteArray, QString> tagsOf(const QByteArray& section)
{
    QHash<QByteArray, QString> tags;
    for (const QByteArray& item : section.split(';')) {
        const qsizetype equals = item.indexOf('=');
        QByteArray value = equals < 0 ? QByteArray() : item.mid(equals + 1);
        value.replace("\\:", ";").replace("\\s", " ").replace("\\\\", "\\");
        tags.insert(equals < 0 ? item : item.left(equals), QString::fromUtf8(value));
    }
    return tags;
}

} // namespace

bool IrcRunRoom::watch()
{
    if (!m_watcher.connectPlain(m_port))
        return false;
    m_watcher.say("CAP REQ :message-tags server-time");
    m_watcher.say("CAP END");
    if (!m_watcher.registerAs("watcher") || !m_watcher.join(m_channel))
        return false;
    // Its own reading is connected before, so the lines are there.
    QObject::connect(&m_watcher.socket(), &QIODevice::readyRead, &m_watcher.socket(), [this] {
        for (const QByteArray& line : m_watcher.take())
            look(line);
    });
    return true;
}

bool IrcRunRoom::enter(const QStringList& people)
{
    for (const QString& nick : people) {
        auto person = std::make_unique<RawIrc>();
        if (!person->connectPlain(m_port) || !person->registerAs(nick.toUtf8()) || !person->join(m_channel))
            return false;
        m_people.push_back(std::move(person));
    }
    return true;
}

void IrcRunRoom::say(int person, const QString& text)
{
    m_people.at(static_cast<size_t>(person))->say("PRIVMSG " + m_channel + " :" + text.toUtf8());
}

void IrcRunRoom::look(const QByteArray& line)
{
    QByteArray rest = line;
    QHash<QByteArray, QString> tags;
    if (rest.startsWith('@')) {
        const qsizetype end = rest.indexOf(' ');
        tags = tagsOf(rest.mid(1, end - 1));
        rest = rest.mid(end + 1);
    }
    if (!rest.startsWith(':'))
        return;
    const QString nick = QString::fromUtf8(rest.mid(1, rest.indexOf('!') - 1));
    const QByteArray what = rest.mid(rest.indexOf(' ') + 1);
    if (what.startsWith("JOIN "))
        return noteEntered(nick);
    const QByteArray said = "PRIVMSG " + m_channel + " :";
    const bool isMessage = what.startsWith(said);
    if (!isMessage && !(what.startsWith("TAGMSG ") && tags.contains(kRunTag)))
        return;
    SeenMessage message;
    message.id = tags.value("msgid");
    message.from = nick;
    message.text = isMessage ? QString::fromUtf8(what.mid(said.size())) : QString();
    message.replyTo = tags.value(kReplyTag);
    message.envelope = QByteArray::fromBase64(tags.value(kRunTag).toLatin1(), QByteArray::Base64UrlEncoding);
    note(std::move(message));
}

bool XmppRunRoom::watch()
{
    if (!m_watcher.signIn(m_seat.port, m_seat.caFile, "watcher", "pw-watcher") || !m_watcher.join(m_seat.roomAddress().toUtf8(), "watcher"))
        return false;
    QObject::connect(&m_watcher.socket(), &QIODevice::readyRead, &m_watcher.socket(), [this] {
        for (const QByteArray& element : m_watcher.take())
            look(element);
    });
    return true;
}

bool XmppRunRoom::enter(const QStringList& people)
{
    for (const QString& nick : people) {
        const QByteArray name = nick.toUtf8();
        auto person = std::make_unique<RawXmpp>();
        if (!person->signIn(m_seat.port, m_seat.caFile, name, "pw-" + name) || !person->join(m_seat.roomAddress().toUtf8(), name))
            return false;
        m_people.push_back(std::move(person));
    }
    return true;
}

void XmppRunRoom::say(int person, const QString& text)
{
    m_people.at(static_cast<size_t>(person))
        ->sayInRoom(m_seat.roomAddress().toUtf8(), text.toHtmlEscaped().toUtf8(), "said-" + QByteArray::number(++m_said));
}

void XmppRunRoom::look(const QByteArray& element)
{
    QXmlStreamReader xml(element);
    xml.setNamespaceProcessing(false); // the stream's own tag, with its prefixes, is not here
    SeenMessage message;
    QString wireId;
    bool isMessage = false;
    bool isOld = false;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QXmlStreamAttributes attributes = xml.attributes();
        const auto name = xml.qualifiedName();
        if (name == u"presence" || name == u"message") {
            const QString from = attributes.value(QLatin1String("from")).toString();
            message.from = from.mid(from.indexOf(u'/') + 1);
            wireId = attributes.value(QLatin1String("id")).toString();
            isMessage = name == u"message" && attributes.value(QLatin1String("type")) == u"groupchat" && from.contains(u'/');
            if (name == u"presence" && attributes.value(QLatin1String("type")).isEmpty())
                return noteEntered(message.from);
        } else if (name == u"body") {
            message.text = xml.readElementText();
        } else if (name == u"envelope") {
            message.envelope = QByteArray::fromBase64(xml.readElementText().toLatin1());
        } else if (name == u"reply") {
            message.replyTo = attributes.value(QLatin1String("id")).toString();
        } else if (name == u"thread") {
            message.thread = xml.readElementText();
        } else if (name == u"stanza-id") {
            message.id = attributes.value(QLatin1String("id")).toString();
        } else if (name == u"delay") {
            isOld = true;
        }
    }
    if (message.id.isEmpty())
        message.id = wireId;
    if (isMessage && !isOld && (!message.text.isEmpty() || !message.envelope.isEmpty()))
        note(std::move(message));
}

} // namespace ridealong::tests
