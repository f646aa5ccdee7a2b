// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "net/backoff.h"
#include "net/networkwatch.h"

namespace ridealong::account {

/// Keeps an account connected: says when to connect, waits when that fails, and hears of the network and of sleep. What a connection is, its
/// owner knows.
class Reconnection : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kFirstPause{500}; ///< before the second attempt to connect
    static constexpr std::chrono::milliseconds kLongestPause{60'000};

    Reconnection(net::NetworkWatch& network, base::Clock& clock, base::Random& random);

    const chat::ConnectionStatus& status() const { return m_status; }
    bool isConnected() const { return m_status.state == chat::ConnectionState::Connected; }

    void start();
    /// A mistake in the settings: nothing is tried.
    void refuse(const base::Error& mistake);
    /// Connected until now: true.
    bool stop();
    void connected();
    /// The attempt or the connection is over; the next one comes after a pause, unless a person has to look first. Connected until now: true.
    bool lost(const base::Error& why, const std::optional<base::CertificateProblem>& certificate);

    /// Of the attempt under way. What belongs to an earlier one means nothing.
    int attempt() const { return m_attempt; }

signals:
    void wanted(); ///< connect now
    void doubted(); ///< the network changed or the machine slept: what stands may be dead
    void statusChanged(const ridealong::chat::ConnectionStatus& status);

private:
    void tryNow();
    void retryNow();
    void setStatus(chat::ConnectionStatus status);

    base::Clock& m_clock;
    net::Backoff m_backoff;
    chat::ConnectionStatus m_status;
    int m_attempt = 0;
};

} // namespace ridealong::account
