// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/run.h"

#include <optional>

namespace ridealong::run {

/// Finds "ESC ] 9 ; 4 ; STATE ; PERCENT (BEL | ESC \)", ConEmu's progress report, in a stream cut anywhere. Everything else
/// passes at the speed of memchr.
class ProgressScanner
{
public:
    /// True when the progress changed.
    bool scan(QByteArrayView bytes);
    const std::optional<chat::Progress>& progress() const { return m_progress; }

private:
    bool take(char c);
    bool apply();

    static constexpr int kMaxSequenceBytes = 32; ///< a longer one is none of ours
    QByteArray m_sequence; ///< from the ESC on; empty outside a candidate
    std::optional<chat::Progress> m_progress;
};

} // namespace ridealong::run
