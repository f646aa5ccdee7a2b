// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"

namespace ridealong::chat {

/// What a presence facet may be besides: one's own absence can be told to others.
class AwayFacet
{
public:
    virtual ~AwayFacet() = default;
    /// `reason` is shown to others; empty: back. It holds over reconnects, until it is taken back. Backend::self() says when it is so.
    virtual void setAway(const QString& reason) = 0;
};

/// Null where nobody can be told.
inline AwayFacet* awayFacet(const Facets& facets) { return dynamic_cast<AwayFacet*>(facets.presence); }

} // namespace ridealong::chat
