// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/progressscanner.h"

#include <cstring>

namespace ridealong::run {

namespace {
constexpr QByteArrayView kIntroducer("\x1b]9;4;");
}

bool ProgressScanner::scan(QByteArrayView bytes)
{
    bool changed = false;
    const char* at = bytes.begin();
    while (at != bytes.end()) {
        if (m_sequence.isEmpty()) {
            at = static_cast<const char*>(memchr(at, '\x1b', size_t(bytes.end() - at)));
            if (!at)
                break;
        }
        changed |= take(*at++);
    }
    return changed;
}

bool ProgressScanner::take(char c)
{
    if (m_sequence.size() < kIntroducer.size()) {
        if (c == kIntroducer[m_sequence.size()])
            m_sequence += c;
        else
            m_sequence = c == '\x1b' ? QByteArray(1, c) : QByteArray();
        return false;
    }
    if (c == '\a' || (c == '\\' && m_sequence.endsWith('\x1b'))) {
        const bool changed = apply();
        m_sequence.clear();
        return changed;
    }
    m_sequence += c;
    if (m_sequence.size() > kMaxSequenceBytes)
        m_sequence.clear();
    return false;
}

bool ProgressScanner::apply()
{
    QByteArray body = m_sequence.sliced(kIntroducer.size());
    if (body.endsWith('\x1b'))
        body.chop(1);
    const auto parts = body.split(';');
    bool known = false;
    const int state = parts.first().toInt(&known);
    if (!known || state < 0 || state > 4)
        return false;
    std::optional<chat::Progress> progress;
    if (state != 0) {
        using State = chat::Progress::State;
        static constexpr State kStates[] = {State::Normal, State::Normal, State::Error, State::Indeterminate, State::Paused};
        progress = chat::Progress{kStates[state], m_progress ? m_progress->percent : 0, {}};
        if (parts.size() > 1 && !parts[1].isEmpty())
            progress->percent = std::clamp(parts[1].toInt(), 0, 100);
    }
    return std::exchange(m_progress, progress) != progress;
}

} // namespace ridealong::run
