// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "xmpp/element.h"

#include <functional>

namespace ridealong::xmpp {

/// A phase of a connection is a small class that knows nothing of channels: it says what it has to by Send, is shown what comes by its
/// handle() (true: the element was all its own), and tells once how it ended by Done, which may destroy it only later.
using Send = std::function<void(const Element&)>;
using Done = std::function<void(const base::Status&)>;

} // namespace ridealong::xmpp
