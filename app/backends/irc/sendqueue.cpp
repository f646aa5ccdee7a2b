// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/sendqueue.h"

#include <algorithm>

namespace ridealong::irc {

SendQueue::Ticket SendQueue::add(QByteArray line, Priority priority, bool asks, std::chrono::nanoseconds now)
{
    const Ticket ticket = ++m_last;
    m_waiting[size_t(priority)].push_back({ticket, std::move(line), asks});
    pump(now);
    return ticket;
}

SendQueue::Ticket SendQueue::addNow(const QByteArray& line, std::chrono::nanoseconds now)
{
    m_underWay.push_back({++m_last, line.size() + 2, true, now});
    m_underWayBytes += line.size() + 2;
    m_write(line);
    return m_last;
}

void SendQueue::acknowledged(Ticket ticket, std::chrono::nanoseconds now)
{
    // Lines are written by priority, so tickets under way need not ascend: the position decides.
    const auto at = std::find_if(m_underWay.begin(), m_underWay.end(), [&](const Written& written) { return written.ticket == ticket; });
    if (at == m_underWay.end())
        return;
    const auto took = now - at->at;
    m_quickest = std::min(m_quickest, took);
    const bool late = took > m_quickest + kLate;
    const bool wasFull = int(m_underWay.size()) >= m_window;
    for (auto read = m_underWay.begin(); read != at + 1; ++read)
        m_underWayBytes -= read->bytes;
    m_underWay.erase(m_underWay.begin(), at + 1);
    if (late)
        m_window = std::max(kFirstWindow, m_window / 2);
    else if (wasFull)
        m_window = std::min(kLargestWindow, m_window * 2);
    pump(now);
}

bool SendQueue::remove(Ticket ticket)
{
    for (auto& queue : m_waiting) {
        const auto at = std::find_if(queue.begin(), queue.end(), [&](const Waiting& waiting) { return waiting.ticket == ticket; });
        if (at != queue.end()) {
            queue.erase(at);
            return true;
        }
    }
    return false;
}

bool SendQueue::isWritten(Ticket ticket) const
{
    // Within a priority tickets ascend.
    return std::none_of(m_waiting.begin(), m_waiting.end(), [&](const auto& queue) {
        const auto at = std::lower_bound(queue.begin(), queue.end(), ticket, [](const Waiting& waiting, Ticket t) { return waiting.ticket < t; });
        return at != queue.end() && at->ticket == ticket;
    });
}

bool SendQueue::isStuck() const
{
    return waiting() > 0 && !m_underWay.empty() && std::none_of(m_underWay.begin(), m_underWay.end(), [](const Written& w) { return w.asks; });
}

qsizetype SendQueue::waiting() const
{
    qsizetype all = 0;
    for (const auto& queue : m_waiting)
        all += qsizetype(queue.size());
    return all;
}

void SendQueue::pump(std::chrono::nanoseconds now)
{
    for (auto& queue : m_waiting)
        while (!queue.empty()) {
            const qsizetype bytes = queue.front().line.size() + 2;
            // One line may always go, however long it is.
            if (!m_underWay.empty() && (int(m_underWay.size()) >= m_window || m_underWayBytes + bytes > kLargestWindowBytes))
                return;
            Waiting next = std::move(queue.front());
            queue.pop_front();
            m_underWay.push_back({next.ticket, bytes, next.asks, now});
            m_underWayBytes += bytes;
            m_write(next.line);
        }
}

} // namespace ridealong::irc
