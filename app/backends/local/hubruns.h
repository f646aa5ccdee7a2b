// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/run.h"
#include "local/hubstore.h"

#include <QSet>

namespace ridealong::local {

/// The runs of the hub's bots: numbers their reports, tells them at once, stores them now and then, the last one always.
class HubRuns : public QObject
{
    Q_OBJECT
public:
    HubRuns(HubStore& store, base::Clock& clock, QObject* parent = nullptr);

    /// Runs that were open when the last hub died: nobody knows how they ended. Said once.
    void giveUp(const QList<store::HubRun>& open);

    /// The first report, to be stored together with its message; counts from when `begun` is called.
    store::HubRun accepted(chat::RunReport& report) const;
    void begun(const chat::RunReport& report);
    void report(chat::RunReport report);

    /// The last report of a run that is or was open since the hub opened.
    const chat::RunReport* find(const base::RunId& run) const;
    QList<base::RunId> open() const;
    /// What it printed will not be kept any longer: said in its report, before anybody asks for it.
    void forgetOutput(const base::RunId& run);

    static store::HubRun toStored(const chat::RunReport& report, qint64 nowMs);
    static std::optional<chat::RunReport> fromStored(const store::HubRun& run);

signals:
    void reported(const ridealong::chat::RunReport& report);

private:
    struct Entry
    {
        chat::RunReport last;
        bool writePending = false;
        std::chrono::nanoseconds writtenAt{};
    };
    void store(const base::RunId& run);
    void forgetOutputOf(chat::RunReport report);
    void forgetEnded(const base::RunId& run);

    HubStore& m_store;
    base::Clock& m_clock;
    QHash<base::RunId, Entry> m_runs;
    QList<base::RunId> m_ended; ///< oldest first; kept so that a late report is recognised
};

} // namespace ridealong::local
