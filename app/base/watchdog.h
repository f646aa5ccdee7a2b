// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QObject>

namespace ridealong::base {

/// Counts how often the event loop of this thread was busy for longer than a frame may take: between two looks for what there is to do.
/// It costs nothing while idle, and where Qt runs on GLib it misses nothing; elsewhere it sees posted events alone.
class Watchdog : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 kStallNs = 8'000'000;

    struct Counters
    {
        qint64 stalls = 0; ///< passes longer than kStallNs
        qint64 longestNs = 0;
    };

    explicit Watchdog(QObject* parent = nullptr);
    ~Watchdog() override;
    Counters counters() const { return m_counters; }
    void reset() { m_counters = {}; }

private:
    friend struct GLibLoop;
    void passBegins() { m_pass.start(); }
    void passEnds();

    QElapsedTimer m_pass;
    Counters m_counters;
};

} // namespace ridealong::base
