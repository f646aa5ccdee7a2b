// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/watchdog.h"

#include <QAbstractEventDispatcher>
#include <QLibrary>

#include <vector>

namespace ridealong::base {

/// The dispatcher's own signals do not tell: between "aboutToBlock" and "awake" lies not only the waiting, but also what sockets and timers
/// have waked it for. But the function by which GLib waits can be replaced. It is found by name: GLib is there when Qt uses it, as Linux
/// distributions have it, and nothing else of ours needs it.
struct GLibLoop
{
    using Poll = int (*)(void* files, unsigned count, int timeoutMs); // GPollFunc

    /// False: there is no GLib, or not as it is known here.
    static bool watch(Watchdog* watchdog)
    {
        if (!poll) {
            QLibrary glib(QStringLiteral("glib-2.0"), 0);
            const auto standard = reinterpret_cast<void* (*)()>(glib.resolve("g_main_context_default"));
            const auto get = reinterpret_cast<Poll (*)(void*)>(glib.resolve("g_main_context_get_poll_func"));
            const auto set = reinterpret_cast<void (*)(void*, Poll)>(glib.resolve("g_main_context_set_poll_func"));
            if (!standard || !get || !set)
                return false;
            poll = get(standard());
            set(standard(), &watchedPoll);
        }
        watching.push_back(watchdog);
        return true;
    }

    static int watchedPoll(void* files, unsigned count, int timeoutMs)
    {
        for (Watchdog* watchdog : watching)
            watchdog->passEnds();
        const int ready = poll(files, count, timeoutMs);
        for (Watchdog* watchdog : watching)
            watchdog->passBegins();
        return ready;
    }

    static inline Poll poll = nullptr;
    static inline std::vector<Watchdog*> watching; ///< all in the thread of the application
};

Watchdog::Watchdog(QObject* parent) : QObject(parent)
{
    auto* dispatcher = QAbstractEventDispatcher::instance();
    if (dispatcher->inherits("QEventDispatcherGlib") && GLibLoop::watch(this))
        return;
    // At least of what is posted.
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] {
        passEnds(); // a pass that never blocks is followed by the next "awake" alone
        passBegins();
    });
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &Watchdog::passEnds);
}

Watchdog::~Watchdog() { std::erase(GLibLoop::watching, this); }

void Watchdog::passEnds()
{
    if (!m_pass.isValid())
        return;
    const qint64 ns = m_pass.nsecsElapsed();
    m_pass.invalidate();
    m_counters.longestNs = std::max(m_counters.longestNs, ns);
    if (ns > kStallNs)
        ++m_counters.stalls;
}

} // namespace ridealong::base
