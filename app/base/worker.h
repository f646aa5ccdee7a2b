// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"

#include <QObject>
#include <QThread>

#include <mutex>

namespace ridealong::base {

/// One thread that does what it is handed, in order; there is none before the first task. Its destructor finishes what is queued, then ends it.
class Worker
{
public:
    explicit Worker(const QString& name);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Runs `task` (returning Expected<T>) on the thread and answers with what it returned.
    template <typename Task> auto run(Task task)
    {
        using Answer = std::invoke_result_t<Task>;
        return submit(std::move(task), static_cast<Answer*>(nullptr));
    }

    /// Runs `task` on the thread; nobody waits for it.
    void post(std::function<void()> task);

private:
    template <typename Task, typename T> Async<T> submit(Task task, Expected<T>*)
    {
        Promise<T> promise;
        auto async = promise.async();
        post([task = std::move(task), promise]() mutable { promise.answer(task()); });
        return async;
    }

    std::once_flag m_started;
    QThread m_thread;
    std::unique_ptr<QObject> m_context; ///< lives in m_thread
};

} // namespace ridealong::base
