// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/systemevent.h"

#include <array>
#include <utility>

namespace ridealong::chat {

namespace {

using Kind = SystemEvent::Kind;
constexpr std::array<std::pair<Kind, const char16_t*>, 10> kWords{{{Kind::Joined, u"joined"}, {Kind::Left, u"left"}, {Kind::Kicked, u"kicked"},
    {Kind::TopicChanged, u"topic"}, {Kind::Renamed, u"renamed"}, {Kind::ModeChanged, u"mode"}, {Kind::Invited, u"invited"},
    {Kind::NetSplit, u"netsplit"}, {Kind::NetJoin, u"netjoin"}, {Kind::ContactAsked, u"contact"}}};

} // namespace

QString toText(const SystemEvent& event)
{
    QString text;
    for (const auto& [kind, word] : kWords)
        if (kind == event.kind)
            text = QString::fromUtf16(word);
    if (!event.subject.isEmpty())
        text += u' ' + event.subject;
    if (!event.detail.isEmpty())
        text += QStringLiteral(": ") + event.detail;
    return text;
}

std::optional<SystemEvent> systemEventFromText(const QString& text)
{
    const auto colon = text.indexOf(QStringLiteral(": "));
    const QString head = colon < 0 ? text : text.left(colon);
    const auto space = head.indexOf(u' ');
    const QString word = space < 0 ? head : head.left(space);
    for (const auto& [kind, known] : kWords)
        if (word == QStringView(known))
            return SystemEvent{kind, space < 0 ? QString() : head.mid(space + 1), colon < 0 ? QString() : text.mid(colon + 2)};
    return std::nullopt;
}

} // namespace ridealong::chat
