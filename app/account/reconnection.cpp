// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "account/reconnection.h"

namespace ridealong::account {

using base::Error;
using base::ErrorKind;
using chat::ConnectionState;

namespace {

/// These do not mend themselves.
bool needsAPerson(ErrorKind kind)
{
    return kind == ErrorKind::Auth || kind == ErrorKind::Denied || kind == ErrorKind::Untrusted || kind == ErrorKind::Invalid
        || kind == ErrorKind::Unsupported;
}

} // namespace

Reconnection::Reconnection(net::NetworkWatch& network, base::Clock& clock, base::Random& random)
    : m_clock(clock),
      m_backoff(random, kFirstPause, kLongestPause)
{
    // A network that comes back, or a machine that wakes: what stands may be dead, and what waits need not wait any longer.
    connect(&network, &net::NetworkWatch::restored, this, &Reconnection::retryNow);
    connect(&network, &net::NetworkWatch::woke, this, &Reconnection::retryNow);
}

void Reconnection::start()
{
    m_backoff.reset();
    tryNow();
}

void Reconnection::tryNow()
{
    ++m_attempt;
    setStatus({ConnectionState::Connecting, {}, 0, {}});
    emit wanted();
}

void Reconnection::refuse(const Error& mistake)
{
    ++m_attempt;
    setStatus({ConnectionState::Failed, mistake, 0, {}});
}

bool Reconnection::stop()
{
    ++m_attempt;
    const bool was = isConnected();
    setStatus({});
    return was;
}

void Reconnection::connected()
{
    m_backoff.reset();
    setStatus({ConnectionState::Connected, {}, 0, {}});
}

bool Reconnection::lost(const Error& why, const std::optional<base::CertificateProblem>& certificate)
{
    ++m_attempt;
    const bool was = isConnected();
    chat::ConnectionStatus status{ConnectionState::Waiting, why, 0, certificate};
    if (needsAPerson(why.kind)) {
        status.state = ConnectionState::Failed;
    } else {
        const auto pause = std::max(m_backoff.next(), std::chrono::milliseconds(why.retryAfterMs));
        status.retryAtMs = m_clock.nowMs() + pause.count();
        m_clock.after(pause, this, [this, number = m_attempt] {
            if (number == m_attempt)
                tryNow();
        });
    }
    setStatus(status);
    return was;
}

void Reconnection::retryNow()
{
    m_backoff.reset();
    if (m_status.state == ConnectionState::Waiting)
        tryNow();
    else
        emit doubted();
}

void Reconnection::setStatus(chat::ConnectionStatus status)
{
    if (status == m_status)
        return;
    m_status = std::move(status);
    emit statusChanged(m_status);
}

} // namespace ridealong::account
