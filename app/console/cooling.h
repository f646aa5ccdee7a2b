// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"
#include "console/linestore.h"

#include <QTimer>

#include <atomic>
#include <functional>

namespace ridealong::console {

/// Compresses output that nobody has read for a while, once all is quiet and there is more of it than `budget` bytes: what was
/// read last stays as it is. On a thread of its own, in short pieces. Does nothing at all otherwise.
class Cooling : public QObject
{
public:
    using Stores = std::vector<std::shared_ptr<LineStore>>;

    Cooling(qint64 budget, std::function<Stores()> stores);
    ~Cooling() override;

    void disturbed(); ///< output came: waits again until all is quiet
    const std::shared_ptr<Warmth>& warmth() const { return m_warmth; } ///< for all stores: what is read disturbs, too

private:
    void begin();

    qint64 m_budget;
    std::function<Stores()> m_stores;
    std::shared_ptr<Warmth> m_warmth = std::make_shared<Warmth>();
    QTimer m_rest;
    std::atomic<bool> m_stop{false};
    base::Worker m_worker;
};

} // namespace ridealong::console
