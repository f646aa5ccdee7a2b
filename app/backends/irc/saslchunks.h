// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace ridealong::irc {

inline constexpr qsizetype kSaslChunkBytes = 400; ///< of base64 in one AUTHENTICATE

/// The parameters of the AUTHENTICATE lines that carry `bytes`: base64 in chunks of 400, "+" for none and after a full last one.
QList<QByteArray> saslChunks(const QByteArray& bytes);

/// Puts a challenge together again.
class SaslReassembly
{
public:
    /// The challenge when this was its last line, nothing while more is to come. Errors: Protocol (no base64, too long).
    base::Expected<std::optional<QByteArray>> take(const QByteArray& parameter);

private:
    QByteArray m_pending;
};

} // namespace ridealong::irc
