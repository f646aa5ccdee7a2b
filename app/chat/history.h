// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/syncbatch.h"

namespace ridealong::chat {

/// Which stored messages.
struct MessageQuery
{
    base::ConversationId conversation;
    base::MessageId thread; ///< the thread's root and its replies; empty: the conversation without replies in threads
    qint64 beforeOrder = 0; ///< 0: from the newest
    qint64 afterOrder = 0; ///< set: ascending from here instead
    int limit = 100;
};

struct ThreadSummary
{
    base::MessageId root;
    int replies = 0;
    qint64 lastAtMs = 0;

    bool operator==(const ThreadSummary&) const = default;
};

/// How far a conversation is read, and what is new in it.
struct ReadState
{
    qint64 readUpTo = 0; ///< Message::order
    qint64 newest = 0;
    int unread = 0; ///< messages of others after readUpTo, outside threads
    int mentions = 0;

    bool operator==(const ReadState&) const = default;
};

/// What becomes of a gap that is not lost.
enum class GapState {
    Open, ///< can be asked for
    Loading,
    Failed, ///< asked for in vain; tried again later, or at once when the user says so
    Unavailable, ///< nobody to ask: not connected, or a server without history
};

/// Where a moment lies among the stored messages of a conversation, those in threads left out.
struct PlaceInTime
{
    qint64 beforeOrder = 0; ///< of the last message before it; 0: none
    base::MessageId message; ///< the first one then or later; empty: none
    qint64 order = 0; ///< its
};

struct MessagePage
{
    QList<Message> messages; ///< oldest first
    QList<Gap> gaps; ///< within or at the edge of the page
    QList<ThreadSummary> threads; ///< of the roots in the page
    bool reachedEnd = false; ///< nothing stored beyond, in the direction asked
};

} // namespace ridealong::chat
