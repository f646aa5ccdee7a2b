// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/deliveries.h"

#include <algorithm>

namespace ridealong::xmpp {

const Deliveries::Delivery* Deliveries::find(const base::TransactionId& transaction) const
{
    const auto at = m_open.find(transaction.text());
    return at == m_open.end() ? nullptr : &at->second;
}

void Deliveries::decide(const QString& transaction, const Fate& fate)
{
    const auto at = m_open.find(transaction);
    if (at == m_open.end())
        return;
    const Handler told = std::move(at->second.told);
    m_open.erase(at);
    if (told)
        told(fate);
}

void Deliveries::arrived(const base::TransactionId& transaction, const Arrived& how) { decide(transaction.text(), how); }

void Deliveries::refused(const base::ConversationId& conversation, const base::TransactionId& transaction, const base::Error& why)
{
    const Delivery* delivery = find(transaction);
    if (delivery && delivery->conversation == conversation)
        decide(transaction.text(), why);
}

std::vector<std::pair<base::TransactionId, Deliveries::Delivery>> Deliveries::read(Ticket upTo)
{
    std::vector<std::pair<base::TransactionId, Delivery>> done;
    for (const auto& [transaction, delivery] : m_open)
        if (!delivery.isRoom && delivery.ticket <= upTo)
            done.emplace_back(base::TransactionId(transaction), delivery);
    std::sort(done.begin(), done.end(), [](const auto& a, const auto& b) { return a.second.ticket < b.second.ticket; });
    return done;
}

void Deliveries::giveUp(const base::TransactionId& transaction) { decide(transaction.text(), Unknown()); }

void Deliveries::connectionLost()
{
    std::vector<Handler> waiting;
    for (auto& entry : m_open)
        if (entry.second.told)
            waiting.push_back(std::exchange(entry.second.told, {}));
    for (const Handler& told : waiting)
        told(Unknown());
}

void Deliveries::streamLost()
{
    connectionLost();
    m_open.clear();
}

QList<base::TransactionId> Deliveries::open() const
{
    QList<base::TransactionId> all;
    for (const auto& entry : m_open)
        all.append(base::TransactionId(entry.first));
    return all;
}

void Deliveries::whenDecided(const base::TransactionId& transaction, Handler handler)
{
    const auto at = m_open.find(transaction.text());
    if (at == m_open.end())
        return handler(Unknown());
    at->second.told = [before = std::move(at->second.told), handler = std::move(handler)](const Fate& fate) {
        if (before)
            before(fate);
        handler(fate);
    };
}

} // namespace ridealong::xmpp
