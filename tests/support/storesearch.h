// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/profilestore.h"
#include "support/await.h"

namespace ridealong::tests {

/// A whole answer: page after page until there are `limit` hits or no more messages.
inline base::Expected<QList<chat::SearchHit>> searchAll(
    store::ProfileStore& store, const QString& typed, const base::ConversationId& where = {}, int limit = 1000, const QDate& today = {2026, 11, 28})
{
    chat::SearchQuery query = chat::parseSearch(typed, today);
    query.conversation = where;
    QList<chat::SearchHit> hits;
    qint64 from = 0;
    do {
        const auto page = await(store.search(query, from, limit - int(hits.size())), 60'000);
        if (!page)
            return page.error();
        hits += page->hits;
        from = page->next;
    } while (from != 0 && hits.size() < limit);
    return hits;
}

} // namespace ridealong::tests
