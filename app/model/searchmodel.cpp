// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "model/searchmodel.h"

#include <QDateTime>

namespace ridealong::model {

using namespace Qt::StringLiterals;

SearchModel::SearchModel(Source source, base::Clock& clock, QObject* parent) : RowListModel(parent), m_source(std::move(source)), m_clock(clock) {}

QVariant SearchModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const chat::SearchHit& hit = row(index.row());
    return u"%1: %2"_s.arg(hit.message.senderName, hit.snippet);
}

void SearchModel::setText(const QString& typed)
{
    chat::SearchQuery query = chat::parseSearch(typed, QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date());
    if (query == m_query)
        return;
    m_query = std::move(query);
    const int generation = ++m_generation;
    m_begun = false;
    m_next = 0;
    m_preparing = false;
    m_unknownPlaces.clear();
    if (m_query.isEmpty()) {
        m_state = State::Idle;
        resetRows({});
        emit changed();
        return;
    }
    m_state = State::Searching; // what was found before stays until there is something better to show
    emit changed();
    m_clock.after(kTypingPause, this, [this, generation] {
        if (generation == m_generation)
            begin();
    });
}

void SearchModel::searchNow()
{
    if (m_state == State::Searching)
        begin();
}

void SearchModel::begin()
{
    if (m_begun)
        return;
    m_begun = true;
    m_fresh = true;
    m_next = 0;
    m_wanted = kPage;
    ask();
}

void SearchModel::retry()
{
    if (m_state != State::Failed)
        return;
    m_state = State::Searching;
    m_wanted = std::max(m_wanted, kPage);
    emit changed();
    ask();
}

void SearchModel::loadMore()
{
    if (m_state != State::Done || !hasMore())
        return;
    m_state = State::Searching;
    m_wanted = std::min(kMaxRows, rowCount() + kPage);
    emit changed();
    ask();
}

void SearchModel::ask()
{
    const int shown = m_fresh ? 0 : rowCount();
    m_source(m_query, m_next, std::max(1, m_wanted - shown))
        .then(this, [this, generation = m_generation](const base::Expected<chat::SearchPage>& page) {
            if (generation != m_generation)
                return; // of what was typed before
            if (page)
                return take(*page);
            m_error = page.error();
            m_state = State::Failed;
            if (std::exchange(m_fresh, false))
                resetRows({});
            emit changed();
        });
}

void SearchModel::take(const chat::SearchPage& page)
{
    m_next = page.next;
    m_preparing = page.preparing;
    m_unknownPlaces = page.unknownPlaces;
    const bool last = page.next == 0;
    if (m_fresh && (last || !page.hits.isEmpty())) {
        m_fresh = false;
        resetRows(page.hits);
    } else if (!page.hits.isEmpty()) {
        replaceFrom(rowCount(), page.hits);
    }
    const bool full = !m_fresh && rowCount() >= m_wanted;
    if (last || full)
        m_state = State::Done;
    emit changed();
    if (m_state == State::Searching)
        ask();
}

} // namespace ridealong::model
