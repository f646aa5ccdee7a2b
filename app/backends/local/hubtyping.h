// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <QObject>

namespace ridealong::local {

/// Who is typing where. Said once when it begins; it ends when the client says so, goes, or says nothing for a while.
class HubTyping : public QObject
{
    Q_OBJECT
public:
    explicit HubTyping(base::Clock& clock, QObject* parent = nullptr) : QObject(parent), m_clock(clock) {}

    void set(const base::UserId& user, const QString& conversation, bool active);
    void leave(const base::UserId& user);

signals:
    void changed(const QString& conversation, const ridealong::base::UserId& user, bool active);

private:
    using Key = std::pair<QString, base::UserId>; // conversation, person

    base::Clock& m_clock;
    QHash<Key, int> m_active; ///< by the number of the last word of it: a timer of an earlier one means nothing
    int m_serial = 0;
};

} // namespace ridealong::local
