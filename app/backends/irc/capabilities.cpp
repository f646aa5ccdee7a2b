// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/capabilities.h"

#include <array>

namespace ridealong::irc {

using namespace Qt::StringLiterals;

namespace {

/// In the order in which they are asked for. `sts` is not requested, only read (its specification says so).
constexpr std::array kWanted{"message-tags", "batch", "server-time", "echo-message", "labeled-response", "account-tag", "account-notify",
    "away-notify", "extended-join", "extended-monitor", "multi-prefix", "userhost-in-names", "setname", "chghost", "invite-notify", "cap-notify",
    "standard-replies", "inspircd.org/standard-replies", "draft/chathistory", "draft/event-playback", "draft/multiline", "draft/read-marker",
    "draft/message-redaction", "sasl", "znc.in/self-message"};

QStringList namesOf(const Line& line) { return line.parameters.isEmpty() ? QStringList() : line.parameters.last().split(u' ', Qt::SkipEmptyParts); }

} // namespace

QStringList Capabilities::mechanisms() const { return offeredValue("sasl").split(u',', Qt::SkipEmptyParts); }

bool Capabilities::takeOffer(const Line& line)
{
    for (const QString& token : namesOf(line)) {
        const auto equals = token.indexOf(u'=');
        if (m_offered.size() < kMaxOffered)
            m_offered.insert((equals < 0 ? token : token.left(equals)).toUtf8(), equals < 0 ? QString() : token.mid(equals + 1));
    }
    return line.parameter(2) == "*"_L1 && line.parameters.size() > 3;
}

void Capabilities::takeAck(const Line& line)
{
    for (const QString& token : namesOf(line)) {
        if (token.startsWith(u'-'))
            m_enabled.remove(token.mid(1).toUtf8());
        else if (m_offered.contains(token.toUtf8()))
            m_enabled.insert(token.toUtf8());
    }
}

void Capabilities::takeDel(const Line& line)
{
    for (const QString& token : namesOf(line)) {
        m_offered.remove(token.toUtf8());
        m_enabled.remove(token.toUtf8());
    }
}

QList<QByteArray> Capabilities::requests() const
{
    QList<QByteArray> lines;
    QByteArray names;
    const auto flush = [&] {
        if (!names.isEmpty())
            lines.append("CAP REQ :" + names.trimmed());
        names.clear();
    };
    for (const char* name : kWanted) {
        if (!m_offered.contains(name) || m_enabled.contains(name))
            continue;
        if (names.size() + qsizetype(qstrlen(name)) > 400)
            flush();
        names += name;
        names += ' ';
    }
    flush();
    return lines;
}

QList<QByteArray> Capabilities::singleRequests(const Line& nak)
{
    QList<QByteArray> lines;
    const QStringList names = namesOf(nak);
    if (names.size() > 1) // one alone was refused for itself
        for (const char* wanted : kWanted)
            if (names.contains(QLatin1StringView(wanted)))
                lines.append(QByteArray("CAP REQ :") + wanted);
    return lines;
}

} // namespace ridealong::irc
