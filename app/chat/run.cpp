// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/run.h"

#include <array>
#include <utility>

namespace ridealong::chat {
namespace {

constexpr std::array<std::pair<RunState, QLatin1StringView>, 12> kNames{{
    {RunState::Sent, QLatin1StringView("sent")},
    {RunState::Acknowledged, QLatin1StringView("acknowledged")},
    {RunState::Running, QLatin1StringView("running")},
    {RunState::AwaitingConfirmation, QLatin1StringView("awaitingConfirmation")},
    {RunState::AwaitingApproval, QLatin1StringView("awaitingApproval")},
    {RunState::Succeeded, QLatin1StringView("succeeded")},
    {RunState::Failed, QLatin1StringView("failed")},
    {RunState::Error, QLatin1StringView("error")},
    {RunState::Denied, QLatin1StringView("denied")},
    {RunState::Cancelled, QLatin1StringView("cancelled")},
    {RunState::NoReply, QLatin1StringView("noReply")},
    {RunState::Unknown, QLatin1StringView("unknown")},
}};

} // namespace

QString toString(RunState state)
{
    for (const auto& [value, name] : kNames)
        if (value == state)
            return name;
    Q_UNREACHABLE();
}

std::optional<RunState> runStateFromString(QStringView text)
{
    for (const auto& [value, name] : kNames)
        if (text == name)
            return value;
    return std::nullopt;
}

bool isFinal(RunState state)
{
    switch (state) {
    case RunState::Succeeded:
    case RunState::Failed:
    case RunState::Error:
    case RunState::Denied:
    case RunState::Cancelled: return true;
    default: return false;
    }
}

} // namespace ridealong::chat
