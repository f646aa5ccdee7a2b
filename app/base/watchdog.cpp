// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/watchdog.h"

#include <QAbstractEventDispatcher>

namespace ridealong::base {

Watchdog::Watchdog(QObject* parent) : QObject(parent)
{
    auto* dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] {
        passEnded(); // a pass that never blocks is followed by the next "awake" alone
        m_pass.start();
    });
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &Watchdog::passEnded);
}

void Watchdog::passEnded()
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
