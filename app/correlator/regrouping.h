// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/correlator.h"

namespace ridealong::correlator {

/// One message as it was heard.
struct Heard
{
    chat::Message message;
    QString text;
};

/// The recent past of a conversation, to be thought over again: what a message is part of is often clear only when the same was said a few
/// times more. A value of its own, so that any thread may do it; it takes some tenths of a second.
struct Regrouping
{
    base::ConversationId conversation;
    Room room;
    std::vector<Heard> heard; ///< in their order
    QList<CorrelatedRun> before; ///< runs that began earlier, as they were then
    QHash<base::MessageId, base::RunId> certain; ///< what needs no thought
    QSet<base::UserId> marking; ///< bots that send envelopes
    Habits habits; ///< of the commands that are in it, without what its messages added
    qint64 skewMs = 0;
};

struct Regrouped
{
    struct Placed
    {
        base::RunId run; ///< empty: it belongs to none
        Part part;
        int confidence = 0; ///< in percent; of what belongs to none, too
    };
    base::ConversationId conversation;
    QHash<base::MessageId, Placed> placed;
    QList<CorrelatedRun> begun; ///< of sentences that bots listen for
    QHash<base::MessageId, Shares> shares;
    Habits habits;
};

/// Several passes, each with the habits that the one before found (expectation and maximization).
Regrouped regroup(const Regrouping& past);

} // namespace ridealong::correlator
