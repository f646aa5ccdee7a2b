// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"
#include "store/hubdatabase.h"

#include <QObject>

namespace ridealong::local {

/// The hub's database from the main thread: writes go to a worker in the order they came; all that wait while one
/// transaction commits go into the next one together.
class HubStore : public QObject
{
    Q_OBJECT
public:
    using Answer = std::function<void(const store::HubOutcome&)>;

    explicit HubStore(const QString& path, QObject* parent = nullptr);
    /// Writes what waits, closes the database. Answers are not called any more.
    ~HubStore() override;

    base::Async<store::HubState> open(const QString& newHubId, qint64 nowMs);

    qint64 nextSequence() { return ++m_sequence; }
    qint64 publishedSequence() const { return m_published; } ///< everything up to here has been given out by changed()
    void startSequence(qint64 sequence) { m_sequence = m_published = sequence; }

    /// `answer` comes when it is on the disk, or with what was wrong.
    void write(store::HubWrite write, Answer answer = {});

    base::Async<store::HubPage> changesAfter(const base::UserId& user, qint64 sequence);
    base::Async<store::HubHistory> history(const QString& conversation, qint64 beforeOrder, int limit);
    base::Async<std::optional<store::HubRun>> run(const base::RunId& run);
    base::Async<QList<store::HubRun>> latestRuns(const base::UserId& user, int limit);

signals:
    /// After the answers of one transaction: what everybody has to be told, ascending.
    void changed(const QList<ridealong::store::HubChange>& changes);
    void failed(const ridealong::base::Error& error);

private:
    void flush();
    void committed(const base::Expected<QList<store::HubOutcome>>& outcomes, const QList<Answer>& answers);

    std::shared_ptr<store::HubDatabase> m_database; ///< made here, used and destroyed on the worker
    std::unique_ptr<base::Worker> m_worker;
    QList<store::HubWrite> m_writes;
    QList<Answer> m_answers;
    bool m_committing = false;
    qint64 m_sequence = 0;
    qint64 m_published = 0;
};

} // namespace ridealong::local
