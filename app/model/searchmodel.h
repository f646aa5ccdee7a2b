// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/clock.h"
#include "chat/search.h"
#include "model/rowlistmodel.h"

#include <functional>

namespace ridealong::model {

/// What was found for what is being typed, newest first, a page at a time. An answer to what was typed before is dropped, and
/// a search that is given up asks no further.
class SearchModel : public RowListModel<chat::SearchHit>
{
    Q_OBJECT
public:
    using Source = std::function<base::Async<chat::SearchPage>(const chat::SearchQuery& query, qint64 from, int limit)>;
    enum class State {
        Idle, ///< nothing to look for
        Searching, ///< rows may be there already: more come
        Done,
        Failed, ///< see error(); the rows that came stay
    };
    static constexpr int kPage = 50;
    static constexpr int kMaxRows = 2000;
    static constexpr std::chrono::milliseconds kTypingPause{150};

    SearchModel(Source source, base::Clock& clock, QObject* parent = nullptr);

    State state() const { return m_state; }
    const base::Error& error() const { return m_error; }
    const chat::SearchQuery& query() const { return m_query; }
    bool hasMore() const { return m_next != 0 && rowCount() < kMaxRows; } ///< see loadMore()
    bool isStale() const { return m_state == State::Searching && (!m_begun || m_fresh); } ///< the rows are of what was typed before
    bool isPreparing() const { return m_preparing; } ///< what came lately is being made searchable
    const QStringList& unknownPlaces() const { return m_unknownPlaces; }

    /// DisplayRole: "Ana: text", for screen readers and tests.
    QVariant data(const QModelIndex& index, int role) const override;

public slots:
    /// What stands in the field; it is looked for after a pause in typing. The same as before starts nothing.
    void setText(const QString& typed);
    void searchNow(); ///< without waiting for the pause
    void retry(); ///< after Failed: from where it was
    void loadMore(); ///< the next page; nothing while one is on its way

signals:
    void changed(); ///< state, hasMore or what else is told beside the rows

private:
    void begin();
    void ask();
    void take(const chat::SearchPage& page);

    Source m_source;
    base::Clock& m_clock;
    chat::SearchQuery m_query;
    State m_state = State::Idle;
    base::Error m_error;
    QStringList m_unknownPlaces;
    qint64 m_next = 0;
    int m_wanted = 0; ///< so many rows end this page
    int m_generation = 0; ///< of what was typed
    bool m_begun = false; ///< this generation has asked
    bool m_fresh = false; ///< the rows are still those of the search before
    bool m_preparing = false;
};

} // namespace ridealong::model
