// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/worker.h"

namespace ridealong::base {

Worker::Worker(const QString& name) : m_context(std::make_unique<QObject>())
{
    m_thread.setObjectName(name);
    m_context->moveToThread(&m_thread);
}

Worker::~Worker()
{
    if (!m_thread.isRunning())
        return;
    // The last task in the queue ends the loop, so everything before it has run.
    post([this] { m_thread.quit(); });
    m_thread.wait();
}

void Worker::post(std::function<void()> task)
{
    QMetaObject::invokeMethod(m_context.get(), std::move(task), Qt::QueuedConnection);
    std::call_once(m_started, [this] { m_thread.start(); });
}

} // namespace ridealong::base
