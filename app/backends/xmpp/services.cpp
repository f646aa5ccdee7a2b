// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/services.h"

#include "xmpp/namespaces.h"

#include <QPointer>

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

constexpr QStringView kExtendedArchive = u"urn:xmpp:mam:2#extended";

qint64 maxFileSize(const EntityInfo& info)
{
    bool isNumber = false;
    const qint64 bytes = info.field(ns::kUpload, u"max-file-size").trimmed().toLongLong(&isNumber);
    return isNumber && bytes > 0 ? bytes : 0;
}

bool has(const QSet<QString>& features, QStringView name) { return features.contains(name.toString()); }

} // namespace

Services::Services(Outlet outlet, const Jid& account, base::Clock& clock)
    : m_outlet(std::move(outlet)),
      m_account(account.bare()),
      m_domain(Jid::of({}, account.domain()).valueOr({})),
      m_clock(clock)
{}

void Services::begin()
{
    reset();
    m_clock.after(kPatience, this, [this, round = m_round] {
        if (round == m_round)
            conclude();
    });
    askCandidate(m_domain);
    ask(entityInfoRequest(m_account), [this](const Answer& answer) { m_accountInfo = readEntityInfo(answer.stanza); });
    ask(entityItemsRequest(m_domain), [this](const Answer& answer) { takeItems(answer); });
}

void Services::reset()
{
    ++m_round;
    m_open = 0;
    m_candidates.clear();
    m_accountInfo.reset();
}

void Services::ask(const Element& iq, std::function<void(const Answer&)> handler)
{
    ++m_open;
    m_outlet.request(iq, [self = QPointer(this), round = m_round, handler = std::move(handler)](const Answer& answer) {
        if (!self || self->m_round != round)
            return;
        if (answer.stanza.isNull() && answer.error && answer.error->kind == base::ErrorKind::Offline)
            return self->reset(); // the stream broke: that says nothing about the server
        handler(answer);
        if (--self->m_open == 0)
            self->conclude();
    });
}

void Services::askCandidate(const Jid& jid)
{
    m_candidates.push_back({jid, std::nullopt});
    ask(entityInfoRequest(jid), [this, at = m_candidates.size() - 1](const Answer& answer) {
        if (answer.isResult())
            m_candidates[at].info = readEntityInfo(answer.stanza);
    });
}

void Services::takeItems(const Answer& answer)
{
    const auto list = answer.isResult() ? readEntityItems(answer.stanza, kMaxItems) : std::nullopt;
    if (!list)
        return;
    QSet<Jid> asked{m_domain};
    for (const EntityItems::Item& item : list->items)
        // A service is a whole domain; what else is listed are people and bots.
        if (item.jid.node().isEmpty() && item.jid.isBare() && !asked.contains(item.jid)) {
            asked.insert(item.jid);
            askCandidate(item.jid);
        }
}

void Services::conclude()
{
    ServerServices services;
    for (const Candidate& candidate : m_candidates) {
        if (!candidate.info)
            continue;
        if (services.rooms.isEmpty() && candidate.info->is(u"conference", u"text") && has(candidate.info->features, ns::kMuc))
            services.rooms = candidate.jid;
        if (!services.upload && has(candidate.info->features, ns::kUpload))
            services.upload = {candidate.jid, maxFileSize(*candidate.info)};
    }
    if (!m_candidates.empty() && m_candidates.front().info)
        services.serverFeatures = m_candidates.front().info->features;
    if (m_accountInfo)
        services.accountFeatures = m_accountInfo->features;
    services.carbons = has(services.serverFeatures, ns::kCarbons);
    services.blocking = has(services.serverFeatures, ns::kBlocking);
    services.archive = has(services.accountFeatures, ns::kArchive);
    services.extendedArchive = has(services.accountFeatures, kExtendedArchive);
    reset();
    m_services = services;
    emit found(m_services);
}

} // namespace ridealong::xmpp
