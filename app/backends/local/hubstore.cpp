// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hubstore.h"

namespace ridealong::local {

using namespace Qt::StringLiterals;

HubStore::HubStore(const QString& path, QObject* parent)
    : QObject(parent),
      m_database(std::make_shared<store::HubDatabase>(path)),
      m_worker(std::make_unique<base::Worker>(u"hub database"_s))
{}

HubStore::~HubStore()
{
    if (!m_writes.isEmpty())
        m_worker->post([database = m_database.get(), writes = m_writes] { (void)database->write(writes); });
    // A connection of Qt SQL has to be closed on its thread.
    m_worker->post([database = std::move(m_database)]() mutable { database.reset(); });
    m_worker.reset();
}

base::Async<store::HubState> HubStore::open(const QString& newHubId, qint64 nowMs)
{
    return m_worker->run([database = m_database.get(), newHubId, nowMs] { return database->open(newHubId, nowMs); });
}

void HubStore::write(store::HubWrite write, Answer answer)
{
    m_writes.append(std::move(write));
    m_answers.append(std::move(answer));
    if (!m_committing)
        flush();
}

void HubStore::flush()
{
    m_committing = true;
    m_worker->run([database = m_database.get(), writes = std::exchange(m_writes, {})] { return database->write(writes); })
        .then(this, [this, answers = std::exchange(m_answers, {})](const base::Expected<QList<store::HubOutcome>>& outcomes) {
            m_committing = false;
            committed(outcomes, answers);
        });
}

void HubStore::committed(const base::Expected<QList<store::HubOutcome>>& outcomes, const QList<Answer>& answers)
{
    if (!m_writes.isEmpty())
        flush(); // the disk works while we tell
    QList<store::HubChange> changes;
    for (qsizetype i = 0; i < answers.size(); ++i) {
        store::HubOutcome outcome;
        if (outcomes)
            outcome = outcomes->at(i);
        else
            outcome.status = outcomes.error();
        if (outcome.change) {
            m_published = std::max(m_published, outcome.change->sequence);
            changes.append(*outcome.change);
        }
        if (answers.at(i))
            answers.at(i)(outcome);
    }
    if (!changes.isEmpty())
        emit changed(changes);
    if (!outcomes)
        emit failed(outcomes.error());
}

base::Async<store::HubPage> HubStore::changesAfter(const base::UserId& user, qint64 sequence)
{
    return m_worker->run([database = m_database.get(), user, sequence] { return database->changesAfter(user, sequence); });
}

base::Async<store::HubHistory> HubStore::history(const QString& conversation, qint64 beforeOrder, int limit)
{
    return m_worker->run(
        [database = m_database.get(), conversation, beforeOrder, limit] { return database->history(conversation, beforeOrder, limit); });
}

base::Async<std::optional<store::HubRun>> HubStore::run(const base::RunId& run)
{
    return m_worker->run([database = m_database.get(), run] { return database->run(run); });
}

base::Async<QList<store::HubRun>> HubStore::latestRuns(const base::UserId& user, int limit)
{
    return m_worker->run([database = m_database.get(), user, limit] { return database->latestRuns(user, limit); });
}

} // namespace ridealong::local
