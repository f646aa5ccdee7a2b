// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"

#include <QDate>
#include <QStringList>

namespace ridealong::chat {

/// What somebody looks for among the stored messages; every part of it must be true of a message.
struct SearchQuery
{
    QList<QStringList> phrases; ///< words as they were typed, that stand behind each other; most are one word
    QStringList unfinished; ///< a phrase that is still being typed: its last word may go on
    QStringList from; ///< any of them: words of the sender's name or id
    QStringList in; ///< any of them: names of conversations
    std::optional<qint64> sinceMs; ///< inclusive
    std::optional<qint64> beforeMs; ///< exclusive
    bool hasLink = false;
    bool hasFile = false;
    base::ConversationId conversation; ///< not typed: only in this one
    QStringList misunderstood; ///< filters without a sense, as they were typed; they filter nothing

    bool isEmpty() const; ///< it asks for nothing, whatever was typed
    bool operator==(const SearchQuery&) const = default;
};

/// No more of what was typed is read.
inline constexpr qsizetype kMaxSearchChars = 1000;

/// Words, "exact phrases", from:ana, in:ops, in:"on call", before:2026-11-28, after:yesterday, on:today, has:link, has:file, in any order.
/// There are no errors: what is no filter is words. The last word may be unfinished when nothing stands behind it.
/// `today` is the local date; before: and after: mean local days, the latter that day included.
SearchQuery parseSearch(const QString& typed, const QDate& today);

struct SearchMark
{
    int begin = 0; ///< in SearchHit::snippet
    int length = 0;

    bool operator==(const SearchMark&) const = default;
};

struct SearchHit
{
    Message message;
    QString snippet; ///< one line of its text, around what was found first
    QList<SearchMark> marks; ///< ascending, apart

    bool operator==(const SearchHit&) const = default;
};

/// A piece of the answer. To look at every message that has a frequent word takes long, so an answer ends after some: it may
/// have fewer hits than were asked for, even none, and still go on.
struct SearchPage
{
    QList<SearchHit> hits; ///< newest first
    qint64 next = 0; ///< where to go on; 0: that was all
    bool preparing = false; ///< messages that came lately are still being made searchable
    QStringList unknownPlaces; ///< of SearchQuery::in: no conversation is called so
};

} // namespace ridealong::chat
