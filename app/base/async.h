// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>

namespace ridealong::base {

/// The answer to a question that takes time. It ends exactly once: with a value, an error, or (when its Promise is
/// dropped unanswered) with Error{Cancelled}.
template <typename T> class [[nodiscard]] Async
{
public:
    explicit Async(QFuture<Expected<T>> future) : m_future(std::move(future)) {}

    /// An answer that is there already. `then` still calls back from the event loop, never before it returns.
    static Async ready(Expected<T> answer)
    {
        QPromise<Expected<T>> promise;
        promise.start();
        promise.addResult(std::move(answer));
        promise.finish();
        return Async(promise.future());
    }

    /// Calls `handler(Expected<T>)` in `context`'s thread, which must be the caller's. Not called when `context` dies first.
    template <typename Handler> void then(QObject* context, Handler handler) const
    {
        auto* watcher = new QFutureWatcher<Expected<T>>(context);
        QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, handler = std::move(handler)]() mutable {
            watcher->deleteLater();
            const auto future = watcher->future();
            if (future.resultCount() > 0)
                handler(Expected<T>(future.result()));
            else
                handler(Expected<T>(Error{ErrorKind::Cancelled, QStringLiteral("given up before it was answered"), 0}));
        });
        watcher->setFuture(m_future);
    }

    /// For a caller that does not want the answer, and says so.
    void ignore() const {}

private:
    QFuture<Expected<T>> m_future;
};

/// The answering end. Copyable handle, so that it fits into callbacks; the last copy dropped unanswered cancels.
template <typename T> class Promise
{
public:
    Promise() : m_promise(std::make_shared<QPromise<Expected<T>>>()) { m_promise->start(); }

    Async<T> async() const { return Async<T>(m_promise->future()); }
    bool isAnswered() const { return m_promise->future().resultCount() > 0; }

    /// The first answer counts; later ones are dropped.
    void answer(Expected<T> answer) const
    {
        if (isAnswered())
            return;
        m_promise->addResult(std::move(answer));
        m_promise->finish();
    }

private:
    std::shared_ptr<QPromise<Expected<T>>> m_promise;
};

} // namespace ridealong::base
