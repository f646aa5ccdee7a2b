// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/nameserver.h"

#include <QNetworkDatagram>
#include <QtEndian>

namespace ridealong::tests {

using namespace Qt::StringLiterals;

namespace {

// RFC 1035 §4.1.
constexpr qsizetype kHeaderBytes = 12;
constexpr quint16 kAddress = 1, kAddress6 = 28, kService = 33;
constexpr quint16 kInternet = 1;
constexpr quint16 kAnswers = 0x8180; ///< recursion was asked for and is done
constexpr quint16 kNoSuchName = 3;

QByteArray number(quint16 value)
{
    QByteArray bytes(2, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray labels(const QString& name)
{
    QByteArray bytes;
    for (const QString& label : name.split(u'.'))
        bytes += char(label.size()) + label.toLatin1();
    return bytes + '\0';
}

} // namespace

QString NameServer::missing() const
{
    return qEnvironmentVariableIsSet("RIDEALONG_TRUSTED") ? QString() : u"a network of its own (unshare, ip) is not to be had here"_s;
}

bool NameServer::start()
{
    QObject::connect(&m_socket, &QUdpSocket::readyRead, &m_socket, [this] {
        while (m_socket.hasPendingDatagrams()) {
            const QNetworkDatagram asked = m_socket.receiveDatagram();
            if (const QByteArray told = answer(asked.data()); !told.isEmpty())
                m_socket.writeDatagram(asked.makeReply(told));
        }
    });
    return m_socket.bind(QHostAddress::LocalHost, 53);
}

/// One question and no more, as every resolver asks. Empty for anything else.
QByteArray NameServer::answer(const QByteArray& question)
{
    QStringList name;
    qsizetype at = kHeaderBytes;
    while (at < question.size() && question[at] > 0) {
        name.append(QString::fromLatin1(question.mid(at + 1, question[at])).toLower());
        at += 1 + question[at];
    }
    const qsizetype end = at + 5;
    if (end > question.size())
        return {};
    const auto type = qFromBigEndian<quint16>(question.constData() + at + 1);
    const QString host = name.join(u'.');
    m_asked.append((type == kService ? u"SRV "_s : type == kAddress ? u"A "_s : type == kAddress6 ? u"AAAA "_s : u"? "_s) + host);

    const auto service = m_services.constFind(host);
    const bool isHost = host == m_domain || (host.endsWith(u'.' + m_domain) && !host.startsWith(u'_'));
    QByteArray data;
    if (type == kService && service != m_services.cend())
        data = number(10) + number(0) + number(service->port) + labels(service->host);
    else if (type == kAddress && isHost)
        data = QByteArray("\x7f\0\0\1", 4);
    const quint16 flags = kAnswers | (isHost || service != m_services.cend() ? 0 : kNoSuchName);
    QByteArray told = question.first(2) + number(flags) + number(1) + number(data.isEmpty() ? 0 : 1) + number(0) + number(0)
        + question.mid(kHeaderBytes, end - kHeaderBytes);
    if (!data.isEmpty())
        told += number(0xc000 | kHeaderBytes) + number(type) + number(kInternet) + QByteArray(4, '\0') + number(quint16(data.size())) + data;
    return told;
}

} // namespace ridealong::tests
