// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/syncbatch.h"

#include <QObject>

#include <functional>

namespace ridealong::account {

/// Gathers what happens in one turn of the event loop: one batch, one cursor, one transaction.
class EventBatch : public QObject
{
    Q_OBJECT
public:
    /// `cursor` says where everything stands that was pushed until then.
    explicit EventBatch(std::function<QByteArray()> cursor) : m_cursor(std::move(cursor)) {}

    void push(chat::Event event)
    {
        m_pending.events.append(std::move(event));
        flushLater();
    }
    void pushGap(const chat::Gap& gap)
    {
        m_pending.gaps.append(gap);
        flushLater();
    }
    /// At the end of this turn, also when the cursor alone is another.
    void flushLater()
    {
        if (std::exchange(m_isWaiting, true))
            return;
        QMetaObject::invokeMethod(this, &EventBatch::flush, Qt::QueuedConnection);
    }
    /// Now, if there is anything.
    void flush()
    {
        if (!std::exchange(m_isWaiting, false))
            return;
        chat::SyncBatch all = std::exchange(m_pending, {});
        all.cursor = m_cursor();
        emit batch(all);
    }

signals:
    void batch(const ridealong::chat::SyncBatch& batch);

private:
    std::function<QByteArray()> m_cursor;
    chat::SyncBatch m_pending;
    bool m_isWaiting = false;
};

} // namespace ridealong::account
