// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/commandspec.h"

#include <array>

namespace ridealong::chat {
namespace {

using namespace Qt::StringLiterals;

template <typename Enum, size_t N> QString nameOf(const std::array<std::pair<Enum, QLatin1StringView>, N>& names, Enum wanted)
{
    for (const auto& [value, name] : names)
        if (value == wanted)
            return name;
    Q_UNREACHABLE();
}

template <typename Enum, size_t N> std::optional<Enum> valueOf(const std::array<std::pair<Enum, QLatin1StringView>, N>& names, QStringView text)
{
    for (const auto& [value, name] : names)
        if (text.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    return std::nullopt;
}

constexpr std::array<std::pair<Risk, QLatin1StringView>, 4> kRisks{
    {{Risk::Unknown, "unknown"_L1}, {Risk::Safe, "safe"_L1}, {Risk::Mutates, "mutates"_L1}, {Risk::Danger, "danger"_L1}}};

constexpr std::array<std::pair<ArgumentType, QLatin1StringView>, 8> kTypes{
    {{ArgumentType::Text, "text"_L1}, {ArgumentType::Integer, "integer"_L1}, {ArgumentType::Number, "number"_L1}, {ArgumentType::Flag, "flag"_L1},
        {ArgumentType::Choice, "choice"_L1}, {ArgumentType::Path, "path"_L1}, {ArgumentType::User, "user"_L1}, {ArgumentType::Room, "room"_L1}}};

} // namespace

QString toString(Risk risk) { return nameOf(kRisks, risk); }
Risk riskFromString(QStringView text) { return valueOf(kRisks, text).value_or(Risk::Unknown); }
QString toString(ArgumentType type) { return nameOf(kTypes, type); }
std::optional<ArgumentType> argumentTypeFromString(QStringView text) { return valueOf(kTypes, text); }

} // namespace ridealong::chat
