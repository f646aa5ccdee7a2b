// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hubtyping.h"

#include "local/limits.h"

namespace ridealong::local {

constexpr qsizetype kMaxTypingAtOnce = 1000;

void HubTyping::set(const base::UserId& user, const QString& conversation, bool active)
{
    const Key key(conversation, user);
    if (!active) {
        if (m_active.remove(key))
            emit changed(conversation, user, false);
        return;
    }
    const bool begins = !m_active.contains(key);
    if (begins && m_active.size() >= kMaxTypingAtOnce)
        return;
    const int serial = ++m_serial;
    m_active.insert(key, serial);
    m_clock.after(kTypingExpires, this, [this, key, serial] {
        if (m_active.value(key) == serial)
            set(key.second, key.first, false);
    });
    if (begins)
        emit changed(conversation, user, true);
}

void HubTyping::leave(const base::UserId& user)
{
    const auto keys = m_active.keys();
    for (const auto& key : keys)
        if (key.second == user)
            set(user, key.first, false);
}

} // namespace ridealong::local
