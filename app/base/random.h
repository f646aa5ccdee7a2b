// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"

namespace ridealong::base {

/// Where random bits come from; tests pass a fixed sequence.
class Random
{
public:
    virtual ~Random() = default;
    virtual quint64 next() = 0;
};

/// The operating system's generator.
class SystemRandom final : public Random
{
public:
    quint64 next() override;
};

/// 128 bits as 22 characters of base64url.
QString randomToken(Random& random);
inline TransactionId newTransactionId(Random& random) { return TransactionId(randomToken(random)); }

} // namespace ridealong::base
