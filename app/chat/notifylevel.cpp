// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/notifylevel.h"

namespace ridealong::chat {

using namespace Qt::StringLiterals;

QString toString(NotifyLevel level)
{
    switch (level) {
    case NotifyLevel::Everything: return u"everything"_s;
    case NotifyLevel::Mentions: return u"mentions"_s;
    case NotifyLevel::Nothing: return u"nothing"_s;
    }
    Q_UNREACHABLE();
}

std::optional<NotifyLevel> notifyLevelFromString(const QString& text)
{
    for (const auto level : {NotifyLevel::Everything, NotifyLevel::Mentions, NotifyLevel::Nothing})
        if (toString(level) == text)
            return level;
    return std::nullopt;
}

} // namespace ridealong::chat
