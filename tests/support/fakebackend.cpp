// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "support/fakebackend.h"

namespace ridealong::tests {

void FakeBackend::start(const QByteArray& cursor) { starts.append(cursor); }

void FakeBackend::stop()
{
    ++stops;
    setConnected(false);
}

void FakeBackend::setConnected(bool connected)
{
    const auto state = connected ? chat::ConnectionState::Connected : chat::ConnectionState::Disconnected;
    if (m_status.state == state)
        return;
    m_status.state = state;
    emit statusChanged(m_status);
}

base::Async<chat::SendResult> FakeBackend::send(const chat::Outgoing& outgoing)
{
    sends.push_back({outgoing, {}});
    const auto answer = sends.back().promise.async();
    if (acceptsAtOnce)
        answerSend(chat::SendOutcome::Accepted);
    return answer;
}

base::Async<chat::VerifyResult> FakeBackend::verify(const base::ConversationId&, const base::TransactionId& transaction)
{
    lookups.push_back({transaction, {}});
    const auto answer = lookups.back().promise.async();
    if (acceptsAtOnce)
        answerLookup();
    return answer;
}

void FakeBackend::answerSend(chat::SendOutcome outcome, std::optional<bool> hasArrived, qint64 retryAfterMs)
{
    if (sends.empty())
        qFatal("no send waits for an answer");
    const Send send = sends.front();
    sends.pop_front();
    if (hasArrived.value_or(outcome == chat::SendOutcome::Accepted))
        arrived.append(send.outgoing);
    chat::SendResult result;
    result.outcome = outcome;
    if (outcome == chat::SendOutcome::Accepted) {
        result.id = base::MessageId(QStringLiteral("m%1").arg(arrived.size()));
        result.order = arrived.size();
    }
    result.retryAfterMs = retryAfterMs;
    result.detail = QStringLiteral("said the test");
    send.promise.answer(result);
}

void FakeBackend::answerLookup(std::optional<chat::VerifyOutcome> outcome)
{
    if (lookups.empty())
        qFatal("no lookup waits for an answer");
    const Lookup lookup = lookups.front();
    lookups.pop_front();
    chat::VerifyResult result;
    result.outcome = outcome.value_or(has(lookup.transaction) ? chat::VerifyOutcome::Found : chat::VerifyOutcome::Absent);
    lookup.promise.answer(result);
}

void FakeBackend::dropUnanswered()
{
    sends.clear();
    lookups.clear();
}

bool FakeBackend::has(const base::TransactionId& transaction) const
{
    return std::any_of(arrived.begin(), arrived.end(), [&](const chat::Outgoing& one) { return one.transaction == transaction; });
}

QStringList FakeBackend::texts() const
{
    QStringList all;
    for (const chat::Outgoing& one : arrived)
        all.append(one.text);
    return all;
}

} // namespace ridealong::tests
