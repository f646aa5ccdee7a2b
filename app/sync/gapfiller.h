// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/backend.h"
#include "chat/history.h"
#include "store/profilestore.h"

#include <QSet>

#include <chrono>
#include <optional>

namespace ridealong::sync {

inline constexpr int kHistoryPage = 200;
/// While messages come in, the background waits so long, so that history never crowds out what is said now; so many times at most, or a
/// busy room would never be whole. Else it waits as long as HistoryFacet::pause() says.
inline constexpr std::chrono::milliseconds kBusyPause{500};
inline constexpr int kMaxPostponements = 10;
inline constexpr std::chrono::milliseconds kFirstRetry{5'000};
inline constexpr std::chrono::milliseconds kLastRetry{300'000};

/// One per account: asks the server for what is missing. A gap that comes near a view is filled at once, the others one
/// after the other in the background, the newest first. Each page is stored together with what it makes of its gap in one
/// transaction: the gap becomes smaller, or goes, or is lost when the server has nothing older and the page did not reach
/// the other side. Nothing is asked while not connected or without a HistoryFacet.
class GapFiller : public QObject
{
    Q_OBJECT
public:
    GapFiller(base::AccountId account, chat::Backend& backend, store::ProfileStore& store, base::Clock& clock, QObject* parent = nullptr);

    void start(); ///< reads the gaps that are stored
    /// What came in by another way: new gaps, and that there is no time for the background.
    void noteCommitted(const chat::SyncBatch& batch);

    chat::GapState state(const chat::Gap& gap) const;
    void fill(const chat::Gap& gap); ///< now: somebody looks

    /// May the server have messages before the oldest stored one?
    bool mayHaveOlder(const base::ConversationId& conversation) const;
    /// Asks for a page of them and stores it. True: there may be more. Errors: Offline, Unsupported, Storage, the backend's.
    base::Async<bool> loadOlder(const base::ConversationId& conversation);
    /// The first message said at `timeMs` or later, asked for where what is stored does not reach there: then it is stored, with gaps on both
    /// sides of its page. Empty: nothing was said since. Errors: as above; Unsupported is none, what is stored has to do.
    base::Async<base::MessageId> reach(const base::ConversationId& conversation, qint64 timeMs);

signals:
    void committed(const ridealong::chat::SyncBatch& batch); ///< as stored
    void stateChanged(const ridealong::chat::Gap& gap);

private:
    struct Known
    {
        chat::Gap gap;
        int failures = 0;
        std::chrono::nanoseconds retryAt{}; ///< monotonic, with failures
        bool wanted = false;
    };

    bool canAsk() const;
    void onStatus();
    Known* find(const chat::Gap& gap);
    void add(const chat::Gap& gap);
    void remove(const chat::Gap& gap);
    void take(const chat::SyncBatch& stored); ///< the gaps in it
    void fillNext();
    void schedule();
    void onPauseOver();
    void ask(const chat::Gap& gap);
    void onPage(const chat::Gap& gap, chat::HistoryPage page);
    void store(const chat::Gap& gap, const chat::HistoryPage& page, bool reached);
    void fail(const chat::Gap& gap, const base::Error& error);
    const chat::Gap* gapAround(const base::ConversationId& conversation, const chat::PlaceInTime& place) const;
    void storePage(const base::ConversationId& conversation, const chat::PlaceInTime& place, qint64 timeMs, chat::HistoryPage page,
        const base::Promise<base::MessageId>& promise);
    void storeOlder(const base::ConversationId& conversation, qint64 oldest, chat::HistoryPage page, const base::Promise<bool>& promise);

    base::AccountId m_account;
    chat::Backend& m_backend;
    store::ProfileStore& m_store;
    base::Clock& m_clock;
    QList<Known> m_known; ///< not the lost ones
    std::optional<chat::Gap> m_asked; ///< on its way; one at a time
    QSet<base::ConversationId> m_complete; ///< nothing older at the server, as it said on this connection
    std::unique_ptr<QObject> m_pause; ///< while it lives, a pause is running
    int m_postponed = 0;
    bool m_busy = false; ///< something came in during the pause
    bool m_connected = false;
};

} // namespace ridealong::sync
