// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/worker.h"
#include "chat/syncbatch.h"
#include "correlator/correlator.h"
#include "correlator/profilebook.h"

#include <QObject>
#include <QSet>

namespace ridealong::console {
class Console;
}
namespace ridealong::store {
class ProfileStore;
struct StoredRun;
} // namespace ridealong::store

namespace ridealong::workspace {

class Account;

/// Where bots do not report their runs: makes runs of the messages that are stored, shows them in the console, keeps them and what is learned.
/// And the ledger of all runs, reported ones too.
class RunTracker : public QObject
{
    Q_OBJECT
public:
    RunTracker(store::ProfileStore& store, console::Console& console, base::Clock& clock, QObject* parent = nullptr);
    ~RunTracker() override;

    /// Profiles of the folders, later ones over earlier, and what was learned.
    void load(const QStringList& profileFolders);
    const correlator::ProfileBook& profiles() const { return m_book; }

    /// An account whose stored state is there. Its runs of earlier sessions appear in the console.
    void open(const Account& account);
    void forget(const base::AccountId& account);
    /// The room's name, people or bots may have changed.
    void setRoom(const Account& account, const base::ConversationId& conversation);
    void apply(const Account& account, const chat::SyncBatch& batch);
    /// Our message was taken by its server, so its time tells how far that server's clock is from ours.
    void noteAccepted(const base::TransactionId& transaction);
    /// A run that its bot reports: it is kept for the ledger.
    void noteReported(const chat::RunReport& report);

    /// The run that our message became; empty: none (yet), see started().
    base::RunId runOf(const base::TransactionId& transaction) const { return m_ofTransaction.value(transaction); }
    const correlator::CorrelatedRun* find(const base::RunId& run) const { return m_correlator.find(run); }

    QStringList bots(const base::ConversationId& conversation) const; ///< names
    /// It is for a bot of that conversation.
    bool isCommand(const base::ConversationId& conversation, const QString& text) const;

    // By hand. Errors: NotFound, Invalid (of different conversations).
    base::Status join(const base::RunId& run, const base::RunId& into);
    /// The message that line `line` of the run's output is from goes to `into`; empty: to no run.
    base::Status moveLine(const base::RunId& from, qint64 line, const base::RunId& into);

signals:
    void started(const ridealong::base::RunId& run, const ridealong::base::TransactionId& transaction);

private:
    void restore(const QList<store::StoredRun>& runs);
    void readAgain(const base::ConversationId& conversation);
    void take(const chat::Message& message, const QString& text);
    const correlator::BotProfile* profileOf(const Account& account, const chat::Member& bot) const;
    void passOn();
    void show(const correlator::RunChange& change);
    void schedule();
    void thinkOver();
    void save();

    store::ProfileStore& m_store;
    console::Console& m_console;
    base::Clock& m_clock;
    correlator::ProfileBook m_book;
    correlator::Habits m_habits;
    QHash<base::ConversationId, correlator::Room> m_rooms;
    QHash<base::ConversationId, QList<chat::Member>> m_members; ///< of which the rooms were made
    correlator::Correlator m_correlator;
    QHash<base::UserId, const correlator::BotProfile*> m_recognized; ///< by what they said
    QHash<base::TransactionId, base::RunId> m_ofTransaction;
    QHash<base::TransactionId, qint64> m_acceptedMs; ///< until the message is stored
    QHash<base::TransactionId, std::pair<base::AccountId, qint64>> m_saidMs; ///< and the other way round
    QSet<base::AccountId> m_opened;
    QHash<base::RunId, qsizetype> m_dirty; ///< to be stored; from which part on
    QHash<base::RunId, qsizetype> m_storedParts;
    QHash<base::RunId, base::AccountId> m_gone; ///< to be removed from the store
    bool m_isSaving = false; ///< soon
    bool m_isThinking = false;
    std::optional<qint64> m_tickMs; ///< a timer is set for then
    base::Worker m_thinker;
};

} // namespace ridealong::workspace
