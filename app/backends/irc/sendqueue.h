// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <array>
#include <chrono>
#include <deque>
#include <functional>

namespace ridealong::irc {

/// What goes first when the server is slow to take.
enum class Priority { Control, Chat, History, Frame };

/// Sends as fast as the server takes, and never more than it can hold.
///
/// Servers punish floods in two ways: they read slower and slower, and they kill a connection whose unread lines pile up
/// (InspIRCd: RecvQ exceeded; others: Excess Flood). No protocol tells the limits. But a server that has answered a line has
/// read all lines before it, so this keeps a window of lines that are not known to be read, small at first. It doubles while
/// answers come promptly and shrinks when they come late, as TCP does; what the server has not read can never exceed it.
class SendQueue
{
public:
    using Ticket = quint64;
    static constexpr int kFirstWindow = 5; ///< lines; no server is known that kills for fewer
    static constexpr int kLargestWindow = 64; ///< lines
    static constexpr qsizetype kLargestWindowBytes = 4096; ///< half of the smallest receive queue met (8 KiB)
    static constexpr std::chrono::milliseconds kLate{400}; ///< over the quickest answer seen: the server has begun to wait
    static constexpr qsizetype kMaxWaiting = 10'000; ///< lines; who wants to send more is told that it was not sent

    explicit SendQueue(std::function<void(const QByteArray&)> write) : m_write(std::move(write)) {}

    /// Sends now or later. `asks`: the server will answer this line, and acknowledged() be called for it.
    Ticket add(QByteArray line, Priority priority, bool asks, std::chrono::nanoseconds now);
    /// Everything up to `ticket` was read by the server.
    void acknowledged(Ticket ticket, std::chrono::nanoseconds now);
    /// Past the window, for what keeps the connection alive; nobody will answer it.
    void writeNow(const QByteArray& line) { m_write(line); }
    /// Past the window, and the server will answer it. `line` may carry nextTicket(), which becomes its own.
    Ticket addNow(const QByteArray& line, std::chrono::nanoseconds now);
    Ticket nextTicket() const { return m_last + 1; }
    /// Takes back what was not written. False: it was written already.
    bool remove(Ticket ticket);

    bool isWritten(Ticket ticket) const;
    /// Lines are waiting, and none of those under way will be answered: somebody must ask (PING) to know when to go on.
    bool isStuck() const;
    qsizetype waiting() const;
    int window() const { return m_window; }

private:
    struct Waiting
    {
        Ticket ticket;
        QByteArray line;
        bool asks;
    };
    struct Written
    {
        Ticket ticket;
        qsizetype bytes;
        bool asks;
        std::chrono::nanoseconds at;
    };
    void pump(std::chrono::nanoseconds now);

    std::function<void(const QByteArray&)> m_write;
    std::array<std::deque<Waiting>, 4> m_waiting; ///< by Priority
    std::deque<Written> m_underWay; ///< in the order of writing
    qsizetype m_underWayBytes = 0;
    std::chrono::nanoseconds m_quickest = std::chrono::nanoseconds::max();
    int m_window = kFirstWindow;
    Ticket m_last = 0;
};

} // namespace ridealong::irc
