// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ridealong::timelineview {

/// Tells assistive programs that a TimelineView is a list and what its rows say. Once is enough; more does nothing.
void installTimelineAccessibility();

} // namespace ridealong::timelineview
