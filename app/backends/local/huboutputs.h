// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "base/worker.h"
#include "local/hub.h"

#include <QSet>
#include <QStringList>

namespace ridealong::local {

/// What the runs of the hub's bots print, a file each: as it comes while a run goes on, compressed after its end.
class HubOutputs
{
public:
    /// Pieces are read on `disk`; compressing, which takes longer, has a thread of its own.
    HubOutputs(QString folder, base::Worker& disk);

    /// Where the bot writes.
    QString pathOf(const base::RunId& run) const { return m_folder + u'/' + nameOf(run); }
    /// Up to `bytes` from `offset`; empty at its end. Errors: NotFound, Storage.
    base::Async<QByteArray> read(const base::RunId& run, qint64 offset, qint64 bytes) const;

    /// Of a run that has ended. Small ones stay as they are.
    void compress(const base::RunId& run);
    /// Compresses what an earlier hub left, and answers whose outputs are over the limits: the oldest. Those of `open` runs never are.
    base::Async<QStringList> overdue(const OutputLimits& limits, const QSet<QString>& open, qint64 nowMs);
    void remove(const QStringList& names);

    /// The name of a run's file. It is the run's own where that can be one, so isRun() and RunId(name) lead back.
    static QString nameOf(const base::RunId& run);
    static bool isRun(const QString& name);

private:
    QString m_folder;
    base::Worker& m_disk;
    std::unique_ptr<base::Worker> m_compressor;
};

} // namespace ridealong::local
