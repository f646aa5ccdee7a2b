// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/outboxitem.h"

#include <array>

namespace ridealong::chat {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array<std::pair<OutboxState, QLatin1StringView>, 6> kStates{
    {{OutboxState::Queued, "queued"_L1}, {OutboxState::InFlight, "inFlight"_L1}, {OutboxState::Unknown, "unknown"_L1},
        {OutboxState::Failed, "failed"_L1}, {OutboxState::Review, "review"_L1}, {OutboxState::Sent, "sent"_L1}}};

} // namespace

QString toString(OutboxState state)
{
    for (const auto& [value, name] : kStates)
        if (value == state)
            return name;
    Q_UNREACHABLE();
}

std::optional<OutboxState> outboxStateFromString(QStringView text)
{
    for (const auto& [value, name] : kStates)
        if (text == name)
            return value;
    return std::nullopt;
}

QString toString(OutgoingKind kind) { return kind == OutgoingKind::Command ? u"command"_s : u"text"_s; }

} // namespace ridealong::chat
