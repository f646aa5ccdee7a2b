// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"
#include "base/worker.h"
#include "chat/attachment.h"

#include <QHash>

#include <atomic>
#include <memory>

namespace ridealong::local {

/// The files that people sent to the hub, each in the folder of its conversation: who sees the conversation may read it,
/// only who brought it may attach it. All of it happens on `disk`, in the order it was asked.
class HubFiles
{
public:
    HubFiles(QString folder, base::Worker& disk, base::Random& random);

    /// Forgets what nobody finished, and what is older than a week and in no message; `used` are those in messages.
    void tidy(const QSet<base::FileId>& used, qint64 nowMs);

    /// A new file of `bytes`, to be filled by put(). Errors: Invalid (more than kMaxFileBytes).
    base::Expected<base::FileId> begin(const QString& conversation, const base::UserId& by, qint64 bytes);
    /// The next piece. Errors: NotFound (not begun, or given up since), Invalid (not the next one, or more than announced),
    /// RateLimited (faster than the disk: it may be sent once more), Storage.
    base::Async<base::Done> put(const base::FileId& file, const base::UserId& by, qint64 offset, const QByteArray& piece);
    void giveUp(const base::FileId& file, const base::UserId& by);

    /// Up to `bytes` from `offset`; empty at its end. Errors: NotFound, Storage.
    base::Async<QByteArray> get(const QString& conversation, const base::FileId& file, qint64 offset, qint64 bytes);
    /// What a message may have: with the sizes that the files really have. Errors: NotFound, Denied (somebody else's).
    base::Async<QList<chat::Attachment>> check(const QString& conversation, const base::UserId& by, const QList<chat::Attachment>& files);
    void remove(const QString& conversation, const QList<base::FileId>& files);

private:
    struct Upload
    {
        QString path; ///< of the finished file
        base::UserId by;
        qint64 total = 0;
        qint64 done = 0; ///< handed to the disk
    };

    QString pathOf(const QString& conversation, const base::FileId& file) const;

    QString m_folder;
    base::Worker& m_disk;
    base::Random& m_random;
    QHash<base::FileId, Upload> m_uploads;
    QList<base::FileId> m_order; ///< of m_uploads, oldest first
    QHash<base::UserId, std::shared_ptr<std::atomic<qint64>>> m_unwritten; ///< bytes handed to the disk, which subtracts them
};

} // namespace ridealong::local
